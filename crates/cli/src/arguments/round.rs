//! What can be typed of comparison rounds.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub enum RoundCommand {
    /// Announce a round with its protocol
    Open(RoundOpen),
    /// Seal a laboratory's result: only its hash comes into the log
    Seal(RoundSeal),
    /// Open what a laboratory sealed, once nobody can seal any more
    Reveal(RoundAct),
    /// Report what the opened results say; nothing of it is typed
    Report(RoundAct),
    /// Commit a laboratory with an unsatisfactory result to a corrective action
    FollowUp(RoundFollowUp),
    /// Answer a corrective action, as the coordinator
    Close(RoundClose),
    /// Show how a round stands: who has sealed and opened, the scores, what is overdue
    Show(RoundShow),
    /// List the rounds of a store
    List(RoundList),
    /// Write a round with all that proves it as one file, for heng check and heng compare
    Export(RoundExport),
}

/// In which store, and on which day.
#[derive(Debug, Args)]
pub struct At {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The day that the store lives on, for demonstrations; today otherwise
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

#[derive(Debug, Args)]
pub struct RoundOpen {
    /// The announcement (heng-round/1, TOML)
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Who coordinates: a party whose key is in the store
    #[arg(long = "as", value_name = "PARTY", default_value = heng_office::ANCHOR)]
    pub party: String,
    #[command(flatten)]
    pub at: At,
}

#[derive(Debug, Args)]
pub struct RoundSeal {
    #[command(flatten)]
    pub act: RoundAct,
    /// The result (heng-round-result/1, TOML)
    #[arg(long, value_name = "FILE")]
    pub result: PathBuf,
}

/// Who does something in a round.
#[derive(Debug, Args)]
pub struct RoundAct {
    /// The round's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Who does it: a party whose key is in the store
    #[arg(long = "as", value_name = "PARTY")]
    pub party: String,
    /// The person who decided it
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
    #[command(flatten)]
    pub at: At,
}

#[derive(Debug, Args)]
pub struct RoundFollowUp {
    #[command(flatten)]
    pub act: RoundAct,
    /// What was wrong
    #[arg(long, value_name = "TEXT")]
    pub cause: String,
    /// What is done
    #[arg(long, value_name = "TEXT")]
    pub action: String,
    /// By when
    #[arg(long, value_name = "DATE")]
    pub done_by: Date,
}

#[derive(Debug, Args)]
pub struct RoundClose {
    /// The round's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Whose action: the laboratory's code in the round, or the party
    #[arg(long, value_name = "CODE|PARTY")]
    pub laboratory: String,
    /// The action is not enough
    #[arg(long)]
    pub refuse: bool,
    /// What was looked at, or what is missing
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who coordinates: a party whose key is in the store
    #[arg(long = "as", value_name = "PARTY", default_value = heng_office::ANCHOR)]
    pub party: String,
    /// The person who decided it
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
    #[command(flatten)]
    pub at: At,
}

#[derive(Debug, Args)]
pub struct RoundShow {
    /// The round's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub at: At,
}

#[derive(Debug, Args)]
pub struct RoundList {
    #[command(flatten)]
    pub at: At,
}

#[derive(Debug, Args)]
pub struct RoundExport {
    /// The round's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Where it goes
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    #[command(flatten)]
    pub at: At,
}
