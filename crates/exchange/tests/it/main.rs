//! What is true of this crate, seen from outside.
