//! How much sessions scatter by their energy, and which of them are gross.

use super::sessions::{ENERGY_CLASSES, Kept};

/// Noise that depends on energy, and a share of gross sessions among it.
///
/// A session of energy E has the variance φ(E) = a + b/E + c/E² of percent², with a, b, c ≥ 0: a for losses in proportion, b for what adds up
/// over the session, c for the step of the displays. It is gross with probability g; gross sessions are spread κ times as far.
#[derive(Clone, Debug)]
pub(super) struct Noise {
    /// φ by class of energy, in percent².
    variances: [f64; ENERGY_CLASSES],
    /// The mean of 1/E by class, and of 1/E².
    inverses: [[f64; 2]; ENERGY_CLASSES],
    /// a, b, c.
    pub coefficients: [f64; 3],
    pub gross_share: f64,
    gross_ratio: f64,
    /// The probability of being no gross session, by z² in steps.
    ordinary: Vec<f64>,
}

/// Steps of z² in which the probability is tabled, and where the table ends: nothing beyond is ordinary.
const STEPS_PER_UNIT: f64 = 8.0;
const LARGEST: f64 = 100.0;

/// What a pass over the sessions says about their noise.
#[derive(Debug)]
pub(super) struct NoiseSums {
    ordinary: [f64; ENERGY_CLASSES],
    squares: [f64; ENERGY_CLASSES],
    /// How many sessions have their z² in each step, and the last beyond the table; with the sum of these.
    counts: Vec<f64>,
    beyond: f64,
}

impl Default for NoiseSums {
    fn default() -> Self {
        Self {
            ordinary: [0.0; ENERGY_CLASSES],
            squares: [0.0; ENERGY_CLASSES],
            counts: vec![0.0; (LARGEST * STEPS_PER_UNIT) as usize + 1],
            beyond: 0.0,
        }
    }
}

impl Noise {
    /// A first guess from the scale of the residuals of vehicles from their medians. The shape is that of a display whose noise doubles below
    /// some 20 kWh; it is forgotten after the first solution.
    pub fn first(sessions: &[Kept], scale: f64) -> Self {
        let mut inverses = [[0.0; 2]; ENERGY_CLASSES];
        let mut counts = [0.0; ENERGY_CLASSES];
        let mut mean = 0.0;
        for session in sessions {
            let inverse = 1.0 / session.energy_kwh();
            let class = session.energy_class();
            if let (Some([first, second]), Some(count)) = (inverses.get_mut(class), counts.get_mut(class)) {
                *first += inverse;
                *second += inverse * inverse;
                *count += 1.0;
            }
            mean += 1.0 + 20.0 * inverse;
        }
        for (class, count) in inverses.iter_mut().zip(counts) {
            if count > 0.0 {
                class.iter_mut().for_each(|sum| *sum /= count);
            }
        }
        let unit = scale * scale * sessions.len() as f64 / mean;
        let mut noise = Self {
            variances: [0.0; ENERGY_CLASSES],
            inverses,
            coefficients: [unit, 20.0 * unit, 0.0],
            gross_share: 0.01,
            gross_ratio: 6.0,
            ordinary: Vec::new(),
        };
        noise.tabulate();
        noise
    }

    /// φ of a session.
    pub fn variance(&self, session: Kept) -> f64 {
        self.variances.get(session.energy_class()).copied().unwrap_or(1.0)
    }

    /// The probability that a session is no gross one, from its squared studentised residual.
    pub fn ordinary(&self, squared: f64) -> f64 {
        let place = squared * STEPS_PER_UNIT;
        let step = place as usize;
        match self.ordinary.get(step..step + 2) {
            Some([low, high]) => low + (high - low) * (place - step as f64),
            _ => 0.0,
        }
    }

    /// The noise as a pass over the sessions found it.
    pub fn updated(&self, sums: &NoiseSums) -> Self {
        let mut next = self.clone();
        next.fit(sums);
        next.share_gross(sums);
        next.tabulate();
        next
    }

    /// The share of gross sessions and how far they are spread, by expectation and maximisation on the counts of z². Half a session keeps the
    /// share of a small and faultless set above nothing.
    fn share_gross(&mut self, sums: &NoiseSums) {
        let all: f64 = sums.counts.iter().sum();
        let last = sums.counts.len().saturating_sub(1);
        for _ in 0..100 {
            let (odds, slope) = self.odds();
            let (mut gross, mut squares) = (0.5, 0.5 * self.gross_ratio * self.gross_ratio);
            for (step, count) in sums.counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
                if step == last {
                    gross += count;
                    squares += sums.beyond;
                } else {
                    let z = (step as f64 + 0.5) / STEPS_PER_UNIT;
                    let likely = odds * libm::exp(slope * z);
                    let share = count * likely / (1.0 + likely);
                    gross += share;
                    squares += share * z;
                }
            }
            self.gross_share = (gross / (all + 1.0)).clamp(1e-6, 0.2);
            self.gross_ratio = (squares / gross).sqrt().clamp(3.0, 30.0);
        }
    }

    /// The odds of being gross at z = 0, and how fast their logarithm grows with z².
    fn odds(&self) -> (f64, f64) {
        let odds = self.gross_share / ((1.0 - self.gross_share) * self.gross_ratio);
        (odds, 0.5 * (1.0 - 1.0 / (self.gross_ratio * self.gross_ratio)))
    }

    /// Weighted least squares of the classes' variances on 1, 1/E and 1/E², no coefficient negative: the best of the seven choices of terms.
    fn fit(&mut self, sums: &NoiseSums) {
        for _ in 0..4 {
            let mut normal = [[0.0; 3]; 3];
            let mut right = [0.0; 3];
            for class in 0..ENERGY_CLASSES {
                let read = |values: &[f64; ENERGY_CLASSES]| values.get(class).copied().unwrap_or(0.0);
                let (count, [first, second]) =
                    (read(&sums.ordinary), self.inverses.get(class).copied().unwrap_or_default());
                if count < 1.0 {
                    continue;
                }
                let fitted = read(&self.variances);
                let weight = count / (fitted * fitted);
                let terms = [1.0, first, second];
                for (row, one) in normal.iter_mut().zip(terms) {
                    for (cell, other) in row.iter_mut().zip(terms) {
                        *cell += weight * one * other;
                    }
                }
                for (cell, term) in right.iter_mut().zip(terms) {
                    *cell += weight * term * read(&sums.squares) / count;
                }
            }
            if let Some(best) = smallest(&normal, &right) {
                self.coefficients = best;
            }
            self.tabulate();
        }
    }

    fn tabulate(&mut self) {
        let [a, b, c] = self.coefficients;
        for (variance, [first, second]) in self.variances.iter_mut().zip(self.inverses) {
            *variance = (a + b * first + c * second).max(1e-12);
        }
        let (odds, slope) = self.odds();
        self.ordinary = (0..=(LARGEST * STEPS_PER_UNIT) as usize)
            .map(|step| 1.0 / (1.0 + odds * libm::exp(slope * step as f64 / STEPS_PER_UNIT)))
            .collect();
    }
}

impl NoiseSums {
    /// Takes a session with its probability of being ordinary, its squared residual freed from the share that the fit took, and φ.
    pub fn add(&mut self, session: Kept, ordinary: f64, squared: f64, variance: f64) {
        let class = session.energy_class();
        if let (Some(count), Some(squares)) = (self.ordinary.get_mut(class), self.squares.get_mut(class)) {
            *count += ordinary;
            *squares += ordinary * squared;
        }
        let relative = squared / variance;
        let last = self.counts.len().saturating_sub(1);
        let step = ((relative * STEPS_PER_UNIT) as usize).min(last);
        if let Some(count) = self.counts.get_mut(step) {
            *count += 1.0;
        }
        if step == last {
            // A gross session of any size counts as one a hundred times as far, so that one does not decide about all.
            self.beyond += relative.min(10_000.0);
        }
    }
}

/// The coefficients of the smallest sum of squares that are not negative.
fn smallest(normal: &[[f64; 3]; 3], right: &[f64; 3]) -> Option<[f64; 3]> {
    let mut best: Option<([f64; 3], f64)> = None;
    for choice in 1_u8..8 {
        let mut matrix = *normal;
        let mut vector = *right;
        for (place, (row, cell)) in matrix.iter_mut().zip(&mut vector).enumerate() {
            for (other, entry) in row.iter_mut().enumerate() {
                if choice >> place & 1 == 0 || choice >> other & 1 == 0 {
                    *entry = if place == other { 1.0 } else { 0.0 };
                }
            }
            if choice >> place & 1 == 0 {
                *cell = 0.0;
            }
        }
        let Some(found) = super::small::solved(&matrix, &vector) else { continue };
        if found.iter().any(|value| *value < 0.0) {
            continue;
        }
        // The sum of squares less that of the data: −xᵀb at the minimum.
        let objective = -found.iter().zip(right).map(|(x, b)| x * b).sum::<f64>();
        if best.is_none_or(|(_, least)| objective < least) {
            best = Some((found, objective));
        }
    }
    best.map(|(found, _)| found)
}
