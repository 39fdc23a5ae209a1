//! What can be typed about messages of charging piles.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum OcppCommand {
    /// Check recorded messages: sessions with their energy, gaps, registers, clock, and the signed readings in them
    Check(OcppCheck),
}

#[derive(Debug, Args)]
pub struct OcppCheck {
    /// Recordings of OCPP 1.6 or 2.0.1, one message a line; bundles (.heng) and PDFs of the meters' certificates may be given with them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The meter's public key, hexadecimal or base64; goes before keys in messages
    #[arg(long, value_name = "HEX")]
    pub key: Option<String>,
    /// Whom to trust; default: what `heng init` noted for this user
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}
