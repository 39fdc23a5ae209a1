//! A whole document as JSON, format `heng-dcc/1`; `docs/dcc.md` describes it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Aside, Document, Element, Node, Unfaithful, document, local, prefix};

/// The format's name and version.
pub(super) const FORMAT: &str = "heng-dcc/1";

/// Elements of which the schemas allow several: always an array, so that one and many have the same shape.
const REPEATED: [&str; 44] = [
    "calibrationLocation",
    "classID",
    "content",
    "equipmentClass",
    "external",
    "externalSampler",
    "file",
    "formula",
    "furtherInfoPerson",
    "identification",
    "influenceCondition",
    "item",
    "itemQuantity",
    "link",
    "list",
    "mandatoryLangCodeISO639_1",
    "measurementResult",
    "measuringEquipment",
    "measuringEquipmentQuantity",
    "metaData",
    "norm",
    "quantity",
    "reference",
    "refTypeDefinition",
    "respPerson",
    "result",
    "sampledMaterial",
    "software",
    "statement",
    "text",
    "byteData",
    "xml",
    "usedLangCodeISO639_1",
    "usedMethod",
    "usedMethodQuantity",
    "si:column",
    "si:columnXMLList",
    "si:covariance",
    "si:covarianceXMLList",
    "si:list",
    "si:realList",
    "si:complexList",
    "si:realListXMLList",
    "ds:Signature",
];

/// Which prefixes the document uses for the two namespaces that every reader of the JSON knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Prefixes {
    /// Of `https://ptb.de/dcc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dcc: Option<String>,
    /// Of `https://ptb.de/si`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub si: Option<String>,
}

impl Prefixes {
    fn of(document: &Document) -> Self {
        let dcc = declared(&document.root, "https://ptb.de/dcc");
        let si = declared(&document.root, "https://ptb.de/si").filter(|si| Some(si) != dcc.as_ref());
        Self { dcc, si }
    }

    /// The member's name for an element's name.
    fn key(&self, name: &str) -> String {
        let used = Some(prefix(name));
        if used == self.dcc.as_deref() {
            local(name).to_owned()
        } else if used == self.si.as_deref() {
            format!("si:{}", local(name))
        } else {
            name.to_owned()
        }
    }

    /// The element's name for a member's name, unless the element says otherwise.
    pub fn name(&self, key: &str) -> String {
        let (prefix, local) = match (key.split_once(':'), &self.dcc, &self.si) {
            (None, Some(dcc), _) => (dcc, key),
            (Some(("si", local)), _, Some(si)) => (si, local),
            _ => return key.to_owned(),
        };
        if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
    }
}

/// The prefix that the first declaration of a namespace gives it.
fn declared(element: &Element, namespace: &str) -> Option<String> {
    let of = |(key, value): &(String, String)| {
        let prefix = key.strip_prefix("xmlns")?;
        let prefix = prefix.strip_prefix(':').or(prefix.is_empty().then_some(""))?;
        (value == namespace).then(|| prefix.to_owned())
    };
    element.attributes.iter().find_map(of).or_else(|| element.children().find_map(|child| declared(child, namespace)))
}

/// The blanks around the nodes of an element at a depth, as an indentation makes them; one more than there are nodes.
pub(super) fn blanks(indent: Option<&str>, depth: usize, nodes: usize) -> Vec<String> {
    let Some(indent) = indent else { return vec![String::new(); nodes.saturating_add(1)] };
    let line = |depth: usize| format!("\n{}", indent.repeat(depth));
    let mut blanks = vec![line(depth.saturating_add(1)); nodes];
    blanks.push(line(depth));
    blanks
}

/// A document of any version as JSON: everything in it, under the names that its schema gives.
pub fn json(bytes: &[u8]) -> Result<String, Unfaithful> {
    let document = document(bytes)?;
    let indent = indentation(&document.root);
    let prefixes = Prefixes::of(&document);
    let root = prefixes.key(&document.root.name);
    let shape = Shape { prefixes: &prefixes, indent: indent.as_deref() };
    let mut form = Map::new();
    form.insert("format".to_owned(), json!(FORMAT));
    if let Some(declaration) = &document.declaration {
        form.insert("declaration".to_owned(), json!(declaration));
    }
    form.insert("prefixes".to_owned(), json!(prefixes));
    if let Some(indent) = &indent {
        form.insert("indent".to_owned(), json!(indent));
    }
    if !document.before.is_empty() {
        form.insert("before".to_owned(), json!(document.before));
    }
    form.insert("root".to_owned(), json!({ root.as_str(): shape.element(&document.root, &root, 0) }));
    if !document.after.is_empty() {
        form.insert("after".to_owned(), json!(document.after));
    }
    Ok(format!("{:#}\n", Value::Object(form)))
}

/// The indentation that most elements follow.
fn indentation(root: &Element) -> Option<String> {
    let mut counts = BTreeMap::new();
    count(root, 1, &mut counts);
    let best = counts.values().max().copied()?;
    counts.into_iter().find(|(_, count)| *count == best).and_then(|(indent, _)| indent)
}

fn count(element: &Element, depth: usize, counts: &mut BTreeMap<Option<String>, usize>) {
    let found = match element.nodes.first() {
        Some(Node::Text(text)) if element.nodes.len() > 1 => text
            .strip_prefix('\n')
            .filter(|blanks| blanks.chars().all(|letter| matches!(letter, ' ' | '\t')))
            .filter(|blanks| blanks.len().checked_rem(depth) == Some(0))
            .and_then(|blanks| blanks.get(..blanks.len().checked_div(depth)?))
            .map(|unit| Some(unit.to_owned())),
        Some(Node::Element(_) | Node::Aside(_)) => Some(None),
        _ => None,
    };
    if let Some(found) = found {
        let times: &mut usize = counts.entry(found).or_default();
        *times = times.saturating_add(1);
    }
    for child in element.children() {
        count(child, depth.saturating_add(1), counts);
    }
}

struct Shape<'a> {
    prefixes: &'a Prefixes,
    indent: Option<&'a str>,
}

impl Shape<'_> {
    fn element(&self, element: &Element, key: &str, depth: usize) -> Value {
        let mut form = Map::new();
        if self.prefixes.name(key) != element.name {
            form.insert("#name".to_owned(), json!(element.name));
        }
        for (name, value) in &element.attributes {
            form.insert(format!("@{name}"), json!(value));
        }
        let only_text = match element.nodes.as_slice() {
            [] => Some(""),
            [Node::Text(text)] => Some(text.as_str()),
            _ => None,
        };
        match only_text {
            Some(text) if form.is_empty() && key != "content" => return json!(text),
            Some("") => {}
            Some(text) => {
                form.insert("#text".to_owned(), json!(text));
            }
            None => self.inside(element, depth, &mut form),
        }
        Value::Object(form)
    }

    fn inside(&self, element: &Element, depth: usize, form: &mut Map<String, Value>) {
        let mut texts = vec![String::new()];
        let mut asides: Vec<(usize, &Aside)> = Vec::new();
        let mut order: Vec<String> = Vec::new();
        let mut groups: Map<String, Value> = Map::new();
        for node in &element.nodes {
            match node {
                Node::Text(text) => {
                    if let Some(last) = texts.last_mut() {
                        last.push_str(text);
                    }
                    continue;
                }
                Node::Aside(aside) => asides.push((order.len(), aside)),
                Node::Element(child) => {
                    let key = self.prefixes.key(&child.name);
                    let value = self.element(child, &key, depth.saturating_add(1));
                    let group = groups.entry(key.clone()).or_insert_with(|| json!([]));
                    if let Value::Array(group) = group {
                        group.push(value);
                    }
                    order.push(key);
                }
            }
            texts.push(String::new());
        }
        if texts != blanks(self.indent, depth, texts.len().saturating_sub(1)) {
            form.insert("#text".to_owned(), json!(texts));
        }
        if !asides.is_empty() {
            form.insert("#asides".to_owned(), json!(asides));
        }
        let size = |group: &Value| group.as_array().map_or(0, Vec::len);
        let grouped = groups.iter().flat_map(|(key, group)| std::iter::repeat_n(key, size(group)));
        if !order.iter().eq(grouped) {
            form.insert("#order".to_owned(), json!(order));
        }
        for (key, mut group) in groups {
            if let Value::Array(values) = &mut group
                && values.len() == 1
                && !REPEATED.contains(&key.as_str())
                && let Some(only) = values.pop()
            {
                group = only;
            }
            form.insert(key, group);
        }
    }
}
