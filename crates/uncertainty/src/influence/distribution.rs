//! A distribution as JSON: its name in `heng-model/1` and its parameters.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::number;
use crate::input::Shape;

const KIND: &str = "distribution";

/// The name and the parameters.
fn parts(shape: Shape) -> (&'static str, Vec<(&'static str, f64)>) {
    match shape {
        Shape::Constant => ("constant", Vec::new()),
        Shape::Unknown => ("unknown", Vec::new()),
        Shape::Normal { standard_uncertainty } => ("normal", vec![("standard_uncertainty", standard_uncertainty)]),
        Shape::Uniform { half_width } => ("uniform", vec![("half_width", half_width)]),
        Shape::Triangular { half_width } => ("triangular", vec![("half_width", half_width)]),
        Shape::Arcsine { half_width } => ("arcsine", vec![("half_width", half_width)]),
        Shape::AsymmetricUniform { below, above } => ("asymmetric-uniform", vec![("below", below), ("above", above)]),
        Shape::Trapezoid { half_width, top_ratio } => {
            ("trapezoid", vec![("half_width", half_width), ("top_ratio", top_ratio)])
        }
        Shape::CurvilinearTrapezoid { half_width, limit_half_width } => {
            ("curvilinear-trapezoid", vec![("half_width", half_width), ("limit_half_width", limit_half_width)])
        }
        Shape::Student { scale, degrees_of_freedom } => {
            ("t", vec![("scale", scale), ("degrees_of_freedom", degrees_of_freedom)])
        }
        Shape::Exponential { mean } => ("exponential", vec![("mean", mean)]),
        Shape::Gamma { shape, scale } => ("gamma", vec![("shape", shape), ("scale", scale)]),
    }
}

/// The shape of these parameters; nothing where one is missing, or one too many is there.
fn shape(kind: &str, parameters: &BTreeMap<String, f64>) -> Option<Shape> {
    let of = |name: &str| parameters.get(name).copied();
    let shape = match kind {
        "constant" => Shape::Constant,
        "unknown" => Shape::Unknown,
        "normal" => Shape::Normal { standard_uncertainty: of("standard_uncertainty")? },
        "uniform" => Shape::Uniform { half_width: of("half_width")? },
        "triangular" => Shape::Triangular { half_width: of("half_width")? },
        "arcsine" => Shape::Arcsine { half_width: of("half_width")? },
        "asymmetric-uniform" => Shape::AsymmetricUniform { below: of("below")?, above: of("above")? },
        "trapezoid" => Shape::Trapezoid { half_width: of("half_width")?, top_ratio: of("top_ratio")? },
        "curvilinear-trapezoid" => {
            Shape::CurvilinearTrapezoid { half_width: of("half_width")?, limit_half_width: of("limit_half_width")? }
        }
        "t" => Shape::Student { scale: of("scale")?, degrees_of_freedom: of("degrees_of_freedom")? },
        "exponential" => Shape::Exponential { mean: of("mean")? },
        "gamma" => Shape::Gamma { shape: of("shape")?, scale: of("scale")? },
        _ => return None,
    };
    (parts(shape).1.len() == parameters.len()).then_some(shape)
}

pub(super) fn serialize<S: Serializer>(shape: &Shape, serializer: S) -> Result<S::Ok, S::Error> {
    let (kind, parameters) = parts(*shape);
    let mut all = BTreeMap::from([(KIND, kind.to_owned())]);
    for (name, value) in parameters {
        all.insert(name, number::text(value).ok_or_else(|| S::Error::custom("no finite number"))?);
    }
    all.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Shape, D::Error> {
    let mut all = BTreeMap::<String, String>::deserialize(deserializer)?;
    let kind = all.remove(KIND).ok_or_else(|| D::Error::missing_field(KIND))?;
    let mut parameters = BTreeMap::new();
    for (name, text) in all {
        let value = number::parsed(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is no decimal")))?;
        parameters.insert(name, value);
    }
    shape(&kind, &parameters).ok_or_else(|| D::Error::custom(format!("no distribution {kind:?} with these parameters")))
}
