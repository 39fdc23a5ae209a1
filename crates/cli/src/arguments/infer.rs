//! What can be typed about inference from readings.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum InferCommand {
    /// The errors of charging piles from their sessions, with uncertainty
    Piles(InferPiles),
}

#[derive(Debug, Args)]
pub struct InferPiles {
    /// Sessions: a Parquet or CSV file with pile, vehicle, kwh, and y_pct or vehicle_kwh, perhaps temp; or a folder of such files
    #[arg(long, value_name = "FILE|DIR")]
    pub sessions: PathBuf,
    /// Verified piles: a CSV file with pile, error_percent and u_percent
    #[arg(long, value_name = "FILE")]
    pub anchors: Option<PathBuf>,
    /// The accuracy class whose limit counts (JJG 1148-2022, JJG 1149-2022)
    #[arg(long, value_name = "1|2", default_value = "2")]
    pub class: String,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print the rows as CSV
    #[arg(long)]
    pub csv: bool,
    /// Write the rows as Parquet
    #[arg(long, value_name = "OUT")]
    pub parquet: Option<PathBuf>,
}
