//! `heng material`: what a study of a reference material says.

use std::process::ExitCode;

use heng_comparison::file::{read_bottles_table, read_study};
use heng_comparison::material::{BottleHomogeneity, CertifiedValue, ControlChart, Governing, LotAgreement};
use heng_comparison::study::StabilityEvaluation;
use heng_comparison::{Study, StudyEvaluation};
use heng_office::said::findings_json;
use heng_quantity::{Finding, Unit};
use heng_wording::Words;
use serde_json::json;

use crate::arguments::Material;
use crate::compare::shown_outcome;
use crate::failure::{Failure, Outcome};
use crate::figures::{number, percent, quantity};
use crate::html;
use crate::print::{self, has_error};
use crate::source_text::{Table, is_table, read_text, refuse, typed_unit};

/// A study with everything that it says.
struct Studied {
    study: Study,
    evaluation: StudyEvaluation,
    findings: Vec<Finding>,
}

/// Evaluates a study and prints it.
pub fn material(arguments: &Material, words: &Words) -> Outcome {
    let studied = match studied(arguments)? {
        Ok(studied) => studied,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, arguments.json, words)),
    };
    if let Some(path) = &arguments.html {
        html::material(path, &studied.study, &studied.evaluation, &studied.findings, words)?;
    }
    if arguments.json {
        let mut evaluation = json!(studied.evaluation);
        if let Some(evaluation) = evaluation.as_object_mut() {
            evaluation.insert("title".to_owned(), json!(studied.study.title));
            evaluation.insert("source".to_owned(), json!(studied.study.source));
            evaluation.insert("unit_symbol".to_owned(), json!(studied.study.unit.symbol()));
            evaluation.insert("settings".to_owned(), json!(studied.study.settings));
            evaluation.insert("findings".to_owned(), json!(findings_json(&studied.findings, words)));
        }
        print::line(format_args!("{evaluation:#}"));
    } else {
        show(&studied, &arguments.file.display().to_string(), words);
    }
    Ok(ExitCode::SUCCESS)
}

/// The evaluation, or the findings that leave no study.
fn studied(arguments: &Material) -> Result<Result<Studied, Vec<Finding>>, Failure> {
    let typed = typed_unit(arguments.unit.as_ref())?;
    let text = match read_text(&arguments.file)? {
        Ok(text) => text,
        Err(finding) => return Ok(Err(vec![finding])),
    };
    let (study, findings) = if is_table(&arguments.file) {
        let mut table = Table::of(&text);
        let unit = table.unit_of("value", typed.as_ref()).unwrap_or_else(Unit::one);
        let quantity = arguments.quantity.as_deref().unwrap_or_default();
        let (study, findings) = read_bottles_table(&table.text, quantity, unit);
        table.findings.extend(findings);
        (study, table.findings)
    } else {
        read_study(&text)
    };
    let Some(study) = study.filter(|_| !has_error(&findings)) else { return Ok(Err(findings)) };
    Ok(Ok(Studied { evaluation: study.evaluation(), study, findings }))
}

fn show(studied: &Studied, path: &str, words: &Words) {
    let evaluation = &studied.evaluation;
    let unit = &evaluation.unit;
    if let Some(title) = &studied.study.title {
        print::line(title);
    }
    for finding in &studied.findings {
        print::line(print::finding_line(path, finding, words));
    }
    if let Some(found) = shown_outcome(evaluation.homogeneity.as_ref(), words) {
        homogeneity(found, unit, words);
    }
    let time_unit = evaluation.time_unit.clone().unwrap_or_else(Unit::one);
    for (outcome, code) in [
        (&evaluation.long_term_stability, "material-long-term"),
        (&evaluation.short_term_stability, "material-short-term"),
    ] {
        if let Some(found) = shown_outcome(outcome.as_ref(), words) {
            print::line(words.say(code, &[]));
            stability(found, unit, &time_unit, words);
        }
    }
    if let Some(found) = shown_outcome(Some(&evaluation.certified_value), words) {
        certified(found, unit, words);
    }
    if let Some(life) = shown_outcome(evaluation.shelf_life.as_ref(), words) {
        print::line(words.say("material-shelf-life", &[("time", &quantity(*life, &time_unit))]));
    }
    if let Some(found) = shown_outcome(evaluation.control_chart.as_ref(), words) {
        chart(found, unit, words);
    }
    if let Some(found) = shown_outcome(evaluation.lot_agreement.as_ref(), words) {
        lots(found, unit, words);
    }
}

/// Says a code with owned facts.
fn say(code: &str, facts: &[(&str, String)], words: &Words) {
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say(code, &facts));
}

fn homogeneity(found: &BottleHomogeneity, unit: &Unit, words: &Words) {
    let of = |value: f64| quantity(value, unit);
    let absent = || "—".to_owned();
    let facts = [
        ("bottles", found.bottles.to_string()),
        ("observations", found.observations.to_string()),
        ("mean", of(found.mean)),
        ("f", found.f.map_or_else(absent, number)),
        ("p", found.p_value.map_or_else(absent, percent)),
    ];
    say("material-homogeneity", &facts, words);
    let facts = [
        ("between", of(found.between_bottles)),
        ("hidden", of(found.hidden_by_repeatability)),
        ("u", of(found.standard_uncertainty)),
    ];
    let code = match found.governing {
        Governing::BetweenBottles => "material-between-governs",
        Governing::HiddenByRepeatability => "material-hidden-governs",
    };
    say(code, &facts, words);
    if found.is_significant {
        say("material-inhomogeneous", &[], words);
    }
}

fn stability(found: &StabilityEvaluation, unit: &Unit, time_unit: &Unit, words: &Words) {
    let trend = &found.trend;
    let facts = [
        ("slope", number(trend.slope)),
        ("u", number(trend.slope_uncertainty)),
        ("critical", number(trend.t_critical * trend.slope_uncertainty)),
        ("unit", unit.symbol()),
        ("time-unit", time_unit.symbol()),
    ];
    say(if trend.is_significant { "material-trend" } else { "material-no-trend" }, &facts, words);
    if let Some(u) = shown_outcome(Some(&found.standard_uncertainty), words) {
        let facts = [("time", quantity(found.time, time_unit)), ("u", quantity(*u, unit))];
        say("material-stability", &facts, words);
    }
}

fn certified(found: &CertifiedValue, unit: &Unit, words: &Words) {
    let of = |value: f64| quantity(value, unit);
    let parts = found.components;
    let facts = [
        ("value", of(found.value)),
        ("u", of(found.standard_uncertainty)),
        ("expanded", of(found.expanded_uncertainty)),
        ("k", number(found.coverage_factor)),
    ];
    say("material-certified", &facts, words);
    let facts = [
        ("characterization", of(parts.characterization)),
        ("between", of(parts.between_bottles)),
        ("long", of(parts.long_term_stability)),
        ("short", of(parts.short_term_stability)),
    ];
    say("material-components", &facts, words);
}

fn chart(found: &ControlChart, unit: &Unit, words: &Words) {
    let [low, high] = found.action_limits.map(number);
    let facts = [
        ("centre", quantity(found.centre, unit)),
        ("sigma", quantity(found.standard_deviation, unit)),
        ("low", low),
        ("high", high),
    ];
    say("material-chart", &facts, words);
    for signal in &found.signals {
        let name = json!(signal.code).as_str().unwrap_or_default().replace('_', "-");
        let facts = [("place", (signal.place + 1).to_string())];
        say(&format!("material-signal-{name}"), &facts, words);
    }
    if found.signals.is_empty() {
        say("material-in-control", &[], words);
    }
}

fn lots(found: &LotAgreement, unit: &Unit, words: &Words) {
    let facts =
        [("difference", quantity(found.difference, unit)), ("expanded", quantity(found.expanded_uncertainty, unit))];
    say(if found.agrees { "material-lots-agree" } else { "material-lots-differ" }, &facts, words);
}
