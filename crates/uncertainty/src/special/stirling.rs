//! Powers over factorials without the cancellation of their large logarithms.

use std::f64::consts::PI;

/// From here up Stirling's series has converged to the last digit.
const SERIES_FROM: f64 = 16.0;

/// B₂ₖ/(2k(2k − 1)), the coefficients of 1/z²ᵏ⁻¹ (Abramowitz and Stegun, 6.1.40).
const COEFFICIENTS: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1_260.0,
    -1.0 / 1_680.0,
    1.0 / 1_188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3_617.0 / 122_400.0,
];

/// μ(z) = ln Γ(z + 1) − (z + ½) ln z + z − ½ ln 2π, for z > 0.
///
/// Below the series by μ(z) = μ(z + 1) + (z + ½) ln(1 + 1/z) − 1.
pub(super) fn remainder(z: f64) -> f64 {
    let (mut at, mut steps) = (z, 0.0);
    while at < SERIES_FROM {
        steps += (at + 0.5) * libm::log1p(1.0 / at) - 1.0;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    steps + COEFFICIENTS.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient) / at
}

/// (m/a)ᵃ e^(a − m) for a, m > 0: at most 1, and 1 at m = a.
pub(super) fn relative_power(a: f64, m: f64) -> f64 {
    if libm::fabs(a - m) < 0.1 * (a + m) {
        return relative_power_near(a, a - m);
    }
    let ratio = m / a;
    // What the rounding of the ratio left out.
    let rest = libm::fma(-ratio, a, m) / m;
    let (difference, lost) = difference(a, m);
    // A power and an exponential may overflow where their product does not: then a root of both is taken.
    let size = libm::fabs(a * libm::log(ratio)).max(libm::fabs(difference));
    let Some(root) = [1.0, 2.0, 4.0, 8.0].into_iter().find(|root| size / root < 600.0) else {
        return libm::exp(a * libm::log(ratio) + difference);
    };
    let mut power = libm::pow(ratio, a / root) * libm::exp(difference / root);
    let mut left = root;
    while left > 1.0 {
        power *= power;
        left /= 2.0;
    }
    power * (1.0 + a * rest + lost)
}

/// The same at m = a − `difference`, where m is near a.
pub(super) fn relative_power_near(a: f64, difference: f64) -> f64 {
    libm::exp(-deviance(a, difference))
}

/// √(z/2π) e^(−μ(z)): what turns a relative power into zᶻ⁺¹e⁻ᶻ/Γ(z + 1).
pub(super) fn root_over_factorial(z: f64) -> f64 {
    libm::sqrt(z / (2.0 * PI)) * libm::exp(-remainder(z))
}

/// a ln(a/m) + m − a where m = a − d is near a: 2a Σ v²ʲ⁺¹/(2j + 1) − d with v = d/(a + m).
fn deviance(a: f64, difference: f64) -> f64 {
    let v = difference / (2.0 * a - difference);
    let mut sum = difference * v;
    let mut term = 2.0 * a * v;
    for order in 1..60 {
        term *= v * v;
        let next = sum + term / f64::from(2 * order + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// a − m, and what its rounding lost.
fn difference(a: f64, m: f64) -> (f64, f64) {
    let rounded = a - m;
    let back = rounded - a;
    (rounded, (a - (rounded - back)) - (m + back))
}
