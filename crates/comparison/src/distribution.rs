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
