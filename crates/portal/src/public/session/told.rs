//! What was found of one reading, in words.

use heng_checker::charging::{ReadingReport, SessionFacts};
use heng_checker::{Check, Outcome};
use heng_office::said;
use heng_quantity::Reported;
use heng_statement::legal_time;
use heng_wording::Words;

use crate::frame::address;
use crate::public::answer::{Group, Line, line, shape_of};

/// A reading as the page shows it.
pub(super) struct Judged {
    pub(super) shape: &'static str,
    pub(super) word: String,
    pub(super) sentence: String,
    pub(super) subject: String,
    pub(super) figures: Option<Figures>,
    pub(super) wrong: Vec<Line>,
    pub(super) passed: Vec<Group>,
    pub(super) findings: Vec<String>,
    /// The number of the certificate that was used.
    pub(super) certificate: Option<String>,
    /// Doubtful ones first, trusted ones last.
    pub(super) rank: u8,
}

/// A session in figures.
pub(super) struct Figures {
    pub(super) energy: String,
    pub(super) began: String,
    pub(super) ended: String,
    /// In minutes and seconds.
    pub(super) took: String,
    /// Whether the meter's own signature stands by them.
    pub(super) is_signed: bool,
}

/// The groups of checks that a driver meets.
const GROUPS: [(&str, &[&str]); 2] = [
    ("receipt", &["signature", "format", "pagination", "bounds", "clock", "meter-state", "plausibility", "tariff"]),
    ("meter", &["meter", "certificate"]),
];

pub(super) fn judged(report: &ReadingReport, words: &Words) -> Judged {
    let answer = report.answer();
    let (code, rank) = match answer {
        heng_checker::Answer::Trusted => ("session-answer-trusted", 2),
        heng_checker::Answer::Doubtful => ("session-answer-doubtful", 0),
        heng_checker::Answer::CannotCheck => ("session-answer-cannot-check", 1),
    };
    let count = |outcome| report.checks.iter().filter(|check| check.outcome == outcome).count().to_string();
    let counts = [
        ("passed", count(Outcome::Passed)),
        ("failed", count(Outcome::Failed)),
        ("unknown", count(Outcome::NotPossible)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let certificate = report.checks.iter().find_map(|check| match check.name {
        "certificate" | "meter" => check.reason.data.get("number").cloned(),
        _ => None,
    });
    let is_signed = report.checks.iter().any(|check| check.name == "signature" && check.outcome == Outcome::Passed);
    let line = |check: &Check| {
        let page = match check.name {
            "certificate" | "meter" => check.reason.data.get("number").map(|number| address("/certificate/", number)),
            _ => None,
        };
        line(check, "session-about", page, words, &|_| None)
    };
    let of = |outcome| report.checks.iter().filter(move |check| check.outcome == outcome).map(line);
    let passed = |names: &[&str]| {
        let passed = report.checks.iter().filter(|check| check.outcome == Outcome::Passed);
        passed.filter(|check| names.contains(&check.name)).map(line).collect::<Vec<Line>>()
    };
    let groups = GROUPS.map(|(group, names)| Group {
        heading: words.say(&format!("session-checks-{group}"), &[]),
        lines: passed(names),
    });
    Judged {
        shape: shape_of(answer),
        word: said::answer(answer, words),
        sentence: words.say(code, &counts),
        subject: report.subject.clone(),
        figures: report.session.as_ref().map(|session| figures(session, is_signed, words)),
        wrong: of(Outcome::Failed).chain(of(Outcome::NotPossible)).collect(),
        passed: groups.into_iter().filter(|group| !group.lines.is_empty()).collect(),
        findings: report.findings.iter().map(|finding| words.finding(&finding.code, &finding.data)).collect(),
        certificate,
        rank,
    }
}

fn figures(session: &SessionFacts, is_signed: bool, words: &Words) -> Figures {
    let seconds = session.duration().as_secs();
    let took = [("minutes", (seconds / 60).to_string()), ("seconds", (seconds % 60).to_string())];
    let took: Vec<(&str, &str)> = took.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Figures {
        energy: session.energy.as_ref().map_or_else(|| "–".to_owned(), Reported::text),
        began: legal_time(session.began),
        ended: legal_time(session.ended),
        took: words.say("session-took", &took),
        is_signed,
    }
}
