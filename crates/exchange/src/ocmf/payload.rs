//! The payload of a record, read with the spellings that charging stations use.

use std::collections::BTreeSet;
use std::sync::Arc;

use heng_quantity::{Decimal, Finding, Reported, Unit};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::json::{Json, Node, Once, once};
use super::notes::{Notes, excerpt};
use super::record::{ClockState, Context, Current, Energy, ErrorFlags, Pagination, Reading, Reason, Record, Time};

/// The versions whose fields are known; 0.1 to 0.5 are the drafts that the first stations still write.
const VERSIONS: [&str; 5] = ["1.0", "1.1", "1.2", "1.3", "1.4"];
const DRAFTS: [&str; 5] = ["0.1", "0.2", "0.3", "0.4", "0.5"];

/// Letters of table 10.
const STATES: &str = "NGTDRMXIOSEF";

/// A register's name is an OBIS code, of six numbers; what is longer names none, and every reading that leaves it out would carry it along.
const LONGEST_REGISTER: usize = 64;

/// The longest tariff text (table 4).
pub const LONGEST_TARIFF: usize = 250;

/// Reads the payload, whatever is missing or misspelt.
pub(super) fn payload(node: &Node, notes: &mut Notes) -> Record {
    let mut record = Record::default();
    let Json::Object(members) = &node.value else {
        notes.push(node.offset, Finding::error("ocmf-payload-unreadable"));
        return record;
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (name, member) in members {
        if !seen.insert(name) {
            // Two readers would believe two different values.
            notes.push(member.offset, Finding::error("ocmf-member-twice").with("path", excerpt(name)));
            continue;
        }
        match name.as_str() {
            "FV" => record.version = notes.text_of(member, name),
            "GI" => record.gateway = notes.text_of(member, name),
            "GS" => record.gateway_serial = said(notes.text_of(member, name)),
            "PG" => record.pagination = pagination(member, notes),
            "MV" => record.meter_maker = notes.text_of(member, name),
            "MM" => record.meter_model = notes.text_of(member, name),
            "MS" => record.meter_serial = said(notes.text_of(member, name)),
            "TT" => record.tariff = tariff(member, notes),
            "CI" => record.charging_point = said(notes.text_of(member, name)),
            "RD" => record.readings = readings(member, notes),
            "IS" => {
                if !matches!(member.value, Json::Flag(_)) {
                    notes.push(member.offset, Finding::info("ocmf-no-flag").with("path", name));
                }
            }
            // Who charged is nobody's business here; the firmware and the cable's loss are inside what the meter shows.
            "GV" | "MF" | "IL" | "IF" | "IT" | "ID" | "CT" | "CF" | "CCV" | "LC" => {}
            // Left to makers by the format.
            other if other.starts_with(['U', 'V', 'W', 'X', 'Y', 'Z']) => {}
            other => notes.push(member.offset, Finding::info("ocmf-member-unknown").with("path", excerpt(other))),
        }
    }
    match &record.version {
        None => notes.push(node.offset, Finding::warning("ocmf-version-missing")),
        Some(version) if VERSIONS.contains(&version.as_str()) => {}
        Some(version) => {
            let is_draft = DRAFTS.contains(&version.as_str());
            let finding =
                if is_draft { Finding::info("ocmf-version-draft") } else { Finding::warning("ocmf-version-unknown") };
            notes.push(node.offset, finding.with("version", excerpt(version)));
        }
    }
    for (is_missing, path) in [
        (!seen.contains("PG"), "PG"),
        (record.meter_serial.is_none() && record.gateway_serial.is_none(), "MS"),
        (!seen.contains("RD"), "RD"),
    ] {
        if is_missing {
            notes.push(node.offset, Finding::error("ocmf-member-missing").with("path", path));
        }
    }
    record
}

/// An empty text says nothing.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn pagination(node: &Node, notes: &mut Notes) -> Option<Pagination> {
    let text = notes.text_of(node, "PG")?;
    let mut letters = text.chars();
    let context = match letters.next() {
        Some('T') => Some(Context::Transaction),
        Some('F') => Some(Context::Fiscal),
        _ => None,
    };
    let digits = letters.as_str();
    let number = digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten();
    let read = context.zip(number).map(|(context, number)| Pagination { context, number });
    if read.is_none() {
        notes.push(node.offset, Finding::error("ocmf-pagination").with("text", excerpt(&text)));
    }
    read
}

fn tariff(node: &Node, notes: &mut Notes) -> Option<String> {
    let text = said(notes.text_of(node, "TT"))?;
    if text.chars().count() > LONGEST_TARIFF {
        notes.push(node.offset, Finding::warning("ocmf-tariff-long").with("count", text.chars().count()));
    }
    Some(text)
}

fn readings(node: &Node, notes: &mut Notes) -> Vec<Reading> {
    let Json::List(items) = &node.value else {
        notes.push(node.offset, Finding::error("ocmf-no-list").with("path", "RD"));
        return Vec::new();
    };
    if items.is_empty() {
        notes.push(node.offset, Finding::error("ocmf-no-reading"));
    }
    // What a reading leaves out is as in the one before it.
    let mut carried = Carried { reading: Reading::default(), value: None, unit: None, register: Some(String::new()) };
    let mut readings = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        readings.push(carried.reading(item, &format!("RD[{}]", place + 1), notes));
    }
    readings
}

struct Carried {
    reading: Reading,
    value: Option<Decimal>,
    unit: Option<Unit>,
    register: Option<String>,
}

impl Carried {
    fn energy(&self) -> Option<Energy> {
        let (value, unit) = self.value.clone().zip(self.unit.clone())?;
        Some(Energy { shown: Reported { value, unit, uncertainty: None }, register: self.register.clone()? })
    }

    fn reading(&mut self, node: &Node, path: &str, notes: &mut Notes) -> Reading {
        let Json::Object(members) = &node.value else {
            notes.push(node.offset, Finding::error("ocmf-no-object").with("path", path));
            return self.reading.clone();
        };
        let Once { first, again } = once(members);
        for (name, member) in again {
            let path = format!("{path}.{name}");
            notes.push(member.offset, Finding::error("ocmf-member-twice").with("path", excerpt(&path)));
        }
        let mut is_shown_anew = false;
        for (name, member) in first {
            let path = format!("{path}.{name}");
            is_shown_anew |= matches!(name.as_str(), "RV" | "RI" | "RU");
            match name.as_str() {
                "TM" => self.reading.time = time(member, &path, notes),
                "TX" => self.reading.reason = reason(member, &path, notes),
                "RV" => self.value = number(member, &path, notes),
                "RI" => self.register = register(member, &path, notes),
                "RU" => self.unit = unit(member, &path, notes),
                "RT" => self.reading.current = current(member, &path, notes),
                "EF" => self.reading.errors = errors(member, &path, notes),
                "ST" => self.reading.state = state(member, &path, notes),
                // An event counter of 1.0, the cable's loss of 1.2; neither changes what was shown.
                "EI" | "CL" => {}
                other if other.starts_with(['U', 'V', 'W', 'X', 'Y', 'Z']) => {}
                _ => notes.push(member.offset, Finding::info("ocmf-member-unknown").with("path", excerpt(&path))),
            }
        }
        if is_shown_anew {
            self.reading.energy = self.energy().map(Arc::new);
        }
        for (is_missing, name) in [(self.reading.time.is_none(), "TM"), (self.reading.state.is_none(), "ST")] {
            if is_missing && !members.iter().any(|(there, _)| there == name) {
                notes.push(node.offset, Finding::warning("ocmf-member-missing").with("path", format!("{path}.{name}")));
            }
        }
        self.reading.clone()
    }
}

/// The name of a register. One that cannot be known is left out, and with it the energy: readings of different registers are never compared.
fn register(node: &Node, path: &str, notes: &mut Notes) -> Option<String> {
    let Some(text) = notes.text_of(node, path) else { return Some(String::new()) };
    let read = (text.len() <= LONGEST_REGISTER).then(|| text.clone());
    known(read, node, path, &text, notes)
}

/// A number, or one in quotes and padded, as some meters write it.
fn number(node: &Node, path: &str, notes: &mut Notes) -> Option<Decimal> {
    let text = match &node.value {
        Json::Number(text) => text.as_str(),
        Json::Text(text) => {
            notes
                .push(node.offset, Finding::info("ocmf-number-as-text").with("path", path).with("text", excerpt(text)));
            text.trim()
        }
        _ => "",
    };
    let read = text.parse().ok();
    if read.is_none() {
        notes.push(node.offset, Finding::error("ocmf-no-number").with("path", path).with("text", excerpt(text)));
    }
    read
}

/// A unit of energy; table 20 has others for other quantities, which are not read.
fn unit(node: &Node, path: &str, notes: &mut Notes) -> Option<Unit> {
    let text = notes.text_of(node, path)?;
    let symbol = match text.as_str() {
        "kWh" => "\\kilo\\watt\\hour",
        "Wh" => "\\watt\\hour",
        other => {
            notes.push(node.offset, Finding::info("ocmf-unit-other").with("path", path).with("text", excerpt(other)));
            return None;
        }
    };
    symbol.parse().ok()
}

fn reason(node: &Node, path: &str, notes: &mut Notes) -> Option<Reason> {
    let text = notes.text_of(node, path)?;
    let read = match text.as_str() {
        "B" => Some(Reason::Begin),
        "C" => Some(Reason::Charging),
        "X" => Some(Reason::Exception),
        "E" | "L" | "R" | "A" | "P" => Some(Reason::End),
        "S" => Some(Reason::Suspended),
        "T" => Some(Reason::TariffChange),
        _ => None,
    };
    known(read, node, path, &text, notes)
}

fn current(node: &Node, path: &str, notes: &mut Notes) -> Option<Current> {
    let text = notes.text_of(node, path)?;
    let read = match text.as_str() {
        "AC" => Some(Current::Alternating),
        "DC" => Some(Current::Direct),
        _ => None,
    };
    known(read, node, path, &text, notes)
}

fn state(node: &Node, path: &str, notes: &mut Notes) -> Option<char> {
    let text = notes.text_of(node, path)?;
    let mut letters = text.chars();
    let read = letters.next().filter(|letter| STATES.contains(*letter) && letters.as_str().is_empty());
    known(read, node, path, &text, notes)
}

/// A flag that nobody knows counts as both: what it has made unusable cannot be told.
fn errors(node: &Node, path: &str, notes: &mut Notes) -> ErrorFlags {
    let text = notes.text_of(node, path).unwrap_or_default();
    let mut flags = ErrorFlags::default();
    for letter in text.chars() {
        match letter {
            'E' => flags.energy = true,
            't' => flags.time = true,
            _ => {
                let _ = known(None::<()>, node, path, &text, notes);
                flags = ErrorFlags { energy: true, time: true };
            }
        }
    }
    flags
}

fn known<T>(read: Option<T>, node: &Node, path: &str, text: &str, notes: &mut Notes) -> Option<T> {
    if read.is_none() {
        notes.push(node.offset, Finding::error("ocmf-word-unknown").with("path", path).with("text", excerpt(text)));
    }
    read
}

/// `2018-07-24T13:22:04,000+0200 S`, also with a full stop, a colon in the offset or Z, and without the letter.
fn time(node: &Node, path: &str, notes: &mut Notes) -> Option<Time> {
    let text = notes.text_of(node, path)?;
    let (moment, letter) = match text.trim().split_once(' ') {
        Some((moment, letter)) => (moment, Some(letter)),
        None => (text.trim(), None),
    };
    let clock = match letter {
        Some("U") => Some(ClockState::Unknown),
        Some("I") => Some(ClockState::Informative),
        Some("S") => Some(ClockState::Synchronised),
        Some("R") => Some(ClockState::Relative),
        _ => None,
    };
    if clock.is_none() {
        notes
            .push(node.offset, Finding::warning("ocmf-clock-unstated").with("path", path).with("text", excerpt(&text)));
    }
    let read = instant(moment).map(|(instant, day)| Time { instant, day, clock });
    known(read, node, path, &text, notes)
}

fn instant(text: &str) -> Option<(jiff::Timestamp, jiff::civil::Date)> {
    let (local, offset) = match text.strip_suffix('Z') {
        Some(local) => (local, 0),
        None => {
            let place = text.rfind(['+', '-']).filter(|place| *place > 10)?;
            let (local, offset) = text.split_at_checked(place)?;
            let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = digits.split_at_checked(2).filter(|(_, minutes)| minutes.len() == 2)?;
            let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
            (local, if offset.starts_with('-') { -seconds } else { seconds })
        }
    };
    let local: DateTime = local.replace(',', ".").parse().ok()?;
    let zone = TimeZone::fixed(Offset::from_seconds(offset).ok()?);
    Some((local.to_zoned(zone).ok()?.timestamp(), local.date()))
}
