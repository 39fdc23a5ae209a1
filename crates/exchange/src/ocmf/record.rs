//! What a signed record says, field by field.

use std::sync::Arc;

use heng_quantity::{Decimal, Reported};
use heng_statement::{Curve, EcdsaError, EcdsaSignature};
use jiff::Timestamp;
use jiff::civil::Date;

/// The payload of a record (OCMF 1.4, sections "General Information" to "Readings"). What was not said, or could not be understood, is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// `FV`, the version of the format.
    pub version: Option<String>,
    /// `GI`, what signs.
    pub gateway: Option<String>,
    /// `GS`, its serial number.
    pub gateway_serial: Option<String>,
    /// `PG`.
    pub pagination: Option<Pagination>,
    /// `MV`, the meter's maker.
    pub meter_maker: Option<String>,
    /// `MM`, the meter's model.
    pub meter_model: Option<String>,
    /// `MS`, the meter's serial number.
    pub meter_serial: Option<String>,
    /// `TT`, the tariff as the driver was told it.
    pub tariff: Option<String>,
    /// `CI`, the charging point.
    pub charging_point: Option<String>,
    /// `RD`; a field that a reading leaves out is that of the reading before it.
    pub readings: Vec<Reading>,
}

/// `PG`: the place of a record among all that a component signed in a context.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pagination {
    /// Which counter.
    pub context: Context,
    /// The count.
    pub number: u64,
}

impl std::fmt::Display for Pagination {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self.context {
            Context::Transaction => 'T',
            Context::Fiscal => 'F',
        };
        write!(formatter, "{letter}{}", self.number)
    }
}

/// The two counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// `T`: readings of charging sessions.
    Transaction,
    /// `F`: readings at set times.
    Fiscal,
}

/// One reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `TM`.
    pub time: Option<Time>,
    /// `TX`.
    pub reason: Option<Reason>,
    /// `RV` with `RU`, where the unit is one of energy; one and the same where a reading leaves them out.
    pub energy: Option<Arc<Energy>>,
    /// `RT`.
    pub current: Option<Current>,
    /// `EF`.
    pub errors: ErrorFlags,
    /// `ST`, the state of the meter, a letter of table 10.
    pub state: Option<char>,
}

/// A register of energy with what it showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Energy {
    /// The digits as they were signed, with their unit.
    pub shown: Reported,
    /// `RI`: which register, as it is written (OBIS); readings of different registers are never compared.
    pub register: String,
}

/// `TM`: an instant with what its clock is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The instant.
    pub instant: Timestamp,
    /// The day at the place where the clock hangs.
    pub day: Date,
    /// The letter behind it; absent where there is none.
    pub clock: Option<ClockState>,
}

/// Table 19.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockState {
    /// `U`: not known, not synchronised.
    Unknown,
    /// `I`: for information.
    Informative,
    /// `S`: synchronised.
    Synchronised,
    /// `R`: begun by an informative clock; the duration is measured.
    Relative,
}

impl ClockState {
    /// The letter in the record.
    pub fn letter(self) -> char {
        match self {
            Self::Unknown => 'U',
            Self::Informative => 'I',
            Self::Synchronised => 'S',
            Self::Relative => 'R',
        }
    }
}

/// `TX`: why the meter was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// `B`.
    Begin,
    /// `C`.
    Charging,
    /// `X`: from here on energy or time are not usable.
    Exception,
    /// `E`, `L`, `R`, `A`, `P`: ended, and how.
    End,
    /// `S`.
    Suspended,
    /// `T`.
    TariffChange,
}

/// `RT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Current {
    /// `AC`.
    Alternating,
    /// `DC`.
    Direct,
}

/// `EF`: what an error has made unusable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ErrorFlags {
    /// `E`.
    pub energy: bool,
    /// `t`.
    pub time: bool,
}

/// The section behind the payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureSection {
    /// `SA` as it is written; absent for the default.
    pub algorithm: Option<String>,
    /// The curve that it names; absent where it names none of the seven.
    pub curve: Option<Curve>,
    /// `SD` as bytes; absent where it is neither as `SE` says nor understood.
    pub bytes: Option<Vec<u8>>,
}

impl SignatureSection {
    /// The two numbers of the signature.
    pub fn signature(&self) -> Result<EcdsaSignature, EcdsaError> {
        let bytes = self.bytes.as_deref().ok_or(EcdsaError::Form)?;
        EcdsaSignature::read(bytes, self.curve.ok_or(EcdsaError::Curve)?)
    }
}

/// The session's length of time and its energy as two readings give them.
impl Energy {
    /// Later minus earlier, in the later one's unit; nothing where the registers differ.
    pub fn since(&self, earlier: &Self) -> Option<Reported> {
        if self.register != earlier.register {
            return None;
        }
        let before = earlier.shown.converted_to(&self.shown.unit).ok()?;
        let value: Decimal = &self.shown.value - &before.value;
        Some(Reported { value, unit: self.shown.unit.clone(), uncertainty: None })
    }
}
