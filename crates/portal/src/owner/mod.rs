//! The owner: which of our instruments are due, why they must be verified, and asking for it.

pub(crate) mod by_hand;
pub(crate) mod calendar;
pub(crate) mod holdings;
pub(crate) mod ledger;
pub(crate) mod request;
