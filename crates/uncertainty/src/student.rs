//! Student's t distribution.

/// P(T ≤ t) for ν degrees of freedom; the normal distribution where ν is infinite.
///
/// P = 1 − I_x(ν/2, ½)/2 for t ≥ 0 with x = ν/(ν + t²). Source: JCGM 100:2008, G.3.2; Abramowitz and Stegun, 26.5.27.
pub fn cumulative(t: f64, degrees_of_freedom: f64) -> f64 {
    let tail = if degrees_of_freedom.is_finite() {
        let x = degrees_of_freedom / (degrees_of_freedom + t * t);
        incomplete_beta(x, degrees_of_freedom / 2.0, 0.5) / 2.0
    } else {
        libm::erfc(libm::fabs(t) / std::f64::consts::SQRT_2) / 2.0
    };
    if t < 0.0 { tail } else { 1.0 - tail }
}

/// t with P(T ≤ t) = `probability` for ν degrees of freedom, by bisection to the last digit; no number outside 0 < p < 1, ν > 0.
pub fn quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    if !(probability > 0.0 && probability < 1.0 && degrees_of_freedom > 0.0) {
        return f64::NAN;
    }
    if probability < 0.5 {
        return -quantile(1.0 - probability, degrees_of_freedom);
    }
    let (mut low, mut high) = (0.0, 1.0);
    while cumulative(high, degrees_of_freedom) < probability && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..2_000 {
        let middle = (low + high) / 2.0;
        if middle == low || middle == high {
            break;
        }
        if cumulative(middle, degrees_of_freedom) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// I_x(a, b) by Lentz's continued fraction (Abramowitz and Stegun, 26.5.8).
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges quickly only on one side of the mean.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let logarithm = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log(1.0 - x);
    let away_from_zero = |value: f64| if libm::fabs(value) < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d, mut fraction) = (1.0, 0.0, 1.0);
    for step in 0..500 {
        let m = f64::from(step / 2);
        let term = if step == 0 {
            1.0
        } else if step % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        d = 1.0 / away_from_zero(1.0 + term * d);
        c = away_from_zero(1.0 + term / c);
        fraction *= c * d;
        if libm::fabs(1.0 - c * d) < 1e-16 {
            break;
        }
    }
    libm::exp(logarithm) / a * (fraction - 1.0)
}
