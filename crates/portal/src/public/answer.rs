//! A checker's report as people read it: failed checks first, those that could not be made, then the passed ones by subject.

use heng_checker::{Answer, Check, Outcome, Report};
use heng_office::said;
use heng_wording::Words;

use crate::frame::address;

/// The four shapes that carry every verdict; the names are those of the symbols in the layout.
pub(crate) mod shape {
    pub(crate) const GOOD: &str = "good";
    pub(crate) const ATTENTION: &str = "attention";
    pub(crate) const BAD: &str = "bad";
    pub(crate) const UNKNOWN: &str = "unknown";
}

/// One check as a line that opens.
pub(crate) struct Line {
    pub(crate) shape: &'static str,
    pub(crate) title: String,
    pub(crate) sentence: String,
    pub(crate) outcome: String,
    /// What the check looks at, in plain words.
    pub(crate) about: String,
    /// Where its subject has a page, the subject's name and address.
    pub(crate) subject: (String, Option<String>),
    /// What was stated and found.
    pub(crate) facts: Vec<(String, String)>,
}

/// Lines under a heading.
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) lines: Vec<Line>,
}

/// What a reader is told of one certificate.
pub(crate) struct Told {
    pub(crate) shape: &'static str,
    pub(crate) word: String,
    pub(crate) sentence: String,
    pub(crate) number: Option<String>,
    pub(crate) wrong: Vec<Line>,
    pub(crate) passed: Vec<Group>,
    /// Passed checks of the standards' certificates, folded.
    pub(crate) upstream: Vec<Group>,
    pub(crate) upstream_summary: String,
    pub(crate) findings: Vec<String>,
}

/// The shape of an answer.
pub(crate) fn shape_of(answer: Answer) -> &'static str {
    match answer {
        Answer::Trusted => shape::GOOD,
        Answer::Doubtful => shape::BAD,
        Answer::CannotCheck => shape::UNKNOWN,
    }
}

/// The groups of checks that a reader meets, by the names of the checks.
const GROUPS: [(&str, &[&str]); 4] = [
    ("round", &["sealed-before-opening", "opened-as-sealed", "report-recomputed"]),
    ("paper", &["bundle", "document", "renderings", "standing", "record", "rule", "limits", "uncertainty"]),
    ("people", &["signature", "key", "authorization", "review"]),
    ("log", &["checkpoint", "witnesses", "inclusion", "receipt"]),
];

/// How a reader knows a party or a thing by its identifier; nothing where the log does not name it.
pub(crate) type Named<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The facts of a reason that are identifiers: a sentence names them, the evidence below it gives them as they are.
const IDENTIFIERS: [&str; 3] = ["party", "other", "standard"];

/// A report in words.
pub(crate) fn told(report: &Report, words: &Words, named: Named<'_>) -> Told {
    let answer = report.answer();
    let number = report.number.as_deref().unwrap_or_default();
    let count = |outcome| report.checks.iter().filter(|check| check.outcome == outcome).count().to_string();
    let counts = [
        ("passed", count(Outcome::Passed)),
        ("failed", count(Outcome::Failed)),
        ("unknown", count(Outcome::NotPossible)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let code = match answer {
        Answer::Trusted => "portal-answer-trusted",
        Answer::Doubtful => "portal-answer-doubtful",
        Answer::CannotCheck => "portal-answer-cannot-check",
    };
    let is_of_round = report.checks.iter().any(|check| check.name == "report-recomputed");
    let folder = if is_of_round { "/round/" } else { "/certificate/" };
    let line = |check: &Check| {
        let page = (!matches!(check.name, "bundle" | "document")).then(|| address(folder, &check.subject));
        line(check, "portal-check-about", page, words, named)
    };
    let of = |outcome| report.checks.iter().filter(move |check| check.outcome == outcome).map(line);
    let passed = || report.checks.iter().filter(|check| check.outcome == Outcome::Passed);
    let own = |check: &&Check| !said::is_upstream(check, number) && !is_of_chain(check);
    let mut groups: Vec<Group> = Vec::new();
    for (group, names) in GROUPS {
        let lines: Vec<Line> = passed().filter(own).filter(|check| names.contains(&check.name)).map(line).collect();
        groups.push(Group { heading: words.say(&format!("portal-checks-{group}"), &[]), lines });
    }
    let chain = passed().filter(|check| is_of_chain(check) && !said::is_upstream(check, number));
    groups.push(Group { heading: words.say("portal-checks-chain", &[]), lines: chain.map(line).collect() });
    groups.retain(|group| !group.lines.is_empty());
    let mut upstream: Vec<Group> = Vec::new();
    for check in passed().filter(|check| said::is_upstream(check, number)) {
        match upstream.iter_mut().find(|group| group.heading == check.subject) {
            Some(group) => group.lines.push(line(check)),
            None => upstream.push(Group { heading: check.subject.clone(), lines: vec![line(check)] }),
        }
    }
    let folded: usize = upstream.iter().map(|group| group.lines.len()).sum();
    Told {
        shape: shape_of(answer),
        word: said::answer(answer, words),
        sentence: words.say(code, &counts),
        number: report.number.clone(),
        wrong: of(Outcome::Failed).chain(of(Outcome::NotPossible)).collect(),
        passed: groups,
        upstream_summary: words.say("check-folded", &[("count", &folded.to_string())]),
        upstream,
        findings: report.findings.iter().map(|finding| words.finding(&finding.code, &finding.data)).collect(),
    }
}

/// A sentence without the spaces that stand between two Chinese characters: a name is written there where an identifier was foreseen.
fn closed_up(sentence: &str) -> String {
    let is_chinese =
        |sign: char| matches!(sign, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let mut closed = String::with_capacity(sentence.len());
    let mut signs = sentence.chars().peekable();
    while let Some(sign) = signs.next() {
        let before = closed.chars().next_back().is_some_and(is_chinese);
        if sign == ' ' && before && signs.peek().is_some_and(|next| is_chinese(*next)) {
            continue;
        }
        closed.push(sign);
    }
    closed
}

fn is_of_chain(check: &Check) -> bool {
    check.name.starts_with("chain")
}

/// A check in words. `about` is how the codes begin that say what checks look at, `page` the address of its subject.
pub(crate) fn line(check: &Check, about: &str, page: Option<String>, words: &Words, named: Named<'_>) -> Line {
    let mut reason = check.reason.clone();
    for (_, value) in reason.data.iter_mut().filter(|(name, _)| IDENTIFIERS.contains(&name.as_str())) {
        if let Some(name) = named(value) {
            *value = name;
        }
    }
    let facts = check.reason.data.iter().filter_map(|(name, value)| {
        let code = format!("portal-fact-{name}");
        words.knows(&code).then(|| (words.say(&code, &[]), value.clone()))
    });
    Line {
        shape: match check.outcome {
            Outcome::Passed => shape::GOOD,
            Outcome::Failed => shape::BAD,
            Outcome::NotPossible => shape::UNKNOWN,
        },
        title: said::title(check.name, words),
        sentence: closed_up(&said::reason(&reason, words)),
        outcome: said::outcome(check.outcome, words),
        about: words.say(&format!("{about}-{}", check.name), &[]),
        subject: (check.subject.clone(), page),
        facts: facts.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_a_chinese_sentence_without_spaces_and_an_identifier_with_them() {
        assert_eq!(closed_up("由 天津市计量院（示例） 签发。"), "由天津市计量院（示例）签发。");
        assert_eq!(closed_up("由 party:lab-tj 签发，共 3 份。"), "由 party:lab-tj 签发，共 3 份。");
    }
}
