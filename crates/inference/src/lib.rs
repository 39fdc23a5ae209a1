//! What the readings of a network say about its meters, with uncertainty.

pub mod meters;
pub mod piles;

mod eigen;
mod linear;
mod rows;
