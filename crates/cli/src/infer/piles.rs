//! `heng infer piles`: the errors of charging piles from their sessions.

pub mod record;
mod recorded;
pub mod verified;

use std::process::ExitCode;

use heng_inference::piles::{Anchor, Crowding, Gauge, Inference, PileError, Settings, crowding, infer_verified};
use heng_quantity::{Reported, Unit};
use heng_rule::Limit;
use heng_telemetry::pile_rows;
use heng_telemetry::results::{csv, parquet};
use heng_telemetry::sessions::{BillCounts, Identifier, SessionTable, read};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::InferPiles;
use crate::failure::{Failure, Outcome, write};
use crate::figures::{number, percent, table};
use crate::print;
use recorded::Recorder;

/// The rules that limit the working error of charging piles, with alternating and with direct current, and their item. The limits are the same.
const RULES: [&str; 2] = [RULE, "jjg-1149-2022"];
const RULE: &str = "jjg-1148-2022";
const ITEM: &str = "working_error";

/// Rows that a person is shown; CSV, JSON and Parquet have all.
const SHOWN: usize = 20;

/// What was inferred, with what it was inferred from.
struct Inferred {
    table: SessionTable,
    inference: Inference,
    crowding: Crowding,
    limit: Limit,
    limit_percent: f64,
    verified: usize,
    unknown: Vec<String>,
    /// Verified piles that contradict their own sessions.
    contradicted: Vec<String>,
}

/// Infers and prints the errors of all piles.
pub fn piles(arguments: &InferPiles, words: &Words) -> Outcome {
    let recorder = Recorder::open(arguments, &kinds()?)?;
    let inferred = inferred(arguments, recorder.as_ref(), words)?;
    if let Some(recorder) = &recorder {
        let limit = (format!("{RULE}:{}", arguments.class), largest_error(&inferred.limit)?);
        recorder.record((&inferred.table, &inferred.inference), limit, inferred.verified, words)?;
    }
    if !inferred.contradicted.is_empty() {
        print::note(words.say("infer-piles-contradicted", &[("piles", &inferred.contradicted.join(" "))]));
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

fn inferred(arguments: &InferPiles, recorder: Option<&Recorder<'_>>, words: &Words) -> Result<Inferred, Failure> {
    let limit = limit(&arguments.class)?;
    let limit_percent = limit.larger_bound().map_or(f64::NAN, |bound| bound.to_f64());
    let table = read(&arguments.sessions, limit_percent).map_err(|error| refused(arguments, error))?;
    let (mut anchors, unknown) = match &arguments.anchors {
        Some(path) => pile_rows::anchors(path, &table).map_err(|error| refused(arguments, error))?,
        None => (Vec::new(), Vec::new()),
    };
    if let Some(recorder) = recorder {
        // What the file says of a pile is newer.
        let given: Vec<u32> = anchors.iter().map(|anchor| anchor.pile).collect();
        anchors.extend(recorder.verified(&table, words)?.into_iter().filter(|anchor| !given.contains(&anchor.pile)));
    }
    let (inference, contradicted) = infer_verified(&table.sessions, &anchors, &Settings::of_limit(limit_percent));
    let verified = anchors.len() - contradicted.len();
    let contradicted = contradicted.iter().filter_map(|anchor: &Anchor| table.piles.get(anchor.pile as usize));
    let contradicted = contradicted.map(Identifier::to_string).collect();
    let crowding = crowding(&inference.piles, limit_percent);
    Ok(Inferred { table, inference, crowding, limit, limit_percent, verified, unknown, contradicted })
}

/// The kinds of instruments that the rules of charging piles apply to.
pub fn kinds() -> Result<Vec<String>, Failure> {
    let rules = heng_rule::builtin().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    Ok(RULES.iter().filter_map(|id| rules.rule(id)).flat_map(|rule| rule.applies_to().to_vec()).collect())
}

/// The limit as statements have it.
pub fn largest_error(limit: &Limit) -> Result<Reported, Failure> {
    let failed = || Failure::new("error-founding").with("reason", ITEM);
    let value = limit.larger_bound().ok_or_else(failed)?;
    Ok(Reported { value, unit: r"\percent".parse().map_err(|_| failed())?, uncertainty: None })
}

fn refused(arguments: &InferPiles, reason: impl std::fmt::Display) -> Failure {
    Failure::unreadable("error-infer").with("path", arguments.sessions.display()).with("reason", reason)
}

/// The limit of the working error for the class, from the rule.
pub fn limit(class: &str) -> Result<Limit, Failure> {
    let unreadable = |reason: String| Failure::new("error-founding").with("reason", reason);
    let rules = heng_rule::builtin().map_err(|error| unreadable(error.to_string()))?;
    let unit: Unit = r"\percent".parse().map_err(|_| unreadable(r"\percent".to_owned()))?;
    let rule = rules.rule(RULE).ok_or_else(|| unreadable(RULE.to_owned()))?;
    let words = [("class", class)];
    rule.limit_of(ITEM, &words, &unit)
        .ok()
        .flatten()
        .ok_or_else(|| Failure::unreadable("error-infer-class").with("class", class).with("rule", RULE))
}

fn of(inferred: &Inferred) -> Value {
    let mut all = json!(inferred.inference);
    if let Some(all) = all.as_object_mut() {
        all.insert("format".to_owned(), json!("heng-piles/1"));
        all.insert("limit_percent".to_owned(), json!(inferred.limit_percent));
        all.insert("limit_citation".to_owned(), json!(inferred.limit.citation));
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
            ("limit", number(inferred.limit_percent)),
            ("within", count(&|row| row.decidable && row.p_beyond_limit < 0.5)),
            ("beyond", count(&|row| row.decidable && row.p_beyond_limit > 0.5)),
            ("undecided", count(&|row| !row.decidable)),
            ("listed", count(&|row| row.listed)),
        ],
    );
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
