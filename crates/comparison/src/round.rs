//! A round of a comparison: what the laboratories state, and everything that follows from it side by side.

use heng_quantity::Unit;
use serde::Serialize;

use crate::error::{ComparisonError, Outcome};
use crate::homogeneity::{Allowed, ItemHomogeneity, ItemStability, homogeneity, stability};
use crate::reference_value::{Estimator, MeasuredValue, ReferenceValues, Settings, estimated, reference_values};
use crate::robust::{RobustEstimate, RobustMethod, robust_estimate};
use crate::score::{
    ACTION_LIMIT, E_N_LIMIT, Expanded, NEGLIGIBLE_PART, PreferredScore, Score, WARNING_LIMIT, e_n, percent_allowed,
    percent_difference, preferred_score, z, z_prime, zeta,
};
use crate::statistics::square;

/// A round. All values and uncertainties are in its unit; uncertainties in the unit of differences.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// For people.
    pub title: Option<String>,
    /// For people: where the data is from.
    pub source: Option<String>,
    /// What was measured, for people.
    pub quantity: String,
    /// The unit of all values.
    pub unit: Unit,
    /// The laboratories with their results.
    pub laboratories: Vec<Laboratory>,
    /// Where the assigned value comes from; if not stated, from the results: by the recommended estimator where all state an uncertainty,
    /// else by Algorithm A.
    pub reference: Option<Reference>,
    /// σ_pt, if scores use one.
    pub standard_deviation: Option<AssessmentDeviation>,
    /// δ_E, the largest error allowed, if there is one.
    pub maximum_error: Option<f64>,
    /// Items of the homogeneity test with their values.
    pub homogeneity: Vec<Vec<f64>>,
    /// Items measured later, for stability.
    pub stability: Vec<Vec<f64>>,
    /// What intervals and tests rest on.
    pub settings: Settings,
}

/// A laboratory with its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Laboratory {
    /// Its name or code.
    pub name: String,
    /// x.
    pub value: f64,
    /// u(x), if it states one.
    pub standard_uncertainty: Option<f64>,
    /// The k of the U that it states; that of the round where it states u.
    pub coverage_factor: f64,
    /// ν; infinite where it states none.
    pub degrees_of_freedom: f64,
}

/// Where the assigned value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// A value found independently of the results, such as a certified one.
    Stated(Expanded),
    /// The mean of the homogeneity test, with u = s_x/√g.
    HomogeneityMean,
    /// A robust mean of the results.
    Robust(RobustMethod),
    /// A reference value from results with uncertainties.
    Estimator(Estimator),
}

/// Where σ_pt comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentDeviation {
    /// Stated, in the unit of the round.
    Stated(f64),
    /// A part of the assigned value.
    Relative(f64),
    /// The robust standard deviation of the results.
    Robust(RobustMethod),
}

/// The value that results are held against, in the unit of the round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AssignedValue {
    /// Where it comes from.
    pub from: Reference,
    /// x_pt.
    pub value: f64,
    /// u(x_pt).
    pub standard_uncertainty: f64,
    /// k.
    pub coverage_factor: f64,
    /// U(x_pt) = k u(x_pt).
    pub expanded_uncertainty: f64,
    /// Whether the laboratories' results are in it with weights that are known, so that ζ and E_n take their covariance into account. Robust
    /// means have no such weights: for them ζ and E_n are those of an independent value.
    pub is_covariance_known: bool,
}

/// Everything that a round says. Values are in its unit, scores have none; a score is absent where the round does not say what it needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundEvaluation {
    /// What was measured.
    pub quantity: String,
    /// The unit of all values.
    pub unit: Unit,
    /// Names, in the order of all lists.
    pub laboratories: Vec<String>,
    /// Robust means and standard deviations of the results.
    pub robust: Vec<RobustOutcome>,
    /// Reference values from the stated uncertainties; absent where a laboratory states none.
    pub reference_values: Option<Outcome<ReferenceValues>>,
    /// x_pt.
    pub assigned_value: Outcome<AssignedValue>,
    /// σ_pt, if the round has one.
    pub standard_deviation: Option<Outcome<f64>>,
    /// δ_E, if the round has one.
    pub maximum_error: Option<f64>,
    /// Whether z or z' is to be used.
    pub preferred_score: Option<PreferredScore>,
    /// The limits of judgements.
    pub limits: Limits,
    /// One entry for each laboratory.
    pub scores: Vec<LaboratoryScores>,
    /// The homogeneity of the items.
    pub homogeneity: Option<Outcome<ItemHomogeneity>>,
    /// The stability of the items.
    pub stability: Option<Outcome<ItemStability>>,
}

/// A robust estimate, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RobustOutcome {
    /// How.
    pub method: RobustMethod,
    /// What it gives.
    #[serde(flatten)]
    pub outcome: Outcome<RobustEstimate>,
}

/// The limits that judgements rest on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Limits {
    /// Of |z|, |z'| and |ζ|: above it questionable.
    pub warning: f64,
    /// Of |z|, |z'| and |ζ|: from it on unsatisfactory.
    pub action: f64,
    /// Of |E_n|: above it unsatisfactory.
    pub e_n: f64,
    /// Of u(x_pt)/σ_pt: from it on z' instead of z.
    pub negligible_part: f64,
}

/// The scores of one laboratory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LaboratoryScores {
    /// Its name.
    pub laboratory: String,
    /// D = x − x_pt.
    pub difference: f64,
    /// D%.
    pub percent_difference: Option<f64>,
    /// P_A, where the round has δ_E.
    pub percent_allowed: Option<Score>,
    /// z, where it has σ_pt.
    pub z: Option<Score>,
    /// z', where it has σ_pt.
    pub z_prime: Option<Score>,
    /// ζ, where the laboratory states u.
    pub zeta: Option<Score>,
    /// E_n, where the laboratory states u.
    pub e_n: Option<Score>,
}

const ROBUST_METHODS: [RobustMethod; 9] = [
    RobustMethod::AlgorithmA,
    RobustMethod::AlgorithmAExactFactors,
    RobustMethod::AlgorithmAAsPrinted,
    RobustMethod::MedianMade,
    RobustMethod::MedianNiqr,
    RobustMethod::MedianQn,
    RobustMethod::MedianMeanDeviation,
    RobustMethod::QHampel,
    RobustMethod::Mean,
];

impl Round {
    /// Everything that the round says. Each part that the data does not allow says why beside the others.
    pub fn evaluation(&self) -> RoundEvaluation {
        let values: Vec<f64> = self.laboratories.iter().map(|laboratory| laboratory.value).collect();
        let robust = |method: &RobustMethod| RobustOutcome {
            method: *method,
            outcome: robust_estimate(&values, *method).into(),
        };
        let reference_values = self.measured().map(|results| reference_values(&results, &self.settings));
        let (assigned, weights) = match self.assigned(&values, reference_values.as_ref()) {
            Ok((assigned, weights)) => (Ok(assigned), weights),
            Err(error) => (Err(error), None),
        };
        let known = assigned.as_ref().ok().copied();
        let deviation = self.standard_deviation.map(|from| self.deviation(from, &values, known));
        let sigma = deviation.as_ref().and_then(|deviation| deviation.as_ref().ok()).copied();
        let allowed = sigma.map(Allowed::StandardDeviation).or(self.maximum_error.map(Allowed::MaximumError));
        let scores = known.map_or_else(Vec::new, |assigned| {
            let of = |(place, laboratory): (usize, &Laboratory)| {
                let weight = weights.as_ref().and_then(|weights| weights.get(place)).copied();
                self.scores(laboratory, assigned, sigma, weight.unwrap_or(0.0))
            };
            self.laboratories.iter().enumerate().map(of).collect()
        });
        let homogeneity = (!self.homogeneity.is_empty()).then(|| homogeneity(&self.homogeneity, allowed).into());
        let stability = allowed
            .filter(|_| !(self.homogeneity.is_empty() || self.stability.is_empty()))
            .map(|allowed| stability(&self.homogeneity, &self.stability, allowed).into());
        RoundEvaluation {
            quantity: self.quantity.clone(),
            unit: self.unit.clone(),
            laboratories: self.laboratories.iter().map(|laboratory| laboratory.name.clone()).collect(),
            robust: if values.is_empty() { Vec::new() } else { ROBUST_METHODS.iter().map(robust).collect() },
            reference_values: reference_values.map(Outcome::from),
            preferred_score: known.zip(sigma).map(|(known, sigma)| preferred_score(sigma, known.standard_uncertainty)),
            assigned_value: assigned.into(),
            standard_deviation: deviation.map(Outcome::from),
            maximum_error: self.maximum_error,
            limits: Limits {
                warning: WARNING_LIMIT,
                action: ACTION_LIMIT,
                e_n: E_N_LIMIT,
                negligible_part: NEGLIGIBLE_PART,
            },
            scores,
            homogeneity,
            stability,
        }
    }

    /// The results with uncertainties, if all laboratories state one and there are any.
    pub fn measured(&self) -> Option<Vec<MeasuredValue>> {
        let of = |laboratory: &Laboratory| {
            laboratory.standard_uncertainty.map(|standard_uncertainty| MeasuredValue {
                value: laboratory.value,
                standard_uncertainty,
                degrees_of_freedom: laboratory.degrees_of_freedom,
            })
        };
        self.laboratories.iter().map(of).collect::<Option<Vec<_>>>().filter(|results| !results.is_empty())
    }

    /// x_pt, and the weights of the results in it where they are known.
    fn assigned(
        &self,
        values: &[f64],
        reference_values: Option<&Result<ReferenceValues, ComparisonError>>,
    ) -> Result<(AssignedValue, Option<Vec<f64>>), ComparisonError> {
        let by_default = match reference_values {
            Some(Ok(found)) => Reference::Estimator(found.recommendation.estimator),
            _ => Reference::Robust(RobustMethod::AlgorithmA),
        };
        let from = self.reference.unwrap_or(by_default);
        let coverage_factor = match from {
            Reference::Stated(stated) => stated.coverage_factor,
            _ => self.settings.coverage_factor,
        };
        let assigned = |value: f64, standard_uncertainty: f64, is_covariance_known: bool| AssignedValue {
            from,
            value,
            standard_uncertainty,
            coverage_factor,
            expanded_uncertainty: coverage_factor * standard_uncertainty,
            is_covariance_known,
        };
        match from {
            Reference::Stated(stated) => Ok((assigned(stated.value, stated.standard_uncertainty(), true), None)),
            Reference::HomogeneityMean => {
                let found = homogeneity(&self.homogeneity, None)?;
                let uncertainty = found.standard_deviation_of_means / libm::sqrt(found.items as f64);
                Ok((assigned(found.mean, uncertainty, true), None))
            }
            Reference::Robust(method) => {
                let found = robust_estimate(values, method)?;
                Ok((assigned(found.location, found.standard_uncertainty, false), None))
            }
            Reference::Estimator(estimator) => {
                let results = self.measured().ok_or(ComparisonError::UncertaintyMissing)?;
                let found = estimated(&results, estimator, &self.settings)?;
                Ok((assigned(found.value, found.standard_uncertainty, true), Some(found.weights)))
            }
        }
    }

    fn deviation(
        &self,
        from: AssessmentDeviation,
        values: &[f64],
        assigned: Option<AssignedValue>,
    ) -> Result<f64, ComparisonError> {
        let sigma = match from {
            AssessmentDeviation::Stated(sigma) => sigma,
            AssessmentDeviation::Relative(part) => {
                part * libm::fabs(assigned.map(|assigned| assigned.value).ok_or(ComparisonError::NoDenominator)?)
            }
            AssessmentDeviation::Robust(method) => robust_estimate(values, method)?.scale,
        };
        if sigma > 0.0 && sigma.is_finite() { Ok(sigma) } else { Err(ComparisonError::NoDenominator) }
    }

    fn scores(
        &self,
        laboratory: &Laboratory,
        assigned: AssignedValue,
        sigma: Option<f64>,
        weight: f64,
    ) -> LaboratoryScores {
        let (value, reference, u) = (laboratory.value, assigned.value, assigned.standard_uncertainty);
        let own = laboratory.standard_uncertainty;
        // cov(x, Σ aⱼxⱼ) = a u²(x) of independent results.
        let covariance = own.map_or(0.0, |own| weight * square(own));
        let of_own = |own: f64| {
            let laboratory = Expanded {
                value,
                expanded_uncertainty: laboratory.coverage_factor * own,
                coverage_factor: laboratory.coverage_factor,
            };
            let reference = Expanded {
                value: reference,
                expanded_uncertainty: assigned.expanded_uncertainty,
                coverage_factor: assigned.coverage_factor,
            };
            e_n(laboratory, reference, covariance).ok()
        };
        LaboratoryScores {
            laboratory: laboratory.name.clone(),
            difference: value - reference,
            percent_difference: percent_difference(value, reference).ok(),
            percent_allowed: self.maximum_error.and_then(|error| percent_allowed(value, reference, error).ok()),
            z: sigma.and_then(|sigma| z(value, reference, sigma).ok()),
            z_prime: sigma.and_then(|sigma| z_prime(value, reference, sigma, u).ok()),
            zeta: own.and_then(|own| zeta(value, own, reference, u, covariance).ok()),
            e_n: own.and_then(of_own),
        }
    }
}
