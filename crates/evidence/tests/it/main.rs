//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod fixtures;
mod published;
mod tiles;
mod tree;
