//! Digital calibration certificates (DCC) and digital SI (D-SI) documents: read with findings, written from certificates.

mod check;
mod practice;
pub mod read;
mod references;
mod show;
mod structure;
mod tree;
mod whole;
pub mod write;

pub use read::{NotADcc, QuantityText, Read, findings, number, quantities, read};
pub use references::{CertificateReference, Relation, certificate_references};
pub use show::{Extent, show};
pub use whole::{NotTheForm, Unfaithful, from_json, json, rewrite};
pub use write::write;
