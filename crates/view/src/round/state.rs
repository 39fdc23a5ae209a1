//! The state of a round on a day, followed step by step.

use heng_quantity::Finding;
use heng_rule::Words;
use heng_statement::round::{Closing, CorrectiveAction, Opening, RoundReport, RoundResult, Seal, WithoutResult};
use heng_statement::{RoundStep, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Act, Duty, ItemEvaluation, RoundFinding, RoundLog, Step, evaluations, reported, result_faults};

/// How far a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Results are sealed.
    Sealing,
    /// Nothing can be sealed any more; results are opened.
    Opening,
    /// The report is due.
    Reporting,
    /// Reported; somebody has still to follow up.
    FollowUp,
    /// Reported, and nothing is left to do.
    Closed,
    /// The announcement was withdrawn.
    Withdrawn,
}

impl Phase {
    /// Its name in the interface and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sealing => "sealing",
            Self::Opening => "opening",
            Self::Reporting => "reporting",
            Self::FollowUp => "follow-up",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether results may be shown together: nobody can still be influenced by them.
    pub fn shows_results(self) -> bool {
        matches!(self, Self::Reporting | Self::FollowUp | Self::Closed)
    }
}

/// A step that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The statement.
    pub hash: StatementHash,
    /// Its place in the log.
    pub index: u64,
    /// When it was made.
    pub made_at: Timestamp,
}

impl Counted {
    fn of(step: &Step) -> Self {
        Self { hash: step.hash.clone(), index: step.index, made_at: step.made_at }
    }
}

/// What became of an unsatisfactory result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Followed {
    /// The corrective action.
    pub action: Counted,
    /// What was wrong, and what is done.
    pub said: (Words, Words),
    /// By when it is done.
    pub done_by: Date,
    /// The person who decided it.
    pub decided_by: Option<String>,
    /// The coordinator's answer, and whether the action was accepted.
    pub answer: Option<(Counted, bool)>,
}

impl Followed {
    /// Whether it was accepted.
    pub fn is_accepted(&self) -> bool {
        self.answer.as_ref().is_some_and(|(_, accepted)| *accepted)
    }
}

/// How one laboratory stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ParticipantState {
    /// Who.
    pub party: String,
    /// Its code.
    pub code: String,
    /// The seal that counts.
    pub seal: Option<Counted>,
    /// The opening that counts.
    pub opening: Option<Counted>,
    /// The result that counts.
    pub result: Option<RoundResult>,
    /// Why nothing counts, so far.
    pub without: &'static str,
    /// Whether it did well; nothing before there is something to say, or where it is not judged.
    pub is_satisfactory: Option<bool>,
    /// What it does about an unsatisfactory result.
    pub followed: Option<Followed>,
}

/// A round on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct RoundState {
    /// How far it is.
    pub phase: Phase,
    /// The laboratories, in the order of the announcement.
    pub participants: Vec<ParticipantState>,
    /// What the opened results say, from when they may be shown.
    pub evaluations: Vec<ItemEvaluation>,
    /// The report that follows from them, or why none does; absent before results may be shown.
    pub computed: Option<Result<RoundReport, Finding>>,
    /// The report of the pilot, if it reported.
    pub report: Option<Counted>,
    /// Where that report differs from what was computed: the JSON pointer of the first difference.
    pub difference: Option<String>,
    /// What was wrong, in the order of the log; then who is missing.
    pub findings: Vec<RoundFinding>,
    /// Who owes what.
    pub duties: Vec<Duty>,
}

impl RoundState {
    /// How a party stands.
    pub fn participant(&self, party: &str) -> Option<&ParticipantState> {
        self.participants.iter().find(|one| one.party == party)
    }

    /// What a party owes.
    pub fn owed_by<'a>(&'a self, party: &'a str) -> impl Iterator<Item = &'a Duty> {
        self.duties.iter().filter(move |duty| duty.party == party)
    }
}

impl RoundLog {
    /// The round as the log has it by the end of a day.
    pub fn state(&self, on: Date) -> RoundState {
        let mut walk = Walk::new(self, on);
        for step in self.steps.iter().filter(|step| step.day <= on) {
            walk.take(step);
        }
        walk.state()
    }
}

/// The way through the steps.
struct Walk<'a> {
    log: &'a RoundLog,
    on: Date,
    participants: Vec<ParticipantState>,
    /// The first opening that was not too early: from then on nothing is blind.
    first_opening: Option<&'a Step>,
    /// An opening before its time.
    early_opening: Option<&'a Step>,
    /// The step with the latest day so far: what comes behind it in the log was not before it.
    latest: Option<&'a Step>,
    report: Option<(&'a Step, &'a RoundReport)>,
    findings: Vec<RoundFinding>,
}

impl<'a> Walk<'a> {
    fn new(log: &'a RoundLog, on: Date) -> Self {
        let participants = log.announcement.participants.iter().map(|one| ParticipantState {
            party: one.party.clone(),
            code: one.code.clone(),
            seal: None,
            opening: None,
            result: None,
            without: "round-not-sealed",
            is_satisfactory: None,
            followed: None,
        });
        Self {
            log,
            on,
            participants: participants.collect(),
            first_opening: None,
            early_opening: None,
            latest: None,
            report: None,
            findings: Vec::new(),
        }
    }

    fn finding(&self, code: &'static str, step: &Step) -> RoundFinding {
        let laboratory = self.log.announcement.code(&step.issuer);
        RoundFinding::new(code, &step.issuer, laboratory).with("day", step.day).shown_by(&step.hash)
    }

    fn have_all_sealed(&self) -> bool {
        self.participants.iter().all(|one| one.seal.is_some())
    }

    fn take(&mut self, step: &'a Step) {
        match &step.step {
            RoundStep::Announcement(_) => {}
            RoundStep::Seal(seal) => self.seal(step, seal),
            RoundStep::Opening(opening) => self.open(step, opening),
            RoundStep::Report(report) => self.report(step, report),
            RoundStep::CorrectiveAction(action) => self.follow_up(step, action),
            RoundStep::Closing(closing) => self.close(step, closing),
        }
        if self.latest.is_none_or(|latest| latest.day < step.day) {
            self.latest = Some(step);
        }
    }

    /// Where the issuer stands among the participants; a stranger's step is a finding.
    fn place(&mut self, step: &Step) -> Option<usize> {
        let place = self.participants.iter().position(|one| one.party == step.issuer);
        if place.is_none() {
            self.findings.push(self.finding("round-stranger", step).with("step", step.step.name()));
        }
        place
    }

    fn seal(&mut self, step: &'a Step, _: &Seal) {
        let Some(place) = self.place(step) else { return };
        let deadline = self.log.announcement.seal_by;
        let refused = if step.day > deadline {
            Some(self.finding("round-sealed-late", step).with("deadline", deadline))
        } else if let Some(opening) = self.first_opening {
            Some(self.finding("round-sealed-after-opening", step).shown_by(&opening.hash))
        } else {
            // It came into the log behind something that was said after the deadline.
            self.latest.filter(|latest| latest.day > deadline).map(|latest| {
                let late = self.finding("round-sealed-late", step).with("deadline", deadline);
                late.shown_by(&latest.hash)
            })
        };
        if let Some(finding) = refused {
            if let Some(one) = self.participants.get_mut(place)
                && one.seal.is_none()
            {
                one.without = finding.code;
            }
            self.findings.push(finding);
            return;
        }
        if let Some(early) = self.early_opening {
            let finding = self.finding("round-sealed-after-early-opening", step).with("opened", early.day);
            self.findings.push(finding.shown_by(&early.hash).only_warning());
        }
        if let Some(one) = self.participants.get_mut(place) {
            // The last one in time counts: which of several is opened is nobody's choice.
            one.seal = Some(Counted::of(step));
            one.without = "round-not-opened";
        }
    }

    fn open(&mut self, step: &'a Step, opening: &Opening) {
        let Some(place) = self.place(step) else { return };
        let refusal = self.why_not_open(place, step, opening);
        let announcement = &self.log.announcement;
        let is_regular = step.day > announcement.seal_by || self.have_all_sealed();
        // Whatever it is worth, from now on somebody has seen a result.
        match is_regular {
            true => self.first_opening = self.first_opening.or(Some(step)),
            false => self.early_opening = self.early_opening.or(Some(step)),
        }
        if opening.names != announcement.names {
            self.findings.push(self.finding("round-names-differ", step).with("names", announcement.names.code()));
        }
        let Some(one) = self.participants.get_mut(place) else { return };
        match refusal {
            Some(finding) => {
                if one.opening.is_none() {
                    one.without = finding.code;
                }
                self.findings.push(finding);
            }
            None => {
                one.opening = Some(Counted::of(step));
                one.result = Some(opening.result.clone());
                if step.day > announcement.open_by {
                    let late = self.finding("round-opened-late", step).with("deadline", announcement.open_by);
                    self.findings.push(late.only_warning());
                }
            }
        }
    }

    fn why_not_open(&self, place: usize, step: &Step, opening: &Opening) -> Option<RoundFinding> {
        let log = self.log;
        let one = self.participants.get(place)?;
        let Some(seal) = &one.seal else {
            return Some(self.finding("round-opened-without-seal", step).shown_by(&opening.seal));
        };
        if one.opening.is_some() {
            return Some(self.finding("round-opened-twice", step));
        }
        if opening.seal != seal.hash {
            return Some(self.finding("round-opened-other-seal", step).shown_by(&seal.hash).shown_by(&opening.seal));
        }
        let sealed = log.steps.iter().find_map(|other| match &other.step {
            RoundStep::Seal(content) if other.hash == seal.hash => Some(&content.sha256),
            _ => None,
        });
        let computed = opening.result.sealed(&log.hash, &step.issuer, &opening.salt).ok();
        if sealed.is_none() || computed.as_ref() != sealed {
            return Some(self.finding("round-not-as-sealed", step).shown_by(&seal.hash));
        }
        if step.day <= log.announcement.seal_by && !self.have_all_sealed() {
            let early = self.finding("round-opened-early", step).with("deadline", log.announcement.seal_by);
            return Some(early.shown_by(&seal.hash));
        }
        if let Some((report, _)) = self.report {
            return Some(self.finding("round-opened-after-report", step).shown_by(&report.hash));
        }
        let fault = result_faults(&log.announcement, &opening.result).into_iter().next()?;
        Some(self.finding("round-result-unusable", step).with("fault", fault.code))
    }

    fn report(&mut self, step: &'a Step, report: &'a RoundReport) {
        let announcement = &self.log.announcement;
        if step.issuer != announcement.pilot {
            self.findings.push(self.finding("round-stranger", step).with("step", step.step.name()));
        } else if self.log.correction(&step.hash).is_some() {
            // Withdrawn by who made it, or by the authority: another one may take its place.
        } else if let Some((first, _)) = self.report {
            self.findings.push(self.finding("round-reported-twice", step).shown_by(&first.hash));
        } else if !self.is_opened_by(step.day) {
            self.findings.push(self.finding("round-reported-early", step).with("deadline", announcement.open_by));
        } else {
            if step.day > announcement.report_by {
                let late = self.finding("round-reported-late", step).with("deadline", announcement.report_by);
                self.findings.push(late.only_warning());
            }
            self.report = Some((step, report));
        }
    }

    /// Whether nobody who sealed can still open in time.
    fn is_opened_by(&self, day: Date) -> bool {
        let announcement = &self.log.announcement;
        let is_sealed = day > announcement.seal_by || self.have_all_sealed();
        let have_opened = self.participants.iter().all(|one| one.opening.is_some() || one.seal.is_none());
        day > announcement.open_by || (is_sealed && have_opened)
    }

    fn follow_up(&mut self, step: &'a Step, action: &CorrectiveAction) {
        let Some(place) = self.place(step) else { return };
        let deadline = self.log.announcement.follow_up_by;
        match self.report {
            Some((report, _)) if report.hash == action.report => {}
            _ => {
                self.findings.push(self.finding("round-action-of-other-report", step).shown_by(&action.report));
                return;
            }
        }
        if step.day > deadline {
            let late = self.finding("round-followed-up-late", step).with("deadline", deadline);
            self.findings.push(late.only_warning());
        }
        if let Some(one) = self.participants.get_mut(place)
            && one.followed.as_ref().is_none_or(|before| !before.is_accepted())
        {
            one.followed = Some(Followed {
                action: Counted::of(step),
                said: (action.cause.clone(), action.action.clone()),
                done_by: action.done_by,
                decided_by: action.decided_by.clone(),
                answer: None,
            });
        }
    }

    fn close(&mut self, step: &'a Step, closing: &Closing) {
        if step.issuer != self.log.coordinator {
            self.findings.push(self.finding("round-stranger", step).with("step", step.step.name()));
            return;
        }
        let followed = |one: &ParticipantState| {
            one.followed.as_ref().is_some_and(|followed| followed.action.hash == closing.action)
        };
        let Some(place) = self.participants.iter().position(followed) else {
            self.findings.push(self.finding("round-closed-other", step).shown_by(&closing.action));
            return;
        };
        let is_own = self.participants.get(place).is_some_and(|one| {
            let person = one.followed.as_ref().and_then(|followed| followed.decided_by.as_ref());
            one.party == step.issuer || (person.is_some() && person == closing.decided_by.as_ref())
        });
        if is_own {
            self.findings.push(self.finding("round-self-approval", step).shown_by(&closing.action));
            return;
        }
        if let Some(followed) = self.participants.get_mut(place).and_then(|one| one.followed.as_mut())
            && !followed.is_accepted()
        {
            followed.answer = Some((Counted::of(step), closing.accepted));
        }
    }

    fn state(mut self) -> RoundState {
        let announcement = &self.log.announcement;
        let is_sealed = self.on > announcement.seal_by || self.have_all_sealed();
        let is_opened = self.report.is_some() || self.is_opened_by(self.on);
        self.missing(is_sealed, is_opened);
        let (evaluations, computed) = if is_opened { self.computed() } else { (Vec::new(), None) };
        for one in &mut self.participants {
            let judged: Vec<bool> =
                evaluations.iter().filter_map(|item| item.is_satisfactory(&one.code, &announcement.protocol)).collect();
            one.is_satisfactory = (!judged.is_empty()).then(|| judged.into_iter().all(|well| well));
        }
        let difference = match (self.report, &computed) {
            (Some((_, stated)), Some(Ok(computed))) => difference(stated, computed),
            (Some(_), _) => Some("/items".to_owned()),
            (None, _) => None,
        };
        if let (Some((step, _)), Some(place)) = (self.report, &difference) {
            self.findings.push(self.finding("round-report-differs", step).with("place", place));
        }
        let is_answered = |one: &ParticipantState| {
            one.is_satisfactory != Some(false) || one.followed.as_ref().is_some_and(Followed::is_accepted)
        };
        let phase = if self.log.correction(&self.log.hash).is_some() {
            Phase::Withdrawn
        } else if self.report.is_some() {
            if self.participants.iter().all(is_answered) { Phase::Closed } else { Phase::FollowUp }
        } else if is_opened {
            Phase::Reporting
        } else if is_sealed {
            Phase::Opening
        } else {
            Phase::Sealing
        };
        RoundState {
            phase,
            duties: self.duties(phase),
            report: self.report.map(|(step, _)| Counted::of(step)),
            participants: self.participants,
            evaluations,
            computed,
            difference,
            findings: self.findings,
        }
    }

    /// Who did not seal and who did not open, once it is too late.
    fn missing(&mut self, is_sealed: bool, is_opened: bool) {
        let missing: Vec<RoundFinding> = self
            .participants
            .iter()
            .filter_map(|one| {
                let (code, deadline) = match (&one.seal, &one.opening) {
                    (None, _) if is_sealed => ("round-not-sealed", self.log.announcement.seal_by),
                    (Some(_), None) if is_opened => ("round-not-opened", self.log.announcement.open_by),
                    _ => return None,
                };
                let finding = RoundFinding::new(code, &one.party, Some(&one.code)).with("deadline", deadline);
                let seal = one.seal.as_ref().map_or(&self.log.hash, |seal| &seal.hash);
                Some(finding.shown_by(seal))
            })
            .collect();
        self.findings.extend(missing);
    }

    fn computed(&self) -> (Vec<ItemEvaluation>, Option<Result<RoundReport, Finding>>) {
        let announcement = &self.log.announcement;
        // By code: the order of the announcement would tell whose code it is.
        let mut by_code: Vec<&ParticipantState> = self.participants.iter().collect();
        by_code.sort_by(|one, other| one.code.cmp(&other.code));
        let results: Vec<(&str, &RoundResult)> =
            by_code.iter().filter_map(|one| Some((one.code.as_str(), one.result.as_ref()?))).collect();
        let evaluations = evaluations(announcement, &results);
        let openings = self.participants.iter().filter_map(|one| Some(one.opening.as_ref()?.hash.clone())).collect();
        let without = by_code
            .iter()
            .filter(|one| one.result.is_none())
            .map(|one| WithoutResult { code: one.code.clone(), reason: one.without.to_owned() })
            .collect();
        let report = reported(announcement, &self.log.hash, &evaluations, openings, without);
        (evaluations, Some(report))
    }

    fn duties(&self, phase: Phase) -> Vec<Duty> {
        let announcement = &self.log.announcement;
        let owed = |party: &str, act: Act, by: Option<Date>, because_of: &StatementHash| Duty {
            party: party.to_owned(),
            act,
            by,
            is_overdue: by.is_some_and(|by| self.on > by),
            because_of: because_of.clone(),
        };
        let mut duties = Vec::new();
        if phase == Phase::Withdrawn {
            return duties;
        }
        for one in &self.participants {
            match (&one.seal, &one.opening) {
                (None, _) if phase == Phase::Sealing => {
                    duties.push(owed(&one.party, Act::Seal, Some(announcement.seal_by), &self.log.hash));
                }
                (Some(seal), None) if matches!(phase, Phase::Opening | Phase::Reporting) => {
                    duties.push(owed(&one.party, Act::Open, Some(announcement.open_by), &seal.hash));
                }
                _ => {}
            }
            let Some((report, _)) = self.report else { continue };
            match &one.followed {
                Some(followed) if followed.answer.is_none() => {
                    let (by, action) = (Some(followed.done_by), &followed.action.hash);
                    duties.push(owed(&self.log.coordinator, Act::Close, by, action));
                }
                Some(Followed { answer: Some((answer, false)), .. }) => {
                    duties.push(owed(&one.party, Act::FollowUp, None, &answer.hash));
                }
                None if one.is_satisfactory == Some(false) => {
                    let by = Some(announcement.follow_up_by);
                    duties.push(owed(&one.party, Act::FollowUp, by, &report.hash));
                }
                _ => {}
            }
        }
        if phase == Phase::Reporting {
            duties.push(owed(&announcement.pilot, Act::Report, Some(announcement.report_by), &self.log.hash));
        }
        duties
    }
}

/// The JSON pointer of the first place at which a report is not what was computed.
fn difference(stated: &RoundReport, computed: &RoundReport) -> Option<String> {
    if stated == computed {
        return None;
    }
    if stated.openings != computed.openings {
        return Some("/openings".to_owned());
    }
    if stated.without_result != computed.without_result {
        return Some("/without_result".to_owned());
    }
    if stated.items.len() != computed.items.len() {
        return Some("/items".to_owned());
    }
    for (item, (stated, computed)) in stated.items.iter().zip(&computed.items).enumerate() {
        if stated.laboratories.len() != computed.laboratories.len() {
            return Some(format!("/items/{item}/laboratories"));
        }
        let differing = stated.laboratories.iter().zip(&computed.laboratories).position(|(one, other)| one != other);
        if let Some(place) = differing {
            return Some(format!("/items/{item}/laboratories/{place}"));
        }
        if stated != computed {
            return Some(format!("/items/{item}"));
        }
    }
    Some("/round".to_owned())
}
