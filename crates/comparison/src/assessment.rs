//! Standard deviations for assessment that do not come from the round itself (ISO 13528:2022, clause 8 and B.2.5).

use serde::Serialize;

use crate::error::{ComparisonError, checked};
use crate::statistics::square;

/// σ_pt by Horwitz's curve as modified by Thompson, as a mass fraction of a mass fraction c from 0 to 1: 0.22 c below 1.2·10⁻⁷,
/// 0.02 c^0.8495 up to 0.138, 0.01 √c above.
///
/// Source: ISO 13528:2022, 8.4, formula (8); Thompson, Analyst 125 (2000) 385.
pub fn horwitz_deviation(mass_fraction: f64) -> Result<f64, ComparisonError> {
    if !(mass_fraction > 0.0 && mass_fraction <= 1.0) {
        return Err(ComparisonError::Setting);
    }
    Ok(if mass_fraction < TRACES {
        0.22 * mass_fraction
    } else if mass_fraction <= MAIN_COMPONENTS {
        0.02 * libm::pow(mass_fraction, 0.8495)
    } else {
        0.01 * libm::sqrt(mass_fraction)
    })
}

/// Below it the curve is a straight line: ISO 13528:2022, formula (8).
const TRACES: f64 = 1.2e-7;
/// Above it the curve is a root: ISO 13528:2022, formula (8).
const MAIN_COMPONENTS: f64 = 0.138;

/// σ_pt = √(σ_R² − σ_r²(1 − 1/m)) of means of m replicates, from reproducibility and repeatability standard deviations in one unit.
///
/// Errors: σ_r above σ_R; m = 0.
///
/// Source: ISO 13528:2022, 8.5.1, formula (9).
pub fn deviation_from_precision(
    reproducibility: f64,
    repeatability: f64,
    replicates: u32,
) -> Result<f64, ComparisonError> {
    checked(&[reproducibility, repeatability], 2)?;
    if replicates == 0 {
        return Err(ComparisonError::TooFew { needed: 1, given: 0 });
    }
    if repeatability < 0.0 || reproducibility <= 0.0 || repeatability > reproducibility {
        return Err(ComparisonError::Setting);
    }
    Ok(libm::sqrt(square(reproducibility) - square(repeatability) * (1.0 - 1.0 / f64::from(replicates))))
}

/// σ'_pt = √(σ_pt² + s_s²), which allows for items that are not alike.
///
/// Source: ISO 13528:2022, B.2.5, formula (B.3).
pub fn deviation_with_items(standard_deviation: f64, between_items: f64) -> Result<f64, ComparisonError> {
    checked(&[standard_deviation, between_items], 2)?;
    if standard_deviation <= 0.0 || between_items < 0.0 {
        return Err(ComparisonError::Setting);
    }
    Ok(libm::hypot(standard_deviation, between_items))
}

/// Whether a stated uncertainty can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatedUncertainty {
    /// u_min ≤ u ≤ u_max.
    Plausible,
    /// u < u_min: smaller than that of the assigned value.
    PerhapsTooSmall,
    /// u > u_max: larger than the scatter of all results explains.
    PerhapsTooLarge,
}

/// The screening of a stated u between u_min = u(x_pt) and u_max = 1.5 s*, in one unit. It informs and judges nothing.
///
/// Source: ISO 13528:2022, 9.8.3 to 9.8.5.
pub fn stated_uncertainty(
    standard_uncertainty: f64,
    assigned_value_uncertainty: f64,
    robust_deviation: f64,
) -> Result<StatedUncertainty, ComparisonError> {
    checked(&[standard_uncertainty, assigned_value_uncertainty, robust_deviation], 3)?;
    let largest = LARGEST_PART * robust_deviation;
    if standard_uncertainty < 0.0 || assigned_value_uncertainty < 0.0 || largest < assigned_value_uncertainty {
        return Err(ComparisonError::Setting);
    }
    Ok(if standard_uncertainty < assigned_value_uncertainty {
        StatedUncertainty::PerhapsTooSmall
    } else if standard_uncertainty > largest {
        StatedUncertainty::PerhapsTooLarge
    } else {
        StatedUncertainty::Plausible
    })
}

/// u_max/s*: ISO 13528:2022, 9.8.4.
const LARGEST_PART: f64 = 1.5;
