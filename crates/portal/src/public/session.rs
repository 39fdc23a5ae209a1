//! The driver's page: the receipt of a charging session, checked line by line with the meter's own certificate, up to the joule.

mod told;

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use heng_checker::charging::{CertifiedMeter, Grounds, ReadingReport, check_readings};
use heng_exchange::ocmf::{Presented, records};
use heng_office::charging::{Checked, certified};
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_statement::{Body, StatementHash};
use serde::Deserialize;

use crate::frame::{Frame, Place, html};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::certificate::ChainPart;
use crate::router::read;
use crate::uploads::{given, look};
use crate::visit::Visit;
use told::{Judged, judged};

/// A page shows so many readings; of more, those that are wrong come first, and the interface gives all.
const SHOWN: usize = 20;

/// Certificates are looked for of so many meters at most.
const METERS: usize = 50;

/// What was presented, and what was found of it.
pub(crate) struct CheckedReadings {
    /// The name of the file, the record, and its report.
    pub(crate) readings: Vec<(String, Presented, ReadingReport)>,
    /// The certificates of this log that were used.
    pub(crate) certificates: Vec<(String, StatementHash)>,
}

impl CheckedReadings {
    /// The readings as the interface takes them.
    pub(crate) fn named(&self) -> Vec<Checked<'_>> {
        self.readings.iter().map(|(name, record, report)| (name.as_str(), record, report)).collect()
    }
}

#[derive(Template)]
#[template(path = "session.html")]
struct SessionPage<'a> {
    frame: &'a Frame<'a>,
    /// What was found, the wrong ones first.
    judged: Vec<Judged>,
    /// How many more there are.
    more: usize,
    chain: Option<ChainPart>,
    examples: Vec<String>,
}

/// Which receipt of the demonstration is asked for.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    example: String,
}

/// `/session`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        if asked.example.is_empty() {
            return shown(portal, &visit, None);
        }
        let bytes = portal.office().receipts().receipt(&asked.example)?.ok_or_else(Problem::no_page)?;
        let checked = checked(portal, &[(asked.example.clone(), bytes)])?;
        shown(portal, &visit, Some(checked))
    })
    .await
}

/// `POST /session`: a receipt as a file or as text.
pub(crate) async fn of_file(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    form: Multipart,
) -> Result<Response, Problem> {
    let upload = given(&portal, form).await?;
    look(portal, upload, move |portal, files| {
        let checked = checked(portal, files)?;
        shown(portal, &visit, Some(checked))
    })
    .await
}

/// What is found of receipts with the certificates that came with them and those of this log.
pub(crate) fn checked(portal: &Portal, files: &[(String, Vec<u8>)]) -> Result<CheckedReadings, Problem> {
    let mut meters = Vec::new();
    let mut presented: Vec<(&str, Presented)> = Vec::new();
    for (name, bytes) in files {
        match certified(name, bytes, portal.policy()) {
            Some(Ok(certificate)) => meters.extend(certificate),
            Some(Err(_)) => {
                return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not-checkable").with("file", name));
            }
            None => {
                let found = records(bytes).map_err(|_| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-reading"))?;
                presented.extend(found.into_iter().map(|record| (name.as_str(), record)));
            }
        }
    }
    if presented.is_empty() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-reading"));
    }
    let certificates = certificates(portal, presented.iter().map(|(_, record)| record), &mut meters)?;
    let limits: ReadingLimits = builtin_reading_limits().map_err(Problem::failure)?;
    let grounds = Grounds { limits: &limits, key: None, meters: &meters };
    let (names, records): (Vec<&str>, Vec<Presented>) = presented.into_iter().unzip();
    let reports = check_readings(&records, &grounds);
    let readings = names.into_iter().map(str::to_owned).zip(records).zip(reports);
    Ok(CheckedReadings {
        readings: readings.map(|((name, record), report)| (name, record, report)).collect(),
        certificates,
    })
}

/// The certificates that this log has of the meters that records name.
fn certificates<'a>(
    portal: &Portal,
    presented: impl Iterator<Item = &'a Presented>,
    meters: &mut Vec<CertifiedMeter>,
) -> Result<Vec<(String, StatementHash)>, Problem> {
    let serials: BTreeSet<&String> = presented
        .filter_map(|presented| presented.read.record.as_ref())
        .flat_map(|record| [record.meter_serial.as_ref(), record.gateway_serial.as_ref()])
        .flatten()
        .take(METERS)
        .collect();
    let hashes: Vec<(String, StatementHash)> = {
        let inventory = portal.inventory()?;
        let certified = serials.iter().flat_map(|serial| inventory.certificates_of_serial(serial));
        certified.map(|certified| (certified.number.clone(), certified.hash.clone())).collect()
    };
    for (_, hash) in &hashes {
        let Some(signed) = portal.statement(hash)? else { continue };
        if let Body::Cert(certificate) = &signed.statement.body {
            let answer = portal.report(hash)?.answer();
            meters.push(CertifiedMeter { certificate: (**certificate).clone(), answer });
        }
    }
    Ok(hashes)
}

fn shown(portal: &Portal, visit: &Visit, checked: Option<CheckedReadings>) -> Result<Response, Problem> {
    let words = portal.words(visit.language());
    let mut found: Vec<Judged> = Vec::new();
    let mut chain = None;
    if let Some(checked) = &checked {
        found.extend(checked.readings.iter().map(|(_, _, report)| judged(report, words)));
        found.sort_by_key(|judged| judged.rank);
        let used = found.iter().find_map(|judged| judged.certificate.as_ref());
        let hash = used.and_then(|number| checked.certificates.iter().find(|(known, _)| known == number));
        chain = hash.map(|(_, hash)| ChainPart::of(portal, hash, visit)).transpose()?;
    }
    let more = found.len().saturating_sub(SHOWN);
    found.truncate(SHOWN);
    let title = match found.first() {
        Some(first) => format!("{} {}", first.word, words.say("session-title", &[])),
        None => words.say("session-title", &[]),
    };
    let frame = Frame::new(portal, visit, Place::Session, title);
    Ok(html(&SessionPage { frame: &frame, judged: found, more, chain, examples: portal.office().receipts().names() }))
}
