//! How the errors of piles are spread: most near their mean, some far from it.

use heng_uncertainty::special::normal;

/// What the sessions alone say about a pile: its error with a variance, infinite where they say nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likelihood {
    pub error: f64,
    pub variance: f64,
}

/// A mixture of two normal distributions about one mean: with probability 1 − π of variance τ², with π of variance τ₁² > τ².
#[derive(Clone, Copy, Debug)]
pub(super) struct Population {
    pub far_share: f64,
    pub near: f64,
    pub far: f64,
}

/// What is known of a pile's error: a mixture of two normal distributions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marginal {
    parts: [Part; 2],
}

#[derive(Clone, Copy, Debug)]
struct Part {
    share: f64,
    mean: f64,
    deviation: f64,
}

impl Population {
    /// Before anything is known: a third of the limit, and one pile in fifty twice the limit off.
    pub fn first(limit: f64) -> Self {
        let near = limit / 3.0;
        let far = 2.0 * limit;
        Self { far_share: 0.02, near: near * near, far: far * far }
    }

    /// The population that fits piles best (expectation and maximisation), starting from this one, which counts as much as four piles; a far
    /// part is at least twice as wide as the near one, or it would be no part of its own.
    pub fn fitted(&self, piles: &[Likelihood]) -> Self {
        const PSEUDO: f64 = 4.0;
        let first = *self;
        let mut now = first;
        for _ in 0..30 {
            let mut near = [0.0, 0.0];
            let mut far = [0.0, 0.0];
            for pile in piles {
                let [ordinary, beyond] = now.posterior(pile, 0.0).parts;
                for (sums, part) in [(&mut near, ordinary), (&mut far, beyond)] {
                    let [count, squares] = sums;
                    *count += part.share;
                    *squares += part.share * (part.mean * part.mean + part.deviation * part.deviation);
                }
            }
            let variance = |[count, squares]: [f64; 2], before: f64| (squares + PSEUDO * before) / (count + PSEUDO);
            let total = near.first().unwrap_or(&0.0) + far.first().unwrap_or(&0.0);
            now = Self {
                far_share: (far.first().unwrap_or(&0.0) + PSEUDO * first.far_share) / (total + PSEUDO),
                near: variance(near, first.near),
                far: variance(far, first.far),
            };
            now.far = now.far.max(4.0 * now.near);
        }
        now
    }

    /// What is known of a pile about the population's mean.
    pub fn posterior(&self, pile: &Likelihood, mean: f64) -> Marginal {
        let part = |share: f64, variance: f64| {
            let total = variance + pile.variance;
            if !total.is_finite() {
                return (share, Part { share, mean, deviation: variance.sqrt() });
            }
            let away = pile.error - mean;
            let density = share * libm::exp(-0.5 * away * away / total) / total.sqrt();
            let gain = variance / total;
            (density, Part { share, mean: mean + gain * away, deviation: (gain * pile.variance).sqrt() })
        };
        let (near_density, mut near) = part(1.0 - self.far_share, self.near);
        let (far_density, mut far) = part(self.far_share, self.far);
        let all = near_density + far_density;
        // Both densities vanish only far beyond the far part.
        far.share = if all > 0.0 { far_density / all } else { 1.0 };
        near.share = 1.0 - far.share;
        Marginal { parts: [near, far] }
    }

    /// The precision of the normal prior that stands for the mixture at this pile.
    pub fn precision(&self, marginal: &Marginal) -> f64 {
        let [near, far] = marginal.parts;
        near.share / self.near + far.share / self.far
    }

    /// The standard deviation of the errors of all piles.
    pub fn deviation(&self) -> f64 {
        ((1.0 - self.far_share) * self.near + self.far_share * self.far).sqrt()
    }
}

impl Marginal {
    /// A normal distribution.
    pub fn normal(mean: f64, deviation: f64) -> Self {
        let part = Part { share: 1.0, mean, deviation };
        Self { parts: [part, Part { share: 0.0, ..part }] }
    }

    pub fn mean(&self) -> f64 {
        self.parts.iter().map(|part| part.share * part.mean).sum()
    }

    pub fn deviation(&self) -> f64 {
        let mean = self.mean();
        let square = |part: &Part| part.deviation * part.deviation + (part.mean - mean) * (part.mean - mean);
        self.parts.iter().map(|part| part.share * square(part)).sum::<f64>().sqrt()
    }

    /// The probability of being beyond ±limit.
    pub fn beyond(&self, limit: f64) -> f64 {
        let tails = |part: &Part| {
            normal::survival((limit - part.mean) / part.deviation)
                + normal::cumulative((-limit - part.mean) / part.deviation)
        };
        self.parts.iter().filter(|part| part.share > 0.0).map(|part| part.share * tails(part)).sum()
    }

    /// The value below which the error lies with this probability, by halving.
    pub fn quantile(&self, probability: f64) -> f64 {
        let reach = |part: &Part, side: f64| part.mean + side * 9.0 * part.deviation;
        let parts = || self.parts.iter().filter(|part| part.share > 0.0);
        let mut low = parts().map(|part| reach(part, -1.0)).fold(f64::INFINITY, f64::min);
        let mut high = parts().map(|part| reach(part, 1.0)).fold(f64::NEG_INFINITY, f64::max);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            let below: f64 =
                parts().map(|part| part.share * normal::cumulative((middle - part.mean) / part.deviation)).sum();
            if below < probability {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}
