//! The noise of the balance: at the boundaries, where readings meet, and within intervals, where losses are not understood.
#![expect(clippy::indexing_slicing, reason = "loops over one grid, whose lengths are set on entry")]

use super::energy::Energies;

/// The scales of the noise. Boundary noise enters two neighbouring intervals with opposite signs, so the differences are a moving average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// The jitter of the head's clock in seconds.
    pub head_jitter_s: f64,
    /// The scale of what shifted clocks leave.
    pub clock: f64,
    /// The scale of what filled boundaries leave.
    pub missing: f64,
    /// What a loss leaves unexplained, relative to the mean of the loss.
    pub loss: f64,
}

/// The noise of one grid: `boundary` has one more entry than `interval`.
#[derive(Debug, Clone)]
pub struct Variances {
    pub boundary: Vec<f64>,
    pub interval: Vec<f64>,
}

/// The factor that makes the noise white: a forward recursion with one memory.
#[derive(Debug, Clone)]
pub struct Whitening {
    memory: Vec<f64>,
    scale: Vec<f64>,
    log_determinant: f64,
}

impl Noise {
    pub fn first() -> Self {
        Self { head_jitter_s: 2.0, clock: 0.01, missing: 1.0, loss: 0.3 }
    }

    pub fn variances(&self, energies: &Energies, loss_kwh: &[f64], stopped: &[f64]) -> Variances {
        let n = energies.intervals();
        let jitter = self.head_jitter_s / (energies.hours * 3600.0);
        let boundary = (0..=n)
            .map(|t| {
                let before = energies.head[t.saturating_sub(1).min(n - 1)];
                let after = energies.head[t.min(n - 1)];
                let power = 0.5 * (before + after) * jitter;
                energies.resolution_variance
                    + power * power
                    + self.clock * energies.clock_variance[t]
                    + self.missing * energies.missing_variance[t]
            })
            .collect();
        let mean = loss_kwh.iter().sum::<f64>().max(1e-6) / n as f64;
        let mut interval: Vec<f64> = (0..n)
            .map(|k| {
                let level = 0.5 * mean + 0.5 * loss_kwh[k].max(0.0);
                self.loss * self.loss * level * level + stopped[k] + 1e-10
            })
            .collect();
        for gap in &energies.gaps {
            for cell in interval.iter_mut().take(gap.to).skip(gap.from) {
                *cell += gap.variance;
            }
        }
        Variances { boundary, interval }
    }

    /// One scale after the other, by steps that become smaller, as long as the cost falls.
    fn descended(self, clocks: bool, cost: impl Fn(&Self) -> f64) -> (Self, f64) {
        let mut best = self;
        let mut least = cost(&best);
        let mut factor = 4.0;
        for _ in 0..6 {
            for which in 0..4 {
                if which == 1 && !clocks {
                    continue;
                }
                for step in [factor, 1.0 / factor] {
                    loop {
                        let mut trial = best;
                        match which {
                            0 => trial.head_jitter_s = (trial.head_jitter_s * step).clamp(0.05, 120.0),
                            1 => trial.clock = (trial.clock * step).clamp(1e-4, 4.0),
                            2 => trial.missing = (trial.missing * step).clamp(0.1, 10.0),
                            _ => trial.loss = (trial.loss * step).clamp(0.005, 10.0),
                        }
                        let value = cost(&trial);
                        if value < least - 0.05 {
                            least = value;
                            best = trial;
                        } else {
                            break;
                        }
                    }
                }
            }
            factor = f64::sqrt(factor);
        }
        (best, least)
    }

    /// The scales that make the residuals most likely; innovations beyond three standard deviations count as three, so that what is not noise does not teach noise.
    pub fn learnt(
        self,
        energies: &Energies,
        loss_kwh: &[f64],
        stopped: &[f64],
        residual: &[f64],
        freedom: f64,
    ) -> Self {
        let cost = |noise: &Self| {
            let whitening = Whitening::new(&noise.variances(energies, loss_kwh, stopped));
            let mut white = residual.to_vec();
            whitening.apply(&mut white);
            let squares: f64 = white
                .iter()
                .map(|z| {
                    let s = z * z / freedom;
                    if s < 9.0 { s } else { 9.0 + libm::log(s / 9.0) }
                })
                .sum();
            whitening.log_determinant + squares
        };
        let clocks = energies.clock_parts.iter().any(|part| *part > 0.0);
        // Offsets of many clocks look much like a jitter of the head's; a search that begins without either finds the wrong one.
        let starts = [self, Self { head_jitter_s: 0.2, clock: 0.1, ..self }];
        let mut best = self;
        let mut least = f64::INFINITY;
        for start in starts.iter().take(if clocks { 2 } else { 1 }) {
            let (found, value) = start.descended(clocks, cost);
            if value < least {
                least = value;
                best = found;
            }
        }
        // What a loss leaves lasts for hours: sums of six hours say more of it than single intervals, in which boundaries dominate.
        let variances = best.variances(energies, loss_kwh, stopped);
        let block = (energies.per_day / 4).max(2);
        let mut ratios: Vec<(f64, f64)> = Vec::new();
        for from in (0..residual.len() / block).map(|b| b * block) {
            let sum: f64 = residual[from..from + block].iter().sum();
            let ends = variances.boundary[from] + variances.boundary[from + block];
            let within: f64 = variances.interval[from..from + block].iter().sum();
            let square = (sum * sum / freedom).min(9.0 * (ends + within) * 4.0);
            ratios.push((square - ends, within));
        }
        let (seen, expected) = ratios.iter().fold((0.0, 0.0), |(s, e), (a, b)| (s + a / b, e + 1.0));
        let more: f64 = seen / f64::max(expected, 1.0);
        if more > 1.0 {
            best.loss *= more.sqrt();
        }
        best
    }
}

impl Whitening {
    pub fn new(variances: &Variances) -> Self {
        let n = variances.interval.len();
        let (mut memory, mut scale) = (vec![0.0; n], vec![0.0; n]);
        let mut log_determinant = 0.0;
        let mut before = 1.0;
        for k in 0..n {
            let diagonal = variances.interval[k] + variances.boundary[k] + variances.boundary[k + 1];
            let link = if k == 0 { 0.0 } else { -variances.boundary[k] / before };
            let pivot = (diagonal - link * link * before).max(1e-14);
            memory[k] = link;
            scale[k] = 1.0 / pivot.sqrt();
            log_determinant += libm::log(pivot);
            before = pivot;
        }
        Self { memory, scale, log_determinant }
    }

    pub fn log_determinant(&self) -> f64 {
        self.log_determinant
    }

    /// What `apply` made white, as it was.
    pub fn undo(&self, values: &mut [f64]) {
        let mut before = 0.0;
        for ((cell, memory), scale) in values.iter_mut().zip(&self.memory).zip(&self.scale) {
            let now = *cell / scale;
            *cell = now + memory * before;
            before = now;
        }
    }

    pub fn apply(&self, values: &mut [f64]) {
        let mut before = 0.0;
        for ((cell, memory), scale) in values.iter_mut().zip(&self.memory).zip(&self.scale) {
            before = *cell - memory * before;
            *cell = before * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_white_comes_back() {
        let variances = Variances {
            boundary: (0..7).map(|t| 0.5 + 0.1 * f64::from(t)).collect(),
            interval: (0..6).map(|k| 0.2 + 0.05 * f64::from(k)).collect(),
        };
        let whitening = Whitening::new(&variances);
        let values = [1.0, -2.0, 0.5, 3.0, 0.0, -1.0];
        let mut other = values;
        whitening.apply(&mut other);
        assert!((other[1] - values[1]).abs() > 0.01);
        whitening.undo(&mut other);
        for (a, b) in other.iter().zip(&values) {
            assert!((a - b).abs() < 1e-12);
        }
    }
}
