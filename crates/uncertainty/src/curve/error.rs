//! Why no curve can be fitted, or read.

use heng_quantity::unit::UnitBeyondBounds;

/// What is wrong with the data or the question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CurveError {
    /// The curve would go through any points, or its scatter could not be evaluated.
    #[error("at least {needed} points are needed, there are {found}")]
    TooFew {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// Coordinates and uncertainties are not of the same points, or names not of the same coefficients.
    #[error("there are too few or too many {what}")]
    Lengths {
        /// Of what there are more or fewer.
        what: &'static str,
    },
    /// A value is infinite or no number.
    #[error("{what} {} is not a finite number", place + 1)]
    NotFinite {
        /// Which column.
        what: &'static str,
        /// Which point, from zero.
        place: usize,
    },
    /// A standard uncertainty is negative, or zero where it weights a point.
    #[error("the standard uncertainty {what} of point {} must be above zero", place + 1)]
    Uncertainty {
        /// Which column.
        what: &'static str,
        /// Which point, from zero.
        place: usize,
    },
    /// Not all points can be distinguished by their x.
    #[error("{needed} different x are needed, there are {found}")]
    NoSpread {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A covariance matrix differs from its transpose.
    #[error("the covariance matrix is not symmetric")]
    NotSymmetric,
    /// No quantities can have this covariance matrix, or it leaves a combination of points without uncertainty.
    #[error("the covariance matrix is not positive definite; check its covariances")]
    NotPositiveDefinite,
    /// The line did not settle.
    #[error("the fit does not converge; the points do not lie along a line that y follows from x")]
    NotConverged,
    /// Nothing can be read from a line without slope.
    #[error("the slope is zero, so that no x belongs to a y")]
    NoSlope,
    /// The curve takes the value nowhere, or more than once, between the calibrated ends.
    #[error("between the calibrated ends the curve takes the value {times} times; it must take it once")]
    NotInvertible {
        /// How often.
        times: usize,
    },
    /// The degree is beyond what is computed with.
    #[error("a polynomial has a degree from 1 to {greatest}")]
    Degree {
        /// The greatest.
        greatest: usize,
    },
    /// The units have no quotient.
    #[error("the unit of the slope is beyond what is computed with")]
    Unit,
}

impl From<UnitBeyondBounds> for CurveError {
    fn from(_: UnitBeyondBounds) -> Self {
        Self::Unit
    }
}
