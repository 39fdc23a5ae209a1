//! A comparison round, step by step: which statement each step makes, and what stands against it before it is said.

use heng_quantity::{Finding, Severity};
use heng_rule::Words;
use heng_statement::authority::Authority;
use heng_statement::canonical::CanonicalError;
use heng_statement::round::{Announcement, Closing, CorrectiveAction, Opening, RoundResult, RoundStep, Seal};
use heng_statement::{Body, SignedStatement, Statement, StatementHash, legal_day};
use heng_view::RoundLog;
use heng_view::round::{faults, result_faults};
use jiff::Timestamp;
use jiff::civil::Date;

/// Whose turn it is, in which round, and when.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The round.
    pub round: &'a RoundLog,
    /// Who takes the step.
    pub issuer: &'a str,
    /// When it is said.
    pub made_at: Timestamp,
    /// The person who decided it, where the issuer is an organisation.
    pub decided_by: Option<&'a str>,
}

/// What the coordinator says: there will be a round.
pub fn announcement(coordinator: &str, round: Announcement, made_at: Timestamp) -> Statement {
    let items = round.items.iter().map(|item| item.thing.clone());
    let about = std::iter::once(round.id()).chain(items).collect();
    said(coordinator, about, made_at, Vec::new(), RoundStep::Announcement(round))
}

impl Turn<'_> {
    /// What a laboratory says of its result while nobody may see it. `salt` is 32 bytes that nobody can guess, in hex.
    pub fn seal(&self, result: &RoundResult, salt: &str) -> Result<Statement, CanonicalError> {
        let sha256 = result.sealed(&self.round.hash, self.issuer, salt)?;
        let seal = Seal { round: self.round.hash.clone(), sha256, decided_by: self.person() };
        Ok(self.step(Vec::new(), RoundStep::Seal(seal)))
    }

    /// What it says once nobody can seal any more.
    pub fn opening(&self, seal: StatementHash, result: RoundResult, salt: &str) -> Statement {
        let opening = Opening {
            round: self.round.hash.clone(),
            seal: seal.clone(),
            result,
            salt: salt.to_owned(),
            names: self.round.announcement.names,
            decided_by: self.person(),
        };
        self.step(vec![seal], RoundStep::Opening(opening))
    }

    /// What the pilot says: exactly what follows from the opened results as of its day, or why nothing does.
    pub fn report(&self) -> Result<Statement, Finding> {
        let day = legal_day(self.made_at);
        let computed = self.round.state(day).computed;
        let report = computed.unwrap_or_else(|| Err(Finding::error("round-not-opened-yet")))?;
        let mut about = vec![self.round.announcement.id()];
        about.extend(self.round.announcement.items.iter().map(|item| item.thing.clone()));
        let mut cites = vec![self.round.hash.clone()];
        cites.extend(report.openings.iter().cloned());
        Ok(said(self.issuer, about, self.made_at, cites, RoundStep::Report(report)))
    }

    /// What a laboratory with an unsatisfactory result says.
    pub fn corrective_action(&self, report: StatementHash, cause: Words, action: Words, done_by: Date) -> Statement {
        let decided_by = self.person();
        let round = self.round.hash.clone();
        let committed = CorrectiveAction { round, report: report.clone(), cause, action, done_by, decided_by };
        self.step(vec![report], RoundStep::CorrectiveAction(committed))
    }

    /// What the coordinator answers.
    pub fn closing(&self, action: StatementHash, accepted: bool, reason: Words) -> Statement {
        let decided_by = self.person();
        let closing = Closing { round: self.round.hash.clone(), action: action.clone(), accepted, reason, decided_by };
        self.step(vec![action], RoundStep::Closing(closing))
    }

    fn person(&self) -> Option<String> {
        self.decided_by.map(str::to_owned)
    }

    fn step(&self, cites: Vec<StatementHash>, step: RoundStep) -> Statement {
        let cites = std::iter::once(self.round.hash.clone()).chain(cites).collect();
        said(self.issuer, vec![self.round.announcement.id()], self.made_at, cites, step)
    }
}

fn said(issuer: &str, about: Vec<String>, made_at: Timestamp, cites: Vec<StatementHash>, step: RoundStep) -> Statement {
    Statement::of(issuer, about, made_at, Body::Comp(Box::new(step))).citing(cites)
}

/// What stands against an announcement; nothing if it may be made. `is_taken` tells whether a number is another round's.
pub fn against_announcement(
    authority: &Authority,
    signed: &SignedStatement,
    is_taken: &dyn Fn(&str) -> bool,
) -> Vec<Finding> {
    let Body::Comp(step) = &signed.statement.body else { return Vec::new() };
    let RoundStep::Announcement(round) = &**step else { return Vec::new() };
    let mut found = faults(round);
    if is_taken(&round.number) {
        found.push(Finding::error("round-number-taken").with("number", &round.number));
    }
    let day = signed.statement.legal_day();
    if round.seal_by < day {
        found.push(Finding::error("round-deadline-past").with("deadline", round.seal_by).with("day", day));
    }
    found.extend(authority.round_step(signed, signed, None).err().map(|failure| failure.finding()));
    found
}

/// What stands against a step: what the view would find wrong with it if it came into the log now, and whether it is its issuer's to take.
///
/// It is the same view that everyone has afterwards, so that a step is refused beforehand exactly where it would not count.
pub fn against_step(
    authority: &Authority,
    round: &RoundLog,
    announcement: &SignedStatement,
    action: Option<&SignedStatement>,
    signed: &SignedStatement,
) -> Vec<Finding> {
    let hash = signed.hash();
    let mut next = round.clone();
    next.note(next.steps.last().map_or(next.index, |step| step.index) + 1, &hash, &signed.statement);
    // A step that is dated back is asked against all that stands in the log before it.
    let day = next.steps.iter().map(|step| step.day).max().unwrap_or(signed.statement.legal_day());
    let state = next.state(day);
    let code = round.announcement.code(&signed.statement.issuer).unwrap_or(&signed.statement.issuer).to_owned();
    let mut found: Vec<Finding> = state
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error && finding.because_of.first() == Some(&hash))
        .map(|finding| finding.finding(&code))
        .collect();
    found.extend(authority.round_step(signed, announcement, action).err().map(|failure| failure.finding()));
    found
}

/// What stands against a result before it is sealed: whoever seals something unusable finds out too late.
pub fn against_result(round: &RoundLog, result: &RoundResult) -> Vec<Finding> {
    result_faults(&round.announcement, result)
}
