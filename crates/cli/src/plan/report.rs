//! `heng plan report`: how the plan stood, frozen at a checkpoint, with what proves it.

use std::process::ExitCode;

use heng_office::plan::Rendering;
use heng_office::plan::json::{self, Asked};
use heng_office::round::NotTaken;
use heng_wording::Words;

use super::Opened;
use crate::arguments::PlanReport;
use crate::failure::{Failure, Outcome, write};
use crate::print;

/// Freezes a report and writes its files: `plan-DATE.json` and `plan-DATE.heng`, the bundle.
pub fn report(arguments: &PlanReport, words: &Words) -> Outcome {
    let opened = Opened::speaking(&arguments.speaker)?;
    let acts = opened.acts(&arguments.speaker);
    let as_of = arguments.as_of;
    let found = opened.plan(heng_office::clock::day(acts.at).max(as_of))?;
    let name = format!("plan-{as_of}");
    let frozen = acts.freeze(&found, as_of, &|_, evidence| {
        let status = json::status(&found.plan, evidence, as_of, Asked::default());
        let text = format!("{status:#}\n");
        Ok(vec![Rendering { name: format!("{name}.json"), media_type: "application/json", bytes: text.into_bytes() }])
    });
    let frozen = match frozen {
        Ok(frozen) => frozen,
        Err(NotTaken::Failure(failure)) => return Err(failure),
        Err(NotTaken::Findings(findings)) => {
            for finding in &findings {
                print::note(print::finding_line(&name, finding, words));
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    std::fs::create_dir_all(&arguments.out).map_err(|error| Failure::writing(&arguments.out, error))?;
    let bundle = opened.office.bundle(&frozen.statement)?;
    let files = frozen.renderings.iter().map(|one| (one.name.clone(), one.bytes.as_slice()));
    for (name, bytes) in files.chain([(format!("{name}.heng"), bundle.as_slice())]) {
        let path = arguments.out.join(name);
        write(&path, bytes)?;
        print::line(path.display());
    }
    print::line(words.say("plan-said", &[("statement", &frozen.statement)]));
    Ok(ExitCode::SUCCESS)
}
