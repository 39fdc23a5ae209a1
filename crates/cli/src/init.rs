//! `heng init`: a store with an authority, laboratories and standards up to national level.

use std::process::ExitCode;

use heng_office::ANCHOR;
use heng_office::fonts::fonts;
use heng_office::founding::{Founding, found};
use heng_wording::Words;

use crate::arguments::Init;
use crate::failure::{Failure, Outcome};
use crate::key::suite;
use crate::print;
use crate::progress::bar;
use crate::trust;

/// Founds a store: keys, introductions, rules, and every standard really certified against the next higher one.
pub fn init(arguments: &Init, words: &Words) -> Outcome {
    let founding = Founding { seed: arguments.seed, suite: suite(&arguments.suite)? };
    let mut shown = None;
    let mut standards = 0;
    let desk = found(&arguments.data, founding, fonts(None)?, &mut |done, count| {
        standards = count;
        shown.get_or_insert_with(|| bar(count)).set_position(done as u64);
    })?;
    if let Some(bar) = shown {
        bar.finish_and_clear();
    }
    let office = desk.office();
    let policy = office.policy(ANCHOR)?;
    let path = office.write_policy(&policy)?;
    let size = office.store().size().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let facts = [
        ("data", arguments.data.display().to_string()),
        ("statements", size.to_string()),
        ("certificates", standards.to_string()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("init-done", &facts));
    print::line(words.say("init-trust", &[("path", &path.display().to_string())]));
    if let Some(noted) = trust::note(&policy)? {
        print::line(words.say("init-noted", &[("path", &noted.display().to_string())]));
    }
    if let Some(seed) = arguments.seed {
        print::line(words.say("init-seeded", &[("seed", &seed.to_string())]));
    }
    Ok(ExitCode::SUCCESS)
}
