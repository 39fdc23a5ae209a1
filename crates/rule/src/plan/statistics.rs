//! Where a figure is heading, with a band.

use heng_uncertainty::student;

/// A forecast with its band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The figure that is expected.
    pub expected: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Band {
    /// The same as far as such figures can go: a walk knows nothing of the ends that a share has.
    pub(super) fn within(self, least: f64, greatest: f64) -> Self {
        let held = |figure: f64| figure.clamp(least, greatest);
        Self { expected: held(self.expected), low: held(self.low), high: held(self.high) }
    }
}

/// The probability that the band is meant to hold with.
const COVERAGE: f64 = 0.95;

/// Where a random walk with drift is after `ahead` years.
///
/// From the figures y₀ … yₙ at the ends of n + 1 years: drift d = (yₙ − y₀)/n, s² = Σ(yᵢ − yᵢ₋₁ − d)²/(n − 1), and h years ahead
/// y = last + d·h with σ = s·√(h·(1 + h/n)) and the band y ± t(0.975; n − 1)·σ. `last` is the figure today, which may lie after yₙ.
///
/// Needs three figures at least, and h ≥ 0. Source: R. J. Hyndman and G. Athanasopoulos, *Forecasting: Principles and Practice*, 3rd ed., section 5.5,
/// table 5.2, drift method, with Student's t for the normal quantile because s is found from n values.
pub fn drift(yearly: &[f64], last: f64, ahead: f64) -> Option<Band> {
    let steps: Vec<f64> = yearly.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).collect();
    if steps.len() < 2 || ahead.is_nan() || ahead < 0.0 {
        return None;
    }
    let count = f64::from(u32::try_from(steps.len()).ok()?);
    let drift = steps.iter().sum::<f64>() / count;
    let square = steps.iter().map(|step| (step - drift) * (step - drift)).sum::<f64>() / (count - 1.0);
    let deviation = libm::sqrt(square * ahead * (1.0 + ahead / count));
    let half = student::quantile((1.0 + COVERAGE) / 2.0, count - 1.0) * deviation;
    let expected = last + drift * ahead;
    Some(Band { expected, low: expected - half, high: expected + half })
}
