//! The three sections of a record, `OCMF|payload|signature`, and the signature section.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heng_quantity::Finding;
use heng_statement::Curve;

use super::json::{Json, Node, once, value};
use super::notes::{Notes, Room, excerpt};
use super::payload::payload;
use super::record::{Record, SignatureSection};

/// A record as far as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What was signed: the payload's text as it is, between the two bars. Absent where the record breaks off before its end.
    pub signed: Option<String>,
    /// What it says; absent where the payload is no JSON object.
    pub record: Option<Record>,
    /// The signature section; absent where there is none.
    pub signature: Option<SignatureSection>,
    /// What there is to say of its spelling. Positions count within the record's text, from line 1.
    pub findings: Vec<Finding>,
}

/// What every record begins with.
pub(crate) const HEADER: &str = "OCMF|";

/// Reads a record. One that breaks off is read as far as it goes.
pub fn read(text: &str) -> Read {
    sections(text, &mut Room::default()).0
}

/// Reads the record at the start of a text; also how many bytes it takes.
pub(super) fn sections(text: &str, room: &mut Room) -> (Read, usize) {
    let mut notes = room.notes();
    let mut read = Read { signed: None, record: None, signature: None, findings: Vec::new() };
    let end = parts(text, &mut read, &mut notes);
    read.findings = notes.into_findings(text);
    room.fill(read.findings.len());
    (read, end)
}

fn parts(text: &str, read: &mut Read, notes: &mut Notes) -> usize {
    if !text.starts_with(HEADER) {
        notes.push(0, Finding::error("ocmf-header"));
        return text.len();
    }
    let (object, end) = match value(text, HEADER.len()) {
        Ok(found) => found,
        Err(fault) => {
            notes.push(fault.offset, Finding::error("ocmf-payload-unreadable"));
            return text.len();
        }
    };
    read.record = Some(payload(&object, notes));
    let rest = text.get(end..).unwrap_or_default();
    let gap = rest.len() - rest.trim_start().len();
    if !rest.trim_start().starts_with('|') {
        notes.push(end + gap, Finding::error("ocmf-signature-missing"));
        return end + gap;
    }
    let bar = end + gap;
    match value(text, bar + 1) {
        Ok((section, end)) => {
            read.signed = text.get(HEADER.len()..bar).map(str::to_owned);
            read.signature = Some(signature(&section, notes));
            end
        }
        Err(fault) => {
            notes.push(fault.offset, Finding::error("ocmf-signature-unreadable"));
            text.len()
        }
    }
}

/// The section with algorithm, encoding and signature; unknown names are the business of others.
fn signature(section: &Node, notes: &mut Notes) -> SignatureSection {
    let mut read = SignatureSection { algorithm: None, curve: Some(Curve::Secp256r1), bytes: None };
    let Json::Object(members) = &section.value else {
        notes.push(section.offset, Finding::error("ocmf-signature-unreadable"));
        return read;
    };
    for (name, node) in once(members).again {
        notes.push(node.offset, Finding::error("ocmf-member-twice").with("path", excerpt(name)));
    }
    let member = |name: &str| members.iter().find(|(other, _)| other == name).map(|(_, node)| node);
    if let Some(node) = member("SA") {
        let text = notes.text_of(node, "SA");
        read.curve = text.as_deref().and_then(|text| algorithm(text, node, notes));
        read.algorithm = text;
    }
    let mut is_base64 = false;
    if let Some(node) = member("SE") {
        match notes.text_of(node, "SE").unwrap_or_default().as_str() {
            "hex" => {}
            "base64" => is_base64 = true,
            other => {
                notes.push(node.offset, Finding::error("ocmf-signature-encoding").with("text", excerpt(other)));
                return read;
            }
        }
    }
    if let Some(node) = member("SM") {
        let form = notes.text_of(node, "SM").unwrap_or_default();
        if form != "application/x-der" {
            notes.push(node.offset, Finding::error("ocmf-signature-form").with("text", excerpt(&form)));
            return read;
        }
    }
    match member("SD") {
        Some(node) => {
            let data = notes.text_of(node, "SD").unwrap_or_default();
            read.bytes = if is_base64 { STANDARD.decode(&data).ok() } else { hex::decode(&data).ok() };
            if read.bytes.is_none() {
                notes.push(node.offset, Finding::error("ocmf-signature-data"));
            }
        }
        None => notes.push(section.offset, Finding::error("ocmf-signature-data")),
    }
    read
}

/// The curve that an algorithm's name means. Other spellings of the same name are taken with a finding; other algorithms are not.
fn algorithm(text: &str, node: &Node, notes: &mut Notes) -> Option<Curve> {
    let exact = Curve::ALL.into_iter().find(|curve| text == format!("ECDSA-{curve}-SHA256"));
    if exact.is_some() {
        return exact;
    }
    // What stands in the field beside the seven names, letter case apart.
    let folded = text.to_ascii_lowercase();
    let name = folded.strip_prefix("ecdsa-").and_then(|rest| rest.strip_suffix("-sha256"));
    let curve = name.and_then(|name| match name {
        "brainpoolp256r1" => Some(Curve::Brainpool256r1),
        "brainpoolp384r1" => Some(Curve::Brainpool384r1),
        "prime256v1" => Some(Curve::Secp256r1),
        "prime192v1" => Some(Curve::Secp192r1),
        "prime384v1" => Some(Curve::Secp384r1),
        name => Curve::ALL.into_iter().find(|curve| curve.name() == name),
    });
    let finding = match curve {
        Some(curve) => Finding::info("ocmf-algorithm-spelling").with("curve", curve),
        None => Finding::error("ocmf-algorithm-unknown"),
    };
    notes.push(node.offset, finding.with("text", excerpt(text)));
    curve
}
