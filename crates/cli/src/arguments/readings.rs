//! What can be typed about readings that come in.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub enum ReadingsCommand {
    /// Take readings in from files or from a broker; what is there already is not stored twice
    Ingest(ReadingsIngest),
    /// Say how complete, accurate, timely and valid the readings of each feed and day are
    Quality(ReadingsQuality),
    /// Show the readings of a meter
    Show(ReadingsShow),
    /// Sign the digests of the segments that are settled into the log
    Seal(ReadingsSeal),
    /// Write the proof of a reading, to be checked with `heng check`
    Prove(ReadingsProve),
    /// Move the parts of sealed segments to the object store of readings/archive.toml; they are read from there as before
    Archive(ReadingsArchive),
}

#[derive(Debug, Args)]
pub struct ReadingsIngest {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Readings: CSV, lines of JSON, Parquet or Arrow (docs/readings.md)
    #[arg(value_name = "FILE", required_unless_present = "mqtt")]
    pub files: Vec<PathBuf>,
    /// Who fed them
    #[arg(long, value_name = "FEED", default_value = "files")]
    pub feed: String,
    /// A broker, for example mqtt://USER:PASSWORD@HOST:1883; runs until it is told to stop
    #[arg(long, value_name = "URL", conflicts_with = "files")]
    pub mqtt: Option<String>,
    /// What to subscribe to; the last but one part of a topic is the feed, the last one the message
    #[arg(long, value_name = "TOPIC", default_value = "heng/readings/+/+")]
    pub topic: String,
    /// How the broker knows us; its session outlives ours
    #[arg(long, value_name = "NAME", default_value = "heng-readings")]
    pub client: String,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReadingsQuality {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Through this day
    #[arg(long, value_name = "DATE")]
    pub through: Option<Date>,
    /// Meters inside verification (meter, valid_from, valid_through), CSV; default: by the certificates of the log
    #[arg(long, value_name = "FILE")]
    pub verified: Option<PathBuf>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReadingsShow {
    /// The meter
    #[arg(value_name = "METER")]
    pub meter: String,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Through this day
    #[arg(long, value_name = "DATE")]
    pub through: Option<Date>,
    /// Print a JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReadingsSeal {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Who seals; its key must be in the store
    #[arg(long, value_name = "PARTY", default_value = "party:authority")]
    pub by: String,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReadingsProve {
    /// The meter
    #[arg(value_name = "METER")]
    pub meter: String,
    /// The instant of the reading, as it was stated
    #[arg(long, value_name = "TIME")]
    pub at: Timestamp,
    /// The register, where the meter has several
    #[arg(long, value_name = "REGISTER")]
    pub register: Option<String>,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Where the proof goes
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct ReadingsArchive {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Move only days through this one; of later ones readings may still come
    #[arg(long, value_name = "DATE")]
    pub through: Option<Date>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}
