//! What the results of a round are held against and how they stand: of all that a round says, what a report needs.

use serde::Serialize;

use super::{AssessmentDeviation, Laboratory, Reference, Round};
use crate::error::{ComparisonError, Outcome};
use crate::homogeneity::homogeneity;
use crate::reference_value::{Consensus, consistency, estimated, recommendation};
use crate::robust::{RobustMethod, robust_estimate};
use crate::score::{
    ACTION_LIMIT, E_N_LIMIT, Expanded, NEGLIGIBLE_PART, PreferredScore, Score, WARNING_LIMIT, e_n, percent_allowed,
    percent_difference, preferred_score, z, z_prime, zeta,
};
use crate::statistics::square;

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

/// What the results are held against, and how they stand. Values are in the unit of the round, scores have none; a score is absent where the
/// round does not say what it needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundAssessment {
    /// x_pt.
    pub assigned_value: Outcome<AssignedValue>,
    /// The reference value that x_pt is, where it is one of the results.
    #[serde(skip)]
    pub consensus: Option<Consensus>,
    /// σ_pt, if the round has one.
    pub standard_deviation: Option<Outcome<f64>>,
    /// Whether z or z' is to be used.
    pub preferred_score: Option<PreferredScore>,
    /// The limits of judgements.
    pub limits: Limits,
    /// One entry for each laboratory.
    pub scores: Vec<LaboratoryScores>,
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

impl Round {
    /// What the results are held against, and how they stand. Only the estimator that is asked for is evaluated.
    pub fn assessment(&self) -> RoundAssessment {
        let values: Vec<f64> = self.laboratories.iter().map(|laboratory| laboratory.value).collect();
        let (assigned, consensus) = match self.assigned(&values) {
            Ok((assigned, consensus)) => (Ok(assigned), consensus),
            Err(error) => (Err(error), None),
        };
        let known = assigned.as_ref().ok().copied();
        let deviation = self.standard_deviation.map(|from| self.deviation(from, &values, known));
        let sigma = deviation.as_ref().and_then(|deviation| deviation.as_ref().ok()).copied();
        let scores = known.map_or_else(Vec::new, |assigned| {
            let of = |(place, laboratory): (usize, &Laboratory)| {
                let weight = consensus.as_ref().and_then(|consensus| consensus.weights.get(place)).copied();
                self.scores(laboratory, assigned, sigma, weight.unwrap_or(0.0))
            };
            self.laboratories.iter().enumerate().map(of).collect()
        });
        RoundAssessment {
            preferred_score: known.zip(sigma).map(|(known, sigma)| preferred_score(sigma, known.standard_uncertainty)),
            assigned_value: assigned.into(),
            consensus,
            standard_deviation: deviation.map(Outcome::from),
            limits: Limits {
                warning: WARNING_LIMIT,
                action: ACTION_LIMIT,
                e_n: E_N_LIMIT,
                negligible_part: NEGLIGIBLE_PART,
            },
            scores,
        }
    }

    /// x_pt, and the reference value that it is where it is one of the results.
    fn assigned(&self, values: &[f64]) -> Result<(AssignedValue, Option<Consensus>), ComparisonError> {
        let from = self.reference.unwrap_or_else(|| self.reference_by_default());
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
                Ok((assigned(found.value, found.standard_uncertainty, true), Some(found)))
            }
        }
    }

    /// The recommended estimator where all laboratories state an uncertainty, else Algorithm A.
    fn reference_by_default(&self) -> Reference {
        let consistency = self.measured().map(|results| (results.len(), consistency(&results, &self.settings)));
        match consistency {
            Some((results, Ok(consistency))) => Reference::Estimator(recommendation(&consistency, results).estimator),
            _ => Reference::Robust(RobustMethod::AlgorithmA),
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
