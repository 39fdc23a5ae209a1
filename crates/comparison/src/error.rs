//! Why a comparison gives no number.

use heng_quantity::Finding;
use serde::Serialize;

/// What the data does not allow.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum ComparisonError {
    /// There are fewer values than the method needs.
    #[error("the method needs {needed} values, there are {given}: collect more")]
    TooFew {
        /// The least number.
        needed: usize,
        /// The number there is.
        given: usize,
    },
    /// There are more values than the method computes exactly in bounded time.
    #[error("the method takes at most {most} values, there are {given}: use another estimator")]
    TooMany {
        /// The largest number.
        most: usize,
        /// The number there is.
        given: usize,
    },
    /// A value is infinite or no number, or its square is beyond the range of numbers.
    #[error("a value is no finite number of usable size: correct it")]
    NotFinite,
    /// A standard uncertainty is not above zero.
    #[error("a standard uncertainty is not above zero: state what is known of the value")]
    Uncertainty,
    /// A result states no uncertainty, which the method needs.
    #[error("a result states no uncertainty: state it, or use a robust method")]
    UncertaintyMissing,
    /// The smallest standard uncertainty is lost beside the spread of the values.
    #[error("an uncertainty is lost beside the spread of the values: look at the units")]
    Incommensurable,
    /// A number of degrees of freedom is below one.
    #[error("degrees of freedom are below one: leave them out where u is known exactly")]
    DegreesOfFreedom,
    /// A probability does not lie between 0 and 1, or a factor not above zero.
    #[error("a coverage probability, factor or significance is out of its range: correct it")]
    Setting,
    /// More than half of the values are alike, so that their spread is zero.
    #[error("the spread of the values is zero: look at their resolution")]
    NoSpread,
    /// The iteration did not settle.
    #[error("the iteration did not settle after {updates} updates: use another estimator")]
    NotSettled {
        /// How many there were.
        updates: usize,
    },
    /// Rows have different numbers of values, or too few.
    #[error("the table is not complete: state the same number of values for every item")]
    Unbalanced,
    /// A score divides by zero.
    #[error("the denominator of the score is zero: state an uncertainty or a standard deviation")]
    NoDenominator,
    /// A covariance is larger than the uncertainties allow.
    #[error("the covariance is larger than the uncertainties allow: correct it")]
    Covariance,
    /// No two results agree.
    #[error("no two results are consistent: no subset gives a reference value")]
    NoConsistentSubset,
    /// The slope differs from zero, so that no stability can be claimed.
    #[error("the slope differs from zero: state the trend instead of an uncertainty of stability")]
    Trend,
}

impl ComparisonError {
    /// The same as a finding, for people's words.
    pub fn finding(&self) -> Finding {
        match self {
            Self::TooFew { needed, given } => {
                Finding::error("comparison-too-few").with("needed", needed).with("given", given)
            }
            Self::TooMany { most, given } => {
                Finding::error("comparison-too-many").with("most", most).with("given", given)
            }
            Self::NotFinite => Finding::error("comparison-not-finite"),
            Self::Uncertainty => Finding::error("comparison-uncertainty-not-above-zero"),
            Self::UncertaintyMissing => Finding::error("comparison-uncertainty-not-stated"),
            Self::Incommensurable => Finding::error("comparison-incommensurable"),
            Self::DegreesOfFreedom => Finding::error("comparison-degrees-of-freedom"),
            Self::Setting => Finding::error("comparison-setting"),
            Self::NoSpread => Finding::error("comparison-no-spread"),
            Self::NotSettled { updates } => Finding::error("comparison-not-settled").with("updates", updates),
            Self::Unbalanced => Finding::error("comparison-unbalanced"),
            Self::NoDenominator => Finding::error("comparison-no-denominator"),
            Self::Covariance => Finding::error("comparison-covariance"),
            Self::NoConsistentSubset => Finding::error("comparison-no-consistent-subset"),
            Self::Trend => Finding::error("comparison-trend"),
        }
    }
}

/// Whether there are as many finite values as needed, of a size whose squares can be summed.
pub(crate) fn checked(values: &[f64], needed: usize) -> Result<(), ComparisonError> {
    if values.len() < needed {
        return Err(ComparisonError::TooFew { needed, given: values.len() });
    }
    let is_usable = |value: &f64| *value == 0.0 || (SMALLEST..=LARGEST).contains(&libm::fabs(*value));
    if !values.iter().all(is_usable) {
        return Err(ComparisonError::NotFinite);
    }
    Ok(())
}

/// Squares of such values, and sums and products of a few of them, stay within the range of doubles.
pub(crate) const LARGEST: f64 = 1e100;
/// Squares of smaller values than that lose digits; zero itself does not.
const SMALLEST: f64 = 1e-100;

/// What one method gives, or why it gives nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome<T> {
    /// What it gives.
    pub result: Option<T>,
    /// Why it gives nothing.
    pub refusal: Option<ComparisonError>,
}

impl<T> From<Result<T, ComparisonError>> for Outcome<T> {
    fn from(result: Result<T, ComparisonError>) -> Self {
        match result {
            Ok(result) => Self { result: Some(result), refusal: None },
            Err(refusal) => Self { result: None, refusal: Some(refusal) },
        }
    }
}
