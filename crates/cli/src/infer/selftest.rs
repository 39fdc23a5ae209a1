//! `heng infer selftest`: the platform run on districts whose truth is known, and what it got right.

mod truth;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use heng_inference::meters::{MeterAssessment, Settings, State, assessment};
use heng_picture::report::{record_says, record_tables, tables_page};
use heng_picture::{Column, Table};
use heng_rule::Citation;
use heng_rule::conditions::builtin_service_conditions;
use heng_rule::service::builtin_service_limits;
use heng_sampling::foretold::{Foretold, track_record};
use heng_sampling::{Proportion, TrackRecord};
use heng_wording::Words;
use serde_json::{Value, json};

use super::meters::conditions::{Conditions, Held};
use super::meters::limits::{confidence, limit, percent, said};
use super::meters::sources::{Source, in_folder};
use crate::arguments::InferSelfTest;
use crate::failure::{Failure, Outcome, write};
use crate::figures::table;
use crate::print;
use truth::{KINDS, Truth, truth};

/// The specification that asks for it, among the conditions of the rules.
const NORM: &str = "jjf-jing-168-2025";

/// A district with its truth.
struct Tried {
    name: String,
    meters: Vec<(MeterAssessment, Truth)>,
    held: Held,
}

/// Runs the platform and reports. Ends with 0 whatever the figures are: they are for people to judge.
pub fn selftest(arguments: &InferSelfTest, words: &Words) -> Outcome {
    let limit = limit(&arguments.limits)?;
    let settings = Settings::for_limit(percent(&limit));
    let conditions = Conditions::asked(arguments.conditions.as_deref(), &limit.id)?;
    let mut tried = Vec::new();
    for source in sources(&arguments.readings)? {
        let district = source.district(None, words)?;
        let known = truth(&arguments.truth, &source.name)?;
        let held = conditions.held(&district);
        let Some(assessment) = assessment(&district, &settings) else {
            print::note(words.say("infer-nothing", &[("file", &source.name)]));
            continue;
        };
        let meters = assessment.meters.into_iter().filter_map(|meter| {
            let truth = known.get(&meter.meter)?.clone();
            Some((meter, truth))
        });
        tried.push(Tried { meters: meters.collect(), name: source.name, held });
    }
    if tried.is_empty() {
        return Err(Failure::unreadable("error-selftest-none"));
    }
    let bound = percent(&limit);
    let all: Vec<Foretold> = tried.iter().flat_map(|one| foretold(one, bound)).collect();
    let record = track_record(&all);
    let norm = norm()?;
    let limits = builtin_service_limits().map_err(|error| Failure::new("error-limits").with("reason", error))?;
    if arguments.json {
        let value = json!({
            "format": "heng-infer-selftest/1",
            "program": env!("CARGO_PKG_VERSION"),
            "norm": norm,
            "limit": { "id": limit.id, "class": limit.class, "percent": bound, "citation": limit.largest.citation },
            "rule": { "id": limits.id, "version": limits.version },
            "record": record,
            "districts": tried.iter().map(|one| district_json(one, bound)).collect::<Vec<_>>(),
            "kinds": KINDS.iter().map(|kind| json!({ "kind": kind, "named": of_kind(&tried, kind) })).collect::<Vec<_>>(),
        });
        print::line(format_args!("{value:#}"));
        return Ok(ExitCode::SUCCESS);
    }
    let failing = all.iter().filter(|one| one.failed).count().to_string();
    let (districts, meters) = (tried.len().to_string(), all.len().to_string());
    let rule_version = limits.version.to_string();
    let mut sentences = vec![
        words.say("selftest-scope", &[("districts", &districts), ("meters", &meters), ("failing", &failing)]),
        said(&limit, words),
        words.say("selftest-norm", &[("norm", &norm.norm), ("confidence", confidence(norm.confidence))]),
        words.say(
            "selftest-versions",
            &[("version", env!("CARGO_PKG_VERSION")), ("rule", &limits.id), ("rule-version", &rule_version)],
        ),
    ];
    sentences.extend(record_says(&record, words));
    sentences.extend(tried.iter().flat_map(|one| {
        one.held.said(words).into_iter().map(|condition| format!("{}: {condition}", one.name)).collect::<Vec<_>>()
    }));
    let tables = tables(&tried, &record, bound, words);
    let title = words.say("selftest-title", &[]);
    if let Some(path) = &arguments.html {
        write(path, tables_page(&title, &sentences, &tables, words).as_bytes())?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    print::line(title);
    for sentence in &sentences {
        print::line(sentence);
    }
    for one in tables {
        print::line("");
        print::line(&one.caption);
        let heads = one.columns.iter().map(|column| column.head().to_owned()).collect();
        print::text(&table(&std::iter::once(heads).chain(one.rows).collect::<Vec<_>>()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the demand comes from.
fn norm() -> Result<Citation, Failure> {
    let conditions =
        builtin_service_conditions().map_err(|error| Failure::new("error-limits").with("reason", error))?;
    let found = conditions.duties_of(NORM).next().map(|duty| duty.kind.citation.clone());
    found.ok_or_else(|| Failure::new("error-limits").with("reason", NORM))
}

/// Every district of the folders, and the files that are named, each with what lies beside it.
fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            all.extend(in_folder(path, None, None)?);
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            all.extend(in_folder(folder, None, None)?.into_iter().filter(|source| source.name == name));
        }
    }
    Ok(all)
}

fn is_named(meter: &MeterAssessment) -> bool {
    matches!(meter.state, State::Beyond | State::Drifting | State::Stopped | State::Bypassed)
}

fn foretold(one: &Tried, limit: f64) -> Vec<Foretold> {
    let of = |(meter, truth): &(MeterAssessment, Truth)| Foretold {
        unit: format!("{}/{}", one.name, meter.meter),
        named: is_named(meter),
        probability: meter.decidable.then_some(meter.p_beyond_limit),
        interval: meter.decidable.then_some((meter.low_percent, meter.high_percent)),
        value: truth.error_percent,
        standard_uncertainty: 0.0,
        failed: truth.fails(limit),
    };
    one.meters.iter().map(of).collect()
}

/// Of the meters with a kind of defect, how many were named.
fn of_kind(tried: &[Tried], kind: &str) -> Proportion {
    let meters = || tried.iter().flat_map(|one| &one.meters).filter(|(_, truth)| truth.kind == kind);
    let named = meters().filter(|(meter, _)| is_named(meter)).count();
    Proportion::of(named as u64, meters().count() as u64)
}

/// How far the estimates of decidable meters lie from the truth: mean, standard deviation, largest; those that stopped or were bypassed apart, whose
/// errors are of another size.
fn deviations(one: &Tried) -> Option<(f64, f64, f64)> {
    let usual = one.meters.iter().filter(|(meter, truth)| meter.decidable && !truth.is_gross());
    let off: Vec<f64> = usual.map(|(meter, truth)| meter.error_percent - truth.error_percent).collect();
    if off.len() < 2 {
        return None;
    }
    let n = off.len() as f64;
    let mean = off.iter().sum::<f64>() / n;
    let squares: f64 = off.iter().map(|value| (value - mean) * (value - mean)).sum();
    let largest = off.iter().map(|value| value.abs()).fold(0.0, f64::max);
    Some((mean, (squares / (n - 1.0)).sqrt(), largest))
}

fn district_json(one: &Tried, limit: f64) -> Value {
    let record = track_record(&foretold(one, limit));
    let deviations = deviations(one);
    json!({
        "district": one.name,
        "meters": one.meters.len(),
        "decidable": one.meters.iter().filter(|(meter, _)| meter.decidable).count(),
        "precision": record.precision,
        "recall": record.recall,
        "coverage": record.coverage,
        "deviation_mean_percent": deviations.map(|(mean, _, _)| mean),
        "deviation_sd_percent": deviations.map(|(_, sd, _)| sd),
        "deviation_largest_percent": deviations.map(|(_, _, largest)| largest),
        "conditions": one.held.json(),
    })
}

fn tables(tried: &[Tried], record: &TrackRecord, limit: f64, words: &Words) -> Vec<Table> {
    let say = |code: &str| words.say(code, &[]);
    let heads = [
        "selftest-meters",
        "selftest-decidable",
        "selftest-failing",
        "selftest-named",
        "selftest-right",
        "selftest-coverage",
        "selftest-bias",
        "selftest-spread",
        "selftest-largest",
    ];
    let rows = tried.iter().map(|one| {
        let record = track_record(&foretold(one, limit));
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:+.2}"));
        let off = deviations(one);
        vec![
            one.name.clone(),
            one.meters.len().to_string(),
            one.meters.iter().filter(|(meter, _)| meter.decidable).count().to_string(),
            record.recall.of.to_string(),
            record.precision.of.to_string(),
            record.precision.count.to_string(),
            format!("{}/{}", record.coverage.count, record.coverage.of),
            number(off.map(|(mean, _, _)| mean)),
            number(off.map(|(_, sd, _)| sd)),
            number(off.map(|(_, _, largest)| largest)),
            say(match one.held.is_valid() {
                Some(true) => "selftest-met",
                Some(false) => "selftest-not-met",
                None => "selftest-no-conditions",
            }),
        ]
    });
    let numbers = heads.iter().map(|code| Column::Numbers(say(code)));
    let districts = Table {
        caption: say("selftest-district"),
        columns: std::iter::once(Column::Words(say("selftest-district")))
            .chain(numbers)
            .chain(std::iter::once(Column::Words(say("selftest-conditions"))))
            .collect(),
        rows: rows.collect(),
    };
    let kinds = KINDS.iter().map(|kind| (kind, of_kind(tried, kind))).filter(|(_, named)| named.of > 0);
    let kinds = Table {
        caption: say("selftest-kinds"),
        columns: vec![
            Column::Words(say("selftest-kind")),
            Column::Numbers(say("selftest-meters")),
            Column::Numbers(say("selftest-named")),
        ],
        rows: kinds
            .map(|(kind, named)| {
                vec![say(&format!("selftest-kind-{kind}")), named.of.to_string(), named.count.to_string()]
            })
            .collect(),
    };
    std::iter::once(districts).chain([kinds]).chain(record_tables(record, words)).collect()
}
