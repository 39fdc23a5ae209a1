//! `heng infer meters`: what the readings of a district say about its meters.

pub mod batch;
mod city;
pub mod conditions;
mod json;
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
use heng_telemetry::meter_rows::{Row, code, columns, instant};
use heng_telemetry::results::{csv, parquet};
use heng_wording::Words;

use crate::arguments::InferMeters;
use crate::failure::{Failure, Outcome, write};
use crate::figures::table;
use crate::infer::stated::named;
use crate::print;
use conditions::{Conditions, Held};
use known::Known;
use limits::{limit, percent, said};
use recorded::{Readings, Recorder, network, say_recalled, say_recorded};
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
        let asked = city::Asked { arguments, limit: &limit, settings: &settings, conditions: &conditions, words };
        return city::whole_city(asked, &files);
    }
    let mut known = Known::read(arguments.state.as_deref())?;
    let mut recorder = Recorder::open(&arguments.record)?;
    let mut judged = Vec::new();
    for source in sources(arguments)? {
        let mut district = source.district(arguments.since, words)?;
        if let Some(recorder) = &recorder {
            say_recalled(recorder.recall(&mut district)?, words);
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
                    let network = arguments.record.network.clone().unwrap_or_else(|| network(&source.district));
                    let readings = Readings {
                        network: network.clone(),
                        name: arguments.record.register.as_deref(),
                        files: source.files().into_iter().map(named).collect::<Result<_, _>>()?,
                    };
                    let recorded = recorder.record(readings, (&district, &assessment, &held), &limit)?;
                    say_recorded(&network, &recorded, &held, words);
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
        print::line(format_args!("{:#}", json::of(&judged, &limit, &conditions)));
    } else if arguments.csv {
        print::text(&csv(&columns(&rows)));
    } else {
        show(&judged, &limit, &conditions, words);
    }
    Ok(ExitCode::SUCCESS)
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
