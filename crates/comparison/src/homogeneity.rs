//! Whether the items of a proficiency test are alike and stay so (ISO 13528:2022, annex B).

use serde::Serialize;

use crate::distribution::{chi_squared_quantile, f_quantile, f_survival};
use crate::error::{ComparisonError, checked};
use crate::score::{NEGLIGIBLE_PART, NEGLIGIBLE_PART_OF_ERROR};
use crate::statistics::{average, square, variance};

/// What the items are held against, in their unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// σ_pt; the criterion is 0.3 σ_pt (formula B.1).
    StandardDeviation(f64),
    /// δ_E; the criterion is 0.1 δ_E (formula B.2).
    MaximumError(f64),
}

impl Allowed {
    /// 0.3 σ_pt or 0.1 δ_E; no number where it is not above zero.
    pub fn criterion(self) -> Result<f64, ComparisonError> {
        let (value, part) = match self {
            Self::StandardDeviation(value) => (value, NEGLIGIBLE_PART),
            Self::MaximumError(value) => (value, NEGLIGIBLE_PART_OF_ERROR),
        };
        checked(&[value], 1)?;
        if value > 0.0 { Ok(part * value) } else { Err(ComparisonError::NoDenominator) }
    }
}

/// The homogeneity of g items measured m times each. All but counts, F and probabilities are in the unit of the values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemHomogeneity {
    /// g.
    pub items: usize,
    /// m.
    pub replicates: usize,
    /// The mean of all values.
    pub mean: f64,
    /// s_x, the standard deviation of the means of items.
    pub standard_deviation_of_means: f64,
    /// s_w, within items; none where each was measured once.
    pub within_items: Option<f64>,
    /// s_s, between items; the standard deviation of all values where each was measured once.
    pub between_items: f64,
    /// Whether s_x² − s_w²/m was below zero, so that s_s is set to zero.
    pub is_variance_negative: bool,
    /// 0.3 σ_pt or 0.1 δ_E.
    pub criterion: Option<f64>,
    /// Whether s_s ≤ the criterion.
    pub is_homogeneous: Option<bool>,
    /// F₁ and F₂ of table B.1, for these numbers of items and values; none where each item was measured once.
    pub expanded_criterion_factors: Option<[f64; 2]>,
    /// √(F₁ c² + F₂ s_w²), which allows for the scatter of s_s itself.
    pub expanded_criterion: Option<f64>,
    /// Whether s_s ≤ the expanded criterion.
    pub is_homogeneous_expanded: Option<bool>,
    /// F = m s_x²/s_w²; none where nothing varies within items.
    pub f: Option<f64>,
    /// The quantile of F at 1 − α.
    pub f_critical: Option<f64>,
    /// P(F ≥ f) where all items are alike.
    pub p_value: Option<f64>,
    /// Cochran's test of the item that varies most within itself; none where items were measured once or nothing varies.
    pub cochran: Option<Cochran>,
    /// u_hom of a value assigned to all items: s_s (7.2.2, formula 3; B.2.5).
    pub standard_uncertainty: f64,
}

/// Cochran's test: whether one item varies more within itself than the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cochran {
    /// The place of the item, from zero.
    pub item: usize,
    /// C = s²_max/Σ s².
    pub statistic: f64,
    /// The critical value at 5 %.
    pub critical_value: f64,
    /// Whether C is above it: look at this item before trusting the test.
    pub is_outlier: bool,
}

/// α of the criteria and tests of annex B.
const SIGNIFICANCE: f64 = 0.05;

/// The homogeneity of items: s_x² = Σ(x̄ₜ − x̄)²/(g − 1), s_w² = Σ sₜ²/g, s_s² = max(0, s_x² − s_w²/m).
///
/// Expanded criterion: √(F₁ c² + F₂ s_w²). F test: F = m s_x²/s_w² with g − 1 and g(m − 1) degrees of freedom, at 5 %.
/// Where each item has one value, s_s is the standard deviation of all, an upper bound (B.1).
///
/// Errors: fewer than two items; different numbers of values; a value that is no finite number.
///
/// Source: ISO 13528:2022, B.2 and B.3, formulae (B.1) to (B.16).
pub fn homogeneity(items: &[Vec<f64>], allowed: Option<Allowed>) -> Result<ItemHomogeneity, ComparisonError> {
    if items.len() < 2 {
        return Err(ComparisonError::TooFew { needed: 2, given: items.len() });
    }
    let replicates = items.first().map_or(0, Vec::len);
    if replicates == 0 || items.iter().any(|item| item.len() != replicates) {
        return Err(ComparisonError::Unbalanced);
    }
    for item in items {
        checked(item, 1)?;
    }
    let criterion = allowed.map(Allowed::criterion).transpose()?;
    let (g, m) = (items.len() as f64, replicates as f64);
    let means: Vec<f64> = items.iter().map(|item| average(item)).collect();
    let of_means = variance(&means);
    let mut homogeneity = ItemHomogeneity {
        items: items.len(),
        replicates,
        mean: average(&means),
        standard_deviation_of_means: libm::sqrt(of_means),
        within_items: None,
        between_items: libm::sqrt(of_means),
        is_variance_negative: false,
        criterion,
        is_homogeneous: None,
        expanded_criterion_factors: None,
        expanded_criterion: None,
        is_homogeneous_expanded: None,
        f: None,
        f_critical: None,
        p_value: None,
        cochran: None,
        standard_uncertainty: 0.0,
    };
    if replicates > 1 {
        let variances: Vec<f64> = items.iter().map(|item| variance(item)).collect();
        let within = variances.iter().sum::<f64>() / g;
        homogeneity.cochran = cochran(&variances, m - 1.0);
        let between = of_means - within / m;
        homogeneity.within_items = Some(libm::sqrt(within));
        homogeneity.between_items = libm::sqrt(between.max(0.0));
        homogeneity.is_variance_negative = between < 0.0;
        if within > 0.0 {
            let f = m * of_means / within;
            homogeneity.f = Some(f);
            homogeneity.f_critical = Some(f_quantile(1.0 - SIGNIFICANCE, g - 1.0, g * (m - 1.0)));
            homogeneity.p_value = Some(f_survival(f, g - 1.0, g * (m - 1.0)));
        }
        let (first, second) = expanded_factors(g, m);
        homogeneity.expanded_criterion_factors = Some([first, second]);
        let expanded = criterion.map(|criterion| libm::sqrt(first * square(criterion) + second * within));
        homogeneity.expanded_criterion = expanded;
        homogeneity.is_homogeneous_expanded = expanded.map(|expanded| homogeneity.between_items <= expanded);
    }
    homogeneity.is_homogeneous = criterion.map(|criterion| homogeneity.between_items <= criterion);
    homogeneity.standard_uncertainty = homogeneity.between_items;
    Ok(homogeneity)
}

/// Cochran's C of variances with ν degrees of freedom each, critical above 1/(1 + (g − 1)/F) with F at 1 − α/g for ν and (g − 1)ν degrees.
///
/// Source: ISO 5725-2:2019, Cochran's test and its table of critical values; ISO 13528:2022, B.2.1.
fn cochran(variances: &[f64], degrees_of_freedom: f64) -> Option<Cochran> {
    let sum: f64 = variances.iter().sum();
    let (item, largest) =
        variances.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0)))?;
    if sum <= 0.0 {
        return None;
    }
    let others = variances.len() as f64 - 1.0;
    let f = f_quantile(1.0 - SIGNIFICANCE / (others + 1.0), degrees_of_freedom, others * degrees_of_freedom);
    let (statistic, critical_value) = (largest / sum, 1.0 / (1.0 + others / f));
    Some(Cochran { item, statistic, critical_value, is_outlier: statistic > critical_value })
}

/// F₁ = χ²₀.₉₅(g − 1)/(g − 1) and F₂ = (F₀.₉₅(g − 1, g(m − 1)) − 1)/m of the expanded criterion for g items measured m times.
///
/// Source: ISO 13528:2022, B.2.3 and table B.1, which has them to two decimals for m = 2.
pub fn expanded_criterion_factors(items: usize, replicates: usize) -> Result<(f64, f64), ComparisonError> {
    if items < 2 || replicates < 2 {
        return Err(ComparisonError::TooFew { needed: 2, given: items.min(replicates) });
    }
    Ok(expanded_factors(items as f64, replicates as f64))
}

fn expanded_factors(g: f64, m: f64) -> (f64, f64) {
    let first = chi_squared_quantile(1.0 - SIGNIFICANCE, g - 1.0) / (g - 1.0);
    let second = (f_quantile(1.0 - SIGNIFICANCE, g - 1.0, g * (m - 1.0)) - 1.0) / m;
    (first, second)
}

/// The stability of items between two occasions, in their unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemStability {
    /// ȳ₁, of the homogeneity test.
    pub first_mean: f64,
    /// ȳ₂, of the later measurement.
    pub later_mean: f64,
    /// |ȳ₁ − ȳ₂|.
    pub difference: f64,
    /// 0.3 σ_pt or 0.1 δ_E.
    pub criterion: f64,
    /// Whether the difference is at most the criterion.
    pub is_stable: bool,
    /// The criterion + 2 √(u²(ȳ₁) + u²(ȳ₂)), with u from the scatter of values; none where an occasion has one value.
    pub expanded_criterion: Option<f64>,
    /// Whether the difference is at most the expanded criterion.
    pub is_stable_expanded: Option<bool>,
}

/// The stability of items by |ȳ₁ − ȳ₂| ≤ 0.3 σ_pt (or 0.1 δ_E), and by the same with 2 √(u²(ȳ₁) + u²(ȳ₂)) added.
///
/// u(ȳ) = s/√n of the means of items where items were measured several times, so that portions of one item do not count twice.
///
/// Errors: no value on an occasion; one that is no finite number; a criterion not above zero.
///
/// Source: ISO 13528:2022, B.5.1 and B.5.2, formulae (B.17) and (B.18).
pub fn stability(first: &[Vec<f64>], later: &[Vec<f64>], allowed: Allowed) -> Result<ItemStability, ComparisonError> {
    let criterion = allowed.criterion()?;
    let (first_mean, first_variance) = occasion(first)?;
    let (later_mean, later_variance) = occasion(later)?;
    let difference = libm::fabs(first_mean - later_mean);
    let expanded_criterion =
        first_variance.zip(later_variance).map(|(one, other)| criterion + EXPANSION * libm::sqrt(one + other));
    Ok(ItemStability {
        first_mean,
        later_mean,
        difference,
        criterion,
        is_stable: difference <= criterion,
        expanded_criterion,
        is_stable_expanded: expanded_criterion.map(|expanded| difference <= expanded),
    })
}

/// The factor of the uncertainty of the difference: ISO 13528:2022, B.5.2, formula (B.18).
const EXPANSION: f64 = 2.0;

/// The mean of all values, and the variance of the mean from the means of items.
fn occasion(items: &[Vec<f64>]) -> Result<(f64, Option<f64>), ComparisonError> {
    let all: Vec<f64> = items.iter().flatten().copied().collect();
    checked(&all, 1)?;
    if items.iter().any(Vec::is_empty) {
        return Err(ComparisonError::Unbalanced);
    }
    let means: Vec<f64> = items.iter().map(|item| average(item)).collect();
    let variance = (means.len() > 1).then(|| variance(&means) / means.len() as f64);
    Ok((average(&all), variance))
}
