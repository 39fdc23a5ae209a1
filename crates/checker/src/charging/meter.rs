//! Whether the key is the meter's, and whether the meter was verified on the day.

use std::collections::BTreeMap;

use heng_exchange::ocmf::{Record, key_bytes};
use heng_rule::readings::ReadingLimits;
use heng_statement::{Certificate, CertificateKind, MeterKey};
use jiff::civil::Date;

use super::session::Session;
use super::signature::Proved;
use super::{CertifiedMeter, Found, METER_PUBLIC_KEY};
use crate::report::{Answer, Outcome, Reason};

/// The certificates at hand, found by serial number: a file may hold many of both, certificates and records.
pub(super) struct Meters<'a> {
    /// By the serial number of the instrument, in the order of their days; with each its place among all.
    by_serial: BTreeMap<&'a str, Vec<(usize, &'a CertifiedMeter)>>,
    /// The last key that is named for a serial number, and the place of the certificate.
    keys: BTreeMap<&'a str, (usize, &'a str)>,
}

impl<'a> Meters<'a> {
    pub fn of(meters: &'a [CertifiedMeter]) -> Self {
        let mut by_serial: BTreeMap<&str, Vec<(usize, &CertifiedMeter)>> = BTreeMap::new();
        let mut keys = BTreeMap::new();
        for (place, meter) in meters.iter().enumerate() {
            let serial = meter.certificate.instrument.serial.as_str();
            by_serial.entry(serial).or_default().push((place, meter));
            if let Some(key) = certified_key(&meter.certificate) {
                keys.insert(serial, (place, key));
            }
        }
        for of_it in by_serial.values_mut() {
            of_it.sort_by_key(|(_, meter)| meter.certificate.performed_on);
        }
        Self { by_serial, keys }
    }

    /// The key that the last certificate with one names, of the meter or of the pile around it.
    pub fn key(&self, record: &Record) -> Option<&'a str> {
        serials(record).filter_map(|serial| self.keys.get(serial)).max().map(|(_, key)| *key)
    }

    /// The certificate in force on the day, else the last one before it, else the first.
    fn certificate(&self, record: &Record, day: Option<Date>) -> Option<&'a CertifiedMeter> {
        let order = |(place, meter): &(usize, &CertifiedMeter)| (meter.certificate.performed_on, *place);
        let of_it = || serials(record).filter_map(|serial| self.by_serial.get(serial));
        let before = of_it().filter_map(|of_it| {
            let count = of_it.partition_point(|(_, meter)| day.is_none_or(|day| meter.certificate.performed_on <= day));
            of_it.get(count.checked_sub(1)?).copied()
        });
        let first = || of_it().filter_map(|of_it| of_it.first().copied()).min_by_key(order);
        before.max_by_key(order).or_else(first).map(|(_, meter)| meter)
    }
}

/// The serial numbers of the meter and of the pile around it.
fn serials(record: &Record) -> impl Iterator<Item = &str> {
    [&record.meter_serial, &record.gateway_serial].into_iter().flatten().map(String::as_str)
}

/// The key that a certificate names.
fn certified_key(certificate: &Certificate) -> Option<&str> {
    match certificate.instrument.characteristics.get(METER_PUBLIC_KEY) {
        Some(heng_rule::Cell::Text(text)) => Some(text),
        _ => None,
    }
}

/// What is at hand of a record's meter.
pub(super) enum Meter<'a> {
    /// No certificate was given at all.
    NoneGiven,
    /// None of those given is of it.
    Unknown(String),
    /// The one in force on the day, else the last one before it, else the first.
    Certified(&'a CertifiedMeter),
}

/// The certificate of a record's meter.
pub(super) fn of<'a>(record: &Record, day: Option<Date>, meters: &Meters<'a>) -> Meter<'a> {
    if meters.by_serial.is_empty() {
        return Meter::NoneGiven;
    }
    match meters.certificate(record, day) {
        Some(meter) => Meter::Certified(meter),
        None => Meter::Unknown(serials(record).next().unwrap_or("–").to_owned()),
    }
}

impl Meter<'_> {
    fn absent(&self) -> Option<Found> {
        match self {
            Self::NoneGiven => Some((Outcome::NotPossible, Reason::new("charging-no-certificate"))),
            Self::Unknown(serial) => {
                Some((Outcome::NotPossible, Reason::new("charging-meter-unknown").with("serial", serial)))
            }
            Self::Certified(_) => None,
        }
    }
}

/// The check `meter`: the key is the one that the meter's certificate names.
pub(super) fn key(meter: &Meter<'_>, proved: &Proved) -> Found {
    let Meter::Certified(certified) = meter else {
        return meter.absent().unwrap_or((Outcome::NotPossible, Reason::new("charging-no-certificate")));
    };
    let certificate = &certified.certificate;
    let named = |code: &str| {
        Reason::new(code).with("number", &certificate.number).with("serial", &certificate.instrument.serial)
    };
    let Some(text) = certified_key(certificate) else {
        return (Outcome::NotPossible, named("charging-key-uncertified"));
    };
    let Some(key) = key_bytes(text).and_then(|bytes| MeterKey::from_spki_der(&bytes).ok()) else {
        return (Outcome::NotPossible, named("charging-certified-key-unreadable"));
    };
    match &proved.key {
        Some(used) if *used == key.to_spki_der() => (Outcome::Passed, named("charging-meter-passed")),
        Some(_) => (Outcome::Failed, named("charging-meter-other-key")),
        None => (Outcome::NotPossible, Reason::new("charging-no-key")),
    }
}

/// The check `certificate`: the meter's certificate is trusted and was in force on the day of the session.
pub(super) fn certificate(meter: &Meter<'_>, session: &Session<'_>, limits: &ReadingLimits) -> Found {
    let Meter::Certified(certified) = meter else {
        return meter.absent().unwrap_or((Outcome::NotPossible, Reason::new("charging-no-certificate")));
    };
    let certificate = &certified.certificate;
    let named = |code: &str| {
        let through = certificate.valid_through.map_or_else(|| "–".to_owned(), |day| day.to_string());
        Reason::new(code)
            .with("number", &certificate.number)
            .with("performed", certificate.performed_on)
            .with("through", through)
            .with("laboratory-zh", &certificate.laboratory.name.zh)
            .with("laboratory-en", &certificate.laboratory.name.en)
    };
    match certified.answer {
        Answer::Doubtful => return (Outcome::Failed, named("charging-certificate-doubtful")),
        Answer::CannotCheck => return (Outcome::NotPossible, named("charging-certificate-unproved")),
        Answer::Trusted => {}
    }
    if certificate.kind != CertificateKind::Verification {
        return (Outcome::Failed, named("charging-certificate-kind"));
    }
    let Some(day) = session.day() else {
        return (Outcome::NotPossible, named("charging-certificate-day-unknown"));
    };
    let named = |code: &str| named(code).with("day", day);
    let is_in_force = certificate.performed_on <= day && certificate.valid_through.is_none_or(|through| day <= through);
    if !is_in_force {
        return (Outcome::Failed, named("charging-certificate-not-in-force"));
    }
    if session.clocks_within(&limits.day_clocks.value) {
        (Outcome::Passed, named("charging-certificate-passed"))
    } else {
        (Outcome::NotPossible, named("charging-certificate-day-unproved"))
    }
}
