//! The elements of a small XML file, with their places.

use heng_quantity::{Finding, Position};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Deeper nesting is refused: a file of UncLib has eight levels.
const DEEPEST: usize = 32;

/// An element with the text directly in it. Attributes say nothing in these files.
#[derive(Debug)]
pub(super) struct Element {
    pub name: String,
    pub text: String,
    pub inner: Vec<Element>,
    pub position: Position,
}

impl Element {
    /// An error about it.
    pub(super) fn finding(&self, code: &str) -> Finding {
        Finding::error(code).at(self.position)
    }

    /// Those inside it of a name.
    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.inner.iter().filter(move |inner| inner.name == name)
    }

    /// The one inside it of a name.
    pub(super) fn child(&self, name: &str) -> Result<&Self, Finding> {
        let mut all = self.inner.iter().filter(|inner| inner.name == name);
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(self.finding("unclib-element").with("name", name).with("inside", &self.name)),
        }
    }
}

/// Walks along a text and says the line and column of places that come in order.
struct Places<'a> {
    rest: &'a str,
    offset: usize,
    position: Position,
}

impl Places<'_> {
    fn at(&mut self, offset: usize) -> Position {
        let (passed, rest) = self.rest.split_at_checked(offset.saturating_sub(self.offset)).unwrap_or((self.rest, ""));
        for letter in passed.chars() {
            let Position { line, column } = self.position;
            self.position = if letter == '\n' {
                Position { line: line.saturating_add(1), column: 1 }
            } else {
                Position { line, column: column.saturating_add(1) }
            };
        }
        self.offset += passed.len();
        self.rest = rest;
        self.position
    }
}

/// The root with all that is in it.
///
/// Errors: XML that is not well-formed or breaks off, has a DTD or is nested too deeply.
pub(super) fn root(text: &str) -> Result<Element, Finding> {
    let mut places = Places { rest: text, offset: 0, position: Position { line: 1, column: 1 } };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    loop {
        let position = places.at(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        let broken = |reason: &dyn std::fmt::Display| Finding::error("unclib-xml").at(position).with("reason", reason);
        let mut say = |said: &str| {
            if let Some(element) = open.last_mut() {
                element.text.push_str(said);
            }
        };
        match reader.read_event().map_err(|error| broken(&error))? {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(broken(&"nested too deeply"));
                }
                let name = start.local_name().into_inner().to_owned();
                open.push(Element { name, text: String::new(), inner: Vec::new(), position });
            }
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err(broken(&"an end without a start")) };
                match open.last_mut() {
                    Some(outer) => outer.inner.push(element),
                    None => return Ok(element),
                }
            }
            Event::Text(text) => say(&text.xml10_content()),
            Event::CData(text) => say(&text.xml10_content()),
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
                let sign = resolved.ok_or_else(|| broken(&format!("&{name};")))?;
                say(sign.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(broken(&"DOCTYPE")),
            Event::Eof => return Err(broken(&"it breaks off")),
            _ => {}
        }
    }
}
