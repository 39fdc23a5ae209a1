//! What can be typed.

mod evaluation;
mod infer;
mod lot;
mod ocpp;
mod plan;
mod readings;
mod round;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use heng_wording::Language;

pub use evaluation::{Compare, Decide, Estimators, Fit, FitModel, Material, Method, Scale, UncertaintyOfModel};
pub use infer::{InferCommand, InferMeters, InferPiles, InferRecord, InferSelfTest, InferWithdraw};
pub use lot::{LotCommand, LotGrade};
pub use ocpp::{OcppCheck, OcppCommand};
pub use plan::{
    ForecastCommand, ForecastFile, ForecastVerify, NormCite, NormCommand, NormFile, NormList, PlanAt, PlanAttest,
    PlanCheck, PlanCommand, PlanImport, PlanReport, PlanStatus, PlanWhy, Speaker,
};
pub use readings::{
    ReadingsArchive, ReadingsCommand, ReadingsIngest, ReadingsProve, ReadingsQuality, ReadingsSeal, ReadingsShow,
};
pub use round::{
    At as RoundAt, RoundAct, RoundClose, RoundCommand, RoundExport, RoundFollowUp, RoundList, RoundOpen, RoundSeal,
    RoundShow,
};

/// Heng 衡: from raw observations to a certificate that anyone can check.
#[derive(Debug, Parser)]
#[command(name = "heng", version)]
pub struct Arguments {
    /// Language of messages: zh or en. Default: by LC_ALL, LC_MESSAGES or LANG, else zh.
    #[arg(long = "language", global = true)]
    language: Option<Speech>,
    #[command(subcommand)]
    pub command: Command,
}

/// A language as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Speech {
    Zh,
    En,
}

impl From<Speech> for Language {
    fn from(speech: Speech) -> Self {
        match speech {
            Speech::Zh => Self::Zh,
            Speech::En => Self::En,
        }
    }
}

impl Arguments {
    /// As asked for, else as the environment says, else Chinese.
    pub fn language(&self) -> Language {
        if let Some(language) = self.language {
            return language.into();
        }
        let stated =
            ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(std::env::var_os).filter(|value| !value.is_empty());
        match stated {
            Some(value) if value.to_string_lossy().starts_with("en") => Language::En,
            _ => Language::Zh,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a store with an authority, laboratories and standards up to national level
    Init(Init),
    /// From records to certificates: NUMBER.xml, NUMBER.pdf, NUMBER.html, NUMBER.heng
    Certify(Certify),
    /// Prepare records
    #[command(subcommand)]
    Record(RecordCommand),
    /// Take a keeper's ledger of instruments in, hand it out
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Check a bundle, a PDF or an XML; needs no server and no network
    Check(Check),
    /// Evaluate a measurement model: result, uncertainty, budget
    Uncertainty(UncertaintyOfModel),
    /// Decide whether a result conforms to limits, with the risks of the decision
    Decide(Decide),
    /// Evaluate a comparison of laboratories: reference values, degrees of equivalence, scores
    Compare(Compare),
    /// Hold a comparison round: announce, seal, open, report, follow up
    #[command(subcommand)]
    Round(RoundCommand),
    /// Evaluate a study of a reference material: homogeneity, stability, certified value
    Material(Material),
    /// Fit a calibration line to points, with its test and values read from it
    Fit(Fit),
    /// Say from readings which meters and piles in service err, and by how much
    #[command(subcommand)]
    Infer(InferCommand),
    /// Lots of instruments in service and what a random sample says of them
    #[command(subcommand)]
    Lot(LotCommand),
    /// Readings of meters as they come in: taken, counted, sealed, proved
    #[command(subcommand)]
    Readings(ReadingsCommand),
    /// A plan of the authorities: what it asks for, how it stands by evidence, and the report that can be computed again
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Forecasts sealed before their time, and what they were worth
    #[command(subcommand)]
    Forecast(ForecastCommand),
    /// The life of norms: cited, used, stale
    #[command(subcommand)]
    Norm(NormCommand),
    /// Read, check and write digital calibration certificates
    #[command(subcommand)]
    Dcc(DccCommand),
    /// Signed readings of charging meters
    #[command(subcommand)]
    Ocmf(OcmfCommand),
    /// Messages between charging piles and their platform
    #[command(subcommand)]
    Ocpp(OcppCommand),
    /// Show what a certificate rests on, up to the unit
    Chain(Chain),
    /// Make an example city and serve it: nothing in it is real
    Demo(Demo),
    /// Serve the pages and the interface of a store
    Serve(Serve),
    /// Who may sign in to a store's portal
    #[command(subcommand)]
    Account(AccountCommand),
    /// Look after the log
    #[command(subcommand)]
    Log(LogCommand),
    /// Make and show keys
    #[command(subcommand)]
    Key(KeyCommand),
    /// Withdraw a certificate
    Withdraw(Withdraw),
    /// Write a certificate's files again: the documents as they were signed, with the proof as of now
    Bundle(Bundle),
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Let a party of the log sign in; prints a generated password once
    Add(AccountAdd),
    /// Give an account another generated password
    Reset(AccountReset),
    /// List the accounts
    List(AccountList),
}

#[derive(Debug, Args)]
pub struct AccountAdd {
    /// The name to sign in with
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The party it speaks for
    #[arg(long, value_name = "ID")]
    pub party: String,
    /// For a program: print a token to send readings with, instead of a password
    #[arg(long)]
    pub token: bool,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct AccountReset {
    /// The account
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct AccountList {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Where the store shall be; a fresh folder for temporary files otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Another city
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many instruments
    #[arg(long, value_name = "N", default_value_t = 2400)]
    pub instruments: usize,
    /// How many times an instrument was verified at most
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub verifications: usize,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// Where people find the service, if not at that address; certificates point there
    #[arg(long, value_name = "URL")]
    pub origin: Option<String>,
    /// The day that the city lives on, and the service with it; today otherwise
    #[arg(long, value_name = "DATE")]
    pub today: Option<jiff::civil::Date>,
    /// Make the city and stop
    #[arg(long)]
    pub only_make: bool,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Where the store shall be
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Make keys and founding statements that can be made again: for demonstrations only
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Signature suite of the keys
    #[arg(long, value_name = "SUITE", default_value = "ed25519")]
    pub suite: String,
}

#[derive(Debug, Args)]
pub struct Certify {
    /// Records: .toml, .json, .csv or .xlsx
    #[arg(required = true, value_name = "RECORD")]
    pub records: Vec<PathBuf>,
    /// The rule to apply where the record names none
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Where the documents go
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// A folder with fonts, where the system has no Chinese one
    #[arg(long, value_name = "DIR")]
    pub fonts: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Write an empty table with the columns of a rule, to be filled and certified
    Template(RecordTemplate),
}

#[derive(Debug, Args)]
pub struct RecordTemplate {
    /// The rule, for example jjg-539-2016
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// Where it goes, .xlsx or .csv; without it CSV goes to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Register what is new and what is changed in a CSV or XLSX file; a row that cannot be taken loses only itself
    Import(LedgerImport),
    /// Write a keeper's instruments as CSV or XLSX, by the file's extension
    Export(LedgerExport),
    /// Write an empty ledger as XLSX, to be filled and imported
    Template(LedgerTemplate),
}

#[derive(Debug, Args)]
pub struct LedgerImport {
    /// The ledger, CSV or XLSX
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Whose instruments they are: the party's identifier or name
    #[arg(long, value_name = "PARTY")]
    pub keeper: String,
    /// Only say what would become of each row
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct LedgerExport {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Whose instruments: the party's identifier or name
    #[arg(long, value_name = "PARTY")]
    pub keeper: String,
    /// Where it goes, .xlsx or .csv
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct LedgerTemplate {
    /// Where it goes
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Bundles (.heng), PDFs and XMLs; those of one certificate may be given together
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Whom to trust; default: what `heng init` noted for this user
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum DccCommand {
    /// Check documents and list findings
    Check(DccCheck),
    /// Show a document for people
    Show(DccShow),
    /// Print a document as JSON (heng-dcc/1), with everything that is in it
    Json(DccFile),
    /// Print the XML of a document in JSON (heng-dcc/1)
    Xml(DccFile),
}

#[derive(Debug, Args)]
pub struct DccFile {
    /// The document
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct DccCheck {
    /// DCC or D-SI documents
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DccShow {
    /// A DCC or D-SI document
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which of the document's languages to show: zh or en; default: that of the messages
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Speech>,
    /// Show every row of long lists
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Subcommand)]
pub enum OcmfCommand {
    /// Check signed readings: signature, meter, certificate, pages, clock, plausibility
    Check(OcmfCheck),
}

#[derive(Debug, Args)]
pub struct OcmfCheck {
    /// Records (OCMF|…), XML of the transparency software, or lines of JSON; bundles (.heng) and PDFs of the meters' certificates may be given with them
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The meter's public key, hexadecimal or base64; goes before keys in files
    #[arg(long, value_name = "HEX")]
    pub key: Option<String>,
    /// A store whose log has the meters' certificates
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Whom to trust; default: what `heng init` noted for this user
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Other limits of plausibility (heng-reading-limits/1)
    #[arg(long, value_name = "FILE")]
    pub limits: Option<PathBuf>,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Chain {
    /// A bundle, a PDF, an XML or a certificate number
    #[arg(value_name = "FILE|NUMBER")]
    pub of: String,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Rebuild the root from the files alone and compare
    Fsck(Fsck),
}

#[derive(Debug, Args)]
pub struct Fsck {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Print for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key; the secret goes to standard output or a file
    New(KeyNew),
    /// Show the public key of a secret or public key
    Show(KeyShow),
}

#[derive(Debug, Args)]
pub struct KeyNew {
    /// ed25519, es256 or sm2
    #[arg(long, value_name = "SUITE", default_value = "ed25519")]
    pub suite: String,
    /// Write the secret here instead, readable by its owner only
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct KeyShow {
    /// A PEM file; standard input where absent
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// ed25519, es256 or sm2; only needed to insist on one
    #[arg(long, value_name = "SUITE")]
    pub suite: Option<String>,
}

#[derive(Debug, Args)]
pub struct Withdraw {
    /// The certificate's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// Why, in Chinese or English
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who of the laboratory decided it, by name or identifier
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,
    /// From which day on it should not be relied on; default: the day it was issued
    #[arg(long, value_name = "DAY")]
    pub from: Option<jiff::civil::Date>,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub struct Bundle {
    /// The certificate's number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Where the files go
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// The store
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// A provider of OpenID Connect that vouches for people, as a file says (docs/sign-in.md)
    #[arg(long, value_name = "FILE")]
    pub oidc: Option<PathBuf>,
    /// The proxy before this service: where it says that a request comes from (X-Forwarded-For) counts
    #[arg(long, value_name = "IP")]
    pub proxy: Option<std::net::IpAddr>,
}
