//! A Monte Carlo method that draws until its figures have stabilized.

use std::ops::Range;

use super::bins::{Counted, Scale};
use super::engine::{BLOCK, Counts, Engine, gather};
use super::outcomes::{Figures, figures, sorted};
use super::{Interval, Simulation, numerical_tolerance, simulation};
use crate::conformity::ToleranceInterval;
use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::model::Model;

/// The sequences that are drawn before it is asked whether the figures are stable, and between one time and the next. The standard asks from the second
/// on; the scatter of so few is easily small by chance.
const TOGETHER: u64 = 10;

/// M is at least this, and at least 100/(1 − p) (JCGM 101:2008, 7.9.4 b).
const LEAST_OF_A_SEQUENCE: f64 = 10_000.0;

/// Values of a sequence that are held at a time.
const MOST_OF_A_SEQUENCE: f64 = 2_000_000.0;

/// What an adaptive Monte Carlo evaluation is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptive {
    /// How many significant decimal digits of u are meaningful: one or two.
    pub digits: u8,
    /// The same seed gives the same result, for any number of threads.
    pub seed: u64,
    /// p, the coverage probability.
    pub probability: f64,
    /// How many threads share the work; 0 is taken as 1.
    pub threads: usize,
    /// No more trials than this are drawn, stable or not.
    pub most: u64,
}

/// How far the figures of one result have stabilized: twice the standard deviation of the mean over the sequences, in the unit of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// The result's name.
    pub name: String,
    /// δ, from u over all sequences; no number where u is zero.
    pub numerical_tolerance: f64,
    /// Of the estimate.
    pub mean: f64,
    /// Of u.
    pub standard_uncertainty: f64,
    /// Of the lower end of the symmetric interval.
    pub low: f64,
    /// Of its upper end.
    pub high: f64,
}

impl Stability {
    /// Whether none of them exceeds δ, or nothing varies at all.
    pub fn is_reached(&self) -> bool {
        let reached = |twice: f64| twice == 0.0 || twice <= self.numerical_tolerance;
        reached(self.mean) && reached(self.standard_uncertainty) && reached(self.low) && reached(self.high)
    }
}

/// What an adaptive Monte Carlo evaluation came to.
#[derive(Clone, Debug, PartialEq)]
pub struct AdaptiveSimulation {
    /// The figures from all trials together, in the order of the model.
    pub outputs: Vec<Simulation>,
    /// How stable they are, in the same order.
    pub stabilities: Vec<Stability>,
    /// All trials: `sequences` times `trials_of_a_sequence`.
    pub trials: u64,
    /// h.
    pub sequences: u64,
    /// M.
    pub trials_of_a_sequence: u64,
}

impl AdaptiveSimulation {
    /// Whether the figures of every result have stabilized; if not, as many trials were drawn as were allowed.
    pub fn is_stable(&self) -> bool {
        self.stabilities.iter().all(Stability::is_reached)
    }
}

/// Draws sequences of M = max(⌈100/(1 − p)⌉, 10⁴) trials until twice the standard deviation of the mean, over the sequences, of the estimate, of u
/// and of both ends of the symmetric coverage interval of every result is at most its δ.
///
/// Whether they are is asked after every tenth sequence. Nothing depends on the number of threads.
///
/// Errors: those of [`super::simulate`]; fewer trials allowed than two sequences take; p so near to one that a sequence has more than 2 × 10⁶ values.
///
/// Several results are each stable by themselves; of the figures that they have together JCGM 102:2011, 7.8, asks more.
///
/// Source: JCGM 101:2008, 7.9.2 and 7.9.4.
pub fn simulate_adaptively(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
    adaptive: &Adaptive,
    tolerances: &[(String, ToleranceInterval)],
) -> Result<AdaptiveSimulation, EvaluationError> {
    let how = (adaptive.seed, adaptive.threads, adaptive.probability);
    let engine = Engine::new(model, (inputs, correlations), how, tolerances)?;
    // δ is a part of u, and trials whose standard deviation grows with their number never reach it.
    if let Some((tail, name)) =
        engine.tails.iter().zip(&engine.names).find_map(|(tail, name)| Some((tail.as_ref()?, name)))
    {
        return Err(tail.without_standard_deviation(name).into());
    }
    let length = libm::ceil(100.0 / (1.0 - adaptive.probability)).max(LEAST_OF_A_SEQUENCE);
    let most_values = MOST_OF_A_SEQUENCE / engine.program.outputs.len().max(1) as f64;
    if length > most_values {
        return Err(Fault::Probability.into());
    }
    let length = length as u64;
    let most = adaptive.most.min(10_000_000_000) / length;
    if most < 2 {
        return Err(Fault::Trials { least: 2 * length, most: 10_000_000_000 }.into());
    }
    let sequences = Sequences { engine: &engine, length, blocks: length.div_ceil(BLOCK) };
    let mut counted: Vec<Counted> =
        sequences.values(0).into_iter().map(|values| Counted::empty(Scale::of(&sorted(values)))).collect();
    let mut scatters: Vec<[Scatter; 4]> = engine.for_each_output(Default::default);
    let mut drawn = 0;
    loop {
        let end = most.min(drawn + TOGETHER);
        for (figures, counts) in engine.shared(drawn..end, |range| sequences.evaluated(range, &counted)) {
            for of_sequence in figures {
                for ((scatter, figures), name) in scatters.iter_mut().zip(of_sequence).zip(&engine.names) {
                    let figures = figures.ok_or_else(|| Fault::NotFinite { operand: name.clone() })?;
                    let Interval { low, high } = figures.symmetric;
                    for (scatter, figure) in
                        scatter.iter_mut().zip([figures.mean, figures.standard_deviation, low, high])
                    {
                        scatter.add(figure);
                    }
                }
            }
            gather(&mut counted, counts);
        }
        drawn = end;
        let stabilities = stabilities(&engine.names, &scatters, &counted, adaptive.digits);
        if drawn == most || stabilities.iter().all(Stability::is_reached) {
            let trials = drawn * length;
            let figures = counted.iter().map(|counted| engine.of_counted(counted, trials)).collect();
            let outputs = simulation(&engine, figures, (trials, tolerances))?;
            return Ok(AdaptiveSimulation {
                outputs,
                stabilities,
                trials,
                sequences: drawn,
                trials_of_a_sequence: length,
            });
        }
    }
}

/// Sequences of trials, each from blocks of its own.
struct Sequences<'a> {
    engine: &'a Engine<'a>,
    length: u64,
    blocks: u64,
}

impl Sequences<'_> {
    fn values(&self, sequence: u64) -> Vec<Vec<f64>> {
        self.engine.values(sequence * self.blocks, self.length)
    }

    /// The figures of each output in each sequence, and the trials of all of them counted.
    fn evaluated(&self, range: Range<u64>, counted: &[Counted]) -> (Vec<Vec<Option<Figures>>>, Vec<Counts>) {
        let scales: Vec<Scale> = counted.iter().map(Counted::scale).collect();
        let mut counts = self.engine.no_counts(&scales);
        let of_sequences = range.map(|sequence| {
            let values = self.values(sequence);
            let strips: Vec<&[f64]> = values.iter().map(Vec::as_slice).collect();
            self.engine.count(&mut counts, &strips, &scales);
            values.into_iter().map(|mut values| figures(&mut values, self.engine.probability, None)).collect()
        });
        (of_sequences.collect(), counts)
    }
}

fn stabilities(names: &[String], scatters: &[[Scatter; 4]], counted: &[Counted], digits: u8) -> Vec<Stability> {
    let outputs = names.iter().zip(scatters).zip(counted);
    outputs
        .map(|((name, [mean, standard_uncertainty, low, high]), counted)| {
            let (_, u) = counted.sums.moments(counted.scale().middle);
            Stability {
                name: name.clone(),
                numerical_tolerance: numerical_tolerance(u, digits),
                mean: mean.twice(),
                standard_uncertainty: standard_uncertainty.twice(),
                low: low.twice(),
                high: high.twice(),
            }
        })
        .collect()
}

/// Mean and scatter of a figure over the sequences, by Welford's recurrence, which loses no digits where the scatter is small.
#[derive(Clone, Copy, Debug, Default)]
struct Scatter {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Scatter {
    fn add(&mut self, figure: f64) {
        self.count += 1.0;
        let deviation = figure - self.mean;
        self.mean += deviation / self.count;
        self.squares += deviation * (figure - self.mean);
    }

    /// Twice the standard deviation of the mean (7.9.4 g).
    fn twice(&self) -> f64 {
        2.0 * libm::sqrt(self.squares / (self.count * (self.count - 1.0)))
    }
}
