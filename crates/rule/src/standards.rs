//! What is known of the measurement standards that a record used.

use std::cmp::Ordering;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use jiff::civil::Date;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};

/// What a calibrated measurement standard can pass on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissemination {
    /// The kind of quantity, for example `mass`.
    pub quantity: String,
    /// From this value.
    pub from: Reported,
    /// To this value.
    pub to: Reported,
    /// U as the value, with its k and p as the uncertainty.
    pub expanded_uncertainty: Reported,
}

/// A measurement standard by its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardFacts {
    /// The thing.
    pub id: String,
    /// Last day of its certificate; absent where the certificate states none.
    pub valid_through: Option<Date>,
    /// What it passes on.
    pub disseminates: Vec<Dissemination>,
}

/// Compares two values of one kind, whatever their units; nothing where they are of different kinds.
pub(crate) fn comparison(left: (&Decimal, &Unit), right: (&Decimal, &Unit)) -> Option<Ordering> {
    let conversion = right.1.conversion_to(left.1).ok()?;
    let right: BigRational = right.0.to_rational() * conversion.factor() + conversion.offset();
    Some(left.0.to_rational().cmp(&right))
}

impl Dissemination {
    fn covers(&self, value: &Decimal, unit: &Unit) -> bool {
        let order = |bound: &Reported| comparison((value, unit), (&bound.value, &bound.unit));
        order(&self.from).is_some_and(Ordering::is_ge) && order(&self.to).is_some_and(Ordering::is_le)
    }

    /// u = U/k in the unit of the value it is used for; a relative U is taken of that value.
    fn standard_uncertainty(&self, (value, unit): (f64, &Unit)) -> Option<f64> {
        let Some(Uncertainty::Expanded { coverage_factor, .. }) = &self.expanded_uncertainty.uncertainty else {
            return None;
        };
        let in_unit = |unit: &Unit| {
            let conversion = self.expanded_uncertainty.unit.conversion_to(unit).ok()?;
            let expanded = self.expanded_uncertainty.value.to_rational() * conversion.factor();
            Some(heng_quantity::decimal::rational_to_f64(&(expanded / coverage_factor.to_rational())))
        };
        in_unit(&unit.of_difference()).or_else(|| Some(in_unit(&Unit::one())? * libm::fabs(value)))
    }
}

/// u of the best standard for a value of a quantity, in the value's unit: of those whose range covers `at`, the smallest. Nothing needs no
/// standard.
pub(crate) fn standard_uncertainty(
    standards: &[StandardFacts],
    quantity: &str,
    at: (&Decimal, &Unit),
    value: (f64, &Unit),
) -> Result<f64, Missing> {
    let of_kind: Vec<&Dissemination> =
        standards.iter().flat_map(|facts| &facts.disseminates).filter(|passed| passed.quantity == quantity).collect();
    if of_kind.is_empty() {
        return Err(Missing::Quantity);
    }
    if at.0.is_zero() && !at.1.is_affine() {
        return Ok(0.0);
    }
    of_kind
        .iter()
        .filter(|passed| passed.covers(at.0, at.1))
        .filter_map(|passed| passed.standard_uncertainty(value))
        .min_by(f64::total_cmp)
        .ok_or(Missing::Range)
}

/// What the standards used lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// None is of this kind.
    Quantity,
    /// None covers the value.
    Range,
}
