//! Foreign formats, read into statements and written from them.

pub mod document;
pub mod pdf;
