//! `heng dcc`: digital calibration certificates of any maker.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use heng_exchange::dcc::{self, Extent};
use heng_office::said::findings_json;
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::{DccCheck, DccFile, DccShow};
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line, has_error};

/// Lists the findings of documents. Ends with 0 without findings of severity error, 1 with, 2 where a file is no such document at all.
pub fn check(arguments: &DccCheck, words: &Words) -> Outcome {
    let mut documents: Vec<Value> = Vec::new();
    let mut any_error = false;
    let mut any_foreign = false;
    for path in &arguments.files {
        let file = path.display().to_string();
        let bytes = read(path)?;
        match dcc::read(&bytes) {
            Ok(read) => {
                let findings = dcc::findings(&read);
                any_error |= has_error(findings);
                if arguments.json {
                    documents
                        .push(json!({ "file": file, "readable": true, "findings": findings_json(findings, words) }));
                } else {
                    for finding in findings {
                        print::line(finding_line(&file, finding, words));
                    }
                    let count = findings.len().to_string();
                    print::line(words.say("dcc-checked", &[("file", &file), ("count", &count)]));
                }
            }
            Err(error) => {
                any_foreign = true;
                if arguments.json {
                    documents
                        .push(json!({ "file": file, "readable": false, "findings": [], "reason": error.to_string() }));
                } else {
                    print::note(words.say("error-no-dcc", &[("file", &file), ("reason", &error.to_string())]));
                }
            }
        }
    }
    if arguments.json {
        let findings: Vec<Value> =
            documents.iter().filter_map(|document| document.get("findings")?.as_array()).flatten().cloned().collect();
        print::line(format_args!("{:#}", json!({ "checks": [], "findings": findings, "documents": documents })));
    }
    Ok(match (any_foreign, any_error) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::FAILURE,
        (false, false) => ExitCode::SUCCESS,
    })
}

/// Shows a document, in sections, with its numbers and units as they are stated.
pub fn show(arguments: &DccShow, words: &Words) -> Outcome {
    let bytes = read(&arguments.file)?;
    let extent = if arguments.all { Extent::All } else { Extent::Brief };
    let asked = arguments.lang.map(|language| Words::new(language.into()));
    let shown = dcc::show(&bytes, extent, asked.as_ref().unwrap_or(words))
        .map_err(|error| refused("error-no-dcc", &arguments.file, error))?;
    print::text(&shown);
    Ok(ExitCode::SUCCESS)
}

/// Prints a document as JSON.
pub fn json(arguments: &DccFile) -> Outcome {
    let json = dcc::json(&read(&arguments.file)?).map_err(|error| refused("error-no-dcc", &arguments.file, error))?;
    print::text(&json);
    Ok(ExitCode::SUCCESS)
}

/// Prints the XML of a document in JSON.
pub fn xml(arguments: &DccFile) -> Outcome {
    let xml = dcc::from_json(&read(&arguments.file)?)
        .map_err(|error| refused("error-no-dcc-json", &arguments.file, error))?;
    print::text(&String::from_utf8_lossy(&xml));
    Ok(ExitCode::SUCCESS)
}

fn refused(code: &'static str, path: &Path, error: impl Display) -> Failure {
    Failure::unreadable(code).with("file", path.display()).with("reason", error)
}
