//! What is known of the measurement standards that a record used.

use std::cmp::Ordering;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit};
use jiff::civil::Date;
use num_rational::BigRational;
use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

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
    /// What the standard's value at `to` was found to be, where the certificate gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Reported>,
    /// Effective degrees of freedom of U, where the certificate states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<Decimal>,
    /// Which result of the certificate it is, `item/point`, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// A measurement standard by its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardFacts {
    /// The thing.
    pub id: String,
    /// Its certificate by the hash of that statement, where it is known.
    pub certificate: Option<String>,
    /// The day from which its certificate speaks of it; absent where that is not known.
    pub valid_from: Option<Date>,
    /// Last day of its certificate; absent where the certificate states none.
    pub valid_through: Option<Date>,
    /// What it passes on.
    pub disseminates: Vec<Dissemination>,
}

impl StandardFacts {
    /// The refusal to use a standard on a day of which its certificate does not speak.
    pub(crate) fn out_of_date(&self, day: Date) -> Option<Refusal> {
        if let Some(from) = self.valid_from.filter(|from| day < *from) {
            let refusal = Refusal::new("standard-not-yet-valid").with("standard", &self.id).with("from", from);
            return Some(refusal.with("day", day));
        }
        let through = self.valid_through.filter(|through| day > *through)?;
        Some(Refusal::new("standard-lapsed").with("standard", &self.id).with("through", through).with("day", day))
    }
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

    fn stated(&self, of: &StandardFacts, at: (&Decimal, &Unit), value: (f64, &Unit)) -> Option<StatedByCertificate> {
        Some(StatedByCertificate {
            standard_uncertainty: self.standard_uncertainty(value)?,
            degrees_of_freedom: self.degrees_of_freedom.as_ref().map_or(f64::INFINITY, Decimal::to_f64),
            identity: Some(self.identity(of, at)),
        })
    }

    /// Which thing its value is where it is used `at` a value: a result of the certificate, and where that is of another value, or of a range,
    /// the certificate at this value.
    fn identity(&self, of: &StandardFacts, at: (&Decimal, &Unit)) -> String {
        let certificate = match &of.certificate {
            Some(hash) => format!("statement:{hash}"),
            None => of.id.clone(),
        };
        let name = self.result.as_ref().unwrap_or(&self.quantity);
        let is_there = comparison(at, (&self.to.value, &self.to.unit)).is_some_and(Ordering::is_eq);
        if is_there && self.result.is_some() {
            return format!("{certificate}#{name}");
        }
        // One value has one spelling, whatever unit it was asked in.
        let in_its_unit = at.1.conversion_to(&self.to.unit).ok().and_then(|conversion| {
            Decimal::from_rational(&(at.0.to_rational() * conversion.factor() + conversion.offset()))
        });
        let (value, unit) = match in_its_unit {
            Some(value) => (value, &self.to.unit),
            None => (at.0.clone(), at.1),
        };
        format!("{certificate}#{name}@{} {unit}", value.normalized())
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

/// What a certificate says of an uncertainty.
#[derive(Clone, Debug)]
pub(crate) struct StatedByCertificate {
    /// u = U/k.
    pub standard_uncertainty: f64,
    /// ν; infinite where the certificate states none.
    pub degrees_of_freedom: f64,
    /// Which thing it is; none where no standard is needed.
    pub identity: Option<String>,
}

/// u of the best standard for a value of a quantity, in the value's unit: of those whose range covers `at`, the smallest. Nothing needs no
/// standard.
pub(crate) fn of_best_standard(
    standards: &[StandardFacts],
    quantity: &str,
    at: (&Decimal, &Unit),
    value: (f64, &Unit),
) -> Result<StatedByCertificate, Missing> {
    let of_kind = of_kind(standards, quantity)?;
    if at.0.is_zero() && !at.1.is_affine() {
        return Ok(StatedByCertificate {
            standard_uncertainty: 0.0,
            degrees_of_freedom: f64::INFINITY,
            identity: None,
        });
    }
    let covering = of_kind.into_iter().filter(|(_, passed)| passed.covers(at.0, at.1));
    covering.filter_map(|(facts, passed)| passed.stated(facts, at, value)).min_by(by_uncertainty).ok_or(Missing::Range)
}

/// The value that the best standard was found to have at a nominal value, with its u: of those certified at exactly `at`, the one with the
/// smallest.
pub(crate) fn certified_value<'a>(
    standards: &'a [StandardFacts],
    quantity: &str,
    at: (&Decimal, &Unit),
) -> Result<(&'a Reported, StatedByCertificate), Missing> {
    let is_at =
        |passed: &Dissemination| comparison(at, (&passed.to.value, &passed.to.unit)).is_some_and(Ordering::is_eq);
    let all = of_kind(standards, quantity)?.into_iter();
    let certified = all.filter(|(_, passed)| is_at(passed)).filter_map(|(facts, passed)| {
        let value = passed.value.as_ref()?;
        Some((value, passed.stated(facts, at, (value.value.to_f64(), &value.unit))?))
    });
    certified.min_by(|left, right| by_uncertainty(&left.1, &right.1)).ok_or(Missing::Value)
}

/// What is passed on of a kind, with the standard that does.
type OfKind<'a> = Vec<(&'a StandardFacts, &'a Dissemination)>;

fn of_kind<'a>(standards: &'a [StandardFacts], quantity: &str) -> Result<OfKind<'a>, Missing> {
    let all = standards.iter().flat_map(|facts| facts.disseminates.iter().map(move |passed| (facts, passed)));
    let of_kind: OfKind<'a> = all.filter(|(_, passed)| passed.quantity == quantity).collect();
    if of_kind.is_empty() { Err(Missing::Quantity) } else { Ok(of_kind) }
}

fn by_uncertainty(left: &StatedByCertificate, right: &StatedByCertificate) -> Ordering {
    left.standard_uncertainty.total_cmp(&right.standard_uncertainty)
}

/// What the standards used lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// None is of this kind.
    Quantity,
    /// None covers the value.
    Range,
    /// The certificate of none gives the value at this nominal value.
    Value,
}
