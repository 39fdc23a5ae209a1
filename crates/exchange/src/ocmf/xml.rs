//! The XML of the transparency software: `<values><value><signedData>…</signedData><publicKey>…</publicKey></value></values>`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::file::{Presented, plain, unwrapped};
use super::notes::Room;
use crate::attributes::attributes;

/// Every record of a document, as far as it can be read. Readings in other formats are passed over.
pub(super) fn from_xml(text: &str) -> Vec<Presented> {
    let mut reader = Reader::from_str(text);
    let mut values = Values { text, ..Values::default() };
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(start)) => values.start(&start, offset),
            Ok(Event::Text(piece)) => values.content.push_str(&piece.xml10_content()),
            Ok(Event::CData(piece)) => values.content.push_str(&piece.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                // What names no character stays as it is written, and no signature will be of it.
                let text = character.or_else(named).unwrap_or_else(|| format!("&{};", &*reference));
                values.content.push_str(&text);
            }
            Ok(Event::End(end)) => values.end(end.local_name().as_ref()),
            Ok(Event::Eof) | Err(_) => return values.found,
            Ok(_) => {}
        }
    }
}

#[derive(Default)]
struct Values<'a> {
    text: &'a str,
    found: Vec<Presented>,
    room: Room,
    /// The text of the element that is open.
    content: String,
    /// Its attributes `encoding` and `format`.
    encoding: String,
    format: String,
    /// The parts of the value that is open.
    record: Option<(String, u32)>,
    key: Option<String>,
    label: Option<String>,
    /// Lines counted so far, up to an offset.
    lines: usize,
    counted: usize,
    line: u32,
}

impl Values<'_> {
    fn start(&mut self, start: &BytesStart<'_>, offset: usize) {
        self.content.clear();
        match start.local_name().as_ref() {
            "value" => {
                self.label = attribute(start, "transactionId");
                self.record = None;
                self.key = None;
            }
            "signedData" | "encodedData" => {
                self.encoding = attribute(start, "encoding").unwrap_or_default();
                self.format = attribute(start, "format").unwrap_or_default();
                let over = self.text.get(self.counted..offset).unwrap_or_default();
                self.lines += over.bytes().filter(|byte| *byte == b'\n').count();
                self.counted = offset;
                self.line = u32::try_from(self.lines + 1).unwrap_or(u32::MAX);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let content = self.content.trim();
        match name {
            "signedData" | "encodedData" if self.format.is_empty() || self.format.eq_ignore_ascii_case("OCMF") => {
                self.record = self.record.take().or(plain(content, &self.encoding).map(|record| (record, self.line)));
            }
            "publicKey" => self.key = Some(content.to_owned()).filter(|key| !key.is_empty()),
            "value" => {
                if let Some((record, line)) = self.record.take() {
                    let (key, label) = (self.key.take(), self.label.take());
                    self.found.push(unwrapped(record.trim(), key, line, label, &mut self.room));
                }
            }
            _ => {}
        }
        self.content.clear();
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(start).find(|attribute| attribute.key.as_ref() == name).map(|attribute| attribute.value.into_owned())
}
