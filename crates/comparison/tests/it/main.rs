//! What is true of this crate, seen from outside.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

mod assigned_value;
mod bounds;
mod data;
mod density;
mod distribution;
mod estimators;
mod examples;
mod file;
mod homogeneity;
mod material;
mod reference_value;
mod robust;
mod score;
mod youden;

/// Within the tolerance, or both numbers are shown.
#[track_caller]
fn near(ours: f64, published: f64, tolerance: f64) {
    assert!((ours - published).abs() <= tolerance, "ours {ours:.12}, published {published}");
}
