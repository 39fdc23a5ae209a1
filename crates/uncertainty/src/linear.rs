//! The law of propagation of uncertainty, with sensitivities by reverse accumulation.

use heng_quantity::unit::{Unit, UnitMismatch};
use heng_quantity::{Decimal, Estimate, Finding, RoundingRule};

use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::expression::power_f64;
use crate::expression::syntax::{Binary, Function};
use crate::input::{Input, Shape};
use crate::model::{Model, Operation, Program};
use crate::monte_carlo::numerical_tolerance;
use crate::second_order::{SecondOrder, second_order};

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

    /// What the linear result should not be used without: terms of second order that matter.
    pub fn findings(&self) -> Vec<Finding> {
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
    let program = model.program_of(inputs)?;
    let used: Vec<Option<usize>> =
        model.inputs().iter().map(|name| inputs.iter().position(|input| input.name == *name)).collect();
    let estimates: Vec<f64> =
        used.iter().map(|place| place.and_then(|at| inputs.get(at)).map_or(f64::NAN, |input| input.estimate)).collect();
    let values = program.values(&estimates);
    if program.outputs.iter().any(|(place, _)| !values.get(*place).is_some_and(|value| value.is_finite())) {
        return Err(model.not_finite(inputs, &estimates));
    }
    let mut sensitivities = Vec::new();
    let mut outputs = Vec::new();
    for (name, (place, unit)) in model.outputs().iter().zip(&program.outputs) {
        let slopes = program.slopes(*place, &values, estimates.len());
        let budget: Vec<Line> = inputs.iter().map(|input| line(input, slope(model, &slopes, &input.name))).collect();
        let products: Vec<f64> = budget.iter().map(|line| line.sensitivity * line.standard_uncertainty).collect();
        let value = values.get(*place).copied().unwrap_or(f64::NAN);
        let second_order = second_order(&program, *place, inputs, &used, &joint);
        outputs.push(OutputEvaluation { second_order, ..output(name, value, unit, budget, &products, correlations) });
        sensitivities.push(products);
    }
    let correlations = outputs
        .iter()
        .zip(&sensitivities)
        .map(|(one, products)| {
            let others = outputs.iter().zip(&sensitivities);
            others
                .map(|(other, others)| {
                    let u = one.estimate.standard_uncertainty * other.estimate.standard_uncertainty;
                    if u == 0.0 { 0.0 } else { covariance(inputs, products, others, correlations) / u }
                })
                .collect()
        })
        .collect();
    Ok(Evaluation { outputs, correlations })
}

/// Errors: an estimate that is not finite; a u that is no number from zero up; a ν not above zero; an input given twice.
pub(crate) fn check(inputs: &[Input]) -> Result<(), EvaluationError> {
    for (place, input) in inputs.iter().enumerate() {
        let name = || input.name.clone();
        let u = input.shape.standard_uncertainty();
        if !input.estimate.is_finite() {
            return Err(Fault::NotFinite { operand: name() }.into());
        }
        if !(u.is_finite() && u >= 0.0 && input.degrees_of_freedom > 0.0) {
            return Err(Fault::Uncertainty { name: name() }.into());
        }
        if inputs.iter().take(place).any(|earlier| earlier.name == input.name) {
            return Err(Fault::GivenTwice { name: name() }.into());
        }
    }
    Ok(())
}

/// Two significant digits, as an uncertainty is reported (JCGM 100:2008, 7.2.6).
fn short(number: f64) -> String {
    Decimal::from_f64(number)
        .map_or_else(|| number.to_string(), |exact| RoundingRule::Gum726.uncertainty(&exact).to_string())
}

fn slope(model: &Model, slopes: &[f64], name: &str) -> f64 {
    let place = model.inputs().iter().position(|input| input == name);
    place.and_then(|place| slopes.get(place)).copied().unwrap_or(0.0)
}

fn line(input: &Input, sensitivity: f64) -> Line {
    let standard_uncertainty = input.shape.standard_uncertainty();
    Line {
        input: input.name.clone(),
        estimate: input.estimate,
        unit: input.unit.clone(),
        standard_uncertainty,
        degrees_of_freedom: input.degrees_of_freedom,
        shape: input.shape,
        sensitivity,
        contribution: libm::fabs(sensitivity) * standard_uncertainty,
        share: 0.0,
    }
}

fn output(
    name: &str,
    value: f64,
    unit: &Unit,
    mut budget: Vec<Line>,
    products: &[f64],
    correlations: &Correlations,
) -> OutputEvaluation {
    let names: Vec<&str> = budget.iter().map(|line| line.input.as_str()).collect();
    let variance = variance(&names, products, correlations).max(0.0);
    let fourth = |x: f64| (x * x) * (x * x);
    let denominator: f64 = budget.iter().map(|line| fourth(line.contribution) / line.degrees_of_freedom).sum();
    let degrees_of_freedom = if denominator == 0.0 { f64::INFINITY } else { variance * variance / denominator };
    let is_correlated =
        |line: &&Line| correlations.pairs().iter().any(|(one, other, _)| *one == line.input || *other == line.input);
    let effective_degrees_hold = !budget
        .iter()
        .filter(is_correlated)
        .any(|line| line.degrees_of_freedom.is_finite() && line.contribution != 0.0);
    for line in &mut budget {
        line.share = if variance == 0.0 { 0.0 } else { line.contribution * line.contribution / variance };
    }
    let estimate =
        Estimate { value, standard_uncertainty: libm::sqrt(variance), degrees_of_freedom, unit: unit.clone() };
    OutputEvaluation { name: name.to_owned(), estimate, budget, effective_degrees_hold, second_order: None }
}

fn variance(names: &[&str], products: &[f64], correlations: &Correlations) -> f64 {
    let squares: f64 = products.iter().map(|product| product * product).sum();
    let product = |name: &str| {
        let place = names.iter().position(|known| *known == name);
        place.and_then(|place| products.get(place)).copied().unwrap_or(0.0)
    };
    let crossed: f64 = correlations.pairs().iter().map(|(one, other, r)| 2.0 * r * product(one) * product(other)).sum();
    squares + crossed
}

fn covariance(inputs: &[Input], left: &[f64], right: &[f64], correlations: &Correlations) -> f64 {
    let mut sum = 0.0;
    for (one, a) in inputs.iter().zip(left).filter(|(_, a)| **a != 0.0) {
        for (other, b) in inputs.iter().zip(right).filter(|(_, b)| **b != 0.0) {
            sum += a * b * correlations.coefficient(&one.name, &other.name);
        }
    }
    sum
}

impl Program {
    /// The value of every operation.
    pub(crate) fn values(&self, inputs: &[f64]) -> Vec<f64> {
        let mut values: Vec<f64> = Vec::with_capacity(self.operations.len());
        for operation in &self.operations {
            let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
            values.push(match *operation {
                Operation::Constant(value) => value,
                Operation::Input(place) => inputs.get(place).copied().unwrap_or(f64::NAN),
                Operation::Negate(x) => -at(x),
                Operation::Call(function, x) => function.value(at(x)),
                Operation::Binary(binary, x, y) => binary.value(at(x), at(y)),
                Operation::Power(x, numerator, denominator) => power_f64(at(x), numerator, denominator),
                Operation::Affine(x, factor, offset) => factor * at(x) + offset,
            });
        }
        values
    }

    /// ∂(operation at `of`)/∂(input), for every input, in one backward pass.
    fn slopes(&self, of: usize, values: &[f64], inputs: usize) -> Vec<f64> {
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        let mut adjoints = vec![0.0; self.operations.len()];
        let mut slopes = vec![0.0; inputs];
        add(&mut adjoints, of, 1.0);
        for (place, operation) in self.operations.iter().enumerate().rev() {
            let outer = adjoints.get(place).copied().unwrap_or(0.0);
            if outer == 0.0 {
                continue;
            }
            match *operation {
                Operation::Constant(_) => {}
                Operation::Input(input) => add(&mut slopes, input, outer),
                Operation::Negate(x) => add(&mut adjoints, x, -outer),
                Operation::Call(function, x) => add(&mut adjoints, x, outer * function.slope(at(x))),
                Operation::Binary(binary, x, y) => {
                    let (left, right) = binary.slopes(at(x), at(y));
                    add(&mut adjoints, x, outer * left);
                    add(&mut adjoints, y, outer * right);
                }
                Operation::Power(x, numerator, denominator) => {
                    let exponent = numerator as f64 / denominator as f64;
                    let slope = exponent * power_f64(at(x), numerator - denominator, denominator);
                    add(&mut adjoints, x, outer * if numerator == 0 { 0.0 } else { slope });
                }
                Operation::Affine(x, factor, _) => add(&mut adjoints, x, outer * factor),
            }
        }
        slopes
    }
}

fn add(to: &mut [f64], place: usize, value: f64) {
    if let Some(entry) = to.get_mut(place) {
        *entry += value;
    }
}

impl Function {
    fn slope(self, x: f64) -> f64 {
        match self {
            Self::Sqrt => 0.5 / libm::sqrt(x),
            Self::Exp => libm::exp(x),
            Self::Ln => 1.0 / x,
            Self::Log10 => 1.0 / (x * std::f64::consts::LN_10),
            Self::Log2 => 1.0 / (x * std::f64::consts::LN_2),
            Self::Sin => libm::cos(x),
            Self::Cos => -libm::sin(x),
            Self::Tan => 1.0 + libm::tan(x) * libm::tan(x),
            Self::Asin => 1.0 / libm::sqrt(1.0 - x * x),
            Self::Acos => -1.0 / libm::sqrt(1.0 - x * x),
            Self::Atan => 1.0 / (1.0 + x * x),
            Self::Sinh => libm::cosh(x),
            Self::Cosh => libm::sinh(x),
            Self::Tanh => 1.0 / (libm::cosh(x) * libm::cosh(x)),
            Self::Asinh => 1.0 / libm::sqrt(x * x + 1.0),
            Self::Acosh => 1.0 / (libm::sqrt(x - 1.0) * libm::sqrt(x + 1.0)),
            Self::Atanh => 1.0 / ((1.0 - x) * (1.0 + x)),
            Self::Erf => std::f64::consts::FRAC_2_SQRT_PI * libm::exp(-x * x),
            Self::Abs => {
                if x < 0.0 {
                    -1.0
                } else {
                    1.0
                }
            }
        }
    }
}

impl Binary {
    pub(crate) fn value(self, x: f64, y: f64) -> f64 {
        match self {
            Self::Add => x + y,
            Self::Subtract => x - y,
            Self::Multiply => x * y,
            Self::Divide => x / y,
            Self::Atan2 => libm::atan2(x, y),
            Self::Min => x.min(y),
            Self::Max => x.max(y),
        }
    }

    fn slopes(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Add => (1.0, 1.0),
            Self::Subtract => (1.0, -1.0),
            Self::Multiply => (y, x),
            Self::Divide => (1.0 / y, -x / (y * y)),
            Self::Atan2 => (y / (x * x + y * y), -x / (x * x + y * y)),
            Self::Min if x <= y => (1.0, 0.0),
            Self::Max if x >= y => (1.0, 0.0),
            Self::Min | Self::Max => (0.0, 1.0),
        }
    }
}
