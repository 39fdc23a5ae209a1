//! Why no decision or risk can be computed.

/// What is wrong with the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConformityError {
    /// There is nothing to conform to.
    #[error("a lower or an upper limit is needed")]
    NoLimit,
    /// No value lies within the limits.
    #[error("the lower limit must lie below the upper one")]
    LimitsCross,
    /// The rule needs both limits.
    #[error("this needs a lower and an upper limit")]
    TwoLimitsNeeded,
    /// A number is infinite or none.
    #[error("the {what} must be a finite number")]
    NotFinite {
        /// Which.
        what: &'static str,
    },
    /// A standard uncertainty is negative or no number.
    #[error("the standard uncertainty must be a finite number from zero up")]
    Uncertainty,
    /// Degrees of freedom are not above zero.
    #[error("the degrees of freedom must be a finite number above zero; without them the distribution is normal")]
    DegreesOfFreedom,
    /// A probability is not between 0 and 1.
    #[error("the {what} must lie between 0 and 1")]
    Probability {
        /// Which.
        what: &'static str,
    },
    /// A factor of a guard band is negative or no number.
    #[error("the guard band must be a finite number from zero up")]
    GuardBand,
    /// The parameters of a prior describe no distribution.
    #[error("the parameters of the prior describe no distribution")]
    Prior,
    /// A table of a distribution does not rise, or has too few places.
    #[error("a sampled distribution needs at least two finite values in rising order, with probabilities from 0 to 1")]
    Table,
    /// Too few values to evaluate a scatter.
    #[error("at least two values, in a subgroup at least two, are needed")]
    TooFew,
    /// All values are the same.
    #[error("the values do not scatter, so that there is no capability index")]
    NoScatter,
}
