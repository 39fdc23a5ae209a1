//! Reads the whole of a document, or says at which line it cannot be taken over without loss.

use heng_quantity::Position;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::characters::{attribute_value, is_character, is_comment, is_instruction, is_name, referenced};
use super::{Aside, Declaration, Document, Element, Node, prefix};
use crate::attributes::attributes;
use crate::dcc::read::NotADcc;

/// Why a document is not taken over: something in it would be lost.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfaithful {
    /// It is no document of the kind.
    #[error(transparent)]
    NotADcc(#[from] NotADcc),
    /// It is no well-formed XML.
    #[error("line {}, column {}: {reason}", position.line, position.column)]
    NotWellFormed {
        /// Where.
        position: Position,
        /// Why.
        reason: String,
    },
    /// It has a DTD, which nothing here expands.
    #[error("line {}, column {}: a DTD is not taken over", _0.line, _0.column)]
    Doctype(Position),
    /// Elements lie deeper in each other than in any certificate.
    #[error("line {}, column {}: elements nested too deeply", _0.line, _0.column)]
    TooDeep(Position),
}

/// JSON readers allow 128 levels, and an element takes up to two.
pub(super) const DEEPEST: usize = 60;

pub(super) fn read(text: &str) -> Result<Document, Unfaithful> {
    let mut reading = Reading { text, document: Document::default(), has_root: false, open: Vec::new() };
    reading.all()?;
    Ok(reading.document)
}

struct Reading<'a> {
    text: &'a str,
    document: Document,
    has_root: bool,
    open: Vec<Element>,
}

impl Reading<'_> {
    fn all(&mut self) -> Result<(), Unfaithful> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|error| self.broken(offset, error.to_string()))?;
            match event {
                Event::Start(start) => {
                    let element = self.element(&start, offset)?;
                    if self.open.len() >= DEEPEST {
                        return Err(Unfaithful::TooDeep(self.position(offset)));
                    }
                    self.open.push(element);
                }
                Event::Empty(start) => {
                    let element = self.element(&start, offset)?;
                    if self.open.len() >= DEEPEST {
                        return Err(Unfaithful::TooDeep(self.position(offset)));
                    }
                    self.close(element);
                }
                Event::End(_) => {
                    if let Some(element) = self.open.pop() {
                        self.close(element);
                    }
                }
                Event::Text(text) => self.push(&text.xml10_content(), offset)?,
                Event::CData(text) if !self.open.is_empty() => self.push(&text.xml10_content(), offset)?,
                Event::CData(_) => return Err(self.broken(offset, "text outside of the root".to_owned())),
                Event::GeneralRef(reference) => {
                    let letter = referenced(&reference).ok_or_else(|| {
                        let name: String = reference.chars().take(40).collect();
                        self.broken(offset, format!("the reference {name:?} names no character"))
                    })?;
                    self.push(letter.encode_utf8(&mut [0; 4]), offset)?;
                }
                Event::Comment(comment) => {
                    let comment = comment.xml10_content().into_owned();
                    if !is_comment(&comment) {
                        return Err(self.broken(offset, "no comment can contain this".to_owned()));
                    }
                    self.aside(Aside::Comment(comment));
                }
                Event::PI(instruction) => {
                    let instruction = instruction.replace("\r\n", "\n").replace('\r', "\n");
                    if !is_instruction(&instruction) {
                        return Err(self.broken(offset, "this is no processing instruction".to_owned()));
                    }
                    self.aside(Aside::Instruction(instruction));
                }
                Event::Decl(declaration) => {
                    let stated = |name: &str| {
                        let tag = BytesStart::from_content(&*declaration, 3);
                        let found = attributes(&tag).find(|attribute| attribute.key.as_ref() == name);
                        found.map(|attribute| attribute.value.into_owned())
                    };
                    let declaration = Declaration {
                        version: stated("version").unwrap_or_default(),
                        encoding: stated("encoding"),
                        standalone: stated("standalone"),
                    };
                    if offset > 0 || !declaration.is_sound() {
                        return Err(self.broken(offset, "this is no XML declaration".to_owned()));
                    }
                    self.document.declaration = Some(declaration);
                }
                Event::DocType(_) => return Err(Unfaithful::Doctype(self.position(offset))),
                Event::Eof => break,
            }
        }
        if !self.open.is_empty() {
            return Err(self.broken(self.text.len(), "it breaks off".to_owned()));
        }
        if self.has_root { Ok(()) } else { Err(NotADcc::Empty.into()) }
    }

    fn element(&self, start: &BytesStart<'_>, offset: usize) -> Result<Element, Unfaithful> {
        let name = start.name().into_inner().to_owned();
        if !is_name(&name) {
            return Err(self.broken(offset, format!("{:?} is no name", name.chars().take(40).collect::<String>())));
        }
        if self.open.is_empty() && self.has_root {
            return Err(self.broken(offset, "a second root".to_owned()));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.broken(offset, error.to_string()))?;
            let key = attribute.key.into_inner();
            if !is_name(key) {
                return Err(self.broken(offset, format!("{:?} is no name", key.chars().take(40).collect::<String>())));
            }
            let value = attribute_value(&attribute.value)
                .map_err(|name| self.broken(offset, format!("the reference {name:?} names no character")))?;
            if value.contains(|letter| !is_character(letter)) || attribute.value.contains('<') {
                return Err(self.broken(offset, format!("the value of {key} has a character that XML does not have")));
            }
            attributes.push((key.to_owned(), value));
        }
        let element = Element { name, attributes, nodes: Vec::new() };
        match undeclared(&element, &self.open) {
            Some(prefix) => Err(self.broken(offset, format!("the prefix {prefix} is declared nowhere"))),
            None => Ok(element),
        }
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Element(element)),
            None => {
                self.has_root = true;
                self.document.root = element;
            }
        }
    }

    fn push(&mut self, text: &str, offset: usize) -> Result<(), Unfaithful> {
        if text.contains(|letter| !is_character(letter)) {
            return Err(self.broken(offset, "a character that XML does not have".to_owned()));
        }
        let is_blank = text.chars().all(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'));
        let Some(parent) = self.open.last_mut() else {
            return if is_blank { Ok(()) } else { Err(self.broken(offset, "text outside of the root".to_owned())) };
        };
        match parent.nodes.last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.nodes.push(Node::Text(text.to_owned())),
        }
        Ok(())
    }

    fn aside(&mut self, aside: Aside) {
        match self.open.last_mut() {
            Some(parent) => parent.nodes.push(Node::Aside(aside)),
            None if self.has_root => self.document.after.push(aside),
            None => self.document.before.push(aside),
        }
    }

    fn broken(&self, offset: usize, reason: String) -> Unfaithful {
        Unfaithful::NotWellFormed { position: self.position(offset), reason }
    }

    fn position(&self, offset: usize) -> Position {
        let passed = self.text.get(..offset).unwrap_or(self.text);
        let last = passed.rsplit('\n').next().unwrap_or_default();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position {
            line: count(passed.matches('\n').count()).saturating_add(1),
            column: count(last.chars().count()).saturating_add(1),
        }
    }
}

/// The first prefix of an element or its attributes that neither it nor any element around it declares.
pub(super) fn undeclared<'a>(element: &'a Element, around: &[Element]) -> Option<&'a str> {
    let is_declared = |wanted: &str| {
        matches!(wanted, "" | "xml" | "xmlns")
            || std::iter::once(element).chain(around).any(|element| {
                element.attributes.iter().any(|(key, _)| key.strip_prefix("xmlns:").is_some_and(|name| name == wanted))
            })
    };
    let names = std::iter::once(&element.name).chain(element.attributes.iter().map(|(key, _)| key));
    names.map(|name| prefix(name)).find(|wanted| !is_declared(wanted))
}

impl Declaration {
    /// Whether it can be written; what is written is encoded in UTF-8.
    pub(super) fn is_sound(&self) -> bool {
        self.version
            .strip_prefix("1.")
            .is_some_and(|minor| !minor.is_empty() && minor.chars().all(|digit| digit.is_ascii_digit()))
            && self.encoding.as_ref().is_none_or(|encoding| encoding.eq_ignore_ascii_case("utf-8"))
            && self.standalone.as_ref().is_none_or(|standalone| matches!(standalone.as_str(), "yes" | "no"))
    }
}
