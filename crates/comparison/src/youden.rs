//! The ellipse of a Youden plot: where the results of two similar items lie together, if laboratories are alike.

use serde::Serialize;

use crate::error::{ComparisonError, checked};
use crate::statistics::{average, square};

/// Where a part p of all laboratories is expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct YoudenEllipse {
    /// p.
    pub probability: f64,
    /// The means of both items.
    pub centre: [f64; 2],
    /// Their standard deviations, s_A and s_B.
    pub standard_deviations: [f64; 2],
    /// r.
    pub correlation: f64,
    /// T².
    pub squared_distance: f64,
}

/// z_A² − 2r z_A z_B + z_B² = (1 − r²)T² with T² = 2(n − 1)/(n − 2) · F_p(2, n − 2), of n pairs in their units; z are the distances from the means in
/// standard deviations.
///
/// F has a closed form for two degrees of freedom above: F_p(2, m) = m/2 · ((1 − p)^(−2/m) − 1).
///
/// Errors: fewer than three pairs; an item without scatter; pairs along one line; a value that is no finite number; p outside (0, 1).
///
/// Source: ISO 13528:2005, 8.5; Hotelling, Ann. Math. Stat. 2 (1931) 360.
///
/// ```
/// let pairs = [[10.0, 20.1], [10.2, 20.0], [9.9, 19.7], [10.1, 20.4], [9.8, 19.8]];
/// let ellipse = heng_comparison::youden::youden_ellipse(&pairs, 0.95)?;
/// assert!(pairs.iter().all(|pair| ellipse.contains(*pair)));
/// # Ok::<(), heng_comparison::ComparisonError>(())
/// ```
pub fn youden_ellipse(pairs: &[[f64; 2]], probability: f64) -> Result<YoudenEllipse, ComparisonError> {
    let [first, second] =
        [0, 1].map(|item| -> Vec<f64> { pairs.iter().map(|[a, b]| if item == 0 { *a } else { *b }).collect() });
    checked(&first, 3)?;
    checked(&second, 3)?;
    if !(probability > 0.0 && probability < 1.0) {
        return Err(ComparisonError::Setting);
    }
    let count = pairs.len() as f64;
    let centre = [average(&first), average(&second)];
    let [mean_a, mean_b] = centre;
    let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|[a, b]| of(a - mean_a, b - mean_b)).sum::<f64>();
    let standard_deviations =
        [sum(&|a, _| square(a)), sum(&|_, b| square(b))].map(|squares| libm::sqrt(squares / (count - 1.0)));
    let [s_a, s_b] = standard_deviations;
    if s_a <= 0.0 || s_b <= 0.0 {
        return Err(ComparisonError::NoSpread);
    }
    let correlation = sum(&|a, b| (a / s_a) * (b / s_b)) / (count - 1.0);
    if libm::fabs(correlation) >= 1.0 - LINE {
        return Err(ComparisonError::NoSpread);
    }
    let below = count - 2.0;
    // expm1 keeps the digits where there are many laboratories.
    let quantile = below / 2.0 * libm::expm1(-2.0 / below * libm::log1p(-probability));
    let squared_distance = 2.0 * (count - 1.0) / below * quantile;
    Ok(YoudenEllipse { probability, centre, standard_deviations, correlation, squared_distance })
}

/// A correlation nearer to one than this is a line but for rounding.
const LINE: f64 = 1e-12;

impl YoudenEllipse {
    /// Whether a pair lies within.
    pub fn contains(&self, [first, second]: [f64; 2]) -> bool {
        let ([x, y], [s_a, s_b], r) = (self.centre, self.standard_deviations, self.correlation);
        let (a, b) = ((first - x) / s_a, (second - y) / s_b);
        a * a - 2.0 * r * a * b + b * b <= (1.0 - r * r) * self.squared_distance
    }

    /// `count` points of the rim, all around.
    pub fn rim(&self, count: usize) -> Vec<[f64; 2]> {
        let ([x, y], [s_a, s_b], r) = (self.centre, self.standard_deviations, self.correlation);
        let (t, across) = (libm::sqrt(self.squared_distance), libm::sqrt(1.0 - r * r));
        (0..count)
            .map(|step| {
                let angle = 2.0 * std::f64::consts::PI * step as f64 / count as f64;
                let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
                [x + t * s_a * cosine, y + t * s_b * (r * cosine + across * sine)]
            })
            .collect()
    }
}
