//! What is inferred as figures of a statement, and the files that were read as a statement names them.

use std::path::Path;

use heng_office::service::document;
use heng_quantity::{Decimal, Reported, RoundingRule, Uncertainty, Unit};
use heng_statement::certificate::Document;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::failure::{Failure, read};

/// Energies are stated to this place in kilowatt hours.
pub const ENERGY: i32 = -2;

/// Probabilities are stated to a ten-thousandth.
const PROBABILITY: i32 = -4;

/// Whoever is asked has so many days where nothing else is said.
const TO_ACT: i64 = 30;

/// A figure without uncertainty, rounded to a place.
pub fn at(value: f64, place: i32, unit: &Unit) -> Option<Reported> {
    let value = Decimal::from_f64(value)?.rounded(place, RoundingRule::Gbt8170);
    Some(Reported { value, unit: unit.clone(), uncertainty: None })
}

/// A value with its standard uncertainty and its interval of 95 %: u to two digits, and everything else to the place of its last one.
pub fn with_interval(value: f64, u: f64, (low, high): (f64, f64), unit: &Unit) -> Option<Reported> {
    let standard = RoundingRule::Gum726.uncertainty(&Decimal::from_f64(u)?);
    let place = standard.exponent();
    let to_place = |value: f64| Some(Decimal::from_f64(value)?.rounded(place, RoundingRule::Gbt8170));
    Some(Reported {
        value: to_place(value)?,
        unit: unit.clone(),
        uncertainty: Some(Uncertainty::Interval {
            lower: to_place(low)?,
            upper: to_place(high)?,
            coverage_probability: Decimal::from_f64(0.95)?.rounded(-2, RoundingRule::Gbt8170),
            standard: Some(standard),
            distribution: None,
        }),
    })
}

/// A probability as statements have it.
pub fn probability(value: f64) -> Option<Decimal> {
    Some(Decimal::from_f64(value)?.rounded(PROBABILITY, RoundingRule::Gbt8170))
}

/// The last day to answer an alarm of today where nobody says another.
pub fn to_answer(today: Date) -> Date {
    today.checked_add(TO_ACT.days()).unwrap_or(today)
}

/// A file as a statement names it.
pub fn named(path: &Path) -> Result<Document, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let media_type = match path.extension().and_then(|kind| kind.to_str()) {
        Some("parquet") => "application/vnd.apache.parquet",
        _ => "text/csv",
    };
    Ok(document(&name, media_type, &read(path)?))
}
