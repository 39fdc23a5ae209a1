//! `heng readings quality`: how good the readings are.

use std::path::Path;
use std::process::ExitCode;

use heng_office::ANCHOR;
use heng_office::follow::inventory;
use heng_statement::body::CorrectionKind;
use heng_store::Store;
use heng_telemetry::readings::quality::{Tally, Verified};
use heng_telemetry::readings::report::{Days, QualityReport, report};
use heng_wording::Words;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{existing, failed};
use crate::arguments::ReadingsQuality;
use crate::failure::{Failure, Outcome, read};
use crate::figures::table;
use crate::print;

/// Counts and says.
pub fn quality(arguments: &ReadingsQuality, words: &Words) -> Outcome {
    let disk = existing(&arguments.data)?;
    let verified = match &arguments.verified {
        Some(path) => Some(listed(path)?),
        None => of_log(&arguments.data)?,
    };
    let days = Days { from: arguments.from, through: arguments.through };
    let report = report(&*disk, &arguments.data, days, verified.as_ref()).map_err(failed)?;
    if arguments.json {
        print::line(format_args!("{:#}", in_json(&report)));
    } else {
        show(&report, verified.is_some(), words);
    }
    Ok(ExitCode::SUCCESS)
}

/// The meters that the log has certificates of that are in force, by the thing and by its serial number. Nothing where there is no log.
fn of_log(data: &Path) -> Result<Option<Verified>, Failure> {
    let failed = |error: heng_store::Error| Failure::of_store(data, error);
    if !heng_store::Layout::new(data).origin().is_file() {
        return Ok(None);
    }
    let store = Store::open(data).map_err(failed)?;
    let inventory = inventory(&store, ANCHOR)?;
    let mut verified = Verified::default();
    for (id, thing) in inventory.things() {
        let serial = thing
            .registration
            .as_ref()
            .and_then(|registration| registration.instrument.as_ref())
            .map(|instrument| instrument.serial.clone());
        for certificate in inventory.certificates_of(thing) {
            let Some(mut through) = certificate.valid_through else { continue };
            if certificate.outcome != Some(heng_rule::Outcome::Conforms) {
                continue;
            }
            if let Some(corrected) = &certificate.correction {
                // What was withdrawn from a day on held until the day before; what was replaced holds by its replacement.
                match (corrected.kind, corrected.from.yesterday()) {
                    (CorrectionKind::Withdrawn, Ok(before)) => through = through.min(before),
                    _ => continue,
                }
            }
            for meter in std::iter::once(id).chain(serial.as_deref()) {
                verified.add(meter, certificate.performed_on, through);
            }
        }
    }
    Ok(Some(verified))
}

/// The meters of a file: meter, first day, last day.
fn listed(path: &Path) -> Result<Verified, Failure> {
    let bytes = read(path)?;
    let text = String::from_utf8(bytes).map_err(|error| Failure::reading(path, error))?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let wrong = |line: usize| {
        Failure::unreadable("error-readings-verified").with("path", path.display()).with("line", line + 1)
    };
    match lines.next() {
        Some((_, header)) if header.trim() == "meter,valid_from,valid_through" => {}
        _ => return Err(wrong(0)),
    }
    let mut verified = Verified::default();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.trim().split(',').map(str::trim).collect();
        let [meter, from, through] = cells.as_slice() else { return Err(wrong(number)) };
        let day = |text: &str| text.parse::<Date>().map_err(|_| wrong(number));
        verified.add(meter, day(from)?, day(through)?);
    }
    Ok(verified)
}

fn in_json(report: &QualityReport) -> Value {
    let rows: Vec<Value> = report
        .days
        .iter()
        .map(|of_day| {
            let mut row = of_tally(&of_day.tally);
            if let Some(members) = row.as_object_mut() {
                members.insert("feed".to_owned(), of_day.feed.clone().into());
                members.insert("day".to_owned(), of_day.day.to_string().into());
            }
            row
        })
        .collect();
    let feeds: Vec<Value> = report
        .feeds
        .iter()
        .map(|(feed, tally, missing)| {
            let mut row = of_tally(tally);
            if let Some(members) = row.as_object_mut() {
                members.insert("feed".to_owned(), feed.clone().into());
                members.insert("missing_sequences".to_owned(), (*missing).into());
            }
            row
        })
        .collect();
    json!({ "rows": rows, "feeds": feeds, "total": of_tally(&report.total), "rejected": report.rejected })
}

fn of_tally(tally: &Tally) -> Value {
    let seconds = |milliseconds: Option<i64>| milliseconds.map(|milliseconds| milliseconds as f64 / 1e3);
    json!({
        "completeness": tally.completeness(),
        "accuracy": tally.accuracy(),
        "timeliness": tally.timeliness(),
        "validity": tally.validity(),
        "index": tally.index(),
        "expected": tally.expected,
        "readings": tally.readings,
        "filled": tally.filled,
        "verified": tally.verified,
        "timely": tally.timely,
        "valid": tally.valid,
        "good": tally.good,
        "again": tally.again,
        "conflicts": tally.conflicts,
        "other_unit": tally.other_unit,
        "out_of_bounds": tally.out_of_bounds,
        "backwards": tally.backwards,
        "jumps": tally.jumps,
        "early": tally.early,
        "unexpected": tally.unexpected,
        "median_s": seconds(tally.under_way.quantile_ms(0.5)),
        "p95_s": seconds(tally.under_way.quantile_ms(0.95)),
        "longest_s": seconds(tally.under_way.longest_ms()),
    })
}

fn show(report: &QualityReport, is_verified_known: bool, words: &Words) {
    let heads = ["feed", "day", "completeness", "accuracy", "timeliness", "validity", "index", "readings", "p95"];
    let mut rows = vec![heads.map(|head| words.say(&format!("readings-column-{head}"), &[])).to_vec()];
    for of_day in &report.days {
        rows.push(row(&of_day.feed, &of_day.day.to_string(), &of_day.tally));
    }
    rows.push(row(&words.say("readings-total", &[]), "", &report.total));
    print::text(&table(&rows));
    if report.rejected > 0 {
        print::line(words.say("readings-rejected", &[("lines", &report.rejected.to_string())]));
    }
    for (feed, _, missing) in report.feeds.iter().filter(|(_, _, missing)| *missing > 0) {
        print::line(words.say("readings-missing", &[("feed", feed), ("numbers", &missing.to_string())]));
    }
    if !is_verified_known {
        print::line(words.say("readings-no-verified", &[]));
    }
}

fn row(feed: &str, day: &str, tally: &Tally) -> Vec<String> {
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.2} %", share * 100.0));
    let shares =
        [tally.completeness(), tally.accuracy(), tally.timeliness(), tally.validity(), tally.index()].map(share);
    let mut row = vec![feed.to_owned(), day.to_owned()];
    row.extend(shares);
    row.push(tally.readings.to_string());
    let p95 = tally.under_way.quantile_ms(0.95);
    row.push(p95.map_or_else(|| "–".to_owned(), |milliseconds| format!("{:.1} s", milliseconds as f64 / 1e3)));
    row
}
