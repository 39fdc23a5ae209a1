//! The JSON of an archive, of version 1.5 and of those before it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use heng_quantity::Finding;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// All of it.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    #[serde(rename = "CLASS")]
    pub class: String,
    pub version: Option<String>,
    pub leaf_nodes: BTreeMap<String, Leaf>,
    #[serde(default)]
    pub tagged_real: BTreeMap<String, Number>,
    #[serde(default)]
    pub tagged_complex: BTreeMap<String, Number>,
    #[serde(default)]
    pub untagged_real: BTreeMap<String, Number>,
    /// Before 1.5: real and complex ones.
    #[serde(default)]
    pub tagged: BTreeMap<String, Number>,
    /// Before 1.5: real ones, and the parts of complex ones.
    #[serde(default)]
    pub tagged_reals: BTreeMap<String, Number>,
    #[serde(rename = "intermediate_uids", default)]
    _intermediate: Option<IgnoredAny>,
}

/// An elementary uncertain number's node.
#[derive(Debug, Deserialize)]
pub(super) struct Leaf {
    pub uid: Uid,
    #[serde(default)]
    pub label: Option<String>,
    pub u: f64,
    /// ν; null, or Infinity before 1.5, where it is infinite.
    #[serde(default)]
    pub df: Option<f64>,
    #[serde(default)]
    pub correlation: BTreeMap<String, f64>,
}

/// A number of any class: the members that the class does not have are absent.
#[derive(Debug, Deserialize)]
pub(super) struct Number {
    #[serde(rename = "CLASS")]
    pub class: String,
    /// Of an elementary number.
    pub x: Option<f64>,
    pub uid: Option<Uid>,
    /// Of an intermediate number.
    pub value: Option<f64>,
    pub u_components: Option<Vector>,
    /// Those of influences that are not independent.
    pub d_components: Option<Vector>,
    /// Of a complex number: the names of its parts.
    pub n_re: Option<String>,
    pub n_im: Option<String>,
}

/// Components of uncertainty by influence.
#[derive(Debug, Deserialize)]
pub(super) struct Vector {
    pub index: Vec<Uid>,
    pub value: Vec<f64>,
}

/// An identifier in one spelling, `(12345, 1)`: 1.5 has it as a text, versions before as a list of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Uid(pub String);

impl Uid {
    /// Of a text; nothing where it is no list of whole numbers in parentheses.
    pub(super) fn parsed(text: &str) -> Option<Self> {
        let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
        let numbers = inner.split(',').map(|number| number.trim().parse().ok()).collect::<Option<Vec<u128>>>()?;
        Self::of(&numbers)
    }

    fn of(numbers: &[u128]) -> Option<Self> {
        let shown: Vec<String> = numbers.iter().map(u128::to_string).collect();
        (2..=3).contains(&shown.len()).then(|| Self(format!("({})", shown.join(", "))))
    }
}

impl<'de> Deserialize<'de> for Uid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UidVisitor)
    }
}

struct UidVisitor;

impl<'de> Visitor<'de> for UidVisitor {
    type Value = Uid;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an identifier such as \"(12345, 1)\" or [12345, 1]")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Uid, E> {
        Uid::parsed(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Uid, A::Error> {
        let mut numbers: Vec<u128> = Vec::new();
        // The first has up to 128 bits: more than a number of JSON is otherwise read with.
        while let Some(number) = list.next_element()? {
            numbers.push(number);
        }
        Uid::of(&numbers).ok_or_else(|| serde::de::Error::invalid_length(numbers.len(), &self))
    }
}

/// Members that this reader knows, and those that it need not know because they repeat others.
const KNOWN: [(&str, &[&str]); 4] = [
    (
        "Archive",
        &[
            "CLASS",
            "version",
            "leaf_nodes",
            "tagged_real",
            "tagged_complex",
            "untagged_real",
            "tagged",
            "tagged_reals",
            "intermediate_uids",
        ],
    ),
    ("LeafNode", &["CLASS", "uid", "label", "u", "df", "independent", "complex", "correlation", "ensemble"]),
    ("ElementaryReal", &["CLASS", "x", "uid"]),
    ("IntermediateReal", &["CLASS", "value", "label", "uid", "u_components", "d_components", "i_components"]),
];

/// Reads the text; the findings are of members that are not understood.
pub(super) fn parsed(text: &str) -> Result<(Document, Vec<Finding>), serde_json::Error> {
    let text = without_infinities(text);
    let document = serde_json::from_str(&text)?;
    let mut findings = Vec::new();
    // Numbers lose digits here, names do not.
    unknown(&serde_json::from_str(&text)?, &mut findings);
    Ok((document, findings))
}

fn unknown(value: &Value, findings: &mut Vec<Finding>) {
    let Value::Object(members) = value else { return };
    let class = members.get("CLASS").and_then(Value::as_str).unwrap_or_default();
    if let Some((_, known)) = KNOWN.iter().find(|(name, _)| *name == class) {
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            findings.push(Finding::warning("archive-not-understood").with("part", format!("{class}.{name}")));
        }
    }
    members.values().for_each(|inner| unknown(inner, findings));
}

/// Python writes infinite degrees of freedom as `Infinity`, which is no JSON: null, as later versions have it. What stands in texts stays.
fn without_infinities(text: &str) -> Cow<'_, str> {
    const WORD: &str = "Infinity";
    if !text.contains(WORD) {
        return Cow::Borrowed(text);
    }
    // Inside and outside of texts by turns.
    let mut made = String::with_capacity(text.len());
    let (mut is_text, mut rest) = (false, text);
    while let Some(place) = rest.find(['"', '\\', 'I']) {
        let (before, from) = rest.split_at(place);
        made.push_str(before);
        let mut letters = from.chars();
        let letter = letters.next();
        rest = letters.as_str();
        match letter {
            Some('\\') if is_text => {
                made.push('\\');
                if let Some(escaped) = letters.next() {
                    made.push(escaped);
                    rest = letters.as_str();
                }
            }
            Some('I') if !is_text && from.starts_with(WORD) && !before.ends_with('-') => {
                made.push_str("null");
                rest = from.strip_prefix(WORD).unwrap_or_default();
            }
            Some(letter) => {
                is_text ^= letter == '"';
                made.push(letter);
            }
            None => {}
        }
    }
    made.push_str(rest);
    Cow::Owned(made)
}
