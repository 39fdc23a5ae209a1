//! What the log says of instruments in service.

use std::collections::{BTreeMap, BTreeSet};

use heng_statement::service::{Alert, Fix, FixAction, Inference};
use heng_statement::{Statement, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An inference of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inferred {
    /// The statement.
    pub hash: StatementHash,
    /// Who inferred.
    pub issuer: String,
    /// When.
    pub made_at: Timestamp,
    /// What.
    pub inference: Inference,
    /// Whether whoever inferred took it back.
    pub is_withdrawn: bool,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The statement.
    pub hash: StatementHash,
    /// Who says so.
    pub issuer: String,
    /// What.
    pub fix: Fix,
}

/// An alarm and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertLog {
    /// The statement.
    pub hash: StatementHash,
    /// Who raised it.
    pub issuer: String,
    /// When.
    pub made_at: Timestamp,
    /// The alarm.
    pub alert: Alert,
    /// The first answer of the one who had to act.
    pub answer: Option<Done>,
    /// Whether whoever raised it took it back before it was answered, it or the inference that it rests on.
    pub is_withdrawn: bool,
}

/// How an alarm stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertState {
    /// Nobody has answered, and the day is over.
    Overdue,
    /// Nobody has answered yet.
    Open,
    /// It was answered.
    Answered,
    /// It was taken back.
    Withdrawn,
}

impl AlertState {
    /// Its name in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl AlertLog {
    /// How it stands on a day.
    pub fn state(&self, on: Date) -> AlertState {
        match (&self.answer, self.is_withdrawn) {
            (Some(_), _) => AlertState::Answered,
            (None, true) => AlertState::Withdrawn,
            (None, false) if self.alert.answer_by < on => AlertState::Overdue,
            (None, false) => AlertState::Open,
        }
    }
}

/// Everything that was said of instruments in service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLog {
    /// By network, in the order of the log.
    networks: BTreeMap<String, Vec<Inferred>>,
    /// The network of each inference.
    inferences: BTreeMap<StatementHash, String>,
    /// Who inferred, and who was asked to act.
    concerned: BTreeSet<String>,
    alerts: BTreeMap<StatementHash, AlertLog>,
    /// The alarms about an instrument, in the order of the log.
    by_thing: BTreeMap<String, Vec<StatementHash>>,
    /// What was done, in the order of the log.
    done: Vec<Done>,
}

impl ServiceLog {
    /// The networks with what was inferred of them, the last one last.
    pub fn networks(&self) -> impl Iterator<Item = (&str, &[Inferred])> {
        self.networks.iter().map(|(network, inferred)| (network.as_str(), inferred.as_slice()))
    }

    /// What was inferred of a network, the last one last.
    pub fn network(&self, network: &str) -> &[Inferred] {
        self.networks.get(network).map_or(&[], Vec::as_slice)
    }

    /// What was inferred of a network last and stands.
    pub fn standing(&self, network: &str) -> Option<&Inferred> {
        standing(self.network(network))
    }

    /// An inference.
    pub fn inference(&self, hash: &str) -> Option<&Inferred> {
        self.network(self.inferences.get(hash)?).iter().find(|inferred| inferred.hash == hash)
    }

    /// Whether a party has inferred anything, or was asked to act.
    pub fn concerns(&self, party: &str) -> bool {
        self.concerned.contains(party)
    }

    /// All alarms, by hash.
    pub fn alerts(&self) -> impl Iterator<Item = &AlertLog> {
        self.alerts.values()
    }

    /// An alarm.
    pub fn alert(&self, hash: &str) -> Option<&AlertLog> {
        self.alerts.get(hash)
    }

    /// The alarms about an instrument, in the order of the log.
    pub fn alerts_of(&self, thing: &str) -> impl DoubleEndedIterator<Item = &AlertLog> {
        self.by_thing.get(thing).into_iter().flatten().filter_map(|hash| self.alerts.get(hash))
    }

    /// What was done, in the order of the log.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The days on which an instrument was mended where it stands.
    pub fn mended(&self, thing: &str) -> impl Iterator<Item = Date> {
        let answers = self.alerts_of(thing).filter_map(|alert| alert.answer.as_ref());
        answers.filter(|done| done.fix.action == FixAction::Repaired).map(|done| done.fix.done_on)
    }

    /// Follows an inference. `keeper` keeps the network.
    pub(crate) fn infer(
        &mut self,
        hash: &StatementHash,
        statement: &Statement,
        inference: &Inference,
        keeper: Option<&str>,
    ) {
        if keeper != Some(statement.issuer.as_str()) {
            return;
        }
        self.concerned.insert(statement.issuer.clone());
        self.inferences.insert(hash.clone(), inference.network.clone());
        self.networks.entry(inference.network.clone()).or_default().push(Inferred {
            hash: hash.clone(),
            issuer: statement.issuer.clone(),
            made_at: statement.made_at,
            inference: inference.clone(),
            is_withdrawn: false,
        });
    }

    /// Follows an alarm.
    pub(crate) fn alarm(&mut self, hash: &StatementHash, statement: &Statement, alert: &Alert) {
        let inferred = self.inference(&alert.inference);
        let rests = inferred.is_some_and(|inferred| inferred.issuer == statement.issuer && !inferred.is_withdrawn);
        if !rests || !alert.state.is_alarming() {
            return;
        }
        self.concerned.insert(alert.addressee.clone());
        self.by_thing.entry(alert.thing.clone()).or_default().push(hash.clone());
        self.alerts.insert(
            hash.clone(),
            AlertLog {
                hash: hash.clone(),
                issuer: statement.issuer.clone(),
                made_at: statement.made_at,
                alert: alert.clone(),
                answer: None,
                is_withdrawn: false,
            },
        );
    }

    /// Follows an answer, or a random sample. `keeper` keeps the instrument.
    pub(crate) fn fix(&mut self, hash: &StatementHash, statement: &Statement, fix: &Fix, keeper: Option<&str>) {
        let done = Done { hash: hash.clone(), issuer: statement.issuer.clone(), fix: fix.clone() };
        match fix.alert.as_ref().map(|alert| self.alerts.get_mut(alert)) {
            Some(Some(alert)) => {
                let is_entitled = alert.alert.addressee == statement.issuer && alert.alert.thing == fix.thing;
                if !is_entitled || alert.answer.is_some() || alert.is_withdrawn {
                    return;
                }
                alert.answer = Some(done.clone());
            }
            None if keeper == Some(statement.issuer.as_str()) => {}
            Some(None) | None => return,
        }
        self.done.push(done);
    }

    /// Follows a withdrawal of an alarm, or of an inference with the alarms that rest on it, by whoever spoke. What was answered stays as it is: a wrong alarm
    /// that somebody acted on is one for good.
    pub(crate) fn withdraw(&mut self, issuer: &str, statement: &str) {
        let waits = |alert: &&mut AlertLog| alert.issuer == issuer && alert.answer.is_none();
        if let Some(alert) = self.alerts.get_mut(statement).filter(waits) {
            alert.is_withdrawn = true;
        }
        let network = self.inferences.get(statement).and_then(|network| self.networks.get_mut(network));
        let inferred = network.and_then(|all| all.iter_mut().find(|inferred| inferred.hash == statement));
        if let Some(inferred) = inferred.filter(|inferred| inferred.issuer == issuer) {
            inferred.is_withdrawn = true;
            for alert in self.alerts.values_mut().filter(waits).filter(|alert| alert.alert.inference == statement) {
                alert.is_withdrawn = true;
            }
        }
    }
}

/// The last of what was inferred of one network that stands.
pub fn standing(inferred: &[Inferred]) -> Option<&Inferred> {
    inferred.iter().rev().find(|one| !one.is_withdrawn)
}
