//! What a reader of the register looks for: checked against the units there are, compared with what is offered, the best first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Decimal, Reported, RoundingRule, Unit};

use crate::facts::register::{Capability, Institute, Offer};

/// What a reader looks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// The kind of quantity.
    pub(crate) quantity: Option<String>,
    /// A value that must lie in the range.
    pub(crate) value: Option<Reported>,
    /// The largest expanded uncertainty that would do, for k = 2.
    pub(crate) uncertainty: Option<Reported>,
}

/// A field whose unit is none of the quantity that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `value` or `uncertainty`.
    pub(crate) field: &'static str,
    /// What would do, as an example.
    pub(crate) example: Reported,
}

/// The units there are of each kind of quantity, with an example of a value and of an uncertainty.
#[derive(Debug, Default)]
pub(crate) struct Known(BTreeMap<String, Vec<(Reported, Option<Reported>)>>);

impl Known {
    pub(crate) fn of(institutes: &[Institute]) -> Self {
        let mut known = Self::default();
        let plain = |stated: &Reported| Reported { uncertainty: None, ..stated.clone() };
        for institute in institutes {
            for line in institute.entitled.iter().map(|one| &one.line) {
                if let (Some(quantity), Some(to)) = (&line.quantity, &line.to) {
                    known.0.entry(quantity.clone()).or_default().push((plain(to), line.best_uncertainty.clone()));
                }
            }
            for one in &institute.capabilities {
                let example = (plain(&one.to), Some(one.expanded_uncertainty.clone()));
                known.0.entry(one.quantity.clone()).or_default().push(example);
            }
        }
        known
    }

    pub(crate) fn quantities(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

impl Wanted {
    /// Whether nothing in particular is looked for.
    pub(crate) fn is_anything(&self) -> bool {
        self.quantity.is_none() && self.value.is_none() && self.uncertainty.is_none()
    }

    /// The fields whose unit is none of the quantity. A relative uncertainty is one of every quantity.
    pub(crate) fn faults(&self, known: &Known) -> Vec<Fault> {
        let examples: Vec<&(Reported, Option<Reported>)> = match &self.quantity {
            Some(quantity) => known.0.get(quantity).into_iter().flatten().collect(),
            None => {
                let of_value = |(to, _): &&(Reported, _)| self.value.as_ref().is_none_or(|value| is_like(value, to));
                known.0.values().flatten().filter(of_value).collect()
            }
        };
        let Some((first, best)) = examples.first() else {
            let of_all = known.0.values().flatten().next().map(|(to, _)| to.clone());
            let is_unknown = self.value.is_some() && self.quantity.is_none();
            return of_all
                .filter(|_| is_unknown)
                .map(|example| Fault { field: "value", example })
                .into_iter()
                .collect();
        };
        let fits = |stated: &Reported| examples.iter().any(|(to, _)| is_like(stated, to));
        let value = self.value.as_ref().filter(|value| !fits(value));
        let relative = |stated: &Reported| stated.unit.dimension() == Unit::one().dimension();
        let uncertainty = self.uncertainty.as_ref().filter(|largest| !relative(largest) && !fits(largest));
        let value = value.map(|_| Fault { field: "value", example: first.clone() });
        let example = best.clone().unwrap_or_else(|| first.clone());
        value.into_iter().chain(uncertainty.map(|_| Fault { field: "uncertainty", example })).collect()
    }

    /// Whether what a standard passes on is what is looked for.
    pub(crate) fn is_met_by(&self, capability: &Capability) -> bool {
        self.is_of(Some(&capability.quantity))
            && self.is_between(&capability.from, &capability.to)
            && self.does(Some(&capability.expanded_uncertainty), &capability.from)
    }

    /// The offer with its uncertainty at the value, if it is what is looked for.
    pub(crate) fn meets(&self, mut offer: Offer) -> Option<Offer> {
        let line = &offer.line;
        let (from, to) = (line.from.as_ref()?, line.to.as_ref()?);
        let met = self.is_of(line.quantity.as_ref())
            && self.is_between(from, to)
            && self.does(line.best_uncertainty.as_ref(), from);
        let best = line.best_uncertainty.as_ref();
        offer.uncertainty =
            best.map(|best| self.value.as_ref().and_then(|at| absolute(best, at)).unwrap_or(best.clone()));
        met.then_some(offer)
    }

    /// The best first: by the uncertainty relative to the value looked for, or else to the end of the range. Who has no standard that stands
    /// comes after all who have.
    pub(crate) fn sort(&self, offers: &mut [Offer]) {
        let fineness = |offer: &Offer| {
            let at = self.value.as_ref().or(offer.line.to.as_ref());
            let best = offer.line.best_uncertainty.as_ref();
            best.zip(at).and_then(|(best, at)| relative(best, at)).unwrap_or(f64::INFINITY)
        };
        offers.sort_by(|one, other| {
            let names = || (&one.name.zh, &one.measurand.zh).cmp(&(&other.name.zh, &other.measurand.zh));
            let lapsed = |offer: &Offer| offer.has_standard == Some(false);
            lapsed(one)
                .cmp(&lapsed(other))
                .then_with(|| fineness(one).partial_cmp(&fineness(other)).unwrap_or(Ordering::Equal))
                .then_with(names)
        });
    }

    fn is_of(&self, quantity: Option<&String>) -> bool {
        self.quantity.is_none() || self.quantity.as_ref() == quantity
    }

    fn is_between(&self, from: &Reported, to: &Reported) -> bool {
        let is_ordered = |one: &Reported, other: &Reported| one.order(other).is_some_and(Ordering::is_le);
        let lies = |value: &Reported| is_ordered(from, value) && is_ordered(value, to);
        self.value.as_ref().is_none_or(lies)
    }

    /// Whether an uncertainty is small enough at the value, or at the beginning of the range where no value is looked for.
    fn does(&self, best: Option<&Reported>, from: &Reported) -> bool {
        let Some(largest) = &self.uncertainty else { return true };
        let Some(best) = best else { return false };
        if let Some(order) = best.order_of_differences(largest) {
            return order.is_le();
        }
        let at = self.value.as_ref().unwrap_or(from);
        let (best, largest) = match (absolute(best, at), absolute(largest, at)) {
            (Some(best), _) => (best, largest.clone()),
            (None, Some(largest)) => (best.clone(), largest),
            (None, None) => return false,
        };
        !at.value.is_zero() && best.order_of_differences(&largest).is_some_and(Ordering::is_le)
    }
}

/// The bars of the institutes, one each: the range of the best that it offers, in the unit of the best of all.
pub(crate) fn bars(offers: &[Offer]) -> Vec<(&Offer, Reported, Reported)> {
    let Some(unit) = offers.first().and_then(|offer| offer.line.to.as_ref()).map(|to| to.unit.clone()) else {
        return Vec::new();
    };
    let in_unit = |end: &Option<Reported>| end.as_ref()?.converted_to(&unit).ok();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    offers
        .iter()
        .filter_map(|best| Some((best, in_unit(&best.line.from)?, in_unit(&best.line.to)?)))
        .filter(|(best, ..)| seen.insert(&best.institute))
        .collect()
}

fn is_like(one: &Reported, other: &Reported) -> bool {
    one.unit.dimension() == other.unit.dimension()
}

/// A relative uncertainty as one of a value: U = U_rel · |x|, to two digits, in the unit of the value. Nothing where it is not relative, or
/// the unit has a zero of its own.
fn absolute(stated: &Reported, at: &Reported) -> Option<Reported> {
    if at.unit.is_affine() || is_like(stated, at) {
        return None;
    }
    let share = stated.unit.conversion_to(&Unit::one()).ok()?.difference(&stated.value);
    let exact = share * at.value.abs().to_rational();
    let places =
        Decimal::from_f64(heng_quantity::decimal::rational_to_f64(&exact))?.leading_exponent().unwrap_or(0) - 1;
    let value = Decimal::from_rational_rounded(&exact, places, RoundingRule::Gbt8170);
    Some(Reported { value, unit: at.unit.clone(), uncertainty: None })
}

/// U relative to the value; nothing where the value is zero or of another quantity.
fn relative(best: &Reported, at: &Reported) -> Option<f64> {
    if let Ok(share) = best.unit.conversion_to(&Unit::one()) {
        return Some(share.difference_f64(best.value.to_f64()));
    }
    let in_unit = best.unit.conversion_to(&at.unit.of_difference()).ok()?;
    let size = at.value.to_f64().abs();
    (size > 0.0).then(|| in_unit.difference_f64(best.value.to_f64()) / size)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use heng_quantity::text::parse;

    use super::{absolute, relative};

    #[test]
    fn a_relative_uncertainty_is_as_large_as_the_value_makes_it() {
        let quantity = |text: &str| parse(text).unwrap();
        assert_eq!(
            absolute(&quantity("0.008 %"), &quantity("2.5 MPa")).unwrap().value_text(),
            "0.000\u{a0}20\u{a0}MPa"
        );
        assert_eq!(absolute(&quantity("1 g"), &quantity("5 kg")), None);
        assert_eq!(absolute(&quantity("1 %"), &quantity("20 °C")), None, "a temperature in °C has no size of its own");
        assert_eq!(relative(&quantity("1 g"), &quantity("1 kg")), Some(0.001));
    }
}
