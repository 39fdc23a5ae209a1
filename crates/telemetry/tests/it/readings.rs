//! Readings as they come in: what is kept, what is said of it, and what a crash leaves.

mod archive;
mod archive_settings;
mod arrow;
mod broker;
mod fixtures;
mod forms;
mod kept;
mod proofs;
mod quality;
mod recovery;
mod s3;
mod stated;
