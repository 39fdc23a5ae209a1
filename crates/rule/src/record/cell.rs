//! Reading a value of a record by its shape, as it comes: nothing is kept to be tried as one kind after the other.

use std::fmt;

use heng_quantity::{Decimal, Distribution, Reported, Uncertainty, Unit};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Cell, Input};

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyCell)
    }
}

struct AnyCell;

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a quantity value, a list of quantity values, yes or no, or a word")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Cell, E> {
        Ok(Cell::Flag(flag))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Cell, A::Error> {
        Vec::<Reported>::deserialize(SeqAccessDeserializer::new(values)).map(Cell::Series)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Cell, A::Error> {
        Fields::deserialize(MapAccessDeserializer::new(fields))?.cell()
    }
}

/// The fields of a quantity value and those of a value with an evaluation of its own.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    value: Decimal,
    unit: Unit,
    uncertainty: Option<Uncertainty>,
    standard_uncertainty: Option<Decimal>,
    half_width: Option<Decimal>,
    expanded_uncertainty: Option<Decimal>,
    coverage_factor: Option<Decimal>,
    degrees_of_freedom: Option<Decimal>,
    distribution: Option<Distribution>,
}

impl Fields {
    /// What they are together. An uncertainty is stated in one way, and never passed over.
    fn cell<E: Error>(self) -> Result<Cell, E> {
        let Self { value, unit, uncertainty, distribution, .. } = self;
        let (standard_uncertainty, half_width) = (self.standard_uncertainty, self.half_width);
        let (expanded_uncertainty, coverage_factor) = (self.expanded_uncertainty, self.coverage_factor);
        let degrees_of_freedom = self.degrees_of_freedom;
        let evaluated =
            [&standard_uncertainty, &half_width, &expanded_uncertainty, &coverage_factor, &degrees_of_freedom];
        let is_evaluated = evaluated.iter().any(|figure| figure.is_some());
        match (uncertainty, distribution) {
            (uncertainty, None) if !is_evaluated => Ok(Cell::Quantity(Reported { value, unit, uncertainty })),
            (None, Some(distribution)) => Ok(Cell::Input(Input {
                value,
                unit,
                standard_uncertainty,
                half_width,
                expanded_uncertainty,
                coverage_factor,
                degrees_of_freedom,
                distribution,
            })),
            (None, None) => Err(E::missing_field("distribution")),
            (Some(_), _) => Err(E::custom("the uncertainty is stated twice")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(json: &str) -> Result<Cell, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn each_shape_is_read_as_what_it_is_and_written_the_same_again() {
        let cells = [
            r#"{"value":"1.20","unit":"\\gram","standard_uncertainty":"0.1","distribution":"normal"}"#,
            r#"{"value":"1.20","unit":"\\gram","half_width":"0.1","degrees_of_freedom":"8","distribution":"uniform"}"#,
            r#"{"value":"1.20","unit":"\\gram","distribution":"normal"}"#,
            r#"{"value":"1.20","unit":"\\gram"}"#,
            r#"{"value":"1.20","unit":"\\gram","uncertainty":{"kind":"standard","value":"0.1"}}"#,
            r#"[{"value":"1.20","unit":"\\gram"},{"value":"1.21","unit":"\\gram"}]"#,
            "true",
            r#""III""#,
        ];
        for json in cells {
            assert_eq!(serde_json::to_string(&read(json).unwrap()).unwrap(), json);
        }
        assert!(matches!(read(cells[2]), Ok(Cell::Input(_))));
        assert!(matches!(read(cells[3]), Ok(Cell::Quantity(_))));
    }

    #[test]
    fn what_is_no_value_is_said_and_no_uncertainty_is_passed_over() {
        let of = |fields: &str| read(&format!(r#"{{"value":"1","unit":"\\gram",{fields}}}"#)).unwrap_err();
        assert!(of(r#""half_width":"0.1""#).starts_with("missing field `distribution`"));
        let stated = r#""uncertainty":{"kind":"standard","value":"0.1"}"#;
        assert!(of(&format!(r#"{stated},"distribution":"normal""#)).starts_with("the uncertainty is stated twice"));
        assert!(of(r#""half-width":"0.1""#).starts_with("unknown field `half-width`"));
        assert!(read("7").unwrap_err().contains("a quantity value, a list of quantity values, yes or no, or a word"));
    }
}
