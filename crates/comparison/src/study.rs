//! A study of a reference material: its measurements, and the certified value with its uncertainty.

use heng_quantity::Unit;
use serde::Serialize;

use crate::error::{ComparisonError, Outcome};
use crate::material::{
    Baseline, BottleHomogeneity, CertifiedValue, Components, ControlChart, Lot, LotAgreement, StabilityTrend,
    bottle_homogeneity, certified_value, control_chart, lot_agreement, shelf_life, stability_trend,
    stability_uncertainty,
};
use crate::reference_value::{Estimator, MeasuredValue, ReferenceValues, Settings, estimated, reference_values};
use crate::robust::{RobustMethod, robust_estimate};
use crate::statistics::square;

/// A study. All values are in its unit; uncertainties in the unit of differences; times in one unit, named for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// For people.
    pub title: Option<String>,
    /// For people: where the data is from.
    pub source: Option<String>,
    /// What was measured, for people.
    pub quantity: String,
    /// The unit of all values.
    pub unit: Unit,
    /// The unit of all times.
    pub time_unit: Option<Unit>,
    /// Values of each bottle.
    pub bottles: Vec<Vec<f64>>,
    /// In storage.
    pub long_term: Option<StabilityData>,
    /// In transport.
    pub short_term: Option<StabilityData>,
    /// Where the value comes from; the mean of all bottles with no uncertainty of its own if it is not stated.
    pub characterization: Option<Characterization>,
    /// u that the certified value may reach before it expires.
    pub allowed_standard_uncertainty: Option<f64>,
    /// Values of a control chart in their order.
    pub chart: Option<(Vec<f64>, Baseline)>,
    /// A lot and the one that follows it.
    pub lots: Option<(Lot, Lot)>,
    /// What intervals and tests rest on.
    pub settings: Settings,
}

/// Measurements over time.
#[derive(Clone, Debug, PartialEq)]
pub struct StabilityData {
    /// (time, value).
    pub points: Vec<(f64, f64)>,
    /// The time for which stability is claimed.
    pub time: f64,
}

/// How the value was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Characterization {
    /// Stated with its u.
    Stated {
        /// x.
        value: f64,
        /// u_char.
        standard_uncertainty: f64,
    },
    /// From several laboratories or methods that state their uncertainties, by an estimator, or the recommended one.
    Estimated {
        /// The results.
        results: Vec<MeasuredValue>,
        /// Which estimator.
        estimator: Option<Estimator>,
    },
    /// From several laboratories or methods whose scatter tells u: u_char = s/√p for the mean.
    Scattered {
        /// The results.
        values: Vec<f64>,
        /// How.
        method: RobustMethod,
    },
}

/// Everything that a study says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyEvaluation {
    /// What was measured.
    pub quantity: String,
    /// The unit of all values.
    pub unit: Unit,
    /// The unit of all times.
    pub time_unit: Option<Unit>,
    /// Homogeneity between bottles.
    pub homogeneity: Option<Outcome<BottleHomogeneity>>,
    /// Stability in storage.
    pub long_term_stability: Option<Outcome<StabilityEvaluation>>,
    /// Stability in transport.
    pub short_term_stability: Option<Outcome<StabilityEvaluation>>,
    /// All estimators of the value, where laboratories state their uncertainties.
    pub reference_values: Option<Outcome<ReferenceValues>>,
    /// The certified value; refused where a part that was studied is refused.
    pub certified_value: Outcome<CertifiedValue>,
    /// How long the value holds, in the unit of times; absent where no u is allowed or storage was not studied.
    pub shelf_life: Option<Outcome<f64>>,
    /// The control chart.
    pub control_chart: Option<Outcome<ControlChart>>,
    /// The comparison of two lots.
    pub lot_agreement: Option<Outcome<LotAgreement>>,
}

/// A trend with what it says of the time that is claimed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StabilityEvaluation {
    /// The line.
    pub trend: StabilityTrend,
    /// The time.
    pub time: f64,
    /// u_stab, or why none can be stated.
    pub standard_uncertainty: Outcome<f64>,
}

impl Study {
    /// Everything that the study says. Each part that the data does not allow says why beside the others.
    pub fn evaluation(&self) -> StudyEvaluation {
        let homogeneity = (!self.bottles.is_empty()).then(|| bottle_homogeneity(&self.bottles));
        let long_term = self.long_term.as_ref().map(StabilityData::evaluation);
        let short_term = self.short_term.as_ref().map(StabilityData::evaluation);
        let reference = match &self.characterization {
            Some(Characterization::Estimated { results, .. }) => Some(reference_values(results, &self.settings)),
            _ => None,
        };
        let components = self.components(homogeneity.as_ref(), long_term.as_ref(), short_term.as_ref());
        let certified = components
            .and_then(|(value, components)| certified_value(value, components, self.settings.coverage_factor));
        let life = self.allowed_standard_uncertainty.zip(long_term.as_ref()).map(|(allowed, stability)| {
            let stability = stability.as_ref().map_err(Clone::clone)?;
            let certified = certified.as_ref().map_err(Clone::clone)?;
            let parts = certified.components;
            let others =
                square(parts.characterization) + square(parts.between_bottles) + square(parts.short_term_stability);
            shelf_life(&stability.trend, libm::sqrt(others), allowed)
        });
        StudyEvaluation {
            quantity: self.quantity.clone(),
            unit: self.unit.clone(),
            time_unit: self.time_unit.clone(),
            homogeneity: homogeneity.map(Outcome::from),
            long_term_stability: long_term.map(Outcome::from),
            short_term_stability: short_term.map(Outcome::from),
            reference_values: reference.map(Outcome::from),
            certified_value: certified.into(),
            shelf_life: life.map(Outcome::from),
            control_chart: self.chart.as_ref().map(|(values, baseline)| control_chart(values, *baseline).into()),
            lot_agreement: self
                .lots
                .map(|(first, second)| lot_agreement(first, second, self.settings.coverage_factor).into()),
        }
    }

    fn components(
        &self,
        homogeneity: Option<&Result<BottleHomogeneity, ComparisonError>>,
        long_term: Option<&Result<StabilityEvaluation, ComparisonError>>,
        short_term: Option<&Result<StabilityEvaluation, ComparisonError>>,
    ) -> Result<(f64, Components), ComparisonError> {
        let homogeneity = homogeneity.map(|found| found.as_ref().map_err(Clone::clone)).transpose()?;
        let (value, characterization) = match &self.characterization {
            Some(Characterization::Stated { value, standard_uncertainty }) => (*value, *standard_uncertainty),
            Some(Characterization::Estimated { results, estimator }) => {
                let recommended = reference_values(results, &self.settings)?.recommendation.estimator;
                let found = estimated(results, estimator.unwrap_or(recommended), &self.settings)?;
                (found.value, found.standard_uncertainty)
            }
            Some(Characterization::Scattered { values, method }) => {
                let found = robust_estimate(values, *method)?;
                (found.location, found.standard_uncertainty)
            }
            None => (homogeneity.ok_or(ComparisonError::TooFew { needed: 2, given: 0 })?.mean, 0.0),
        };
        let components = Components {
            characterization,
            between_bottles: homogeneity.map_or(0.0, |found| found.standard_uncertainty),
            long_term_stability: of_stability(long_term)?,
            short_term_stability: of_stability(short_term)?,
        };
        Ok((value, components))
    }
}

impl StabilityData {
    fn evaluation(&self) -> Result<StabilityEvaluation, ComparisonError> {
        let trend = stability_trend(&self.points)?;
        let standard_uncertainty = stability_uncertainty(&trend, self.time).into();
        Ok(StabilityEvaluation { trend, time: self.time, standard_uncertainty })
    }
}

fn of_stability(found: Option<&Result<StabilityEvaluation, ComparisonError>>) -> Result<f64, ComparisonError> {
    let Some(found) = found else { return Ok(0.0) };
    let outcome = &found.as_ref().map_err(Clone::clone)?.standard_uncertainty;
    outcome.result.ok_or_else(|| outcome.refusal.clone().unwrap_or(ComparisonError::Trend))
}
