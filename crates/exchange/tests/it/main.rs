//! What is true of this crate, seen from outside.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod dcc;
mod document;
mod ledger;
mod ocmf;
mod ocpp;
mod pdf;
mod practice;
mod record;
mod roundtrip;
mod show;
mod structure;
mod uncertain;
