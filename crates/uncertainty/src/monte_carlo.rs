//! Propagation of distributions by a Monte Carlo method.

mod adaptive;
mod bins;
mod elementary;
mod engine;
mod histogram;
mod joint;
mod outcomes;
mod random;
mod sampling;
mod tails;
mod validation;
mod ziggurat;

pub use adaptive::{Adaptive, AdaptiveSimulation, Stability, simulate_adaptively};
pub use histogram::{Histogram, HistogramBin, HistogramError};
pub use joint::{JointMoments, JointSimulation, simulate_jointly};
pub use tails::HeavyTail;
pub use validation::{Validation, numerical_tolerance};

use engine::Engine;
use heng_quantity::Unit;
use outcomes::Figures;

use crate::conformity::ToleranceInterval;
use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::model::Model;

/// What a Monte Carlo evaluation is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trials {
    /// M, the number of trials; JCGM 101:2008, 7.2 gives advice: 10⁶ will often do for 95 %.
    pub count: u64,
    /// The same seed gives the same result, for any number of threads.
    pub seed: u64,
    /// p, the coverage probability.
    pub probability: f64,
    /// How many threads share the work; 0 is taken as 1.
    pub threads: usize,
}

/// The ends of a coverage interval, in the unit of the result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What the trials say of one result.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// The result's name.
    pub name: String,
    /// The mean of the finite trials (JCGM 101:2008, 7.6); none where the result has none, because of `heavy_tail`.
    pub mean: Option<f64>,
    /// Their standard deviation (7.6); none where the result has none, because of `heavy_tail`.
    pub standard_uncertainty: Option<f64>,
    /// The input that leaves the result without a standard deviation, where one does. The intervals stand all the same.
    pub heavy_tail: Option<HeavyTail>,
    /// The unit of both.
    pub unit: Unit,
    /// The probabilistically symmetric coverage interval (7.7).
    pub symmetric: Interval,
    /// The shortest coverage interval (7.7).
    pub shortest: Interval,
    /// How many trials gave no finite number; they are in no figure above.
    pub not_finite: u64,
    /// The part of the finite trials within the tolerance interval of the result, where it has one: its conformance probability.
    pub conformance_probability: Option<f64>,
    /// How often its values fell where.
    pub histogram: Histogram,
}

/// Draws the inputs, evaluates the model and summarizes each of its results.
///
/// Independent inputs are drawn from their own distributions, correlated ones from the multivariate normal distribution (6.4.8), and
/// correlated ones with one finite ν, as means of simultaneous observations have, from the multivariate t distribution (JCGM 102:2011, 5.3.2).
/// Gaussian inputs with finite ν are drawn from the scaled t distribution t_ν(x, u), whose variance is u²ν/(ν − 2) (6.4.9) and infinite for ν ≤ 2: what
/// rests on such an input has no standard deviation, and none is given.
///
/// Up to 2 × 10⁶ values (trials times results) all are kept, 8 bytes each, and the quantiles are those of the trials themselves. Beyond, the memory
/// stays bounded, about 1 MB a result and thread: the values are counted in 65 536 bins, each at most 1/1024 of the half-width of the middle 68 %,
/// and a quantile is interpolated within its bin, which is far below the scatter of the trials. Nothing depends on the number of threads.
///
/// Errors: fewer or more trials than can be evaluated; a probability outside (0, 1); inputs or correlations that no quantities can have;
/// correlated inputs whose joint distribution is not known; units that do not fit; fewer than two finite trials, or a variance that is not finite.
///
/// Source: JCGM 101:2008, 6.4, 7.2 to 7.7.
pub fn simulate(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
    trials: &Trials,
) -> Result<Vec<Simulation>, EvaluationError> {
    simulate_within(model, inputs, correlations, trials, &[])
}

/// The same, and for each result with a tolerance interval, in the unit of the result, the part of the trials within it.
///
/// Source: JCGM 106:2012, clause 7, for the distribution that the trials stand for.
pub fn simulate_within(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
    trials: &Trials,
    tolerances: &[(String, ToleranceInterval)],
) -> Result<Vec<Simulation>, EvaluationError> {
    Engine::check(trials.count)?;
    let how = (trials.seed, trials.threads, trials.probability);
    let engine = Engine::new(model, (inputs, correlations), how, tolerances)?;
    simulation(&engine, engine.figures(trials.count), (trials.count, tolerances))
}

fn simulation(
    engine: &Engine<'_>,
    figures: Vec<Option<(Figures, Histogram)>>,
    (trials, tolerances): (u64, &[(String, ToleranceInterval)]),
) -> Result<Vec<Simulation>, EvaluationError> {
    let outputs = engine.names.iter().zip(&engine.program.outputs).zip(&engine.tails).zip(figures);
    outputs
        .map(|(((name, (_, unit)), tail), figures)| {
            // Finite trials may have a variance that is no double.
            let is_finite = |(figures, _): &(Figures, Histogram)| {
                figures.mean.is_finite() && figures.standard_deviation.is_finite()
            };
            let (figures, histogram) =
                figures.filter(is_finite).ok_or_else(|| Fault::NotFinite { operand: name.clone() })?;
            // What does not vary, such as x − x, has a standard deviation whatever x is drawn from.
            let heavy_tail = tail.clone().filter(|_| figures.standard_deviation > 0.0);
            let has_limits = tolerances.iter().any(|(of, _)| of == name);
            Ok(Simulation {
                name: name.clone(),
                mean: heavy_tail.as_ref().is_none_or(HeavyTail::has_mean).then_some(figures.mean),
                standard_uncertainty: heavy_tail.is_none().then_some(figures.standard_deviation),
                heavy_tail,
                unit: unit.clone(),
                symmetric: figures.symmetric,
                shortest: figures.shortest,
                not_finite: trials.saturating_sub(figures.count),
                conformance_probability: has_limits.then_some(figures.conforming as f64 / figures.count as f64),
                histogram,
            })
        })
        .collect()
}
