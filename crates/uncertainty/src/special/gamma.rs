//! The incomplete gamma functions and the gamma distribution of scale 1.

use super::root::root;
use super::stirling::{relative_power, relative_power_near, root_over_factorial};
use super::{Side, Tails};
use crate::quadrature::panel;

/// Beyond this shape a series needs thousands of terms and the density is integrated instead.
const INTEGRATED_FROM: f64 = 1e5;

/// P(a, x) = γ(a, x)/Γ(a) = P(X ≤ x) for X of gamma distribution with shape a > 0, x ≥ 0.
///
/// By the power series (Abramowitz and Stegun, 6.5.29) below the mean and the continued fraction (6.5.31) above.
pub fn lower(shape: f64, x: f64) -> f64 {
    tails(shape, x).lower
}

/// Q(a, x) = Γ(a, x)/Γ(a) = 1 − P(a, x).
pub fn upper(shape: f64, x: f64) -> f64 {
    tails(shape, x).upper
}

/// xᵃ⁻¹e⁻ˣ/Γ(a).
pub fn density(shape: f64, x: f64) -> f64 {
    if !(shape > 0.0 && shape.is_finite()) || x.is_nan() {
        return f64::NAN;
    }
    if x < 0.0 || x == f64::INFINITY {
        return 0.0;
    }
    if x == 0.0 {
        return if shape < 1.0 {
            f64::INFINITY
        } else if shape > 1.0 {
            0.0
        } else {
            1.0
        };
    }
    power(shape, x) / x
}

/// x with P(a, x) = `probability`; no number outside 0 < p < 1, a > 0.
pub fn quantile(probability: f64, shape: f64) -> f64 {
    if probability > 0.5 {
        solved(1.0 - probability, shape, Side::Upper)
    } else {
        solved(probability, shape, Side::Lower)
    }
}

/// x with Q(a, x) = `probability`; no number outside 0 < p < 1, a > 0.
pub fn upper_quantile(probability: f64, shape: f64) -> f64 {
    if probability > 0.5 {
        solved(1.0 - probability, shape, Side::Lower)
    } else {
        solved(probability, shape, Side::Upper)
    }
}

fn solved(probability: f64, shape: f64, side: Side) -> f64 {
    if !(probability > 0.0 && probability < 1.0 && shape > 0.0 && shape.is_finite()) {
        return f64::NAN;
    }
    // Wilson and Hilferty (Abramowitz and Stegun, 26.4.17), or the first term of the series where that has no meaning.
    let z = super::normal::upper_quantile(probability);
    let ninth = 1.0 / (9.0 * shape);
    let z = if side == Side::Upper { z } else { -z };
    let cube_root = 1.0 - ninth + z * libm::sqrt(ninth);
    let start = if cube_root > 0.2 {
        shape * cube_root * cube_root * cube_root
    } else {
        libm::exp((libm::log(probability) + libm::lgamma(shape + 1.0)) / shape)
    };
    root(0.0, f64::MAX, start, |x| tails(shape, x).against(side, probability, density(shape, x)))
}

fn tails(shape: f64, x: f64) -> Tails {
    if !(shape > 0.0 && shape.is_finite()) || x.is_nan() {
        return Tails::UNDEFINED;
    }
    if x <= 0.0 {
        return Tails::of_lower(0.0);
    }
    if x == f64::INFINITY {
        return Tails::of_upper(0.0);
    }
    let power = power(shape, x);
    // The tail that may be the small one is computed.
    let switch = if shape < 1.0 { 1.0 } else { shape + 1.0 };
    if shape > INTEGRATED_FROM && libm::fabs(x - shape) < 100.0 * libm::sqrt(shape) {
        return integrated(shape, x);
    }
    if x >= switch {
        return Tails::of_upper(power * fraction(shape, x));
    }
    let lower = power / shape * series(shape, x);
    if shape < 1.0 { Tails { lower, upper: upper_of_small(shape, x) } } else { Tails::of_lower(lower) }
}

/// Q(a, x) for a, x < 1, where both tails may be small: (1 − xᵃ/Γ(a + 1)) − xᵃ/Γ(a + 1) Σ a(−x)ⁿ/((a + n) n!) from n = 1.
///
/// Source: Abramowitz and Stegun, 6.5.29.
fn upper_of_small(shape: f64, x: f64) -> f64 {
    let logarithm = shape * libm::log(x) - libm::lgamma(1.0 + shape);
    let (mut sum, mut term) = (0.0, shape);
    for step in 1..40 {
        let at = f64::from(step);
        term *= -x / at;
        sum += term / (shape + at);
    }
    -libm::expm1(logarithm) - libm::exp(logarithm) * sum
}

/// xᵃe⁻ˣ/Γ(a).
fn power(shape: f64, x: f64) -> f64 {
    if shape < 1.0 {
        return shape * libm::pow(x, shape) * libm::exp(-x) / libm::tgamma(shape + 1.0);
    }
    relative_power(shape, x) * root_over_factorial(shape)
}

/// 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …
fn series(shape: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for step in 1..100_000 {
        term *= x / (shape + f64::from(step));
        sum += term;
        if term < 1e-17 * sum {
            return sum;
        }
    }
    f64::NAN
}

/// 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), by Lentz's method.
fn fraction(shape: f64, x: f64) -> f64 {
    let away_from_zero = |value: f64| if libm::fabs(value) < 1e-300 { 1e-300 } else { value };
    let mut b = x + 1.0 - shape;
    let mut d = 1.0 / away_from_zero(b);
    let (mut c, mut value) = (1e300, d);
    for step in 1..100_000 {
        let at = f64::from(step);
        let a = at * (shape - at);
        b += 2.0;
        d = 1.0 / away_from_zero(b + a * d);
        c = away_from_zero(b + a / c);
        value *= c * d;
        if libm::fabs(c * d - 1.0) < 2e-16 {
            return value;
        }
    }
    f64::NAN
}

/// Both tails for a large shape: the density integrated outward from x, in steps of a quarter of its standard deviation.
fn integrated(shape: f64, x: f64) -> Tails {
    let is_upper = x > shape;
    let step = 0.25 * libm::sqrt(shape) * if is_upper { 1.0 } else { -1.0 };
    // The distance from x is integrated over: added to x it would be rounded by more than the digits asked for.
    let density = |away: f64| relative_power_near(shape, (shape - x) - away) / (x + away);
    let mut sum = 0.0;
    for place in 0..400 {
        let from = f64::from(place) * step;
        let part = panel(from, from + step, density);
        sum += part;
        if libm::fabs(part) <= 1e-18 * libm::fabs(sum) {
            break;
        }
    }
    let tail = libm::fabs(sum) * root_over_factorial(shape);
    if is_upper { Tails::of_upper(tail) } else { Tails::of_lower(tail) }
}
