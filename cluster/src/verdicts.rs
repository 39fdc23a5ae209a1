//! Verdicts on a district as one Arrow value, and back: each number by its bits, each state by its code.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, ListArray, StringArray, StructArray,
};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::{DataType, Field, Fields, Float64Type, Int64Type};
use datafusion::error::{DataFusionError, Result};
use heng_inference::meters::MeterAssessment;
use heng_telemetry::city::Verdicts;
use heng_telemetry::meter_rows::code;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as CodeError, StrDeserializer};

/// The verdicts on a district, or why it cannot be read. A district that cannot be read is an answer and no failure: whoever is asked again says the same.
pub type Answer = Result<Verdicts, String>;

/// The name of a number, and the number.
type Number = (&'static str, fn(&MeterAssessment) -> f64);

/// The numbers of a meter, in the order of their columns.
const NUMBERS: [Number; 8] = [
    ("error_percent", |meter| meter.error_percent),
    ("u_percent", |meter| meter.u_percent),
    ("low_percent", |meter| meter.low_percent),
    ("high_percent", |meter| meter.high_percent),
    ("p_beyond_limit", |meter| meter.p_beyond_limit),
    ("now_percent", |meter| meter.now_percent),
    ("registered_kwh", |meter| meter.registered_kwh),
    ("data_u_percent", |meter| meter.data_u_percent),
];

fn meter_fields() -> Fields {
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let mut fields = vec![
        text("meter"),
        text("state"),
        text("reason"),
        Field::new("decidable", DataType::Boolean, false),
        Field::new("since_s", DataType::Int64, true),
    ];
    fields.extend(NUMBERS.iter().map(|(name, _)| Field::new(*name, DataType::Float64, false)));
    Fields::from(fields)
}

fn item() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Struct(meter_fields()), false))
}

fn fields() -> Fields {
    Fields::from(vec![
        Field::new("district", DataType::Utf8, false),
        Field::new("readings", DataType::Int64, false),
        Field::new("meters", DataType::List(item()), false),
        Field::new("unreadable", DataType::Utf8, true),
    ])
}

/// The type of verdicts.
pub fn kind() -> DataType {
    DataType::Struct(fields())
}

/// Answers as one column, a row for each district.
pub fn column(answers: &[Answer]) -> Result<ArrayRef> {
    let found = || answers.iter().map(|answer| answer.as_ref().ok());
    let meters: Vec<&MeterAssessment> = found().flatten().flat_map(|one| &one.meters).collect();
    let meters = || meters.iter().copied();
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(meters().map(|meter| &meter.meter))),
        Arc::new(StringArray::from_iter_values(meters().map(|meter| code(meter.state)))),
        Arc::new(StringArray::from_iter_values(meters().map(|meter| code(meter.reason)))),
        Arc::new(BooleanArray::from(meters().map(|meter| meter.decidable).collect::<Vec<_>>())),
        Arc::new(meters().map(|meter| meter.since_s).collect::<Int64Array>()),
    ];
    for (_, number) in NUMBERS {
        columns.push(Arc::new(Float64Array::from_iter_values(meters().map(number))));
    }
    let lengths = found().map(|one| one.map_or(0, |one| one.meters.len()));
    let meters = StructArray::try_new(meter_fields(), columns, None)?;
    let lists = ListArray::try_new(item(), OffsetBuffer::from_lengths(lengths), Arc::new(meters), None)?;
    let readings = found().map(|one| one.map_or(0, |one| one.readings));
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(found().map(|one| one.map_or("", |one| one.district.as_str())))),
        Arc::new(readings.map(|count| i64::try_from(count).ok()).collect::<Int64Array>()),
        Arc::new(lists),
        Arc::new(answers.iter().map(|answer| answer.as_ref().err()).collect::<StringArray>()),
    ];
    Ok(Arc::new(StructArray::try_new(fields(), columns, None)?))
}

fn torn(what: &str) -> DataFusionError {
    DataFusionError::Execution(format!("an executor of another version answers: {what} is not there"))
}

fn child<'a>(of: &'a StructArray, name: &str) -> Result<&'a ArrayRef> {
    of.column_by_name(name).ok_or_else(|| torn(name))
}

fn texts<'a>(of: &'a StructArray, name: &str) -> Result<&'a StringArray> {
    child(of, name)?.as_string_opt().ok_or_else(|| torn(name))
}

fn coded<T: DeserializeOwned>(code: &str) -> Result<T> {
    let deserializer: StrDeserializer<'_, CodeError> = code.into_deserializer();
    T::deserialize(deserializer).map_err(|error| torn(&error.to_string()))
}

/// The answers of a column, in its order.
pub fn answers(column: &dyn Array) -> Result<Vec<Answer>> {
    let rows = column.as_struct_opt().ok_or_else(|| torn("a district"))?;
    let (names, unreadable) = (texts(rows, "district")?, texts(rows, "unreadable")?);
    let readings = child(rows, "readings")?.as_primitive_opt::<Int64Type>().ok_or_else(|| torn("readings"))?;
    let lists = child(rows, "meters")?.as_list_opt::<i32>().ok_or_else(|| torn("meters"))?;
    (0..rows.len())
        .map(|row| {
            if unreadable.is_valid(row) {
                return Ok(Err(unreadable.value(row).to_owned()));
            }
            Ok(Ok(Verdicts {
                district: names.value(row).to_owned(),
                meters: meters(lists.value(row).as_struct_opt().ok_or_else(|| torn("meters"))?)?,
                readings: usize::try_from(readings.value(row)).unwrap_or_default(),
            }))
        })
        .collect()
}

fn meters(of: &StructArray) -> Result<Vec<MeterAssessment>> {
    let (names, states, reasons) = (texts(of, "meter")?, texts(of, "state")?, texts(of, "reason")?);
    let decidable = child(of, "decidable")?.as_boolean_opt().ok_or_else(|| torn("decidable"))?;
    let since = child(of, "since_s")?.as_primitive_opt::<Int64Type>().ok_or_else(|| torn("since_s"))?;
    let number = |name: &str| child(of, name)?.as_primitive_opt::<Float64Type>().ok_or_else(|| torn(name));
    let (error, u, low, high) =
        (number("error_percent")?, number("u_percent")?, number("low_percent")?, number("high_percent")?);
    let (beyond, now) = (number("p_beyond_limit")?, number("now_percent")?);
    let (registered, data_u) = (number("registered_kwh")?, number("data_u_percent")?);
    (0..of.len())
        .map(|row| {
            Ok(MeterAssessment {
                meter: names.value(row).to_owned(),
                state: coded(states.value(row))?,
                reason: coded(reasons.value(row))?,
                decidable: decidable.value(row),
                since_s: since.is_valid(row).then(|| since.value(row)),
                error_percent: error.value(row),
                u_percent: u.value(row),
                low_percent: low.value(row),
                high_percent: high.value(row),
                p_beyond_limit: beyond.value(row),
                now_percent: now.value(row),
                registered_kwh: registered.value(row),
                data_u_percent: data_u.value(row),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;
    use heng_inference::meters::{Reason, State};

    /// Numbers whose bits a text might lose.
    fn meter(name: &str, state: State, reason: Reason, since_s: Option<i64>) -> MeterAssessment {
        MeterAssessment {
            meter: name.to_owned(),
            state,
            reason,
            since_s,
            decidable: since_s.is_none(),
            error_percent: -0.0,
            u_percent: 0.1 + 0.2,
            low_percent: f64::NEG_INFINITY,
            high_percent: -f64::NAN,
            p_beyond_limit: f64::MIN_POSITIVE / 3.0,
            now_percent: 1.0 / 3.0,
            registered_kwh: 9_007_199_254_740_993.0,
            data_u_percent: f64::from_bits(0x7ff0_0000_0000_0001),
        }
    }

    fn bits(meter: &MeterAssessment) -> Vec<u64> {
        NUMBERS.iter().map(|(_, number)| number(meter).to_bits()).collect()
    }

    #[test]
    fn verdicts_come_back_with_every_bit_and_every_code() {
        let states = [
            State::Good,
            State::Beyond,
            State::Drifting,
            State::Stopped,
            State::Bypassed,
            State::Undecided,
            State::Good,
        ];
        let reasons = [
            Reason::Balance,
            Reason::Vacant,
            Reason::Load,
            Reason::Clocks,
            Reason::Missing,
            Reason::Collinear,
            Reason::Head,
        ];
        let mut meters: Vec<MeterAssessment> =
            states.into_iter().zip(reasons).map(|(state, reason)| meter("表", state, reason, None)).collect();
        meters.push(meter("表2", State::Undecided, Reason::NearLimit, Some(1_767_225_600)));
        meters.push(meter("表3", State::Undecided, Reason::Voltages, None));
        meters.push(meter("表4", State::Undecided, Reason::District, None));
        let answers_there = vec![
            Ok(Verdicts { district: "台区甲".to_owned(), meters, readings: 7 }),
            Err("读不了".to_owned()),
            Ok(Verdicts { district: "台区乙".to_owned(), meters: Vec::new(), readings: 0 }),
        ];
        let column = column(&answers_there).unwrap();
        assert_eq!(column.data_type(), &kind());
        let back = answers(&column).unwrap();
        assert_eq!(back.len(), 3);
        assert_eq!(back.get(1), answers_there.get(1));
        assert_eq!(back.get(2), answers_there.get(2));
        let (there, here) = (answers_there[0].as_ref().unwrap(), back[0].as_ref().unwrap());
        assert_eq!((&there.district, there.readings), (&here.district, here.readings));
        assert_eq!(there.meters.len(), here.meters.len());
        for (there, here) in there.meters.iter().zip(&here.meters) {
            assert_eq!(bits(there), bits(here));
            let rest = |meter: &MeterAssessment| {
                (meter.meter.clone(), meter.state, meter.reason, meter.decidable, meter.since_s)
            };
            assert_eq!(rest(there), rest(here));
        }
    }

    #[test]
    fn a_column_of_another_version_is_refused() {
        let strange = StructArray::from(vec![(
            Arc::new(Field::new("district", DataType::Utf8, false)),
            Arc::new(StringArray::from(vec!["台区"])) as ArrayRef,
        )]);
        assert!(answers(&strange).unwrap_err().to_string().contains("another version"));
    }
}
