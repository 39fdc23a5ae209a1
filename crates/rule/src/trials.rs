//! A result by Monte Carlo, for models that are too far from linear.

use heng_quantity::{Decimal, Unit};
use heng_uncertainty::linear::{Line, OutputEvaluation};
use heng_uncertainty::{
    Correlations, EvaluationError, Fault, Histogram, HistogramBin, Input, Model, Shape, Trials, simulate,
};

use crate::TrialsResult;
use crate::rule::TrialsText;

/// The ends of bins are multiples of a power of two, whose decimals end; no result is so small that these are not enough.
const PLACES: i32 = -40;

/// A certificate shows so many bins at most: narrower ones show the scatter of the trials instead of their distribution.
const MOST_BINS: usize = 48;

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
) -> Result<(OutputEvaluation, Option<Counted>), EvaluationError> {
    let mut counted = None;
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
        counted = Some(Counted { histogram: simulation.histogram.clone(), unit: simulation.unit.clone() });
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
    Ok((linear, counted))
}

/// How the values of the trials fell, in the unit of the model's result.
pub(crate) struct Counted {
    histogram: Histogram,
    unit: Unit,
}

impl Counted {
    /// The trials as a certificate states them, in the unit of the result; nothing where that is no multiple of the model's.
    pub(crate) fn stated(&self, text: &TrialsText, unit: &Unit) -> Option<TrialsResult> {
        let bins: Vec<HistogramBin> = self.histogram.bins().collect();
        let first = bins.iter().position(|bin| bin.count > 0)?;
        let last = bins.iter().rposition(|bin| bin.count > 0)?;
        let joined = (last - first + 1).div_ceil(MOST_BINS);
        let bins: Vec<&[HistogramBin]> = bins.get(first..=last)?.chunks(joined).collect();
        let (low, width) = (bins.first()?.first()?.low, bins.first()?.first().map(|bin| bin.high - bin.low)?);
        let high = low + width * (joined * bins.len()) as f64;
        let conversion = self.unit.conversion_to(unit).ok()?;
        let at = |value: f64| {
            let exact = conversion.value(&Decimal::shortest_from_f64(value)?);
            Some(Decimal::from_rational_rounded(&exact, PLACES, heng_quantity::RoundingRule::Gbt8170).normalized())
        };
        Some(TrialsResult {
            count: text.count,
            seed: text.seed,
            from: at(low)?,
            to: at(high)?,
            bins: bins.into_iter().map(|some| some.iter().map(|bin| bin.count).sum()).collect(),
        })
    }
}
