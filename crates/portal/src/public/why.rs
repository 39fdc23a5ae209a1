//! Why: the clause, the inputs, since when, and what would change it.

use heng_rule::Confidence;
use heng_statement::StatementHash;
use heng_view::CertificateState as State;
use heng_wording::Words;

use crate::facts::certificate::CertificateFacts;
use crate::frame::{address, one_of};

/// One item of the rule with its clause.
pub(crate) struct Clause {
    pub(crate) title: String,
    pub(crate) clause: String,
    /// The badge of a figure that was not read in the source.
    pub(crate) is_unread: bool,
    pub(crate) outcome: Option<(&'static str, String)>,
}

/// What a status was derived from.
pub(crate) struct Why {
    pub(crate) rule: (String, String),
    pub(crate) version: String,
    pub(crate) clauses: Vec<Clause>,
    /// Statements it rests on: what they are, and their address.
    pub(crate) inputs: Vec<(String, String)>,
    pub(crate) since: String,
    pub(crate) changes: Vec<String>,
}

/// The panel of a certificate's status.
pub(crate) fn why(facts: &CertificateFacts, cites: &[StatementHash], words: &Words) -> Why {
    let certificate = &facts.certificate;
    let language = words.language();
    let rule = &certificate.rule;
    let version = words.say("portal-why-version", &[("version", &rule.version.to_string())]);
    let since = match &facts.status {
        State::Expired { through } => through.tomorrow().unwrap_or(*through),
        State::Withdrawn { from, .. } | State::Superseded { from, .. } | State::Undermined { from, .. } => *from,
        _ => certificate.issued_on,
    };
    let mut inputs: Vec<(String, String)> = certificate
        .standards
        .iter()
        .map(|standard| {
            let through = standard.valid_through.to_string();
            let data = [
                ("name", one_of(&standard.name, language)),
                ("number", standard.certificate_number.as_str()),
                ("through", &through),
            ];
            (words.say("portal-why-standard", &data), address("/certificate/", &standard.certificate_number))
        })
        .collect();
    if let Some(record) = cites.first() {
        inputs.insert(0, (words.say("portal-why-record", &[]), address("/statement/", record)));
    }
    if let State::Withdrawn { by, .. } | State::Superseded { by, .. } = &facts.status {
        inputs.insert(0, (words.say("portal-why-correction", &[]), address("/statement/", by)));
    }
    if let State::Undermined { number, .. } = &facts.status {
        inputs.insert(0, (words.say("portal-why-upstream", &[("number", number)]), address("/certificate/", number)));
    }
    Why {
        rule: (
            format!("{}　{}", rule.norm, one_of(&rule.title, language)),
            address("/thing/", &format!("rule:{}", rule.id)),
        ),
        version,
        clauses: certificate
            .results
            .iter()
            .map(|item| Clause {
                title: one_of(&item.title, language).to_owned(),
                clause: item.citation.clause.clone().unwrap_or_default(),
                is_unread: item.citation.confidence != Confidence::Read,
                outcome: item.outcome.map(|outcome| outcome_in(outcome, words)),
            })
            .collect(),
        inputs,
        since: since.to_string(),
        changes: changes(&facts.status, words),
    }
}

/// The shape and the word of an outcome.
pub(crate) fn outcome_in(outcome: heng_rule::Outcome, words: &Words) -> (&'static str, String) {
    use crate::public::answer::shape;
    let (shape, code) = match outcome {
        heng_rule::Outcome::Conforms => (shape::GOOD, "outcome-conforms"),
        heng_rule::Outcome::DoesNotConform => (shape::BAD, "outcome-does-not-conform"),
        heng_rule::Outcome::NotDecidable => (shape::UNKNOWN, "outcome-not-decidable"),
    };
    (shape, words.say(code, &[]))
}

/// What would change it, as whole sentences.
fn changes(status: &State, words: &Words) -> Vec<String> {
    let say = |code: &str| words.say(code, &[]);
    match status {
        State::Conforms { through, .. } | State::Calibrated { through } => {
            let end = through.map(|through| words.say("portal-change-end", &[("through", &through.to_string())]));
            let others = ["portal-change-new", "portal-change-withdrawn", "portal-change-standard"];
            end.into_iter().chain(others.map(say)).collect()
        }
        State::DoesNotConform | State::NotDecidable => {
            ["portal-change-repaired", "portal-change-withdrawn"].map(say).into()
        }
        State::Expired { .. } => vec![say("portal-change-verified")],
        State::Withdrawn { .. } | State::Superseded { .. } | State::Undermined { .. } => {
            vec![say("portal-change-certified-again")]
        }
    }
}
