//! What a random sample says about the whole that it was drawn from.
//!
//! Counts, and nothing of what is counted: whether a meter, a shop or a package fails is decided elsewhere. Everything is computed exactly, by the
//! hypergeometric, binomial and beta distributions, and nothing by simulation.

pub mod draw;
pub mod excess;
pub mod file;
pub mod foretold;
pub mod grade;
pub mod hypergeometric;
pub mod number;
pub mod plan;
pub mod posterior;
pub mod proportion;
pub mod table;

pub use draw::Draw;
pub use foretold::{Foretold, TrackRecord};
pub use grade::{Decision, Grading, Lot, Unit, grade};
pub use plan::Plan;
pub use posterior::{Assumptions, SharePosterior};
pub use proportion::Proportion;
