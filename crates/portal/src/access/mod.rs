//! Who may do what: one policy, asked at one gate, over one list of addresses.

mod action;
mod endpoints;
mod gate;
mod person;
mod policy;
mod table;

pub(crate) use action::Action;
pub(crate) use gate::{gate, refused};
pub(crate) use person::{Person, person};
pub(crate) use policy::{AccessPolicy, Matter};
pub use table::policy_table;
