//! Where documents disagree. Both places stand; nothing is averaged.

use std::collections::BTreeSet;

use heng_quantity::Finding;
use num_rational::BigRational;
use serde::Deserialize;

use super::measure::Measure;
use super::read::Plan;
use super::stated::Stated;
use super::text::{Indicator, IndicatorKind, Quote};
use crate::Words;

/// How documents disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictKind {
    /// One thing has two figures.
    ValuesDiffer,
    /// A document is called by another name.
    Alias,
    /// Figures of one name have different denominators.
    DenominatorsDiffer,
    /// A body is responsible without being named.
    SilentRule,
    /// A sign was misread.
    Slip,
    /// One copy lacks what another has.
    CopyLacks,
    /// Figures are expected and not binding.
    Attribute,
    /// Figures have no year of their own.
    YearInferred,
    /// A target of one year lies below the pace that the plan needs.
    BelowPace,
    /// Nobody is named.
    NoOwner,
}

/// A place where documents disagree, or where a reader may be misled.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// For example `X1`.
    pub id: Stated,
    /// How.
    pub kind: ConflictKind,
    /// What it is about.
    pub name: Words,
    /// The indicators it is about.
    #[serde(default)]
    pub indicators: Vec<Stated>,
    /// The indicator of the plan and the target of one year that is compared with it.
    #[serde(default)]
    pub pairs: Vec<(Stated, Stated)>,
    /// The document it is about.
    pub document: Option<Stated>,
    /// The copies it is about: the one that lacks, and the one that has.
    #[serde(default)]
    pub documents: Vec<Stated>,
    /// How the words should read.
    pub reads: Option<String>,
    /// All places.
    pub places: Vec<Quote>,
}

/// How two copies of a document differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// In words.
    Words,
    /// In a sign.
    Sign,
    /// One of them has nothing there.
    Lacks,
}

/// A difference between two copies of a document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The section.
    pub section: Stated,
    /// How they differ.
    pub kind: DifferenceKind,
    /// What each has.
    pub copies: Vec<Quote>,
}

/// Whether what a conflict claims is so: a conflict that the plan itself does not show is a mistake.
pub(super) fn check(plan: &Plan, findings: &mut Vec<Finding>) {
    for conflict in &plan.conflicts {
        let unknown: Vec<&Stated> = conflict
            .indicators
            .iter()
            .chain(conflict.pairs.iter().flat_map(|(one, two)| [one, two]))
            .filter(|id| plan.indicator(id).is_none())
            .collect();
        for id in &unknown {
            let finding = plan.finding("plan-indicator-unknown", conflict.file, id);
            findings.push(finding.with("indicator", &*conflict.id).with("asked", &***id));
        }
        for document in conflict.document.iter().chain(&conflict.documents).filter(|id| plan.document(id).is_none()) {
            let finding = plan.finding("plan-document-unknown", conflict.file, document);
            findings.push(finding.with("document", &**document));
        }
        if conflict.places.is_empty() {
            findings.push(plan.finding("plan-quote-missing", conflict.file, &conflict.id).with("row", &*conflict.id));
        }
        if unknown.is_empty() && !conflict.is_so(plan) {
            findings.push(
                plan.finding("plan-conflict-not-so", conflict.file, &conflict.id).with("conflict", &*conflict.id),
            );
        }
    }
}

impl Conflict {
    /// Whether the plan shows what is claimed.
    pub fn is_so(&self, plan: &Plan) -> bool {
        let named: Vec<&Indicator> = self.indicators.iter().filter_map(|id| plan.indicator(id)).collect();
        let document = self.document.as_ref().and_then(|id| plan.document(id));
        match self.kind {
            ConflictKind::ValuesDiffer => {
                let goals: BTreeSet<_> =
                    named.iter().map(|one| one.goal_value().map(|goal| goal.to_rational())).collect();
                let measures: BTreeSet<_> = named.iter().map(|one| one.measure.as_deref()).collect();
                goals.len() > 1 && goals.iter().all(Option::is_some) && measures.len() == 1 && self.places.len() > 1
            }
            ConflictKind::Alias => document.is_some_and(|document| !document.aliases.is_empty()),
            ConflictKind::DenominatorsDiffer => {
                let wholes: BTreeSet<_> =
                    named.iter().map(|one| plan.measure(&one.id).and_then(Measure::denominator)).collect();
                wholes.len() == named.len() && named.len() > 1 && wholes.iter().all(Option::is_some)
            }
            ConflictKind::SilentRule => document.is_some_and(|document| document.also_responsible.is_some()),
            ConflictKind::Slip => self.reads.is_some(),
            ConflictKind::CopyLacks => match self.documents.as_slice() {
                [lacks, has] => plan.differences.iter().any(|difference| {
                    difference.kind == DifferenceKind::Lacks
                        && difference.copies.iter().all(|quote| *quote.document == **has && *quote.document != **lacks)
                }),
                _ => false,
            },
            ConflictKind::Attribute => !named.is_empty() && named.iter().all(|one| one.kind == IndicatorKind::Expected),
            ConflictKind::YearInferred => !named.is_empty() && named.iter().all(|one| one.goal.inferred),
            ConflictKind::BelowPace => {
                let below = |(plan_id, work_id): &(Stated, Stated)| {
                    let pace = plan.indicator(plan_id).and_then(planned_pace)?;
                    let target = plan.indicator(work_id)?.goal_value()?.to_rational();
                    Some(target < pace)
                };
                !self.pairs.is_empty() && self.pairs.iter().all(|pair| below(pair) == Some(true))
            }
            ConflictKind::NoOwner => document.is_some_and(|document| {
                let named =
                    plan.quoted().filter(|quote| quote.document == document.id).any(|quote| !quote.duties.is_empty());
                document.default_duty.is_some() && !named
            }),
        }
    }
}

/// The pace that a plan sets itself: (goal − base)/(year of the goal − year of the base), a year.
///
/// None where the base, the goal or a year is missing, or where the years are not in this order.
pub fn planned_pace(indicator: &Indicator) -> Option<BigRational> {
    let base = indicator.base.as_ref()?;
    let years = i64::from(indicator.goal.year?) - i64::from(base.year);
    let way = indicator.goal_value()?.to_rational() - indicator.base_value()?.to_rational();
    (years > 0).then(|| way / BigRational::from_integer(years.into()))
}
