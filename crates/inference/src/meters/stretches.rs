//! How far a home whose register stands still was from what was expected of it, as the balance itself shows.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::noise::Variances;

/// An hour is the shortest sum that is looked at: in shorter ones the boundaries dominate. Six hours have one scale: a home is at work or away that long.
const HOURS_A_DAY: usize = 24;
const HOURS_OF_ONE_SCALE: usize = 6;

/// What is expected of the variance counts as one hour that was seen.
const WEIGHT: f64 = 1.0;

/// The scales that are weighed, by powers of the square root of two: from 1/64 to 16.
const LEAST_POWER: i32 = -12;
const MOST_POWER: i32 = 8;

/// The variance of each interval, given what the balance leaves in it.
///
/// Homes are unlike what is expected of them now and then, and like it most of the time: what is left has far tails. Over six hours the variance is s v_k with one unknown s, of which is known beforehand
/// what one hour says (an inverse gamma with `WEIGHT` degrees of freedom about 1, so that the marginal is Student's t). The sum r_B over an hour B has the variance s Σ v_k + o_B, o_B that of the boundaries at its ends and of the
/// loss within it. What weighs in the balance is the precision: its mean over the posterior of s is taken.
///
/// Source: Lange, Little and Taylor, *Robust statistical modeling using the t distribution*, J. Am. Stat. Assoc. 84 (1989) 881.
pub fn seen(expected: &[f64], residual: &[f64], other: &Variances, per_day: usize) -> Vec<f64> {
    let hour = (per_day / HOURS_A_DAY).max(1);
    let stretch = hour * HOURS_OF_ONE_SCALE;
    let mut found = expected.to_vec();
    for start in (0..residual.len()).step_by(stretch) {
        let end = (start + stretch).min(residual.len());
        let mut hours = Vec::with_capacity(HOURS_OF_ONE_SCALE);
        for from in (start..end).step_by(hour) {
            let to = (from + hour).min(end);
            let within: f64 = expected[from..to].iter().sum();
            if within > 0.0 {
                let sum: f64 = residual[from..to].iter().sum();
                let rest = other.boundary[from] + other.boundary[to] + other.interval[from..to].iter().sum::<f64>();
                hours.push((within, sum * sum, rest));
            }
        }
        if !hours.is_empty() {
            let scale = scale(&hours);
            found[start..end].iter_mut().for_each(|cell| *cell *= scale);
        }
    }
    found
}

/// The inverse of the mean of 1/s. Of each hour: what is expected of its variance, the square that was seen, and the variance of all else.
fn scale(hours: &[(f64, f64, f64)]) -> f64 {
    let mut logs = Vec::with_capacity(24);
    for power in LEAST_POWER..=MOST_POWER {
        let scale = libm::exp2(0.5 * f64::from(power));
        let mut log = -0.5 * WEIGHT * (libm::log(scale) + 1.0 / scale);
        for (within, square, rest) in hours {
            let variance = scale * within + rest;
            log -= 0.5 * (libm::log(variance) + square / variance);
        }
        logs.push((scale, log));
    }
    let top = logs.iter().map(|(_, log)| *log).fold(f64::NEG_INFINITY, f64::max);
    let (mut total, mut precision) = (0.0, 0.0);
    for (scale, log) in logs {
        let weight = libm::exp(log - top);
        total += weight;
        precision += weight / scale;
    }
    total / precision
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_count_more_and_loud_ones_less_and_what_is_not_seen_stays() {
        let n = 96;
        let expected: Vec<f64> = (0..n).map(|k| if k < 24 { 0.0 } else { 0.01 }).collect();
        // Nothing left for six hours, then three times what was expected; at last boundaries that hide all.
        let residual: Vec<f64> = (0..n).map(|k| if k < 48 { 0.0 } else { 0.3 }).collect();
        let other = Variances {
            boundary: (0..=n).map(|t| if t < 73 { 1e-4 } else { 100.0 }).collect(),
            interval: vec![1e-6; n],
        };
        let found = seen(&expected, &residual, &other, 96);
        assert!(found[..24].iter().all(|v| *v == 0.0));
        assert!(found[24] < 0.3 * expected[24], "{}", found[24]);
        assert!(found[48] > 2.0 * expected[48], "{}", found[48]);
        assert!((0.3..1.5).contains(&(found[95] / expected[95])), "{}", found[95]);
    }
}
