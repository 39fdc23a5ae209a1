//! What several results of one quantity say together: comparisons of laboratories, reference values and reference materials.

pub mod distribution;
pub mod error;
pub mod robust;
pub mod statistics;

pub use error::ComparisonError;
