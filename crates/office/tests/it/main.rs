//! An office keeps what is nobody's statement yet.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod accounts;
mod city;
mod drafts;
