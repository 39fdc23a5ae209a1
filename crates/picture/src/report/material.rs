//! The report of a study of a reference material: the certified value with its parts, homogeneity, stability, control chart and lots.

use heng_comparison::material::{CertifiedValue, LotAgreement, SignalCode};
use heng_comparison::study::{StabilityData, StabilityEvaluation};
use heng_comparison::{Outcome, Study, StudyEvaluation};
use heng_quantity::{Finding, Unit, typography};
use heng_wording::Words;

use super::{bare, findings, heading, page, paragraph};
use crate::bottles::BottlesPicture;
use crate::canvas::escaped;
use crate::control_chart::ControlChartPicture;
use crate::figures::{DIGITS, headed, number, percent, place_of, stated};
use crate::picture::{Column, Table};
use crate::stability::StabilityPicture;

/// The page.
pub fn material(study: &Study, evaluation: &StudyEvaluation, noted: &[Finding], words: &Words) -> String {
    let say = |code: &str| words.say(code, &[]);
    let title = study.title.clone().unwrap_or_else(|| say("report-untitled-study"));
    let unit = &study.unit;
    let time_unit = study.time_unit.clone().unwrap_or_else(Unit::one);
    let mut html = format!("<p class=\"quiet\">{}</p>\n", escaped(&headed(&study.quantity, unit)));
    if let Some(found) = &evaluation.certified_value.result {
        html.push_str(&answer(found, unit, words));
    }
    if let Some(life) = evaluation.shelf_life.as_ref().and_then(|life| life.result) {
        let time = typography::with_unit(&number(life, 3), &time_unit);
        html.push_str(&paragraph(&words.say("material-shelf-life", &[("time", &time)])));
    }
    if let Some(found) = evaluation.homogeneity.as_ref().and_then(|found| found.result.as_ref()) {
        let picture = BottlesPicture {
            name: study.quantity.clone(),
            unit: unit.clone(),
            bottles: study.bottles.clone(),
            homogeneity: found.clone(),
        }
        .picture(words);
        html.push_str(&heading(&picture.title));
        html.push_str(&paragraph(&picture.description));
        if found.is_significant {
            html.push_str(&paragraph(&say("material-inhomogeneous")));
        }
        html.push_str(&picture.figure(words));
    }
    for (data, found, code) in [
        (&study.long_term, &evaluation.long_term_stability, "picture-stability-long"),
        (&study.short_term, &evaluation.short_term_stability, "picture-stability-short"),
    ] {
        if let (Some(data), Some(found)) = (data, found.as_ref().and_then(|found| found.result.as_ref())) {
            html.push_str(&stability((data, found, &say(code)), (&study.quantity, unit, &time_unit), words));
        }
    }
    let chart = evaluation.control_chart.as_ref().and_then(|chart| chart.result.as_ref());
    if let (Some((values, _)), Some(chart)) = (&study.chart, chart) {
        let picture = ControlChartPicture {
            name: study.quantity.clone(),
            unit: unit.clone(),
            values: values.clone(),
            chart: chart.clone(),
        }
        .picture(words);
        html.push_str(&heading(&picture.title));
        if chart.signals.iter().any(|signal| is_drift(signal.code)) {
            html.push_str(&paragraph(&say("report-drift")));
        }
        html.push_str(&paragraph(&picture.description));
        html.push_str(&picture.figure(words));
    }
    if let Some(found) = evaluation.lot_agreement.as_ref().and_then(|found| found.result) {
        html.push_str(&lots(&found, unit, words));
    }
    let mut found = noted.to_vec();
    found.extend(refusals(evaluation));
    html.push_str(&findings(&found, words));
    page(&title, &html, study.source.as_deref(), words)
}

/// The patterns that a drift or a shift makes, where no single value is far off.
fn is_drift(code: SignalCode) -> bool {
    matches!(code, SignalCode::SixRisingOrFalling | SignalCode::EightOnOneSide | SignalCode::FourOfFiveBeyondOneSigma)
}

/// The certified value, which is the largest thing on the page, and the parts of its u.
fn answer(found: &CertifiedValue, unit: &Unit, words: &Words) -> String {
    let say = |code: &str| words.say(code, &[]);
    let of_difference = unit.of_difference();
    let place = place_of([found.expanded_uncertainty].into_iter());
    let (value, expanded) = (stated(found.value, place), stated(found.expanded_uncertainty, place));
    let facts = [
        ("value", typography::with_unit(&value, unit)),
        ("expanded", typography::with_unit(&expanded, &of_difference)),
        ("k", number(found.coverage_factor, 3)),
    ];
    let said = words.say("report-certified", &facts.each_ref().map(|(name, text)| (*name, text.as_str())));
    let mut html = format!("<p class=\"answer\">{}</p>\n", escaped(&said));
    let parts = found.components;
    let variance = found.standard_uncertainty * found.standard_uncertainty;
    let row = |code: &str, u: f64| {
        let share = if variance > 0.0 { percent(u * u / variance) } else { "–".to_owned() };
        vec![say(code), number(u, 3), share]
    };
    html.push_str(&heading(&say("report-budget")));
    html.push_str(&bare(&Table {
        caption: say("report-budget"),
        columns: vec![
            Column::Words(say("picture-what")),
            Column::Numbers(headed("u", &of_difference)),
            Column::Numbers(say("picture-share")),
        ],
        rows: vec![
            row("report-part-characterization", parts.characterization),
            row("report-part-bottles", parts.between_bottles),
            row("report-part-storage", parts.long_term_stability),
            row("report-part-transport", parts.short_term_stability),
            row("report-part-all", found.standard_uncertainty),
        ],
    }));
    html
}

fn stability(
    (data, found, title): (&StabilityData, &StabilityEvaluation, &str),
    (name, unit, time_unit): (&str, &Unit, &Unit),
    words: &Words,
) -> String {
    let picture = StabilityPicture {
        title: title.to_owned(),
        name: name.to_owned(),
        units: [unit.clone(), time_unit.clone()],
        data: data.clone(),
        found: found.clone(),
    }
    .picture(words);
    let mut html = heading(&picture.title);
    html.push_str(&paragraph(&picture.description));
    if let Some(u) = found.standard_uncertainty.result {
        let time = typography::with_unit(&number(found.time, DIGITS), time_unit);
        let u = typography::with_unit(&number(u, 3), &unit.of_difference());
        html.push_str(&paragraph(&words.say("material-stability", &[("time", &time), ("u", &u)])));
    }
    html.push_str(&picture.figure(words));
    html
}

fn lots(found: &LotAgreement, unit: &Unit, words: &Words) -> String {
    let of = |value: f64| typography::with_unit(&number(value, 3), &unit.of_difference());
    let code = if found.agrees { "material-lots-agree" } else { "material-lots-differ" };
    let (difference, expanded) = (of(found.difference), of(found.expanded_uncertainty));
    let mut html = heading(&words.say("report-lots", &[]));
    html.push_str(&paragraph(&words.say(code, &[("difference", &difference), ("expanded", &expanded)])));
    html
}

/// Why parts of the study say nothing.
fn refusals(evaluation: &StudyEvaluation) -> Vec<Finding> {
    fn of<T>(outcome: Option<&Outcome<T>>) -> Option<Finding> {
        outcome.and_then(|outcome| outcome.refusal.as_ref()).map(heng_comparison::ComparisonError::finding)
    }
    let uncertainty = |found: &Option<Outcome<StabilityEvaluation>>| {
        let found = found.as_ref().and_then(|found| found.result.as_ref());
        of(found.map(|found| &found.standard_uncertainty))
    };
    [
        of(evaluation.homogeneity.as_ref()),
        of(evaluation.long_term_stability.as_ref()),
        of(evaluation.short_term_stability.as_ref()),
        uncertainty(&evaluation.long_term_stability),
        uncertainty(&evaluation.short_term_stability),
        of(evaluation.reference_values.as_ref()),
        of(Some(&evaluation.certified_value)),
        of(evaluation.shelf_life.as_ref()),
        of(evaluation.control_chart.as_ref()),
        of(evaluation.lot_agreement.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
