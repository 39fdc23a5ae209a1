//! What draws and evaluates blocks of trials, on as many threads as there are.

use std::ops::Range;

use super::bins::{Bins, Counted, Scale, Sums};
use super::histogram::Histogram;
use super::outcomes::{Figures, figures, histogram, sorted};
use super::sampling::Sampler;
use super::tails::{HeavyTail, heavy_tails};
use crate::conformity::ToleranceInterval;
use crate::correlation::Correlations;
use crate::error::{EvaluationError, Fault};
use crate::input::Input;
use crate::linear::check;
use crate::model::{Model, Plan, Program, STRIP};

/// Trials of one seeding of the streams; part of what a seed means.
pub(crate) const BLOCK: u64 = 4_096;

/// Fewer say nothing of the ends of an interval; more would take longer than anybody waits.
const TRIALS: std::ops::RangeInclusive<u64> = 1_000..=10_000_000_000;

/// Up to so many values all are kept, 8 bytes each, and the quantiles are those of the trials themselves.
const KEPT: u64 = 2_000_000;

/// Blocks that are shared out among the threads at a time.
pub(crate) const ROUND: u64 = 1_024;

/// The same where the trials are kept, so that they are not held twice.
const ROUND_OF_KEPT: u64 = 64;

/// The blocks that say where the bins belong.
pub(crate) const PILOT: u64 = 8;

/// A model laid out for trials.
pub(crate) struct Engine<'a> {
    /// The names of the outputs.
    pub(crate) names: Vec<String>,
    pub(crate) program: Program,
    plan: Plan,
    sampler: Sampler,
    seed: u64,
    threads: u64,
    pub(crate) probability: f64,
    /// The tolerance interval of each output.
    limits: Vec<Option<&'a ToleranceInterval>>,
    /// The input that leaves each output without a standard deviation.
    pub(crate) tails: Vec<Option<HeavyTail>>,
}

/// What is counted of each output.
pub(crate) type Counts = (Bins, Vec<Sums>, u64);

impl<'a> Engine<'a> {
    pub(crate) fn new(
        model: &Model,
        (inputs, correlations): (&[Input], &Correlations),
        (seed, threads, probability): (u64, usize, f64),
        tolerances: &'a [(String, ToleranceInterval)],
    ) -> Result<Self, EvaluationError> {
        if !(probability > 0.0 && probability < 1.0) {
            return Err(Fault::Probability.into());
        }
        check(inputs)?;
        let bound = model.bound(inputs)?;
        let (model, inputs) = (&*bound.model, &*bound.inputs);
        let joint = correlations.drawable(inputs)?;
        let program = model.program_of(inputs)?;
        let used: Vec<usize> =
            model.inputs().iter().filter_map(|name| inputs.iter().position(|input| input.name == *name)).collect();
        let tails = heavy_tails(&program, inputs, &used, &joint);
        let sampler = Sampler::new(inputs, joint, &used);
        let limits = model.outputs().iter();
        let limits =
            limits.map(|name| tolerances.iter().find(|(of, _)| of == name).map(|(_, limits)| limits)).collect();
        let plan = program.plan(sampler.width());
        let threads = u64::try_from(threads).unwrap_or(1).clamp(1, 64);
        let names = model.outputs().to_vec();
        Ok(Self { names, program, plan, sampler, seed, threads, probability, limits, tails })
    }

    /// Errors: fewer or more trials than can be evaluated.
    pub(crate) fn check(count: u64) -> Result<(), EvaluationError> {
        if TRIALS.contains(&count) {
            return Ok(());
        }
        Err(Fault::Trials { least: *TRIALS.start(), most: *TRIALS.end() }.into())
    }

    /// Draws and evaluates so many trials from the start of a block on, and hands on strip after strip of all outputs.
    pub(crate) fn run(&self, first: u64, count: u64, mut take: impl FnMut(&[&[f64]])) {
        let mut columns = self.plan.columns();
        let mut drawing = self.sampler.drawing();
        let mut left = count;
        let mut block = first;
        while left > 0 {
            drawing.start(self.seed, block);
            let end = left.saturating_sub(BLOCK);
            while left > end {
                let now = (left - end).min(STRIP as u64);
                self.sampler.draw(&mut drawing, &mut columns);
                self.plan.evaluate(&mut columns);
                let outputs: Vec<&[f64]> = self.plan.outputs(&columns, now as usize).collect();
                take(&outputs);
                left -= now;
            }
            block += 1;
        }
    }

    /// Shares work out among the threads, a contiguous part to each, and gives what each made of its part, in order.
    pub(crate) fn shared<T: Send>(&self, items: Range<u64>, work: impl Fn(Range<u64>) -> T + Sync) -> Vec<T> {
        let all = items.end.saturating_sub(items.start);
        let threads = self.threads.clamp(1, all.max(1));
        let part = |thread: u64| work(items.start + all * thread / threads..items.start + all * (thread + 1) / threads);
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

    /// Evaluates the blocks of a run of `count` trials in rounds, each shared among the threads.
    pub(crate) fn rounds<T: Send>(
        &self,
        count: u64,
        round: u64,
        work: impl Fn(u64, u64) -> T + Sync,
        mut gather: impl FnMut(T),
    ) {
        let blocks = count.div_ceil(BLOCK);
        for start in (0..blocks).step_by(round as usize) {
            let parts = self.shared(start..blocks.min(start + round), |blocks: Range<u64>| {
                let (from, to) = (blocks.start * BLOCK, count.min(blocks.end * BLOCK));
                work(blocks.start, to.saturating_sub(from))
            });
            parts.into_iter().for_each(&mut gather);
        }
    }

    pub(crate) fn for_each_output<T>(&self, make: impl Fn() -> T) -> Vec<T> {
        self.program.outputs.iter().map(|_| make()).collect()
    }

    /// The figures and the histogram of each output; none where fewer than two trials are finite.
    pub(crate) fn figures(&self, count: u64) -> Vec<Option<(Figures, Histogram)>> {
        if count.saturating_mul(self.program.outputs.len() as u64) <= KEPT {
            let outputs = self.kept(count).into_iter().zip(&self.limits);
            outputs
                .map(|(mut outcomes, limits)| {
                    let pilot = outcomes.get(..outcomes.len().min((PILOT * BLOCK) as usize)).unwrap_or_default();
                    let scale = Scale::of(&sorted(pilot.to_vec()));
                    let of_output = figures(&mut outcomes, self.probability, *limits)?;
                    Some((of_output, histogram(&outcomes, scale, count)))
                })
                .collect()
        } else {
            let counted = self.counted(count);
            counted.iter().map(|counted| self.of_counted(counted, count)).collect()
        }
    }

    /// The same from bins.
    pub(crate) fn of_counted(&self, counted: &Counted, count: u64) -> Option<(Figures, Histogram)> {
        let figures = counted.figures(self.probability)?;
        let not_finite = count - figures.count;
        Some((figures, counted.histogram(not_finite)))
    }

    /// The trials of each output, block after block.
    fn kept(&self, count: u64) -> Vec<Vec<f64>> {
        let mut all: Vec<Vec<f64>> = self.for_each_output(|| Vec::with_capacity(count as usize));
        let work = |block, count| self.values(block, count);
        self.rounds(count, ROUND_OF_KEPT, work, |part| {
            for (all, outcomes) in all.iter_mut().zip(part) {
                all.extend_from_slice(&outcomes);
            }
        });
        all
    }

    /// The trials of each output from the start of a block on.
    pub(crate) fn values(&self, block: u64, count: u64) -> Vec<Vec<f64>> {
        let mut made: Vec<Vec<f64>> = self.for_each_output(|| Vec::with_capacity(count as usize));
        self.run(block, count, |outputs| {
            for (made, outcomes) in made.iter_mut().zip(outputs) {
                made.extend_from_slice(outcomes);
            }
        });
        made
    }

    /// The trials of each output in bins.
    pub(crate) fn counted(&self, count: u64) -> Vec<Counted> {
        let pilot = self.values(0, count.min(PILOT * BLOCK)).into_iter();
        let mut counted: Vec<Counted> = pilot.map(|pilot| Counted::empty(Scale::of(&sorted(pilot)))).collect();
        let scales: Vec<Scale> = counted.iter().map(Counted::scale).collect();
        let work = |block, count| {
            let mut counts = self.no_counts(&scales);
            self.run(block, count, |outputs| self.count(&mut counts, outputs, &scales));
            counts
        };
        self.rounds(count, ROUND, work, |part| gather(&mut counted, part));
        counted
    }

    pub(crate) fn no_counts(&self, scales: &[Scale]) -> Vec<Counts> {
        scales.iter().map(|scale| (Bins::empty(*scale), Vec::new(), 0)).collect()
    }

    /// Counts a strip of all outputs.
    pub(crate) fn count(&self, counts: &mut [Counts], outputs: &[&[f64]], scales: &[Scale]) {
        let outputs = outputs.iter().zip(scales.iter().zip(&self.limits));
        for ((bins, sums, conforming), (outcomes, (scale, limits))) in counts.iter_mut().zip(outputs) {
            bins.count(outcomes);
            sums.push(Sums::of(outcomes, scale.middle));
            if let Some(limits) = limits {
                let is_conforming = |outcome: &&f64| outcome.is_finite() && limits.contains(**outcome);
                *conforming += outcomes.iter().filter(is_conforming).count() as u64;
            }
        }
    }
}

/// Adds what a thread counted. The sums are added strip after strip, whoever made them: doubles do not add up the same in another order.
pub(crate) fn gather(counted: &mut [Counted], part: Vec<Counts>) {
    for (counted, (bins, sums, conforming)) in counted.iter_mut().zip(part) {
        counted.merge(&bins);
        counted.sums = sums.into_iter().fold(counted.sums, Sums::and);
        counted.conforming += conforming;
    }
}
