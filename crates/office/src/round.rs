//! Comparison rounds at work: each step is drafted, signed, asked against everything that stands against it, and appended.

use std::sync::{Mutex, PoisonError};

use heng_quantity::Finding;
use heng_rule::Words;
use heng_statement::authority::Authority;
use heng_statement::round::{Announcement, RoundResult};
use heng_statement::{Body, SignedStatement, Statement, StatementHash};
use heng_store::Question;
use heng_supervision::round::{Turn, against_announcement, against_result, against_step, announcement};
use heng_view::RoundLog;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::keys::entropy;
use crate::sealed::Secret;
use crate::{ANCHOR, Desk, Failure, Office};

/// Why a step was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// This stands against it.
    Findings(Vec<Finding>),
    /// It could not be done.
    Failure(Failure),
}

impl From<Failure> for NotTaken {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Finding> for NotTaken {
    fn from(finding: Finding) -> Self {
        Self::Findings(vec![finding])
    }
}

/// Who takes a step, and when.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// The party that says it.
    pub party: &'a str,
    /// The person who decided it.
    pub person: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// A corrective action as it is typed.
#[derive(Clone, Debug)]
pub struct Committed {
    /// What was wrong.
    pub cause: Words,
    /// What is done.
    pub action: Words,
    /// By when.
    pub done_by: Date,
}

/// Every round of a store, in the order of the log.
pub fn rounds(office: &Office) -> Result<Vec<RoundLog>, Failure> {
    let store = office.store();
    let failed = |error| Failure::of_store(store.layout().folder(), error);
    let mut said: Vec<(u64, StatementHash, Statement)> = Vec::new();
    for kind in ["comp", "correct"] {
        for entry in store.entries(Question::OfKind(kind)).map_err(failed)? {
            let signed = store.statement_at(entry.index).map_err(failed)?;
            said.extend(signed.map(|signed| (entry.index, entry.hash, signed.statement)));
        }
    }
    let is_announcement = |statement: &Statement| matches!(&statement.body, Body::Comp(step) if step.round().is_none());
    let of = |hash: &StatementHash| {
        RoundLog::of(hash, said.iter().map(|(index, hash, statement)| (*index, hash, statement)), Some(ANCHOR))
    };
    let mut rounds: Vec<RoundLog> = said
        .iter()
        .filter(|(_, _, statement)| is_announcement(statement))
        .filter_map(|(_, hash, _)| of(hash))
        .collect();
    rounds.sort_by_key(|round| round.index);
    Ok(rounds)
}

/// The round with this number: the first one, because a number is given once.
pub fn numbered(office: &Office, number: &str) -> Result<RoundLog, Failure> {
    let found = rounds(office)?.into_iter().find(|round| round.announcement.number == number);
    found.ok_or_else(|| Failure::unreadable("error-no-round").with("number", number))
}

/// What a step needs: a store with its keys, who may do what, and that one step is taken at a time.
#[derive(Clone, Copy)]
pub struct Rounds<'a> {
    /// The store.
    pub office: &'a Office,
    /// What the statements prove about keys and authorizations.
    pub authority: &'a Authority,
    /// Held while a step is asked and appended, so that nothing comes between.
    pub one_at_a_time: &'a Mutex<()>,
}

impl Desk {
    /// Comparison rounds, by who is who at this desk.
    pub fn rounds(&self) -> Rounds<'_> {
        Rounds { office: &self.office, authority: &self.authority, one_at_a_time: &self.reviewing }
    }
}

impl Rounds<'_> {
    /// Announces a round.
    pub fn announce(&self, coordinator: &str, round: Announcement, at: Timestamp) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let known = rounds(self.office)?;
        let signed = self.office.signed(&announcement(coordinator, round, at))?;
        let is_taken = |number: &str| known.iter().any(|round| round.announcement.number == number);
        unless(against_announcement(self.authority, &signed, &is_taken))?;
        self.append_step(signed)
    }

    /// Seals a result: it is kept here with its salt, and its hash comes into the log.
    pub fn seal(&self, number: &str, acting: Acting<'_>, result: RoundResult) -> Result<StatementHash, NotTaken> {
        self.seal_salted(number, acting, result, entropy()?)
    }

    /// The same with a salt that is given: for a city that is the same whenever it is made.
    pub fn seal_salted(
        &self,
        number: &str,
        acting: Acting<'_>,
        result: RoundResult,
        salt: [u8; 32],
    ) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let round = numbered(self.office, number)?;
        unless(against_result(&round, &result))?;
        let secret = Secret::new(&round.hash, acting.party, result, salt);
        let statement = turn(&round, acting).seal(&secret.result, &secret.salt);
        let statement = statement
            .map_err(|error| Failure::new("error-signing").with("party", acting.party).with("reason", error))?;
        let signed = self.office.signed(&statement)?;
        self.unless_wrong(&round, &signed, None)?;
        self.office.sealed().keep(&signed.hash(), &secret)?;
        self.append_step(signed)
    }

    /// Opens what a laboratory sealed here last in time.
    pub fn reveal(&self, number: &str, acting: Acting<'_>) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let round = numbered(self.office, number)?;
        let state = round.state(crate::clock::day(acting.at));
        let sealed = state.participant(acting.party).and_then(|one| one.seal.as_ref());
        let seal = sealed
            .ok_or_else(|| Finding::error("round-nothing-sealed").with("party", acting.party).with("number", number))?;
        let secret = self.office.sealed().secret(&seal.hash)?;
        let secret = secret.ok_or_else(|| Failure::new("error-sealed-elsewhere").with("statement", &seal.hash))?;
        let statement = turn(&round, acting).opening(seal.hash.clone(), secret.result, &secret.salt);
        self.take(&round, &statement, None)
    }

    /// Reports: what follows from the opened results, and nothing that anybody typed.
    pub fn report(&self, number: &str, acting: Acting<'_>) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let round = numbered(self.office, number)?;
        let statement = turn(&round, acting).report()?;
        self.take(&round, &statement, None)
    }

    /// Commits a laboratory to a corrective action.
    pub fn follow_up(&self, number: &str, acting: Acting<'_>, committed: Committed) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let round = numbered(self.office, number)?;
        let state = round.state(crate::clock::day(acting.at));
        let report = state.report.ok_or_else(|| Finding::error("round-not-reported").with("number", number))?;
        let Committed { cause, action, done_by } = committed;
        let statement = turn(&round, acting).corrective_action(report.hash, cause, action, done_by);
        self.take(&round, &statement, None)
    }

    /// Answers the corrective action of a laboratory, named by its code or its party.
    pub fn close(
        &self,
        number: &str,
        acting: Acting<'_>,
        laboratory: &str,
        (accepted, reason): (bool, Words),
    ) -> Result<StatementHash, NotTaken> {
        let _one_at_a_time = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let round = numbered(self.office, number)?;
        let state = round.state(crate::clock::day(acting.at));
        let one = state.participants.iter().find(|one| one.code == laboratory || one.party == laboratory);
        let followed = one
            .and_then(|one| one.followed.as_ref())
            .ok_or_else(|| Finding::error("round-no-action").with("laboratory", laboratory).with("number", number))?;
        let action = self.said(&followed.action.hash)?;
        let statement = turn(&round, acting).closing(followed.action.hash.clone(), accepted, reason);
        self.take(&round, &statement, Some(&action))
    }

    /// Signs a step, asks what stands against it, and appends it.
    fn take(
        &self,
        round: &RoundLog,
        statement: &Statement,
        action: Option<&SignedStatement>,
    ) -> Result<StatementHash, NotTaken> {
        let signed = self.office.signed(statement)?;
        self.unless_wrong(round, &signed, action)?;
        self.append_step(signed)
    }

    fn unless_wrong(
        &self,
        round: &RoundLog,
        signed: &SignedStatement,
        action: Option<&SignedStatement>,
    ) -> Result<(), NotTaken> {
        let announcement = self.said(&round.hash)?;
        unless(against_step(self.authority, round, &announcement, action, signed))
    }

    fn append_step(&self, signed: SignedStatement) -> Result<StatementHash, NotTaken> {
        let hash = signed.hash();
        self.office.append(vec![signed])?;
        Ok(hash)
    }

    fn said(&self, hash: &StatementHash) -> Result<SignedStatement, Failure> {
        let store = self.office.store();
        let failed = |error| Failure::of_store(store.layout().folder(), error);
        let found = store.statement(hash).map_err(failed)?;
        found.ok_or_else(|| Failure::new("error-not-in-log").with("statement", hash))
    }
}

fn turn<'a>(round: &'a RoundLog, acting: Acting<'a>) -> Turn<'a> {
    Turn { round, issuer: acting.party, made_at: acting.at, decided_by: acting.person }
}

fn unless(found: Vec<Finding>) -> Result<(), NotTaken> {
    if found.is_empty() { Ok(()) } else { Err(NotTaken::Findings(found)) }
}
