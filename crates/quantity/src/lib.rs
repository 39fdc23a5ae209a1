//! A number with its unit, its uncertainty and its rounding.

pub mod consistency;
pub mod convert;
pub mod coverage;
pub mod decimal;
pub mod finding;
pub mod reported;
pub mod rounding;
pub mod text;
pub mod typography;
pub mod unit;
pub mod vector;

pub use coverage::{Coverage, ReportError};
pub use decimal::Decimal;
pub use finding::{Finding, Position, Severity};
pub use reported::{Distribution, Estimate, Reported, Uncertainty};
pub use rounding::RoundingRule;
pub use unit::Unit;
pub use vector::{Region, RegionShape, ReportedVector};
