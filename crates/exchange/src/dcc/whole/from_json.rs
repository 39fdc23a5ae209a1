//! XML from the JSON form `heng-dcc/1`. The JSON may come from anyone: what it says is checked before anything is written.

use std::collections::BTreeMap;
use std::fmt;

use heng_quantity::Position;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::characters::{is_character, is_comment, is_instruction, is_name};
use super::json::{FORMAT, Prefixes, blanks};
use super::read::{DEEPEST, undeclared};
use super::write::write;
use super::{Aside, Declaration, Document, Element, Node};
use crate::dcc::read::NotADcc;

/// Why a text is no `heng-dcc/1`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTheForm {
    /// Larger than any certificate.
    #[error("{0} bytes are more than any certificate has")]
    TooLarge(usize),
    /// It is no JSON, or a member is not what it should be.
    #[error("line {}, column {}: {reason}", position.line, position.column)]
    Wrong {
        /// Where.
        position: Position,
        /// Why.
        reason: String,
    },
    /// The elements do not fit together.
    #[error("{path}: {reason}")]
    Unfit {
        /// The names of the elements down to the one that is meant.
        path: String,
        /// Why.
        reason: String,
    },
    /// It says nothing of a certificate.
    #[error(transparent)]
    NotADcc(#[from] NotADcc),
}

/// Larger texts are refused before they are read.
const LARGEST: usize = 512 << 20;

/// Writes the XML of a document in the form that `json` gives.
pub fn from_json(bytes: &[u8]) -> Result<Vec<u8>, NotTheForm> {
    if bytes.len() > LARGEST {
        return Err(NotTheForm::TooLarge(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let form: Form = serde_json::from_slice(bytes).map_err(|error| {
        let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let reason = error.to_string();
        // The place stands at the front of our message already.
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
        NotTheForm::Wrong { position: Position { line: place(error.line()), column: place(error.column()) }, reason }
    })?;
    let Root { key, body } = form.root;
    let mut making = Making { prefixes: form.prefixes, indent: form.indent, open: Vec::new() };
    let root = making.element(&key, body)?;
    let document = Document { declaration: form.declaration, before: form.before, root, after: form.after };
    let xml = write(&document);
    // It must be a document of the kind, also for a reader that knows nothing of the form.
    let _: crate::dcc::Read = crate::dcc::read(&xml)?;
    Ok(xml)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(rename = "format", deserialize_with = "format")]
    _format: (),
    #[serde(default, deserialize_with = "declaration")]
    declaration: Option<Declaration>,
    #[serde(deserialize_with = "prefixes")]
    prefixes: Prefixes,
    #[serde(default, deserialize_with = "indent")]
    indent: Option<String>,
    #[serde(default, deserialize_with = "asides")]
    before: Vec<Aside>,
    root: Root,
    #[serde(default, deserialize_with = "asides")]
    after: Vec<Aside>,
}

fn format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let format = String::deserialize(deserializer)?;
    if format == FORMAT { Ok(()) } else { Err(D::Error::custom(format_args!("the format is not {FORMAT:?}"))) }
}

fn declaration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Declaration>, D::Error> {
    let declaration = Declaration::deserialize(deserializer)?;
    if !declaration.is_sound() {
        return Err(D::Error::custom("this is no XML declaration"));
    }
    Ok(Some(declaration))
}

fn prefixes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Prefixes, D::Error> {
    let prefixes = Prefixes::deserialize(deserializer)?;
    let is_prefix = |prefix: &String| prefix.is_empty() || is_name(prefix) && !prefix.contains(':');
    let stated = [&prefixes.dcc, &prefixes.si];
    if stated.into_iter().flatten().all(is_prefix) { Ok(prefixes) } else { Err(D::Error::custom("this is no prefix")) }
}

fn indent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let indent = String::deserialize(deserializer)?;
    let is_blank = indent.len() <= 16 && indent.chars().all(|letter| matches!(letter, ' ' | '\t'));
    if is_blank { Ok(Some(indent)) } else { Err(D::Error::custom("an indent is a few spaces or tabs")) }
}

fn asides<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Aside>, D::Error> {
    let asides = Vec::<Aside>::deserialize(deserializer)?;
    asides.iter().try_for_each(|aside| sound(aside).map_err(D::Error::custom))?;
    Ok(asides)
}

fn sound(aside: &Aside) -> Result<(), &'static str> {
    match aside {
        Aside::Comment(text) if !is_comment(text) => Err("no XML comment can contain this"),
        Aside::Instruction(text) if !is_instruction(text) => Err("this is no processing instruction"),
        _ => Ok(()),
    }
}

struct Root {
    key: String,
    body: Body,
}

impl<'de> Deserialize<'de> for Root {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let body = deserializer.deserialize_map(BodyVisitor)?;
        let mut children = body.children.into_iter();
        let is_bare = body.attributes.is_empty() && body.asides.is_empty() && body.text == Text::None;
        match (is_bare, children.next(), children.next()) {
            (true, Some((key, mut bodies)), None) if bodies.len() == 1 => match bodies.pop() {
                Some(body) => Ok(Self { key, body }),
                None => Err(D::Error::custom("root is one element")),
            },
            _ => Err(D::Error::custom("root is one element")),
        }
    }
}

/// What is said inside of an element.
#[derive(Default)]
struct Body {
    name: Option<String>,
    attributes: Vec<(String, String)>,
    text: Text,
    asides: Vec<(usize, Aside)>,
    order: Option<Vec<String>>,
    children: Vec<(String, Vec<Body>)>,
}

#[derive(Default, PartialEq, Eq)]
enum Text {
    #[default]
    None,
    Only(String),
    Between(Vec<String>),
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BodyVisitor)
    }
}

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = Body;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an element: text (numbers as text, too) or an object")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Body, E> {
        let text = characters(text)?;
        Ok(Body { text: if text.is_empty() { Text::None } else { Text::Only(text) }, ..Body::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Body, A::Error> {
        let mut body = Body::default();
        let mut members = std::collections::BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !members.insert(key.clone()) {
                return Err(A::Error::custom(format_args!("the member {:?} occurs twice", shown(&key))));
            }
            match key.as_str() {
                "#name" => body.name = Some(name(map.next_value::<String>()?)?),
                "#text" => body.text = map.next_value()?,
                "#asides" => {
                    body.asides = map.next_value()?;
                    body.asides.iter().try_for_each(|(_, aside)| sound(aside).map_err(A::Error::custom))?;
                }
                "#order" => body.order = Some(map.next_value()?),
                _ => match key.strip_prefix('@') {
                    Some(attribute) => {
                        let attribute = name(attribute.to_owned())?;
                        body.attributes.push((attribute, characters(&map.next_value::<String>()?)?));
                    }
                    None => {
                        let key = name(key)?;
                        let Several(bodies) = map.next_value()?;
                        body.children.push((key, bodies));
                    }
                },
            }
        }
        body.fits().map_err(A::Error::custom)?;
        Ok(body)
    }
}

/// One element or an array of them.
struct Several(Vec<Body>);

impl<'de> Deserialize<'de> for Several {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SeveralVisitor;
        impl<'de> Visitor<'de> for SeveralVisitor {
            type Value = Several;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter
                    .write_str("an element or several: text (numbers as text, too), an object, or an array of them")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Several, E> {
                Ok(Several(vec![BodyVisitor.visit_str(text)?]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Several, A::Error> {
                Ok(Several(vec![BodyVisitor.visit_map(map)?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Several, A::Error> {
                let mut bodies = Vec::new();
                while let Some(body) = sequence.next_element()? {
                    bodies.push(body);
                }
                Ok(Several(bodies))
            }
        }
        deserializer.deserialize_any(SeveralVisitor)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("text, or the texts between what is inside")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Only(characters(text)?))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Text, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = sequence.next_element::<String>()? {
                    texts.push(characters(&text)?);
                }
                Ok(Text::Between(texts))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

fn characters<E: Error>(text: &str) -> Result<String, E> {
    match text.chars().find(|letter| !is_character(*letter)) {
        Some(letter) => Err(E::custom(format_args!("XML does not have the character U+{:04X}", u32::from(letter)))),
        None => Ok(text.to_owned()),
    }
}

fn name<E: Error>(text: String) -> Result<String, E> {
    if is_name(&text) { Ok(text) } else { Err(E::custom(format_args!("{:?} is no name of XML", shown(&text)))) }
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Body {
    /// Whether the members fit each other.
    fn fits(&self) -> Result<(), String> {
        let elements = self.children.iter().map(|(_, bodies)| bodies.len()).fold(0_usize, usize::saturating_add);
        let nodes = elements.saturating_add(self.asides.len());
        match &self.text {
            Text::Only(_) if nodes > 0 => return Err("#text beside elements is an array".to_owned()),
            Text::Between(texts) if texts.len() != nodes.saturating_add(1) => {
                return Err(format!("#text has {} texts around {nodes} elements and asides", texts.len()));
            }
            _ => {}
        }
        if !self.asides.is_sorted_by_key(|(place, _)| place)
            || self.asides.last().is_some_and(|(place, _)| *place > elements)
        {
            return Err("the places of #asides do not fit the elements".to_owned());
        }
        if let Some(order) = &self.order {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for key in order {
                let count = counts.entry(key).or_default();
                *count = count.saturating_add(1);
            }
            let found = self.children.iter().filter(|(_, bodies)| !bodies.is_empty());
            if !found.map(|(key, bodies)| (key.as_str(), bodies.len())).collect::<BTreeMap<_, _>>().eq(&counts) {
                return Err("#order does not name every element once".to_owned());
            }
        }
        Ok(())
    }
}

struct Making {
    prefixes: Prefixes,
    indent: Option<String>,
    /// The elements around, without what is inside them.
    open: Vec<Element>,
}

impl Making {
    fn element(&mut self, key: &str, body: Body) -> Result<Element, NotTheForm> {
        let name = body.name.unwrap_or_else(|| self.prefixes.name(key));
        let element = Element { name, attributes: body.attributes, nodes: Vec::new() };
        if let Some(prefix) = undeclared(&element, &self.open) {
            let reason = format!("the prefix {prefix} is declared nowhere");
            return Err(self.unfit(&element.name, &reason));
        }
        if self.open.len() >= DEEPEST {
            return Err(self.unfit(&element.name, "elements nested too deeply"));
        }
        let depth = self.open.len();
        self.open.push(element);
        let order = body.order.unwrap_or_else(|| {
            let repeated = |(key, bodies): &(String, Vec<Body>)| std::iter::repeat_n(key.clone(), bodies.len());
            body.children.iter().flat_map(repeated).collect()
        });
        let mut groups: BTreeMap<String, std::vec::IntoIter<Body>> =
            body.children.into_iter().map(|(key, bodies)| (key, bodies.into_iter())).collect();
        let mut asides = body.asides.into_iter().peekable();
        let mut nodes = Vec::new();
        for (place, key) in order.iter().enumerate() {
            while let Some((_, aside)) = asides.next_if(|(before, _)| *before <= place) {
                nodes.push(Node::Aside(aside));
            }
            if let Some(body) = groups.get_mut(key).and_then(Iterator::next) {
                nodes.push(Node::Element(self.element(key, body)?));
            }
        }
        nodes.extend(asides.map(|(_, aside)| Node::Aside(aside)));
        let texts = match body.text {
            Text::Only(text) => vec![text],
            Text::Between(texts) => texts,
            Text::None if nodes.is_empty() => Vec::new(),
            Text::None => blanks(self.indent.as_deref(), depth, nodes.len()),
        };
        let mut element = self.open.pop().unwrap_or_default();
        element.nodes = woven(texts, nodes);
        Ok(element)
    }

    fn unfit(&self, name: &str, reason: &str) -> NotTheForm {
        let around = self.open.iter().map(|element| element.name.as_str());
        NotTheForm::Unfit { path: around.chain([name]).collect::<Vec<_>>().join("/"), reason: reason.to_owned() }
    }
}

/// Texts and what stands between them, one after the other.
fn woven(texts: Vec<String>, nodes: Vec<Node>) -> Vec<Node> {
    let mut texts = texts.into_iter().map(Node::Text);
    let mut woven = Vec::new();
    let mut nodes = nodes.into_iter();
    loop {
        let (text, node) = (texts.next(), nodes.next());
        if text.is_none() && node.is_none() {
            return woven;
        }
        woven.extend(text.filter(|text| *text != Node::Text(String::new())));
        woven.extend(node);
    }
}
