//! Writes a whole document as XML.

use super::characters::{push_attribute, push_text};
use super::{Aside, Document, Element, Node};

/// The bytes.
pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut out = String::new();
    if let Some(declaration) = &document.declaration {
        out.push_str(&format!("<?xml version=\"{}\"", declaration.version));
        for (name, value) in [("encoding", &declaration.encoding), ("standalone", &declaration.standalone)] {
            if let Some(value) = value {
                out.push_str(&format!(" {name}=\"{value}\""));
            }
        }
        out.push_str("?>\n");
    }
    for before in &document.before {
        aside(&mut out, before);
        out.push('\n');
    }
    element(&mut out, &document.root);
    out.push('\n');
    for after in &document.after {
        aside(&mut out, after);
        out.push('\n');
    }
    out.into_bytes()
}

fn element(out: &mut String, element: &Element) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        push_attribute(out, value);
        out.push('"');
    }
    if element.nodes.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for node in &element.nodes {
        match node {
            Node::Element(child) => self::element(out, child),
            Node::Text(text) => push_text(out, text),
            Node::Aside(inside) => aside(out, inside),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

fn aside(out: &mut String, aside: &Aside) {
    let (start, text, end) = match aside {
        Aside::Comment(text) => ("<!--", text, "-->"),
        Aside::Instruction(text) => ("<?", text, "?>"),
    };
    out.push_str(start);
    out.push_str(text);
    out.push_str(end);
}
