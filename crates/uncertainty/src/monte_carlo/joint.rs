//! Several results together: their covariances and their coverage regions.

use super::bins::{Bins, Counted, Scale, Sums};
use super::engine::{BLOCK, Engine, PILOT, ROUND};
use super::outcomes::{covered, sorted};
use super::{Interval, Simulation, Trials, simulation};
use crate::correlation::Correlations;
use crate::error::EvaluationError;
use crate::input::Input;
use crate::model::Model;
use crate::region::{Distances, EllipsoidalRegion, RectangularRegion, SmallestRegion, cell};

/// Beyond three results a mesh has more cells than trials.
const MOST_OF_A_MESH: usize = 3;

/// A mesh reaches so many u either way, or to the ends of the trials.
const REACH: f64 = 8.0;

/// Cells of a mesh are at least so many times fewer than trials.
const TRIALS_OF_A_CELL: f64 = 50.0;

/// What the trials say of all results together.
#[derive(Clone, Debug, PartialEq)]
pub struct JointSimulation {
    /// Each result by itself.
    pub outputs: Vec<Simulation>,
    /// Their covariances; none where one result has no standard deviation, and then no region that would rest on them either.
    pub moments: Option<JointMoments>,
    /// None where one result is a combination of the others, so that U_y has no inverse.
    pub ellipsoidal: Option<EllipsoidalRegion>,
    /// None where no result varies.
    pub rectangular: Option<RectangularRegion>,
    /// None for one result, for more than three, and where one does not vary.
    pub smallest: Option<SmallestRegion>,
    /// How many trials gave no finite number for at least one result; they are in none of the above but `outputs`.
    pub not_finite: u64,
}

/// How results vary together.
#[derive(Clone, Debug, PartialEq)]
pub struct JointMoments {
    /// U_y, from the trials in which every result is finite (JCGM 102:2011, 7.6).
    pub covariance: Vec<Vec<f64>>,
    /// r(yⱼ, yₖ); zero where one of them does not vary.
    pub correlations: Vec<Vec<f64>>,
}

/// Draws the inputs, evaluates the model and summarizes all its results together.
///
/// U_y = Σ (y_r − ȳ)(y_r − ȳ)ᵀ/(M − 1). k_p of the ellipsoidal region is the p-quantile of √((y_r − ȳ)ᵀ U_y⁻¹ (y_r − ȳ)), k_q of the rectangular
/// region that of max_j |y_jr − ȳ_j|/u(y_j). The smallest region is made of the fullest cells of a mesh. The trials are drawn once for each of
/// these and not kept, so that the memory is that of [`super::simulate`].
///
/// Errors: those of [`super::simulate`].
///
/// Source: JCGM 102:2011, 7.6 and 7.7.
pub fn simulate_jointly(
    model: &Model,
    inputs: &[Input],
    correlations: &Correlations,
    trials: &Trials,
) -> Result<JointSimulation, EvaluationError> {
    Engine::check(trials.count)?;
    let how = (trials.seed, trials.threads, trials.probability);
    let engine = Engine::new(model, (inputs, correlations), how, &[])?;
    let outputs = simulation(&engine, engine.figures(trials.count), (trials.count, &[]))?;
    let together = Together { engine: &engine, count: trials.count };
    let middle = |output: &Simulation| f64::midpoint(output.symmetric.low, output.symmetric.high);
    let about: Vec<f64> = outputs.iter().map(|output| output.mean.unwrap_or_else(|| middle(output))).collect();
    let (finite, center, covariance) = together.moments(&about);
    if outputs.iter().any(|output| output.heavy_tail.is_some()) {
        let not_finite = trials.count - finite;
        return Ok(JointSimulation {
            outputs,
            moments: None,
            ellipsoidal: None,
            rectangular: None,
            smallest: None,
            not_finite,
        });
    }
    let variance = |place: usize| covariance.get(place).and_then(|row| row.get(place)).copied().unwrap_or(f64::NAN);
    let uncertainties: Vec<f64> = (0..center.len()).map(|place| libm::sqrt(variance(place))).collect();
    let r =
        |covariance: f64, (u, v): (f64, f64)| if u * v > 0.0 { (covariance / (u * v)).clamp(-1.0, 1.0) } else { 0.0 };
    let correlations = covariance.iter().zip(&uncertainties);
    let correlations = correlations
        .map(|(row, u)| row.iter().zip(&uncertainties).map(|(covariance, v)| r(*covariance, (*u, *v))).collect())
        .collect();
    let ellipsoidal = Distances::of(&center, &covariance).and_then(|distances| {
        let factor = together.quantile(finite, |values| distances.ellipsoidal(values))?;
        Some(EllipsoidalRegion { center: center.clone(), covariance: covariance.clone(), factor })
    });
    let rectangular = together
        .quantile(finite, |values| {
            let deviations = values.iter().zip(&center).zip(&uncertainties).filter(|(_, u)| **u > 0.0);
            deviations.map(|((value, center), u)| libm::fabs(value - center) / u).fold(0.0, f64::max)
        })
        .filter(|_| uncertainties.iter().any(|u| *u > 0.0))
        .map(|factor| {
            let sides = center.iter().zip(&uncertainties);
            let side = |(y, u): (&f64, &f64)| Interval { low: y - factor * u, high: y + factor * u };
            RectangularRegion { sides: sides.map(side).collect(), factor }
        });
    let smallest = together.smallest(&outputs, (&center, &uncertainties), finite);
    let not_finite = trials.count - finite;
    let moments = Some(JointMoments { covariance, correlations });
    Ok(JointSimulation { outputs, moments, ellipsoidal, rectangular, smallest, not_finite })
}

struct Together<'a> {
    engine: &'a Engine<'a>,
    count: u64,
}

impl Together<'_> {
    /// Hands on the values of each trial in which all are finite; `strip` is called after each strip.
    fn run(&self, block: u64, count: u64, mut take: impl FnMut(&[f64]), mut strip: impl FnMut()) {
        let mut values: Vec<f64> = Vec::new();
        self.engine.run(block, count, |outputs| {
            for trial in 0..outputs.first().map_or(0, |outcomes| outcomes.len()) {
                values.clear();
                values.extend(outputs.iter().filter_map(|outcomes| outcomes.get(trial)));
                if values.iter().all(|value| value.is_finite()) {
                    take(&values);
                }
            }
            strip();
        });
    }

    /// How many trials are finite, their means and their covariances, from sums about values near the means.
    fn moments(&self, about: &[f64]) -> (u64, Vec<f64>, Vec<Vec<f64>>) {
        let size = about.len();
        // The sums of deviations, and behind them those of the products.
        let mut all = vec![0.0; size + size * size];
        let mut finite = 0;
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        // A block of each thread at a time is summed and handed on, in order.
        self.engine.rounds(
            self.count,
            ROUND,
            |block, count| {
                let blocks = count.div_ceil(BLOCK);
                let of_block = |number: u64| {
                    let mut sums = vec![0.0; size + size * size];
                    let mut finite = 0;
                    let mut deviations = vec![0.0; size];
                    let take = |values: &[f64]| {
                        finite += 1;
                        for ((deviation, value), about) in deviations.iter_mut().zip(values).zip(about) {
                            *deviation = value - about;
                        }
                        let (firsts, products) = sums.split_at_mut(size);
                        add(firsts, &deviations);
                        for (row, one) in products.chunks_mut(size.max(1)).zip(&deviations) {
                            row.iter_mut().zip(&deviations).for_each(|(entry, other)| *entry += one * other);
                        }
                    };
                    self.run(block + number, BLOCK.min(count - number * BLOCK), take, || {});
                    (finite, sums)
                };
                (0..blocks).map(of_block).collect::<Vec<(u64, Vec<f64>)>>()
            },
            |blocks| {
                for (count, sums) in blocks {
                    finite += count;
                    add(&mut all, &sums);
                }
            },
        );
        let count = finite as f64;
        let (firsts, products) = all.split_at(size.min(all.len()));
        let center = firsts.iter().zip(about).map(|(sum, about)| about + sum / count).collect();
        let rows = products.chunks(size.max(1)).zip(firsts);
        let covariance = rows
            .map(|(row, one)| {
                let entry = |(product, other): (&f64, &f64)| (product - one * other / count) / (count - 1.0);
                row.iter().zip(firsts).map(entry).collect()
            })
            .collect();
        (finite, center, covariance)
    }

    /// The p-quantile of a distance over the trials.
    fn quantile(&self, finite: u64, distance: impl Fn(&[f64]) -> f64 + Sync) -> Option<f64> {
        if finite < 2 {
            return None;
        }
        let mut pilot: Vec<f64> = Vec::new();
        self.run(0, self.count.min(PILOT * BLOCK), |values| pilot.push(distance(values)), || {});
        let scale = Scale::of(&sorted(pilot));
        let mut counted = Counted::empty(scale);
        self.engine.rounds(
            self.count,
            ROUND,
            |block, count| {
                let mut bins = Bins::empty(scale);
                let mut sums = Sums::NOTHING;
                // Only the number and the ends are read of these sums, so that their order is free.
                let strip = std::cell::RefCell::new(Vec::new());
                self.run(
                    block,
                    count,
                    |values| strip.borrow_mut().push(distance(values)),
                    || {
                        let mut strip = strip.borrow_mut();
                        bins.count(&strip);
                        sums = sums.and(Sums::of(&strip, scale.middle));
                        strip.clear();
                    },
                );
                (bins, sums)
            },
            |(bins, sums)| {
                counted.merge(&bins);
                counted.sums = counted.sums.and(sums);
            },
        );
        Some(counted.ranked(covered(self.engine.probability, counted.sums.count).saturating_sub(1)))
    }

    /// The fullest cells of a mesh.
    fn smallest(
        &self,
        outputs: &[Simulation],
        (center, uncertainties): (&[f64], &[f64]),
        finite: u64,
    ) -> Option<SmallestRegion> {
        let size = outputs.len();
        if !(2..=MOST_OF_A_MESH).contains(&size) || !uncertainties.iter().all(|u| *u > 0.0 && u.is_finite()) {
            return None;
        }
        let finest = if size == 2 { 128.0 } else { 32.0 };
        let side =
            libm::floor(libm::pow(finite as f64 / TRIALS_OF_A_CELL, 1.0 / size as f64)).clamp(8.0, finest) as usize;
        let mesh: Vec<Interval> = outputs
            .iter()
            .zip(center.iter().zip(uncertainties))
            .map(|(output, (y, u))| {
                let ends = output.histogram.ends();
                let (low, high) = (ends.low.max(y - REACH * u), ends.high.min(y + REACH * u));
                // A little more, so that the greatest value lies within.
                Interval { low, high: high + (high - low) * 1e-9 }
            })
            .collect();
        let mut counts: Vec<u64> = vec![0; (0..size).map(|_| side).product()];
        self.engine.rounds(
            self.count,
            ROUND,
            |block, count| {
                let mut counts: Vec<u64> = vec![0; (0..size).map(|_| side).product()];
                let take = |values: &[f64]| {
                    if let Some(count) = cell(&mesh, side, values).and_then(|cell| counts.get_mut(cell)) {
                        *count += 1;
                    }
                };
                self.run(block, count, take, || {});
                counts
            },
            |part: Vec<u64>| counts.iter_mut().zip(part).for_each(|(count, more)| *count += more),
        );
        let wanted = covered(self.engine.probability, finite);
        let mut order: Vec<(u64, usize)> = counts.into_iter().zip(0..).filter(|(count, _)| *count > 0).collect();
        order.sort_unstable_by(|(one, a), (other, b)| other.cmp(one).then(a.cmp(b)));
        let (mut cells, mut within) = (Vec::new(), 0);
        for (count, cell) in order {
            if within >= wanted {
                break;
            }
            within += count;
            cells.push(cell);
        }
        // More lies outside the mesh than the region may leave out.
        if within < wanted {
            return None;
        }
        cells.sort_unstable();
        Some(SmallestRegion { mesh, cells_of_a_side: side, cells, probability: within as f64 / finite as f64 })
    }
}
