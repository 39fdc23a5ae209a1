//! The life of norms: the stage of each on a day, which clause is cited where, and which citations name an edition that no longer stands.

use std::collections::{BTreeMap, BTreeSet};

use heng_rule::RuleSet;
use heng_statement::StatementHash;
use heng_statement::norm::{ClauseCited, ClauseFeedback, NormStage, Stage};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::log::{PlanLog, Said};
use crate::Inventory;

/// A stage that a norm has reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staged {
    /// Who and when.
    pub said: Said,
    /// What.
    pub stage: NormStage,
}

/// What somebody said of a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// Who and when.
    pub said: Said,
    /// What.
    pub feedback: ClauseFeedback,
}

/// A norm, stage by stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormLog {
    /// The stages, in the order of the log.
    pub stages: Vec<Staged>,
}

impl NormLog {
    /// The stages that stand on a day, by the day each was reached; of one day in the order of the log.
    pub fn by_day(&self, day: Date) -> Vec<&Staged> {
        let mut stages: Vec<&Staged> = self.stages.iter().filter(|one| one.said.stands(day)).collect();
        stages.sort_by_key(|one| (one.stage.on, one.said.index));
        stages
    }

    /// The stage it is at on a day.
    pub fn at(&self, day: Date) -> Option<&Staged> {
        self.by_day(day).into_iter().rfind(|one| one.stage.on <= day)
    }
}

/// A place where a norm is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cited {
    /// The norm or the rule that cites.
    pub by: String,
    /// The clause that is cited; none for the whole.
    pub clause: Option<String>,
    /// The norm as it is cited, perhaps without an edition.
    pub as_written: String,
    /// The statement that says so; none for a citation in a rule file.
    pub statement: Option<StatementHash>,
}

/// A citation that names an edition which no longer stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// Where.
    pub cited: Cited,
    /// The stage that the cited norm has reached.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
    /// What stands in its place.
    pub replaced_by: Vec<String>,
}

/// Whether a citation, dated or not, means this norm: `JJF 1001` means each edition of it.
fn means(written: &str, norm: &str) -> bool {
    let rest = norm.strip_prefix(written);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|year| year.chars().all(|one| one.is_ascii_digit()))
    })
}

/// Where norms that stand on a day cite this one. `further` are citations from elsewhere: those of rule files.
pub fn cited(log: &PlanLog, norm: &str, clause: Option<&str>, day: Date, further: &[Cited]) -> Vec<Cited> {
    let is_asked = |written: &str, of: Option<&String>| {
        means(written, norm) && clause.is_none_or(|asked| of.is_some_and(|clause| clause == asked))
    };
    let in_log = citations(log, day).into_iter();
    let mut all: BTreeSet<Cited> = in_log.chain(further.iter().cloned()).collect();
    all.retain(|one| is_asked(&one.as_written, one.clause.as_ref()));
    all.into_iter().collect()
}

/// The citations by norms that are in force on a day.
fn citations(log: &PlanLog, day: Date) -> Vec<Cited> {
    let mut all = Vec::new();
    for (number, norm) in log.norms() {
        if !norm.at(day).is_some_and(|staged| staged.stage.stage.is_in_force()) {
            continue;
        }
        for staged in norm.by_day(day) {
            all.extend(staged.stage.cites.iter().map(|ClauseCited { norm, clause }| Cited {
                by: number.to_owned(),
                clause: clause.clone(),
                as_written: norm.clone(),
                statement: Some(staged.said.hash.clone()),
            }));
        }
    }
    all
}

/// The citations that name an edition which is replaced or abolished by a day.
pub fn stale(log: &PlanLog, day: Date, further: &[Cited]) -> Vec<Stale> {
    let mut all: BTreeSet<Cited> = citations(log, day).into_iter().chain(further.iter().cloned()).collect();
    let mut found = Vec::new();
    while let Some(cited) = all.pop_first() {
        // An undated citation means whichever edition stands.
        let Some(staged) = log.norm(&cited.as_written).and_then(|norm| norm.at(day)) else { continue };
        if matches!(staged.stage.stage, Stage::Replaced | Stage::Abolished) {
            let by = |other: &NormLog| {
                other.stages.iter().any(|one| one.stage.replaces.contains(&cited.as_written) && one.said.stands(day))
            };
            let replaced_by = log.norms().filter(|(_, norm)| by(norm)).map(|(number, _)| number.to_owned()).collect();
            found.push(Stale { cited, stage: staged.stage.stage, since: staged.stage.on, replaced_by });
        }
    }
    found
}

/// By norm, how many certificates were issued under it by a day.
pub fn uses(inventory: &Inventory, rules: &RuleSet, day: Date) -> BTreeMap<String, u64> {
    let mut uses = BTreeMap::new();
    for certified in inventory.certificates().iter().filter(|one| one.issued_on <= day) {
        let norm = rules.rule(&certified.rule).map_or_else(|| certified.rule.clone(), |rule| rule.reference().norm);
        *uses.entry(norm).or_insert(0) += 1;
    }
    uses
}

/// The norms in force whose review was due before a day, each with when.
pub fn overdue(log: &PlanLog, day: Date) -> Vec<(&str, Date)> {
    let staged = log.norms().filter_map(|(number, norm)| Some((number, norm.at(day)?)));
    staged
        .filter(|(_, staged)| staged.stage.stage.is_in_force())
        .filter_map(|(number, staged)| Some((number, staged.stage.review_due.filter(|due| *due < day)?)))
        .collect()
}
