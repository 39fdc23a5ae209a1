//! The laboratory's day from the command line: a record becomes certificates that anyone can check.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod city;
mod documents;
mod examples;
mod forger;
mod forgery;
mod identity;
mod infer;
mod judges;
mod killed;
mod lots;
mod measurement;
mod ocmf;
mod plan;
mod published;
mod readings;
mod round;
mod service;
mod story;
mod tables;
mod tampering;
mod uncertainty;
