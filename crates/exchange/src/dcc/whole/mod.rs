//! A document as a whole: every element, attribute, text, comment and instruction in its place, so that writing it again loses nothing.

mod characters;
mod from_json;
mod json;
mod read;
mod write;

pub use from_json::{NotTheForm, from_json};
pub use json::json;
pub use read::Unfaithful;

use super::read::NotADcc;

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// `version`, `encoding` and `standalone` of the XML declaration, where there is one.
    pub declaration: Option<Declaration>,
    /// Comments and instructions before the root.
    pub before: Vec<Aside>,
    /// The root.
    pub root: Element,
    /// Comments and instructions after the root.
    pub after: Vec<Aside>,
}

/// An XML declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Declaration {
    pub version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standalone: Option<String>,
}

/// What is no data, but stands between the data.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Aside {
    /// A comment.
    Comment(String),
    /// A processing instruction: its target and what follows it.
    Instruction(String),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// The name with its prefix, as printed.
    pub name: String,
    /// The attributes with their values, in their order.
    pub attributes: Vec<(String, String)>,
    /// What is inside, in its order; no two texts follow each other and none is empty.
    pub nodes: Vec<Node>,
}

/// What can be inside an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
    Aside(Aside),
}

impl Element {
    /// The name without its prefix.
    pub fn local(&self) -> &str {
        local(&self.name)
    }

    /// The value of an attribute without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All elements inside of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children().filter(move |child| child.local() == name)
    }

    /// The elements inside.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The first element inside of one of these names.
    pub fn child(&self, names: &[&str]) -> Option<&Element> {
        self.children().find(|child| names.contains(&child.local()))
    }

    /// The text directly inside, without blanks at its ends.
    pub fn text(&self) -> String {
        let text: String = self
            .nodes
            .iter()
            .filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        text.trim().to_owned()
    }

    /// The text of the first element inside of one of these names, where it has any.
    pub fn stated(&self, names: &[&str]) -> Option<String> {
        self.child(names).map(Self::text).filter(|text| !text.is_empty())
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The prefix of a name; empty where it has none.
pub(super) fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

/// Reads a document of any version and writes it again: the same elements, texts, attributes, comments and blanks.
/// Only what XML itself holds to mean the same is unified: quotes, empty tags, `CDATA`, line ends, a byte order mark.
pub fn rewrite(bytes: &[u8]) -> Result<Vec<u8>, Unfaithful> {
    Ok(write::write(&document(bytes)?))
}

/// The whole of a document of the kind.
pub(super) fn document(bytes: &[u8]) -> Result<Document, Unfaithful> {
    let _: super::read::Read = super::read::read(bytes)?;
    let text = std::str::from_utf8(bytes).map_err(|_| NotADcc::Encoding)?;
    read::read(text.strip_prefix('\u{feff}').unwrap_or(text))
}
