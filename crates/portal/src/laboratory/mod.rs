//! The laboratory: what is asked and waits, the record under review, and certificates that must be taken back.

pub(crate) mod record;
pub(crate) mod refusal;
pub(crate) mod rounds;
pub(crate) mod sheet;
pub(crate) mod tasks;
pub(crate) mod withdrawal;
