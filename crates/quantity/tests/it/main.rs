//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod certificates;
mod coverage;
mod decimal;
mod order;
mod rounding;
mod text;
mod typography;
mod unit;
mod vector;
