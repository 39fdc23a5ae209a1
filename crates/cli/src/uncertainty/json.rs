//! An evaluated model as JSON: every number unrounded and as reported (`docs/uncertainty.md`).

use heng_office::said::findings_json;
use heng_quantity::{Coverage, Decimal, Estimate, Reported, RoundingRule, Uncertainty};
use heng_uncertainty::anova::VarianceAnalysis;
use heng_uncertainty::file::GROUPS_SIGNIFICANCE;
use heng_uncertainty::{
    EllipsoidalRegion, Expanded, Interval, Line, Outcome, RectangularRegion, Shape, Simulation, SmallestRegion,
    Stability, Stated, Taken, ValidMethod, Validation,
};
use heng_wording::Words;
use serde_json::{Value, json};

use super::evaluated::Evaluated;
use crate::arguments::Method;
use crate::figures::finite;

/// What `heng decide` reads.
pub const FORMAT: &str = "heng-result/1";

/// All of it.
pub fn json(evaluated: &Evaluated, words: &Words) -> Value {
    let asked = &evaluated.asked;
    let outputs: Vec<Value> = evaluated.outputs.iter().map(|output| of_output(output, evaluated)).collect();
    json!({
        "format": FORMAT,
        "model": evaluated.file.model.text(),
        "formula": evaluated.file.model.formula().text(),
        "method": method(asked.method),
        "coverage_probability": asked.probability,
        "trials": evaluated.run.as_ref().map(|run| run.trials),
        "seed": evaluated.run.as_ref().map(|run| run.seed),
        "sequences": evaluated.run.as_ref().and_then(|run| run.sequences),
        "inputs_from_files": evaluated.file.taken.iter().map(of_taken).collect::<Vec<Value>>(),
        "outputs": outputs,
        "analyses": analyses(evaluated),
        "correlations": evaluated.correlations,
        "regions": of_regions((evaluated.regions.0.as_ref(), evaluated.regions.1.as_ref(), None)),
        "joint": evaluated.run.as_ref().and_then(|run| run.joint.as_ref()).map(|joint| json!({
            "covariance": joint.moments.as_ref().map(|moments| &moments.covariance),
            "correlations": joint.moments.as_ref().map(|moments| &moments.correlations),
            "regions": of_regions((joint.ellipsoidal.as_ref(), joint.rectangular.as_ref(), joint.smallest.as_ref())),
            "not_finite": joint.not_finite,
        })),
        "findings": findings_json(&evaluated.findings(), words),
    })
}

/// The analysis of variance of each input that was observed in groups.
fn analyses(evaluated: &Evaluated) -> Vec<Value> {
    let unit_of = |name: &str| evaluated.file.inputs.iter().find(|input| input.name == name).map(|input| &input.unit);
    let of = |(name, analysis): (&String, &VarianceAnalysis)| {
        json!({
            "input": name,
            "unit": unit_of(name).map(ToString::to_string),
            "groups": analysis.groups.len(),
            "mean": analysis.mean,
            "standard_deviation_of_means": analysis.standard_deviation_of_means(),
            "standard_deviation_within": analysis.mean_square_within.sqrt(),
            "standard_deviation_between": analysis.standard_deviation_between,
            "f": analysis.f,
            "probability": analysis.probability,
            "critical": { "0.95": analysis.critical(0.95), "0.975": analysis.critical(0.975) },
            "is_significant": analysis.is_significant(GROUPS_SIGNIFICANCE),
            "with_effect": analysis.with_effect,
            "without_effect": analysis.without_effect,
        })
    };
    evaluated.file.analyses.iter().map(of).collect()
}

/// An input from a file, with what the file says of it.
fn of_taken(taken: &Taken) -> Value {
    let Taken { name, origin, budget } = taken;
    json!({
        "input": name,
        "file": origin.file,
        "result": budget.result,
        "estimate": budget.estimate,
        "unit": budget.unit.as_ref().map(ToString::to_string),
        "standard_uncertainty": budget.standard_uncertainty,
        "degrees_of_freedom": finite(budget.degrees_of_freedom),
    })
}

type Regions<'a> = (Option<&'a EllipsoidalRegion>, Option<&'a RectangularRegion>, Option<&'a SmallestRegion>);

/// Coverage regions of several results together; what there is none of is null.
fn of_regions((ellipsoidal, rectangular, smallest): Regions<'_>) -> Value {
    json!({
        "ellipsoidal": ellipsoidal.map(|region| json!({
            "center": region.center,
            "covariance": region.covariance,
            "factor": region.factor,
            "volume": region.volume(),
        })),
        "rectangular": rectangular.map(|region| json!({
            "sides": region.sides.iter().map(of_interval).collect::<Vec<Value>>(),
            "factor": region.factor,
            "volume": region.volume(),
        })),
        "smallest": smallest.map(|region| json!({
            "mesh": region.mesh.iter().map(of_interval).collect::<Vec<Value>>(),
            "cells_of_a_side": region.cells_of_a_side,
            "cells": region.cells,
            "probability": region.probability,
            "volume": region.volume(),
        })),
    })
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Linear => "linear",
        Method::SecondOrder => "second-order",
        Method::MonteCarlo => "monte-carlo",
        Method::Adaptive => "adaptive",
        Method::Both => "both",
    }
}

fn of_output(output: &Outcome, evaluated: &Evaluated) -> Value {
    let rule = evaluated.asked.terms().rounding();
    let Estimate { value, standard_uncertainty, degrees_of_freedom, unit } = &output.linear.estimate;
    let with_u = output.linear.estimate.reported(rule, &Coverage::Standard).ok().filter(|_| !output.is_unknown());
    let holds = output.linear.effective_degrees_hold;
    let budget: Vec<Value> = output.linear.budget.iter().map(|line| of_line(line, evaluated)).collect();
    json!({
        "name": output.linear.name,
        "unit": unit.to_string(),
        "unit_symbol": unit.symbol(),
        "estimate": value,
        "standard_uncertainty": (!output.is_unknown()).then_some(standard_uncertainty),
        "relative_standard_uncertainty": finite(standard_uncertainty / value.abs()).filter(|_| !output.is_unknown()),
        "effective_degrees_of_freedom": finite(*degrees_of_freedom).filter(|_| holds),
        "truncated": output.truncated.map(|(degrees, expanded)| json!({
            "effective_degrees_of_freedom": degrees,
            "coverage_factor": expanded.factor,
            "expanded_uncertainty": expanded.uncertainty,
        })),
        "second_order": output.linear.second_order.map(|second| {
            let expanded = output.second_order.and_then(|(_, expanded)| expanded);
            json!({
                "standard_uncertainty": second.standard_uncertainty,
                "bias": second.bias,
                "coverage_factor": expanded.map(|expanded| expanded.factor),
                "expanded_uncertainty": expanded.map(|expanded| expanded.uncertainty),
                "interval": output.second_order_interval().as_ref().map(of_interval),
                "validated": output.second_order_validation().as_ref().map(Validation::is_validated),
                "validation": output.second_order_validation().map(of_validation),
            })
        }),
        "effective_degrees_hold": holds,
        "coverage_factor": output.expanded.map(|expanded: Expanded| expanded.factor),
        "expanded_uncertainty": output.expanded.map(|expanded| expanded.uncertainty).filter(|_| !output.is_unknown()),
        "interval": output.linear_interval().as_ref().filter(|_| !output.is_unknown()).map(of_interval),
        "reported": output.reported.text(),
        "reported_estimate": output.reported.value.to_string(),
        "reported_standard_uncertainty": with_u.as_ref().and_then(stated_uncertainty),
        "reported_with_standard_uncertainty": with_u.as_ref().map(Reported::text),
        "reported_expanded_uncertainty": reported_expanded(&output.reported),
        "reported_coverage_factor": reported_factor(&output.reported),
        "specification": output.tolerance.map(|limits| json!({ "lower": limits.lower, "upper": limits.upper })),
        "conformance_probability": output.conformance_probability(),
        "budget": budget,
        "monte_carlo": output.simulation.as_ref().map(|simulation| of_simulation(output, simulation, rule)),
        "valid_method": output.valid().map(valid_method),
        "stated": of_stated(&output.stated()),
    })
}

fn valid_method(method: ValidMethod) -> &'static str {
    match method {
        ValidMethod::Linear => "linear",
        ValidMethod::SecondOrder => "second-order",
        ValidMethod::MonteCarlo => "monte-carlo",
    }
}

/// What should be passed on.
fn of_stated(stated: &Stated) -> Value {
    json!({
        "method": valid_method(stated.method),
        "text": stated.reported.text(),
        "interval_text": stated.reported.interval_text(),
        "reported": stated.reported,
    })
}

fn of_line(line: &Line, evaluated: &Evaluated) -> Value {
    let known = |number: f64| (line.shape != Shape::Unknown).then_some(number);
    json!({
        "input": line.input,
        "identity": evaluated.file.identity(&line.input),
        "estimate": line.estimate,
        "unit": line.unit.to_string(),
        "unit_symbol": line.unit.symbol(),
        "distribution": distribution(&line.shape),
        "standard_uncertainty": known(line.standard_uncertainty),
        "degrees_of_freedom": finite(line.degrees_of_freedom),
        "sensitivity": line.sensitivity,
        "contribution": known(line.contribution),
        "share": known(line.share),
    })
}

/// The name of a distribution in `heng-model/1`; a constant has none, and what is not known has none either.
fn distribution(shape: &Shape) -> Option<&'static str> {
    Some(match shape {
        Shape::Constant | Shape::Unknown => return None,
        Shape::Normal { .. } => "normal",
        Shape::Uniform { .. } | Shape::AsymmetricUniform { .. } => "uniform",
        Shape::Triangular { .. } => "triangular",
        Shape::Arcsine { .. } => "arcsine",
        Shape::Trapezoid { .. } => "trapezoid",
        Shape::CurvilinearTrapezoid { .. } => "curvilinear-trapezoid",
        Shape::Student { .. } => "t",
        Shape::Exponential { .. } => "exponential",
        Shape::Gamma { .. } => "gamma",
    })
}

fn of_interval(interval: &Interval) -> Value {
    json!([interval.low, interval.high])
}

fn of_validation(validation: Validation) -> Value {
    json!({
        "low_difference": validation.low_difference,
        "high_difference": validation.high_difference,
        "numerical_tolerance": finite(validation.tolerance),
    })
}

fn of_simulation(output: &Outcome, simulation: &Simulation, rule: RoundingRule) -> Value {
    let validation = output.validation();
    let moments = simulation.mean.zip(simulation.standard_uncertainty);
    let reported = moments.and_then(|(value, standard_uncertainty)| {
        let unit = simulation.unit.clone();
        let estimate = Estimate { value, standard_uncertainty, degrees_of_freedom: f64::INFINITY, unit };
        estimate.reported(rule, &Coverage::Standard).ok()
    });
    let with_interval = output.reported_trials(simulation);
    let ends = |interval: &Interval| {
        let end = |end: f64| rounded_like(end, with_interval.as_ref(), rule);
        json!([end(interval.low), end(interval.high)])
    };
    json!({
        "mean": simulation.mean,
        "standard_uncertainty": simulation.standard_uncertainty,
        "without_standard_uncertainty": simulation.heavy_tail.as_ref().map(|tail| json!({
            "code": "t-without-variance",
            "input": tail.input,
            "degrees_of_freedom": tail.degrees_of_freedom,
        })),
        "symmetric_interval": of_interval(&simulation.symmetric),
        "shortest_interval": of_interval(&simulation.shortest),
        "reported": reported.as_ref().map(Reported::text),
        "reported_estimate": reported.as_ref().map(|reported| reported.value.to_string()),
        "reported_standard_uncertainty": reported.as_ref().and_then(stated_uncertainty),
        "reported_symmetric_interval": ends(&simulation.symmetric),
        "reported_shortest_interval": ends(&simulation.shortest),
        "not_finite": simulation.not_finite,
        "conformance_probability": simulation.conformance_probability,
        "linear_validated": validation.as_ref().map(Validation::is_validated),
        "numerical_tolerance": validation.as_ref().and_then(|validation| finite(validation.tolerance)),
        "validation": validation.map(of_validation),
        "stability": output.stability.as_ref().map(of_stability),
        "histogram": simulation.histogram,
    })
}

fn of_stability(stability: &Stability) -> Value {
    json!({
        "is_reached": stability.is_reached(),
        "numerical_tolerance": finite(stability.numerical_tolerance),
        "mean": stability.mean,
        "standard_uncertainty": stability.standard_uncertainty,
        "low": stability.low,
        "high": stability.high,
    })
}

/// An end of an interval, to the place of the last digit of the estimate.
fn rounded_like(end: f64, reported: Option<&Reported>, rule: RoundingRule) -> Option<String> {
    let place = reported?.value.exponent();
    Some(Decimal::from_f64(end)?.rounded(place, rule).to_string())
}

fn stated_uncertainty(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Standard { value, .. }) => Some(value.to_string()),
        _ => None,
    }
}

fn reported_expanded(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Expanded { value, .. }) => Some(value.to_string()),
        _ => None,
    }
}

fn reported_factor(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Expanded { coverage_factor, .. }) => Some(coverage_factor.to_string()),
        _ => None,
    }
}
