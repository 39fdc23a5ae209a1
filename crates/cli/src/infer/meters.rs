//! `heng infer meters`: what the readings of a district say about its meters.

pub mod batch;
mod city;
pub mod conditions;
mod known;
pub mod limits;
mod page;
pub mod recalled;
pub mod record;
mod recorded;
pub mod sources;

use std::process::ExitCode;

use heng_inference::meters::{Assessment, MeterAssessment, Settings, continued_assessment};
use heng_rule::service::ServiceLimit;
use heng_telemetry::meter_rows::{Row, begin_s, code, columns, instant};
use heng_telemetry::results::{csv, parquet};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::InferMeters;
use crate::failure::{Failure, Outcome, write};
use crate::figures::table;
use crate::print;
use city::Wanted;
use conditions::{Conditions, Held};
use known::Known;
use limits::{limit, percent, said};
use recorded::Recorder;
use sources::sources;

/// A district with its verdict.
struct Judged {
    name: String,
    assessment: Assessment,
    held: Held,
}

/// Judges the meters and prints them.
pub fn meters(arguments: &InferMeters, words: &Words) -> Outcome {
    let limit = limit(&arguments.limits)?;
    let settings = Settings::for_limit(percent(&limit));
    let conditions = Conditions::asked(arguments.conditions.as_deref(), &limit.id)?;
    let files = city::files(&arguments.readings);
    if !files.is_empty() {
        city::refuse_options(arguments)?;
        city::refuse_others(&arguments.readings)?;
        if !conditions.is_empty() {
            print::note(words.say("infer-city-conditions", &[("rule", &limit.id)]));
        }
        return whole_city(arguments, &files, &settings, words);
    }
    let mut known = Known::read(arguments.state.as_deref())?;
    let mut recorder = Recorder::open(&arguments.record)?;
    let mut judged = Vec::new();
    for source in sources(arguments)? {
        let mut district = source.district(arguments.since, words)?;
        if let Some(recorder) = &recorder {
            recorder.recall(&mut district, words)?;
        }
        let held = conditions.held(&district);
        // Without a state each file is judged by itself: a folder may hold the same days several times, read differently.
        let earlier = match &arguments.state {
            Some(_) => known.earlier(&source.district, &district)?,
            None => None,
        };
        match continued_assessment(&district, &settings, earlier) {
            Some((assessment, knowledge)) => {
                if arguments.state.is_some() {
                    known.keep(&source.district, &district, knowledge);
                }
                if let Some(recorder) = &mut recorder {
                    recorder.record(&source, (&district, &assessment, &held), &limit, words)?;
                }
                judged.push(Judged { name: source.name, assessment, held });
            }
            None => print::note(words.say("infer-nothing", &[("file", &source.name)])),
        }
    }
    if let Some(path) = &arguments.state {
        known.write(path)?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
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

/// Judges the districts of a city and says how long it took.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
fn whole_city(arguments: &InferMeters, files: &[std::path::PathBuf], settings: &Settings, words: &Words) -> Outcome {
    let started = std::time::Instant::now();
    let since_s = arguments.since.and_then(begin_s);
    let wanted = match &arguments.parquet {
        Some(path) => Wanted::Parquet(path),
        None if arguments.csv => Wanted::Csv,
        None => Wanted::Counts,
    };
    let tally = city::infer(files, settings, since_s, wanted, words)?;
    let seconds = started.elapsed().as_secs_f64().max(1e-3);
    let per_second = tally.readings as f64 / seconds;
    // Ninety-six readings a day of thirty days.
    let hours_of_seven_million = 7e6 * 2880.0 / per_second / 3600.0;
    let facts: [(&str, &str); 6] = [
        ("districts", &tally.districts.to_string()),
        ("meters", &tally.meters.to_string()),
        ("readings", &tally.readings.to_string()),
        ("seconds", &format!("{seconds:.1}")),
        ("rate", &format!("{per_second:.0}")),
        ("hours", &format!("{hours_of_seven_million:.1}")),
    ];
    if arguments.csv {
        print::note(words.say("infer-city", &facts));
        return Ok(ExitCode::SUCCESS);
    }
    print::line(words.say("infer-city", &facts));
    let states: Vec<Vec<String>> = tally
        .states
        .iter()
        .map(|(state, count)| {
            vec![words.say(&format!("infer-state-{}", code(state).replace('_', "-")), &[]), count.to_string()]
        })
        .collect();
    print::text(&table(&states));
    Ok(ExitCode::SUCCESS)
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
