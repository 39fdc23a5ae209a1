//! Whether a document tells the truth, from its own bytes and a policy.

pub mod bundle;
mod case;
pub mod check;
mod computation;
mod documents;
pub mod facts;
pub mod gather;
pub mod given;
mod people;
pub mod policy;
mod proofs;
pub mod report;
mod standing;
mod steps;

pub use bundle::{Bundle, Logged};
pub use check::check;
pub use gather::{Gathered, Sources, gathered};
pub use given::{Given, Unreadable};
pub use policy::Policy;
pub use report::{Answer, Check, Outcome, Reason, Report};
