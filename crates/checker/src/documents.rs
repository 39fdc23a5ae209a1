//! Whether the files are the ones that the certificate fixes, and whether they show its digits.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::dcc;
use heng_quantity::{Reported, Uncertainty};
use heng_rule::Cell;
use heng_statement::{Certificate, Document};
use sha2::{Digest, Sha256};

use crate::report::{Check, Outcome, Reason};

/// The check `document` of one file: the bytes that count must have the hash of one of the certificate's renderings.
pub(crate) fn document(certificate: &Certificate, name: &str, bytes: &[u8], media_type: &str) -> Check {
    fixed(&certificate.documents, &certificate.number, (name, bytes), media_type)
}

/// The same of whatever fixes documents under a number.
pub(crate) fn fixed(documents: &[Document], number: &str, (name, bytes): (&str, &[u8]), media_type: &str) -> Check {
    let sha256 = hex::encode(Sha256::digest(bytes));
    let fixed = documents.iter().find(|document| document.sha256 == sha256 && document.length == bytes.len() as u64);
    let (outcome, reason) = match fixed {
        Some(document) => (Outcome::Passed, Reason::new("document-passed").with("rendering", &document.name)),
        None if documents.iter().any(|document| document.media_type == media_type) => {
            (Outcome::Failed, Reason::new("document-altered").with("number", number))
        }
        None => (Outcome::Failed, Reason::new("document-not-issued").with("number", number)),
    };
    Check { name: "document", subject: name.to_owned(), outcome, reason }
}

/// The check `document` of a PDF that is not, byte for byte, what was issued.
pub(crate) fn altered_pdf(number: &str, name: &str) -> Check {
    let reason = Reason::new("document-altered").with("number", number);
    Check { name: "document", subject: name.to_owned(), outcome: Outcome::Failed, reason }
}

/// The XML rendering that the certificate fixes.
pub(crate) fn xml_of(certificate: &Certificate) -> Option<&Document> {
    certificate.documents.iter().find(|document| document.media_type == "application/xml")
}

/// The check `renderings`: every digit of the certificate's results stands in its XML.
pub(crate) fn renderings(certificate: &Certificate, xml: Option<&[u8]>) -> Check {
    let (outcome, reason) = match xml.map(dcc::read) {
        None => (Outcome::NotPossible, Reason::new("renderings-no-xml")),
        Some(Err(_)) => (Outcome::Failed, Reason::new("renderings-unreadable")),
        Some(Ok(read)) => digits(certificate, &read),
    };
    Check { name: "renderings", subject: certificate.number.clone(), outcome, reason }
}

fn digits(certificate: &Certificate, read: &dcc::Read) -> (Outcome, Reason) {
    if dcc::number(read).as_deref() != Some(certificate.number.as_str()) {
        return (Outcome::Failed, Reason::new("renderings-other-number"));
    }
    let shown: Vec<(String, String, Option<String>)> = dcc::quantities(read)
        .into_iter()
        .map(|quantity| (quantity.value, quantity.unit, quantity.expanded_uncertainty))
        .collect();
    // How often each stands there; what a result takes is taken away.
    let mut left: BTreeMap<_, usize> = BTreeMap::new();
    for quantity in &shown {
        *left.entry(quantity).or_default() += 1;
    }
    let mut count = 0;
    for result in certificate.results.iter().flat_map(|item| &item.points).map(|point| &point.result.quantity) {
        let sought = (result.value.to_string(), result.unit.to_string(), expanded(result));
        match left.get_mut(&sought) {
            Some(times) if *times > 0 => *times -= 1,
            _ => {
                let reason = Reason::new("renderings-digit-missing").with("value", sought.0).with("unit", sought.1);
                return (Outcome::Failed, reason);
            }
        }
        count += 1;
    }
    // And the other way round: the XML shows nothing that the certificate does not state.
    let stated = stated(certificate);
    let is_left = |quantity: &&(String, String, Option<String>)| left.get(quantity).is_some_and(|times| *times > 0);
    if let Some((value, unit, _)) = shown.iter().filter(is_left).find(|quantity| !stated.contains(quantity)) {
        return (Outcome::Failed, Reason::new("renderings-digit-unstated").with("value", value).with("unit", unit));
    }
    (Outcome::Passed, Reason::new("renderings-passed").with("count", count))
}

/// Every quantity that the certificate states beside its results, as its XML shows it.
fn stated(certificate: &Certificate) -> BTreeSet<(String, String, Option<String>)> {
    let characteristics = certificate.instrument.characteristics.values().filter_map(|cell| match cell {
        Cell::Quantity(quantity) => Some(quantity),
        _ => None,
    });
    let points = certificate.results.iter().flat_map(|item| &item.points);
    let beside = points.clone().flat_map(|point| point.conditions.iter().chain(&point.observed));
    let limits = points.filter_map(|point| point.limit.as_ref()).flat_map(|limit| [&limit.lower, &limit.upper]);
    characteristics
        .chain(certificate.environment.iter().chain(beside).map(|named| &named.quantity))
        .chain(limits.flatten())
        .map(|reported| (reported.value.to_string(), reported.unit.to_string(), expanded(reported)))
        .collect()
}

fn expanded(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Expanded { value, .. }) => Some(value.to_string()),
        _ => None,
    }
}
