//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod causes;
mod chain;
mod fixture;
mod inventory;
mod obligation;
mod round;
mod service;
mod stability;
mod standing;
