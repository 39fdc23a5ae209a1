//! The parts of a workbook, unpacked within a bound, and their XML without entities of its own.

use std::io::{Cursor, Read};

use heng_quantity::Finding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::attributes::attributes;

/// All parts together may be this large when unpacked.
const MOST_UNPACKED: u64 = 160 << 20;

/// Real workbooks have some dozens of parts.
const MOST_PARTS: usize = 5_000;

/// No part of a real workbook is nested deeper.
const DEEPEST: usize = 64;

/// A workbook as a ZIP archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Finding> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(Finding::error("record-xls-or-encrypted"));
        }
        if !bytes.starts_with(b"PK") {
            return Err(Finding::error("record-not-xlsx"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("ZIP", &error))?;
        if zip.len() > MOST_PARTS {
            return Err(Finding::error("record-xlsx-too-large").with("most", MOST_UNPACKED >> 20));
        }
        Ok(Self { zip, left: MOST_UNPACKED })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part as text. What it claims of its size is not believed.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Finding> {
        let part = self.zip.by_name(name).map_err(|error| damaged(name, &error))?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| damaged(name, &error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if length > self.left {
            return Err(Finding::error("record-xlsx-too-large").with("most", MOST_UNPACKED >> 20));
        }
        self.left -= length;
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map_err(|error| damaged(name, &error))
    }
}

/// One step through the XML of a part.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(&'a str, &'a BytesStart<'a>),
    /// Characters, references resolved.
    Text(&'a str),
    /// An element ends.
    Close(&'a str),
}

/// Walks through a part; `on` may stop it with a finding.
pub(super) fn walk(part: &str, xml: &str, mut on: impl FnMut(Step<'_>) -> Result<(), Finding>) -> Result<(), Finding> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| damaged(part, &error))? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(damaged(part, &"nested too deeply"));
                }
                on(Step::Open(start.local_name().into_inner(), &start))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                on(Step::Close(end.local_name().into_inner()))?;
            }
            Event::Text(text) => on(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => on(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let resolved = match name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let sign = resolved.ok_or_else(|| damaged(part, &format!("&{name};")))?;
                on(Step::Text(sign.encode_utf8(&mut [0; 4])))?;
            }
            Event::DocType(_) => return Err(damaged(part, &"DOCTYPE")),
            Event::Eof if depth > 0 => return Err(damaged(part, &"it breaks off")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = attributes(start).find(|attribute| attribute.key.local_name().into_inner() == name)?;
    found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(|value| value.into_owned())
}

/// Text as it was typed: `_x000A_` stands for a line break, `_x005F_` for the low line of a text that only looks like one of these.
pub(super) fn unescaped(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let (before, from) = rest.split_at(start);
        typed.push_str(before);
        match from.get(2..7).and_then(escape) {
            Some(sign) => {
                typed.push(sign);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                typed.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    typed.push_str(rest);
    typed
}

/// Four hexadecimal digits and a low line.
fn escape(digits: &str) -> Option<char> {
    let digits = digits.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}

/// A part that cannot be read.
pub(super) fn damaged(part: &str, reason: &dyn std::fmt::Display) -> Finding {
    let reason: String = reason.to_string().chars().take(200).collect();
    Finding::error("record-xlsx-damaged").with("part", part).with("reason", reason)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_come_back_as_the_signs_that_were_typed() {
        assert_eq!(unescaped("甲_x000A_乙"), "甲\n乙");
        assert_eq!(unescaped("_x005F_x000A_"), "_x000A_");
        assert_eq!(unescaped("a_xyz_ _x00_ _x中文字符_ _x"), "a_xyz_ _x00_ _x中文字符_ _x");
    }
}
