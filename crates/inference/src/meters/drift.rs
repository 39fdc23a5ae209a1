//! Whether the error of a meter moves: a straight line from an error at the start, beside an error that stays.

use super::change::{Change, Kind, ramp};
use super::energy::Energies;
use super::posterior::Part;

/// What the readings say of the error b of one meter at the start and of how far d it moves, all others believed as they are: the information on both without any prior of either.
///
/// With the covariance S of all unknowns (b among them, with its message from the prior), the white column c of the drift, p = A c the products with all columns and r the white residual: b has the variance V = S_bb and the mean m,
/// and falls by κ = (S p)_b for each percent of d; of d, c·c − pᵀ S p is seen, and its score is c·r. The message of the prior of b is taken out again.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// The information on b, on d, and on both.
    start: f64,
    drift: f64,
    both: f64,
    /// The same times what is found.
    start_moment: f64,
    drift_moment: f64,
}

/// What is believed of b, as it stands in the balance, and what a column adds to it.
pub struct Beside {
    pub variance: f64,
    pub mean: f64,
    /// What all but the prior say of b: precision and mean.
    pub cavity_precision: f64,
    pub cavity_mean: f64,
    /// How far b falls for each percent of drift.
    pub fall: f64,
    /// The information on the drift when b is as uncertain as it is, and its score.
    pub seen: f64,
    pub score: f64,
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

impl Seen {
    pub fn new(beside: &Beside) -> Self {
        let both = beside.fall / beside.variance;
        Self {
            start: beside.cavity_precision,
            both,
            drift: beside.fall * both + beside.seen,
            start_moment: beside.cavity_precision * beside.cavity_mean,
            drift_moment: both * beside.mean + beside.score,
        }
    }

    /// The same where the noise has so many times the variance.
    pub fn dispersed(self, times: f64) -> Self {
        Self {
            start: self.start / times,
            drift: self.drift / times,
            both: self.both / times,
            start_moment: self.start_moment / times,
            drift_moment: self.drift_moment / times,
        }
    }

    /// A drift from a start that is as usual or not, d ~ N(0, s²) beyond `least`, against an error that is as usual or not and stays: both errors have the parts of the prior. The logarithm of the Bayes factor.
    pub fn factor(&self, prior: &[Part], deviation: f64, least: f64) -> f64 {
        let (mut stays, mut drifts) = (Vec::new(), Vec::new());
        // The share of drifts that move so far at all.
        let far = libm::log(2.0 * phi(-least / deviation));
        for part in prior {
            let start = self.start + 1.0 / part.variance;
            let moment = self.start_moment + part.mean / part.variance;
            let common = libm::log(part.share) - 0.5 * part.mean * part.mean / part.variance;
            stays.push(common + 0.5 * (moment * moment / start - libm::log(start * part.variance)));
            let drift = self.drift + 1.0 / (deviation * deviation);
            let determinant = start * drift - self.both * self.both;
            if determinant.is_nan() || determinant <= 0.0 {
                continue;
            }
            let percent = (start * self.drift_moment - self.both * moment) / determinant;
            let spread = (start / determinant).sqrt();
            let square = moment * moment / start + percent * percent / (spread * spread);
            let beyond = phi((percent - least) / spread) + phi((-percent - least) / spread);
            let log = 0.5 * (square - libm::log(determinant * part.variance * deviation * deviation));
            drifts.push(common + log + libm::log(beyond.max(1e-300)) - far);
        }
        let top = stays.iter().chain(&drifts).copied().fold(f64::NEG_INFINITY, f64::max);
        let sum = |logs: &[f64]| libm::log(logs.iter().map(|log| libm::exp(log - top)).sum::<f64>().max(1e-300));
        sum(&drifts) - sum(&stays)
    }
}

/// Where the drift of a meter stands among the unknowns, if one is, and the part of it that its mean error over the period contains: Σ x r / Σ x.
pub fn of_mean(changes: &[Change], places: &[usize], meter: usize, energies: &Energies) -> Option<(usize, f64)> {
    let (change, place) =
        changes.iter().zip(places).find(|(change, _)| change.meter == meter && change.kind == Kind::Drift)?;
    let energy = energies.meters.row(meter);
    let total: f64 = energy.iter().sum();
    let moved: f64 = energy.iter().zip(ramp(change.from, energy.len())).map(|(e, r)| e * r).sum();
    Some((*place, moved / total.max(1e-9)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: [Part; 2] =
        [Part { share: 0.95, mean: 0.0, variance: 0.2 }, Part { share: 0.05, mean: 0.0, variance: 16.0 }];

    /// Of as many readings as `weight` says, evenly over the period, from an error that goes from `start` by `drift`.
    fn of(start: f64, drift: f64, weight: f64) -> Seen {
        Seen {
            start: weight,
            both: weight / 2.0,
            drift: weight / 3.0,
            start_moment: weight * (start + drift / 2.0),
            drift_moment: weight * (start / 2.0 + drift / 3.0),
        }
    }

    #[test]
    fn what_stays_is_no_drift_however_large_it_is_and_what_moves_is() {
        let factor = |start, drift, weight| of(start, drift, weight).factor(&USUAL, 4.0, 1.0);
        assert!(factor(0.3, 0.0, 20.0) < 0.0);
        assert!(factor(4.0, 0.0, 20.0) < 0.0);
        assert!(factor(0.0, 4.0, 20.0) > 3.0);
        // The same seen with nine times the noise says little, and nothing seen says nothing.
        assert!(of(0.0, 4.0, 20.0).dispersed(9.0).factor(&USUAL, 4.0, 1.0) < 3.0);
        assert!(factor(0.0, 4.0, 1e-9).abs() < 1e-6);
    }

    #[test]
    fn the_information_is_that_of_two_columns() {
        // One meter alone with a message of precision 5: V = 1/(w + 5), κ = V w/2, seen = w/3 − V w²/4.
        let (w, start, drift) = (20.0, 0.1, 3.0);
        let wanted = of(start, drift, w);
        let variance = 1.0 / (w + 5.0);
        let mean = variance * wanted.start_moment;
        let beside = Beside {
            variance,
            mean,
            cavity_precision: w,
            cavity_mean: wanted.start_moment / w,
            fall: variance * w / 2.0,
            seen: w / 3.0 - variance * w * w / 4.0,
            score: wanted.drift_moment - mean * w / 2.0,
        };
        let found = Seen::new(&beside);
        assert!((found.drift - wanted.drift).abs() < 1e-12, "{found:?}");
        assert!((found.both - wanted.both).abs() < 1e-12);
        assert!((found.drift_moment - wanted.drift_moment).abs() < 1e-12, "{found:?} {wanted:?}");
    }
}
