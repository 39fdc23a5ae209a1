//! What a certificate rests on, as its sheet shows it: the standards used, and what those were calibrated with.

use heng_statement::StandardUsed;

/// One certificate above the certificate at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How many steps above; 1 is a standard that was used.
    pub depth: u32,
    /// As what it was used in the step below.
    pub standard: StandardUsed,
    /// What is above it.
    pub above: Above,
}

/// What is above a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// The certificates of other standards.
    Standards,
    /// Nothing: it realises the unit.
    Unit,
    /// Its certificate is not at hand.
    Unknown,
}
