//! How steady a measurement standard was: its calibrated values from one certificate to the next.
//!
//! For a value *x* that several certificates give with expanded uncertainty *U* at the same coverage, the change from one to the next is
//! Δ*ᵢ* = *xᵢ* − *xᵢ₋₁*, in the unit of *xᵢ*, and its size beside what the two certificates leave open is |Δ*ᵢ*| / √(*Uᵢ*² + *Uᵢ₋₁*²), a pure
//! number. Where both calibrations share a reference, their errors are correlated and the true uncertainty of the change is smaller; the ratio
//! then understates. It is a description and no verdict: what a regulation demands of stability is a rule's to say.

use std::cmp::Ordering;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::Dissemination;
use jiff::civil::Date;

/// What one certificate says of a standard.
#[derive(Clone, Copy, Debug)]
pub struct Calibration<'a> {
    /// The certificate's number.
    pub number: &'a str,
    /// The day of the calibration.
    pub performed_on: Date,
    /// What the standard passes on by it.
    pub disseminates: &'a [Dissemination],
}

/// One value of a standard, through its certificates.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    /// The kind of quantity, for example `mass`.
    pub quantity: String,
    /// The range that the value is good for.
    pub range: (Reported, Reported),
    /// What was found, by day.
    pub readings: Vec<Reading>,
}

/// What one certificate found.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The certificate.
    pub number: String,
    /// The day of the calibration.
    pub day: Date,
    /// The calibrated value.
    pub value: Reported,
    /// Its expanded uncertainty, in the unit of the value.
    pub expanded_uncertainty: Reported,
    /// The change since the certificate before.
    pub change: Option<Change>,
}

/// A change from one certificate to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The difference, in the unit of the later value.
    pub difference: Reported,
    /// Its size beside the two expanded uncertainties; nothing where their coverage differs, or both are zero.
    pub ratio: Option<f64>,
}

/// The values that at least two certificates give, in the order of the last certificate. `calibrations` may come in any order; a value whose
/// uncertainty is in a unit of another kind has no place in a track.
pub fn tracks(calibrations: &[Calibration<'_>]) -> Vec<Track> {
    let mut by_day: Vec<&Calibration<'_>> = calibrations.iter().collect();
    by_day.sort_by_key(|one| (one.performed_on, one.number));
    let Some(last) = by_day.last() else { return Vec::new() };
    let tracks = last.disseminates.iter().filter_map(|line| {
        let is_same = |other: &&Dissemination| {
            other.quantity == line.quantity && same(&other.from, &line.from) && same(&other.to, &line.to)
        };
        let mut readings: Vec<Reading> = Vec::new();
        for one in &by_day {
            let Some(found) = one.disseminates.iter().find(is_same).and_then(|line| reading(one, line)) else {
                continue;
            };
            let change = readings.last().and_then(|before| change(before, &found));
            readings.push(Reading { change, ..found });
        }
        (readings.len() > 1).then(|| Track {
            quantity: line.quantity.clone(),
            range: (line.from.clone(), line.to.clone()),
            readings,
        })
    });
    tracks.collect()
}

/// The same value, whatever its unit.
fn same(one: &Reported, other: &Reported) -> bool {
    one.order(other).is_some_and(Ordering::is_eq)
}

fn reading(calibration: &Calibration<'_>, line: &Dissemination) -> Option<Reading> {
    let value = line.value.clone()?;
    let expanded_uncertainty = line.expanded_uncertainty.converted_to(&value.unit.of_difference()).ok()?;
    Some(Reading {
        number: calibration.number.to_owned(),
        day: calibration.performed_on,
        value,
        expanded_uncertainty,
        change: None,
    })
}

fn change(before: &Reading, now: &Reading) -> Option<Change> {
    let was = before.value.converted_to(&now.value.unit).ok()?;
    let difference = &now.value.value - &was.value;
    let unit = now.value.unit.of_difference();
    let earlier = before.expanded_uncertainty.converted_to(&unit).ok()?.value.to_f64();
    let later = now.expanded_uncertainty.value.to_f64();
    let both = libm::sqrt(earlier * earlier + later * later);
    let is_alike = coverage(&before.expanded_uncertainty) == coverage(&now.expanded_uncertainty);
    let ratio = (is_alike && both > 0.0).then(|| difference.abs().to_f64() / both);
    Some(Change { difference: Reported { value: difference, unit, uncertainty: None }, ratio })
}

/// The coverage probability that an expanded uncertainty is stated with.
fn coverage(expanded: &Reported) -> Option<&Decimal> {
    match &expanded.uncertainty {
        Some(Uncertainty::Expanded { coverage_probability, .. }) => Some(coverage_probability),
        _ => None,
    }
}
