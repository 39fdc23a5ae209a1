//! What is true of this crate, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods
)]

mod certification;
mod city;
mod correction;
mod fixtures;
mod founding;
mod gates;
mod naming;
mod scope;
