//! A store at work: whose key signs what, and how a record becomes a certificate that is logged and handed out.

pub mod accounts;
pub mod charging;
pub mod city;
pub mod clock;
pub mod desk;
pub mod drafts;
mod failure;
pub mod files;
pub mod follow;
pub mod fonts;
pub mod founding;
pub mod handout;
pub mod keys;
pub mod ledger;
mod numbers;
mod office;
pub mod origin;
pub mod parallel;
pub mod people;
pub mod plan;
pub mod receipts;
mod review;
pub mod round;
pub mod said;
pub mod sealed;
pub mod service;
pub mod snapshot;

pub use desk::{Desk, Foreseen, Issued, Moment, Refused};
pub use failure::Failure;
pub use founding::ANCHOR;
pub use office::{Known, LOG, Office, verifier_key};
