//! What a whole document says against itself: references, files, hybrids and statements of conformity.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heng_quantity::{Decimal, Finding, Unit, unit};

use super::references::{REFERENCES, is_hash};
use crate::told::Told;

/// One element, in document order; its first child and its next sibling by their places in that order.
#[derive(Debug, Default)]
pub(super) struct Element<'a> {
    pub name: &'a str,
    pub offset: usize,
    pub id: Option<Cow<'a, str>>,
    pub references: Cow<'a, str>,
    pub ref_type: Cow<'a, str>,
    /// Of a content.
    pub language: Option<Cow<'a, str>>,
    pub text: Cow<'a, str>,
    pub first: Option<u32>,
    pub next: Option<u32>,
}

/// The children of an element.
pub(super) fn children<'a>(
    elements: &'a [Element<'a>],
    element: &Element<'a>,
) -> impl Iterator<Item = &'a Element<'a>> + use<'a> {
    let at = move |place: Option<u32>| elements.get(usize::try_from(place?).ok()?);
    std::iter::successors(at(element.first), move |child| at(child.next))
}

/// Values that are held against limits. No certificate has as many; in any other each value may be held against each statement.
const MOST_COMPARED: usize = 200_000;

/// Tells what is found, with the offsets it belongs to.
pub(super) fn tell(elements: &[Element<'_>], told: &mut Told) {
    let document = Document { elements, compared: Cell::new(0), units: RefCell::default() };
    document.broken_references(told);
    for element in elements {
        let finding = match element.name {
            "hybrid" => document.disagreement(element),
            "quantity" => document.contradiction(element),
            "realListXMLList" | "complexListXMLList" => document.lengths(element),
            "dataBase64" => undecodable(element),
            name if REFERENCES.contains(&name) => document.unhashed(element),
            "Signature" => Some(Finding::info("xml-signature-unchecked")),
            _ => None,
        };
        if let Some(finding) = finding {
            told.push(element.offset, finding);
        }
    }
}

/// A value as stated, with the unit as far as it was understood. A list may have a million of them.
struct Stated<'a> {
    /// A number.
    text: &'a str,
    unit: Rc<Unit>,
}

impl Stated<'_> {
    fn value(&self) -> Decimal {
        self.text.parse().unwrap_or_else(|_| Decimal::zero())
    }

    /// The value in another unit, and how far it may be off because its last digit was rounded.
    fn in_unit(&self, other: &Unit) -> Option<(f64, f64)> {
        let conversion = self.unit.conversion_to(other).ok()?;
        let value = self.value();
        Some((conversion.value_f64(value.to_f64()), conversion.difference_f64(last_digit(&value)).abs()))
    }

    fn text(&self) -> String {
        format!("{} {}", self.value(), self.unit)
    }
}

/// One in the last stated digit.
fn last_digit(value: &Decimal) -> f64 {
    Decimal::new(1.into(), value.exponent()).to_f64()
}

struct Document<'a> {
    elements: &'a [Element<'a>],
    /// How many values were held against limits.
    compared: Cell<usize>,
    /// Units that were read: most values of a document have the same few.
    units: RefCell<BTreeMap<&'a str, Option<Rc<Unit>>>>,
}

impl<'a> Document<'a> {
    fn children(&self, element: &'a Element<'a>) -> impl Iterator<Item = &'a Element<'a>> + use<'a> {
        let elements = self.elements;
        children(elements, element)
    }

    fn child(&self, element: &'a Element<'a>, names: &[&str]) -> Option<&'a Element<'a>> {
        self.children(element).find(|child| names.contains(&child.name))
    }

    /// The values of a `real` or of a list; none where one of them was not understood.
    fn stated(&self, real: &'a Element<'a>) -> Option<Vec<Stated<'a>>> {
        let values = &self.child(real, &["value", "valueXMLList"])?.text;
        let units = self.child(real, &["unit", "unitXMLList"])?.text.split_whitespace();
        let units: Vec<Rc<Unit>> = units.map(|text| self.unit(text)).collect::<Option<_>>()?;
        let only = units.first().filter(|_| units.len() == 1);
        values
            .split_whitespace()
            .enumerate()
            .map(|(place, value)| {
                let unit = Rc::clone(only.or_else(|| units.get(place))?);
                value.parse::<Decimal>().ok().map(|_| Stated { text: value, unit })
            })
            .collect()
    }

    fn unit(&self, text: &'a str) -> Option<Rc<Unit>> {
        let mut units = self.units.borrow_mut();
        units.entry(text).or_insert_with(|| unit::read(text).0.map(Rc::new)).clone()
    }

    /// The values of a `quantity`: of its hybrid, the first statement.
    fn values(&self, quantity: &'a Element<'a>) -> Option<Vec<Stated<'a>>> {
        let reals = ["real", "realListXMLList", "constant"];
        let holder = self.child(quantity, &["hybrid"]).unwrap_or(quantity);
        self.stated(self.child(holder, &reals)?)
    }

    /// What stands beside the values of a list is one for all or one for each. Uncertainties are compared by the reader.
    fn lengths(&self, list: &'a Element<'a>) -> Option<Finding> {
        const VALUES: [&str; 3] = ["valueXMLList", "valueRealXMLList", "valueMagnitudeXMLList"];
        const BESIDE: [&str; 10] = [
            "labelXMLList",
            "valueImagXMLList",
            "valuePhaseXMLList",
            "unitXMLList",
            "unitPhaseXMLList",
            "significantDigitXMLList",
            "dateTimeXMLList",
            "intervalMinXMLList",
            "intervalMaxXMLList",
            "distributionXMLList",
        ];
        const UNIVARIATE: [&str; 4] = [
            "measurementUncertaintyUnivariateXMLList",
            "coverageIntervalMUXMLList",
            "coverageIntervalXMLList",
            "expandedUncXMLList",
        ];
        let values = self.child(list, &VALUES)?.text.split_whitespace().count();
        let mut holders = vec![list];
        while let Some(holder) = holders.pop() {
            for child in self.children(holder) {
                if UNIVARIATE.contains(&child.name) || child.name.ends_with("MUXMLList") && child.text.is_empty() {
                    holders.push(child);
                }
                let others = child.text.split_whitespace().count();
                if BESIDE.contains(&child.name) && others != 1 && others != values {
                    let finding = Finding::error("list-lengths-differ").with("values", values);
                    return Some(finding.with("others", others));
                }
            }
        }
        None
    }

    /// Two statements of one value may differ by one in the last digit of each, not by more.
    fn disagreement(&self, hybrid: &'a Element<'a>) -> Option<Finding> {
        let mut all = self.children(hybrid).map(|real| self.stated(real));
        let first = all.next()??;
        for other in all.flatten() {
            for (one, other) in first.iter().zip(&other) {
                let (value, slack) = one.in_unit(&other.unit)?;
                let digits = other.value();
                let stated = digits.to_f64();
                // The doubles themselves are good to some sixteen digits.
                let slack = slack + last_digit(&digits) + stated.abs() * 1e-12;
                if (value - stated).abs() > slack {
                    let finding = Finding::error("hybrid-values-disagree");
                    return Some(finding.with("one", one.text()).with("other", other.text()));
                }
            }
        }
        None
    }

    /// "pass" where a value lies outside the limits that stand beside it.
    fn contradiction(&self, quantity: &'a Element<'a>) -> Option<Finding> {
        let meta = self.child(quantity, &["measurementMetaData"])?;
        let values = self.values(quantity)?;
        self.children(meta).find_map(|meta| {
            let status = &self.child(meta, &["conformity", "conformityXMLList"])?.text;
            let statuses: Vec<&str> = status.split_whitespace().collect();
            let data = self.child(meta, &["data"])?;
            let limits = |end: &str| {
                self.quantities(data)
                    .into_iter()
                    .find(|limit| limit.ref_type.ends_with(end))
                    .and_then(|limit| self.values(limit))
                    .unwrap_or_default()
            };
            let (lower, upper) = (limits("LimitLower"), limits("LimitUpper"));
            if lower.is_empty() && upper.is_empty() {
                return None;
            }
            self.compared.set(self.compared.get().saturating_add(values.len()));
            if self.compared.get() > MOST_COMPARED {
                return Some(Finding::info("conformity-uncompared").with("limit", MOST_COMPARED));
            }
            values.iter().enumerate().find_map(|(place, value)| {
                let stated = statuses.get(if statuses.len() == 1 { 0 } else { place })?;
                if *stated != "pass" {
                    return None;
                }
                let at = |limits: &'_ [Stated<'a>]| -> Option<(f64, f64, String)> {
                    let limit = limits.get(if limits.len() == 1 { 0 } else { place })?;
                    let (value, _) = value.in_unit(&limit.unit)?;
                    Some((value, limit.value().to_f64(), limit.text()))
                };
                let slack = |limit: f64| limit.abs() * 1e-12;
                let below = at(&lower).filter(|(value, limit, _)| *value < limit - slack(*limit));
                let above = at(&upper).filter(|(value, limit, _)| *value > limit + slack(*limit));
                let (_, _, limit) = below.or(above)?;
                let finding = Finding::error("conformity-contradicted").with("stated", stated);
                Some(finding.with("value", value.text()).with("limits", limit))
            })
        })
    }

    /// The quantities of data, also those in lists.
    fn quantities(&self, data: &'a Element<'a>) -> Vec<&'a Element<'a>> {
        let mut found = Vec::new();
        for child in self.children(data) {
            match child.name {
                "quantity" => found.push(child),
                "list" => found.extend(self.quantities(child)),
                _ => {}
            }
        }
        found
    }

    /// A reference to a certificate whose hash is none: nobody can tell which file was meant.
    fn unhashed(&self, reference: &'a Element<'a>) -> Option<Finding> {
        let stated = self.child(reference, &["value"])?;
        let number = self.child(reference, &["referralID"]).map(|number| shown(&number.text)).unwrap_or_default();
        let finding = Finding::warning("certificate-reference-without-hash");
        (!is_hash(&stated.text)).then(|| finding.with("number", number).with("stated", shown(&stated.text)))
    }

    fn broken_references(&self, told: &mut Told) {
        let mut ids = BTreeSet::new();
        for element in self.elements {
            if let Some(id) = &element.id
                && !ids.insert(id.trim())
            {
                told.push(element.offset, Finding::error("reference-duplicate").with("reference", shown(id)));
            }
        }
        for element in self.elements {
            for reference in element.references.split_whitespace().filter(|reference| !ids.contains(reference)) {
                told.push(element.offset, Finding::error("reference-broken").with("reference", shown(reference)));
            }
        }
    }
}

fn undecodable(element: &Element<'_>) -> Option<Finding> {
    let packed: String = element.text.split_whitespace().collect();
    let is_wrong = packed.is_empty() || STANDARD.decode(packed).is_err();
    is_wrong.then(|| Finding::error("embedded-file-undecodable").with("name", element.name))
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
