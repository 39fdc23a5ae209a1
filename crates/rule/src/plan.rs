//! A plan of the authorities as data: what its documents ask for, in their own words, who is responsible, and its indicators as rules over evidence.
//!
//! A plan is one folder of files (`docs/plan.md`), each of them
//!
//! ```text
//! format = "heng-plan/1"
//! plan                     the same in every file
//! [[document]]             a source text with its hash
//! [[sentences]]            the passages that are quoted, under the same hash
//! [grammar] [[body]]       how the documents name who is responsible, and the bodies
//! [[service]]              how rows are served today
//! [[group]]                what the rows of one letter are about
//! [[row]]                  one thing that is asked for, with its quotes
//! [[evidence]]             a kind of evidence that measures may count
//! [[indicator]] [[share]]  a figure to be reached, and how it is divided
//! [[conflict]] [[difference]]
//! ```
//!
//! [`Plan::read`] reads what it can and returns findings with file, line and column; nothing is guessed.

mod admit;
mod both;
mod builtin;
mod check;
mod closing;
mod conflict;
pub mod cover;
mod duty;
pub mod evidence;
pub mod measure;
mod parse;
pub mod parts;
mod read;
mod references;
pub mod shares;
pub mod standing;
mod stated;
mod statistics;
mod text;
mod unit;

pub use admit::SmallestCount;
pub use builtin::{TIANJIN, builtin_plan};
pub use conflict::{Conflict, ConflictKind, Difference, DifferenceKind, planned_pace};
pub use duty::{Duty, Grammar, Part};
pub use evidence::{Evidence, Fact};
pub use measure::{Amount, Asking, Measure};
pub use parts::{By, Parts};
pub use read::Plan;
pub use shares::{BodyShare, Shares};
pub use standing::{Standing, Status};
pub use stated::{Entry, Stated};
pub use statistics::{Band, drift};
pub use text::{
    Base, Body, BodyKind, Condition, DefaultDuty, Document, EvidenceKind, Extent, Goal, GoalRule, Group, Indicator,
    IndicatorKind, Named, Quote, Row, Sentences, Service, ServiceKind, Share, SilentRule, Supplied,
};
pub use unit::PlanUnit;
