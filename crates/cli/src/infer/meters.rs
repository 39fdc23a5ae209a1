//! `heng infer meters`: what the readings of a district say about its meters.

pub mod conditions;
pub mod limits;
mod page;
pub mod record;
pub mod sources;

use std::process::ExitCode;

use heng_inference::meters::{Assessment, MeterAssessment, Settings, assessment};
use heng_rule::service::ServiceLimit;
use heng_telemetry::results::{Cells, Named, csv, parquet};
use heng_wording::Words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::arguments::InferMeters;
use crate::failure::{Failure, Outcome, write};
use crate::figures::table;
use crate::print;
use conditions::{Conditions, Held};
use limits::{limit, percent, said};
use sources::sources;

/// A district with its verdict.
struct Judged {
    name: String,
    assessment: Assessment,
    held: Held,
}

/// One printed row: the district and the verdict on one of its meters.
type Row<'a> = (&'a str, &'a MeterAssessment);

/// Judges the meters and prints them.
pub fn meters(arguments: &InferMeters, words: &Words) -> Outcome {
    let limit = limit(&arguments.limits)?;
    let settings = Settings::for_limit(percent(&limit));
    let conditions = Conditions::asked(arguments.conditions.as_deref(), &limit.id)?;
    let mut judged = Vec::new();
    for source in sources(arguments)? {
        let district = source.district(arguments.since)?;
        let held = conditions.held(&district);
        match assessment(&district, &settings) {
            Some(assessment) => judged.push(Judged { name: source.name, assessment, held }),
            None => print::note(words.say("infer-nothing", &[("file", &source.name)])),
        }
    }
    if judged.is_empty() {
        return Err(Failure::unreadable("error-infer-nothing"));
    }
    let rows: Vec<Row<'_>> =
        judged.iter().flat_map(|one| one.assessment.meters.iter().map(|meter| (one.name.as_str(), meter))).collect();
    if let Some(path) = &arguments.html {
        write(path, page::page(&judged, &limit, words).as_bytes())?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    if let Some(path) = &arguments.parquet {
        let bytes = parquet(&columns(&rows)).map_err(|error| Failure::writing(path, error))?;
        write(path, &bytes)?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    } else if arguments.json {
        print::line(format_args!("{:#}", of(&judged, &limit, &conditions)));
    } else if arguments.csv {
        print::text(&csv(&columns(&rows)));
    } else {
        show(&judged, &limit, &conditions, words);
    }
    Ok(ExitCode::SUCCESS)
}

/// The code of a state or a reason as files carry it.
fn code(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(code)) => code,
        _ => String::new(),
    }
}

fn instant(seconds: i64) -> Option<String> {
    let time = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).datetime();
    Some(time.to_string())
}

fn of(judged: &[Judged], limit: &ServiceLimit, conditions: &Conditions) -> Value {
    let meters: Vec<Value> = judged
        .iter()
        .flat_map(|one| {
            one.assessment.meters.iter().map(|meter| {
                json!({
                    "district": one.name,
                    "meter": meter.meter,
                    "state": meter.state,
                    "error_percent": meter.error_percent,
                    "u_percent": meter.u_percent,
                    "low_percent": meter.low_percent,
                    "high_percent": meter.high_percent,
                    "p_beyond_limit": meter.p_beyond_limit,
                    "decidable": meter.decidable,
                    "reason": meter.reason,
                    "since": meter.since_s.and_then(instant),
                    "now_percent": meter.now_percent,
                    "registered_kwh": meter.registered_kwh,
                })
            })
        })
        .collect();
    let districts: Vec<Value> = judged
        .iter()
        .map(|one| {
            let district = &one.assessment.district;
            json!({
                "district": one.name,
                "head_percent": district.head_percent,
                "head_u_percent": district.head_u_percent,
                "loss_percent": district.loss_percent,
                "usual_percent": district.usual_percent,
                "clocks_in_readings": district.clocks_applied,
                "conditions": one.held.json(),
            })
        })
        .collect();
    json!({
        "format": "heng-infer-meters/1",
        "limit": { "id": limit.id, "class": limit.class, "percent": percent(limit), "citation": limit.largest.citation },
        "duties": conditions.duties_json(),
        "districts": districts,
        "meters": meters,
    })
}

fn columns(rows: &[Row<'_>]) -> Vec<Named> {
    let texts =
        |name, cell: &dyn Fn(&Row<'_>) -> String| Named { name, cells: Cells::Text(rows.iter().map(cell).collect()) };
    let numbers = |name, cell: &dyn Fn(&MeterAssessment) -> f64| Named {
        name,
        cells: Cells::Number(rows.iter().map(|(_, meter)| cell(meter)).collect()),
    };
    vec![
        texts("district", &|(district, _)| (*district).to_owned()),
        texts("meter", &|(_, meter)| meter.meter.clone()),
        texts("state", &|(_, meter)| code(meter.state)),
        numbers("error_percent", &|meter| meter.error_percent),
        numbers("u_percent", &|meter| meter.u_percent),
        numbers("low_percent", &|meter| meter.low_percent),
        numbers("high_percent", &|meter| meter.high_percent),
        numbers("p_beyond_limit", &|meter| meter.p_beyond_limit),
        Named { name: "decidable", cells: Cells::Truth(rows.iter().map(|(_, meter)| meter.decidable).collect()) },
        texts("reason", &|(_, meter)| code(meter.reason)),
        texts("since", &|(_, meter)| meter.since_s.and_then(instant).unwrap_or_default()),
    ]
}

/// The words of a state.
fn state(meter: &MeterAssessment, words: &Words) -> String {
    words.say(&format!("infer-state-{}", code(meter.state).replace('_', "-")), &[])
}

/// The words of a reason.
fn reason(meter: &MeterAssessment, words: &Words) -> String {
    words.say(&format!("infer-reason-{}", code(meter.reason).replace('_', "-")), &[])
}

/// What is not good first, then by the probability of being beyond the limit.
fn ranked(assessment: &Assessment) -> Vec<&MeterAssessment> {
    use heng_inference::meters::State;
    let rank = |meter: &MeterAssessment| match meter.state {
        State::Bypassed => 0,
        State::Stopped => 1,
        State::Beyond => 2,
        State::Drifting => 3,
        State::Undecided => 4,
        State::Good => 5,
    };
    let mut meters: Vec<&MeterAssessment> = assessment.meters.iter().collect();
    meters.sort_by(|a, b| rank(a).cmp(&rank(b)).then(b.p_beyond_limit.total_cmp(&a.p_beyond_limit)));
    meters
}

fn show(judged: &[Judged], limit: &ServiceLimit, conditions: &Conditions, words: &Words) {
    print::line(said(limit, words));
    for duty in conditions.duties(words) {
        print::line(duty);
    }
    for one in judged {
        let district = &one.assessment.district;
        let facts: [(&str, &str); 4] = [
            ("file", one.name.as_str()),
            ("loss", &format!("{:.2}", district.loss_percent)),
            ("head", &format!("{:+.2}", district.head_percent)),
            ("u", &format!("{:.2}", district.head_u_percent)),
        ];
        print::line("");
        print::line(words.say("infer-district", &facts));
        for condition in one.held.said(words) {
            print::line(condition);
        }
        let head = [
            "infer-meter",
            "infer-state",
            "infer-error",
            "infer-u",
            "infer-interval",
            "infer-beyond",
            "infer-since",
            "infer-reason",
        ];
        let mut rows = vec![head.iter().map(|code| words.say(code, &[])).collect::<Vec<_>>()];
        for meter in ranked(&one.assessment) {
            rows.push(vec![
                meter.meter.clone(),
                state(meter, words),
                format!("{:+.2}", meter.error_percent),
                format!("{:.2}", meter.u_percent),
                format!("{:+.2} … {:+.2}", meter.low_percent, meter.high_percent),
                format!("{:.3}", meter.p_beyond_limit),
                meter.since_s.and_then(instant).unwrap_or_default(),
                reason(meter, words),
            ]);
        }
        print::text(&table(&rows));
    }
}
