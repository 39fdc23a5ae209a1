//! An office keeps what is nobody's statement yet.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice)]

mod accounts;
mod city;
mod dossier;
mod drafts;
mod ledger;
mod plan;
mod sheet;
mod snapshot;
