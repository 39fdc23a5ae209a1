//! Global consumer's and producer's risk: what goes wrong over many items or instruments.

use serde::{Deserialize, Serialize};

use super::prior::Prior;
use super::{AcceptanceInterval, ConformityError, ToleranceInterval};
use crate::special::normal;

/// The absolute error of an integral, a thousandth of what is promised.
const ERROR: f64 = 1e-13;

/// Items of a distribution, measured with a standard uncertainty, that are to lie within limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GlobalRisk {
    /// The distribution of the true values.
    pub prior: Prior,
    /// u_m, of the normal distribution of a measured value about the true one.
    pub standard_uncertainty: f64,
    /// The limits for true values.
    pub tolerance: ToleranceInterval,
}

/// The risks of a rule of acceptance, with the question that they answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Risks {
    /// What was asked.
    pub question: GlobalRisk,
    /// The measured values that are accepted.
    pub acceptance: AcceptanceInterval,
    /// The part of all items that does not conform.
    pub nonconforming: f64,
    /// The part of all items that is accepted.
    pub accepted: f64,
    /// R_C, the probability of a false acceptance: accepted and not conforming.
    pub consumers_risk: f64,
    /// R_P, the probability of a false rejection: rejected and conforming.
    pub producers_risk: f64,
    /// R_C/P(accepted): the part of what is accepted that does not conform; none where nothing is accepted.
    pub conditional_consumers_risk: Option<f64>,
    /// R_P/P(rejected): the part of what is rejected that conforms; none where nothing is rejected.
    pub conditional_producers_risk: Option<f64>,
}

impl GlobalRisk {
    /// R_C = ∫ outside T of g₀(η) P(accepted | η) dη, R_P = ∫ inside T of g₀(η) P(rejected | η) dη, by adaptive quadrature to 10⁻¹⁰ or better.
    ///
    /// Errors: limits, a prior or an uncertainty that are none.
    ///
    /// Source: JCGM 106:2012, 9.5.2.
    ///
    /// ```
    /// use heng_uncertainty::conformity::{AcceptanceInterval, ToleranceInterval, prior::Prior, risk::GlobalRisk};
    ///
    /// let risk = GlobalRisk {
    ///     prior: Prior::Normal { mean: 0.0, standard_deviation: 1.0 },
    ///     standard_uncertainty: 0.25,
    ///     tolerance: ToleranceInterval { lower: Some(-2.0), upper: Some(2.0) },
    /// };
    /// let risks = risk.risks(&AcceptanceInterval::simple(&risk.tolerance))?;
    /// assert!((risks.consumers_risk - 0.008_006_084_834).abs() < 1e-11);
    /// # Ok::<(), heng_uncertainty::conformity::ConformityError>(())
    /// ```
    pub fn risks(&self, acceptance: &AcceptanceInterval) -> Result<Risks, ConformityError> {
        self.check()?;
        acceptance.check()?;
        let u = self.standard_uncertainty;
        let limits = acceptance.lower.into_iter().chain(acceptance.upper);
        let steps = [-9.0, -5.0, -2.0, 0.0, 2.0, 5.0, 9.0];
        let places: Vec<f64> = limits.flat_map(|limit| steps.map(|z| limit + z * u)).collect();
        let (lower, upper) = (self.tolerance.lower, self.tolerance.upper);
        let over = |from: f64, to: f64, f: &dyn Fn(f64) -> f64| self.prior.expectation(from, to, &places, ERROR, &f);
        let accepts = |x: f64| acceptance.acceptance_probability(x, u);
        let rejects = |x: f64| acceptance.rejection_probability(x, u);
        let (bottom, top) = (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
        let consumers_risk = lower.map_or(0.0, |limit| over(f64::NEG_INFINITY, limit, &accepts))
            + upper.map_or(0.0, |limit| over(limit, f64::INFINITY, &accepts));
        let producers_risk = over(bottom, top, &rejects);
        let rightly = over(bottom, top, &accepts);
        let rightly_rejected = lower.map_or(0.0, |limit| over(f64::NEG_INFINITY, limit, &rejects))
            + upper.map_or(0.0, |limit| over(limit, f64::INFINITY, &rejects));
        let accepted = rightly + consumers_risk;
        let rejected = rightly_rejected + producers_risk;
        let part = |of: f64, whole: f64| (whole > 0.0).then(|| of / whole);
        Ok(Risks {
            question: self.clone(),
            acceptance: *acceptance,
            nonconforming: self.prior.nonconforming(&self.tolerance),
            accepted,
            consumers_risk,
            producers_risk,
            conditional_consumers_risk: part(consumers_risk, accepted),
            conditional_producers_risk: part(producers_risk, rejected),
        })
    }

    /// The risks as a function of the guard band w, the same at both limits; w below zero accepts values beyond the limits.
    pub fn risks_over_guard_bands(&self, guard_bands: &[f64]) -> Result<Vec<(f64, Risks)>, ConformityError> {
        let risks = |w: &f64| Ok((*w, self.risks(&AcceptanceInterval::guarded(&self.tolerance, *w))?));
        guard_bands.iter().map(risks).collect()
    }

    /// The specific risk of a measured value y in the light of the prior: ∫ outside T of g₀(η) φ((y − η)/u) dη, over the same everywhere.
    ///
    /// Errors: limits, a prior, an uncertainty or a value that are none; a value that the prior excludes.
    ///
    /// Source: JCGM 106:2012, 6.3 (the distribution after measurement) and 9.3.
    pub fn nonconformance_given(&self, value: f64) -> Result<f64, ConformityError> {
        self.check()?;
        if !value.is_finite() {
            return Err(ConformityError::NotFinite { what: "measured value" });
        }
        let u = self.standard_uncertainty;
        if u == 0.0 {
            return Ok(f64::from(u8::from(!self.tolerance.contains(value))));
        }
        let steps = [-9.0, -5.0, -2.0, 0.0, 2.0, 5.0, 9.0];
        let places: Vec<f64> = steps.iter().map(|z| value + z * u).collect();
        let likelihood = |x: f64| normal::density((value - x) / u);
        let over = |from: f64, to: f64| self.prior.expectation(from, to, &places, ERROR, &likelihood);
        let (lower, upper) = (self.tolerance.lower, self.tolerance.upper);
        let outside = lower.map_or(0.0, |limit| over(f64::NEG_INFINITY, limit))
            + upper.map_or(0.0, |limit| over(limit, f64::INFINITY));
        let inside = over(lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
        if outside + inside > 0.0 { Ok(outside / (outside + inside)) } else { Err(ConformityError::Prior) }
    }

    pub(crate) fn check(&self) -> Result<(), ConformityError> {
        self.tolerance.check()?;
        self.prior.check()?;
        let u = self.standard_uncertainty;
        if u >= 0.0 && u.is_finite() { Ok(()) } else { Err(ConformityError::Uncertainty) }
    }
}
