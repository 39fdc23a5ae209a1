//! `heng infer withdraw`: an alarm, or an inference with its alarms, was a mistake.

use std::process::ExitCode;

use heng_office::service::take_back;
use heng_office::{ANCHOR, Office, clock, follow};
use heng_rule::Words as Text;
use heng_wording::Words;

use crate::arguments::InferWithdraw;
use crate::failure::Outcome;
use crate::print;

/// Takes it back in the name of whoever said it.
pub fn withdraw(arguments: &InferWithdraw, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let inventory = follow::inventory(office.store(), ANCHOR)?;
    // What a person typed is in one language; it is kept as it was typed, in both places.
    let reason = Text { zh: arguments.reason.clone(), en: arguments.reason.clone() };
    let hash = &arguments.statement;
    let taken_back = take_back(&office, &inventory, &arguments.party, (hash, reason), clock::now())?;
    print::line(words.say("infer-withdrawn", &[("statement", hash), ("by", &taken_back)]));
    Ok(ExitCode::SUCCESS)
}
