//! Verdicts on meters as rows: the same for one district and for a city, on one machine and on many.

use heng_inference::meters::MeterAssessment;
use heng_statement::legal_zone;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::results::{Cells, Named};

/// One row: the district and the verdict on one of its meters.
pub type Row<'a> = (&'a str, &'a MeterAssessment);

/// The code of a state or a reason as files carry it.
#[must_use]
pub fn code(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// A time of the readings as files carry it: legal time.
#[must_use]
pub fn instant(seconds: i64) -> Option<String> {
    let time = legal_zone().to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(time.to_string())
}

/// The second at which a day begins.
#[must_use]
pub fn begin_s(day: Date) -> Option<i64> {
    Some(day.to_zoned(legal_zone()).ok()?.timestamp().as_second())
}

/// The columns of verdicts.
#[must_use]
pub fn columns(rows: &[Row<'_>]) -> Vec<Named> {
    let texts =
        |name, cell: &dyn Fn(&Row<'_>) -> String| Named { name, cells: Cells::Text(rows.iter().map(cell).collect()) };
    let numbers = |name, cell: &dyn Fn(&MeterAssessment) -> f64| Named {
        name,
        cells: Cells::Number(rows.iter().map(|(_, meter)| cell(meter)).collect()),
    };
    vec![
        texts("district", &|(district, _)| (*district).to_owned()),
        texts("meter", &|(_, meter)| meter.meter.clone()),
        texts("state", &|(_, meter)| code(meter.state)),
        numbers("error_percent", &|meter| meter.error_percent),
        numbers("u_percent", &|meter| meter.u_percent),
        numbers("low_percent", &|meter| meter.low_percent),
        numbers("high_percent", &|meter| meter.high_percent),
        numbers("p_beyond_limit", &|meter| meter.p_beyond_limit),
        Named { name: "decidable", cells: Cells::Truth(rows.iter().map(|(_, meter)| meter.decidable).collect()) },
        texts("reason", &|(_, meter)| code(meter.reason)),
        texts("since", &|(_, meter)| meter.since_s.and_then(instant).unwrap_or_default()),
    ]
}
