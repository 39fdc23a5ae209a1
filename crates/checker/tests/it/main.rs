//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod budgets;
mod charging;
mod golden;
mod recording;
