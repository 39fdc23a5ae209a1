//! The place where a monotonic function reaches zero, to the last digit.

/// Newton's method within a bracket that every step narrows; `rising` gives a value that rises with x, and its slope.
///
/// Where the values are no numbers, neither is the root; beyond the upper end it counts as infinite. At most 400 evaluations.
pub(crate) fn root(low: f64, high: f64, start: f64, rising: impl Fn(f64) -> (f64, f64)) -> f64 {
    if rising(high).0 < 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (low, high);
    let mut x = if start > low && start < high { start } else { middle(low, high) };
    let mut last_step = f64::INFINITY;
    for _ in 0..400 {
        let (value, slope) = rising(x);
        if value.is_nan() {
            return f64::NAN;
        }
        if value == 0.0 {
            return x;
        }
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let step = value / slope;
        let newton = x - step;
        // Steps that do not shrink, or leave the bracket, are no progress: it is halved instead.
        let is_progress = newton > low && newton < high && libm::fabs(step) <= 0.7 * last_step;
        let next = if is_progress { newton } else { middle(low, high) };
        last_step = if is_progress { libm::fabs(step) } else { high - low };
        if libm::fabs(next - x) <= 1e-16 * libm::fabs(x) || next <= low || next >= high {
            return if is_progress { next } else { x };
        }
        x = next;
    }
    x
}

/// Between positive ends far apart the geometric mean, which halves the exponents; above zero a place that reaches any exponent soon.
fn middle(low: f64, high: f64) -> f64 {
    if low > 0.0 && high / low > 4.0 {
        return libm::sqrt(low) * libm::sqrt(high);
    }
    if low == 0.0 && high > 4.0 {
        return libm::sqrt(high);
    }
    if low == 0.0 && high > 1e-150 {
        return high * high.min(0.0625);
    }
    low + (high - low) / 2.0
}
