//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::panic)]

mod lasting;
mod meters;
mod misread;
mod piles;
mod synthetic;
