//! Homogeneity between bottles by analysis of variance.

use serde::Serialize;

use crate::distribution::{f_quantile, f_survival};
use crate::error::{ComparisonError, checked};
use crate::statistics::{average, square};

/// Which of the two evaluations gives u_bb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Governing {
    /// s_bb, the standard deviation between bottles.
    BetweenBottles,
    /// u*_bb, what the repeatability of the measurement could hide.
    HiddenByRepeatability,
}

/// One-way analysis of variance of bottles. Mean squares are in the square of the unit of the values, s and u in the unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BottleHomogeneity {
    /// g.
    pub bottles: usize,
    /// N.
    pub observations: usize,
    /// The mean of all values.
    pub mean: f64,
    /// MS_between.
    pub mean_square_between: f64,
    /// MS_within.
    pub mean_square_within: f64,
    /// g − 1.
    pub degrees_of_freedom_between: f64,
    /// N − g.
    pub degrees_of_freedom_within: f64,
    /// n₀, the number of values of a bottle; where they differ, (N − Σ nᵢ²/N)/(g − 1).
    pub replicates: f64,
    /// F = MS_between/MS_within; none where nothing varies within bottles.
    pub f: Option<f64>,
    /// The quantile of F at 0.95.
    pub f_critical: f64,
    /// P(F ≥ f) where all bottles are alike.
    pub p_value: Option<f64>,
    /// Whether F is above the quantile.
    pub is_significant: bool,
    /// s_bb = √((MS_between − MS_within)/n₀), zero where that is negative.
    pub between_bottles: f64,
    /// Whether MS_between < MS_within.
    pub is_variance_negative: bool,
    /// u*_bb = √(MS_within/n₀) (2/ν_within)^¼.
    pub hidden_by_repeatability: f64,
    /// u_bb, the larger of s_bb and u*_bb.
    pub standard_uncertainty: f64,
    /// Which of them it is.
    pub governing: Governing,
}

/// α of the test.
const SIGNIFICANCE: f64 = 0.05;

/// Homogeneity between bottles, each with its values, all in one unit; the numbers of values may differ.
///
/// Errors: fewer than two bottles; a bottle without values; no bottle with two; a value that is no finite number.
///
/// Source: ISO 33405:2024 (ISO Guide 35:2017, clause 7); Linsinger et al., Accred. Qual. Assur. 6 (2001) 20; JJF 1343-2022.
pub fn bottle_homogeneity(bottles: &[Vec<f64>]) -> Result<BottleHomogeneity, ComparisonError> {
    if bottles.len() < 2 {
        return Err(ComparisonError::TooFew { needed: 2, given: bottles.len() });
    }
    for bottle in bottles {
        checked(bottle, 1)?;
    }
    let all: Vec<f64> = bottles.iter().flatten().copied().collect();
    let (g, n) = (bottles.len() as f64, all.len() as f64);
    if all.len() <= bottles.len() {
        return Err(ComparisonError::Unbalanced);
    }
    let mean = average(&all);
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for bottle in bottles {
        let own = average(bottle);
        between += bottle.len() as f64 * square(own - mean);
        within += bottle.iter().map(|value| square(value - own)).sum::<f64>();
        squares += square(bottle.len() as f64);
    }
    let (of_bottles, of_values) = (g - 1.0, n - g);
    let (mean_square_between, mean_square_within) = (between / of_bottles, within / of_values);
    let replicates = (n - squares / n) / of_bottles;
    let difference = mean_square_between - mean_square_within;
    let between_bottles = libm::sqrt(difference.max(0.0) / replicates);
    let hidden_by_repeatability = libm::sqrt(mean_square_within / replicates) * libm::sqrt(libm::sqrt(2.0 / of_values));
    let f = (mean_square_within > 0.0).then(|| mean_square_between / mean_square_within);
    let f_critical = f_quantile(1.0 - SIGNIFICANCE, of_bottles, of_values);
    let governing = if between_bottles >= hidden_by_repeatability {
        Governing::BetweenBottles
    } else {
        Governing::HiddenByRepeatability
    };
    Ok(BottleHomogeneity {
        bottles: bottles.len(),
        observations: all.len(),
        mean,
        mean_square_between,
        mean_square_within,
        degrees_of_freedom_between: of_bottles,
        degrees_of_freedom_within: of_values,
        replicates,
        f,
        f_critical,
        p_value: f.map(|f| f_survival(f, of_bottles, of_values)),
        // Without scatter within bottles any difference between them is one.
        is_significant: f.map_or(between > 0.0, |f| f > f_critical),
        between_bottles,
        is_variance_negative: difference < 0.0,
        hidden_by_repeatability,
        standard_uncertainty: between_bottles.max(hidden_by_repeatability),
        governing,
    })
}
