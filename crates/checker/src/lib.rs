//! Whether a document tells the truth, from its own bytes and a policy.

pub mod believed;
pub mod budget_file;
pub mod budgets;
pub mod bundle;
mod case;
pub mod charging;
pub mod check;
mod computation;
mod documents;
pub mod dossier;
pub mod facts;
pub mod gather;
pub mod given;
mod kept;
pub mod memory;
mod people;
pub mod policy;
mod proofs;
mod recomputation;
pub mod report;
pub mod round;
pub mod settled;
mod standing;
mod steps;

pub use believed::Believed;
pub use budget_file::BudgetFile;
pub use bundle::{Bundle, Logged};
pub use check::{check, check_dossier};
pub use dossier::{Dossier, Included};
pub use gather::{Gathered, Sources, gathered};
pub use given::{Given, Unreadable};
pub use memory::Memory;
pub use policy::Policy;
pub use report::{Answer, Check, Outcome, Reason, Report};
pub use settled::{Said, Settled};
