//! Algorithm S: one standard deviation or range from those of several laboratories (ISO 13528:2022, C.4; ISO 5725-5:1998, 5.3).

use serde::Serialize;

use super::algorithm_a::third_figure;
use crate::distribution::{chi_squared_cumulative, chi_squared_quantile};
use crate::error::{ComparisonError, checked};
use crate::statistics::{middle, sorted, square};

/// Which factors and which end of the iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlgorithmS {
    /// The factors of table C.1, which goes to ν = 10; iterated until nothing changes.
    Converged,
    /// The unrounded factors, for any ν; iterated until nothing changes.
    ExactFactors,
    /// The factors of table C.1; stopped where the third significant figure of w* stays from one update to the next.
    AsPrinted,
}

/// A pooled standard deviation or range, in the unit of what was pooled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PooledSpread {
    /// How it was found.
    pub variant: AlgorithmS,
    /// w*.
    pub value: f64,
    /// How often it was updated.
    pub iterations: usize,
    /// η, the limit factor.
    pub limit_factor: f64,
    /// ξ, the adjustment factor.
    pub adjustment_factor: f64,
}

/// η and ξ for ν = 1, 2, … 10 (ISO 13528:2022, table C.1; ISO 5725-5:1998).
const FACTORS: [(f64, f64); 10] = [
    (1.645, 1.097),
    (1.517, 1.054),
    (1.444, 1.039),
    (1.395, 1.032),
    (1.359, 1.027),
    (1.332, 1.024),
    (1.310, 1.021),
    (1.292, 1.019),
    (1.277, 1.018),
    (1.264, 1.017),
];
/// The part of normal standard deviations that stays below the limit (ISO 5725-5:1998, 5.3).
const BELOW_LIMIT: f64 = 0.9;
const MOST_UPDATES: usize = 100_000;
const COLLAPSED: f64 = 1e-9;

/// w* = ξ √(Σ min(wᵢ, η w*)²/p), from the median on. ν is that of each wᵢ: 1 for ranges of two results, n − 1 for standard deviations of n.
///
/// Exact factors: η² = χ²₀.₉(ν)/ν and ξ⁻² = P(χ²(ν + 2) ≤ ν η²) + 0.1 η².
///
/// Errors: no value; one that is negative or no finite number; ν beyond table C.1 for the printed factors; w* zero or on its way to zero.
///
/// Source: ISO 13528:2022, C.4, formulae (C.11) to (C.14).
pub fn algorithm_s(
    spreads: &[f64],
    degrees_of_freedom: u32,
    variant: AlgorithmS,
) -> Result<PooledSpread, ComparisonError> {
    checked(spreads, 1)?;
    if spreads.iter().any(|spread| *spread < 0.0) {
        return Err(ComparisonError::NotFinite);
    }
    let (limit_factor, adjustment_factor) = factors(degrees_of_freedom, variant)?;
    let count = spreads.len() as f64;
    let median = middle(&sorted(spreads));
    let first = if median > 0.0 {
        median
    } else {
        libm::sqrt(spreads.iter().map(|spread| square(*spread)).sum::<f64>() / count)
    };
    if first <= 0.0 {
        return Err(ComparisonError::NoSpread);
    }
    let mut value = first;
    for update in 1..=MOST_UPDATES {
        let limit = limit_factor * value;
        let squares: f64 = spreads.iter().map(|spread| square(spread.min(limit))).sum();
        let new = adjustment_factor * libm::sqrt(squares / count);
        if new <= COLLAPSED * first {
            return Err(ComparisonError::NoSpread);
        }
        let is_settled = match variant {
            AlgorithmS::AsPrinted => update > 1 && third_figure(new) == third_figure(value),
            _ => libm::fabs(new - value) <= 1e-14 * new,
        };
        value = new;
        if is_settled {
            return Ok(PooledSpread { variant, value, iterations: update, limit_factor, adjustment_factor });
        }
    }
    Err(ComparisonError::NotSettled { updates: MOST_UPDATES })
}

fn factors(degrees_of_freedom: u32, variant: AlgorithmS) -> Result<(f64, f64), ComparisonError> {
    if variant == AlgorithmS::ExactFactors {
        if degrees_of_freedom == 0 {
            return Err(ComparisonError::DegreesOfFreedom);
        }
        let nu = f64::from(degrees_of_freedom);
        let quantile = chi_squared_quantile(BELOW_LIMIT, nu);
        let within = chi_squared_cumulative(quantile, nu + 2.0) + (1.0 - BELOW_LIMIT) * quantile / nu;
        return Ok((libm::sqrt(quantile / nu), 1.0 / libm::sqrt(within)));
    }
    let place = (degrees_of_freedom as usize).wrapping_sub(1);
    FACTORS.get(place).copied().ok_or(ComparisonError::DegreesOfFreedom)
}
