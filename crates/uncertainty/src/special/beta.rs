//! The incomplete beta function and the beta distribution.

use std::f64::consts::PI;

use super::root::root;
use super::stirling::{relative_power, remainder};
use super::{Side, Tails};

/// I_x(a, b) = P(X ≤ x) for X of beta distribution with a, b > 0, 0 ≤ x ≤ 1.
///
/// By a continued fraction on the side of the mean where it converges quickly.
///
/// Source: Abramowitz and Stegun, 26.5; the fraction is that of Didonato and Morris, ACM TOMS 18 (1992) 360.
pub fn lower(a: f64, b: f64, x: f64) -> f64 {
    tails(a, b, x, 1.0 - x).lower
}

/// 1 − I_x(a, b).
pub fn upper(a: f64, b: f64, x: f64) -> f64 {
    tails(a, b, x, 1.0 - x).upper
}

/// xᵃ⁻¹(1 − x)ᵇ⁻¹/B(a, b), for 0 < x < 1 and zero outside.
pub fn density(a: f64, b: f64, x: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (a + b).is_finite()) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 || x >= 1.0 { 0.0 } else { power(a, b, x, 1.0 - x) / (x * (1.0 - x)) }
}

/// x with I_x(a, b) = `probability`; no number outside 0 < p < 1, a, b > 0.
pub fn quantile(probability: f64, a: f64, b: f64) -> f64 {
    if !(probability > 0.0 && probability < 1.0) {
        return f64::NAN;
    }
    let (side, tail) = if probability > 0.5 { (Side::Upper, 1.0 - probability) } else { (Side::Lower, probability) };
    root(0.0, 1.0, a / (a + b), |x| tails(a, b, x, 1.0 - x).against(side, tail, density(a, b, x)))
}

/// Both tails at x, given with y = 1 − x, which a caller may know with more digits.
pub(super) fn tails(a: f64, b: f64, x: f64, y: f64) -> Tails {
    if !(a > 0.0 && b > 0.0 && (a + b).is_finite()) || x.is_nan() || y.is_nan() {
        return Tails::UNDEFINED;
    }
    if x <= 0.0 {
        return Tails::of_lower(0.0);
    }
    if y <= 0.0 {
        return Tails::of_upper(0.0);
    }
    if a * y < b * x {
        return Tails::of_lower(power(b, a, y, x) / fraction(b, a, y, x)).exchanged();
    }
    Tails::of_lower(power(a, b, x, y) / fraction(a, b, x, y))
}

/// The lower tail at x, given with y = 1 − x.
pub(crate) fn lower_of(a: f64, b: f64, x: f64, y: f64) -> f64 {
    tails(a, b, x, y).lower
}

/// xᵃyᵇ/B(a, b) = √(ab/(2πn)) (nx/a)ᵃ (ny/b)ᵇ e^(μ(n) − μ(a) − μ(b)) with n = a + b.
pub(crate) fn power(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    // The exponentials of both relative powers multiply to 1; they stay, because near the mean the rounding of nx cancels with them.
    let scale = libm::exp(remainder(n) - remainder(a) - remainder(b)) * libm::sqrt(a / n * b / (2.0 * PI));
    let (of_a, of_b) = (n * x, n * y);
    // What the products lost to rounding, times the slope of the logarithm.
    let lost = (a / of_a - 1.0) * libm::fma(n, x, -of_a) + (b / of_b - 1.0) * libm::fma(n, y, -of_b);
    relative_power(a, of_a) * relative_power(b, of_b) * scale * (1.0 + lost)
}

/// 1/B(a, b).
pub(crate) fn inverse(a: f64, b: f64) -> f64 {
    let n = a + b;
    power(a, b, a / n, b / n) * libm::exp(a * libm::log1p(b / a) + b * libm::log1p(a / b))
}

/// β₀ + α₁/(β₁ + α₂/(β₂ + …)) with αₘ = (a + m − 1)(a + b + m − 1)m(b − m)x²/(a + 2m − 1)² and
/// βₘ = m + m(b − m)x/(a + 2m − 1) + (a + m)(ay − bx + 1 + m(1 + y))/(a + 2m + 1), by Lentz's method.
///
/// Nothing in it cancels where x is near 1, as for t with many degrees of freedom.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let away_from_zero = |value: f64| if libm::fabs(value) < 1e-300 { 1e-300 } else { value };
    let beside = a * y - b * x + 1.0;
    let beta =
        |m: f64| m + m * (b - m) * x / (a + 2.0 * m - 1.0) + (a + m) / (a + 2.0 * m + 1.0) * (beside + m * (1.0 + y));
    let mut value = away_from_zero(a * beside / (a + 1.0));
    let (mut c, mut d) = (value, 0.0);
    for step in 1..100_000 {
        let m = f64::from(step);
        let below = a + 2.0 * m - 1.0;
        let alpha = (a + m - 1.0) / below * ((a + b + m - 1.0) / below) * (m * (b - m) * x * x);
        let beta = beta(m);
        d = 1.0 / away_from_zero(beta + alpha * d);
        c = away_from_zero(beta + alpha / c);
        value *= c * d;
        if libm::fabs(c * d - 1.0) < 2e-16 {
            return value;
        }
    }
    f64::NAN
}
