//! What is true of this crate, seen from outside.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod drawn;
mod excess;
mod files;
mod lots;
mod published;
mod shares;
