//! The three sections of a record, `OCMF|payload|signature`, and the signature section.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heng_quantity::{Finding, Position};
use heng_statement::Curve;

use super::json::{Json, Node, once, value};
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
    sections(text).0
}

/// Reads the record at the start of a text; also how many bytes it takes.
pub(super) fn sections(text: &str) -> (Read, usize) {
    let mut notes = Notes { text, findings: Vec::new() };
    let mut read = Read { signed: None, record: None, signature: None, findings: Vec::new() };
    let end = parts(text, &mut read, &mut notes);
    read.findings = notes.findings;
    (read, end)
}

fn parts(text: &str, read: &mut Read, notes: &mut Notes<'_>) -> usize {
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
fn signature(section: &Node, notes: &mut Notes<'_>) -> SignatureSection {
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
fn algorithm(text: &str, node: &Node, notes: &mut Notes<'_>) -> Option<Curve> {
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

/// The findings of one record, each at its place.
pub(super) struct Notes<'a> {
    text: &'a str,
    findings: Vec<Finding>,
}

impl Notes<'_> {
    /// A finding at an offset of the record's text.
    pub fn push(&mut self, offset: usize, finding: Finding) {
        self.findings.push(finding.at(position(self.text, offset)));
    }

    /// The text of a member that must be one; what is none is a finding.
    pub fn text_of(&mut self, node: &Node, path: &str) -> Option<String> {
        match &node.value {
            Json::Text(text) => Some(text.clone()),
            _ => {
                self.push(node.offset, Finding::error("ocmf-no-text").with("path", path));
                None
            }
        }
    }
}

/// Line and character of an offset, from 1.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
}

/// As much of a foreign text as a sentence can carry.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}
