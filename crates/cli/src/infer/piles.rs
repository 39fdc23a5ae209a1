//! `heng infer piles`: the errors of charging piles from their sessions.

pub mod limits;
pub mod record;
mod recorded;
pub mod verified;

use std::process::ExitCode;

use heng_inference::piles::{Anchor, Crowding, Gauge, Inference, PileError, crowding, infer_verified};
use heng_telemetry::pile_rows;
use heng_telemetry::results::{csv, parquet};
use heng_telemetry::sessions::{BillCounts, Identifier, SessionTable, read};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::InferPiles;
use crate::failure::{Failure, Outcome, write};
use crate::figures::{number, percent, table};
use crate::print;
use limits::{Applied, Limits};
use recorded::Recorder;

/// Rows that a person is shown; CSV, JSON and Parquet have all.
const SHOWN: usize = 20;

/// What was inferred, with what it was inferred from.
struct Inferred {
    table: SessionTable,
    inference: Inference,
    crowding: Crowding,
    limits: Applied,
    verified: usize,
    unknown: Vec<String>,
    /// Verified piles that contradict their own sessions.
    contradicted: Vec<String>,
}

/// Infers and prints the errors of all piles.
pub fn piles(arguments: &InferPiles, words: &Words) -> Outcome {
    let limits = Limits::builtin()?;
    let recorder = Recorder::open(arguments, &limits.kinds())?;
    let inferred = inferred(arguments, &limits, recorder.as_ref(), words)?;
    if let Some(recorder) = &recorder {
        recorder.record((&inferred.table, &inferred.inference), &inferred.limits, inferred.verified, words)?;
    }
    if !inferred.contradicted.is_empty() {
        print::note(words.say("infer-piles-contradicted", &[("piles", &inferred.contradicted.join(" "))]));
    }
    if !inferred.limits.unclassed.is_empty() {
        let names = inferred.limits.unclassed.iter().filter_map(|pile| inferred.table.piles.get(*pile as usize));
        let names: Vec<String> = names.map(Identifier::to_string).collect();
        let facts = [("piles", names.join(" ")), ("class", arguments.class.clone())];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::note(words.say("infer-piles-unclassed", &facts));
    }
    if !inferred.unknown.is_empty() {
        print::note(words.say("infer-piles-unknown", &[("piles", &inferred.unknown.join(" "))]));
    }
    if !inferred.table.left_out.is_empty() {
        print::note(words.say("infer-piles-left-out", &[("files", &inferred.table.left_out.join(" "))]));
    }
    if inferred.table.nameless > 0 {
        print::note(words.say("infer-piles-nameless", &[("sessions", &inferred.table.nameless.to_string())]));
    }
    if let Some(path) = &arguments.parquet {
        let rows = pile_rows::rows(&inferred.table, &inferred.inference);
        let bytes = parquet(&rows).map_err(|error| Failure::writing(path, error))?;
        write(path, &bytes)?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    if arguments.json {
        print::line(format_args!("{:#}", of(&inferred)));
    } else if arguments.csv {
        print::text(&csv(&pile_rows::rows(&inferred.table, &inferred.inference)));
    } else {
        show(&inferred, words);
    }
    Ok(ExitCode::SUCCESS)
}

fn inferred(
    arguments: &InferPiles,
    limits: &Limits,
    recorder: Option<&Recorder<'_>>,
    words: &Words,
) -> Result<Inferred, Failure> {
    let of_class = limits.of_class(&arguments.class)?;
    let table = read(&arguments.sessions, of_class.percent()).map_err(|error| refused(arguments, error))?;
    let limits = match recorder {
        Some(recorder) => recorder.limits(&table, limits, &of_class),
        None => Applied::to_all(of_class),
    };
    let (mut anchors, unknown) = match &arguments.anchors {
        Some(path) => pile_rows::anchors(path, &table).map_err(|error| refused(arguments, error))?,
        None => (Vec::new(), Vec::new()),
    };
    if let Some(recorder) = recorder {
        // What the file says of a pile is newer.
        let given: Vec<u32> = anchors.iter().map(|anchor| anchor.pile).collect();
        anchors.extend(recorder.verified(&table, words)?.into_iter().filter(|anchor| !given.contains(&anchor.pile)));
    }
    let (inference, contradicted) = infer_verified(&table.sessions, &anchors, &limits.settings());
    let verified = anchors.len() - contradicted.len();
    let contradicted = contradicted.iter().filter_map(|anchor: &Anchor| table.piles.get(anchor.pile as usize));
    let contradicted = contradicted.map(Identifier::to_string).collect();
    let crowding = crowding(&inference.piles);
    Ok(Inferred { table, inference, crowding, limits, verified, unknown, contradicted })
}

fn refused(arguments: &InferPiles, reason: impl std::fmt::Display) -> Failure {
    Failure::unreadable("error-infer").with("path", arguments.sessions.display()).with("reason", reason)
}

fn of(inferred: &Inferred) -> Value {
    let mut all = json!(inferred.inference);
    if let Some(all) = all.as_object_mut() {
        all.insert("format".to_owned(), json!("heng-piles/1"));
        all.insert("limit_percent".to_owned(), json!(inferred.limits.common.percent()));
        all.insert("limit_citation".to_owned(), json!(inferred.limits.common.limit.citation));
        all.insert("vehicles".to_owned(), json!(inferred.table.vehicles));
        all.insert("nameless".to_owned(), json!(inferred.table.nameless));
        all.insert("left_out".to_owned(), json!(inferred.table.left_out));
        all.insert("verified".to_owned(), json!(inferred.verified));
        all.insert("verified_without_sessions".to_owned(), json!(inferred.unknown));
        all.insert("verified_contradicted".to_owned(), json!(inferred.contradicted));
        all.insert("crowding".to_owned(), json!(inferred.crowding));
        all.insert("piles".to_owned(), rows(inferred).map(row).collect());
    }
    all
}

fn rows(inferred: &Inferred) -> impl Iterator<Item = (&Identifier, &PileError, &BillCounts)> {
    let rows = inferred.table.piles.iter().zip(&inferred.inference.piles).zip(&inferred.table.bills);
    rows.map(|((name, row), bills)| (name, row, bills))
}

fn row((name, row, bills): (&Identifier, &PileError, &BillCounts)) -> Value {
    let mut value = json!({ "pile": name.to_string() });
    if let (Some(value), Some(fields)) = (value.as_object_mut(), json!(row).as_object()) {
        value.extend(fields.clone());
        if bills.timed + bills.priced > 0 {
            let BillCounts { timed, beyond_power, priced, wrong_amount } = *bills;
            for (name, count) in
                [("timed", timed), ("beyond_power", beyond_power), ("priced", priced), ("wrong_amount", wrong_amount)]
            {
                value.insert(name.to_owned(), json!(count));
            }
        }
    }
    value
}

fn show(inferred: &Inferred, words: &Words) {
    let say = |code: &str, facts: &[(&str, String)]| {
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::line(words.say(code, &facts));
    };
    let Inferred { inference, table: sessions, crowding, .. } = inferred;
    let count = |is: &dyn Fn(&PileError) -> bool| inference.piles.iter().filter(|row| is(row)).count().to_string();
    say(
        "infer-piles-read",
        &[
            ("sessions", inference.sessions.to_string()),
            ("piles", inference.piles.len().to_string()),
            ("vehicles", sessions.vehicles.to_string()),
            ("pairs", inference.pairs.to_string()),
        ],
    );
    if inference.refused > 0 {
        say("infer-piles-refused", &[("sessions", inference.refused.to_string())]);
    }
    let u = number(inference.gauge_u_percent);
    match inference.gauge {
        Gauge::PopulationMean => say("infer-piles-gauge-population", &[("u", u)]),
        Gauge::VerifiedPiles => say(
            "infer-piles-gauge-verified",
            &[("piles", inferred.verified.to_string()), ("u", u), ("mean", number(inference.population_mean_percent))],
        ),
    }
    say(
        "infer-piles-decided",
        &[
            ("limit", number(inferred.limits.common.percent())),
            ("within", count(&|row| row.decidable && row.p_beyond_limit < 0.5)),
            ("beyond", count(&|row| row.decidable && row.p_beyond_limit > 0.5)),
            ("undecided", count(&|row| !row.decidable)),
            ("listed", count(&|row| row.listed)),
        ],
    );
    if inferred.limits.others() > 0 {
        say("infer-piles-own-limits", &[("piles", inferred.limits.others().to_string())]);
    }
    let facts = [("at", crowding.at_limit), ("before", crowding.before)].map(|(name, count)| (name, count.to_string()));
    let [at, before] = facts;
    say("infer-piles-crowding", &[at, before, ("probability", percent(crowding.probability))]);
    let sum = |of: fn(&BillCounts) -> u32| sessions.bills.iter().map(|bills| u64::from(of(bills))).sum::<u64>();
    if sum(|bills| bills.timed) > 0 {
        say("infer-piles-power", &[("sessions", sum(|bills| bills.beyond_power).to_string())]);
    }
    if sum(|bills| bills.priced) > 0 {
        say("infer-piles-amount", &[("sessions", sum(|bills| bills.wrong_amount).to_string())]);
    }
    let mut order: Vec<_> = rows(inferred).collect();
    order.sort_by(|(_, one, _), (_, other, _)| other.p_beyond_limit.total_cmp(&one.p_beyond_limit));
    let heads = ["pile", "error", "interval", "probability", "state", "sessions"];
    let mut shown = vec![heads.map(|head| words.say(&format!("infer-piles-column-{head}"), &[])).to_vec()];
    for (name, row, _) in order.into_iter().take(SHOWN) {
        let state = match (row.decidable, row.p_beyond_limit > 0.5) {
            (true, true) => words.say("infer-piles-beyond", &[]),
            (true, false) => words.say("infer-piles-within", &[]),
            (false, _) => words.say(&format!("infer-piles-reason-{}", row.reason.code()), &[]),
        };
        shown.push(vec![
            name.to_string(),
            format!("{:+.2}", row.error_percent),
            format!("{:+.2} … {:+.2}", row.low_percent, row.high_percent),
            percent(row.p_beyond_limit),
            state,
            row.sessions.to_string(),
        ]);
    }
    print::line("");
    print::text(&table(&shown));
}
