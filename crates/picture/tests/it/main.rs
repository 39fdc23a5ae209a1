//! What is true of this crate, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods
)]

mod drawing;
mod extremes;
mod marks;
mod reports;
mod samples;
mod svg;
