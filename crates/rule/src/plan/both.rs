//! Words that a file may say once for both languages, as files did before they had two.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::Words;

/// Words in both languages, or one text that stands for both.
pub(super) fn both<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
    deserializer.deserialize_any(Either)
}

struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Words;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("words, as { zh = …, en = … } or as one text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Words, E> {
        Ok(Words { zh: text.to_owned(), en: text.to_owned() })
    }

    fn visit_map<A: MapAccess<'de>>(self, words: A) -> Result<Words, A::Error> {
        Words::deserialize(MapAccessDeserializer::new(words))
    }
}
