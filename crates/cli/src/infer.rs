//! `heng infer`: what the readings of a network say about its meters.

pub mod piles;
