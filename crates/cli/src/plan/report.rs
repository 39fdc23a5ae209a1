//! `heng plan report`: how the plan stood, frozen at a checkpoint, with what proves it.

use std::process::ExitCode;

use heng_exchange::document::Renderer;
use heng_office::fonts::fonts;
use heng_office::plan::report::{handed_out, renderings};
use heng_office::round::NotTaken;
use heng_statement::Body;
use heng_wording::Words;

use super::Opened;
use crate::arguments::PlanReport;
use crate::failure::{Failure, Outcome, make_folder, write};
use crate::print;

/// Freezes a report and writes its files: `plan-DATE` as page, PDF in both languages, workbook, tables and JSON, and `plan-DATE.heng`, the bundle.
pub fn report(arguments: &PlanReport, words: &Words) -> Outcome {
    let opened = Opened::speaking(&arguments.speaker)?;
    let acts = opened.acts(&arguments.speaker);
    let as_of = arguments.as_of;
    let name = format!("plan-{as_of}");
    let unset =
        |reason: &dyn std::fmt::Display| Failure::new("error-rendering").with("number", &name).with("reason", reason);
    let renderer = Renderer::new(fonts(arguments.fonts.as_deref())?).map_err(|error| unset(&error))?;
    let found = opened.plan(heng_office::clock::day(acts.at).max(as_of))?;
    let frozen = acts.freeze(&found, as_of, &|report, evidence| {
        renderings(&found, report, evidence, &opened.inventory, acts.issuer, &renderer)
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
    make_folder(&arguments.out)?;
    let logged = opened.office.store().statement(&frozen.statement);
    let logged = logged.map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
    if let Some(Body::Report(report)) = logged.map(|logged| logged.statement.body) {
        for (name, bytes) in handed_out(&opened.office, &frozen.statement, &report)? {
            let path = arguments.out.join(name);
            write(&path, &bytes)?;
            print::line(path.display());
        }
    }
    print::line(words.say("plan-said", &[("statement", &frozen.statement)]));
    Ok(ExitCode::SUCCESS)
}
