//! The files that signed readings come in: the bare text, the XML of the transparency software, lines of JSON and recorded messages of OCPP.

use heng_quantity::{Finding, Position};

use super::lines::from_json;
use super::notes::Room;
use super::section::{HEADER, Read, sections};
use super::xml::from_xml;
use crate::places::{Places, START};
use crate::text::text;

/// A record as a file presents it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// The record.
    pub read: Read,
    /// The public key that came with it, as it is written. It proves nothing about whose it is.
    pub key: Option<String>,
    /// Where it stands.
    pub origin: Origin,
    /// How the file names it, where it does.
    pub label: Option<String>,
}

/// Where in a file a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// Its text is the file's own, so that positions of findings are those of the file; otherwise it was unwrapped.
    pub is_bare: bool,
}

/// There is no signed reading in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReadings {
    /// Larger than a day of a large operator.
    #[error("the file is larger than 256 MiB; split it")]
    TooLarge,
    /// No text.
    #[error("the file is encoded neither in UTF-8 nor as it declares; save it again as UTF-8")]
    Encoding,
    /// Nothing that begins with `OCMF|`.
    #[error("there is no text in it that begins with \"OCMF|\"")]
    None,
}

const LARGEST: usize = 256 << 20;

/// Every record of a file, in its order.
pub fn records(bytes: &[u8]) -> Result<Vec<Presented>, NoReadings> {
    if bytes.len() > LARGEST {
        return Err(NoReadings::TooLarge);
    }
    let text = text(bytes).ok_or(NoReadings::Encoding)?;
    let found = match text.trim_start().as_bytes() {
        [b'<', ..] => from_xml(&text),
        [b'{' | b'[', ..] => from_json(&text),
        _ => from_text(&text),
    };
    if found.is_empty() { Err(NoReadings::None) } else { Ok(found) }
}

/// One record after the other, with anything between them.
fn from_text(text: &str) -> Vec<Presented> {
    let mut found = Vec::new();
    let mut room = Room::default();
    let mut at = 0;
    let mut places = Places::of(text);
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(HEADER)) {
        at += next;
        let place = places.at(at);
        // A record that breaks off ends where the next one begins.
        let rest = text.get(at..).unwrap_or_default();
        let limit = rest.get(1..).and_then(|rest| rest.find(HEADER)).map_or(rest.len(), |limit| limit + 1);
        let (mut read, length) = sections(rest.get(..limit).unwrap_or(rest), &mut room);
        read.findings.extend(text_behind(&read, rest, length));
        for finding in &mut read.findings {
            finding.position = finding.position.map(|inner| moved(place, inner));
        }
        found.push(Presented { read, key: None, origin: Origin { line: place.line, is_bare: true }, label: None });
        at += length.max(1);
    }
    found
}

/// What follows a whole record on its line: nobody signed it, and it looks as if it belonged to the record.
fn text_behind(read: &Read, text: &str, length: usize) -> Option<Finding> {
    let behind = text.get(length..)?.lines().next()?;
    let blank = behind.len() - behind.trim_start().len();
    let is_another = behind.trim_start().starts_with(HEADER);
    (read.signature.is_some() && !behind.trim().is_empty() && !is_another)
        .then(|| Finding::warning("ocmf-text-behind").at(Places::of(text).at(length + blank)))
}

/// A position within a text that itself begins at a position.
fn moved(base: Position, inner: Position) -> Position {
    let column = if inner.line == 1 { base.column + inner.column - 1 } else { inner.column };
    Position { line: base.line + inner.line - 1, column }
}

/// A record that was unwrapped: its findings can only name the line where it stands.
pub(crate) fn unwrapped(
    record: &str,
    key: Option<String>,
    line: u32,
    label: Option<String>,
    room: &mut Room,
) -> Presented {
    let (mut read, length) = sections(record, room);
    if record.get(length..).is_some_and(|rest| !rest.trim().is_empty()) {
        read.findings.push(Finding::warning("ocmf-text-behind"));
    }
    for finding in &mut read.findings {
        finding.position = Some(Position { line, ..START });
    }
    Presented { read, key, origin: Origin { line, is_bare: false }, label }
}

/// A record as a file encodes it: as it is, hexadecimal or base64; the text tells by how it begins.
pub(crate) fn plain(content: &str, encoding: &str) -> Option<String> {
    if content.starts_with(HEADER) {
        return Some(content.to_owned());
    }
    let bytes = match encoding {
        "hex" => hex::decode(content).ok()?,
        _ => super::key::encoded(content)?,
    };
    String::from_utf8(bytes).ok().filter(|text| text.starts_with(HEADER))
}
