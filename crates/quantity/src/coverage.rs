//! From a computed estimate to a stated quantity value.

use num_traits::Signed;

use crate::decimal::Decimal;
use crate::reported::{Distribution, Estimate, Reported, Uncertainty};
use crate::rounding::RoundingRule;

/// Which uncertainty a result states.
#[derive(Clone, Debug)]
pub enum Coverage {
    /// The standard uncertainty u.
    Standard,
    /// U = k·u with a factor that a rule or a certificate names; k and p are stated as given.
    Factor {
        /// k.
        factor: Decimal,
        /// p, between 0 and 1.
        probability: Decimal,
        /// What k and p rest on, if stated.
        distribution: Option<Distribution>,
    },
    /// U = k·u with the k that gives the probability p for a t-distribution with the estimate's degrees of freedom
    /// (JCGM 100 G.3.2). k is stated to two decimals, and U is computed with the stated k.
    Probability {
        /// p, between 0 and 1.
        probability: Decimal,
        /// q, ν ↦ t with P(T ≤ t) = q for Student's distribution with ν degrees of freedom, the normal one where ν is
        /// infinite. This crate does not compute it.
        quantile: fn(f64, f64) -> f64,
    },
}

/// The estimate cannot be stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The estimate is not a finite number.
    #[error("the estimate is not a finite number")]
    Value,
    /// The standard uncertainty is not a finite number, or below zero.
    #[error("the standard uncertainty is not a number from zero up")]
    Uncertainty,
    /// The coverage factor is not a finite number above zero.
    #[error("the coverage factor is not a number above zero")]
    CoverageFactor,
}

/// The digits kept of a k that we compute.
const COVERAGE_FACTOR_PLACES: i32 = -2;

impl Estimate {
    /// ν truncated to the next lower integer, as a table of t asks for it; `degrees_of_freedom` is the unrounded ν_eff. Infinite as it is.
    ///
    /// The truncation can lose almost one degree (18.999 becomes 18): a k that is computed and not read from a table needs none.
    ///
    /// Source: JCGM 100:2008, G.4.1, note 1, and G.6.4, step 3.
    pub fn truncated_degrees_of_freedom(&self) -> f64 {
        self.degrees_of_freedom.floor()
    }

    /// The value as it is stated: the uncertainty rounded by the rule, the value to the place of its last digit
    /// (JCGM 100 7.2.6; JJF 1059.1-2012 5.3.8). Everything is computed on the exact decimals of the doubles, so that the
    /// same estimate gives the same digits on any machine. Where u is zero, the value keeps the shortest digits that
    /// read back as the same double.
    ///
    /// ```
    /// use heng_quantity::{Coverage, Estimate, RoundingRule};
    ///
    /// // JCGM 100:2008, 7.2.6.
    /// let resistance = Estimate {
    ///     value: 10.05762,
    ///     standard_uncertainty: 0.027,
    ///     degrees_of_freedom: f64::INFINITY,
    ///     unit: r"\ohm".parse()?,
    /// };
    /// let stated = resistance.reported(RoundingRule::Gum726, &Coverage::Standard)?;
    /// assert_eq!(stated.text(), "(10.058\u{a0}±\u{a0}0.027)\u{a0}Ω");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reported(&self, rule: RoundingRule, coverage: &Coverage) -> Result<Reported, ReportError> {
        let value = Decimal::from_f64(self.value).ok_or(ReportError::Value)?;
        let standard = Decimal::from_f64(self.standard_uncertainty)
            .filter(|standard| !standard.is_negative())
            .ok_or(ReportError::Uncertainty)?;
        let (stated, uncertainty) = match coverage {
            Coverage::Standard => {
                let stated = rule.uncertainty(&standard);
                (stated.clone(), Uncertainty::Standard { value: stated, distribution: None })
            }
            Coverage::Factor { factor, probability, distribution } => {
                expanded(rule, &standard, factor, probability, *distribution)?
            }
            Coverage::Probability { probability, quantile } => {
                let upper = 1.0 - (1.0 - probability.to_f64()) / 2.0;
                let factor = Decimal::from_f64(quantile(upper, self.degrees_of_freedom))
                    .ok_or(ReportError::CoverageFactor)?
                    .rounded(COVERAGE_FACTOR_PLACES, RoundingRule::Gbt8170);
                let distribution =
                    if self.degrees_of_freedom.is_finite() { Distribution::StudentT } else { Distribution::Normal };
                expanded(rule, &standard, &factor, probability, Some(distribution))?
            }
        };
        let value = if stated.is_zero() {
            Decimal::shortest_from_f64(self.value).unwrap_or(value)
        } else {
            value.rounded(stated.exponent(), rule)
        };
        Ok(Reported { value, unit: self.unit.clone(), uncertainty: Some(uncertainty) })
    }
}

fn expanded(
    rule: RoundingRule,
    standard: &Decimal,
    factor: &Decimal,
    probability: &Decimal,
    distribution: Option<Distribution>,
) -> Result<(Decimal, Uncertainty), ReportError> {
    if !factor.coefficient().is_positive() {
        return Err(ReportError::CoverageFactor);
    }
    let stated = rule.uncertainty(&(factor * standard));
    let uncertainty = Uncertainty::Expanded {
        value: stated.clone(),
        coverage_factor: factor.clone(),
        coverage_probability: probability.clone(),
        distribution,
    };
    Ok((stated, uncertainty))
}
