//! What is believed of each meter after the readings: Gaussian information with a prior that has a tail, by expectation propagation.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use super::district::Certified;
use super::settings::Settings;
use crate::linear::{Cholesky, Matrix};

/// One part of a prior or of a marginal: a normal distribution with its share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    pub share: f64,
    pub mean: f64,
    pub variance: f64,
}

/// The marginal of one meter.
#[derive(Debug, Clone, PartialEq)]
pub struct Marginal {
    pub parts: Vec<Part>,
    /// What the readings alone say, all other meters believed as they are: the standard uncertainty without the prior.
    pub data_mean: f64,
    pub data_variance: f64,
}

fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

impl Marginal {
    /// One part only.
    pub fn normal(mean: f64, variance: f64) -> Self {
        let parts = vec![Part { share: 1.0, mean, variance: variance.max(1e-12) }];
        Self { parts, data_mean: mean, data_variance: variance }
    }

    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|part| part.share * part.mean).sum()
    }

    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        self.parts.iter().map(|part| part.share * (part.variance + (part.mean - mean) * (part.mean - mean))).sum()
    }

    /// The probability of a value below.
    pub fn below(&self, value: f64) -> f64 {
        self.parts.iter().map(|part| part.share * phi((value - part.mean) / part.variance.sqrt())).sum()
    }

    pub fn quantile(&self, probability: f64) -> f64 {
        let reach = 12.0 * self.parts.iter().map(|part| part.variance.sqrt() + part.mean.abs()).fold(0.0, f64::max);
        let (mut low, mut high) = (-reach, reach);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if self.below(middle) < probability { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }
}

/// The prior multiplied by one normal message.
fn tilted(mean: f64, variance: f64, prior: &[Part]) -> Vec<Part> {
    let mut parts: Vec<Part> = prior
        .iter()
        .map(|part| {
            let sum = variance + part.variance;
            let gap = mean - part.mean;
            Part {
                share: libm::log(part.share) - 0.5 * libm::log(sum) - 0.5 * gap * gap / sum,
                mean: (mean * part.variance + part.mean * variance) / sum,
                variance: variance * part.variance / sum,
            }
        })
        .collect();
    let top = parts.iter().map(|part| part.share).fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    for part in &mut parts {
        part.share = libm::exp(part.share - top);
        total += part.share;
    }
    for part in &mut parts {
        part.share /= total;
    }
    parts
}

/// The joint posterior: the Gaussian approximation and the marginals of the meters.
#[derive(Debug, Clone)]
pub struct Posterior {
    pub mean: Vec<f64>,
    pub covariance: Matrix,
    pub marginals: Vec<Marginal>,
    pub usual_percent: f64,
}

/// What is known of one meter alone.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Own {
    /// What the loss and the clock may add to its error without a trace.
    pub systematic_percent: f64,
    /// What its last certificate says.
    pub certified: Option<Certified>,
}

/// The prior of one meter: what usual meters are or, where there is a certificate, what it says of this one; and what those are that are not as they should be.
///
/// A certificate of error e, standard uncertainty u and age a leaves the correction N(−e, min(u² + (w a)², σ²)): after years it says no more than that the meter is a usual one.
pub fn prior(certified: Option<&Certified>, usual_percent: f64, settings: &Settings) -> [Part; 2] {
    let Settings { unusual_percent: unusual, unusual_share, wander_percent, .. } = *settings;
    let usual = usual_percent * usual_percent;
    let (mean, variance) = certified.map_or((0.0, usual), |known| {
        let wandered = wander_percent * known.years.max(0.0);
        let variance = known.u_percent * known.u_percent + wandered * wandered;
        // As it is forgotten, so is where it was.
        let kept = 1.0 - (variance / usual).min(1.0);
        (-known.error_percent / (1.0 + known.error_percent / 100.0) * kept.sqrt(), variance.min(usual))
    });
    [
        Part { share: 1.0 - unusual_share, mean, variance },
        Part { share: unusual_share, mean: 0.0, variance: unusual * unusual },
    ]
}

/// Where the messages of the priors stand: a next look begins there.
#[derive(Debug, Clone)]
pub struct Sites {
    precision: Vec<f64>,
    shift: Vec<f64>,
    usual_percent: f64,
}

impl Sites {
    pub fn new(meters: usize, usual_percent: f64) -> Self {
        Self { precision: vec![1.0 / (usual_percent * usual_percent); meters], shift: vec![0.0; meters], usual_percent }
    }
}

/// Pseudo-meters that hold the scale of usual errors near what was known before.
const SCALE_WEIGHT: f64 = 10.0;

/// `gram` and `moment` are information without any prior; `fixed` are precision and mean of the Gaussian priors of all that are not meters.
pub fn posterior(
    gram: &Matrix,
    moment: &[f64],
    meters: usize,
    fixed: &[(f64, f64)],
    settings: &Settings,
    own: &[Own],
    sites: &mut Sites,
) -> Option<Posterior> {
    let Settings { usual_percent: usual, unusual_percent: unusual, .. } = *settings;
    let Sites { precision, shift, usual_percent } = sites;
    let mut result = None;
    for round in 0..12 {
        let mut system = gram.clone();
        let mut right = moment.to_vec();
        for i in 0..meters {
            system.add(i, i, precision[i]);
            right[i] += shift[i];
        }
        for (offset, (weight, mean)) in fixed.iter().enumerate() {
            system.add(meters + offset, meters + offset, *weight);
            right[meters + offset] += weight * mean;
        }
        let factor = Cholesky::new(&system)?;
        let inverse = factor.inverse_factor();
        let mut mean = right;
        factor.solve(&mut mean);
        let mut marginals = Vec::with_capacity(meters);
        let mut change: f64 = 0.0;
        let (mut squares, mut count) = (SCALE_WEIGHT * usual * usual, SCALE_WEIGHT);
        let damping = if round == 0 { 1.0 } else { 0.7 };
        for i in 0..meters {
            let known = own.get(i).and_then(|own| own.certified.as_ref());
            let prior = prior(known, *usual_percent, settings);
            let variance = inverse.diagonal(i);
            let cavity_precision = (1.0 / variance - precision[i]).max(1e-8);
            let cavity_variance = 1.0 / cavity_precision;
            let cavity_mean = cavity_variance * (mean[i] / variance - shift[i]);
            // The coefficient is the error of the meter and what leaves no trace; the readings see their sum.
            let hidden = own.get(i).map_or(0.0, |own| own.systematic_percent * own.systematic_percent);
            let wide = prior.map(|part| Part { variance: part.variance + hidden, ..part });
            let sum = Marginal {
                parts: tilted(cavity_mean, cavity_variance, &wide),
                data_mean: cavity_mean,
                data_variance: cavity_variance,
            };
            let cavity = (cavity_precision, cavity_mean);
            let cavity_variance = cavity_variance + hidden;
            let parts = tilted(cavity_mean, cavity_variance, &prior);
            // The scale of usual errors is learnt from those of which nothing else is known.
            if let (Some(part), None) = (parts.first(), known) {
                squares += part.share * (part.mean * part.mean + part.variance);
                count += part.share;
            }
            let marginal = Marginal { parts, data_mean: cavity_mean, data_variance: cavity_variance };
            let (m, v) = (sum.mean(), sum.variance());
            let (cavity_precision, cavity_mean) = cavity;
            let new_precision = (1.0 / v - cavity_precision).clamp(1.0 / (unusual * unusual), 1e6);
            let new_shift = m * (cavity_precision + new_precision) - cavity_mean * cavity_precision;
            change = change.max((new_precision / precision[i] - 1.0).abs());
            precision[i] += damping * (new_precision - precision[i]);
            shift[i] += damping * (new_shift - shift[i]);
            marginals.push(marginal);
        }
        *usual_percent = (squares / count).sqrt();
        result = Some((mean, inverse, marginals));
        if change < 0.05 && round > 0 {
            break;
        }
    }
    // Only the last round needs more of the inverse than its diagonal.
    result.map(|(mean, inverse, marginals)| Posterior {
        mean,
        covariance: inverse.inverse(),
        marginals,
        usual_percent: *usual_percent,
    })
}
