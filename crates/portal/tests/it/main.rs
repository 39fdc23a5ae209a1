//! What is true of the service, asked in process as a browser asks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod access;
mod by_hand;
mod calibration;
mod check;
mod city;
mod day;
mod described;
mod guard;
mod hostile;
mod interface;
mod ledger;
mod plan;
mod privacy;
mod readings;
mod round;
mod scale;
mod service;
mod session;
mod sign_in;
mod uncertainty;
mod work;
