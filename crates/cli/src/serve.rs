//! `heng serve`: the pages and the interface of a store.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use heng_office::fonts::fonts;
use heng_office::{ANCHOR, Desk, Office};
use heng_portal::Portal;
use heng_wording::Words;

use crate::arguments::Serve;
use crate::failure::{Failure, Outcome};
use crate::print;

/// Serves until told to stop.
pub fn serve(arguments: &Serve, words: &Words) -> Outcome {
    let office = Arc::new(Office::open(&arguments.data)?);
    listen(Desk::open(office, fonts(None)?, ANCHOR)?, arguments.listen, words)
}

/// Serves a store at work.
pub fn listen(desk: Desk, address: SocketAddr, words: &Words) -> Outcome {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-serving").with("reason", reason);
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let portal = Portal::open(desk).map_err(|error| failed(&error))?;
    heng_portal::serve(portal, address, |address| {
        print::line(words.say("serving", &[("address", &address.to_string())]));
    })
    .map_err(|error| failed(&error))?;
    Ok(ExitCode::SUCCESS)
}
