//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::panic)]

mod adaptive;
mod anova;
mod conformity;
mod correlation;
mod curve;
mod decision;
mod document;
mod documented;
mod expression;
mod formula;
mod golden;
mod histogram;
mod language;
mod line;
mod model;
mod moments;
mod monte_carlo;
mod outcome;
mod polynomial;
mod propagation;
mod published;
mod referee;
mod region;
mod risk;
mod special;
mod student;
