//! The F distribution of Fisher and Snedecor.

use super::beta;
use super::root::root;
use super::{Side, Tails, chi_squared};

/// P(F ≤ x) for ν₁ and ν₂ degrees of freedom, ν₂ perhaps infinite: I_w(ν₁/2, ν₂/2) with w = ν₁x/(ν₁x + ν₂).
///
/// Source: Abramowitz and Stegun, 26.6.2.
pub fn cumulative(x: f64, numerator: f64, denominator: f64) -> f64 {
    tails(x, numerator, denominator).lower
}

/// P(F > x).
pub fn survival(x: f64, numerator: f64, denominator: f64) -> f64 {
    tails(x, numerator, denominator).upper
}

/// The density at x.
pub fn density(x: f64, numerator: f64, denominator: f64) -> f64 {
    if denominator == f64::INFINITY {
        return numerator * chi_squared::density(numerator * x, numerator);
    }
    if !(numerator > 0.0 && denominator > 0.0 && numerator.is_finite()) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 || x == f64::INFINITY {
        return 0.0;
    }
    let (lower, upper) = parts(x, numerator, denominator);
    beta::power(numerator / 2.0, denominator / 2.0, lower, upper) / x
}

/// x with P(F ≤ x) = `probability`; no number outside 0 < p < 1, ν₁, ν₂ > 0.
///
/// ```
/// use heng_uncertainty::special::fisher;
///
/// // JCGM 100:2008, H.5.2.2, asks for F0.95(9, 40).
/// assert!((fisher::quantile(0.95, 9.0, 40.0) - 2.124_029_264).abs() < 1e-9);
/// ```
pub fn quantile(probability: f64, numerator: f64, denominator: f64) -> f64 {
    if probability > 0.5 {
        solved(1.0 - probability, numerator, denominator, Side::Upper)
    } else {
        solved(probability, numerator, denominator, Side::Lower)
    }
}

/// x with P(F > x) = `probability`; no number outside 0 < p < 1, ν₁, ν₂ > 0.
pub fn upper_quantile(probability: f64, numerator: f64, denominator: f64) -> f64 {
    if probability > 0.5 {
        solved(1.0 - probability, numerator, denominator, Side::Lower)
    } else {
        solved(probability, numerator, denominator, Side::Upper)
    }
}

fn solved(probability: f64, numerator: f64, denominator: f64, side: Side) -> f64 {
    if !(probability > 0.0 && probability < 1.0) {
        return f64::NAN;
    }
    // Up to here ν₁x/ν₂ is a number.
    let greatest = f64::MAX / 4.0 * (denominator / numerator).min(1.0);
    root(0.0, greatest, 1.0, |x| {
        tails(x, numerator, denominator).against(side, probability, density(x, numerator, denominator))
    })
}

fn tails(x: f64, numerator: f64, denominator: f64) -> Tails {
    if denominator == f64::INFINITY {
        let scaled = numerator * x;
        return Tails {
            lower: chi_squared::cumulative(scaled, numerator),
            upper: chi_squared::survival(scaled, numerator),
        };
    }
    if !(numerator > 0.0 && denominator > 0.0 && numerator.is_finite()) || x.is_nan() {
        return Tails::UNDEFINED;
    }
    if x <= 0.0 {
        return Tails::of_lower(0.0);
    }
    let (lower, upper) = parts(x, numerator, denominator);
    beta::tails(numerator / 2.0, denominator / 2.0, lower, upper)
}

/// ν₁x/(ν₁x + ν₂) and ν₂/(ν₁x + ν₂).
fn parts(x: f64, numerator: f64, denominator: f64) -> (f64, f64) {
    let ratio = numerator * x / denominator;
    if ratio == f64::INFINITY { (1.0, 0.0) } else { (ratio / (1.0 + ratio), 1.0 / (1.0 + ratio)) }
}
