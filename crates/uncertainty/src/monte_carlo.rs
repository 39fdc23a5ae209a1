//! Propagation of distributions by a Monte Carlo method.

use heng_quantity::Unit;

use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::linear::check;
use crate::model::{Model, Program};
use crate::random::Stream;
use crate::sampling::Sampler;

/// Trials that are drawn and evaluated together; part of what a seed means.
const BLOCK: u64 = 1_000;

/// Fewer say nothing of the ends of an interval; more do not fit into memory, for every finite trial is kept (8 bytes).
const TRIALS: std::ops::RangeInclusive<u64> = 1_000..=20_000_000;

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
    /// The mean of the finite trials (JCGM 101:2008, 7.6).
    pub mean: f64,
    /// Their standard deviation (7.6).
    pub standard_uncertainty: f64,
    /// The unit of both.
    pub unit: Unit,
    /// The probabilistically symmetric coverage interval (7.7).
    pub symmetric: Interval,
    /// The shortest coverage interval (7.7).
    pub shortest: Interval,
    /// How many trials gave no finite number; they are in no figure above.
    pub not_finite: u64,
}

/// Draws the inputs, evaluates the model and summarizes each of its results.
///
/// Independent inputs are drawn from their own distributions, correlated ones from the multivariate normal distribution (6.4.8). Gaussian
/// inputs with finite ν are drawn from the scaled t distribution t_ν(x, u), whose variance is u²ν/(ν − 2) (6.4.9).
/// Every finite trial is kept and sorted, 8 bytes a trial and result, so that the quantiles are those of
/// the trials themselves; the sums run over the sorted trials, so that nothing depends on the order of the threads.
///
/// Errors: fewer or more trials than can be evaluated; a probability outside (0, 1); inputs or correlations that no quantities can have;
/// correlated inputs that are not normal with infinite ν; units that do not fit; not one finite trial.
///
/// Source: JCGM 101:2008, 6.4, 7.2 to 7.7.
pub fn simulate(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
    trials: &Trials,
) -> Result<Vec<Simulation>, EvaluationError> {
    if !TRIALS.contains(&trials.count) {
        return Err(Fault::Trials { least: *TRIALS.start(), most: *TRIALS.end() }.into());
    }
    if !(trials.probability > 0.0 && trials.probability < 1.0) {
        return Err(Fault::Probability.into());
    }
    check(inputs)?;
    let joint = correlations.drawable(inputs)?;
    let unit = |name: &str| inputs.iter().find(|input| input.name == name).map(|input| input.unit.clone());
    let program = model.program(&unit)?;
    let used = model.inputs().iter().filter_map(|name| inputs.iter().position(|input| input.name == *name)).collect();
    let mut outcomes = drawn(&program, &Sampler::new(inputs, joint, used), trials);
    let outputs = model.outputs().iter().zip(&program.outputs).zip(&mut outcomes);
    outputs.map(|((name, (_, unit)), outcomes)| summary(name, unit, outcomes, trials)).collect()
}

/// The trials of each output, block after block.
fn drawn(program: &Program, sampler: &Sampler<'_>, trials: &Trials) -> Vec<Vec<f64>> {
    let blocks = trials.count.div_ceil(BLOCK);
    let threads = u64::try_from(trials.threads).unwrap_or(1).clamp(1, blocks.min(64));
    let part = |thread: u64| {
        let mut outcomes: Vec<Vec<f64>> = program.outputs.iter().map(|_| Vec::new()).collect();
        let mut columns = program.columns(sampler.width());
        for block in (blocks * thread / threads)..(blocks * (thread + 1) / threads) {
            let mut stream = Stream::of_block(trials.seed, block);
            let count = BLOCK.min(trials.count - block * BLOCK) as usize;
            sampler.draw(&mut stream, &mut columns.inputs, count);
            program.evaluate_columns(&mut columns, count);
            for ((place, _), outcomes) in program.outputs.iter().zip(&mut outcomes) {
                outcomes.extend(columns.values.get(*place).into_iter().flatten());
            }
        }
        outcomes
    };
    let part = &part;
    let mut parts = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        let mut parts = vec![part(0)];
        for other in others {
            match other.join() {
                Ok(outcomes) => parts.push(outcomes),
                Err(payload) => std::panic::resume_unwind(payload),
            }
        }
        parts.into_iter()
    });
    let mut all = parts.next().unwrap_or_default();
    for part in parts {
        for (all, mut outcomes) in all.iter_mut().zip(part) {
            all.append(&mut outcomes);
        }
    }
    all
}

fn summary(name: &str, unit: &Unit, outcomes: &mut Vec<f64>, trials: &Trials) -> Result<Simulation, EvaluationError> {
    outcomes.retain(|outcome| outcome.is_finite());
    outcomes.sort_unstable_by(f64::total_cmp);
    let count = outcomes.len();
    if count < 2 {
        return Err(Fault::NotFinite { operand: name.to_owned() }.into());
    }
    // Sums of deviations from the median lose no digits where u is small against the value.
    let middle = outcomes.get(count / 2).copied().unwrap_or(f64::NAN);
    let shift = outcomes.iter().map(|outcome| outcome - middle).sum::<f64>() / count as f64;
    let squares: f64 = outcomes.iter().map(|outcome| (outcome - middle - shift) * (outcome - middle - shift)).sum();
    // q = pM, or the integer part of pM + 1/2 where that is no integer (7.7).
    let covered = libm::floor(trials.probability * count as f64 + 0.5) as usize;
    let covered = covered.clamp(1, count - 1);
    let interval = |first: usize| Interval {
        low: outcomes.get(first).copied().unwrap_or(f64::NAN),
        high: outcomes.get(first + covered).copied().unwrap_or(f64::NAN),
    };
    let width = |interval: &Interval| interval.high - interval.low;
    let shortest =
        (0..count - covered).map(interval).reduce(|best, next| if width(&next) < width(&best) { next } else { best });
    // r = (M − q)/2, or the integer part of (M − q + 1)/2, counted from one (7.7).
    let symmetric = interval(((count - covered).div_ceil(2)).saturating_sub(1));
    Ok(Simulation {
        name: name.to_owned(),
        mean: middle + shift,
        standard_uncertainty: libm::sqrt(squares / (count - 1) as f64),
        unit: unit.clone(),
        symmetric,
        shortest: shortest.unwrap_or(symmetric),
        not_finite: trials.count.saturating_sub(count as u64),
    })
}

/// Half a unit of the last of `digits` significant decimal digits of u.
///
/// δ = ½ 10^l with u = c × 10^l and c a whole number of `digits` digits; no number where u is not above zero or `digits` is zero.
///
/// Source: JCGM 101:2008, 7.9.2.
pub fn numerical_tolerance(standard_uncertainty: f64, digits: u8) -> f64 {
    if !(standard_uncertainty > 0.0 && standard_uncertainty.is_finite() && digits > 0) {
        return f64::NAN;
    }
    let written = format!("{standard_uncertainty:.*e}", usize::from(digits - 1));
    let exponent: i32 = written.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0);
    format!("5e{}", exponent - i32::from(digits)).parse().unwrap_or(f64::NAN)
}

/// Whether the linear result stands beside the Monte Carlo result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Validation {
    /// |low end of the linear interval − low end of the other|, in the unit of the result.
    pub low_difference: f64,
    /// The same of the high ends.
    pub high_difference: f64,
    /// δ, from the linear u.
    pub tolerance: f64,
}

impl Validation {
    /// Compares the ends; `digits` significant digits of the linear u are meaningful.
    ///
    /// Source: JCGM 101:2008, 8.1.
    pub fn of(linear: Interval, linear_standard_uncertainty: f64, trials: Interval, digits: u8) -> Self {
        Self {
            low_difference: libm::fabs(linear.low - trials.low),
            high_difference: libm::fabs(linear.high - trials.high),
            tolerance: numerical_tolerance(linear_standard_uncertainty, digits),
        }
    }

    /// Neither difference exceeds δ.
    pub fn is_validated(&self) -> bool {
        self.low_difference <= self.tolerance && self.high_difference <= self.tolerance
    }
}
