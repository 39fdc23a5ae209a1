//! Digital calibration certificates (DCC) and digital SI (D-SI) documents: read with findings, written from certificates.

mod check;
pub mod read;
mod tree;
pub mod write;

pub use read::{NotADcc, QuantityText, Read, findings, number, quantities, read};
pub use write::write;
