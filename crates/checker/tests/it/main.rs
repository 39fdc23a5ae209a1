//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::panic)]

mod golden;
