//! The variance of every pile's error, from samples or from unit vectors.

use super::reduced::Reduced;
use super::solver::{Effort, System};

/// Columns that are solved at once.
const LANES: usize = 8;

/// The diagonal of A⁻¹ from its columns: one solution for each pile.
pub(super) fn exact(system: &System) -> Vec<f64> {
    let piles = system.prior.len();
    let mut variances = vec![0.0; piles];
    for first in (0..piles).step_by(LANES) {
        let mut right = vec![[0.0; LANES]; piles];
        for (lane, row) in right.iter_mut().skip(first).take(LANES).enumerate() {
            if let Some(cell) = row.get_mut(lane) {
                *cell = 1.0;
            }
        }
        let mut x = vec![[0.0; LANES]; piles];
        system.solve(&right, &mut x, Effort { tolerance: 1e-8, iterations: 500 });
        for (lane, (variance, row)) in variances.iter_mut().zip(&x).skip(first).take(LANES).enumerate() {
            *variance = row.get(lane).copied().unwrap_or(0.0);
        }
    }
    variances
}

/// The diagonal of A⁻¹ from samples x with the covariance A⁻¹: by the law of total variance,
/// var x_i = 1/A_ii + var(x_i − (A·x)_i / A_ii), of which only the second term is sampled (Sidén, Lindgren, Bolin and Villani,
/// J. Comput. Graph. Stat. 27 (2018), 898). A·x is the perturbation from which x was solved, so it is known.
pub(super) fn sampled(system: &System, batches: usize) -> Vec<f64> {
    let diagonal = system.diagonal();
    let mut squares = vec![0.0; diagonal.len()];
    for batch in 0..batches {
        let right = perturbation(system, batch);
        let mut x: Vec<[f64; LANES]> =
            right.iter().zip(&diagonal).map(|(row, diagonal)| row.map(|value| value / diagonal)).collect();
        system.solve(&right, &mut x, Effort { tolerance: 1e-2, iterations: 60 });
        for (((sum, x), right), diagonal) in squares.iter_mut().zip(&x).zip(&right).zip(&diagonal) {
            *sum += x.iter().zip(right).map(|(x, right)| squared(x - right / diagonal)).sum::<f64>();
        }
    }
    let count = (batches.max(1) * LANES) as f64;
    squares.iter().zip(&diagonal).map(|(sum, diagonal)| 1.0 / diagonal + sum / count).collect()
}

/// Columns with the covariance A: each pair, each vehicle's prior and each pile's prior moves by its own standard deviation, to one side or the
/// other, and the vehicles are eliminated as they are in A.
fn perturbation(system: &System, batch: usize) -> Vec<[f64; LANES]> {
    let Reduced { precision, .. } = system.reduced;
    let shift = (batch * LANES) as u64;
    let mut right: Vec<[f64; LANES]> = system
        .prior
        .iter()
        .enumerate()
        .map(|(pile, prior)| signed(prior.sqrt(), Signs::of(0, pile as u64, shift)))
        .collect();
    let mut moves: Vec<[f64; LANES]> = Vec::new();
    let mut number = 0_u64;
    for (place, (vehicle, pairs)) in system.reduced.by_vehicle().enumerate() {
        let mut sum = signed(precision.sqrt(), Signs::of(1, place as u64, shift));
        moves.clear();
        for pair in pairs {
            let own = signed(f64::from(pair.weight.sqrt()), Signs::of(2, number, shift));
            sum.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
            moves.push(own);
            number += 1;
        }
        sum.iter_mut().for_each(|sum| *sum *= vehicle.variance);
        for (pair, own) in pairs.iter().zip(&moves) {
            let weight = f64::from(pair.weight);
            if let Some(row) = right.get_mut(pair.pile as usize) {
                row.iter_mut().zip(own).zip(&sum).for_each(|((row, own), sum)| *row += own - weight * sum);
            }
        }
    }
    right
}

/// 64 signs of one thing, the same in every run.
#[derive(Clone, Copy)]
struct Signs(u64);

impl Signs {
    /// SplitMix64 (Steele, Lea and Flood 2014) of what the signs are for. Each batch takes the next bits; after 64 they are drawn anew.
    fn of(kind: u64, number: u64, shift: u64) -> Self {
        let round = shift / 64;
        let mut bits = (number << 2 | kind).wrapping_add((round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        bits = bits.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        Self((bits ^ bits >> 31) >> (shift % 64))
    }
}

/// A size with the sign of each lane.
fn signed(size: f64, Signs(bits): Signs) -> [f64; LANES] {
    let mut lanes = [size; LANES];
    for (lane, value) in lanes.iter_mut().enumerate() {
        *value = f64::from_bits(size.to_bits() | (bits >> lane & 1) << 63);
    }
    lanes
}

fn squared(value: f64) -> f64 {
    value * value
}
