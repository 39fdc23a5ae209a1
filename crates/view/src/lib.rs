//! What follows on a given day from the statements and the rules.

pub mod chain;
pub mod impact;
pub mod inventory;
pub mod nearest;
pub mod obligation;
pub mod plan;
pub mod round;
pub mod service;
pub mod stability;
pub mod standing;

pub use chain::{Chain, Link, Top};
pub use impact::{Impact, impact};
pub use inventory::{CertificateState, Condition, Inventory};
pub use obligation::{Obligation, obligation};
pub use round::{RoundLog, RoundState};
pub use standing::{Standing, standing};
