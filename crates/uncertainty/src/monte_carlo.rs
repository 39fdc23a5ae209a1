//! Propagation of distributions by a Monte Carlo method.

use heng_quantity::Unit;

use crate::conformity::ToleranceInterval;
use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::linear::check;
use crate::model::{Model, Program};
use crate::outcomes::{Figures, Histogram, KEPT, Sums, sorted};
use crate::random::Stream;
use crate::sampling::Sampler;

/// Trials that are drawn and evaluated together; part of what a seed means.
const BLOCK: u64 = 1_000;

/// Fewer say nothing of the ends of an interval; more would take longer than anybody waits.
const TRIALS: std::ops::RangeInclusive<u64> = 1_000..=10_000_000_000;

/// Blocks that are shared out among the threads at a time; those of the first round cut the bins of the histogram.
const ROUND: u64 = 1_000;

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
    /// The part of the finite trials within the tolerance interval of the result, where it has one: its conformance probability.
    pub conformance_probability: Option<f64>,
}

/// Draws the inputs, evaluates the model and summarizes each of its results.
///
/// Independent inputs are drawn from their own distributions, correlated ones from the multivariate normal distribution (6.4.8). Gaussian
/// inputs with finite ν are drawn from the scaled t distribution t_ν(x, u), whose variance is u²ν/(ν − 2) (6.4.9).
/// Up to 10⁷ values (trials times results) all are kept, 8 bytes each, and the quantiles are those of the trials themselves. Beyond, the memory
/// stays bounded, about 10 MB a result and thread: the values are counted in 65 536 bins cut at quantiles of the first 10⁶ trials, and a
/// quantile is interpolated within its bin, which is below the scatter of the trials. Nothing depends on the number of threads.
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
    if !TRIALS.contains(&trials.count) {
        return Err(Fault::Trials { least: *TRIALS.start(), most: *TRIALS.end() }.into());
    }
    if !(trials.probability > 0.0 && trials.probability < 1.0) {
        return Err(Fault::Probability.into());
    }
    check(inputs)?;
    let bound = model.bound(inputs)?;
    let (model, inputs) = (&*bound.model, &*bound.inputs);
    let joint = correlations.drawable(inputs)?;
    let program = model.program_of(inputs)?;
    let used = model.inputs().iter().filter_map(|name| inputs.iter().position(|input| input.name == *name)).collect();
    let tolerance = |name: &String| tolerances.iter().find(|(of, _)| of == name).map(|(_, tolerance)| *tolerance);
    let limits: Vec<ToleranceInterval> =
        model.outputs().iter().map(|name| tolerance(name).unwrap_or_default()).collect();
    let engine = Engine { program: &program, sampler: &Sampler::new(inputs, joint, used), trials, limits: &limits };
    let figures = if trials.count.saturating_mul(model.outputs().len() as u64) <= KEPT {
        let kept = engine.kept().into_iter().zip(&limits);
        kept.map(|(outcomes, limits)| sorted(outcomes, trials.probability, limits)).collect()
    } else {
        engine.counted()
    };
    let outputs = model.outputs().iter().zip(&program.outputs).zip(figures);
    outputs
        .map(|((name, (_, unit)), figures)| {
            let figures = figures.ok_or_else(|| Fault::NotFinite { operand: name.clone() })?;
            Ok(Simulation {
                name: name.clone(),
                mean: figures.mean,
                standard_uncertainty: figures.standard_deviation,
                unit: unit.clone(),
                symmetric: figures.symmetric,
                shortest: figures.shortest,
                not_finite: trials.count.saturating_sub(figures.count),
                conformance_probability: tolerance(name).map(|_| figures.conforming as f64 / figures.count as f64),
            })
        })
        .collect()
}

/// What draws and evaluates blocks of trials.
struct Engine<'a> {
    program: &'a Program,
    sampler: &'a Sampler<'a>,
    trials: &'a Trials,
    /// The tolerance interval of each output.
    limits: &'a [ToleranceInterval],
}

impl Engine<'_> {
    fn blocks(&self) -> u64 {
        self.trials.count.div_ceil(BLOCK)
    }

    /// Evaluates blocks on all threads, a contiguous share on each, and gives what each thread made of its share, in order.
    fn shared<T: Send>(
        &self,
        blocks: std::ops::Range<u64>,
        start: impl Fn() -> T + Sync,
        take: impl Fn(&mut T, usize, &[f64]) + Sync,
    ) -> Vec<T> {
        let all = blocks.end.saturating_sub(blocks.start);
        let threads = u64::try_from(self.trials.threads).unwrap_or(1).clamp(1, all.clamp(1, 64));
        let part = |thread: u64| {
            let mut made = start();
            let mut columns = self.program.columns(self.sampler.width());
            for block in (blocks.start + all * thread / threads)..(blocks.start + all * (thread + 1) / threads) {
                let mut stream = Stream::of_block(self.trials.seed, block);
                let count = BLOCK.min(self.trials.count - block * BLOCK) as usize;
                self.sampler.draw(&mut stream, &mut columns.inputs, count);
                self.program.evaluate_columns(&mut columns, count);
                for (output, (place, _)) in self.program.outputs.iter().enumerate() {
                    take(&mut made, output, columns.values.get(*place).map_or(&[], Vec::as_slice));
                }
            }
            made
        };
        let part = &part;
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|thread| scope.spawn(move || part(thread))).collect();
            let mut parts = vec![part(0)];
            for other in others {
                match other.join() {
                    Ok(made) => parts.push(made),
                    Err(payload) => std::panic::resume_unwind(payload),
                }
            }
            parts
        })
    }

    fn empty<T: Clone>(&self, one: T) -> Vec<T> {
        vec![one; self.program.outputs.len()]
    }

    /// The trials of each output, block after block.
    fn kept(&self) -> Vec<Vec<f64>> {
        let mut all: Vec<Vec<f64>> = self.empty(Vec::new());
        for start in (0..self.blocks()).step_by(ROUND as usize) {
            for part in self.round(start) {
                for (all, mut outcomes) in all.iter_mut().zip(part) {
                    all.append(&mut outcomes);
                }
            }
        }
        all
    }

    /// The trials of one round, a part for each thread.
    fn round(&self, start: u64) -> Vec<Vec<Vec<f64>>> {
        let blocks = start..self.blocks().min(start + ROUND);
        self.shared(
            blocks,
            || self.empty(Vec::new()),
            |made: &mut Vec<Vec<f64>>, output, outcomes| {
                if let Some(kept) = made.get_mut(output) {
                    kept.extend_from_slice(outcomes);
                }
            },
        )
    }

    /// The figures of each output from a histogram.
    fn counted(&self) -> Vec<Option<Figures>> {
        let mut pilots: Vec<Vec<f64>> = self.empty(Vec::new());
        for part in self.round(0) {
            for (pilot, mut outcomes) in pilots.iter_mut().zip(part) {
                pilot.append(&mut outcomes);
            }
        }
        let mut histograms: Vec<(Histogram, f64)> =
            pilots.into_iter().map(|pilot| Histogram::cut(pilot).unwrap_or_else(Histogram::whole)).collect();
        let mut sums = self.empty(Sums::default());
        for start in (0..self.blocks()).step_by(ROUND as usize) {
            let empty = || -> Vec<(Histogram, Vec<Sums>)> {
                histograms.iter().map(|(histogram, _)| (histogram.emptied(), Vec::new())).collect()
            };
            let blocks = start..self.blocks().min(start + ROUND);
            let parts = self.shared(blocks, empty, |made, output, outcomes| {
                let (shared, limits) = (histograms.get(output), self.limits.get(output));
                if let (Some((histogram, sums)), Some((_, middle)), Some(limits)) =
                    (made.get_mut(output), shared, limits)
                {
                    histogram.count(outcomes);
                    sums.push(Sums::of(outcomes, *middle, limits));
                }
            });
            for part in parts {
                for (((histogram, _), sum), (counted, blocks)) in histograms.iter_mut().zip(&mut sums).zip(part) {
                    histogram.merge(&counted);
                    // Block after block, whoever summed them: doubles do not add up the same in another order.
                    *sum = blocks.into_iter().fold(*sum, Sums::and);
                }
            }
        }
        let all = histograms.iter().zip(sums);
        all.map(|((histogram, middle), sums)| histogram.figures(*middle, sums, self.trials.probability)).collect()
    }
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
