//! What can be typed about readings: which meters and piles they are of.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub enum InferCommand {
    /// Judge the meters of a transformer district by its balance
    Meters(InferMeters),
    /// The errors of charging piles from their sessions, with uncertainty
    Piles(InferPiles),
    /// Take back an alarm, or what was inferred with every alarm that rests on it and waits
    Withdraw(InferWithdraw),
    /// Run the platform on districts whose truth is known, and report what it got right
    Selftest(InferSelfTest),
}

#[derive(Debug, Args)]
pub struct InferMeters {
    /// Registers of the head meter (head_kwh) and of the customers' meters, Parquet or CSV; or a folder of such files, or of districts-….parquet
    #[arg(long, value_name = "FILE|DIR")]
    pub readings: PathBuf,
    /// Voltages at the head (head_va, head_vb, head_vc) and at the meters, at the times of the readings
    #[arg(long, value_name = "FILE")]
    pub voltages: Option<PathBuf>,
    /// Phases, offsets of clocks and last certificates (meter, phase, clock_obs_s, certified_error_percent, certified_u_percent with k = 2, certified_on)
    #[arg(long, value_name = "FILE.csv")]
    pub meters: Option<PathBuf>,
    /// The rule that sets the limit of the error, with the class
    #[arg(long, value_name = "RULE:CLASS", default_value = "jjf-wan-111-2021:2")]
    pub limits: String,
    /// What earlier days said, which is read if it is there and written with these days in it
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// The specification whose conditions each district is held against; that of the limit where it has some
    #[arg(long, value_name = "RULE")]
    pub conditions: Option<String>,
    /// Use readings from this day on
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["csv", "parquet"])]
    pub json: bool,
    /// Print CSV
    #[arg(long, conflicts_with = "parquet")]
    pub csv: bool,
    /// Write Parquet
    #[arg(long, value_name = "OUT")]
    pub parquet: Option<PathBuf>,
    /// Write the verdicts with their pictures as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    #[command(flatten)]
    pub record: InferRecord,
}

/// Whose log takes what is inferred.
#[derive(Debug, Args)]
pub struct InferRecord {
    /// Sign what is inferred into the log of this store, and raise alarms
    #[arg(long, value_name = "DIR", requires = "party")]
    pub data: Option<PathBuf>,
    /// The keeper of the network: a party whose key is in the store
    #[arg(long = "as", value_name = "PARTY", requires = "data")]
    pub party: Option<String>,
    /// The network; of meters thing:network:NAME by the name of the readings where none is said, of a city by those of its districts
    #[arg(long, value_name = "THING", requires = "data")]
    pub network: Option<String>,
    /// Register the network by this name first, if nobody has; those of a city by this and the name of the district
    #[arg(long, value_name = "NAME", requires = "data")]
    pub register: Option<String>,
    /// The district in which a network that is registered lies, as a code of GB/T 2260; none where it lies in several
    #[arg(long, value_name = "CODE", requires = "register")]
    pub district: Option<String>,
    /// Whom alarms ask to act; where nobody is said the keeper of the network, or of each pile
    #[arg(long, value_name = "PARTY", requires = "data")]
    pub addressee: Option<String>,
    /// Until when; in thirty days where nothing is said
    #[arg(long, value_name = "DATE", requires = "data")]
    pub answer_by: Option<Date>,
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
    /// The first day of the sessions, for the log
    #[arg(long, value_name = "DATE", requires = "data")]
    pub begins_on: Option<Date>,
    /// The last day of the sessions, for the log
    #[arg(long, value_name = "DATE", requires = "data")]
    pub ends_on: Option<Date>,
    #[command(flatten)]
    pub record: InferRecord,
}

#[derive(Debug, Args)]
pub struct InferWithdraw {
    /// The statement: an alarm that waits, or an inference
    #[arg(value_name = "STATEMENT")]
    pub statement: String,
    /// Why, in Chinese or English
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The party that said it, whose key is in the store
    #[arg(long = "as", value_name = "PARTY")]
    pub party: String,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct InferSelfTest {
    /// Readings of reference districts, NAME_readings….parquet or .csv, with what lies beside them; or folders of such files
    #[arg(long, value_name = "FILE|DIR", num_args = 1.., required = true)]
    pub readings: Vec<PathBuf>,
    /// The folder with what is true: NAME_meters.csv with meter, kind, err_mean_pct or err_pct
    #[arg(long, value_name = "DIR")]
    pub truth: PathBuf,
    /// The rule that sets the limit of the error, with the class
    #[arg(long, value_name = "RULE:CLASS", default_value = "jjf-wan-111-2021:2")]
    pub limits: String,
    /// The specification whose conditions each district is held against; that of the limit where it has some
    #[arg(long, value_name = "RULE")]
    pub conditions: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write the report as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
}
