//! Meter values of both versions, as one kind of sample.

use heng_quantity::{Decimal, Finding, Reported, Unit};
use jiff::Timestamp;

use super::members::{Members, Notes, text_of};
use crate::ocmf::file::{Presented, plain, unwrapped};
use crate::ocmf::json::{Json, Node, value};
use crate::ocmf::notes::{Room, excerpt};

/// Which register a value is of. Values of different registers are never compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Register {
    /// `measurand`; where none is said, the register of energy that was drawn.
    pub measurand: String,
    /// `phase`, where one is said.
    pub phase: Option<String>,
    /// `location`; where none is said, the outlet.
    pub location: String,
}

/// The measurand where none is said, and the one that sessions are billed by.
const ENERGY: &str = "Energy.Active.Import.Register";
const OUTLET: &str = "Outlet";

impl Register {
    /// The register that sessions are billed by.
    pub fn of_energy() -> Self {
        Self { measurand: ENERGY.to_owned(), phase: None, location: OUTLET.to_owned() }
    }
}

/// One value at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The line of its message.
    pub line: u32,
    /// When, by the pile's clock.
    pub time: Option<Timestamp>,
    /// `context`, for example `Transaction.Begin`.
    pub context: Option<String>,
    /// Of what.
    pub register: Register,
    /// The digits as they were sent, with their unit; none where the unit is not known here.
    pub value: Option<Reported>,
}

/// The samples of `meterValue` lists, and the signed records among them.
pub(super) fn samples(lists: &[Node], notes: &mut Notes) -> (Vec<Sample>, Vec<Presented>) {
    let mut samples = Vec::new();
    let mut signed = Vec::new();
    for list in lists {
        let list = Members::of(list);
        let time = list.time("timestamp", notes);
        if list.get("timestamp").is_none() {
            notes.push(Finding::warning("ocpp-member-missing").with("path", "meterValue.timestamp"));
        }
        for item in list.list("sampledValue") {
            let item = Members::of(item);
            let said = item.text("format").as_deref() == Some("SignedData");
            let record = record(&item, said, notes);
            // A record in the place of the number is no number; 2.0.1 has both side by side.
            let is_number = item.text("value").is_some_and(|text| text.trim().parse::<Decimal>().is_ok());
            if !said && (record.is_none() || is_number) {
                samples.push(sample(&item, time, notes));
            }
            signed.extend(record);
        }
    }
    (samples, signed)
}

fn sample(item: &Members<'_>, time: Option<Timestamp>, notes: &mut Notes) -> Sample {
    let measurand = item.text("measurand").unwrap_or_else(|| ENERGY.to_owned());
    let register = Register {
        phase: item.text("phase"),
        location: item.text("location").unwrap_or_else(|| OUTLET.to_owned()),
        measurand,
    };
    let number = item.decimal("value", notes);
    if item.get("value").is_none() {
        notes.push(Finding::error("ocpp-member-missing").with("path", "sampledValue.value"));
    }
    // 1.6 has `unit`, 2.0.1 `unitOfMeasure` with a power of ten; without either it is Wh for energy.
    let measure = item.inside("unitOfMeasure");
    let named = item.text("unit").or_else(|| measure.text("unit"));
    let multiplier = measure.text("multiplier").and_then(|text| text.parse::<i32>().ok()).unwrap_or(0);
    let unit = unit(named.as_deref(), &register.measurand, notes);
    let value = number.zip(unit).filter(|_| (-30..=30).contains(&multiplier)).map(|(number, unit)| {
        let value = Decimal::new(number.coefficient().clone(), number.exponent() + multiplier);
        Reported { value, unit, uncertainty: None }
    });
    Sample { line: notes.line, time, context: item.text("context"), register, value }
}

/// Units that sessions are compared by; those of others are nobody's business here.
fn unit(named: Option<&str>, measurand: &str, notes: &mut Notes) -> Option<Unit> {
    let is_energy = measurand.starts_with("Energy.Active");
    let symbol = match named {
        Some("Wh") => "\\watt\\hour",
        Some("kWh") => "\\kilo\\watt\\hour",
        Some("W") => "\\watt",
        Some("kW") => "\\kilo\\watt",
        Some("A") => "\\ampere",
        Some("V") => "\\volt",
        None if is_energy => "\\watt\\hour",
        Some(other) if is_energy => {
            notes.push(Finding::warning("ocpp-unit-other").with("text", excerpt(other)));
            return None;
        }
        _ => return None,
    };
    symbol.parse().ok()
}

/// The signed record of a sampled value: `value` of 1.6 where its format says so or where it is one, `signedMeterValue` of 2.0.1.
fn record(item: &Members<'_>, said: bool, notes: &mut Notes) -> Option<Presented> {
    let nested = item.inside("signedMeterValue");
    let value_text = item.get("value").filter(|node| matches!(node.value, Json::Text(_))).and_then(text_of);
    // Some 1.6 stations put the object of 2.0.1 as text into `value`.
    let inner = value_text.as_deref().map(str::trim).filter(|text| text.starts_with('{'));
    let inner = inner.and_then(|text| value(text, 0).ok()).map(|(node, _)| node);
    let of_inner = inner.as_ref().map(Members::of);
    let (data, key) = match (nested.text("signedMeterData"), &of_inner) {
        (Some(data), _) => (Some(data), nested.text("publicKey")),
        (None, Some(inner)) => (inner.text("signedMeterData"), inner.text("publicKey")),
        (None, None) => (value_text, None),
    };
    let is_signed = said || nested.get("signedMeterData").is_some() || of_inner.is_some();
    let found = data.as_deref().and_then(|data| plain(data.trim(), ""));
    let Some(text) = found else {
        if is_signed {
            let method = nested.text("encodingMethod").unwrap_or_default();
            notes.push(Finding::info("ocpp-signed-other").with("text", excerpt(&method)));
        }
        return None;
    };
    Some(unwrapped(&text, key.filter(|key| !key.is_empty()), notes.line, None, &mut Room::default()))
}
