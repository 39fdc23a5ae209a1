//! Which reference value the data speaks for.

use serde::Serialize;

use super::{Consistency, Estimator};

/// An estimator with the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// Which.
    pub estimator: Estimator,
    /// Why.
    pub reason: Reason,
}

/// Why an estimator is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The results agree within their uncertainties, and the weighted mean has the smallest u.
    Consistent,
    /// They do not agree, and two results cannot tell a variance between laboratories: both distributions are kept.
    InconsistentPair,
    /// They do not agree, and few results tell little of the variance between laboratories: its own uncertainty must count.
    InconsistentFew,
    /// They do not agree, and there are enough results to find the variance between laboratories.
    Inconsistent,
}

/// Below this many results the uncertainty of τ itself matters: NIST Consensus Builder, User's Manual (2020), 3, on DerSimonian and Laird.
const FEW: usize = 10;

/// The weighted mean where results are consistent; otherwise the linear pool of two, the hierarchical model of fewer than ten and Mandel
/// and Paule's value of more. Leaving results out, as the largest consistent subset does, needs a reason that lies outside the numbers and is
/// never recommended.
///
/// Source: Cox, Metrologia 39 (2002) 589; CCQM/13-22; Koepke et al., Metrologia 54 (2017) S34.
pub fn recommendation(consistency: &Consistency, count: usize) -> Recommendation {
    let (estimator, reason) = if consistency.is_consistent {
        (Estimator::WeightedMean, Reason::Consistent)
    } else if count < 3 {
        (Estimator::LinearPool, Reason::InconsistentPair)
    } else if count < FEW {
        (Estimator::Hierarchical, Reason::InconsistentFew)
    } else {
        (Estimator::MandelPaule, Reason::Inconsistent)
    };
    Recommendation { estimator, reason }
}
