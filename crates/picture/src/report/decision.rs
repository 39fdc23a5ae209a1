//! The report of a decision on conformity: the statement, what is known of the quantity between its limits, and how often the rule accepts.

use heng_quantity::Unit;
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::characteristic::OperatingCharacteristic;
use heng_uncertainty::conformity::decision::{ConformityStatement, Decision};
use heng_wording::Words;

use super::{heading, page, paragraph};
use crate::axis::span;
use crate::canvas::{Shape, escaped, shape_beside};
use crate::characteristic::CharacteristicPicture;
use crate::density::DensityPicture;
use crate::figures::percent;

/// Points of the curve.
const POINTS: usize = 301;
/// The curve goes so many standard uncertainties beyond the limits.
const REACH: f64 = 4.0;

/// A decision with what people call its quantity.
pub struct DecisionReport<'a> {
    /// For people.
    pub title: Option<&'a str>,
    /// For people: where the result is from.
    pub source: Option<&'a str>,
    /// The quantity.
    pub name: &'a str,
    /// Its unit.
    pub unit: &'a Unit,
    /// The decision.
    pub decision: &'a Decision,
}

/// The page.
pub fn decision(report: &DecisionReport<'_>, words: &Words) -> String {
    let decision = report.decision;
    let u = decision.measured.standard_uncertainty();
    let title =
        report.title.map_or_else(|| words.say("picture-density-title", &[("name", report.name)]), str::to_owned);
    let (shape, code) = statement(decision.statement);
    let word = escaped(&words.say(code, &[]));
    let mut html = format!("<p class=\"answer\">{}{word}</p>\n", shape_beside(shape));
    html.push_str(&paragraph(
        &words.say("report-conformance", &[("probability", &percent(decision.conformance_probability))]),
    ));
    if let Some(risk) = decision.specific_risk {
        html.push_str(&paragraph(&words.say("report-specific-risk", &[("risk", &percent(risk))])));
    }
    let density = DensityPicture {
        name: report.name.to_owned(),
        unit: report.unit.clone(),
        measured: decision.measured.clone(),
        tolerance: decision.tolerance,
        acceptance: decision.acceptance.filter(|acceptance| {
            acceptance.lower != decision.tolerance.lower || acceptance.upper != decision.tolerance.upper
        }),
    };
    html.push_str(&density.picture(words).figure(words));
    if let Some(characteristic) = characteristic(decision, u) {
        let picture = CharacteristicPicture {
            name: report.name.to_owned(),
            unit: report.unit.clone(),
            characteristic,
            tolerance: decision.tolerance,
        }
        .picture(words);
        html.push_str(&heading(&picture.title));
        html.push_str(&paragraph(&picture.description));
        html.push_str(&picture.figure(words));
    }
    page(&title, &html, report.source, words)
}

fn characteristic(decision: &Decision, u: f64) -> Option<OperatingCharacteristic> {
    let acceptance = decision.acceptance?;
    let ToleranceInterval { lower, upper } = decision.tolerance;
    let ends = [lower, upper, acceptance.lower, acceptance.upper].into_iter().flatten();
    let (low, high) = span(ends)?;
    OperatingCharacteristic::between(&acceptance, u, low - REACH * u, high + REACH * u, POINTS).ok()
}

fn statement(statement: ConformityStatement) -> (Shape, &'static str) {
    match statement {
        ConformityStatement::Pass => (Shape::Good, "report-pass"),
        ConformityStatement::ConditionalPass => (Shape::Attention, "report-conditional-pass"),
        ConformityStatement::ConditionalFail => (Shape::Attention, "report-conditional-fail"),
        ConformityStatement::Fail => (Shape::Bad, "report-fail"),
        ConformityStatement::Undecided => (Shape::Unknown, "report-undecided"),
        ConformityStatement::NothingAcceptable => (Shape::Unknown, "report-nothing-acceptable"),
    }
}
