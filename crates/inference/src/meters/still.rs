//! Meters whose register stands still from the beginning: what their homes draw, if they do, nobody learnt before.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::change::Term;
use super::energy::Energies;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Still {
    /// From which interval on.
    pub from: usize,
    /// What its home used to draw, in kilowatt, where earlier readings saw it.
    pub used_kw: Option<f64>,
}

/// How far what such a home draws may be from what is expected, in homes that are as usual: many are vacant.
const HOME: f64 = 1.0;

/// How far each day and each three hours of the day may be off, relative to the same.
const DAY: f64 = 0.5;
const HABITS: usize = 8;
const HABIT: f64 = 0.3;

/// What all of them draw together: as usual homes do, each day and each three hours an unknown more. One set of unknowns for all, since nothing tells them apart.
pub fn terms(energies: &Energies) -> Vec<Term> {
    let intervals = energies.intervals();
    let still: Vec<Still> = energies.still.iter().copied().flatten().collect();
    let moving: Vec<usize> = (0..energies.still.len()).filter(|row| energies.still[*row].is_none()).collect();
    if still.is_empty() || moving.is_empty() {
        return Vec::new();
    }
    let mut typical = vec![0.0; intervals];
    for row in &moving {
        for (cell, kwh) in typical.iter_mut().zip(energies.meters.row(*row)) {
            *cell += kwh.max(0.0) / moving.len() as f64;
        }
    }
    let level = typical.iter().sum::<f64>() / intervals as f64;
    let (mut mean, mut variance) = (0.0, 0.0);
    for home in &still {
        let homes = home.used_kw.map_or(0.0, |kw| kw * energies.hours / level.max(1e-9));
        mean += homes;
        variance += (HOME * homes.max(1.0)) * (HOME * homes.max(1.0));
    }
    let deviation = f64::sqrt(variance);
    let since = |k: usize| still.iter().filter(|home| home.from <= k).count() as f64 / still.len() as f64;
    for (k, cell) in typical.iter_mut().enumerate() {
        *cell *= since(k);
    }
    let mut terms = vec![Term { energy_kwh: typical.clone(), mean, standard_deviation: deviation }];
    let days = mean.max(deviation);
    for from in (0..intervals).step_by(energies.per_day) {
        let mut energy_kwh = vec![0.0; intervals];
        let to = (from + energies.per_day).min(intervals);
        energy_kwh[from..to].copy_from_slice(&typical[from..to]);
        terms.push(Term { energy_kwh, mean: 0.0, standard_deviation: DAY * days });
    }
    for hours in 0..HABITS {
        let within = |k: usize| (k % energies.per_day) * HABITS / energies.per_day == hours;
        let energy_kwh = (0..intervals).map(|k| if within(k) { level * since(k) } else { 0.0 }).collect();
        terms.push(Term { energy_kwh, mean: 0.0, standard_deviation: HABIT * days });
    }
    terms
}
