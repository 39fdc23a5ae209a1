//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod cases;
mod files;
mod limits;
mod plan;
mod required;
mod schema;
mod weights;
