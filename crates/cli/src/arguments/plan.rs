//! What can be typed of plans, forecasts and norms.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::RoundAt;

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Say what is wrong with the files of a plan; needs no store
    Check(PlanCheck),
    /// Put a plan in force: its files are kept and signed for
    Import(PlanImport),
    /// State facts that a plan counts
    Attest(PlanAttest),
    /// How each row is served and how each indicator stands
    Status(PlanStatus),
    /// Why an indicator stands as it does: its evidence, its gaps, what would change it
    Why(PlanWhy),
    /// Freeze a report at a checkpoint: page, PDF, spreadsheet, JSON, and the bundle that proves it
    Report(PlanReport),
}

#[derive(Debug, Args)]
pub struct PlanCheck {
    /// The files (heng-plan/1, TOML), or a folder of them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Findings as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlanImport {
    /// The files (heng-plan/1, TOML), or a folder of them
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub speaker: Speaker,
    /// Findings as JSON
    #[arg(long)]
    pub json: bool,
}

/// In which store, and who speaks.
#[derive(Debug, Args)]
pub struct Speaker {
    #[command(flatten)]
    pub at: RoundAt,
    /// Who speaks: a party whose key is in the store
    #[arg(long = "as", value_name = "PARTY", default_value = heng_office::ANCHOR)]
    pub party: String,
}

#[derive(Debug, Args)]
pub struct PlanAttest {
    /// The facts (heng-attestations/1, TOML)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub speaker: Speaker,
}

/// In which store, and on which day.
#[derive(Debug, Args)]
pub struct PlanAt {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The day that is asked about; today otherwise
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PlanStatus {
    #[command(flatten)]
    pub at: PlanAt,
    /// This row or indicator alone
    #[arg(long, value_name = "ID")]
    pub row: Option<String>,
    /// What this department or district is responsible for
    #[arg(long, value_name = "NAME")]
    pub department: Option<String>,
}

#[derive(Debug, Args)]
pub struct PlanWhy {
    /// The indicator, for example N2
    #[arg(value_name = "INDICATOR")]
    pub indicator: String,
    #[command(flatten)]
    pub at: PlanAt,
}

#[derive(Debug, Args)]
pub struct PlanReport {
    /// The day that is reported on
    #[arg(long, value_name = "DATE")]
    pub as_of: Date,
    /// Where the files are written
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A folder with fonts, where the system has no Chinese one
    #[arg(long, value_name = "DIR")]
    pub fonts: Option<PathBuf>,
    #[command(flatten)]
    pub speaker: Speaker,
}

#[derive(Debug, Subcommand)]
pub enum ForecastCommand {
    /// Seal forecasts before their time begins
    Seal(ForecastFile),
    /// Say what was observed, after the time
    Observe(ForecastFile),
    /// Hold every forecast against what was observed: hits, misses, false alarms, and what they are worth
    Verify(ForecastVerify),
}

#[derive(Debug, Args)]
pub struct ForecastFile {
    /// The forecasts or observations (heng-forecast/1, TOML)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub speaker: Speaker,
}

#[derive(Debug, Args)]
pub struct ForecastVerify {
    /// This product alone
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    #[command(flatten)]
    pub at: PlanAt,
}

#[derive(Debug, Subcommand)]
pub enum NormCommand {
    /// Say that norms have reached a stage, or something of a clause that was used
    Tell(NormFile),
    /// Where a norm or a clause is cited
    Cite(NormCite),
    /// How often each norm was used, and what its users say
    Used(NormList),
    /// Citations of editions that no longer stand, and reviews that are overdue
    Stale(NormList),
}

#[derive(Debug, Args)]
pub struct NormFile {
    /// The stages and the feedback (heng-norms/1, TOML)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub speaker: Speaker,
}

#[derive(Debug, Args)]
pub struct NormCite {
    /// The norm, for example "JJF 1059.1-2012"
    #[arg(value_name = "NORM")]
    pub norm: String,
    /// This clause alone
    #[arg(value_name = "CLAUSE")]
    pub clause: Option<String>,
    #[command(flatten)]
    pub at: PlanAt,
}

#[derive(Debug, Args)]
pub struct NormList {
    /// This norm alone
    #[arg(value_name = "NORM")]
    pub norm: Option<String>,
    #[command(flatten)]
    pub at: PlanAt,
}
