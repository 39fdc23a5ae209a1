//! Whether a document is built as the format says: elements, their order and number, attributes and kinds of text.

mod content;
mod table;
mod value;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use heng_quantity::Finding;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};

use crate::attributes::attributes;
use content::{Content, Elements};
use table::{Space, Table, VERSIONS};
use value::Kind;

/// Findings after which the rest is not told one by one.
const MOST: usize = 500;
/// Attributes of one tag.
const MOST_ATTRIBUTES: usize = 256;
/// Prefixes that are known at one place.
const MOST_PREFIXES: usize = 64;

/// The tables of the versions met so far.
fn table(dcc: u16, si: u16) -> Arc<Table> {
    static READ: Mutex<BTreeMap<(u16, u16), Arc<Table>>> = Mutex::new(BTreeMap::new());
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(read.entry((dcc, si)).or_insert_with(|| Arc::new(table::read(dcc, si))))
}

/// How an open element is looked at.
#[derive(Clone, Copy, Debug)]
enum Look {
    /// By a type; where in its content we are, or which elements were there.
    Of { of: usize, state: usize, seen: u64 },
    /// Not itself; elements in it that a table knows are.
    Through,
    /// Not at all.
    Past,
}

struct Open<'a> {
    name: &'a str,
    look: Look,
    has_text: bool,
}

struct Binding<'a> {
    depth: usize,
    prefix: &'a str,
    space: Space,
    is_instance: bool,
}

/// A document on its way past the tables, event by event.
#[derive(Default)]
pub(super) struct Checking<'a> {
    table: Arc<Table>,
    bindings: Vec<Binding<'a>>,
    open: Vec<Open<'a>>,
    /// Of the innermost element, if it holds a text.
    text: Cow<'a, str>,
    has_root: bool,
    /// Of parts of signatures; those of the certificate are followed with its references.
    signed: BTreeSet<String>,
    found: Vec<(usize, Finding)>,
}

impl<'a> Checking<'a> {
    /// Findings with the offsets they belong to, in document order.
    pub(super) fn into_findings(self) -> Vec<(usize, Finding)> {
        self.found
    }

    /// One event, its text in the document and where that begins.
    pub(super) fn see(&mut self, event: &Event<'a>, raw: &'a str, at: usize) {
        match event {
            Event::Start(start) => self.start(raw, start, at),
            Event::Empty(start) => {
                self.start(raw, start, at);
                self.end(at);
            }
            Event::End(_) => self.end(at),
            Event::Text(_) => self.text(at, Cow::Borrowed(raw)),
            Event::CData(data) => self.text(at, data.clone().into_inner()),
            Event::GeneralRef(reference) => {
                let letter = reference.resolve_char_ref().ok().flatten();
                self.text(at, letter.map_or(Cow::Borrowed("&"), |letter| Cow::Owned(letter.to_string())));
            }
            _ => {}
        }
    }

    fn tell(&mut self, at: usize, finding: Finding) {
        match self.found.len() {
            MOST => self.found.push((at, Finding::info("structure-more"))),
            many if many > MOST => {}
            _ => self.found.push((at, finding)),
        }
    }

    fn bind(&mut self, tag: &'a str, name_length: usize) {
        let depth = self.open.len();
        // The tag's own text: a declaration is rare, and its prefix must outlive the event.
        for attribute in Attributes::new(tag, name_length).with_checks(false).flatten() {
            let name = attribute.key.into_inner();
            let Some(prefix) = name.strip_prefix("xmlns:").or((name == "xmlns").then_some("")) else { continue };
            let space = match &*attribute.value {
                "https://ptb.de/dcc" => Space::Dcc,
                "https://ptb.de/si" => Space::Si,
                "http://www.w3.org/2000/09/xmldsig#" => Space::Ds,
                _ => Space::Other,
            };
            let is_instance = &*attribute.value == "http://www.w3.org/2001/XMLSchema-instance";
            // More prefixes than any document has are not followed: each name is looked up among them.
            if self.bindings.len() == MOST_PREFIXES {
                return;
            }
            self.bindings.push(Binding { depth, prefix, space, is_instance });
        }
    }

    fn binding(&self, prefix: &str) -> Option<&Binding<'a>> {
        self.bindings.iter().rev().find(|binding| binding.prefix == prefix)
    }

    fn start(&mut self, raw: &'a str, start: &BytesStart<'_>, at: usize) {
        let length = start.name().as_ref().len();
        let name = raw.get(1..1 + length).unwrap_or("");
        if raw.contains("xmlns") {
            let tag = raw.get(1..).and_then(|tag| tag.strip_suffix('>')).unwrap_or("");
            self.bind(tag.strip_suffix('/').unwrap_or(tag), length);
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self.binding(prefix).map_or(Space::Other, |binding| binding.space);
        let look = if self.open.is_empty() && self.has_root {
            self.tell(at, Finding::error("structure-second-root").with("element", shown(name)));
            Look::Past
        } else if self.open.is_empty() {
            self.has_root = true;
            self.root(space, local, start, raw, at)
        } else {
            self.child(space, local, name, at)
        };
        if let Look::Of { of, .. } = look {
            self.attributes(of, name, start, at);
        }
        self.text = Cow::Borrowed("");
        self.open.push(Open { name, look, has_text: false });
    }

    /// The first element decides which tables hold.
    fn root(&mut self, space: Space, name: &str, start: &BytesStart<'_>, raw: &str, at: usize) -> Look {
        if space == Space::Dcc && name == "digitalCalibrationCertificate" {
            let stated = attributes(start).find(|attribute| attribute.key.as_ref() == "schemaVersion");
            let stated = stated.map(|attribute| attribute.value.into_owned()).unwrap_or_default();
            let known = VERSIONS.iter().find(|(version, ..)| *version == stated);
            if known.is_none() && !stated.is_empty() {
                self.tell(at, Finding::error("structure-version-unknown").with("version", shown(&stated)));
            }
            let (_, dcc, si) = known.unwrap_or(&("3.3.0", 330, 221));
            self.table = table(*dcc, *si);
        } else {
            let stated = |version: &&(&str, u16)| raw.contains(version.0);
            let versions =
                [("/v1.3.0/", 130), ("/v1.3.1/", 131), ("/v2.0.0/", 200), ("/v2.1.0/", 210), ("/v2.2.1/", 221)];
            self.table = table(330, versions.iter().find(stated).map_or(221, |(_, version)| *version));
        }
        self.known(space, name).unwrap_or_else(|| {
            // Only an island of D-SI may lie in an element that nobody knows.
            let is_certificate = raw.contains("schemaVersion") || name == "digitalCalibrationCertificate";
            if space != Space::Other || is_certificate {
                self.tell(at, Finding::error("structure-root-unknown").with("element", shown(name)));
            }
            Look::Through
        })
    }

    fn known(&self, space: Space, name: &str) -> Option<Look> {
        let root = self.table.roots.iter().find(|(of, root, _)| *of == space && *root == name)?;
        Some(Look::Of { of: root.2, state: 0, seen: 0 })
    }

    fn child(&mut self, space: Space, local: &str, name: &'a str, at: usize) -> Look {
        let Some((parent, look)) = self.open.last().map(|open| (open.name, open.look)) else { return Look::Past };
        let Look::Of { of, state, seen } = look else {
            return match look {
                Look::Through => self.known(space, local).unwrap_or(Look::Through),
                _ => Look::Past,
            };
        };
        let table = Arc::clone(&self.table);
        let Some(kind) = table.types.get(of) else { return Look::Past };
        let unknown =
            || Finding::error("structure-element-unknown").with("element", shown(name)).with("parent", parent);
        let (place, particle, seen) = match &kind.content {
            Content::Value(_) => {
                self.tell(at, unknown());
                return Look::Past;
            }
            Content::All(all) => {
                let fitting = all.iter().enumerate().find(|(_, (particle, _))| particle.fits(space, local));
                let Some((place, (particle, _))) = fitting else {
                    self.tell(at, unknown());
                    return Look::Past;
                };
                let bit = 1_u64 << (place % 64);
                if seen & bit != 0 {
                    let finding = Finding::error("structure-element-misplaced");
                    let finding = finding.with("element", name).with("parent", parent).with("expected", "");
                    self.tell(at, finding);
                }
                (0, particle, seen | bit)
            }
            Content::Elements(elements) => {
                match elements.expected(state).find(|(_, particle)| particle.fits(space, local)) {
                    Some((place, particle)) => (place, particle, 0),
                    None => {
                        let Some((place, particle)) = elements.elsewhere(state, space, local) else {
                            self.tell(at, unknown());
                            return Look::Past;
                        };
                        self.tell(at, misplaced(elements, state, name, parent));
                        (place.max(state), particle, 0)
                    }
                }
            }
        };
        if let Some(Look::Of { state, seen: before, .. }) = self.open.last_mut().map(|open| &mut open.look) {
            *state = place;
            *before = seen;
        }
        match particle.wild {
            None => Look::Of { of: particle.of, state: 0, seen: 0 },
            Some(wild) => self.known(space, local).unwrap_or_else(|| {
                if wild.is_strict {
                    self.tell(at, Finding::warning("structure-foreign-unchecked").with("element", shown(name)));
                    return Look::Past;
                }
                Look::Through
            }),
        }
    }

    fn attributes(&mut self, of: usize, element: &str, start: &BytesStart<'_>, at: usize) {
        let table = Arc::clone(&self.table);
        let Some(kind) = table.types.get(of) else { return };
        let mut has = 0_u64;
        for (place, attribute) in start.attributes().enumerate() {
            // Each is compared with all before it: a tag with thousands of them is not looked at to its end.
            if place == MOST_ATTRIBUTES {
                self.tell(at, Finding::error("structure-attribute-malformed").with("element", element));
                return;
            }
            let Ok(attribute) = attribute else {
                self.tell(at, Finding::error("structure-attribute-malformed").with("element", element));
                return;
            };
            let name = attribute.key.as_ref();
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            if let Some((prefix, local)) = name.split_once(':')
                && self.binding(prefix).is_some_and(|binding| binding.is_instance)
                && matches!(local, "schemaLocation" | "noNamespaceSchemaLocation" | "type" | "nil")
            {
                continue;
            }
            let Some((place, known)) = kind.attributes.iter().enumerate().find(|(_, known)| known.name == name) else {
                let finding = Finding::error("structure-attribute-unknown");
                self.tell(at, finding.with("attribute", shown(name)).with("element", element));
                continue;
            };
            has |= 1 << (place % 64);
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or(Cow::Borrowed(""));
            if name == "Id" && known.kind == Kind::Id && !self.signed.insert(value.trim().to_owned()) {
                self.tell(at, Finding::error("reference-duplicate").with("reference", shown(&value)));
            }
            if matches!(name, "refType" | "refId") && has_wide_blanks(&value) {
                self.tell(at, Finding::warning("practice-list-blanks").with("element", format!("{element}/@{name}")));
            }
            if let Some(wrong) = known.kind.wrong(&value) {
                let place = format!("{element}/@{name}");
                self.tell(at, wrong_value(&known.kind, &place, wrong));
            }
        }
        for (place, missing) in kind.attributes.iter().enumerate() {
            if missing.is_required && has & 1 << (place % 64) == 0 {
                let finding = Finding::error("structure-attribute-missing");
                self.tell(at, finding.with("attribute", missing.name).with("element", element));
            }
        }
    }

    fn text(&mut self, at: usize, text: Cow<'a, str>) {
        let Some(open) = self.open.last_mut() else { return };
        let Look::Of { of, .. } = open.look else { return };
        let is_told = open.has_text;
        match self.table.types.get(of).map(|kind| &kind.content) {
            Some(Content::Value(_)) if self.text.is_empty() => self.text = text,
            Some(Content::Value(_)) => self.text.to_mut().push_str(&text),
            Some(Content::Elements(Elements { is_mixed: true, .. })) | None => {}
            Some(_) if is_told || text.trim_matches([' ', '\t', '\n', '\r']).is_empty() => {}
            Some(_) => {
                open.has_text = true;
                let finding = Finding::error("structure-text-unexpected").with("element", open.name);
                self.tell(at, finding.with("text", shown(text.trim())));
            }
        }
    }

    fn end(&mut self, at: usize) {
        let Some(Open { name, look, .. }) = self.open.pop() else { return };
        let depth = self.open.len();
        while self.bindings.last().is_some_and(|binding| binding.depth >= depth && binding.depth > 0) {
            self.bindings.pop();
        }
        let Look::Of { of, state, seen } = look else { return };
        let table = Arc::clone(&self.table);
        let missing = match table.types.get(of).map(|kind| &kind.content) {
            Some(Content::Value(kind)) => {
                let text = std::mem::take(&mut self.text);
                if let Some(wrong) = kind.wrong(&text) {
                    self.tell(at, wrong_value(kind, name, wrong));
                }
                if matches!(kind, Kind::List(_)) && has_wide_blanks(&text) {
                    self.tell(at, Finding::warning("practice-list-blanks").with("element", name));
                }
                return;
            }
            Some(Content::All(all)) => all
                .iter()
                .enumerate()
                .filter(|(place, (_, is_required))| *is_required && seen & 1 << (place % 64) == 0)
                .map(|(_, (particle, _))| particle.to_string())
                .collect::<Vec<_>>()
                .join(", "),
            Some(Content::Elements(elements)) if !elements.may_end(state) => expected(elements, state),
            _ => return,
        };
        if !missing.is_empty() {
            let finding = Finding::error("structure-element-missing");
            self.tell(at, finding.with("parent", name).with("expected", missing));
        }
    }
}

fn expected(elements: &Elements, state: usize) -> String {
    elements.expected(state).map(|(_, particle)| particle.to_string()).collect::<Vec<_>>().join(" | ")
}

fn misplaced(elements: &Elements, state: usize, name: &str, parent: &str) -> Finding {
    let finding = Finding::error("structure-element-misplaced").with("element", name).with("parent", parent);
    finding.with("expected", expected(elements, state))
}

fn wrong_value(kind: &Kind, place: &str, wrong: &str) -> Finding {
    Finding::error("structure-value").with("place", place).with("value", shown(wrong)).with("expected", kind.form())
}

/// One blank between words, none at the ends.
fn has_wide_blanks(text: &str) -> bool {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace();
    let mut before = true;
    for byte in text.as_bytes() {
        if before && is_blank(byte) {
            return true;
        }
        before = is_blank(byte);
    }
    before && !text.is_empty()
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
