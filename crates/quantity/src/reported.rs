//! Stated and computed quantity values: `Reported` keeps digits, `Estimate` is for arithmetic.

use serde::{Deserialize, Serialize};

use crate::{Decimal, Unit};

/// The distribution that a stated uncertainty rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// Gaussian.
    Normal,
    /// Student's t.
    StudentT,
    /// Rectangular.
    Uniform,
    /// Symmetric triangular.
    Triangular,
    /// U-shaped.
    Arcsine,
}

/// A stated measurement uncertainty, in the unit of the value it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Uncertainty {
    /// u (VIM 2.30).
    Standard {
        /// u.
        value: Decimal,
        /// What it rests on, if stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        distribution: Option<Distribution>,
    },
    /// U = k·u (VIM 2.35).
    Expanded {
        /// U.
        value: Decimal,
        /// k (VIM 2.38).
        coverage_factor: Decimal,
        /// p (VIM 2.37), between 0 and 1.
        coverage_probability: Decimal,
        /// What it rests on, if stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        distribution: Option<Distribution>,
    },
    /// A coverage interval (VIM 2.36) that need not be symmetric.
    Interval {
        /// The lower end, a value, not a difference.
        lower: Decimal,
        /// The upper end, a value, not a difference.
        upper: Decimal,
        /// p (VIM 2.37), between 0 and 1.
        coverage_probability: Decimal,
        /// u, if stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        standard: Option<Decimal>,
        /// What it rests on, if stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        distribution: Option<Distribution>,
    },
}

/// A quantity value as a person or an instrument stated it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reported {
    /// The digits.
    pub value: Decimal,
    /// The unit of value and uncertainty.
    pub unit: Unit,
    /// The uncertainty, where one was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Uncertainty>,
}

/// A computed quantity value: never printed, only rounded into a `Reported` by a named rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// u, in the same unit.
    pub standard_uncertainty: f64,
    /// ν; infinite where u is taken as known exactly.
    pub degrees_of_freedom: f64,
    /// The unit of value and uncertainty.
    pub unit: Unit,
}
