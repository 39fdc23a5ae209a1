//! A measurement model evaluated for a program: the facts of the page as JSON, every digit of them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use heng_quantity::{Estimate, Finding, Reported, Uncertainty};
use heng_uncertainty::{
    HeavyTail, Interval, Line, Outcome, SecondOrder, Shape, Simulation, Stated, ToleranceInterval, ValidMethod,
    Validation,
};
use heng_wording::Words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::facts;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::uncertainty::evaluated::{Evaluated, SEED, evaluate as evaluated, status};
use crate::public::uncertainty::too_large;
use crate::visit::Visit;

#[derive(Deserialize)]
struct Asked {
    model: String,
}

/// `POST /api/uncertainty`
pub(crate) async fn evaluate(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let body = body.map_err(|rejection| too_large(rejection.status()))?;
    let text = text(&headers, &body)?;
    let words = portal.words(visit.language());
    match evaluated(&portal, text).await? {
        Ok(evaluated) => facts(&AllFacts::of(&evaluated, words)),
        Err(finding) => {
            let status = status::<()>(&Err(finding.clone()));
            let said = json!({
                "code": "model-wrong",
                "title": words.say("portal-problem-model-wrong", &[]),
                "next": words.say("portal-problem-model-wrong-next", &[]),
                "near": [],
                "findings": [finding_facts(&finding, words)],
            });
            Ok((status, [(CONTENT_TYPE, "application/problem+json")], said.to_string()).into_response())
        }
    }
}

/// The model as JSON or as plain text.
fn text(headers: &HeaderMap, body: &[u8]) -> Result<String, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let unreadable = || Problem::of_status(StatusCode::BAD_REQUEST);
    match kind.as_str() {
        "application/json" => Ok(serde_json::from_slice::<Asked>(body).map_err(|_| unreadable())?.model),
        "text/plain" => Ok(std::str::from_utf8(body).map_err(|_| unreadable())?.to_owned()),
        _ => Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)),
    }
}

/// A number JSON can carry; what is infinite is null.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn finding_facts(finding: &Finding, words: &Words) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity,
        "line": finding.position.map(|position| position.line),
        "column": finding.position.map(|position| position.column),
        "length": finding.data.get("length").and_then(|length| length.parse::<u32>().ok()),
        "message": words.finding(&finding.code, &finding.data),
    })
}

#[derive(Serialize)]
struct AllFacts {
    title: Option<String>,
    source: Option<String>,
    model: String,
    coverage_probability: f64,
    trials: u64,
    seed: u64,
    outputs: Vec<OutputFacts>,
    correlations: Vec<Vec<f64>>,
    findings: Vec<Value>,
}

impl AllFacts {
    fn of(evaluated: &Evaluated, words: &Words) -> Self {
        Self {
            title: evaluated.file.title.clone(),
            source: evaluated.file.origin.clone(),
            model: evaluated.file.model.formula().text(),
            coverage_probability: evaluated.file.coverage_probability,
            trials: evaluated.trials,
            seed: SEED,
            outputs: evaluated.outputs.iter().map(OutputFacts::of).collect(),
            correlations: evaluated.correlations.clone(),
            findings: evaluated.findings.iter().map(|finding| finding_facts(finding, words)).collect(),
        }
    }
}

#[derive(Serialize)]
struct OutputFacts {
    name: String,
    unit: String,
    estimate: f64,
    standard_uncertainty: Option<f64>,
    effective_degrees_of_freedom: Option<f64>,
    effective_degrees_hold: bool,
    coverage_factor: Option<f64>,
    expanded_uncertainty: Option<f64>,
    reported: String,
    reported_expanded_uncertainty: Option<String>,
    second_order: Option<SecondOrderFacts>,
    specification: Option<Limits>,
    conformance_probability: Option<f64>,
    stated: StatedFacts,
    budget: Vec<LineFacts>,
    monte_carlo: Option<TrialsFacts>,
}

impl OutputFacts {
    fn of(output: &Outcome) -> Self {
        let Estimate { value, standard_uncertainty, degrees_of_freedom, unit } = &output.linear.estimate;
        let holds = output.linear.effective_degrees_hold;
        Self {
            name: output.linear.name.clone(),
            unit: unit.to_string(),
            estimate: *value,
            standard_uncertainty: Some(*standard_uncertainty).filter(|_| !output.is_unknown()),
            effective_degrees_of_freedom: finite(*degrees_of_freedom).filter(|_| holds),
            effective_degrees_hold: holds,
            coverage_factor: output.expanded.map(|expanded| expanded.factor),
            expanded_uncertainty: output.expanded.map(|expanded| expanded.uncertainty),
            reported: output.reported.text(),
            reported_expanded_uncertainty: expanded(&output.reported),
            second_order: output.linear.second_order.as_ref().map(SecondOrderFacts::of),
            specification: output.tolerance.map(|limits| Limits::of(&limits)),
            conformance_probability: output.conformance_probability(),
            stated: StatedFacts::of(&output.stated()),
            budget: output.linear.budget.iter().map(LineFacts::of).collect(),
            monte_carlo: output.simulation.as_ref().map(|one| TrialsFacts::of(one, output.validation().as_ref())),
        }
    }
}

fn expanded(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Expanded { value, .. }) => Some(value.to_string()),
        _ => None,
    }
}

#[derive(Serialize)]
struct SecondOrderFacts {
    standard_uncertainty: Option<f64>,
    bias: Option<f64>,
}

impl SecondOrderFacts {
    fn of(second: &SecondOrder) -> Self {
        Self { standard_uncertainty: finite(second.standard_uncertainty), bias: finite(second.bias) }
    }
}

#[derive(Serialize)]
struct Limits {
    lower: Option<f64>,
    upper: Option<f64>,
}

impl Limits {
    fn of(limits: &ToleranceInterval) -> Self {
        Self { lower: limits.lower, upper: limits.upper }
    }
}

#[derive(Serialize)]
struct LineFacts {
    input: String,
    estimate: f64,
    unit: String,
    standard_uncertainty: Option<f64>,
    degrees_of_freedom: Option<f64>,
    sensitivity: Option<f64>,
    contribution: Option<f64>,
    share: Option<f64>,
}

impl LineFacts {
    fn of(line: &Line) -> Self {
        let known = |number: f64| finite(number).filter(|_| line.shape != Shape::Unknown);
        Self {
            input: line.input.clone(),
            estimate: line.estimate,
            unit: line.unit.to_string(),
            standard_uncertainty: known(line.standard_uncertainty),
            degrees_of_freedom: finite(line.degrees_of_freedom),
            sensitivity: finite(line.sensitivity),
            contribution: known(line.contribution),
            share: known(line.share),
        }
    }
}

/// Why the trials have no standard deviation.
#[derive(Serialize)]
struct WithoutFacts {
    code: &'static str,
    input: String,
    degrees_of_freedom: f64,
}

impl WithoutFacts {
    fn of(tail: &HeavyTail) -> Self {
        Self { code: "t-without-variance", input: tail.input.clone(), degrees_of_freedom: tail.degrees_of_freedom }
    }
}

/// What should be passed on, and the method that gave it.
#[derive(Serialize)]
struct StatedFacts {
    method: &'static str,
    text: String,
    interval_text: Option<String>,
}

impl StatedFacts {
    fn of(stated: &Stated) -> Self {
        let method = match stated.method {
            ValidMethod::Linear => "linear",
            ValidMethod::SecondOrder => "second-order",
            ValidMethod::MonteCarlo => "monte-carlo",
        };
        Self { method, text: stated.reported.text(), interval_text: stated.reported.interval_text() }
    }
}

#[derive(Serialize)]
struct TrialsFacts {
    mean: Option<f64>,
    standard_uncertainty: Option<f64>,
    without_standard_uncertainty: Option<WithoutFacts>,
    symmetric_interval: [f64; 2],
    shortest_interval: [f64; 2],
    not_finite: u64,
    conformance_probability: Option<f64>,
    linear_validated: Option<bool>,
    numerical_tolerance: Option<f64>,
}

impl TrialsFacts {
    fn of(simulation: &Simulation, validation: Option<&Validation>) -> Self {
        let ends = |interval: Interval| [interval.low, interval.high];
        Self {
            mean: simulation.mean,
            standard_uncertainty: simulation.standard_uncertainty,
            without_standard_uncertainty: simulation.heavy_tail.as_ref().map(WithoutFacts::of),
            symmetric_interval: ends(simulation.symmetric),
            shortest_interval: ends(simulation.shortest),
            not_finite: simulation.not_finite,
            conformance_probability: simulation.conformance_probability,
            linear_validated: validation.map(Validation::is_validated),
            numerical_tolerance: validation.and_then(|one| finite(one.tolerance)),
        }
    }
}
