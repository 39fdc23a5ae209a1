//! A result by Monte Carlo, for models that are too far from linear.

use heng_uncertainty::linear::{Line, OutputEvaluation};
use heng_uncertainty::{Correlations, EvaluationError, Fault, Input, Model, Shape, Trials, simulate};

use crate::rule::TrialsText;

/// The line of a budget for what the linear contributions do not explain.
pub(crate) const BEYOND_LINEAR: &str = "beyond linear";

/// No interval is taken from the trials, so that their p decides nothing.
const PROBABILITY: f64 = 0.95;

/// The mean and the standard deviation of the trials in place of the linear estimate; the linear budget stays, with one line for the rest.
///
/// u_rest² = u² − u_linear²; where the trials give less than the linear sum, there is no rest.
///
/// Source: JCGM 101:2008, 7.6.
pub(crate) fn by_trials(
    text: &TrialsText,
    model: &Model,
    (inputs, correlations): (&[Input], &Correlations),
    mut linear: OutputEvaluation,
) -> Result<OutputEvaluation, EvaluationError> {
    let trials = Trials { count: text.count, seed: text.seed, probability: PROBABILITY, threads: 1 };
    for simulation in simulate(model, inputs, correlations, &trials)? {
        if simulation.name != linear.name {
            continue;
        }
        let Some((mean, u)) = simulation.mean.zip(simulation.standard_uncertainty) else {
            let tail = simulation.heavy_tail.as_ref();
            let fault = tail.map(|tail| tail.without_standard_deviation(&simulation.name));
            return Err(fault.unwrap_or(Fault::NotFinite { operand: simulation.name.clone() }).into());
        };
        let of_linear = linear.estimate.standard_uncertainty;
        let rest = libm::sqrt((u * u - of_linear * of_linear).max(0.0));
        linear.estimate.value = mean;
        linear.estimate.standard_uncertainty = u;
        linear.estimate.degrees_of_freedom = f64::INFINITY;
        linear.estimate.unit = simulation.unit.clone();
        linear.budget.push(Line {
            input: BEYOND_LINEAR.to_owned(),
            estimate: 0.0,
            unit: simulation.unit.of_difference(),
            standard_uncertainty: rest,
            degrees_of_freedom: f64::INFINITY,
            shape: Shape::Normal { standard_uncertainty: rest },
            sensitivity: 1.0,
            contribution: rest,
            share: 0.0,
        });
    }
    Ok(linear)
}
