//! A raw record: what was observed, of which instrument, with which standards, by whom. Nothing computed.

mod cell;

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Distribution, Reported, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Words;

/// Which verification or calibration of the instrument's life this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// First verification (首次检定).
    Initial,
    /// Subsequent verification (后续检定), also after repair.
    Subsequent,
    /// In-service inspection (使用中检查).
    InService,
    /// A calibration; no verdict unless asked for.
    Calibration,
}

/// A party as a certificate names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name.
    pub name: Words,
    /// GB 32100 code or another identifier, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Words>,
}

/// The instrument under verification or calibration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Identifier of the thing, for example `thing:serial:…`; made from manufacturer and serial if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The kind that rules apply to, for example `digital-indicating-scale`.
    pub kind: String,
    /// What people call it.
    pub name: Words,
    /// Maker.
    pub manufacturer: Words,
    /// Type designation (型号).
    pub model: String,
    /// Serial number (出厂编号).
    pub serial: String,
    /// What the rule needs to know of it: class, Max, e, d, range … by the rule's names.
    pub characteristics: BTreeMap<String, Cell>,
}

/// One value in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// A value with what is known of its uncertainty: `{ value, unit, standard_uncertainty | half_width, … }`.
    Input(Input),
    /// One quantity value.
    Quantity(Reported),
    /// Repeated observations, in the order made.
    Series(Vec<Reported>),
    /// Yes or no.
    Flag(bool),
    /// A word, such as a class.
    Text(String),
}

/// A value stated with an evaluation of its own (type A or type B).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// The estimate.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// u, if stated so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_uncertainty: Option<Decimal>,
    /// Half the width of the distribution, if stated so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_width: Option<Decimal>,
    /// The expanded uncertainty and its k, if stated so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expanded_uncertainty: Option<Decimal>,
    /// k of `expanded_uncertainty`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage_factor: Option<Decimal>,
    /// ν; absent means known exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<Decimal>,
    /// The distribution.
    pub distribution: Distribution,
}

/// One line of an observation sheet: values by the rule's names.
pub type Row = BTreeMap<String, Cell>;

/// A raw record of one verification or calibration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// `heng-record/1`.
    pub format: String,
    /// The rule to apply, for example `jjg-539-2016`.
    pub rule: String,
    /// The certificate number wished for; the laboratory's counter gives one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Which verification this is.
    pub occasion: Occasion,
    /// Whose instrument it is.
    pub client: Organisation,
    /// The instrument.
    pub instrument: Instrument,
    /// The day the work was done (its last day).
    pub performed_on: Date,
    /// Where.
    pub place: Words,
    /// Temperature, humidity … by the rule's names.
    #[serde(default)]
    pub environment: BTreeMap<String, Cell>,
    /// Identifiers of the measurement standards used.
    pub standards: Vec<String>,
    /// The person who measured.
    pub verifier: String,
    /// The second person, who reviews.
    pub reviewer: String,
    /// Observation sheets by the rule's item, each a list of rows.
    pub observations: BTreeMap<String, Vec<Row>>,
    /// Made up for a demonstration or a test; every rendering says so.
    #[serde(default)]
    pub synthetic: bool,
    /// Last day on which the client wants to rely on a calibration, where the rule itself sets no interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalibrate_by: Option<Date>,
    /// Free remark for the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
}
