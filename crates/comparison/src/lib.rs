//! What several results of one quantity say together: comparisons of laboratories, reference values and reference materials.

pub mod distribution;
pub mod error;
pub mod homogeneity;
pub mod material;
pub mod reference_value;
pub mod robust;
pub mod score;
pub mod statistics;

pub use error::ComparisonError;
