//! What laboratories found of instruments that were taken out, beside what had been inferred of them.

use heng_quantity::{Estimate, Reported, Uncertainty, Unit};
use heng_rule::{Outcome, PointResult};
use heng_statement::Certificate;

/// The word by which a rule names the power factor of a point.
const POWER_FACTOR: &str = "power_factor";

/// The error that a laboratory found, as one figure that an inference can be held against.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundError {
    /// The mean over the loads at unity power factor. What was used between is not known, so that no load counts more than another.
    pub error: Estimate,
    /// Half the width between the lowest and the highest of them, in the unit of the mean.
    pub half_range: f64,
    /// At how many loads.
    pub points: usize,
    /// Whether the instrument conforms to the rule of its verification.
    pub conforms: bool,
}

/// The error that a certificate states. The uncertainties of its points come from one standard and are taken as fully correlated: u is their mean. Nothing
/// where it states no relative error.
pub fn found_error(certificate: &Certificate) -> Option<FoundError> {
    let percent: Unit = r"\percent".parse().ok()?;
    let at_unity = |point: &&PointResult| {
        point
            .words
            .iter()
            .find(|word| word.name == POWER_FACTOR)
            .is_none_or(|word| word.word == "1.0" || word.word == "1")
    };
    let points = certificate.results.iter().flat_map(|item| &item.points).filter(at_unity);
    let errors: Vec<(f64, f64)> = points
        .filter_map(|point| {
            let error = point.result.quantity.converted_to(&percent).ok()?;
            Some((error.value.to_f64(), error.uncertainty.as_ref()?.standard_f64()?))
        })
        .collect();
    if errors.is_empty() {
        return None;
    }
    let count = errors.len() as f64;
    let sum = errors.iter().fold((0.0, 0.0), |sum, error| (sum.0 + error.0, sum.1 + error.1));
    let (low, high) = errors.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), error| {
        (f64::min(low, error.0), f64::max(high, error.0))
    });
    Some(FoundError {
        error: Estimate {
            value: sum.0 / count,
            standard_uncertainty: sum.1 / count,
            degrees_of_freedom: f64::INFINITY,
            unit: percent,
        },
        half_range: (high - low) / 2.0,
        points: errors.len(),
        conforms: certificate.verdict.as_ref().is_some_and(|verdict| verdict.outcome == Outcome::Conforms),
    })
}

/// An inferred error beside the one that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Whether the interval of the inference holds what was found.
    pub holds: bool,
    /// Inferred less found; their uncertainties are of different origin and add as independent ones.
    pub difference: Estimate,
}

/// Compares an inferred error with the one that was found. Nothing where the inference has no interval.
pub fn compared(inferred: &Reported, found: &FoundError) -> Option<Compared> {
    let inferred = inferred.converted_to(&found.error.unit).ok()?;
    let (value, stated) = (inferred.value.to_f64(), inferred.uncertainty.as_ref()?);
    let (low, high) = match stated {
        Uncertainty::Interval { lower, upper, .. } => (lower.to_f64(), upper.to_f64()),
        Uncertainty::Expanded { value: half, .. } => (value - half.to_f64(), value + half.to_f64()),
        Uncertainty::Standard { .. } => return None,
    };
    let (standard, of_found) = (stated.standard_f64()?, found.error.standard_uncertainty);
    Some(Compared {
        holds: (low..=high).contains(&found.error.value),
        difference: Estimate {
            value: value - found.error.value,
            standard_uncertainty: (standard * standard + of_found * of_found).sqrt(),
            ..found.error.clone()
        },
    })
}

/// How often the inference was right, of the instruments that a laboratory has looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// There was an alarm, and the instrument does not conform.
    pub alarmed_wrong: usize,
    /// There was an alarm, and the instrument conforms.
    pub alarmed_right: usize,
    /// Nothing was said of it, it was taken at random, and it does not conform.
    pub sampled_wrong: usize,
    /// Nothing was said of it, it was taken at random, and it conforms.
    pub sampled_right: usize,
    /// The interval held what was found.
    pub held: usize,
    /// Of so many that both figures are known of.
    pub compared: usize,
}

impl Tally {
    /// Counts one instrument.
    pub fn add(&mut self, is_alarmed: bool, found: &FoundError, compared: Option<&Compared>) {
        let cell = match (is_alarmed, found.conforms) {
            (true, false) => &mut self.alarmed_wrong,
            (true, true) => &mut self.alarmed_right,
            (false, false) => &mut self.sampled_wrong,
            (false, true) => &mut self.sampled_right,
        };
        *cell += 1;
        if let Some(compared) = compared {
            self.compared += 1;
            self.held += usize::from(compared.holds);
        }
    }
}
