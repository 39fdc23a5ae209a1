//! What the step of a register puts into the columns of the balance, so that it can be taken away where it meets itself in the target.

/// One register. The target holds its steps with the factor −1.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The trace of C⁻¹ times the covariance of its steps.
    pub trace: f64,
    /// Where the columns stand that follow its energy, its own first, and what one kilowatt-hour more in an interval adds to each there.
    pub columns: Vec<(usize, f64)>,
}
