//! What a checker found, in words: one wording for the terminal, the page and the interface.

use std::collections::BTreeMap;

use heng_checker::{Answer, Check, Outcome, Reason};
use heng_quantity::Finding;
use heng_wording::{Language, Words};
use serde_json::{Value, json};

/// The word of an answer: 可信, 存疑, 无法核验.
pub fn answer(answer: Answer, words: &Words) -> String {
    let code = match answer {
        Answer::Trusted => "answer-trusted",
        Answer::Doubtful => "answer-doubtful",
        Answer::CannotCheck => "answer-cannot-check",
    };
    words.say(code, &[])
}

/// The word of an outcome: 通过, 未通过, 无法核验.
pub fn outcome(outcome: Outcome, words: &Words) -> String {
    let code = match outcome {
        Outcome::Passed => "outcome-passed",
        Outcome::Failed => "outcome-failed",
        Outcome::NotPossible => "outcome-not-possible",
    };
    words.say(code, &[])
}

/// The title of a check.
pub fn title(check: &str, words: &Words) -> String {
    words.say(&format!("check-name-{check}"), &[])
}

/// Why a check came out so, as a sentence.
pub fn reason(reason: &Reason, words: &Words) -> String {
    let mut data: BTreeMap<&str, String> =
        reason.data.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    // What was said in both languages, such as why a certificate was corrected or a laboratory's name, is there twice.
    let language = match words.language() {
        Language::Zh => "-zh",
        Language::En => "-en",
    };
    for (name, value) in &reason.data {
        if let Some(name) = name.strip_suffix(language) {
            data.insert(name, value.clone());
        }
    }
    // A reason may name another check; people know it by its title.
    if let Some(check) = reason.data.get("check") {
        data.insert("check", title(check, words));
    }
    let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.say(&format!("check-{}", reason.code), &data)
}

/// Findings as programs read them: `code`, `severity`, `line`, `column`, `message`.
pub fn findings_json(findings: &[Finding], words: &Words) -> Vec<Value> {
    findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity,
                "line": finding.position.map(|position| position.line),
                "column": finding.position.map(|position| position.column),
                "message": words.finding(&finding.code, &finding.data),
                "data": finding.data,
            })
        })
        .collect()
}

/// Whether a check is of a certificate of a standard, which a reader wants to see only if something is wrong.
pub fn is_upstream(check: &Check, number: &str) -> bool {
    check.subject != *number && check.name != "document"
}
