//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod authority;
mod canonical;
mod ecdsa;
mod examples;
mod fixtures;
mod golden;
mod keys;
mod published;
mod round;
mod schema;
mod signed;
mod textbook;
