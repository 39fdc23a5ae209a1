//! A model laid out for the law of propagation once, to be evaluated many times.

use std::borrow::Cow;
use std::collections::BTreeMap;

use heng_quantity::Estimate;

use super::check;
use crate::correlation::{Correlations, Joint};
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::model::{Model, Program};
use crate::second_order::{SecondOrder, second_order};

/// What the law of propagation needs to know of an input, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// xᵢ.
    pub estimate: f64,
    /// u(xᵢ), in the estimate's unit of difference.
    pub standard_uncertainty: f64,
    /// νᵢ.
    pub degrees_of_freedom: f64,
}

/// A model with its units checked and its names resolved, evaluated by the law of propagation as often as inputs are known.
///
/// ```
/// use heng_quantity::Unit;
/// use heng_uncertainty::{Correlations, Input, Known, Model, Propagation};
///
/// let model = Model::parse("y = 2*a*b")?;
/// let input = |name| Input::standard(name, 1.0, Unit::one(), 0.1, f64::INFINITY);
/// let mut propagation = Propagation::new(&model, &[input("a"), input("b")], &Correlations::none())?;
/// let known = |estimate| Known { estimate, standard_uncertainty: 0.5, degrees_of_freedom: f64::INFINITY };
/// let found = propagation.evaluate(&[known(3.0), known(4.0)])?;
/// assert_eq!((found[0].value, found[0].standard_uncertainty), (24.0, 5.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Propagation {
    program: Program,
    names: Vec<String>,
    /// Constants that the model names, behind the inputs that are given.
    constants: Vec<Known>,
    /// The place among the inputs of each name of the model.
    used: Vec<usize>,
    /// Places of correlated inputs, with r.
    pairs: Vec<(usize, usize, f64)>,
    /// Values of all operations at the last estimates.
    values: Vec<f64>,
    adjoints: Vec<f64>,
    slopes: Vec<f64>,
    /// cᵢ u(xᵢ) for every output at the last evaluation.
    products: Vec<Vec<f64>>,
    sensitivities: Vec<Vec<f64>>,
    uncertainties: Vec<f64>,
}

impl Known {
    /// What is known of an input.
    pub fn of(input: &Input) -> Self {
        Self {
            estimate: input.estimate,
            standard_uncertainty: input.shape.standard_uncertainty(),
            degrees_of_freedom: input.degrees_of_freedom,
        }
    }

    pub(super) fn check(&self, name: &str) -> Result<(), EvaluationError> {
        let u = self.standard_uncertainty;
        if !self.estimate.is_finite() {
            return Err(Fault::NotFinite { operand: name.to_owned() }.into());
        }
        if !(u.is_finite() && u >= 0.0) {
            return Err(Fault::Uncertainty { name: name.to_owned() }.into());
        }
        // Not even one observation more than were needed: no quantile of t says anything there.
        if self.degrees_of_freedom.is_nan() || self.degrees_of_freedom < 1.0 {
            return Err(Fault::Degrees { name: name.to_owned() }.into());
        }
        Ok(())
    }
}

impl Propagation {
    /// Lays a model out for inputs with these names and units.
    ///
    /// Errors: inputs or correlations that no quantities can have; units that do not fit.
    pub fn new(model: &Model, inputs: &[Input], correlations: &Correlations) -> Result<Self, EvaluationError> {
        check(inputs)?;
        let given = inputs.len();
        let bound = model.bound(inputs)?;
        let (model, inputs) = (&*bound.model, &*bound.inputs);
        correlations.factored(inputs)?;
        let places: BTreeMap<&str, usize> =
            inputs.iter().enumerate().map(|(place, input)| (input.name.as_str(), place)).collect();
        let place = |name: &str| places.get(name).copied();
        let program = model.program_of(inputs)?;
        // A name without an input has stopped the line above.
        let used = model.inputs().iter().map(|name| place(name).unwrap_or(usize::MAX)).collect();
        let pair = |(one, other, r): &(String, String, f64)| Some((place(one)?, place(other)?, *r));
        Ok(Self {
            names: inputs.iter().map(|input| input.name.clone()).collect(),
            constants: inputs.iter().skip(given).map(Known::of).collect(),
            used,
            pairs: correlations.pairs().iter().filter_map(pair).collect(),
            values: Vec::with_capacity(program.operations.len()),
            adjoints: Vec::with_capacity(program.operations.len()),
            slopes: vec![0.0; model.inputs().len()],
            products: program.outputs.iter().map(|_| vec![0.0; inputs.len()]).collect(),
            sensitivities: program.outputs.iter().map(|_| vec![0.0; inputs.len()]).collect(),
            uncertainties: vec![0.0; program.outputs.len()],
            program,
        })
    }

    /// y, u(y) and ν_eff of each output, for inputs in the order and in the units in which the model was laid out.
    ///
    /// The formulas are those of [`super::evaluate_linear`]. ν_eff does not hold where a correlated input has a finite ν.
    ///
    /// Errors: another number of inputs than the model was laid out for; a value that no quantity can have.
    ///
    /// Source: JCGM 100:2008, 5.1.2 (10), 5.2.2 (16), G.4.1 (G.2b).
    pub fn evaluate(&mut self, known: &[Known]) -> Result<Vec<Estimate>, EvaluationError> {
        let known: Cow<'_, [Known]> = if self.constants.is_empty() {
            Cow::Borrowed(known)
        } else {
            Cow::Owned(known.iter().chain(&self.constants).copied().collect())
        };
        let known = &*known;
        if let Some(name) = self.names.get(known.len()) {
            return Err(Fault::Missing { name: name.clone(), nearest: Vec::new() }.into());
        }
        if known.len() > self.names.len() {
            return Err(
                Fault::Missing { name: "each input and for nothing else".to_owned(), nearest: Vec::new() }.into()
            );
        }
        for (known, name) in known.iter().zip(&self.names) {
            known.check(name)?;
        }
        let estimates = self.estimates(known);
        self.program.fill_values(&estimates, &mut self.values);
        let outputs = self.program.outputs.iter().zip(self.products.iter_mut().zip(&mut self.sensitivities));
        let mut found = Vec::with_capacity(self.uncertainties.len());
        for (((place, unit), (products, sensitivities)), last) in outputs.zip(&mut self.uncertainties) {
            self.program.fill_slopes(*place, &self.values, &mut self.adjoints, &mut self.slopes);
            for (slope, place) in self.slopes.iter().zip(&self.used) {
                if let Some(sensitivity) = sensitivities.get_mut(*place) {
                    *sensitivity = *slope;
                }
            }
            let (mut variance, mut denominator) = (0.0, 0.0);
            for ((product, sensitivity), known) in products.iter_mut().zip(sensitivities).zip(known) {
                *product = *sensitivity * known.standard_uncertainty;
                let square = *product * *product;
                variance += square;
                denominator += square * square / known.degrees_of_freedom;
            }
            variance = (variance + crossed(&self.pairs, products, products)).max(0.0);
            let degrees_of_freedom = if denominator == 0.0 { f64::INFINITY } else { variance * variance / denominator };
            let value = self.values.get(*place).copied().unwrap_or(f64::NAN);
            *last = libm::sqrt(variance);
            found.push(Estimate { value, standard_uncertainty: *last, degrees_of_freedom, unit: unit.clone() });
        }
        Ok(found)
    }

    /// cᵢ of an output at the last evaluation, for every input.
    pub fn sensitivities(&self, output: usize) -> &[f64] {
        self.sensitivities.get(output).map_or(&[], Vec::as_slice)
    }

    /// r(yⱼ, yₖ) at the last evaluation; zero where one of them is known exactly.
    ///
    /// Source: JCGM 100:2008, F.1.2.3.
    pub fn correlations(&self) -> Vec<Vec<f64>> {
        let outputs = || self.products.iter().zip(&self.uncertainties).enumerate();
        let r = |(row, (one, u)): (usize, (&Vec<f64>, &f64)), (column, (other, v)): (usize, (&Vec<f64>, &f64))| {
            if u * v == 0.0 {
                return 0.0;
            }
            if row == column {
                return 1.0;
            }
            let independent: f64 = one.iter().zip(other).map(|(a, b)| a * b).sum();
            ((independent + crossed(&self.pairs, one, other)) / (u * v)).clamp(-1.0, 1.0)
        };
        outputs().map(|one| outputs().map(|other| r(one, other)).collect()).collect()
    }

    /// Whether Welch and Satterthwaite's formula holds: no correlated input that matters has a finite ν.
    pub(super) fn effective_degrees_hold(&self, known: &[Known], sensitivities: &[f64]) -> bool {
        let holds = |place: usize| {
            let matters = sensitivities.get(place).is_some_and(|sensitivity| *sensitivity != 0.0);
            known.get(place).is_none_or(|known| {
                known.degrees_of_freedom.is_infinite() || known.standard_uncertainty == 0.0 || !matters
            })
        };
        self.pairs.iter().all(|(one, other, _)| holds(*one) && holds(*other))
    }

    pub(super) fn second_order(
        &self,
        output: usize,
        inputs: &[Input],
        estimates: &[f64],
        joint: &Joint,
    ) -> Option<SecondOrder> {
        let (place, _) = self.program.outputs.get(output)?;
        second_order(&self.program, *place, (inputs, estimates, &self.values), &self.used, joint)
    }

    /// The estimates in the order of the model's names.
    pub(super) fn estimates(&self, known: &[Known]) -> Vec<f64> {
        self.used.iter().map(|place| known.get(*place).map_or(f64::NAN, |known| known.estimate)).collect()
    }
}

/// What correlated inputs add to a covariance: Σ r (aᵢ bⱼ + aⱼ bᵢ).
fn crossed(pairs: &[(usize, usize, f64)], a: &[f64], b: &[f64]) -> f64 {
    let at = |products: &[f64], place: usize| products.get(place).copied().unwrap_or(0.0);
    pairs.iter().map(|(i, j, r)| r * (at(a, *i) * at(b, *j) + at(a, *j) * at(b, *i))).sum()
}
