//! The cases people work through, and which statement each step makes.

pub mod certification;
pub mod city;
pub mod correction;
pub mod founding;
pub mod gates;
pub mod ledger;
pub mod naming;
pub mod plan;
pub mod round;
pub mod service;
pub mod sheet;
pub mod thing;

pub use certification::{Draft, Grounds, Person};
pub use correction::{Retraction, supersession, withdrawal};
pub use founding::{FoundingParty, FoundingStandard, World, world};
pub use gates::{Issue, Refusal, StandardCertificate};
pub use naming::party_named;
pub use thing::thing_id;
