//! What can be typed about lots of instruments.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum LotCommand {
    /// Decide whether a lot of meters stays in service, from a random sample, with its risks
    Grade(LotGrade),
}

#[derive(Debug, Args)]
pub struct LotGrade {
    /// The lot: its estimates, its plan, how the sample was drawn, the laboratory's results (heng-lot/1)
    #[arg(value_name = "LOT.toml")]
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write the grade with its pictures as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}
