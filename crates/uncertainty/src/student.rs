//! Student's t distribution; the normal distribution where the degrees of freedom are infinite.

use crate::special::root::root;
use crate::special::{beta, normal};

/// P(T ≤ t) for ν degrees of freedom; the normal distribution where ν is infinite.
///
/// P = 1 − I_x(ν/2, ½)/2 for t ≥ 0 with x = ν/(ν + t²). Source: JCGM 100:2008, G.3.2; Abramowitz and Stegun, 26.5.27.
pub fn cumulative(t: f64, degrees_of_freedom: f64) -> f64 {
    survival(-t, degrees_of_freedom)
}

/// P(T > t), which keeps its digits where it is small.
pub fn survival(t: f64, degrees_of_freedom: f64) -> f64 {
    if degrees_of_freedom == f64::INFINITY {
        return normal::survival(t);
    }
    let square = t * t / degrees_of_freedom;
    let tail = if square > FAR {
        far_tail(t, degrees_of_freedom)
    } else {
        beta::lower_of(degrees_of_freedom / 2.0, 0.5, 1.0 / (1.0 + square), square / (1.0 + square)) / 2.0
    };
    if t < 0.0 { 1.0 - tail } else { tail }
}

/// The density at t: Γ((ν + 1)/2)/(√(νπ) Γ(ν/2)) (1 + t²/ν)^(−(ν + 1)/2).
pub fn density(t: f64, degrees_of_freedom: f64) -> f64 {
    if degrees_of_freedom == f64::INFINITY {
        return normal::density(t);
    }
    let square = t * t / degrees_of_freedom;
    if !(degrees_of_freedom > 0.0 && square >= 0.0) {
        return f64::NAN;
    }
    if square > FAR {
        return far_tail(t, degrees_of_freedom) * (degrees_of_freedom / libm::fabs(t));
    }
    let (x, y) = (1.0 / (1.0 + square), square / (1.0 + square));
    if y < 1e-290 {
        // In the middle the power is 1.
        return beta::inverse(degrees_of_freedom / 2.0, 0.5) / libm::sqrt(degrees_of_freedom);
    }
    beta::power(degrees_of_freedom / 2.0, 0.5, x, y) / libm::fabs(t)
}

/// t with P(T ≤ t) = `probability` for ν degrees of freedom, to the last digits; no number outside 0 < p < 1, ν > 0.
pub fn quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    if !(probability > 0.0 && probability < 1.0 && degrees_of_freedom > 0.0) {
        return f64::NAN;
    }
    if probability > 0.5 {
        upper(1.0 - probability, degrees_of_freedom)
    } else {
        -upper(probability, degrees_of_freedom)
    }
}

/// t with P(T > t) = `probability`, which may be as small as a double can be.
pub fn upper_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    -quantile(probability, degrees_of_freedom)
}

/// Where t²/ν is larger the tail is its leading term to the last digit, and t² may soon be no number.
const FAR: f64 = 1e100;

/// (√ν/|t|)^ν/(ν B(ν/2, ½)).
fn far_tail(t: f64, degrees_of_freedom: f64) -> f64 {
    if degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
        return f64::NAN;
    }
    let ratio = libm::sqrt(degrees_of_freedom) / libm::fabs(t);
    libm::pow(ratio, degrees_of_freedom) * beta::inverse(degrees_of_freedom / 2.0, 0.5) / degrees_of_freedom
}

/// The same for 0 < p ≤ ½, from the normal quantile and its first correction (Abramowitz and Stegun, 26.7.5).
fn upper(probability: f64, degrees_of_freedom: f64) -> f64 {
    let z = normal::upper_quantile(probability);
    if degrees_of_freedom == f64::INFINITY || z <= 0.0 {
        return z.max(0.0);
    }
    let start = z + z * (z * z + 1.0) / (4.0 * degrees_of_freedom);
    root(0.0, f64::MAX, start, |t| {
        let tail = survival(t, degrees_of_freedom);
        (-libm::log(tail / probability), density(t, degrees_of_freedom) / tail)
    })
}
