//! A picture read back: its elements, and the boxes of its words.

/// An element with its attributes and the text in it.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub fn number(&self, name: &str) -> f64 {
        self.attribute(name).parse().unwrap_or_else(|_| panic!("{name} of {self:?}"))
    }
}

/// The elements of well-formed XML in their order; what is not well formed panics with its place.
pub fn elements(xml: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let (text, tail) = rest.split_at(start);
        assert!(!text.contains('>'), "a bare > in {text:?}");
        assert_entities(text);
        if let Some(own) = open.last() {
            found[*own].text.push_str(text);
        }
        let end = tail.find('>').expect("a tag that does not end");
        let tag = &tail[1..end];
        rest = &tail[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let own = open.pop().expect("a tag closed that was not open");
            assert_eq!(found[own].name, name);
            continue;
        }
        let is_closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Element { name: name.to_owned(), attributes: Vec::new(), text: String::new() };
        while let Some((key, after)) = attributes.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("an attribute that does not end");
            assert_entities(value);
            let key = key.trim().to_owned();
            assert!(element.attributes.iter().all(|(own, _)| *own != key), "{key} twice in {tag}");
            element.attributes.push((key, value.to_owned()));
            attributes = after;
        }
        assert!(attributes.trim().is_empty(), "{attributes:?} in {tag}");
        found.push(element);
        if !is_closed {
            open.push(found.len() - 1);
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "not closed: {open:?} {rest:?}");
    found
}

fn assert_entities(text: &str) {
    for after in text.split('&').skip(1) {
        let name = after.split(';').next().unwrap_or("");
        assert!(matches!(name, "amp" | "lt" | "gt" | "quot"), "&{name} in {text:?}");
    }
}

/// Where words lie: left, top, right, bottom. Widths are those that usual fonts have, independent of what the drawing assumes.
pub fn boxes(elements: &[Element]) -> Vec<([f64; 4], String)> {
    let of = |element: &Element| {
        let text = element.text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        let width: f64 = text
            .chars()
            .map(|sign| match sign {
                'i' | 'l' | 'j' | 't' | 'f' | 'I' | '.' | ',' | ' ' | '\u{a0}' => 3.6,
                'm' | 'w' | 'M' | 'W' => 10.5,
                sign if sign.is_ascii() => 7.2,
                sign if ('\u{2e80}'..='\u{ffef}').contains(&sign) => 13.0,
                _ => 7.0,
            })
            .sum();
        let x = element.number("x");
        let left = match element.attribute("text-anchor") {
            "middle" => x - width / 2.0,
            "end" => x - width,
            _ => x,
        };
        let y = element.number("y");
        ([left, y - 10.0, left + width, y + 2.5], text)
    };
    elements.iter().filter(|element| element.name == "text").map(of).collect()
}
