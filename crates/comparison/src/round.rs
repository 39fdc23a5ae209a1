//! A round of a comparison: what the laboratories state, and everything that follows from it side by side.

mod assessment;

use heng_quantity::Unit;
use serde::Serialize;

pub use assessment::{AssignedValue, LaboratoryScores, Limits, RoundAssessment};

use crate::error::Outcome;
use crate::homogeneity::{Allowed, ItemHomogeneity, ItemStability, homogeneity, stability};
use crate::reference_value::{Estimator, MeasuredValue, ReferenceValues, Settings, reference_values};
use crate::robust::{RobustEstimate, RobustMethod, robust_estimate};
use crate::score::Expanded;

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

/// Everything that a round says, in its unit.
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
    /// What the results are held against, and how they stand.
    #[serde(flatten)]
    pub assessment: RoundAssessment,
    /// δ_E, if the round has one.
    pub maximum_error: Option<f64>,
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
        let assessment = self.assessment();
        let sigma = assessment.standard_deviation.as_ref().and_then(|deviation| deviation.result);
        let allowed = sigma.map(Allowed::StandardDeviation).or(self.maximum_error.map(Allowed::MaximumError));
        let homogeneity = (!self.homogeneity.is_empty()).then(|| homogeneity(&self.homogeneity, allowed).into());
        let stability = allowed
            .filter(|_| !(self.homogeneity.is_empty() || self.stability.is_empty()))
            .map(|allowed| stability(&self.homogeneity, &self.stability, allowed).into());
        RoundEvaluation {
            quantity: self.quantity.clone(),
            unit: self.unit.clone(),
            laboratories: self.laboratories.iter().map(|laboratory| laboratory.name.clone()).collect(),
            robust: if values.is_empty() { Vec::new() } else { ROBUST_METHODS.iter().map(robust).collect() },
            reference_values: self.measured().map(|results| reference_values(&results, &self.settings).into()),
            assessment,
            maximum_error: self.maximum_error,
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
}
