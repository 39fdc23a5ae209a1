//! From registers with gaps to energies, and what their boundaries are worth.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::District;
use super::register::Register;
use super::still::Still;
use super::unread::Unread;
use crate::linear::Matrix;

/// A stretch of a meter that was not read, longer than boundary noise can describe: only its sum is known.
#[derive(Debug, Clone)]
pub struct Gap {
    /// The customer's meter; none for the head.
    pub meter: Option<usize>,
    pub from: usize,
    pub to: usize,
    /// The variance of one interval about its filled value.
    pub variance: f64,
    /// Whether the sum is known (both ends were read).
    pub closed: bool,
}

/// The energies of a district on its grid.
#[derive(Debug, Clone)]
pub struct Energies {
    pub hours: f64,
    pub per_day: usize,
    pub head: Vec<f64>,
    pub meters: Matrix,
    /// The steps of the customers' registers.
    pub steps: Vec<f64>,
    /// The variance of each boundary from resolution alone.
    pub resolution_variance: f64,
    /// From readings that are missing alone or in short runs.
    pub missing_variance: Vec<f64>,
    /// From clocks that are off, for a scale of one.
    pub clock_variance: Vec<f64>,
    pub gaps: Vec<Gap>,
    /// From which interval on a register does not move any more.
    pub stops: Vec<Option<usize>>,
    /// What a meter registered before, by interval, for those that stopped.
    pub usual: Vec<Option<Vec<f64>>>,
    /// From which interval on how much more is drawn than a meter registers, relative to that.
    pub bypassed: Vec<Option<(usize, f64)>>,
    /// What voltages say of those that stopped.
    pub unread: Vec<Option<Unread>>,
    /// The variance of one interval of each meter about its profile, by its place in the day.
    pub slot_variance: Vec<Vec<f64>>,
    /// How much a home's days differ, relative to their mean.
    pub day_relative: Vec<f64>,
    /// The sums over all boundaries of what the clock of each meter adds, for a scale of one.
    pub clock_parts: Vec<f64>,
    pub missing_share: Vec<f64>,
    /// Registers that stand still from the beginning.
    pub still: Vec<Option<Still>>,
    /// What each register advanced between its first and its last reading.
    pub registered: Vec<f64>,
}

/// How many times a register must move before its step is known.
const MOVES: usize = 20;

/// The step of a register: the largest power of ten of which all that it moves by are multiples; nothing where it hardly moves.
pub(super) fn resolution(register: &[f64]) -> Option<f64> {
    let read = || register.iter().copied().filter(|value| value.is_finite());
    let moves: Vec<f64> = read()
        .zip(read().skip(1))
        .map(|(before, after)| after - before)
        .filter(|gap| gap.abs() > 1e-9)
        .take(400)
        .collect();
    if moves.len() < MOVES {
        return None;
    }
    let mut step = 1.0;
    for _ in 0..6 {
        if moves.iter().all(|gap| (gap / step - (gap / step).round()).abs() < 1e-3) {
            break;
        }
        step /= 10.0;
    }
    Some(step)
}

struct Filled {
    energy: Vec<f64>,
    gaps: Vec<Gap>,
    profile: Vec<f64>,
    slot_variance: Vec<f64>,
    day_relative: f64,
    stop: Option<usize>,
    still: Option<usize>,
    missing: usize,
}

/// The variance of how a sum divides between two intervals, by the size of the sum: a home at rest divides evenly, a home at work does not.
pub(super) struct Splits {
    /// Upper ends of the bins and the variances in them.
    bins: Vec<(f64, f64)>,
}

impl Splits {
    pub(super) fn new(mut seen: Vec<(f64, f64)>) -> Self {
        seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = seen.len().div_ceil(10).max(1);
        let all = seen.iter().map(|(_, d)| d * d).sum::<f64>() / seen.len().max(1) as f64;
        let bins = seen
            .chunks(size)
            .map(|chunk| {
                let sum: f64 = chunk.iter().map(|(_, d)| d * d).sum();
                (chunk.last().map_or(0.0, |(level, _)| *level), (sum + all) / (chunk.len() as f64 + 1.0))
            })
            .collect();
        Self { bins }
    }

    pub(super) fn variance(&self, level: f64) -> f64 {
        let found = self.bins.iter().find(|(end, _)| level <= *end).or(self.bins.last());
        found.map_or(0.0, |(end, variance)| {
            if level > *end { variance * (level / end.max(1e-9)) * (level / end.max(1e-9)) } else { *variance }
        })
    }
}

/// After so many days what a home draws is known well enough to say that it draws no more.
const LEARNT_DAYS: usize = 3;

/// Runs of missing boundaries up to this many are described as boundary noise.
const SHORT: usize = 8;

fn fill(read: &Register, per_day: usize, missing_variance: &mut [f64]) -> Filled {
    let Register { known, values: register, exchanges } = read;
    let n = register.len() - 1;
    let mut seen = vec![false; n + 1];
    known.iter().for_each(|t| seen[*t] = true);
    let mut energy = vec![0.0; n];
    let mut gaps = Vec::new();
    let (Some(first), Some(end)) = (known.first().copied(), known.last().copied()) else {
        return Filled {
            energy,
            gaps,
            profile: vec![0.0; per_day],
            slot_variance: vec![0.0; per_day],
            day_relative: 0.0,
            stop: None,
            still: Some(0),
            missing: n + 1,
        };
    };
    // A stop: nothing moves to the end, and nothing like it happened before.
    let (mut stop, mut still) = (None, None);
    let last_value = register[end];
    if let Some(place) = known.iter().position(|t| register[*t] >= last_value - 1e-9) {
        let from = known[place];
        if place == 0 {
            still = Some(0);
        } else if end.saturating_sub(from) >= 2 * per_day {
            let mut longest = 0;
            let mut run = 0;
            for pair in known.windows(2).take(place) {
                if register[pair[1]] - register[pair[0]] < 1e-9 {
                    run += pair[1] - pair[0]
                } else {
                    run = 0
                }
                longest = longest.max(run);
            }
            // What a home draws is learnt in days; before that a register only stands still.
            let learnt = from > LEARNT_DAYS * per_day;
            if end - from > 2 * longest {
                (stop, still) = if learnt { (Some(from), None) } else { (None, Some(from)) };
            }
        }
    }
    let live = stop.unwrap_or(n);
    let (mut sum, mut count) = (vec![0.0; per_day], vec![0.0; per_day]);
    for t in 0..live.min(n) {
        if seen[t] && seen[t + 1] {
            sum[t % per_day] += register[t + 1] - register[t];
            count[t % per_day] += 1.0;
        }
    }
    let mean = sum.iter().sum::<f64>() / count.iter().sum::<f64>().max(1.0);
    let profile: Vec<f64> = sum.iter().zip(&count).map(|(s, c)| (s + 2.0 * mean) / (c + 2.0)).collect();
    let whole: Vec<usize> = (1..live.min(n).saturating_sub(2)).filter(|t| (t - 1..=t + 3).all(|u| seen[u])).collect();
    let at = |t: usize| register[t + 1] - register[t];
    let about: f64 = whole.iter().map(|t| (at(*t) - profile[t % per_day]) * (at(*t) - profile[t % per_day])).sum();
    let variance = about / whole.len().max(1) as f64;
    // How a sum over two intervals divides: the neighbours before and after say a part of it.
    let (together, alone) = whole.iter().fold((0.0, 1e-12), |(xy, xx), t| {
        let outer = at(t - 1) - at(t + 2);
        (xy + outer * (at(*t) - at(t + 1)), xx + outer * outer)
    });
    let lean = (together / alone).clamp(0.0, 0.5);
    let splits = Splits::new(
        whole.iter().map(|t| (at(*t) + at(t + 1), at(*t) - at(t + 1) - lean * (at(t - 1) - at(t + 2)))).collect(),
    );
    let mut splits_open = Vec::new();
    for pair in known.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = to - from;
        let energy_sum = register[to] - register[from];
        if exchanges.contains(&(from, to)) {
            continue;
        }
        if length == 1 {
            energy[from] = energy_sum;
            continue;
        }
        let weight = |t: usize| 0.5 * mean + 0.5 * profile[t % per_day];
        let weights: f64 = (from..to).map(weight).sum();
        for (t, cell) in energy.iter_mut().enumerate().take(to).skip(from) {
            *cell = if length <= 2 || weights <= 0.0 {
                energy_sum / length as f64
            } else {
                energy_sum * weight(t) / weights
            };
        }
        if energy_sum <= 0.0 {
            continue;
        }
        if length == 2 {
            splits_open.push((from, energy_sum));
            missing_variance[from + 1] += splits.variance(energy_sum) / 4.0;
        } else if length <= SHORT {
            for (t, cell) in missing_variance.iter_mut().enumerate().take(to).skip(from + 1) {
                let (before, after) = ((t - from) as f64, (to - t) as f64);
                *cell += splits.variance(2.0 * energy_sum / length as f64) * before * after / length as f64;
            }
        } else {
            gaps.push(Gap { meter: None, from, to, variance, closed: true });
        }
    }
    for (from, energy_sum) in splits_open {
        if from == 0 || from + 2 >= n {
            continue;
        }
        let half = 0.5 * lean * (energy[from - 1] - energy[from + 2]);
        let first_part = (0.5 * energy_sum + half).clamp(0.0, energy_sum);
        energy[from] = first_part;
        energy[from + 1] = energy_sum - first_part;
    }
    // What a home draws beside its profile lasts for hours, and differs from day to day.
    let live_end = live.min(end);
    let sums = |length: usize| -> Vec<f64> {
        (first / length + 1..live_end / length)
            .map(|block| (block * length..(block + 1) * length).map(|t| energy[t] - profile[t % per_day]).sum::<f64>())
            .collect()
    };
    let spread = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / (values.len().max(1)) as f64;
        values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len().saturating_sub(1).max(1)) as f64
    };
    let block = (per_day / 6).max(1);
    // Homes are less predictable when they are busy.
    let (mut slot, mut slots) = (vec![0.0; per_day], vec![0.0; per_day]);
    for t in first..live_end {
        let rest = energy[t] - profile[t % per_day];
        slot[t % per_day] += rest * rest;
        slots[t % per_day] += 1.0;
    }
    let raw: Vec<f64> = slot.iter().zip(&slots).map(|(s, c)| (s + 4.0 * variance) / (c + 4.0)).collect();
    let near = 4.min(per_day / 2);
    let smooth: Vec<f64> = (0..per_day)
        .map(|s| (0..=2 * near).map(|o| raw[(s + per_day + o - near) % per_day]).sum::<f64>() / (2 * near + 1) as f64)
        .collect();
    let long_variance = (spread(&sums(block)) / block as f64).max(variance);
    let day_relative = (spread(&sums(per_day)).sqrt() / (mean * per_day as f64).max(1e-9)).clamp(0.1, 2.0);
    let slot_variance = smooth.iter().map(|v| v * long_variance / variance.max(1e-12)).collect();
    for gap in &mut gaps {
        gap.variance *= long_variance / variance.max(1e-12);
    }
    for (from, to) in exchanges.iter().copied().chain([(0, first), (end, n)]) {
        if to > from {
            for (offset, cell) in energy[from..to].iter_mut().enumerate() {
                *cell = if stop.is_some() && from == end { 0.0 } else { profile[(from + offset) % per_day] };
            }
            gaps.push(Gap { meter: None, from, to, variance: long_variance, closed: false });
        }
    }
    Filled { energy, gaps, profile, slot_variance, day_relative, stop, still, missing: n + 1 - known.len() }
}

/// Where the head's register was not read at one end the balance says nothing.
fn of_head(gap: Gap, energy: &[f64]) -> Gap {
    let most = energy.iter().copied().fold(0.0, f64::max);
    if gap.closed { gap } else { Gap { variance: 100.0 * most * most + 1.0, ..gap } }
}

/// Where many were not read over the same stretch, only the sum of all is open: one unknown instead of many.
fn shared(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut found: Vec<Gap> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        let same = |other: &&mut Gap| gap.closed && other.closed && (other.from, other.to) == (gap.from, gap.to);
        match found.iter_mut().find(same) {
            Some(other) => other.variance += gap.variance,
            None => found.push(gap),
        }
    }
    found
}

impl Energies {
    pub fn new(district: &District) -> Self {
        let n = district.times_s.len().saturating_sub(1);
        let seconds = district.times_s.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(900).max(1);
        let per_day = usize::try_from(86_400 / seconds).unwrap_or(96).max(1);
        let hours = seconds as f64 / 3600.0;
        let (mut registered, mut still) = (Vec::new(), Vec::new());
        let mut missing_variance = vec![0.0; n + 1];
        let mut resolution_variance = 0.0;
        let mut gaps = Vec::new();
        let mut meters = Matrix::zero(district.meters.len(), n);
        let mut day_relative = Vec::new();
        let (mut steps, mut stops, mut usual, mut slot_variance, mut missing_share) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let seen_steps: Vec<Option<f64>> =
            district.meters.iter().map(|meter| resolution(&meter.register_kwh)).collect();
        // Registers of one district are of one make, more or less.
        let usual_step = {
            let mut seen: Vec<f64> = seen_steps.iter().copied().flatten().collect();
            seen.sort_by(f64::total_cmp);
            seen.get(seen.len() / 2).copied().unwrap_or(0.01)
        };
        for (row, meter) in district.meters.iter().enumerate() {
            let step = seen_steps[row].unwrap_or(usual_step);
            steps.push(step);
            resolution_variance += step * step / 12.0;
            let read = Register::new(&meter.register_kwh, hours);
            let filled = fill(&read, per_day, &mut missing_variance);
            registered.push(read.registered());
            meters.row_mut(row).copy_from_slice(&filled.energy);
            gaps.extend(filled.gaps.into_iter().map(|gap| Gap { meter: Some(row), ..gap }));
            usual.push(filled.stop.map(|_| (0..n).map(|t| filled.profile[t % per_day]).collect()));
            stops.push(filled.stop);
            still.push(filled.still.map(|from| Still { from, used_kw: None }));
            slot_variance.push(filled.slot_variance);
            day_relative.push(filled.day_relative);
            missing_share.push(filled.missing as f64 / (n + 1) as f64);
        }
        let step = resolution(&district.head_kwh).unwrap_or(usual_step);
        resolution_variance += step * step / 12.0;
        let head = fill(&Register::new(&district.head_kwh, hours), per_day, &mut missing_variance);
        gaps.extend(head.gaps.into_iter().map(|gap| of_head(gap, &head.energy)));
        let gaps = shared(gaps);
        let mut energies = Self {
            hours,
            per_day,
            head: head.energy,
            meters,
            steps,
            resolution_variance,
            missing_variance,
            clock_variance: vec![0.0; n + 1],
            gaps,
            bypassed: vec![None; stops.len()],
            unread: vec![None; stops.len()],
            stops,
            usual,
            slot_variance,
            day_relative,
            clock_parts: vec![0.0; district.meters.len()],
            missing_share,
            still,
            registered,
        };
        energies.apply_clocks(district, seconds as f64);
        energies
    }

    /// What offsets of clocks may do to boundaries. They may be in the readings, or the readings were stamped rightly since: the scale, learnt from the balance, says which.
    fn apply_clocks(&mut self, district: &District, seconds: f64) {
        if district.meters.iter().all(|meter| meter.clock_offset_s.is_none()) {
            return;
        }
        for (row, meter) in district.meters.iter().enumerate() {
            let Some(offset) = meter.clock_offset_s else { continue };
            let part = (offset.abs() / seconds).min(1.0);
            let energy = self.meters.row(row);
            let n = energy.len();
            let mut total = 0.0;
            for (t, cell) in self.clock_variance.iter_mut().enumerate() {
                let (before, after) = (energy[t.saturating_sub(1).min(n - 1)], energy[t.min(n - 1)]);
                let variance = part * 0.5 * (before * before + after * after);
                *cell += variance;
                total += variance;
            }
            self.clock_parts[row] = total;
        }
    }

    /// The energies of a meter where they were read, at least as a sum; nothing where they were not.
    pub fn read(&self, meter: usize) -> Vec<f64> {
        let mut energy = self.meters.row(meter).to_vec();
        for gap in self.gaps.iter().filter(|gap| !gap.closed && gap.meter == Some(meter)) {
            energy[gap.from..gap.to].fill(0.0);
        }
        energy
    }

    /// Where the last reading of a meter stands.
    pub fn read_until(&self, meter: usize) -> usize {
        let end = self.intervals();
        let open =
            self.gaps.iter().find(|gap| !gap.closed && gap.meter == Some(meter) && gap.to == end && gap.from > 0);
        open.map_or(end, |gap| gap.from)
    }

    pub fn intervals(&self) -> usize {
        self.head.len()
    }
}
