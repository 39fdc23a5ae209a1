//! Formulas, conditions and models as a rule file writes them: texts that are parsed as they are read.

use heng_uncertainty::{Condition, Expression, Model};
use serde::{Deserialize, Deserializer};

pub(crate) fn condition<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Condition, D::Error> {
    Condition::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

pub(crate) fn some_condition<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Condition>, D::Error> {
    condition(deserializer).map(Some)
}

pub(crate) fn expression<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Expression, D::Error> {
    Expression::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

pub(crate) fn some_expression<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Expression>, D::Error> {
    expression(deserializer).map(Some)
}

pub(crate) fn model<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Model, D::Error> {
    Model::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}
