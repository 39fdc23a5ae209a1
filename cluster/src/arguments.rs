//! What can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use heng_wording::Language;
use jiff::civil::Date;

/// Heng 衡 on many machines: the same judgement of the same districts, to the same bytes.
#[derive(Debug, Parser)]
#[command(name = "heng-cluster", version)]
pub struct Arguments {
    /// Language of messages: zh or en. Default: by LC_ALL, LC_MESSAGES or LANG, else zh.
    #[arg(long = "language", global = true)]
    language: Option<Speech>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A language as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Speech {
    Zh,
    En,
}

impl Arguments {
    /// As asked for, else as the environment says, else Chinese.
    pub fn language(&self) -> Language {
        match self.language {
            Some(Speech::Zh) => Language::Zh,
            Some(Speech::En) => Language::En,
            None => {
                let stated = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(std::env::var_os);
                let is_english = stated.is_some_and(|value| value.to_string_lossy().starts_with("en"));
                if is_english { Language::En } else { Language::Zh }
            }
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Give work to executors; nothing is kept on disk
    Scheduler(Scheduler),
    /// Do the work of a scheduler
    Executor(Executor),
    /// Judge what stands in the field by its readings
    #[command(subcommand)]
    Infer(Infer),
}

/// Options of the scheduler.
#[derive(Debug, Args)]
pub struct Scheduler {
    /// Where to listen: the address at which executors and clients reach this machine. The port asks nobody who he is
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:50050")]
    pub listen: SocketAddr,
}

/// Options of an executor.
#[derive(Debug, Args)]
pub struct Executor {
    /// The scheduler
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub scheduler: Address,
    /// Where to listen for the scheduler, and on the next port for clients: the address at which they reach this machine; port 0 takes two free ones
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Districts judged at once; as many as there are processors where nothing is said
    #[arg(long, value_name = "N")]
    pub cores: Option<usize>,
    /// Where verdicts lie until they are fetched; a temporary folder where nothing is said
    #[arg(long, value_name = "DIR")]
    pub work: Option<PathBuf>,
}

/// What is judged.
#[derive(Debug, Subcommand)]
pub enum Infer {
    /// Judge the meters of a city by the balances of its districts
    Meters(InferMeters),
}

/// Options of `infer meters`, as `heng` has them.
#[derive(Debug, Args)]
pub struct InferMeters {
    /// A folder of districts-….parquet that every executor sees under the same name
    #[arg(long, value_name = "DIR")]
    pub readings: PathBuf,
    /// The rule that sets the limit of the error, with the class
    #[arg(long, value_name = "RULE:CLASS", default_value = "jjf-wan-111-2021:2")]
    pub limits: String,
    /// Use readings from this day on
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Write Parquet
    #[arg(long, value_name = "OUT")]
    pub parquet: Option<PathBuf>,
    /// The scheduler
    #[arg(long, value_name = "df://HOST:PORT", default_value = "df://127.0.0.1:50050")]
    pub scheduler: Address,
    /// After how long a job is given out again
    #[arg(long, value_name = "SECONDS", default_value_t = 900)]
    pub patience: u64,
}

/// A host with a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("df://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
        let (host, port) = rest.trim_end_matches('/').rsplit_once(':').ok_or("HOST:PORT is wanted")?;
        let port = port.parse().map_err(|_| "the port is no number up to 65535")?;
        if host.is_empty() {
            return Err("the host is missing".to_owned());
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl Address {
    /// As the client of the scheduler wants it.
    pub fn url(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }
}
