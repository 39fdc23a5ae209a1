//! What fails together: instruments of one maker's model, those that one laboratory passed, those that were passed with one standard.
//!
//! An instrument counts once. It failed if a look of the last two years found it so: a certificate that rejects it, or readings that alarm. Otherwise it is in
//! order if one found it in order. Whoever passed it is who verified it last before that look.

use std::collections::{BTreeMap, BTreeSet};

pub use heng_sampling::Proportion;
use heng_sampling::excess::{adjusted, excess};
use heng_statement::CertificateKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::Inventory;
use crate::inventory::{Certified, Entered};

/// Looks longer ago than so many years say nothing of what fails now.
const YEARS: i32 = 2;

/// Fewer that fail are no pattern.
const LEAST: u64 = 3;

/// Of a hundred cities in which nothing fails together one has a group named.
pub const SIGNIFICANCE: f64 = 0.01;

/// The sorts of what instruments have in common, each compared by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Model,
    PassedBy,
    PassedWith,
}

/// What instruments have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Shared {
    /// Maker and model.
    Model {
        /// The maker, in Chinese where it has a Chinese name.
        maker: String,
        /// The model.
        model: String,
    },
    /// The laboratory that passed them.
    PassedBy {
        /// Its identifier.
        laboratory: String,
    },
    /// The standard with which they were passed.
    PassedWith {
        /// Its identifier.
        standard: String,
    },
}

impl Shared {
    fn sort(&self) -> Sort {
        match self {
            Self::Model { .. } => Sort::Model,
            Self::PassedBy { .. } => Sort::PassedBy,
            Self::PassedWith { .. } => Sort::PassedWith,
        }
    }
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The day.
    pub on: Date,
    /// Whether it failed.
    pub has_failed: bool,
}

/// An instrument at the look that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The instrument.
    pub thing: String,
    /// Its kind.
    pub kind: String,
    /// What was found.
    pub look: Look,
    /// What it has in common with others.
    pub shares: BTreeSet<Shared>,
}

/// Some that have something in common, of which more fail than of the others of their kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cause {
    /// The kind of instruments.
    pub instruments: String,
    /// What they have in common.
    pub shared: Shared,
    /// How many of them failed, with the interval of that share.
    pub share: Proportion,
    /// The same of the others of their kind of which the same is known.
    pub others: Proportion,
    /// The probability that chance alone names any group at least as striking.
    pub probability: f64,
    /// Those that failed.
    pub failed: Vec<String>,
}

/// What fails together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Causes {
    /// Instruments of which a look says something.
    pub looked: u64,
    /// Those that failed.
    pub failed: u64,
    /// Groups that were looked at.
    pub groups: u64,
    /// Those that stand out, the most striking first.
    pub found: Vec<Cause>,
}

impl Inventory {
    /// The look at an instrument that counts on a day. `looks` are what readings said of it, beside its certificates.
    pub fn looked(&self, id: &str, thing: &Entered, looks: &[Look], on: Date) -> Option<Looked> {
        let instrument = thing.registration.as_ref()?.instrument.as_ref()?;
        let since = on.checked_sub(YEARS.years()).unwrap_or(on);
        let stands = |one: &&Certified| one.correction.is_none() && one.performed_on <= on;
        let certified: Vec<&Certified> = self.certificates_of(thing).filter(stands).collect();
        let by_certificate = certified.iter().filter_map(|one| {
            let has_failed = match one.kind {
                CertificateKind::Verification => false,
                CertificateKind::RejectionNotice => true,
                CertificateKind::Calibration => return None,
            };
            Some(Look { on: one.performed_on, has_failed })
        });
        let counts = |look: &Look| since <= look.on && look.on <= on;
        let look =
            by_certificate.chain(looks.iter().copied()).filter(counts).max_by_key(|look| (look.has_failed, look.on))?;
        let passed =
            certified.iter().filter(|one| one.kind == CertificateKind::Verification && one.performed_on < look.on);
        let passed = passed.max_by_key(|one| one.performed_on);
        let maker = &instrument.manufacturer;
        let maker = if maker.zh.is_empty() { &maker.en } else { &maker.zh };
        let mut shares = BTreeSet::new();
        if !maker.is_empty() && !instrument.model.is_empty() {
            shares.insert(Shared::Model { maker: maker.clone(), model: instrument.model.clone() });
        }
        if let Some(passed) = passed {
            shares.insert(Shared::PassedBy { laboratory: passed.issuer.clone() });
            let standards = passed.standards.iter().filter_map(|hash| self.certificate(hash));
            shares.extend(standards.map(|one| Shared::PassedWith { standard: one.thing.clone() }));
        }
        Some(Looked { thing: id.to_owned(), kind: instrument.kind.clone(), look, shares })
    }
}

/// The groups of which more fail than of the others of their kind. All groups that have others beside them are one family.
///
/// Whom nobody passed before the look that counts is in no group of those that somebody passed, and not among the others of such a group either: that
/// instruments were looked at a second time goes with what was found, and would else look like the work of who looked first.
pub fn common_causes(looked: &[Looked]) -> Causes {
    let mut wholes: BTreeMap<(&str, Sort), (u64, u64)> = BTreeMap::new();
    let mut groups: BTreeMap<(&str, &Shared), (u64, Vec<&str>)> = BTreeMap::new();
    for one in looked {
        for sort in one.shares.iter().map(Shared::sort).collect::<BTreeSet<Sort>>() {
            let (all, failed) = wholes.entry((&one.kind, sort)).or_default();
            *all += 1;
            *failed += u64::from(one.look.has_failed);
        }
        for shared in &one.shares {
            let (of, failed) = groups.entry((&one.kind, shared)).or_default();
            *of += 1;
            failed.extend(one.look.has_failed.then_some(one.thing.as_str()));
        }
    }
    let whole = |kind: &str, shared: &Shared| wholes.get(&(kind, shared.sort())).copied().unwrap_or_default();
    groups.retain(|(kind, shared), (of, _)| LEAST <= *of && *of < whole(kind, shared).0);
    let count = |things: &Vec<&str>| things.len() as u64;
    let probabilities: Vec<f64> = groups
        .iter()
        .map(|((kind, shared), (of, failed))| {
            let (all, all_failed) = whole(kind, shared);
            excess((count(failed), *of), (all_failed, all))
        })
        .collect();
    let mut found: Vec<Cause> = groups
        .iter()
        .zip(adjusted(&probabilities))
        .filter(|((_, (_, failed)), probability)| count(failed) >= LEAST && *probability <= SIGNIFICANCE)
        .map(|(((kind, shared), (of, failed)), probability)| {
            let (all, all_failed) = whole(kind, shared);
            Cause {
                instruments: (*kind).to_owned(),
                shared: (*shared).clone(),
                share: Proportion::of(count(failed), *of),
                others: Proportion::of(all_failed - count(failed), all - of),
                probability,
                failed: failed.iter().map(|thing| (*thing).to_owned()).collect(),
            }
        })
        .collect();
    found.sort_by(|one, other| {
        one.probability.total_cmp(&other.probability).then_with(|| one.shared.cmp(&other.shared))
    });
    Causes {
        looked: looked.len() as u64,
        failed: looked.iter().filter(|one| one.look.has_failed).count() as u64,
        groups: groups.len() as u64,
        found,
    }
}
