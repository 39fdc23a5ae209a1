//! The distributions that comparisons are judged by, under the names by which this crate knows them.

pub use heng_uncertainty::special::chi_squared::{
    cumulative as chi_squared_cumulative, quantile as chi_squared_quantile, survival as chi_squared_survival,
};
pub use heng_uncertainty::special::fisher::{
    cumulative as f_cumulative, quantile as f_quantile, survival as f_survival,
};
pub use heng_uncertainty::special::normal::{
    cumulative as normal_cumulative, density as normal_density, quantile as normal_quantile,
};

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

/// The root of a rising function between two places, to a part in 10¹⁴, by false position that halves what stays (Illinois) and by halving every third
/// time: for functions that are dear, such as integrals, where [`bisection`] to the last digit would ask for too many of them.
pub(crate) fn false_position(mut low: f64, mut high: f64, height: impl Fn(f64) -> f64) -> f64 {
    let (mut below, mut above) = (height(low), height(high));
    for step in 0..300 {
        if high - low <= 1e-14 * (1.0 + libm::fabs(low)) {
            break;
        }
        let secant = low + (high - low) * below / (below - above);
        let is_inside = secant > low && secant < high;
        let place = if step % 3 == 2 || !is_inside { f64::midpoint(low, high) } else { secant };
        let found = height(place);
        if found < 0.0 {
            (low, below) = (place, found);
            above /= 2.0;
        } else {
            (high, above) = (place, found);
            below /= 2.0;
        }
    }
    f64::midpoint(low, high)
}
