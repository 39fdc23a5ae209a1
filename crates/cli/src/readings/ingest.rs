//! `heng readings ingest`: readings from files, or from a broker.

use std::path::Path;
use std::process::ExitCode;

use heng_office::clock;
use heng_office::said::findings_json;
use heng_telemetry::readings::feeds::is_name;
use heng_telemetry::readings::form::{Form, read as understood};
use heng_telemetry::readings::{Ingested, Readings};
use heng_wording::Words;
use serde_json::{Value, json};

use super::broker::from_broker;
use super::{failed, opened};
use crate::arguments::ReadingsIngest;
use crate::failure::{Failure, Outcome, read};
use crate::print::{self, finding_line};
use crate::progress::bar;

/// Rows that are written as one record.
const AT_ONCE: usize = 100_000;

/// Takes files in. Ends with 1 if any line was not taken.
pub fn ingest(arguments: &ReadingsIngest, words: &Words) -> Outcome {
    if let Some(url) = &arguments.mqtt {
        return from_broker(arguments, url, words);
    }
    let feed = arguments.feed.as_str();
    if !is_name(feed) {
        return Err(Failure::unreadable("error-readings-feed").with("feed", feed));
    }
    let readings = opened(&arguments.data)?;
    let mut all = Ingested::default();
    let mut of_files = Vec::new();
    let bar = bar(arguments.files.len());
    for path in &arguments.files {
        let ingested = file(&readings, feed, path)?;
        let name = path.display().to_string();
        if arguments.json {
            of_files.push(in_json(&name, &ingested, words));
        } else {
            bar.suspend(|| said(&name, &ingested, words));
        }
        all = all.and(ingested);
        bar.inc(1);
    }
    bar.finish_and_clear();
    readings.settle_all().map_err(failed)?;
    if arguments.json {
        let total = counts(&all);
        print::line(format_args!("{:#}", json!({ "files": of_files, "total": total })));
    } else {
        print::line(summary(&all, words));
    }
    Ok(if all.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn file(readings: &Readings, feed: &str, path: &Path) -> Result<Ingested, Failure> {
    let bytes = read(path)?;
    let zone = readings.feeds().named(feed).and_then(|feed| feed.utc_offset);
    let batch = understood(Form::of(&bytes), &bytes, zone);
    let mut all = Ingested::default();
    for part in batch.parts(AT_ONCE) {
        let received = clock::now().as_millisecond();
        all = all.and(readings.ingest(feed, part, received).map_err(failed)?);
    }
    Ok(all)
}

/// What there is to say of a file: its findings, a line each.
fn said(name: &str, ingested: &Ingested, words: &Words) {
    for finding in &ingested.findings {
        let name = match finding.data.get("line") {
            Some(line) => format!("{name}:{line}"),
            None => name.to_owned(),
        };
        print::line(finding_line(&name, finding, words));
    }
}

/// One line with all counts.
pub(super) fn summary(all: &Ingested, words: &Words) -> String {
    let facts = [
        ("readings", all.readings),
        ("added", all.added),
        ("again", all.again),
        ("conflicts", all.conflicts),
        ("late", all.late),
        ("early", all.early),
        ("rejected", all.rejected),
    ]
    .map(|(name, count)| (name, count.to_string()));
    words.say("readings-ingested", &facts.each_ref().map(|(name, count)| (*name, count.as_str())))
}

fn counts(ingested: &Ingested) -> Value {
    json!({
        "readings": ingested.readings,
        "added": ingested.added,
        "again": ingested.again,
        "conflicts": ingested.conflicts,
        "late": ingested.late,
        "early": ingested.early,
        "rejected": ingested.rejected,
    })
}

fn in_json(name: &str, ingested: &Ingested, words: &Words) -> Value {
    let mut value = counts(ingested);
    if let Some(members) = value.as_object_mut() {
        members.insert("file".to_owned(), name.into());
        members.insert("findings".to_owned(), findings_json(&ingested.findings, words).into());
    }
    value
}
