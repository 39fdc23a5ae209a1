//! `heng certify`: from records to certificates.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use heng_exchange::record::{self, Kind, Reading, RecordAt, Records};
use heng_quantity::Finding;
use heng_rule::{Outcome as Verdict, RuleSet};
use heng_wording::{Language, Words};

use crate::arguments::Certify;
use crate::failure::{Failure, Outcome, make_folder, read, write};
use crate::lost::Lost;
use crate::print::{self, finding_line, has_error};
use crate::progress::bar;
use heng_office::ANCHOR;
use heng_office::Office;
use heng_office::clock;
use heng_office::fonts::fonts;
use heng_office::parallel::each;
use heng_office::{Desk, Issued, Moment, Refused};

/// So many certificates become durable with one sync; a crash loses at most these, and none of them was handed out.
const BATCH: usize = 32;

/// Certifies every record of every file; a bad one loses only itself. Ends with 1 if any was not certified.
pub fn certify(arguments: &Certify, words: &Words) -> Outcome {
    let office = Arc::new(Office::open(&arguments.data)?);
    let desk = Desk::open(office, fonts(arguments.fonts.as_deref())?, ANCHOR)?;
    make_folder(&arguments.out)?;
    let at = clock::now();
    let work = Work { desk: &desk, out: &arguments.out, words, moment: Moment { at, day: clock::day(at) } };
    let mut count = Count::default();
    for path in &arguments.records {
        work.file(path, arguments.rule.as_deref(), &mut count)?;
    }
    let elapsed = clock::now().duration_since(at);
    print::line(summary(&count, elapsed.unsigned_abs(), words));
    Ok(if count.lost == 0 && count.certified > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What came of the records.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    certified: usize,
    does_not_conform: usize,
    lost: usize,
}

struct Work<'a> {
    desk: &'a Desk,
    out: &'a Path,
    words: &'a Words,
    moment: Moment,
}

impl Work<'_> {
    fn file(&self, path: &Path, rule: Option<&str>, count: &mut Count) -> Result<(), Failure> {
        let file = path.display().to_string();
        let Records { records, findings, tables } = records(path, self.desk.rules(), rule)?;
        let mut lost = Lost::default();
        for finding in &findings {
            print::note(finding_line(&file, finding, self.words));
            lost.finding(finding, self.words);
        }
        let bar = bar(records.len());
        let mut waiting = records.into_iter().peekable();
        while waiting.peek().is_some() {
            let batch: Vec<RecordAt> = waiting.by_ref().take(BATCH).collect();
            for (row, sheet, refused) in self.batch(batch, &bar, count)? {
                let said = match refused {
                    Refused::Refusals(refusals) => {
                        refusals.iter().map(|refusal| said(refusal, self.words)).collect::<Vec<_>>()
                    }
                    Refused::Failure(failure) => vec![failure.said(self.words)],
                };
                let sheet_shown = sheet.as_ref().map(|sheet| format!("{sheet}!")).unwrap_or_default();
                bar.suspend(|| {
                    for sentence in &said {
                        print::note(format_args!("{file}:{sheet_shown}{row}: {sentence}"));
                    }
                });
                lost.row(sheet, row, said);
            }
        }
        bar.finish_and_clear();
        count.lost += lost.rows().max(usize::from(has_error(&findings)));
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        for report in lost.write(&tables, self.out, &name, self.words)? {
            print::note(self.words.say("certify-lost", &[("path", &report.display().to_string())]));
        }
        Ok(())
    }

    /// Certifies a batch: the documents on all cores, one sync for all, then the files on all cores. Gives back what was refused.
    fn batch(
        &self,
        batch: Vec<RecordAt>,
        bar: &indicatif::ProgressBar,
        count: &mut Count,
    ) -> Result<Vec<(u32, Option<String>, Refused)>, Failure> {
        let mut refused = Vec::new();
        let mut prepared = Vec::new();
        for RecordAt { row, sheet, record } in batch {
            match self.desk.prepared(record, self.moment) {
                Ok(one) => prepared.push((row, sheet, one)),
                Err(why) => {
                    refused.push((row, sheet, why));
                    bar.inc(1);
                }
            }
        }
        let rendered = each(prepared, |(row, sheet, one)| {
            let rendered = self.desk.rendered(one);
            bar.inc(1);
            (row, sheet, rendered)
        });
        let (mut places, mut to_issue) = (Vec::new(), Vec::new());
        for (row, sheet, one) in rendered {
            match one {
                Ok(one) => {
                    places.push((row, sheet));
                    to_issue.push(one);
                }
                Err(failure) => refused.push((row, sheet, Refused::Failure(failure))),
            }
        }
        let mut issued = Vec::new();
        for ((row, sheet), one) in places.into_iter().zip(self.desk.issued(to_issue, self.moment)?) {
            match one {
                Ok(one) => {
                    count.certified += 1;
                    count.does_not_conform += usize::from(does_not_conform(&one));
                    issued.push(one);
                }
                Err(why) => refused.push((row, sheet, why)),
            }
        }
        let handed_out = each(issued, |one| {
            let mut line = line(&one, self.words);
            for finding in &one.findings {
                line.push_str("\n    ");
                line.push_str(&self.words.finding(&finding.code, &finding.data));
            }
            self.desk.with_bundle(one).and_then(|files| {
                files.iter().try_for_each(|(name, bytes)| write(&self.out.join(name), bytes)).map(|()| line)
            })
        });
        for line in handed_out {
            let line = line?;
            bar.suspend(|| print::line(line));
        }
        refused.sort_by(|(row, sheet, _), (other_row, other, _)| (sheet, row).cmp(&(other, other_row)));
        Ok(refused)
    }
}

fn does_not_conform(issued: &Issued) -> bool {
    issued.certificate.verdict.as_ref().is_some_and(|verdict| verdict.outcome == Verdict::DoesNotConform)
}

fn summary(count: &Count, elapsed: Duration, words: &Words) -> String {
    let seconds = elapsed.as_secs_f64();
    let rate = if seconds > 0.0 { count.certified as f64 / seconds } else { 0.0 };
    let facts = [
        ("count", count.certified.to_string()),
        ("failing", count.does_not_conform.to_string()),
        ("lost", count.lost.to_string()),
        ("seconds", format!("{seconds:.1}")),
        ("rate", format!("{rate:.1}")),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.say("certify-summary", &facts)
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
