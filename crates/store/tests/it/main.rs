//! The store: what is acknowledged stays, is found again, and can be proved.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods
)]

mod fault;
mod faulty_disk;
mod fixtures;
mod fsck;
mod index;
mod late;
mod recovery;
mod store;
