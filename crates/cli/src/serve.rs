//! `heng serve`: the pages and the interface of a store.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use heng_office::fonts::fonts;
use heng_office::{ANCHOR, Desk, Office};
use heng_portal::{Portal, VouchingProvider};
use heng_telemetry::readings::store::{Readings, ReadingsError, folder};
use heng_wording::Words;

use crate::arguments::Serve;
use crate::failure::{Failure, Outcome};
use crate::print;
use crate::readings::opened;

/// Serves until told to stop.
pub fn serve(arguments: &Serve, words: &Words) -> Outcome {
    let office = Arc::new(Office::open(&arguments.data)?);
    let provider = arguments.oidc.as_deref().map(provider).transpose()?;
    let readings = readings(&arguments.data)?;
    let setting = Setting { provider, readings, proxy: arguments.proxy };
    listen(Desk::open(office, fonts(None)?, ANCHOR)?, arguments.listen, setting, words)
}

/// The readings of a store whose feeds are declared.
fn readings(data: &Path) -> Result<Option<Arc<Readings>>, Failure> {
    if !folder(data).join("feeds.toml").is_file() {
        return Ok(None);
    }
    let failed = |error: ReadingsError| Failure::new("error-readings").with("reason", error);
    let readings = Arc::new(opened(data)?);
    readings.keep_settled(|error| print::note(format_args!("heng: {error}"))).map_err(failed)?;
    Ok(Some(readings))
}

/// What a service has besides its store.
#[derive(Default)]
pub struct Setting {
    /// Who vouches for people besides their passwords.
    pub provider: Option<VouchingProvider>,
    /// Where readings of meters are kept.
    pub readings: Option<Arc<Readings>>,
    /// The proxy before it.
    pub proxy: Option<IpAddr>,
}

/// Serves a store at work.
pub fn listen(desk: Desk, address: SocketAddr, setting: Setting, words: &Words) -> Outcome {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let mut portal = Portal::open(desk).map_err(|error| failed(&error))?;
    if let Some(proxy) = setting.proxy {
        portal = portal.behind_proxy(proxy);
    }
    if let Some(provider) = setting.provider {
        portal = portal.with_provider(provider);
    }
    if let Some(readings) = setting.readings {
        portal = portal.with_readings(readings);
    }
    heng_portal::serve(portal, address, |address| {
        print::line(words.say("serving", &[("address", &address.to_string())]));
    })
    .map_err(|error| failed(&error))?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the environment")]
fn provider(file: &Path) -> Result<VouchingProvider, Failure> {
    VouchingProvider::read(file, |name| std::env::var(name).ok()).map_err(|error| failed(&error))
}

fn failed(reason: &dyn std::fmt::Display) -> Failure {
    Failure::new("error-serving").with("reason", reason)
}
