//! Doubles as decimals in texts, since what is signed has no floats: the shortest digits that read back to the same double.

use heng_quantity::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// ν that is not stated.
pub(super) fn infinite() -> f64 {
    f64::INFINITY
}

pub(super) fn is_infinite(number: &f64) -> bool {
    number.is_infinite()
}

/// The shortest digits that read back to the same double; nothing for what is no number.
pub(super) fn text(number: f64) -> Option<String> {
    Some(Decimal::shortest_from_f64(number)?.to_string())
}

/// The double nearest to a decimal; nothing where it is none or beyond every double.
pub(super) fn parsed(text: &str) -> Option<f64> {
    // Only the spelling of decimals: a double could be spelled "inf".
    text.parse::<Decimal>().ok()?;
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

pub(super) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*number).ok_or_else(|| S::Error::custom("no finite number"))?)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let text = String::deserialize(deserializer)?;
    parsed(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is no decimal")))
}
