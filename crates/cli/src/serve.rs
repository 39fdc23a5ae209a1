//! `heng serve`: the pages and the interface of a store.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use heng_office::fonts::fonts;
use heng_office::{ANCHOR, Desk, Office};
use heng_portal::{Portal, VouchingProvider};
use heng_wording::Words;

use crate::arguments::Serve;
use crate::failure::{Failure, Outcome};
use crate::print;

/// Serves until told to stop.
pub fn serve(arguments: &Serve, words: &Words) -> Outcome {
    let office = Arc::new(Office::open(&arguments.data)?);
    let provider = arguments.oidc.as_deref().map(provider).transpose()?;
    listen(Desk::open(office, fonts(None)?, ANCHOR)?, arguments.listen, provider, words)
}

/// Serves a store at work.
pub fn listen(desk: Desk, address: SocketAddr, provider: Option<VouchingProvider>, words: &Words) -> Outcome {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let mut portal = Portal::open(desk).map_err(|error| failed(&error))?;
    if let Some(provider) = provider {
        portal = portal.with_provider(provider);
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
