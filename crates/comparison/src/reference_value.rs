//! Reference values of a comparison from results with stated uncertainties: all estimators side by side, with degrees of equivalence.

mod consistency;
mod hierarchical;
mod linear_pool;
mod median;
mod random_effects;
mod recommendation;
mod standardized;
mod subset;
mod weighted_mean;

use serde::{Deserialize, Serialize};

pub use consistency::{Consistency, consistency};
pub use hierarchical::hierarchical;
pub use linear_pool::{LinearPoolShape, linear_pool};
pub use median::{MedianWeights, weighted_median};
pub use random_effects::{BetweenLaboratories, hartung_knapp_sidik_jonkman, random_effects, restricted_log_likelihood};
pub use recommendation::{Reason, Recommendation, recommendation};
pub use subset::{ConsistentSubset, largest_consistent_subset, subset_mean};
pub use weighted_mean::{arithmetic_mean, arithmetic_mean_by_scatter, birge_adjusted_mean, weighted_mean};

use crate::error::{ComparisonError, checked};

/// A result of one laboratory, in the unit of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeasuredValue {
    /// xᵢ.
    pub value: f64,
    /// u(xᵢ), above zero.
    pub standard_uncertainty: f64,
    /// νᵢ; infinite where u is taken as known exactly.
    pub degrees_of_freedom: f64,
}

/// How a reference value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimator {
    /// Σ xᵢuᵢ⁻²/Σ uᵢ⁻² (Cox 2002, procedure A).
    WeightedMean,
    /// The weighted mean with all u widened by the Birge ratio where that is above one.
    BirgeAdjustedMean,
    /// The weighted mean of the largest consistent subset (Cox 2007).
    LargestConsistentSubset,
    /// Random effects with the moment estimator of τ² by DerSimonian and Laird.
    DerSimonianLaird,
    /// The same value with the uncertainty by Hartung, Knapp, Sidik and Jonkman.
    HartungKnappSidikJonkman,
    /// Random effects with τ² so that χ² = n − 1, by Mandel and Paule.
    MandelPaule,
    /// Random effects with τ² by restricted maximum likelihood.
    RestrictedMaximumLikelihood,
    /// The mixture of normal distributions.
    LinearPool,
    /// The mixture of t-distributions.
    LinearPoolStudent,
    /// The weighted median, with weights 1/uᵢ².
    WeightedMedian,
    /// The median (Cox 2002, procedure B).
    Median,
    /// The arithmetic mean with the stated uncertainties propagated.
    ArithmeticMean,
    /// The arithmetic mean with s/√n.
    ArithmeticMeanByScatter,
    /// The Bayesian hierarchical model with a half-Cauchy prior of τ.
    Hierarchical,
}

impl Estimator {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 14] = [
        Self::WeightedMean,
        Self::BirgeAdjustedMean,
        Self::LargestConsistentSubset,
        Self::DerSimonianLaird,
        Self::HartungKnappSidikJonkman,
        Self::MandelPaule,
        Self::RestrictedMaximumLikelihood,
        Self::Hierarchical,
        Self::LinearPool,
        Self::LinearPoolStudent,
        Self::WeightedMedian,
        Self::Median,
        Self::ArithmeticMean,
        Self::ArithmeticMeanByScatter,
    ];
}

/// What intervals, expanded uncertainties and tests rest on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// p of coverage intervals.
    pub coverage_probability: f64,
    /// k of U(d): 2 in the CIPM MRA.
    pub coverage_factor: f64,
    /// α of the test of consistency.
    pub significance: f64,
}

impl Default for Settings {
    /// p = 0.95, k = 2, α = 0.05, as in Cox (2002) and the CIPM MRA.
    fn default() -> Self {
        Self { coverage_probability: 0.95, coverage_factor: 2.0, significance: 0.05 }
    }
}

/// How far a result is from another value, with what is known of the difference. In the unit of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DegreeOfEquivalence {
    /// d.
    pub difference: f64,
    /// u(d).
    pub standard_uncertainty: f64,
    /// U(d) = k u(d).
    pub expanded_uncertainty: f64,
    /// Whether |d| ≤ U(d).
    pub is_equivalent: bool,
}

impl DegreeOfEquivalence {
    fn new(difference: f64, variance: f64, settings: &Settings) -> Self {
        let standard_uncertainty = libm::sqrt(variance.max(0.0));
        let expanded_uncertainty = settings.coverage_factor * standard_uncertainty;
        let is_equivalent = libm::fabs(difference) <= expanded_uncertainty;
        Self { difference, standard_uncertainty, expanded_uncertainty, is_equivalent }
    }
}

/// A reference value by one estimator. All but weights are in the unit of the comparison; lists are in the order of the laboratories.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Consensus {
    /// How it was found.
    pub estimator: Estimator,
    /// x_ref.
    pub value: f64,
    /// u(x_ref).
    pub standard_uncertainty: f64,
    /// The ends of the coverage interval.
    pub interval: [f64; 2],
    /// τ, the standard deviation between laboratories that the estimator assumes.
    pub between_laboratories: Option<f64>,
    /// The part aᵢ of each result in x_ref: its weight, or ∂x_ref/∂xᵢ on average; zero for results outside a subset.
    pub weights: Vec<f64>,
    /// dᵢ = xᵢ − x_ref, u²(dᵢ) = (1 − 2aᵢ)vᵢ + u²(x_ref) with vᵢ = uᵢ² + τ².
    pub degrees_of_equivalence: Vec<DegreeOfEquivalence>,
}

/// What one estimator gives, or why it gives nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Estimated {
    /// Which.
    pub estimator: Estimator,
    /// The reference value.
    pub consensus: Option<Consensus>,
    /// Why there is none.
    pub refusal: Option<ComparisonError>,
}

/// All estimators side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReferenceValues {
    /// Whether the results agree within their uncertainties.
    pub consistency: Consistency,
    /// The largest subset that does.
    pub largest_consistent_subset: Option<ConsistentSubset>,
    /// One entry for each of [`Estimator::ALL`].
    pub estimates: Vec<Estimated>,
    /// The estimator that the data speaks for, and why.
    pub recommendation: Recommendation,
    /// dᵢⱼ = xᵢ − xⱼ with u²(dᵢⱼ) = uᵢ² + uⱼ²: row i, column j.
    pub bilateral: Vec<Vec<DegreeOfEquivalence>>,
}

impl ReferenceValues {
    /// The reference value by an estimator, if it gave one.
    pub fn by(&self, estimator: Estimator) -> Option<&Consensus> {
        self.estimates.iter().find(|one| one.estimator == estimator).and_then(|one| one.consensus.as_ref())
    }
}

/// Reference values by all estimators, for independent results in one unit.
///
/// Errors: fewer than two results; a value that is no finite number; a u or ν not above zero; settings out of range. What a single
/// estimator refuses stands beside the others.
///
/// ```
/// use heng_comparison::reference_value::{Estimator, MeasuredValue, Reason, Settings, reference_values};
///
/// let laboratory = |value, standard_uncertainty| MeasuredValue {
///     value,
///     standard_uncertainty,
///     degrees_of_freedom: f64::INFINITY,
/// };
/// let values = reference_values(&[laboratory(10.0, 0.1), laboratory(10.1, 0.2)], &Settings::default())?;
/// let mean = values.by(Estimator::WeightedMean).ok_or("no weighted mean")?;
/// assert!((mean.value - 10.02).abs() < 1e-12);
/// assert_eq!(values.recommendation.reason, Reason::Consistent);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn reference_values(results: &[MeasuredValue], settings: &Settings) -> Result<ReferenceValues, ComparisonError> {
    let consistency = consistency(results, settings)?;
    let subset = largest_consistent_subset(results, settings);
    let by = |estimator: Estimator| match (estimator, &subset) {
        (Estimator::LargestConsistentSubset, Ok(subset)) => subset::mean_of_subset(results, subset, settings),
        _ => estimated(results, estimator, settings),
    };
    let estimates = Estimator::ALL
        .iter()
        .map(|estimator| match by(*estimator) {
            Ok(consensus) => Estimated { estimator: *estimator, consensus: Some(consensus), refusal: None },
            Err(error) => Estimated { estimator: *estimator, consensus: None, refusal: Some(error) },
        })
        .collect();
    let recommendation = recommendation(&consistency, results.len());
    let bilateral = bilateral(results, settings)?;
    let largest_consistent_subset = subset.ok();
    Ok(ReferenceValues { consistency, largest_consistent_subset, estimates, recommendation, bilateral })
}

/// The reference value by one estimator.
pub fn estimated(
    results: &[MeasuredValue],
    estimator: Estimator,
    settings: &Settings,
) -> Result<Consensus, ComparisonError> {
    match estimator {
        Estimator::WeightedMean => weighted_mean(results, settings),
        Estimator::BirgeAdjustedMean => birge_adjusted_mean(results, settings),
        Estimator::LargestConsistentSubset => subset_mean(results, settings),
        Estimator::DerSimonianLaird => random_effects(results, BetweenLaboratories::DerSimonianLaird, settings),
        Estimator::HartungKnappSidikJonkman => hartung_knapp_sidik_jonkman(results, settings),
        Estimator::MandelPaule => random_effects(results, BetweenLaboratories::MandelPaule, settings),
        Estimator::RestrictedMaximumLikelihood => {
            random_effects(results, BetweenLaboratories::RestrictedMaximumLikelihood, settings)
        }
        Estimator::LinearPool => linear_pool(results, LinearPoolShape::Normal, settings),
        Estimator::LinearPoolStudent => linear_pool(results, LinearPoolShape::Student, settings),
        Estimator::WeightedMedian => weighted_median(results, MedianWeights::InverseVariance, settings),
        Estimator::Median => weighted_median(results, MedianWeights::Equal, settings),
        Estimator::ArithmeticMean => arithmetic_mean(results, settings),
        Estimator::ArithmeticMeanByScatter => arithmetic_mean_by_scatter(results, settings),
        Estimator::Hierarchical => hierarchical(results, settings),
    }
}

/// dᵢⱼ = xᵢ − xⱼ of independent results, u²(dᵢⱼ) = uᵢ² + uⱼ²; zero with itself.
///
/// Source: CIPM MRA-G-11; Cox, Metrologia 39 (2002) 589.
pub fn bilateral(
    results: &[MeasuredValue],
    settings: &Settings,
) -> Result<Vec<Vec<DegreeOfEquivalence>>, ComparisonError> {
    check(results, 1, settings)?;
    let of_pair = |(i, one): (usize, &MeasuredValue), (j, other): (usize, &MeasuredValue)| {
        if i == j {
            return DegreeOfEquivalence::new(0.0, 0.0, settings);
        }
        let width = libm::hypot(one.standard_uncertainty, other.standard_uncertainty);
        DegreeOfEquivalence::new(one.value - other.value, width * width, settings)
    };
    Ok(results
        .iter()
        .enumerate()
        .map(|one| results.iter().enumerate().map(|other| of_pair(one, other)).collect())
        .collect())
}

/// Far more laboratories than any comparison has; the square of that many degrees of equivalence is still printed at once.
const MOST_RESULTS: usize = 1_000;

fn check(results: &[MeasuredValue], needed: usize, settings: &Settings) -> Result<(), ComparisonError> {
    let values: Vec<f64> = results.iter().map(|result| result.value).collect();
    let widths: Vec<f64> = results.iter().map(|result| result.standard_uncertainty).collect();
    checked(&values, needed)?;
    checked(&widths, needed)?;
    if results.len() > MOST_RESULTS {
        return Err(ComparisonError::TooMany { most: MOST_RESULTS, given: results.len() });
    }
    if widths.iter().any(|width| *width <= 0.0) {
        return Err(ComparisonError::Uncertainty);
    }
    if results.iter().any(|result| result.degrees_of_freedom.is_nan() || result.degrees_of_freedom < 1.0) {
        return Err(ComparisonError::DegreesOfFreedom);
    }
    let is_part = |part: f64| part > 0.0 && part < 1.0;
    let is_usable = is_part(settings.coverage_probability) && is_part(settings.significance);
    if !(is_usable && settings.coverage_factor > 0.0 && settings.coverage_factor.is_finite()) {
        return Err(ComparisonError::Setting);
    }
    Ok(())
}
