//! The law of propagation of uncertainty, with sensitivities by reverse accumulation.

mod derivatives;
mod propagation;

pub use propagation::{Known, Propagation};

use std::collections::BTreeSet;

use heng_quantity::unit::{Unit, UnitMismatch};
use heng_quantity::{Decimal, Estimate, Finding, RoundingRule};

use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::{Input, Shape};
use crate::model::Model;
use crate::monte_carlo::numerical_tolerance;
use crate::second_order::SecondOrder;

/// One line of an uncertainty budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The input's name.
    pub input: String,
    /// xᵢ.
    pub estimate: f64,
    /// The unit of the estimate.
    pub unit: Unit,
    /// u(xᵢ), in the estimate's unit of difference.
    pub standard_uncertainty: f64,
    /// νᵢ.
    pub degrees_of_freedom: f64,
    /// The distribution.
    pub shape: Shape,
    /// cᵢ = ∂f/∂xᵢ.
    pub sensitivity: f64,
    /// |cᵢ|·u(xᵢ), in the unit of the result.
    pub contribution: f64,
    /// (cᵢ u(xᵢ))²/u²(y).
    pub share: f64,
}

/// One result with its budget.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputEvaluation {
    /// The result's name.
    pub name: String,
    /// y, u(y), ν_eff and the unit.
    pub estimate: Estimate,
    /// A line for each input, in the order given.
    pub budget: Vec<Line>,
    /// Whether Welch and Satterthwaite's formula holds: no correlated input has a finite ν.
    pub effective_degrees_hold: bool,
    /// The same with the terms of second order; none where the model is too large for them or has no such derivatives.
    pub second_order: Option<SecondOrder>,
}

/// All results of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// In the order of the model.
    pub outputs: Vec<OutputEvaluation>,
    /// r(yⱼ, yₖ).
    pub correlations: Vec<Vec<f64>>,
}

impl Evaluation {
    /// The result with this name.
    pub fn output(&self, name: &str) -> Option<&OutputEvaluation> {
        self.outputs.iter().find(|output| output.name == name)
    }

    /// The last result: the only one, for most models.
    pub fn only(&self) -> Option<&OutputEvaluation> {
        self.outputs.last()
    }
}

impl OutputEvaluation {
    /// Whether the terms of second order change the result or its u by more than half the second significant digit of u.
    ///
    /// So they do where first order says u = 0 and they do not. Nothing is said where they are not known.
    ///
    /// Source: JCGM 100:2008, 5.1.2, note (the terms must be included when f is significantly nonlinear); JCGM 101:2008, 7.9.2 (δ).
    pub fn second_order_matters(&self) -> bool {
        let u = self.estimate.standard_uncertainty;
        self.second_order.is_some_and(|second| {
            let larger = second.standard_uncertainty.max(u).max(libm::fabs(second.bias));
            let tolerance = if larger > 0.0 { numerical_tolerance(larger, 2) } else { 0.0 };
            libm::fabs(second.standard_uncertainty - u) > tolerance || libm::fabs(second.bias) > tolerance
        })
    }

    /// The inputs of whose uncertainty nothing is stated, though the result rests on them: u of the result is without their part.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let is_unknown = |line: &&Line| line.shape == Shape::Unknown && line.sensitivity != 0.0;
        self.budget.iter().filter(is_unknown).map(|line| line.input.as_str())
    }

    /// What the linear result should not be used without: inputs of unknown uncertainty, and terms of second order that matter.
    pub fn findings(&self) -> Vec<Finding> {
        let unknown: Vec<&str> = self.unknown().collect();
        let mut findings = self.findings_of_second_order();
        if !unknown.is_empty() {
            let finding = Finding::warning("uncertainty-of-input-unknown").with("output", &self.name);
            findings.push(finding.with("inputs", unknown.join(", ")));
        }
        findings
    }

    fn findings_of_second_order(&self) -> Vec<Finding> {
        let Some(second) = self.second_order.filter(|_| self.second_order_matters()) else { return Vec::new() };
        let finding = Finding::warning("second-order-terms").with("output", &self.name);
        vec![
            finding
                .with("u", short(self.estimate.standard_uncertainty))
                .with("second-order-u", short(second.standard_uncertainty))
                .with("bias", short(second.bias))
                .with("unit", self.estimate.unit.symbol()),
        ]
    }

    /// The same result in another unit.
    pub fn in_unit(&self, unit: &Unit) -> Result<Self, UnitMismatch> {
        let conversion = self.estimate.unit.conversion_to(unit)?;
        let mut converted = self.clone();
        converted.estimate.value = conversion.value_f64(self.estimate.value);
        converted.estimate.standard_uncertainty = conversion.difference_f64(self.estimate.standard_uncertainty);
        converted.estimate.unit = unit.clone();
        converted.second_order = self.second_order.map(|second| SecondOrder {
            standard_uncertainty: conversion.difference_f64(second.standard_uncertainty),
            bias: conversion.difference_f64(second.bias),
        });
        for line in &mut converted.budget {
            line.sensitivity = conversion.difference_f64(line.sensitivity);
            line.contribution = conversion.difference_f64(line.contribution);
        }
        Ok(converted)
    }
}

/// y = f(x₁ … x_N), u²(y) = Σᵢ Σⱼ cᵢ cⱼ u(xᵢ) u(xⱼ) r(xᵢ, xⱼ), ν_eff = u⁴(y) / Σᵢ (cᵢ u(xᵢ))⁴/νᵢ.
///
/// Errors: inputs or correlations that no quantities can have; units that do not fit.
///
/// First order: valid where f is nearly linear over the width of each input. An input that occurs twice is one input, so that x − x = 0 ± 0.
/// [`Propagation`] does the same without budgets, for many evaluations of one model.
///
/// Source: JCGM 100:2008, 5.1.2 (10), 5.2.2 (16), F.1.2.3 (covariance of two results), G.4.1 (G.2b).
pub fn evaluate_linear(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
) -> Result<Evaluation, EvaluationError> {
    check(inputs)?;
    let bound = model.bound(inputs)?;
    let (model, inputs) = (&*bound.model, &*bound.inputs);
    let joint = correlations.factored(inputs)?;
    let mut propagation = Propagation::new(model, inputs, correlations)?;
    let known: Vec<Known> = inputs.iter().map(Known::of).collect();
    let found = propagation.evaluate(&known)?;
    let estimates = propagation.estimates(&known);
    if found.iter().any(|estimate| !estimate.value.is_finite()) {
        return Err(model.not_finite(inputs, &estimates));
    }
    let mut outputs = Vec::with_capacity(found.len());
    for (place, (name, estimate)) in model.outputs().iter().zip(found).enumerate() {
        let sensitivities = propagation.sensitivities(place);
        let variance = estimate.standard_uncertainty * estimate.standard_uncertainty;
        let lines = inputs.iter().zip(sensitivities.iter().chain(std::iter::repeat(&0.0)));
        let budget: Vec<Line> = lines.map(|(input, sensitivity)| line(input, *sensitivity, variance)).collect();
        let effective_degrees_hold = propagation.effective_degrees_hold(&known, sensitivities);
        let second_order = propagation.second_order(place, inputs, &estimates, &joint);
        outputs.push(OutputEvaluation { name: name.clone(), estimate, budget, effective_degrees_hold, second_order });
    }
    Ok(Evaluation { outputs, correlations: propagation.correlations() })
}

/// Errors: an estimate that is not finite; a u that is no number from zero up; a ν below one; an input given twice.
pub(crate) fn check(inputs: &[Input]) -> Result<(), EvaluationError> {
    let mut names = BTreeSet::new();
    for input in inputs {
        Known::of(input).check(&input.name)?;
        if !names.insert(&input.name) {
            return Err(Fault::GivenTwice { name: input.name.clone() }.into());
        }
    }
    Ok(())
}

/// Two significant digits, as an uncertainty is reported (JCGM 100:2008, 7.2.6).
fn short(number: f64) -> String {
    Decimal::from_f64(number)
        .map_or_else(|| number.to_string(), |exact| RoundingRule::Gum726.uncertainty(&exact).to_string())
}

fn line(input: &Input, sensitivity: f64, variance: f64) -> Line {
    let standard_uncertainty = input.shape.standard_uncertainty();
    let contribution = libm::fabs(sensitivity) * standard_uncertainty;
    Line {
        input: input.name.clone(),
        estimate: input.estimate,
        unit: input.unit.clone(),
        standard_uncertainty,
        degrees_of_freedom: input.degrees_of_freedom,
        shape: input.shape,
        sensitivity,
        contribution,
        share: if variance == 0.0 { 0.0 } else { contribution * contribution / variance },
    }
}
