//! The utility's engineer: networks by risk, each meter with its interval, alarms and what was done about them.

pub(crate) mod alarms;
pub(crate) mod causes;
pub(crate) mod instruments;
pub(crate) mod matrix;
pub(crate) mod network;
pub(crate) mod networks;
pub(crate) mod said;
