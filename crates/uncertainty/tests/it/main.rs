//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::panic)]

mod conformity;
mod correlation;
mod decision;
mod expression;
mod formula;
mod language;
mod line;
mod model;
mod monte_carlo;
mod published;
mod risk;
mod special;
mod student;
