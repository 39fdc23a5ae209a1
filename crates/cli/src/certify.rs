//! `heng certify`: from records to certificates.

use std::path::Path;
use std::process::ExitCode;

use heng_exchange::record::{self, Kind, Reading, Records};
use heng_quantity::Finding;
use heng_rule::{Outcome as Verdict, RuleSet};
use heng_wording::{Language, Words};

use crate::arguments::Certify;
use crate::clock;
use crate::failure::{Failure, Outcome, make_folder, read, write};
use crate::fonts::fonts;
use crate::init::ANCHOR;
use crate::issue::{Desk, Issued, Moment, Refused};
use crate::office::Office;
use crate::print::{self, finding_line, has_error};
use crate::progress::bar;

/// Certifies every record of every file; a bad one loses only itself. Ends with 1 if any was not certified.
pub fn certify(arguments: &Certify, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let desk = Desk::open(&office, fonts(arguments.fonts.as_deref())?, ANCHOR)?;
    make_folder(&arguments.out)?;
    let at = clock::now();
    let moment = Moment { at, day: clock::day(at) };
    let (mut count, mut refused) = (0_usize, 0_usize);
    for path in &arguments.records {
        let file = path.display().to_string();
        let read = records(path, desk.rules(), arguments.rule.as_deref())?;
        let bar = bar(read.records.len());
        refused += usize::from(has_error(&read.findings));
        for finding in &read.findings {
            print::note(finding_line(&file, finding, words));
        }
        for one in read.records {
            match desk.issue(one.record, moment) {
                Ok(issued) => {
                    for (name, bytes) in &issued.files {
                        write(&arguments.out.join(name), bytes)?;
                    }
                    count += 1;
                    bar.suspend(|| print::line(line(&issued, words)));
                }
                Err(Refused::Refusals(refusals)) => {
                    refused += 1;
                    bar.suspend(|| {
                        for refusal in refusals {
                            print::note(format_args!("{file}: {}", said(&refusal, words)));
                        }
                    });
                }
                Err(Refused::Failure(failure)) => return Err(failure),
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    let facts = [("count", count.to_string()), ("refused", refused.to_string())];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("certify-summary", &facts));
    Ok(if refused == 0 && count > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The records of a file, by its extension.
fn records(path: &Path, rules: &RuleSet, rule: Option<&str>) -> Result<Records, Failure> {
    let extension = path.extension().map(|extension| extension.to_string_lossy()).unwrap_or_default();
    let kind = Kind::of_extension(&extension)
        .ok_or_else(|| Failure::unreadable("error-record-kind").with("path", path.display()))?;
    Ok(record::read(&read(path)?, kind, &Reading { rules, rule }))
}

fn line(issued: &Issued, words: &Words) -> String {
    let certificate = &issued.certificate;
    let outcome = match certificate.verdict.as_ref().map(|verdict| verdict.outcome) {
        Some(Verdict::Conforms) => "outcome-conforms",
        Some(Verdict::DoesNotConform) => "outcome-does-not-conform",
        Some(Verdict::NotDecidable) => "outcome-not-decidable",
        None => "outcome-calibrated",
    };
    let name = match words.language() {
        Language::Zh => &certificate.instrument.name.zh,
        Language::En => &certificate.instrument.name.en,
    };
    words.say("certified", &[("number", &certificate.number), ("outcome", &words.say(outcome, &[])), ("name", name)])
}

/// A refusal, or a finding about a name, in the reader's language with its clause.
fn said(refusal: &heng_rule::Refusal, words: &Words) -> String {
    let code = format!("refusal-{}", refusal.code);
    let sentence = if words.knows(&code) {
        words.refusal(&refusal.code, &refusal.data)
    } else {
        let finding = Finding { data: refusal.data.clone(), ..Finding::error(&refusal.code) };
        words.finding(&finding.code, &finding.data)
    };
    match &refusal.citation {
        Some(citation) => format!("{sentence} [{}]", citation.norm),
        None => sentence,
    }
}
