//! `heng readings show`: the readings of a meter as they lie in the store.

use std::process::ExitCode;

use heng_telemetry::readings::report::{Days, of_meter};
use heng_wording::Words;

use super::{existing, failed};
use crate::arguments::ReadingsShow;
use crate::failure::Outcome;
use crate::figures::table;
use crate::print;

/// Shows them, by instant.
pub fn show(arguments: &ReadingsShow, words: &Words) -> Outcome {
    let days = Days { from: arguments.from, through: arguments.through };
    let readings = of_meter(&*existing(&arguments.data)?, &arguments.data, &arguments.meter, days).map_err(failed)?;
    if arguments.json {
        readings.iter().for_each(|reading| print::line(reading.line()));
    } else {
        let heads = ["at", "register", "value", "feed", "received"];
        let mut rows = vec![heads.map(|head| words.say(&format!("readings-column-{head}"), &[])).to_vec()];
        for reading in &readings {
            let value = format!("{} {}", reading.value, reading.unit);
            let (at, register) = (reading.at.clone(), reading.register.clone());
            rows.push(vec![at, register, value, reading.feed.clone(), reading.received_at.clone()]);
        }
        print::text(&table(&rows));
    }
    Ok(if readings.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
