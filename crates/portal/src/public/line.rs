//! The verdict line: shape, word, and the reason with its dates.

use heng_view::CertificateState as State;
use heng_wording::Words;

use crate::facts::certificate::CertificateFacts;
use crate::frame::one_of;
use crate::public::answer::shape;

/// One rule-bounded line, once on a page.
pub(crate) struct VerdictLine {
    pub(crate) shape: &'static str,
    pub(crate) word: String,
    pub(crate) reason: String,
}

/// How a certificate stands, in words.
pub(crate) fn verdict_line(facts: &CertificateFacts, words: &Words) -> VerdictLine {
    let certificate = &facts.certificate;
    let norm = certificate.rule.norm.as_str();
    let day = certificate.performed_on.to_string();
    let (shape, code, data): (_, _, Vec<(&str, String)>) = match &facts.status {
        State::Conforms { through: Some(through), days: Some(days) } => {
            (shape::GOOD, "conforms", vec![("through", through.to_string()), ("days", days.to_string())])
        }
        State::Conforms { .. } => (shape::GOOD, "conforms-without-end", vec![("norm", norm.to_owned()), ("day", day)]),
        State::DoesNotConform => (shape::BAD, "does-not-conform", vec![("norm", norm.to_owned()), ("day", day)]),
        State::NotDecidable => (shape::UNKNOWN, "not-decidable", vec![("norm", norm.to_owned()), ("day", day)]),
        State::Calibrated { through: Some(through) } => {
            (shape::GOOD, "calibrated-through", vec![("through", through.to_string()), ("day", day)])
        }
        State::Calibrated { through: None } => (shape::GOOD, "calibrated", vec![("day", day)]),
        State::Expired { through } => (shape::ATTENTION, "expired", vec![("through", through.to_string())]),
        State::Withdrawn { from, reason, .. } => (
            shape::BAD,
            "withdrawn",
            vec![("from", from.to_string()), ("reason", one_of(reason, words.language()).to_owned())],
        ),
        State::Superseded { from, reason, replaced_by, .. } => (
            shape::BAD,
            "superseded",
            vec![
                ("from", from.to_string()),
                ("reason", one_of(reason, words.language()).to_owned()),
                ("number", replaced_by.clone().unwrap_or_else(|| "–".to_owned())),
            ],
        ),
        State::Undermined { number, from } => {
            (shape::BAD, "undermined", vec![("number", number.clone()), ("from", from.to_string())])
        }
    };
    let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
    VerdictLine {
        shape,
        word: words.say(&format!("portal-status-{code}"), &[]),
        reason: words.say(&format!("portal-status-{code}-reason"), &data),
    }
}
