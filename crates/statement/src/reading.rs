//! Reading the JSON of a statement in two passes: first of which kind its body is, then the body as that kind.
//!
//! The kind stands among the fields of the body, behind most of them. A reader that learns it only there must first keep all it has met; one
//! that looks for it beforehand passes over the rest without keeping anything.

use std::borrow::Cow;
use std::fmt;

use heng_rule::RuleReference;
use jiff::Timestamp;
use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use crate::{Body, Statement, StatementHash};

/// The field of a body that says of which kind it is.
pub(crate) const TAG: &str = "type";

/// What a statement says apart from its body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Heading {
    /// The party that says it.
    pub issuer: String,
    /// The things it is about.
    pub about: Vec<String>,
    /// When it was said, by the issuer's clock.
    pub made_at: Timestamp,
    /// The statements it rests on.
    #[serde(default)]
    pub cites: Vec<StatementHash>,
    /// The rule it was made under.
    pub under: Option<RuleReference>,
    /// The kind of its body.
    #[serde(rename = "body", deserialize_with = "kind")]
    pub kind: String,
}

/// The kind of a body.
fn kind<'de, D: Deserializer<'de>>(body: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        name: String,
    }
    Kind::deserialize(body).map(|kind| kind.name)
}

/// What stands in the JSON of a statement. Whether it is canonical is another question.
pub fn statement(json: &[u8]) -> Result<Statement, serde_json::Error> {
    #[derive(Deserialize)]
    struct Outline {
        #[serde(rename = "body", deserialize_with = "kind")]
        kind: String,
    }
    match serde_json::from_slice::<Outline>(json)?.kind.as_str() {
        "party" => read(json, Body::Party),
        "key" => read(json, Body::Key),
        "auth" => read(json, Body::Auth),
        "reg" => read(json, |body| Body::Reg(Box::new(body))),
        "req" => read(json, Body::Req),
        "meas" => read(json, |body| Body::Meas(Box::new(body))),
        "assess" => read(json, Body::Assess),
        "cert" => read(json, |body| Body::Cert(Box::new(body))),
        "comp" => read(json, |body| Body::Comp(Box::new(body))),
        "infer" => read(json, |body| Body::Infer(Box::new(body))),
        "alert" => read(json, |body| Body::Alert(Box::new(body))),
        "fix" => read(json, |body| Body::Fix(Box::new(body))),
        "stream" => read(json, Body::Stream),
        "norm" => read(json, Body::Norm),
        "life" => read(json, |body| Body::Life(Box::new(body))),
        "plan" => read(json, Body::Plan),
        "attest" => read(json, |body| Body::Attest(Box::new(body))),
        "fcst" => read(json, Body::Fcst),
        "report" => read(json, |body| Body::Report(Box::new(body))),
        "correct" => read(json, Body::Correct),
        "publish" => read(json, Body::Publish),
        // Says which kinds there are.
        _ => serde_json::from_slice(json),
    }
}

/// A statement whose body is of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "B: Deserialize<'de>")]
struct Of<B> {
    format: String,
    issuer: String,
    about: Vec<String>,
    made_at: Timestamp,
    #[serde(default)]
    cites: Vec<StatementHash>,
    #[serde(default)]
    under: Option<RuleReference>,
    body: WithoutTag<B>,
}

fn read<'de, B: Deserialize<'de>>(
    json: &'de [u8],
    body: impl FnOnce(B) -> Body,
) -> Result<Statement, serde_json::Error> {
    let Of { format, issuer, about, made_at, cites, under, body: WithoutTag(content) } = serde_json::from_slice(json)?;
    Ok(Statement { format, issuer, about, made_at, cites, under, body: body(content) })
}

/// A value among whose fields stands the tag, which is no field of its own.
struct WithoutTag<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for WithoutTag<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(Passing(deserializer)).map(Self)
    }
}

/// Hands a struct the fields of a map without the tag.
struct Passing<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Passing<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Fields(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Fields<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Fields<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Untagged(map))
    }
}

struct Untagged<A>(A);

/// The name of a field; where it has no escapes, as it stands in the text.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Untagged<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Name(name)) = self.0.next_key()? {
            if name != TAG {
                return seed.deserialize(CowStrDeserializer::<A::Error>::new(name)).map(Some);
            }
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// The heading of a statement's JSON.
pub(crate) fn heading(json: &[u8]) -> Result<Heading, serde_json::Error> {
    serde_json::from_slice(json)
}
