//! What the log says for plans, followed statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use heng_statement::plan::{Attestation, ForecastSeal, ForecastStep, Observation, PlanPublication, PlanReport};
use heng_statement::{Authorization, Body, Correction, NormStep, Role, Statement, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::norm::{Feedback, NormLog, Staged};

/// Who said something, when and where in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The statement.
    pub hash: StatementHash,
    /// Its place in the log.
    pub index: u64,
    /// Who.
    pub issuer: String,
    /// When, by the issuer's clock.
    pub made_at: Timestamp,
    /// The day from which on it should not be relied on, where whoever said it or the authority took it back.
    pub withdrawn_from: Option<Date>,
}

impl Said {
    /// Whether nobody has taken it back by a day.
    pub fn stands(&self, day: Date) -> bool {
        self.withdrawn_from.is_none_or(|from| day < from)
    }

    /// The last day of something that holds through a day, if it was not taken back from its first day on.
    pub(super) fn through(&self, from: Date, through: Option<Date>) -> Option<Option<Date>> {
        match self.withdrawn_from {
            None => Some(through),
            Some(withdrawn) if withdrawn <= from => None,
            Some(withdrawn) => {
                let last = withdrawn.yesterday().ok()?;
                Some(Some(through.map_or(last, |through| through.min(last))))
            }
        }
    }
}

/// A plan that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Who and when.
    pub said: Said,
    /// What.
    pub publication: PlanPublication,
}

/// A fact that was attested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attested {
    /// Who and when.
    pub said: Said,
    /// What.
    pub attestation: Attestation,
}

/// A forecast as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForecastLog {
    /// Who and when.
    pub said: Said,
    /// The latest time that any statement before it in the log bears: it was not sealed earlier than that.
    pub not_before: Timestamp,
    /// What.
    pub seal: ForecastSeal,
}

/// What was observed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// Who and when.
    pub said: Said,
    /// What.
    pub observation: Observation,
}

/// A report that was frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// Who and when.
    pub said: Said,
    /// What.
    pub report: PlanReport,
}

/// A right to attest, granted by the authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    from: Date,
    through: Date,
    /// The districts it is for; empty for all.
    districts: Vec<String>,
}

/// Everything that was said for plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanLog {
    published: Vec<Published>,
    attested: Vec<Attested>,
    seals: Vec<ForecastLog>,
    observed: Vec<Observed>,
    norms: BTreeMap<String, NormLog>,
    feedback: Vec<Feedback>,
    reports: Vec<Reported>,
    granted: BTreeMap<String, Vec<Granted>>,
    /// What can be taken back. Most corrections are of certificates, and must not walk through everything that was attested.
    known: BTreeSet<StatementHash>,
    /// The latest time that a statement of the log bears.
    clock: Option<Timestamp>,
}

impl PlanLog {
    /// The plans that were published, the last one last.
    pub fn published(&self) -> &[Published] {
        &self.published
    }

    /// The publication that is in force: the last one that stands.
    pub fn in_force(&self, day: Date) -> Option<&Published> {
        self.published.iter().rev().find(|published| published.said.stands(day))
    }

    /// What was attested by those entitled to, in the order of the log.
    pub fn attested(&self) -> &[Attested] {
        &self.attested
    }

    /// The forecasts that were sealed, in the order of the log.
    pub fn seals(&self) -> &[ForecastLog] {
        &self.seals
    }

    /// What was observed, in the order of the log.
    pub fn observed(&self) -> &[Observed] {
        &self.observed
    }

    /// The norms, by number.
    pub fn norms(&self) -> impl Iterator<Item = (&str, &NormLog)> {
        self.norms.iter().map(|(number, norm)| (number.as_str(), norm))
    }

    /// The norm with this number.
    pub fn norm(&self, number: &str) -> Option<&NormLog> {
        self.norms.get(number)
    }

    /// What those said who used clauses, in the order of the log.
    pub fn feedback(&self) -> &[Feedback] {
        &self.feedback
    }

    /// The reports that were frozen, in the order of the log.
    pub fn reports(&self) -> &[Reported] {
        &self.reports
    }

    /// Whether a party may state facts of a district on a day: the authority may, and whoever it has authorized.
    pub fn may_attest(&self, anchor: &str, party: &str, district: Option<&str>, day: Date) -> bool {
        let covers = |granted: &Granted| {
            let is_there = |code: &str| granted.districts.iter().any(|one| one == code);
            granted.from <= day
                && day <= granted.through
                && (granted.districts.is_empty() || district.is_some_and(is_there))
        };
        party == anchor || self.granted.get(party).is_some_and(|all| all.iter().any(covers))
    }

    /// Follows the log by one statement. What nobody was entitled to say changes nothing.
    pub(crate) fn note(&mut self, index: u64, hash: &StatementHash, statement: &Statement, anchor: &str) {
        let before = self.clock;
        self.clock = self.clock.max(Some(statement.made_at));
        let said = || Said {
            hash: hash.clone(),
            index,
            issuer: statement.issuer.clone(),
            made_at: statement.made_at,
            withdrawn_from: None,
        };
        if matches!(statement.body, Body::Plan(_) | Body::Report(_) | Body::Attest(_) | Body::Fcst(_) | Body::Life(_)) {
            self.known.insert(hash.clone());
        }
        let issuer = statement.issuer.as_str();
        let day = statement.legal_day();
        match &statement.body {
            Body::Auth(granted) if issuer == anchor => self.grant(granted),
            Body::Plan(publication) if issuer == anchor => {
                self.published.push(Published { said: said(), publication: publication.clone() });
            }
            Body::Report(report) if issuer == anchor => {
                self.reports.push(Reported { said: said(), report: PlanReport::clone(report) });
            }
            // Nobody is a witness in their own matter.
            Body::Attest(attested)
                if attested.subject != issuer && self.may_attest(anchor, issuer, attested.district.as_deref(), day) =>
            {
                self.attested.push(Attested { said: said(), attestation: Attestation::clone(attested) });
            }
            Body::Fcst(step) if self.may_attest(anchor, issuer, Some(step.subject().1), day) => match step {
                ForecastStep::Seal(seal) => {
                    let not_before = before.unwrap_or(statement.made_at);
                    self.seals.push(ForecastLog { said: said(), not_before, seal: seal.clone() });
                }
                ForecastStep::Observation(seen) => {
                    self.observed.push(Observed { said: said(), observation: seen.clone() });
                }
            },
            Body::Life(step) => match &**step {
                NormStep::Stage(stage) if self.may_attest(anchor, issuer, None, day) => {
                    let staged = Staged { said: said(), stage: stage.clone() };
                    self.norms.entry(stage.norm.clone()).or_default().stages.push(staged);
                }
                NormStep::Stage(_) => {}
                // Whoever used a clause may say so.
                NormStep::Feedback(feedback) => {
                    self.feedback.push(Feedback { said: said(), feedback: feedback.clone() });
                }
            },
            Body::Correct(correction) => self.withdraw(issuer, anchor, correction),
            _ => {}
        }
    }

    fn grant(&mut self, authorization: &Authorization) {
        if authorization.roles.contains(&Role::Attest) {
            self.granted.entry(authorization.party.clone()).or_default().push(Granted {
                from: authorization.valid_from,
                through: authorization.valid_through,
                districts: authorization.scope.iter().filter_map(|scope| scope.district.clone()).collect(),
            });
        }
    }

    fn withdraw(&mut self, issuer: &str, anchor: &str, correction: &Correction) {
        if !self.known.contains(&correction.statement) {
            return;
        }
        let stages = self.norms.values_mut().flat_map(|norm| &mut norm.stages).map(|one| &mut one.said);
        let all = (self.published.iter_mut().map(|one| &mut one.said))
            .chain(self.attested.iter_mut().map(|one| &mut one.said))
            .chain(self.seals.iter_mut().map(|one| &mut one.said))
            .chain(self.observed.iter_mut().map(|one| &mut one.said))
            .chain(self.reports.iter_mut().map(|one| &mut one.said))
            .chain(self.feedback.iter_mut().map(|one| &mut one.said))
            .chain(stages);
        for said in all.filter(|said| said.hash == correction.statement) {
            // The first correction by someone entitled stands.
            if said.withdrawn_from.is_none() && (said.issuer == issuer || issuer == anchor) {
                said.withdrawn_from = Some(correction.from);
            }
        }
    }
}
