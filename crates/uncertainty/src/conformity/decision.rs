//! Decision rules, and the statement that a measured value gets by them.

use serde::{Deserialize, Serialize};

use super::guard::{Guarding, guarding_of_specific_risk};
use super::measured::Measured;
use super::{AcceptanceInterval, ConformityError, ToleranceInterval};

/// How wide a guard band is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum GuardBand {
    /// w = r·U with U = k·u.
    Expanded {
        /// r.
        multiple: f64,
        /// k.
        coverage_factor: f64,
    },
    /// w as it is.
    Width {
        /// w.
        width: f64,
    },
    /// So wide that the specific risk at the limit is the target.
    Risk {
        /// The specific risk.
        target: f64,
    },
}

/// What is said of a measured value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum RuleKind {
    /// Pass within the tolerance interval, else fail: shared risk (JCGM 106:2012, 8.2; ILAC-G8:09/2019, 4.2.1).
    SimpleAcceptance,
    /// Pass within the limits less the guard band, else fail (JCGM 106, 8.3.2; ILAC-G8, 4.2.2).
    GuardedAcceptance,
    /// Fail beyond the limits and the guard band, else pass (JCGM 106, 8.3.3).
    GuardedRejection,
    /// Pass and fail, and in the guard band within the limits conditional pass, beyond them conditional fail (ILAC-G8, 4.2.3).
    NonBinary,
    /// Pass where conformity is proven, fail where nonconformity is, else undecided (ISO 14253-1:2017, 5.2 and 5.3).
    Proof,
}

/// A decision rule (JCGM 106:2012, 3.3.12).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionRule {
    /// What is said where.
    #[serde(flatten)]
    pub kind: RuleKind,
    /// The guard band; simple acceptance does not look at it.
    pub guard_band: GuardBand,
    /// Where U is at most this part of half the tolerance interval, the guard band is left out: 1/3 in JJF 1094-2002, 5.3.1.4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negligible: Option<NegligibleUncertainty>,
}

/// When an uncertainty is small enough not to matter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NegligibleUncertainty {
    /// The greatest U/MPE.
    pub ratio: f64,
    /// k of that U.
    pub coverage_factor: f64,
}

/// The statement of conformity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConformityStatement {
    /// It conforms.
    Pass,
    /// Within the limits, but so near that it may not conform.
    ConditionalPass,
    /// Beyond a limit, but so near that it may conform.
    ConditionalFail,
    /// It does not conform.
    Fail,
    /// Neither conformity nor nonconformity is proven.
    Undecided,
    /// The rule accepts no value whatever, because the uncertainty is too large for the tolerance interval.
    NothingAcceptable,
}

/// A decision with all that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// By which rule.
    pub rule: DecisionRule,
    /// The limits.
    pub tolerance: ToleranceInterval,
    /// What was measured.
    pub measured: Measured,
    /// The values that pass; none where no value can.
    pub acceptance: Option<AcceptanceInterval>,
    /// Outside of these values it fails; in a binary rule the same as `acceptance`.
    pub rejection: Option<AcceptanceInterval>,
    /// What became of the search where the guard band was to be solved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guarding: Option<Guarding>,
    /// What is said.
    pub statement: ConformityStatement,
    /// The probability that the quantity conforms.
    pub conformance_probability: f64,
    /// The probability that the statement is wrong; none for one that says neither.
    pub specific_risk: Option<f64>,
}

impl DecisionRule {
    /// Simple acceptance.
    pub fn simple() -> Self {
        Self { kind: RuleKind::SimpleAcceptance, guard_band: GuardBand::Width { width: 0.0 }, negligible: None }
    }

    /// A rule with its guard band.
    pub fn guarded(kind: RuleKind, guard_band: GuardBand) -> Self {
        Self { kind, guard_band, negligible: None }
    }

    /// The decision about a measured quantity.
    ///
    /// With a target risk p the acceptance limits lie where P(not conforming) = p, the limits of rejection where P(conforming) = p.
    ///
    /// Errors: limits, a distribution, a guard band or a target that are none; one limit where the rule compares U with half the width.
    ///
    /// ```
    /// use heng_uncertainty::conformity::ToleranceInterval;
    /// use heng_uncertainty::conformity::decision::{DecisionRule, GuardBand, RuleKind, ConformityStatement};
    /// use heng_uncertainty::conformity::measured::Measured;
    ///
    /// // ILAC-G8:09/2019: w = U with k = 2 leaves a specific risk of 2.5 % at most.
    /// let rule = DecisionRule::guarded(
    ///     RuleKind::NonBinary,
    ///     GuardBand::Expanded { multiple: 1.0, coverage_factor: 2.0 },
    /// );
    /// let limit = ToleranceInterval { lower: None, upper: Some(10.0) };
    /// let measured = Measured::Normal { value: 9.5, standard_uncertainty: 0.3 };
    /// assert_eq!(rule.decision(&limit, &measured)?.statement, ConformityStatement::ConditionalPass);
    /// # Ok::<(), heng_uncertainty::conformity::ConformityError>(())
    /// ```
    pub fn decision(&self, tolerance: &ToleranceInterval, measured: &Measured) -> Result<Decision, ConformityError> {
        tolerance.check()?;
        measured.check()?;
        let is_negligible = self.is_negligible(tolerance, measured)?;
        let simple = AcceptanceInterval::simple(tolerance);
        let (mut inner, mut outer, mut guarding) = (Some(simple), Some(simple), None);
        if !is_negligible && self.kind != RuleKind::SimpleAcceptance {
            if self.kind != RuleKind::GuardedRejection {
                (inner, guarding) = self.inner(tolerance, measured)?;
            }
            if self.kind != RuleKind::GuardedAcceptance {
                outer = self.outer(tolerance, measured)?;
            }
        }
        let value = measured.value();
        let within = |interval: Option<AcceptanceInterval>| interval.is_some_and(|interval| interval.contains(value));
        let (acceptance, rejection) = match self.kind {
            RuleKind::GuardedAcceptance | RuleKind::SimpleAcceptance => (inner, inner),
            RuleKind::GuardedRejection => (outer, outer),
            RuleKind::NonBinary | RuleKind::Proof => (inner, outer),
        };
        let statement = if within(acceptance) {
            ConformityStatement::Pass
        } else if !within(rejection) {
            if rejection.is_none() { ConformityStatement::NothingAcceptable } else { ConformityStatement::Fail }
        } else if self.kind == RuleKind::Proof {
            ConformityStatement::Undecided
        } else if tolerance.contains(value) {
            ConformityStatement::ConditionalPass
        } else {
            ConformityStatement::ConditionalFail
        };
        let nonconformance = measured.nonconformance_probability(tolerance);
        let specific_risk = match statement {
            ConformityStatement::Pass | ConformityStatement::ConditionalPass => Some(nonconformance),
            ConformityStatement::Fail | ConformityStatement::ConditionalFail => Some(1.0 - nonconformance),
            ConformityStatement::Undecided | ConformityStatement::NothingAcceptable => None,
        };
        Ok(Decision {
            rule: *self,
            tolerance: *tolerance,
            measured: measured.clone(),
            acceptance,
            rejection,
            guarding,
            statement,
            conformance_probability: 1.0 - nonconformance,
            specific_risk,
        })
    }

    fn is_negligible(&self, tolerance: &ToleranceInterval, measured: &Measured) -> Result<bool, ConformityError> {
        let Some(NegligibleUncertainty { ratio, coverage_factor }) = self.negligible else { return Ok(false) };
        if !(ratio >= 0.0 && coverage_factor > 0.0 && ratio.is_finite() && coverage_factor.is_finite()) {
            return Err(ConformityError::GuardBand);
        }
        let width = tolerance.width().ok_or(ConformityError::TwoLimitsNeeded)?;
        Ok(coverage_factor * measured.standard_uncertainty() <= ratio * (width / 2.0))
    }

    fn inner(
        &self,
        tolerance: &ToleranceInterval,
        measured: &Measured,
    ) -> Result<(Option<AcceptanceInterval>, Option<Guarding>), ConformityError> {
        match self.guard_band {
            GuardBand::Risk { target } => {
                let guarding = guarding_of_specific_risk(tolerance, measured, target)?;
                Ok((guarding.acceptance(), Some(guarding)))
            }
            _ => {
                let acceptance = AcceptanceInterval::guarded(tolerance, self.width(measured)?);
                Ok(((!acceptance.is_empty()).then_some(acceptance), None))
            }
        }
    }

    fn outer(
        &self,
        tolerance: &ToleranceInterval,
        measured: &Measured,
    ) -> Result<Option<AcceptanceInterval>, ConformityError> {
        match self.guard_band {
            GuardBand::Risk { target } => {
                Ok(guarding_of_specific_risk(tolerance, measured, 1.0 - target)?.acceptance())
            }
            _ => Ok(Some(AcceptanceInterval::guarded(tolerance, -self.width(measured)?))),
        }
    }

    fn width(&self, measured: &Measured) -> Result<f64, ConformityError> {
        let width = match self.guard_band {
            GuardBand::Expanded { multiple, coverage_factor } => {
                multiple * coverage_factor * measured.standard_uncertainty()
            }
            GuardBand::Width { width } => width,
            GuardBand::Risk { .. } => f64::NAN,
        };
        if width >= 0.0 && width.is_finite() { Ok(width) } else { Err(ConformityError::GuardBand) }
    }
}
