//! Whether the key is the meter's, and whether the meter was verified on the day.

use heng_exchange::ocmf::{Record, key_bytes};
use heng_rule::readings::ReadingLimits;
use heng_statement::{CertificateKind, MeterKey};
use jiff::civil::Date;

use super::session::Session;
use super::signature::{Proved, certificates_of, certified_key};
use super::{CertifiedMeter, Found, Grounds};
use crate::report::{Answer, Outcome, Reason};

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
pub(super) fn of<'a>(record: &Record, day: Option<Date>, grounds: &Grounds<'a>) -> Meter<'a> {
    if grounds.meters.is_empty() {
        return Meter::NoneGiven;
    }
    let mut of_it = certificates_of(record, grounds.meters);
    of_it.sort_by_key(|meter| meter.certificate.performed_on);
    let before = of_it.iter().rev().find(|meter| day.is_none_or(|day| meter.certificate.performed_on <= day));
    match before.or(of_it.first()) {
        Some(meter) => Meter::Certified(meter),
        None => {
            let serial = record.meter_serial.as_ref().or(record.gateway_serial.as_ref());
            Meter::Unknown(serial.cloned().unwrap_or_else(|| "–".to_owned()))
        }
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
