//! A number with its unit, its uncertainty and its rounding.

pub mod decimal;
pub mod finding;
pub mod reported;
pub mod rounding;
pub mod unit;

pub use decimal::Decimal;
pub use finding::{Finding, Position, Severity};
pub use reported::{Distribution, Estimate, Reported, Uncertainty};
pub use rounding::RoundingRule;
pub use unit::Unit;
