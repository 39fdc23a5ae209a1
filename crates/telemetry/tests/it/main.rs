//! What is true of this crate, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stderr
)]

mod city;
mod districts;
mod feeders;
mod files;
mod readings;
mod sessions;
