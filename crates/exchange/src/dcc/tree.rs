//! XML, written with its indentation and escaping in one place.

use std::borrow::Cow;

/// A document in the making.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    text: String,
    open: Vec<String>,
}

impl Tree {
    /// An empty document with its declaration.
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// An element with what is inside it.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.start(name, attributes);
        self.text.push('\n');
        self.open.push(name.to_owned());
        inside(self);
        self.open.pop();
        self.indent();
        self.text.push_str(&format!("</{name}>\n"));
    }

    /// An element with text.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        self.text.push_str(&escaped(text));
        self.text.push_str(&format!("</{name}>\n"));
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push_str(&format!(" {attribute}=\"{}\"", escaped(value)));
        }
        self.text.push('>');
    }

    fn indent(&mut self) {
        for _ in &self.open {
            self.text.push_str("  ");
        }
    }
}

/// XML 1.0 has no control characters but tab and line ends, not even escaped ones: they become spaces.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_control = |letter: char| {
        letter.is_control() && !matches!(letter, '\t' | '\n') || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(is_control) {
        let cleaned: String = text.chars().map(|letter| if is_control(letter) { ' ' } else { letter }).collect();
        return quick_xml::escape::escape(cleaned);
    }
    quick_xml::escape::escape(text)
}
