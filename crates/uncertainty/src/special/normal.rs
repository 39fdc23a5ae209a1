//! The standard normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

/// √2 less its double.
const REST_OF_SQRT_2: f64 = -9.667_293_313_452_913e-17;

/// Φ(z) = P(Z ≤ z) = ½ erfc(−z/√2). Source: Abramowitz and Stegun, 26.2.29.
pub fn cumulative(z: f64) -> f64 {
    survival(-z)
}

/// 1 − Φ(z) = P(Z > z).
pub fn survival(z: f64) -> f64 {
    let x = z * FRAC_1_SQRT_2;
    let whole = libm::erfc(x) / 2.0;
    if libm::fabs(x) < 1.0 || x < 0.0 || !x.is_finite() || whole == 0.0 {
        return whole;
    }
    // erfc multiplies the rounding of its argument by 2x².
    let rest = (libm::fma(-x, SQRT_2, z) - x * REST_OF_SQRT_2) * FRAC_1_SQRT_2;
    whole - libm::exp(-x * x) / libm::sqrt(PI) * rest
}

/// φ(z) = exp(−z²/2)/√(2π).
pub fn density(z: f64) -> f64 {
    let square = z * z;
    if !square.is_finite() {
        return if z.is_nan() { f64::NAN } else { 0.0 };
    }
    let rest = libm::fma(z, z, -square);
    libm::exp(-square / 2.0) * (1.0 - rest / 2.0) / libm::sqrt(2.0 * PI)
}

/// z with Φ(z) = `probability`; no number outside 0 < p < 1.
///
/// ```
/// use heng_uncertainty::special::normal;
///
/// assert!((normal::quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
pub fn quantile(probability: f64) -> f64 {
    if !(probability > 0.0 && probability < 1.0) {
        return f64::NAN;
    }
    if probability > 0.5 { upper(1.0 - probability) } else { -upper(probability) }
}

/// z with 1 − Φ(z) = `probability`; no number outside 0 < p < 1.
pub fn upper_quantile(probability: f64) -> f64 {
    -quantile(probability)
}

/// The same for 0 < p ≤ ½, by Newton's method on ln(1 − Φ).
fn upper(probability: f64) -> f64 {
    if probability == 0.5 {
        return 0.0;
    }
    // Abramowitz and Stegun, 26.2.23: within 0.00045.
    let t = libm::sqrt(-2.0 * libm::log(probability));
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = t - above / below;
    for _ in 0..6 {
        let tail = survival(z);
        let step = if tail < 0.25 {
            libm::log(tail / probability) * tail / density(z)
        } else {
            (tail - probability) / density(z)
        };
        z += step;
        if libm::fabs(step) <= 1e-16 * libm::fabs(z) {
            break;
        }
    }
    z
}
