//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod adaptive;
mod conformity;
mod correlation;
mod expression;
mod golden;
mod histogram;
mod line;
mod model;
mod monte_carlo;
mod propagation;
mod published;
mod referee;
mod region;
mod student;
