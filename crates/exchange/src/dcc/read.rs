//! Reads DCC and D-SI documents of any version: every quantity with the text of its numbers, and findings with line and column.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Decimal, Finding, Position, unit};
use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::attributes::attributes;
use crate::places::{self, Places};
use crate::text;
use crate::told::Told;

use super::check::{self, Element};
use super::practice;
use super::structure::Checking;

/// A quantity as a document states it: texts, not numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuantityText {
    /// The value, or the values of a list as they stand; of a complex one, the real part or the magnitude.
    pub value: String,
    /// The unit.
    pub unit: String,
    /// The standard uncertainty, where one is stated.
    pub standard_uncertainty: Option<String>,
    /// The expanded uncertainty, where one is stated.
    pub expanded_uncertainty: Option<String>,
    /// k.
    pub coverage_factor: Option<String>,
    /// p.
    pub coverage_probability: Option<String>,
    /// Where it begins.
    pub position: Option<Position>,
}

/// A document, as far as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    number: Option<String>,
    schema_version: Option<String>,
    quantities: Vec<QuantityText>,
    findings: Vec<Finding>,
}

/// The bytes are no DCC and no D-SI document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADcc {
    /// Larger than any certificate.
    #[error("{0} bytes are more than any certificate has")]
    TooLarge(usize),
    /// Neither UTF-8 nor UTF-16 nor what the document declares.
    #[error("the document is encoded neither in UTF-8 nor as it declares; save it again as UTF-8")]
    Encoding,
    /// The root is another element.
    #[error("the root element is {0:?}")]
    Root(String),
    /// There is no root.
    #[error("there is no XML element in it")]
    Empty,
}

/// Larger documents are refused before they are read.
const LARGEST: usize = 256 << 20;
/// Deeper nesting is refused.
const DEEPEST: usize = 128;
/// Elements behind these are not read: the largest certificates have some ten thousand.
const MOST_ELEMENTS: usize = 2_000_000;
/// Findings after which the rest is not told one by one.
const MOST_FINDINGS: usize = 1_000;

/// Reads a document. A document that breaks off is read as far as it goes, with a finding.
pub fn read(bytes: &[u8]) -> Result<Read, NotADcc> {
    if bytes.len() > LARGEST {
        return Err(NotADcc::TooLarge(bytes.len()));
    }
    let text = text::text(bytes).ok_or(NotADcc::Encoding)?;
    let is_converted = matches!(text, Cow::Owned(_));
    let text = text.as_ref();
    let mut reading = Reading {
        text,
        has_root: false,
        places: Places::of(text),
        open: Vec::new(),
        path: Vec::new(),
        closed: None,
        structure: Checking::default(),
        // Growing step by step would copy what is there each time.
        elements: Vec::with_capacity(text.bytes().filter(|byte| *byte == b'<').count().div_ceil(2).min(1 << 20)),
        current: Vec::new(),
        content: Cow::Borrowed(""),
        units: BTreeMap::new(),
        told: Told::up_to(MOST_FINDINGS),
        read: Read { number: None, schema_version: None, quantities: Vec::new(), findings: Vec::new() },
    };
    reading.all()?;
    let mut places = Places::of(text);
    let mut told = reading.told;
    reading.read.findings.extend(told.taken().into_iter().map(|(_, finding)| finding));
    check::tell(&reading.elements, &mut told);
    let mut contradictions = told.taken();
    contradictions.extend(reading.structure.into_findings());
    let version = reading.read.schema_version.as_deref().unwrap_or_default();
    practice::tell(&reading.elements, version, &mut told);
    contradictions.extend(told.into_found());
    if is_converted {
        contradictions.push((0, Finding::info("xml-encoding-converted")));
    }
    contradictions.sort_by_key(|(offset, _)| *offset);
    reading.read.findings.extend(contradictions.into_iter().map(|(offset, finding)| {
        let position = finding.position.unwrap_or_else(|| places.at(offset));
        finding.at(position)
    }));
    reading.read.findings.sort_by_key(|finding| finding.position);
    Ok(reading.read)
}

/// The certificate's number.
pub fn number(read: &Read) -> Option<String> {
    read.number.clone()
}

/// Every quantity, in document order.
pub fn quantities(read: &Read) -> Vec<QuantityText> {
    read.quantities.clone()
}

/// What the document says of itself.
pub fn findings(read: &Read) -> &[Finding] {
    &read.findings
}

impl Read {
    /// The version of the schema that the document says it follows.
    pub fn schema_version(&self) -> Option<&str> {
        self.schema_version.as_deref()
    }
}

/// The name of a tag without its prefix, in the text itself.
fn local_name<'a>(tag: &'a str, start: &BytesStart<'_>) -> &'a str {
    let name = tag.get(..start.name().as_ref().len()).unwrap_or("");
    name.split_once(':').map_or(name, |(_, name)| name)
}

struct Reading<'a> {
    text: &'a str,
    has_root: bool,
    places: Places<'a>,
    open: Vec<&'a str>,
    /// The places in `elements` of those that are open.
    path: Vec<usize>,
    /// The one that was closed last, if nothing was opened since.
    closed: Option<usize>,
    structure: Checking<'a>,
    elements: Vec<Element<'a>>,
    /// Quantities that are open: a list inside a hybrid, for example.
    current: Vec<(usize, QuantityText)>,
    content: Cow<'a, str>,
    /// What was said of units that came before: most values of a document have the same few.
    units: BTreeMap<String, Vec<Finding>>,
    /// What is told at its position already.
    told: Told,
    read: Read,
}

/// Elements that are one quantity.
const QUANTITIES: [&str; 6] = ["real", "constant", "realListXMLList", "complex", "complexListXMLList", "realList"];

impl<'a> Reading<'a> {
    fn all(&mut self) -> Result<(), NotADcc> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event();
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            // Names and attributes are taken from the text itself, so that they outlive the event.
            let tag = || self.text.get(offset.saturating_add(1)..end.saturating_sub(1)).unwrap_or("");
            if let Ok(event) = &event {
                self.structure.see(event, self.text.get(offset..end).unwrap_or(""), offset);
            }
            match event {
                Ok(Event::Start(start)) => {
                    let tag = tag();
                    let name = local_name(tag, &start);
                    self.root(name, &start)?;
                    if self.open.len() >= DEEPEST {
                        self.broken(offset, "nested too deeply");
                        return Ok(());
                    }
                    if self.elements.len() >= MOST_ELEMENTS {
                        self.broken(offset, "more elements than any certificate has");
                        return Ok(());
                    }
                    self.start(name, tag, &start, offset);
                }
                Ok(Event::Empty(start)) => {
                    let tag = tag();
                    let tag = tag.strip_suffix('/').unwrap_or(tag);
                    let name = local_name(tag, &start);
                    self.root(name, &start)?;
                    if self.elements.len() >= MOST_ELEMENTS {
                        self.broken(offset, "more elements than any certificate has");
                        return Ok(());
                    }
                    self.start(name, tag, &start, offset);
                    self.end();
                }
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(text)) => self.text(text.xml10_content()),
                Ok(Event::CData(text)) => self.text(text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => self.reference(&reference, offset),
                Ok(Event::DocType(_)) => {
                    let position = self.places.at(offset);
                    self.told.push(offset, Finding::error("xml-doctype").at(position));
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    self.broken(offset, &error.to_string());
                    break;
                }
            }
        }
        if !self.open.is_empty() && self.read.findings.iter().all(|finding| finding.code != "xml-not-well-formed") {
            self.broken(self.text.len(), "it breaks off");
        }
        if self.has_root { Ok(()) } else { Err(NotADcc::Empty) }
    }

    /// The root decides whether this is a document of the kind at all.
    fn root(&mut self, name: &str, start: &BytesStart<'_>) -> Result<(), NotADcc> {
        if self.has_root {
            return Ok(());
        }
        self.has_root = true;
        let is_dsi =
            QUANTITIES.contains(&name) || matches!(name, "hybrid" | "list" | "dSI" | "digitalReference" | "dataset");
        let text: &str = start;
        if name != "digitalCalibrationCertificate"
            && !is_dsi
            && !text.contains("ptb.de/si")
            && !text.contains("ptb.de/dcc")
        {
            return Err(NotADcc::Root(name.chars().take(80).collect()));
        }
        let version = attributes(start).find(|attribute| attribute.key.as_ref() == "schemaVersion");
        self.read.schema_version = Some(version.map(|version| version.value.into_owned()).unwrap_or_default());
        Ok(())
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if self.content.is_empty() {
            self.content = text;
        } else {
            self.content.to_mut().push_str(&text);
        }
    }

    fn start(&mut self, name: &'a str, tag: &'a str, start: &BytesStart<'_>, offset: usize) {
        let mut element = Element { name, offset, ..Element::default() };
        // Attributes that stand twice are a fault of structure; looking for them here would take time that grows with
        // the square of their number.
        for attribute in Attributes::new(tag, start.name().as_ref().len()).with_checks(false).flatten() {
            let value = attribute.value;
            match attribute.key.as_ref() {
                "id" => element.id = Some(value),
                "refId" => element.references = value,
                "refType" => element.ref_type = value,
                "lang" => element.language = Some(value),
                _ => {}
            }
        }
        let place = self.elements.len();
        let link = u32::try_from(place).ok();
        match self.closed.take() {
            Some(before) => {
                if let Some(before) = self.elements.get_mut(before) {
                    before.next = link;
                }
            }
            None => {
                if let Some(parent) = self.path.last().and_then(|parent| self.elements.get_mut(*parent)) {
                    parent.first = link;
                }
            }
        }
        self.path.push(place);
        self.elements.push(element);
        if QUANTITIES.contains(&name) {
            let position = self.places.at(offset);
            let quantity = QuantityText { position: Some(position), ..QuantityText::default() };
            self.current.push((self.open.len(), quantity));
        }
        self.open.push(name);
        self.content = Cow::Borrowed("");
    }

    fn end(&mut self) {
        let Some(name) = self.open.pop() else { return };
        let content = match std::mem::take(&mut self.content) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        let stated = || content.clone().into_owned();
        if name == "uniqueIdentifier" && self.read.number.is_none() {
            self.read.number = Some(stated());
        }
        if let Some((depth, quantity)) = self.current.last_mut() {
            // A covariance inside has values and units of its own.
            let is_direct = self.open.len() == depth.saturating_add(1);
            match name {
                "value"
                | "valueXMLList"
                | "valueReal"
                | "valueRealXMLList"
                | "valueMagnitude"
                | "valueMagnitudeXMLList"
                    if is_direct =>
                {
                    quantity.value = stated()
                }
                "unit" | "unitXMLList" if is_direct => quantity.unit = stated(),
                "standardUnc" | "valueStandardMU" | "valueStandardMUXMLList" | "standardUncertainty" => {
                    quantity.standard_uncertainty = Some(stated())
                }
                "uncertainty" | "uncertaintyXMLList" | "valueExpandedMU" | "valueExpandedMUXMLList" => {
                    quantity.expanded_uncertainty = Some(stated())
                }
                "coverageFactor" | "coverageFactorXMLList" => quantity.coverage_factor = Some(stated()),
                "coverageProbability" | "coverageProbabilityXMLList" => quantity.coverage_probability = Some(stated()),
                _ => {}
            }
            if self.open.len() == *depth
                && let Some((_, quantity)) = self.current.pop()
            {
                self.check(&quantity);
                self.read.quantities.push(quantity);
            }
        }
        self.closed = self.path.pop();
        if let Some(element) = self.closed.and_then(|place| self.elements.get_mut(place)) {
            element.text = content;
        }
    }

    /// What one quantity says of itself.
    fn check(&mut self, quantity: &QuantityText) {
        let position = quantity.position.unwrap_or(places::START);
        let values: Vec<&str> = quantity.value.split_whitespace().collect();
        let mut tell = |finding: Finding| self.told.push(0, finding.at(position));
        let wrong = values.iter().find(|value| **value != "NaN" && value.parse::<Decimal>().is_err());
        if let Some(value) = wrong {
            let shown: String = value.chars().take(40).collect();
            tell(Finding::error("quantity-value-no-decimal").with("value", shown));
        }
        let mut seen = BTreeSet::new();
        for stated in quantity.unit.split_whitespace().filter(|unit| seen.insert(*unit)) {
            if !self.units.contains_key(stated) {
                self.units.insert(stated.to_owned(), unit::read(stated).1);
            }
            self.units.get(stated).into_iter().flatten().cloned().for_each(&mut tell);
        }
        let lists = [
            &quantity.standard_uncertainty,
            &quantity.expanded_uncertainty,
            &quantity.coverage_factor,
            &quantity.coverage_probability,
        ];
        for list in lists.into_iter().flatten() {
            let length = list.split_whitespace().count();
            if length != 1 && length != values.len() {
                tell(Finding::error("list-lengths-differ").with("values", values.len()).with("others", length));
            }
        }
        let (Some(factors), Some(probabilities)) = (&quantity.coverage_factor, &quantity.coverage_probability) else {
            return;
        };
        let probabilities: Vec<&str> = probabilities.split_whitespace().collect();
        let mut pairs: Vec<(&str, &str)> = factors
            .split_whitespace()
            .enumerate()
            .filter_map(|(place, factor)| Some((factor, *probabilities.get(place).or(probabilities.first())?)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (factor, probability) in pairs {
            let (Ok(factor), Ok(probability)) = (factor.parse::<Decimal>(), probability.parse::<Decimal>()) else {
                continue;
            };
            heng_quantity::consistency::coverage_findings(&factor, &probability, None).into_iter().for_each(&mut tell);
        }
    }

    /// Only characters and the five names that XML itself has; no entity is ever expanded.
    fn reference(&mut self, reference: &BytesRef<'_>, offset: usize) {
        let name: &str = reference;
        let character = reference.resolve_char_ref().ok().flatten().or(match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        });
        match character {
            Some(character) => self.content.to_mut().push(character),
            None => {
                let position = self.places.at(offset);
                let shown: String = name.chars().take(40).collect();
                self.told.push(offset, Finding::error("xml-entity").at(position).with("name", shown));
            }
        }
    }

    fn broken(&mut self, offset: usize, reason: &str) {
        let position = self.places.at(offset);
        self.read.findings.push(Finding::error("xml-not-well-formed").at(position).with("reason", reason));
    }
}
