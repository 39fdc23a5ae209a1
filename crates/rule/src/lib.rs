//! Regulation as data, each clause with its source and its dates, and the verdict it gives.

pub mod builtin;
pub mod catalogue;
pub mod citation;
pub mod cited;
pub mod conditions;
pub mod evaluate;
mod limit;
mod line;
pub mod plan;
mod point;
pub mod readings;
pub mod record;
pub mod recordings;
pub mod refusal;
pub mod required;
pub mod result;
pub mod rule;
pub mod sampling;
pub mod service;
pub mod sheet;
pub mod slip;
pub mod standards;
pub mod sufficiency;
pub mod table;
mod trials;

pub use builtin::{RuleSet, builtin};
pub use citation::{Citation, Confidence, RuleReference, Words};
pub use evaluate::Evaluated;
pub use record::{Cell, Input, Instrument, Occasion, Organisation, Record, Row};
pub use refusal::Refusal;
pub use result::{
    BudgetCorrelation, Contribution, ItemResult, Limit, Named, NamedWord, Outcome, PointResult, TrialsResult, Verdict,
};
pub use rule::{Rule, RuleKind};
pub use slip::Slip;
pub use standards::{Dissemination, StandardFacts};
pub use sufficiency::{Demand, Sufficiency};
