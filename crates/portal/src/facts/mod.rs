//! What a page states, before any words: the same facts go to the page and to the interface.

pub(crate) mod certificate;
pub(crate) mod chain;
pub(crate) mod cut;
pub(crate) mod day;
pub(crate) mod listing;
pub(crate) mod register;
pub(crate) mod seen;
pub(crate) mod service;
pub(crate) mod stability;
pub(crate) mod statement;
pub(crate) mod thing;
pub(crate) mod wanted;
