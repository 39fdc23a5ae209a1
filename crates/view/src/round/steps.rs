//! The steps of a round in the order of the log.

use heng_statement::round::Announcement;
use heng_statement::{Body, RoundStep, Statement, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A step as it came into the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The statement.
    pub hash: StatementHash,
    /// Its place in the log.
    pub index: u64,
    /// Who took it.
    pub issuer: String,
    /// When, by the issuer's clock.
    pub made_at: Timestamp,
    /// The civil day of that.
    pub day: Date,
    /// What it says.
    pub step: RoundStep,
}

/// A round: its announcement and every step that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundLog {
    /// The announcement's statement: what the steps name.
    pub hash: StatementHash,
    /// Its place in the log.
    pub index: u64,
    /// Who coordinates.
    pub coordinator: String,
    /// When it was announced.
    pub made_at: Timestamp,
    /// What was announced.
    pub announcement: Announcement,
    /// The steps, in the order of the log.
    pub steps: Vec<Step>,
    /// The corrections of the announcement and of steps, by who made them or the authority: the correction beside what it corrects.
    pub corrected: Vec<(StatementHash, StatementHash)>,
}

impl RoundLog {
    /// A round that nobody has taken a step in; nothing where the statement announces none.
    pub fn new(index: u64, hash: &StatementHash, statement: &Statement) -> Option<Self> {
        let Body::Comp(step) = &statement.body else { return None };
        let RoundStep::Announcement(announcement) = &**step else { return None };
        Some(Self {
            hash: hash.clone(),
            index,
            coordinator: statement.issuer.clone(),
            made_at: statement.made_at,
            announcement: announcement.clone(),
            steps: Vec::new(),
            corrected: Vec::new(),
        })
    }

    /// Follows the log by one step. They come in the order of the log.
    pub fn note(&mut self, index: u64, hash: &StatementHash, statement: &Statement) {
        let Body::Comp(step) = &statement.body else { return };
        if step.round() == Some(&self.hash) {
            self.steps.push(Step {
                hash: hash.clone(),
                index,
                issuer: statement.issuer.clone(),
                made_at: statement.made_at,
                day: statement.legal_day(),
                step: (**step).clone(),
            });
        }
    }

    /// The round of statements in whatever order; `of` is the announcement.
    pub fn of<'a>(
        of: &StatementHash,
        statements: impl IntoIterator<Item = (u64, &'a StatementHash, &'a Statement)>,
        anchor: Option<&str>,
    ) -> Option<Self> {
        let mut all: Vec<_> = statements.into_iter().collect();
        all.sort_by_key(|(index, hash, _)| (*index, (*hash).clone()));
        let (index, hash, statement) = all.iter().find(|(_, hash, _)| *hash == of)?;
        let mut round = Self::new(*index, hash, statement)?;
        for (index, hash, statement) in all {
            round.note(index, hash, statement);
            if let Body::Correct(correction) = &statement.body {
                round.correct(hash, &statement.issuer, &correction.statement, anchor);
            }
        }
        Some(round)
    }

    /// Notes a correction of the announcement or of a step, if who made it was entitled to.
    pub fn correct(&mut self, by: &StatementHash, issuer: &str, of: &StatementHash, anchor: Option<&str>) {
        let own = match self.steps.iter().find(|step| step.hash == *of) {
            Some(step) => Some(step.issuer.as_str()),
            None => (*of == self.hash).then_some(self.coordinator.as_str()),
        };
        if own.is_some_and(|own| own == issuer || anchor == Some(issuer)) {
            self.corrected.push((of.clone(), by.clone()));
        }
    }

    /// The correction of a statement of the round.
    pub fn correction(&self, of: &StatementHash) -> Option<&StatementHash> {
        self.corrected.iter().find(|(corrected, _)| corrected == of).map(|(_, by)| by)
    }
}
