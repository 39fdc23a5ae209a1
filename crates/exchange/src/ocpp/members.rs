//! Members of messages by their names, with findings for those that are not what they should be.

use heng_quantity::{Decimal, Finding, Position};
use jiff::Timestamp;

use crate::ocmf::json::{Json, Node};
use crate::ocmf::notes::excerpt;

/// The members of an object.
pub(super) struct Members<'a>(pub &'a [(String, Node)]);

/// The text of a text or of a number.
pub(super) fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Json::Text(text) | Json::Number(text) => Some(text.clone()),
        _ => None,
    }
}

/// What a node says, wherever it stands: equal for equal content.
pub(super) fn content(node: &Node) -> String {
    let all = |open: &str, parts: Vec<String>| format!("{open}{}", parts.join("\u{1f}"));
    match &node.value {
        Json::Object(members) => {
            all("{", members.iter().map(|(name, member)| format!("{name:?}:{}", content(member))).collect()) + "}"
        }
        Json::List(items) => all("[", items.iter().map(content).collect()) + "]",
        Json::Text(text) => format!("{text:?}"),
        other => format!("{other:?}"),
    }
}

impl<'a> Members<'a> {
    /// Of a node that is an object; none of any other.
    pub fn of(node: &'a Node) -> Self {
        match &node.value {
            Json::Object(members) => Self(members),
            _ => Self(&[]),
        }
    }

    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, node)| node)
    }

    /// The first of several names that is there.
    pub fn first(&self, names: &[&str]) -> Option<&'a Node> {
        names.iter().find_map(|name| self.get(name))
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(text_of)
    }

    /// The members of a member.
    pub fn inside(&self, name: &str) -> Members<'a> {
        self.get(name).map_or(Members(&[]), Members::of)
    }

    /// The items of a member that is a list.
    pub fn list(&self, name: &str) -> &'a [Node] {
        match self.get(name).map(|node| &node.value) {
            Some(Json::List(items)) => items,
            _ => &[],
        }
    }

    /// A time; one that cannot be read is a finding.
    pub fn time(&self, name: &str, notes: &mut Notes) -> Option<Timestamp> {
        let text = self.text(name)?;
        let read = text.parse().ok();
        if read.is_none() {
            notes.push(Finding::error("ocpp-time-unreadable").with("path", name).with("text", excerpt(&text)));
        }
        read
    }

    /// A number with its digits; one that is none is a finding.
    pub fn decimal(&self, name: &str, notes: &mut Notes) -> Option<Decimal> {
        let text = self.text(name)?;
        let read = text.trim().parse().ok();
        if read.is_none() {
            notes.push(Finding::error("ocpp-no-number").with("path", name).with("text", excerpt(&text)));
        }
        read
    }
}

/// Findings about the message of a line.
pub(super) struct Notes {
    pub line: u32,
    pub findings: Vec<Finding>,
}

impl Notes {
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding.at(Position { line: self.line, column: 1 }));
    }
}
