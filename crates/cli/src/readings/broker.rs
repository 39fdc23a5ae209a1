//! `heng readings ingest --mqtt`: readings from a broker, until the process is told to stop.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use heng_office::clock;
use heng_telemetry::readings::broker::{Broker, Happened, follow};
use heng_wording::Words;

use super::{failed, opened};
use crate::arguments::ReadingsIngest;
use crate::failure::{Failure, Outcome};
use crate::print;

/// Takes what comes. What was acknowledged is durable, however the process ends.
pub fn from_broker(arguments: &ReadingsIngest, url: &str, words: &Words) -> Outcome {
    let broker = Broker::parse(url, &arguments.client, &arguments.topic)
        .ok_or_else(|| Failure::unreadable("error-readings-url").with("url", url))?;
    let readings = Arc::new(opened(&arguments.data)?);
    readings.keep_settled(|error| print::note(format_args!("heng: {error}"))).map_err(failed)?;
    let name = format!("{}:{}", broker.host, broker.port);
    // Of an outage one line is enough.
    let is_gone = AtomicBool::new(false);
    let happened = |happened: Happened| match happened {
        Happened::Connected => {
            is_gone.store(false, Ordering::Relaxed);
            print::line(words.say("readings-mqtt-connected", &[("broker", &name), ("topic", &broker.topic)]));
        }
        Happened::Gone(reason) => {
            if !is_gone.swap(true, Ordering::Relaxed) {
                print::note(words.say("readings-mqtt-gone", &[("broker", &name), ("reason", &reason)]));
            }
        }
        Happened::Taken(_) => {}
        Happened::NoFeed(topic) => print::note(words.say("readings-mqtt-no-feed", &[("topic", &topic)])),
    };
    follow(&readings, &broker, &|| clock::now().as_millisecond(), &happened).map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}
