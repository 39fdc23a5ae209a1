//! A certificate's chain up to the unit, and what depends on it downwards, ready to be drawn or listed.

use std::cell::Cell;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::Words;
use heng_statement::{Certificate, StatementHash};
use heng_view::chain::{Link, Top, chain};
use heng_view::impact::impact;
use serde::Serialize;

use crate::facts::certificate::stands;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// One certificate of a chain.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Step {
    /// How many steps above the certificate that was asked about.
    pub(crate) depth: u32,
    /// The statement.
    pub(crate) statement: StatementHash,
    /// The certificate below that used this one; absent for the one that was asked about.
    pub(crate) used_by: Option<StatementHash>,
    /// The certificate's number.
    pub(crate) number: String,
    /// The instrument.
    pub(crate) thing: Option<String>,
    /// Its name.
    pub(crate) name: Words,
    /// Who certified it.
    pub(crate) laboratory: Words,
    /// Whether nothing was said against it.
    pub(crate) stands: bool,
    /// The uncertainty that it states, as people read it.
    pub(crate) uncertainty: Option<String>,
    /// The same, relative to the value it was stated for, where that is not zero and has a natural zero.
    pub(crate) relative: Option<f64>,
}

/// A chain.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChainFacts {
    /// The certificate that was asked about first, then those above it.
    pub(crate) steps: Vec<Step>,
    /// Whether every branch ends where a unit is realised.
    pub(crate) complete: bool,
}

/// The chain above a certificate.
pub(crate) fn chain_facts(portal: &Portal, visit: &Visit, of: &StatementHash) -> Result<ChainFacts, Problem> {
    let chain = chain(of, &|hash| portal.statement(hash).ok().flatten());
    let mut steps = Vec::new();
    for link in &chain.links {
        let uses = |below: &&Link| {
            let standards = below.certificate().map_or(&[][..], |certificate| &certificate.standards);
            standards.iter().any(|standard| standard.certificate_statement == link.hash)
        };
        let Some(certificate) = link.certificate() else { continue };
        let is_hidden = certificate.is_own_matter() && !portal.sees_all(visit, &link.issue.statement)?;
        let stated = if is_hidden { stated(&certificate.published()) } else { stated(certificate) };
        steps.push(Step {
            depth: link.depth,
            statement: link.hash.clone(),
            used_by: chain.links.iter().find(uses).map(|below| below.hash.clone()),
            number: certificate.number.clone(),
            thing: certificate.instrument.id.clone(),
            name: certificate.instrument.name.clone(),
            laboratory: certificate.laboratory.name.clone(),
            stands: stands(portal, &link.hash)?,
            uncertainty: stated.as_ref().map(|(text, _)| text.clone()),
            relative: stated.and_then(|(_, relative)| relative),
        });
    }
    Ok(ChainFacts { steps, complete: chain.tops.iter().all(|top| *top == Top::Realisation) })
}

/// The smallest uncertainty that a certificate states, relative where that can be, and its digits.
///
/// A standard is known by what it passes on; another instrument by its results.
fn stated(certificate: &Certificate) -> Option<(String, Option<f64>)> {
    let passed = certificate.disseminates.iter().map(|passed| {
        let figure = Reported { uncertainty: None, ..passed.expanded_uncertainty.clone() };
        (figure.text(), ratio(&passed.expanded_uncertainty.value, &passed.expanded_uncertainty, &passed.to))
    });
    let measured = certificate.results.iter().flat_map(|item| &item.points).filter_map(|point| {
        let result = &point.result.quantity;
        let Some(Uncertainty::Expanded { value, .. }) = &result.uncertainty else { return None };
        let at = point.conditions.iter().find(|set| set.quantity.unit == result.unit).map(|set| &set.quantity);
        Some((result.uncertainty_text()?, at.and_then(|at| ratio(value, result, at))))
    });
    let stated: Vec<(String, Option<f64>)> =
        if certificate.disseminates.is_empty() { measured.collect() } else { passed.collect() };
    let smallest = stated
        .iter()
        .filter_map(|(text, relative)| Some((text, (*relative)?)))
        .min_by(|one, other| one.1.total_cmp(&other.1));
    match smallest {
        Some((text, relative)) => Some((text.clone(), Some(relative))),
        None => stated.into_iter().next(),
    }
}

/// U over the value, for units in which zero means nothing there.
fn ratio(uncertainty: &Decimal, of: &Reported, at: &Reported) -> Option<f64> {
    if of.unit != at.unit || of.unit.symbol().starts_with('°') {
        return None;
    }
    let (above, below) = (uncertainty.to_f64().abs(), at.value.to_f64().abs());
    (below > 0.0 && above > 0.0).then(|| above / below)
}

/// A certificate that rests on another one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Dependent {
    /// Through how many certificates.
    pub(crate) depth: u32,
    /// The certificate's number.
    pub(crate) number: String,
    /// The instrument.
    pub(crate) thing: Option<String>,
    /// Its name.
    pub(crate) name: Words,
}

/// What rests on a certificate.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Downwards {
    /// The nearest ones.
    pub(crate) nearest: Vec<Dependent>,
    /// How many were counted.
    pub(crate) count: usize,
    /// Whether the count stopped before the end: half a country may rest on a national standard.
    pub(crate) more: bool,
}

/// Those listed at once.
const SHOWN: usize = 50;

/// Those whose own users are asked for.
const FOLLOWED: usize = 500;

/// What rests on a certificate, nearest first.
pub(crate) fn downwards(portal: &Portal, of: &StatementHash) -> Result<Downwards, Problem> {
    let followed = Cell::new(0_usize);
    let users = |hash: &StatementHash| {
        followed.set(followed.get() + 1);
        if followed.get() > FOLLOWED {
            return Vec::new();
        }
        let entries = portal.store().citing(hash).unwrap_or_default();
        entries.into_iter().filter(|entry| entry.kind == "cert").map(|entry| entry.hash).collect()
    };
    let all = impact(of, &users);
    let mut nearest = Vec::new();
    let inventory = portal.inventory()?;
    for one in all.iter().take(SHOWN) {
        if let Some(certified) = inventory.certificate(&one.hash) {
            nearest.push(Dependent {
                depth: one.depth,
                number: certified.number.clone(),
                thing: Some(certified.thing.clone()).filter(|thing| !thing.is_empty()),
                name: certified.name.clone(),
            });
        }
    }
    Ok(Downwards { nearest, count: all.len(), more: followed.get() > FOLLOWED })
}
