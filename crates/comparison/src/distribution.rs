//! The normal, chi-squared and F distributions that tests and criteria ask for.

use std::f64::consts::{PI, SQRT_2};

/// Φ(z) = ½ erfc(−z/√2).
pub fn normal_cumulative(z: f64) -> f64 {
    libm::erfc(-z / SQRT_2) / 2.0
}

/// φ(z) = exp(−z²/2)/√(2π).
pub fn normal_density(z: f64) -> f64 {
    libm::exp(-z * z / 2.0) / libm::sqrt(2.0 * PI)
}

/// z with Φ(z) = `probability`, by Newton's method on ln Φ, which is concave; no number outside 0 < p < 1.
pub fn normal_quantile(probability: f64) -> f64 {
    if !(probability > 0.0 && probability < 1.0) {
        return f64::NAN;
    }
    if probability > 0.5 {
        return -normal_quantile(1.0 - probability);
    }
    let target = libm::log(probability);
    let mut z = -libm::sqrt(-2.0 * libm::log(2.0 * probability));
    for _ in 0..100 {
        let below = normal_cumulative(z);
        let step = (libm::log(below) - target) * below / normal_density(z);
        z -= step;
        if libm::fabs(step) <= 1e-16 * libm::fabs(z).max(1.0) {
            break;
        }
    }
    z
}

/// P(χ² ≤ x) for ν degrees of freedom: the regularized incomplete gamma function P(ν/2, x/2).
///
/// Source: Abramowitz and Stegun, 26.4.19. No number where ν ≤ 0.
pub fn chi_squared_cumulative(x: f64, degrees_of_freedom: f64) -> f64 {
    gamma_parts(degrees_of_freedom / 2.0, x / 2.0).0
}

/// P(χ² > x), the p-value of an observed x, to full relative precision in the tail.
pub fn chi_squared_survival(x: f64, degrees_of_freedom: f64) -> f64 {
    gamma_parts(degrees_of_freedom / 2.0, x / 2.0).1
}

/// x with P(χ² ≤ x) = `probability`; no number outside 0 < p < 1, ν > 0.
pub fn chi_squared_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    let is_usable = probability > 0.0 && probability < 1.0 && degrees_of_freedom > 0.0;
    if !(is_usable && degrees_of_freedom.is_finite()) {
        return f64::NAN;
    }
    quantile(probability, degrees_of_freedom, |x| gamma_parts(degrees_of_freedom / 2.0, x / 2.0))
}

/// P(F ≤ f) for ν₁ and ν₂ degrees of freedom: I_x(ν₁/2, ν₂/2) with x = ν₁f/(ν₁f + ν₂).
///
/// Source: Abramowitz and Stegun, 26.6.2. No number where ν₁ or ν₂ ≤ 0.
pub fn f_cumulative(f: f64, numerator: f64, denominator: f64) -> f64 {
    f_parts(f, numerator, denominator).0
}

/// P(F > f), the p-value of an observed f, to full relative precision in the tail.
pub fn f_survival(f: f64, numerator: f64, denominator: f64) -> f64 {
    f_parts(f, numerator, denominator).1
}

/// f with P(F ≤ f) = `probability`; no number outside 0 < p < 1, ν₁ > 0, ν₂ > 0.
pub fn f_quantile(probability: f64, numerator: f64, denominator: f64) -> f64 {
    let is_usable = probability > 0.0 && probability < 1.0 && numerator > 0.0 && denominator > 0.0;
    if !(is_usable && numerator.is_finite() && denominator.is_finite()) {
        return f64::NAN;
    }
    quantile(probability, 1.0, |f| f_parts(f, numerator, denominator))
}

/// The root of an increasing function of x ≥ 0 given with its complement, by halving the exponent first and then the interval.
fn quantile(probability: f64, start: f64, parts: impl Fn(f64) -> (f64, f64)) -> f64 {
    // Compare the smaller of both tails, where the last digits still tell something.
    let is_below = |x: f64| {
        let (below, above) = parts(x);
        if probability <= 0.5 { below < probability } else { above > 1.0 - probability }
    };
    let (mut low, mut high) = (start, start);
    while !is_below(low) && low > 1e-300 {
        low /= 2.0;
    }
    while is_below(high) && high < 1e300 {
        high *= 2.0;
    }
    bisection(low, high, is_below)
}

/// The place between `low` and `high` where `is_below` turns false, to the last digit.
pub(crate) fn bisection(mut low: f64, mut high: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..2_000 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// (P(a, x), Q(a, x)): the series below the mean, Lentz's continued fraction above it (Abramowitz and Stegun, 6.5.29 and 6.5.31).
fn gamma_parts(a: f64, x: f64) -> (f64, f64) {
    if a.is_nan() || a <= 0.0 || x.is_nan() || a.is_infinite() {
        return (f64::NAN, f64::NAN);
    }
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    let density = poisson(a, x);
    if x < a + 1.0 {
        let (mut term, mut sum, mut place) = (1.0, 1.0, a);
        for _ in 0..MOST_TERMS {
            place += 1.0;
            term *= x / place;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let below = density * sum;
        return (below, 1.0 - below);
    }
    // Γ(a, x) = xᵃ e⁻ˣ / (x + 1 − a − 1(1 − a)/(x + 3 − a − …)).
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for step in 1..MOST_TERMS {
        let n = f64::from(step);
        let term = -n * (n - a);
        b += 2.0;
        d = 1.0 / away_from_zero(term * d + b);
        c = away_from_zero(b + term / c);
        fraction *= d * c;
        if libm::fabs(d * c - 1.0) < 1e-16 {
            break;
        }
    }
    let above = density * a * fraction;
    (1.0 - above, above)
}

/// Far more than √a terms, which is what the series and the fraction need about the mean.
const MOST_TERMS: u32 = 200_000;

/// xᵃ e⁻ˣ / Γ(a + 1), by its deviance so that nothing large cancels.
fn poisson(a: f64, x: f64) -> f64 {
    libm::exp(-deviance(a, x) - stirling_error(a)) / libm::sqrt(2.0 * PI * a)
}

/// a ln(a/x) + x − a, zero where x = a.
fn deviance(a: f64, x: f64) -> f64 {
    let relative = (x - a) / a;
    if libm::fabs(relative) > 0.5 {
        return a * libm::log(a / x) + x - a;
    }
    // λ − 1 − ln λ with λ = x/a, about 1: −2(v³/3 + v⁵/5 + …) and what the first term of the logarithm leaves, v = (λ − 1)/(λ + 1).
    let v = (x - a) / (x + a);
    let (mut power, mut sum, mut order) = (v * v * v, 0.0, 3.0);
    loop {
        let term = power / order;
        sum += term;
        if libm::fabs(term) <= libm::fabs(sum) * 1e-17 || order > 200.0 {
            break;
        }
        power *= v * v;
        order += 2.0;
    }
    (x - a) * v - 2.0 * a * sum
}

/// ln Γ(a + 1) − (a + ½) ln a + a − ½ ln 2π (Abramowitz and Stegun, 6.1.42).
fn stirling_error(a: f64) -> f64 {
    if a < 16.0 {
        // The gamma function itself is far from overflow here, and good to its last digits.
        let ratio = libm::tgamma(a + 1.0) / libm::sqrt(2.0 * PI);
        return libm::log(ratio) - (a + 0.5) * libm::log(a) + a;
    }
    let square = a * a;
    let mut sum = 0.0;
    for coefficient in STIRLING.iter().rev() {
        sum = coefficient - sum / square;
    }
    sum / a
}

/// Absolute values of B₂ₙ/(2n(2n − 1)); their signs alternate.
const STIRLING: [f64; 7] =
    [1.0 / 12.0, 1.0 / 360.0, 1.0 / 1_260.0, 1.0 / 1_680.0, 1.0 / 1_188.0, 691.0 / 360_360.0, 1.0 / 156.0];

fn f_parts(f: f64, numerator: f64, denominator: f64) -> (f64, f64) {
    let is_usable = numerator > 0.0 && denominator > 0.0 && numerator.is_finite() && denominator.is_finite();
    if !is_usable || f.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    if f <= 0.0 {
        return (0.0, 1.0);
    }
    if f.is_infinite() {
        return (1.0, 0.0);
    }
    let ratio = numerator / denominator * f;
    beta_parts(ratio / (1.0 + ratio), 1.0 / (1.0 + ratio), numerator / 2.0, denominator / 2.0)
}

/// (I_x(a, b), 1 − I_x(a, b)) with y = 1 − x given beside x, by Lentz's continued fraction (Abramowitz and Stegun, 26.5.8).
fn beta_parts(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    // The fraction converges quickly only on one side of the mean.
    if x > (a + 1.0) / (a + b + 2.0) {
        let (above, below) = beta_lower(y, x, b, a);
        return (below, above);
    }
    beta_lower(x, y, a, b)
}

fn beta_lower(x: f64, y: f64, a: f64, b: f64) -> (f64, f64) {
    let (mut c, mut d) = (1.0, 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..MOST_TERMS {
        let m = f64::from(step);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            fraction *= c * d;
        }
        if libm::fabs(c * d - 1.0) < 1e-16 {
            break;
        }
    }
    // xᵃ yᵇ / (a B(a, b)) by deviances: n = a + b.
    let n = a + b;
    let exponent = stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y);
    let density = libm::exp(exponent) * libm::sqrt(a * b / (2.0 * PI * n));
    let below = density / a * fraction;
    (below, 1.0 - below)
}

fn away_from_zero(value: f64) -> f64 {
    if libm::fabs(value) < 1e-300 { 1e-300 } else { value }
}
