//! Recorded messages of OCPP 1.6 and 2.0.1 (JSON over WebSocket): the sessions that they tell of, with their meter values.
//!
//! Read as the field writes it and with the digits as they were sent, therefore not into types that refuse a whole message for one unknown word. Who
//! charged (`idTag`, `idToken`) is not read. Signed meter values are handed on as they are, for [`crate::ocmf`] and whoever checks them.

mod frame;
mod members;
mod sample;
mod session;

pub use frame::{Frame, Kind, frames};
pub use sample::{Register, Sample};
pub use session::{Recording, Session, SignedValue, recording};
