//! Instruments in service at work: what was inferred is kept and signed, alarms are raised, and what was done about them is recorded.

use std::collections::BTreeMap;

use heng_quantity::Reported;
use heng_rule::Words;
use heng_statement::canonical::canonical_bytes_within;
use heng_statement::certificate::Document;
use heng_statement::service::{Fix, Inference, Level, RESULTS, ServiceResults};
use heng_statement::{SignedStatement, StatementHash};
use heng_supervision::service::{Asked, ServiceRefusal, alarms, done, inferred, taken_back};
use heng_view::Inventory;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::{Failure, Office};

/// A file of results is not larger: some two hundred thousand instruments.
const LARGEST: usize = 64 << 20;

/// What was inferred of a network, before anybody signs it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The first day of the readings.
    pub begins_on: Date,
    /// The last day.
    pub ends_on: Date,
    /// The readings that were taken, by hash.
    pub readings: Vec<Document>,
    /// The program that judged, with its version.
    pub program: String,
    /// The limit by name.
    pub limit: String,
    /// The limit in figures.
    pub largest_error: Reported,
    /// What the head meter registered, and the loss relative to it, where there is one.
    pub balance: Option<(Reported, Reported)>,
    /// Against what the errors are, where instruments were compared with each other.
    pub level: Option<Level>,
    /// The figures of every instrument.
    pub results: ServiceResults,
    /// Made up for a demonstration or a test.
    pub synthetic: bool,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The inference.
    pub inference: StatementHash,
    /// The alarms that it raised.
    pub alerts: Vec<StatementHash>,
    /// Whether it was said before, with the same figures from the same readings, and stands: then it was not signed again.
    pub is_known: bool,
}

/// A document as statements name it.
pub fn document(name: &str, media_type: &str, bytes: &[u8]) -> Document {
    Document {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        length: bytes.len() as u64,
    }
}

/// Keeps the results, signs the inference in the name of the network's keeper, and raises the alarms where somebody is asked. The results are durable
/// before the statement is.
pub fn record(
    office: &Office,
    inventory: &Inventory,
    judged: Judged,
    issuer: &str,
    asked: Option<Asked<'_>>,
    at: Timestamp,
) -> Result<Recorded, Failure> {
    let Judged { results, synthetic, .. } = &judged;
    let mut states: BTreeMap<_, u32> = BTreeMap::new();
    for one in &results.instruments {
        *states.entry(one.state).or_default() += 1;
    }
    let failed = |error: &dyn std::fmt::Display| Failure::new("error-service-results").with("reason", error);
    let bytes = canonical_bytes_within(results, LARGEST).map_err(|error| failed(&error))?;
    let registration = inventory.thing(&results.network).and_then(|thing| thing.registration.as_ref());
    let registration = registration.ok_or_else(|| refused(&ServiceRefusal::NoNetwork(results.network.clone())))?;
    let (supplied, loss) = judged.balance.clone().unzip();
    let inference = Inference {
        network: results.network.clone(),
        name: registration.name.clone(),
        district: registration.place.as_ref().map(|place| place.district.clone()).unwrap_or_default(),
        begins_on: judged.begins_on,
        ends_on: judged.ends_on,
        readings: judged.readings.clone(),
        program: judged.program.clone(),
        limit: judged.limit.clone(),
        largest_error: judged.largest_error.clone(),
        states,
        supplied,
        loss,
        level: judged.level.clone(),
        results: document(&format!("{}.json", judged.ends_on), "application/json", &bytes),
        synthetic: *synthetic,
    };
    // Whoever runs the same again, because something else failed, does not say it twice; alarms that were not raised then still are.
    let standing = inventory.service().standing(&inference.network);
    let known = standing.filter(|standing| standing.issuer == issuer && standing.inference == inference);
    let (hash, is_known) = match known {
        Some(known) => (known.hash.clone(), true),
        None => {
            let statement = inferred(inventory, issuer, inference, results, at).map_err(|refusal| refused(&refusal))?;
            office.keep(&[&bytes])?;
            let signed = office.signed(&statement)?;
            let hash = signed.hash();
            office.append(vec![signed])?;
            (hash, false)
        }
    };
    let alarms = asked.map(|asked| alarms(inventory, issuer, &hash, results, asked, (at, *synthetic)));
    let alarms = alarms.unwrap_or_default();
    let signed: Vec<SignedStatement> = alarms.iter().map(|one| office.signed(one)).collect::<Result<_, _>>()?;
    let alerts = signed.iter().map(SignedStatement::hash).collect();
    office.append(signed)?;
    Ok(Recorded { inference: hash, alerts, is_known })
}

/// Records what was done about an instrument.
pub fn fix(
    office: &Office,
    inventory: &Inventory,
    issuer: &str,
    fix: Fix,
    (at, today): (Timestamp, Date),
) -> Result<StatementHash, Failure> {
    let statement = done(inventory, issuer, fix, at, today).map_err(|refusal| refused(&refusal))?;
    let signed = office.signed(&statement)?;
    let hash = signed.hash();
    office.append(vec![signed])?;
    Ok(hash)
}

/// Takes back an alarm, or an inference with the alarms that rest on it and wait.
pub fn take_back(
    office: &Office,
    inventory: &Inventory,
    issuer: &str,
    (hash, reason): (&str, Words),
    at: Timestamp,
) -> Result<StatementHash, Failure> {
    let statement = taken_back(inventory, issuer, hash, reason, at).map_err(|refusal| refused(&refusal))?;
    let signed = office.signed(&statement)?;
    let hash = signed.hash();
    office.append(vec![signed])?;
    Ok(hash)
}

/// The file of results of an inference, where the store has it and it is what was signed.
pub fn results(office: &Office, inference: &Inference) -> Result<Option<ServiceResults>, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new("error-service-results").with("reason", error);
    let Some(bytes) = office.store().blob(&inference.results.sha256).map_err(|error| failed(&error))? else {
        return Ok(None);
    };
    let results: ServiceResults = serde_json::from_slice(&bytes).map_err(|error| failed(&error))?;
    if results.format != RESULTS || results.network != inference.network {
        return Err(failed(&results.format));
    }
    Ok(Some(results))
}

fn refused(refusal: &ServiceRefusal) -> Failure {
    let (code, facts) = refusal.said();
    facts.into_iter().fold(Failure::unreadable(code), |failure, (name, value)| failure.with(name, value))
}
