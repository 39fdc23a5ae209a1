//! Uncertain numbers of other programs, as far as they were understood.

use heng_quantity::Finding;
use heng_uncertainty::Budgets;

/// Larger files are refused before they are read.
pub(crate) const LARGEST: usize = 64 << 20;

/// What a file of another program says of its results. Where a finding is an error the budgets are not all of the truth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// The results with the influences that they share.
    pub budgets: Budgets,
    /// What is wrong with the file, and what in it was not understood.
    pub findings: Vec<Finding>,
}

impl Archive {
    /// An archive of which nothing was understood.
    pub(crate) fn refused(finding: Finding) -> Self {
        Self { budgets: Budgets::default(), findings: vec![finding] }
    }
}
