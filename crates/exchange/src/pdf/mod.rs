//! Files inside a PDF: read from any, and a proof bundle appended to ours without touching a byte of it.
//!
//! The reader is our own and small because it faces hostile files: every loop, depth and inflated size in it has a bound,
//! and all that is read for one file an allowance, which no PDF library at hand offers.

mod allowance;
mod append;
mod attachments;
mod file;
mod object;

pub use append::{AppendError, Split, append_bundle, split};
pub use attachments::{Attachment, Attachments, attachments};
