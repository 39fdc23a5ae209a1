//! A comparison round as of a day: who has sealed and opened, what the results say together, what is owed and what was wrong.
//!
//! The log decides, not the clock alone: a result that came into the log behind the first opening was not blind, whatever day its issuer says
//! it was. What counts, what does not and why follow from the order of the steps and from the announcement, so that anyone gets the same answer.

mod duty;
mod evaluation;
mod fault;
mod finding;
mod state;
mod steps;

pub use duty::{Act, Duty};
pub use evaluation::{ItemEvaluation, evaluations, reported, youden};
pub use fault::{faults, result_faults};
pub use finding::RoundFinding;
pub use state::{Counted, Followed, ParticipantState, Phase, RoundState};
pub use steps::{RoundLog, Step};
