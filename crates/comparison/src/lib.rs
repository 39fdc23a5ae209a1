//! What several results of one quantity say together: comparisons of laboratories, reference values and reference materials.

pub mod assessment;
pub mod assigned_value;
pub mod density;
pub mod distribution;
pub mod error;
pub mod file;
pub mod homogeneity;
pub mod material;
pub mod reference_value;
pub mod robust;
pub mod round;
pub mod score;
pub mod statistics;
pub mod study;
pub mod youden;

pub use error::{ComparisonError, Outcome};
pub use round::{Round, RoundAssessment, RoundEvaluation};
pub use study::{Study, StudyEvaluation};
