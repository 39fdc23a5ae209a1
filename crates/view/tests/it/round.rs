//! How a comparison round goes, and what becomes of those who cheat. All of it is made up.

use heng_quantity::{Reported, Severity, text};
use heng_rule::Words;
use heng_statement::round::{
    Announcement, Closing, ComparisonItem, CorrectiveAction, ItemValue, NamesPublished, Opening, Participant, Protocol,
    RoundReport, RoundResult, RoundStep, Seal,
};
use heng_statement::{Body, Statement};
use heng_view::RoundLog;
use heng_view::round::{Act, Phase, RoundState, faults};
use jiff::civil::Date;

const SALT: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const COORDINATOR: &str = "party:authority";
const ITEM: &str = "thing:weight:示例";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

fn announcement() -> Announcement {
    let participant = |number: u8| Participant { party: format!("party:lab-{number}"), code: format!("L{number}") };
    Announcement {
        number: "JB-2026-03".to_owned(),
        title: words("示例：1 kg 砝码比对"),
        pilot: "party:lab-1".to_owned(),
        quantity: words("质量与标称值之差"),
        unit: text::unit("mg").unwrap(),
        items: vec![ComparisonItem { thing: ITEM.to_owned(), name: words("砝码") }],
        participants: (1..=4).map(participant).collect(),
        protocol: Protocol {
            norm: "JJF 1117-2010".to_owned(),
            reference: "weighted_mean".to_owned(),
            scores: vec!["e_n".to_owned(), "zeta".to_owned()],
            standard_deviation: None,
            standard_deviation_method: None,
            maximum_error: None,
            coverage_factor: "2".parse().unwrap(),
            coverage_probability: "0.95".parse().unwrap(),
            significance: "0.05".parse().unwrap(),
        },
        seal_by: day("2026-05-29"),
        open_by: day("2026-06-05"),
        report_by: day("2026-06-19"),
        follow_up_by: day("2026-07-03"),
        names: NamesPublished::Names,
        synthetic: true,
    }
}

fn said(issuer: &str, on: &str, step: RoundStep) -> Statement {
    Statement::of(issuer, Vec::new(), format!("{on}T12:00:00+08:00").parse().unwrap(), Body::Comp(Box::new(step)))
}

/// A log of one round, with a hash for each statement that tells which it is.
struct Log {
    round: RoundLog,
    count: u64,
}

impl Log {
    fn announced() -> Self {
        Self::of(announcement())
    }

    fn of(round: Announcement) -> Self {
        let hash = hash(0);
        let announced = said(COORDINATOR, "2026-05-01", RoundStep::Announcement(round));
        Self { round: RoundLog::new(0, &hash, &announced).unwrap(), count: 0 }
    }

    fn say(&mut self, issuer: &str, on: &str, step: RoundStep) -> String {
        self.count += 1;
        let hash = hash(self.count);
        self.round.note(self.count, &hash, &said(issuer, on, step));
        hash
    }

    fn seal(&mut self, laboratory: u8, on: &str, value: &str) -> String {
        let (party, round) = (party(laboratory), self.round.hash.clone());
        let sha256 = result(value).sealed(&round, &party, SALT).unwrap();
        self.say(&party, on, RoundStep::Seal(Seal { round, sha256, decided_by: None }))
    }

    fn open(&mut self, laboratory: u8, on: &str, seal: &str, value: &str) -> String {
        let opening = Opening {
            round: self.round.hash.clone(),
            seal: seal.to_owned(),
            result: result(value),
            salt: SALT.to_owned(),
            names: NamesPublished::Names,
            decided_by: None,
        };
        self.say(&party(laboratory), on, RoundStep::Opening(opening))
    }

    fn report(&mut self, on: &str) -> String {
        let report = self.on(on).computed.unwrap().unwrap();
        self.say("party:lab-1", on, RoundStep::Report(report))
    }

    fn on(&self, on: &str) -> RoundState {
        self.round.state(day(on))
    }

    /// The codes of what was wrong, in order, with the laboratory.
    fn wrong(&self, on: &str) -> Vec<String> {
        let said = |finding: &heng_view::round::RoundFinding| {
            format!("{} {}", finding.laboratory.clone().unwrap_or_else(|| finding.party.clone()), finding.code)
        };
        self.on(on).findings.iter().map(said).collect()
    }
}

fn hash(number: u64) -> String {
    format!("{number:064x}")
}

fn party(laboratory: u8) -> String {
    format!("party:lab-{laboratory}")
}

/// A result with U = 0.20 mg, k = 2.
fn result(value: &str) -> RoundResult {
    let uncertainty = serde_json::from_str(
        r#"{"kind":"expanded","value":"0.20","coverage_factor":"2","coverage_probability":"0.95"}"#,
    );
    let value = Reported { uncertainty: Some(uncertainty.unwrap()), ..text::parse(&format!("{value} mg")).unwrap() };
    let value = ItemValue { item: ITEM.to_owned(), value, degrees_of_freedom: None };
    RoundResult { measured_on: day("2026-05-20"), values: vec![value] }
}

const VALUES: [&str; 4] = ["1.00", "1.10", "1.05", "1.40"];

/// Everyone seals in May and opens in June; the fourth is far from the others.
fn opened() -> Log {
    let mut log = Log::announced();
    let seals: Vec<String> = (1..).zip(VALUES).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    for ((number, value), seal) in (1..).zip(VALUES).zip(seals) {
        log.open(number, "2026-06-01", &seal, value);
    }
    log
}

#[test]
fn a_round_goes_from_sealing_to_its_end() {
    let mut log = Log::announced();
    assert_eq!(log.on("2026-05-10").phase, Phase::Sealing);
    let owed: Vec<Act> = log.on("2026-05-10").duties.iter().map(|duty| duty.act).collect();
    assert_eq!(owed, [Act::Seal; 4]);
    let seals: Vec<String> = (1..).zip(VALUES).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    assert_eq!(log.on("2026-05-21").phase, Phase::Opening, "all have sealed, so that nobody has to wait");
    for ((number, value), seal) in (1..).zip(VALUES).zip(&seals).take(3) {
        log.open(number, "2026-06-01", seal, value);
    }
    let waiting = log.on("2026-06-01");
    assert_eq!(waiting.phase, Phase::Opening);
    assert!(waiting.evaluations.is_empty() && waiting.computed.is_none(), "nothing is said before all have opened");
    log.open(4, "2026-06-02", &seals[3], VALUES[3]);
    assert_eq!(log.on("2026-06-02").phase, Phase::Reporting);
    assert_eq!(log.on("2026-06-02").duties[0].act, Act::Report);
    log.report("2026-06-10");
    let reported = log.on("2026-06-10");
    assert_eq!((reported.phase, reported.difference.clone()), (Phase::FollowUp, None));
    let well: Vec<Option<bool>> = reported.participants.iter().map(|one| one.is_satisfactory).collect();
    assert_eq!(well, [Some(true), Some(true), Some(true), Some(false)]);
    let owed = &reported.duties[0];
    assert_eq!((owed.party.as_str(), owed.act, owed.is_overdue), ("party:lab-4", Act::FollowUp, false));
    assert!(log.on("2026-07-04").duties[0].is_overdue);

    let action = CorrectiveAction {
        round: log.round.hash.clone(),
        report: reported.report.unwrap().hash,
        cause: words("空气浮力修正有误"),
        action: words("改正并重测"),
        done_by: day("2026-08-01"),
        decided_by: Some("party:person:li".to_owned()),
    };
    let action = log.say("party:lab-4", "2026-06-20", RoundStep::CorrectiveAction(action));
    assert_eq!(log.on("2026-06-20").duties[0].act, Act::Close);
    let closing = |round: &str, person: &str| {
        RoundStep::Closing(Closing {
            round: round.to_owned(),
            action: action.clone(),
            accepted: true,
            reason: words("已看过重测结果"),
            decided_by: Some(person.to_owned()),
        })
    };
    let round = log.round.hash.clone();
    log.say(COORDINATOR, "2026-08-01", closing(&round, "party:person:li"));
    assert_eq!(log.wrong("2026-08-01"), [format!("{COORDINATOR} round-self-approval")]);
    assert_eq!(log.on("2026-08-01").phase, Phase::FollowUp, "the same person cannot close");
    log.say(COORDINATOR, "2026-08-02", closing(&round, "party:person:wang"));
    assert_eq!(log.on("2026-08-02").phase, Phase::Closed);
    assert_eq!(log.on("2026-06-10").phase, Phase::FollowUp, "what was on a day stays what it was");
}

#[test]
fn the_report_is_the_weighted_mean_with_degrees_of_equivalence_and_e_n() {
    // Four results with u = 0.10: the mean of 1.00, 1.10, 1.05 and 1.40 is 1.1375 with u = 0.05; d = 0.2625, u(d) = √(0.01 − 0.0025) = 0.0866,
    // so that U(d) = 0.17 and E_n = 0.2625/0.1732 = 1.52 (JJF 1117-2010; ISO 13528:2022, 9.7, with the covariance of the mean).
    let report = opened().on("2026-06-02").computed.unwrap().unwrap();
    let item = &report.items[0];
    assert_eq!(item.reference.text(), "(1.14\u{a0}±\u{a0}0.10)\u{a0}mg");
    assert!((item.exact_value.to_f64() - 1.1375).abs() < 1e-12);
    assert!((item.exact_standard_uncertainty.to_f64() - 0.05).abs() < 1e-12);
    let last = &item.laboratories[3];
    assert_eq!(last.difference.text(), "(0.26\u{a0}±\u{a0}0.17)\u{a0}mg");
    let score = &last.scores[0];
    assert!((score.exact_value.to_f64() - 0.2625 / (2.0 * 0.0075_f64.sqrt())).abs() < 1e-12);
    assert_eq!((score.judgement.as_str(), last.is_satisfactory), ("unsatisfactory", false));
}

#[test]
fn a_report_computed_again_is_the_same_to_the_last_digit() {
    let (one, other) = (opened().on("2026-06-02"), opened().on("2026-12-31"));
    assert_eq!(one.computed, other.computed);
    // And it is the same after it was written and read.
    let report = one.computed.unwrap().unwrap();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<RoundReport>(&text).unwrap(), report);
}

#[test]
fn a_changed_result_is_not_what_was_sealed() {
    let mut log = Log::announced();
    let seals: Vec<String> = (1..).zip(VALUES).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    for ((number, value), seal) in (1..).zip(VALUES).zip(&seals).take(3) {
        log.open(number, "2026-06-01", seal, value);
    }
    // It has seen the others and moves nearer.
    log.open(4, "2026-06-02", &seals[3], "1.10");
    assert_eq!(log.wrong("2026-06-02"), ["L4 round-not-as-sealed"]);
    assert_eq!(log.on("2026-06-02").phase, Phase::Opening);
    let state = log.on("2026-06-06");
    let report = state.computed.unwrap().unwrap();
    assert_eq!(report.openings.len(), 3);
    assert_eq!(
        (report.without_result[0].code.as_str(), report.without_result[0].reason.as_str()),
        ("L4", "round-not-as-sealed")
    );
    // It may still open what it sealed.
    log.open(4, "2026-06-03", &seals[3], VALUES[3]);
    assert_eq!(log.on("2026-06-03").phase, Phase::Reporting);
}

#[test]
fn a_copied_seal_opens_nothing() {
    let mut log = Log::announced();
    let seals: Vec<String> =
        (1..).zip(VALUES).take(3).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    let copied = result(VALUES[0]).sealed(&log.round.hash, "party:lab-1", SALT).unwrap();
    let seal = Seal { round: log.round.hash.clone(), sha256: copied, decided_by: None };
    let seal = log.say("party:lab-4", "2026-05-21", RoundStep::Seal(seal));
    log.open(1, "2026-06-01", &seals[0], VALUES[0]);
    log.open(4, "2026-06-02", &seal, VALUES[0]);
    assert_eq!(log.wrong("2026-06-02"), ["L4 round-not-as-sealed"]);
}

#[test]
fn what_is_sealed_late_does_not_count_whatever_the_clock_says() {
    let mut log = Log::announced();
    log.seal(1, "2026-05-20", VALUES[0]);
    let late = log.seal(2, "2026-05-30", VALUES[1]);
    assert_eq!(log.wrong("2026-05-30")[0], "L2 round-sealed-late");
    // The third dates its seal back; but it stands in the log behind what was said on the 30th.
    log.seal(3, "2026-05-28", VALUES[2]);
    assert_eq!(log.wrong("2026-05-30")[1], "L3 round-sealed-late");
    log.open(2, "2026-06-01", &late, VALUES[1]);
    assert!(log.wrong("2026-06-01").contains(&"L2 round-opened-without-seal".to_owned()));
    assert!(log.wrong("2026-06-01").contains(&"L4 round-not-sealed".to_owned()));
}

#[test]
fn nothing_is_blind_once_a_result_is_open() {
    let mut log = Log::announced();
    let seals: Vec<String> = (1..).zip(VALUES).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    log.open(1, "2026-05-21", &seals[0], VALUES[0]);
    // All had sealed, so this was no early opening; but now nobody can seal again, although the deadline is not over.
    log.seal(4, "2026-05-22", "1.01");
    assert_eq!(log.wrong("2026-05-22"), ["L4 round-sealed-after-opening"]);
    let opened = log.open(4, "2026-05-23", &seals[3], VALUES[3]);
    assert_eq!(
        log.on("2026-05-23").participants[3].opening.as_ref().unwrap().hash,
        opened,
        "the first seal still counts"
    );
}

#[test]
fn an_early_opening_does_not_count_and_is_said_of_those_who_seal_behind_it() {
    let mut log = Log::announced();
    let seals: Vec<String> =
        (1..).zip(VALUES).take(3).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    log.open(1, "2026-05-21", &seals[0], VALUES[0]);
    assert_eq!(log.wrong("2026-05-21"), ["L1 round-opened-early"]);
    log.seal(4, "2026-05-22", VALUES[3]);
    let finding = &log.on("2026-05-22").findings[1];
    assert_eq!((finding.code, finding.severity), ("round-sealed-after-early-opening", Severity::Warning));
    assert!(log.on("2026-05-22").participants[3].seal.is_some());
    // In time it may be opened again.
    log.open(1, "2026-06-01", &seals[0], VALUES[0]);
    assert!(log.on("2026-06-01").participants[0].opening.is_some());
}

#[test]
fn of_several_seals_the_last_in_time_counts_and_nobody_chooses() {
    let mut log = Log::announced();
    let first = log.seal(1, "2026-05-20", "1.00");
    let second = log.seal(1, "2026-05-21", "1.05");
    log.open(1, "2026-06-01", &first, "1.00");
    assert_eq!(log.wrong("2026-06-01")[0], "L1 round-opened-other-seal");
    log.open(1, "2026-06-02", &second, "1.05");
    assert!(log.on("2026-06-02").participants[0].opening.is_some());
}

#[test]
fn a_typed_figure_in_a_report_is_found_with_its_place() {
    let mut log = opened();
    let mut report = log.on("2026-06-02").computed.unwrap().unwrap();
    report.items[0].laboratories[3].scores[0].judgement = "satisfactory".to_owned();
    report.items[0].laboratories[3].is_satisfactory = true;
    log.say("party:lab-1", "2026-06-03", RoundStep::Report(report));
    let state = log.on("2026-06-03");
    assert_eq!(state.difference.as_deref(), Some("/items/0/laboratories/3"));
    assert_eq!(log.wrong("2026-06-03"), ["L1 round-report-differs"]);
    assert_eq!(state.participants[3].is_satisfactory, Some(false), "what is said of it is what was computed");
}

#[test]
fn the_pilot_reports_only_when_all_is_open_and_nobody_else_does() {
    let mut log = opened();
    let report = log.on("2026-06-02").computed.unwrap().unwrap();
    log.say("party:lab-2", "2026-06-03", RoundStep::Report(report.clone()));
    assert_eq!(log.wrong("2026-06-03"), ["L2 round-stranger"]);
    let mut early = Log::announced();
    early.seal(1, "2026-05-20", VALUES[0]);
    early.say("party:lab-1", "2026-05-21", RoundStep::Report(report));
    assert_eq!(early.wrong("2026-05-21"), ["L1 round-reported-early"]);
}

#[test]
fn the_pilot_s_own_result_can_be_the_reference() {
    let mut round = announcement();
    round.protocol.reference = Protocol::PILOT.to_owned();
    let mut log = Log::of(round);
    let seals: Vec<String> = (1..).zip(VALUES).map(|(number, value)| log.seal(number, "2026-05-20", value)).collect();
    for ((number, value), seal) in (1..).zip(VALUES).zip(seals).skip(1) {
        log.open(number, "2026-06-01", &seal, value);
    }
    assert_eq!(log.on("2026-06-06").computed.unwrap().unwrap_err().code, "round-no-reference");
    log.open(1, "2026-06-02", &hash(1), VALUES[0]);
    let report = log.on("2026-06-02").computed.unwrap().unwrap();
    assert_eq!(report.items[0].laboratories.len(), 3, "the pilot is not held against itself");
    // E_n = (1.10 − 1.00)/√(0.20² + 0.20²) = 0.354.
    assert!((report.items[0].laboratories[0].scores[0].exact_value.to_f64() - 0.1 / 0.08_f64.sqrt()).abs() < 1e-12);
    assert_eq!(log.on("2026-06-02").participants[0].is_satisfactory, None);
}

#[test]
fn a_round_that_cannot_be_held_says_why() {
    let codes = |round: &Announcement| faults(round).into_iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(&announcement()), Vec::<String>::new());
    let mut round = announcement();
    round.seal_by = day("2026-07-01");
    round.participants[1].code = "L1".to_owned();
    round.protocol.scores = vec!["z".to_owned(), "beauty".to_owned()];
    round.protocol.reference = "guess".to_owned();
    assert_eq!(
        codes(&round),
        ["round-participant-twice", "round-days", "comparison-method", "round-score-without-criterion", "round-score",]
    );
    round.participants.clear();
    round.items.clear();
    assert!(
        codes(&round).contains(&"round-participants".to_owned()) && codes(&round).contains(&"round-items".to_owned())
    );
}

#[test]
fn a_round_kept_and_taken_up_again_is_the_same() {
    let log = opened();
    let again: RoundLog = serde_json::from_str(&serde_json::to_string(&log.round).unwrap()).unwrap();
    assert_eq!(again, log.round);
    assert_eq!(again.state(day("2026-06-02")), log.on("2026-06-02"));
}
