//! Whether the signed readings of charging sessions tell the truth: from the records, a key, the meters' certificates and limits.
//!
//! A signature that was checked with a key out of the same file proves only that whoever wrote the file held a key. That the key is the meter's is said by the
//! meter's certificate, which names it under [`METER_PUBLIC_KEY`]; that the meter was right is said by the certificate itself.

mod meter;
pub mod recording;
mod session;
mod sheet;
mod signature;

use heng_exchange::ocmf::{Context, Presented};
use heng_quantity::{Finding, Reported, Severity};
use heng_rule::readings::ReadingLimits;
use heng_statement::Certificate;
use jiff::{SignedDuration, Timestamp};

use crate::people::resting_on;
use crate::report::{self, Answer, Check, Outcome, Reason};

use meter::Meters;
use session::{Session, Sessions};
use signature::{Keys, Proved};

/// Every check of a signed reading, in the order in which a reader meets them. `bounds` is not made of readings outside sessions, `tariff` only where one was
/// signed.
pub const NAMES: [&str; 10] = [
    "signature",
    "format",
    "meter",
    "certificate",
    "pagination",
    "bounds",
    "clock",
    "meter-state",
    "plausibility",
    "tariff",
];

/// The characteristic of an instrument by which its certificate names the key it signs with: SubjectPublicKeyInfo, hexadecimal or base64.
pub const METER_PUBLIC_KEY: &str = "meter_public_key";

/// A certificate of a meter or a charging pile with what its own check gave.
#[derive(Clone, Debug)]
pub struct CertifiedMeter {
    /// Its content.
    pub certificate: Certificate,
    /// Whether it is trusted.
    pub answer: Answer,
}

/// What readings are checked with.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    /// Limits of plausibility.
    pub limits: &'a ReadingLimits,
    /// A key by the word of the one who asks; it goes before every other.
    pub key: Option<&'a str>,
    /// Certificates at hand.
    pub meters: &'a [CertifiedMeter],
}

/// What was found of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingReport {
    /// The meter and the page, or how the file names it.
    pub subject: String,
    /// The checks.
    pub checks: Vec<Check>,
    /// What the reader found.
    pub findings: Vec<Finding>,
    /// The session that the record is of, as far as it is known and whatever was proved.
    pub session: Option<SessionFacts>,
}

/// A session in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFacts {
    /// The first reading's time.
    pub began: Timestamp,
    /// The last reading's time.
    pub ended: Timestamp,
    /// The energy between them, of the first register that was read at both.
    pub energy: Option<Reported>,
}

impl SessionFacts {
    /// How long it took.
    pub fn duration(&self) -> SignedDuration {
        self.ended.duration_since(self.began)
    }
}

impl ReadingReport {
    /// The answer in one word.
    pub fn answer(&self) -> Answer {
        report::answer(&self.checks)
    }

    /// Nothing failed, and the signature passed: all that a receipt alone can show.
    pub fn holds(&self) -> bool {
        let is_signed = self.checks.iter().any(|check| check.name == "signature" && check.outcome == Outcome::Passed);
        is_signed && self.answer() != Answer::Doubtful
    }
}

type Found = (Outcome, Reason);

/// Checks the records that were presented together; those of one session are looked at together.
pub fn check_readings(presented: &[Presented], grounds: &Grounds<'_>) -> Vec<ReadingReport> {
    let meters = Meters::of(grounds.meters);
    let mut keys = Keys::new(presented, grounds, &meters);
    let proved: Vec<Proved> = presented.iter().map(|presented| keys.proved(presented, grounds, &meters)).collect();
    let sessions = Sessions::of(presented, &proved);
    let judged: Vec<Judged> = sessions.all().iter().map(|session| Judged::of(session, grounds.limits)).collect();
    let all = presented.iter().zip(&proved).enumerate();
    let report = |(place, (presented, proved)): (usize, (&Presented, &Proved))| {
        let of = sessions.of_record(place)?;
        let session = (sessions.all().get(of)?, judged.get(of)?, sessions.signed_twice(place));
        Some(reported(presented, proved, session, &meters, grounds.limits))
    };
    all.filter_map(report).collect()
}

/// What is said of a whole session, once and not for each of its records.
struct Judged {
    pages: Found,
    bounds: Found,
    clock: Found,
    state: Found,
    plausible: Found,
    tariff: Option<Found>,
    facts: Option<SessionFacts>,
}

impl Judged {
    fn of(session: &Session<'_>, limits: &ReadingLimits) -> Self {
        Self {
            pages: session.pages(),
            bounds: session.bounds(),
            clock: sheet::clock(session, limits),
            state: sheet::state(session, limits),
            plausible: sheet::plausible(session, limits),
            tariff: session.tariff(),
            facts: session.facts(),
        }
    }
}

fn reported(
    presented: &Presented,
    proved: &Proved,
    (session, judged, twice): (&Session<'_>, &Judged, Option<Found>),
    meters: &Meters<'_>,
    limits: &ReadingLimits,
) -> ReadingReport {
    let subject = subject(presented);
    let mut checks = Vec::with_capacity(NAMES.len());
    let mut push = |name, (outcome, reason): Found| {
        checks.push(Check { name, subject: subject.clone(), outcome, reason });
    };
    push("signature", proved.answer.clone());
    push("format", format(presented));
    // What an unauthenticated record says may convict it, never acquit it.
    let rests = |found: Found| match (proved.answer.0, found.0) {
        (Outcome::Failed, _) | (Outcome::NotPossible, Outcome::Passed) => resting_on("signature"),
        _ => found,
    };
    let mut facts = None;
    match presented.read.record.as_ref() {
        Some(record) => {
            let meter = meter::of(record, session.day(), meters);
            push("meter", rests(meter::key(&meter, proved)));
            push("certificate", rests(meter::certificate(&meter, session, limits)));
            push("pagination", rests(twice.unwrap_or_else(|| judged.pages.clone())));
            if record.pagination.is_none_or(|page| page.context == Context::Transaction) {
                push("bounds", rests(judged.bounds.clone()));
            }
            push("clock", rests(judged.clock.clone()));
            push("meter-state", rests(judged.state.clone()));
            push("plausibility", rests(judged.plausible.clone()));
            if let Some(tariff) = judged.tariff.clone() {
                push("tariff", rests(tariff));
            }
            facts = judged.facts.clone();
        }
        None => {
            for name in NAMES.into_iter().filter(|name| !matches!(*name, "signature" | "format" | "tariff")) {
                push(name, resting_on("signature"));
            }
        }
    }
    ReadingReport { subject, checks, findings: presented.read.findings.clone(), session: facts }
}

fn subject(presented: &Presented) -> String {
    let record = presented.read.record.as_ref();
    let serial = record.and_then(|record| record.meter_serial.as_ref().or(record.gateway_serial.as_ref()));
    let page = record.and_then(|record| record.pagination);
    match (serial, page) {
        (Some(serial), Some(page)) => format!("{serial} {page}"),
        (Some(only), None) => only.clone(),
        (None, Some(page)) => page.to_string(),
        (None, None) => presented.label.clone().unwrap_or_else(|| format!(":{}", presented.origin.line)),
    }
}

/// The check `format`: nothing in the record contradicts the format or itself.
fn format(presented: &Presented) -> Found {
    let errors: Vec<&Finding> =
        presented.read.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let version =
        presented.read.record.as_ref().and_then(|record| record.version.clone()).unwrap_or_else(|| "–".to_owned());
    match errors.first() {
        Some(first) => (
            Outcome::Failed,
            Reason::new("charging-format-failed").with("count", errors.len()).with("finding", &first.code),
        ),
        None => {
            let count = presented.read.findings.len();
            (
                Outcome::Passed,
                Reason::new("charging-format-passed").with("format-version", version).with("count", count),
            )
        }
    }
}
