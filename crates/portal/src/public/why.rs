//! Why: the clause, the inputs, since when, and what would change it; the same panel for every derived fact.

use heng_rule::{Citation, Confidence, RuleSet};
use heng_statement::StatementHash;
use heng_view::inventory::SOON;
use heng_view::{CertificateState as State, Condition};
use heng_wording::Words;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::facts::certificate::CertificateFacts;
use crate::facts::listing::Listed;
use crate::frame::{address, one_of};
use crate::laboratory::refusal::clause;

/// A clause, or another reason, that a fact follows from.
pub(crate) struct Clause {
    /// How it turned out, where it was decided.
    pub(crate) shape: Option<&'static str>,
    pub(crate) title: String,
    /// The norm, the clause, the version.
    pub(crate) source: String,
    /// The badge of what was not read in the source.
    pub(crate) is_unread: bool,
    pub(crate) page: Option<String>,
}

impl Clause {
    /// A reason with the text that it stands in.
    pub(crate) fn cited(title: String, citation: &Citation) -> Self {
        Self {
            shape: None,
            title,
            source: clause(citation),
            is_unread: citation.confidence != Confidence::Read,
            page: None,
        }
    }

    /// A reason that no text gives.
    pub(crate) fn said(title: String) -> Self {
        Self { shape: None, title, source: String::new(), is_unread: false, page: None }
    }
}

/// Why a derived fact is what it is: the one form for all of them.
#[derive(Default)]
pub(crate) struct Why {
    pub(crate) clauses: Vec<Clause>,
    /// The statements that it rests on: what they are, and their address.
    pub(crate) inputs: Vec<(String, String)>,
    pub(crate) since: Option<String>,
    pub(crate) changes: Vec<String>,
}

/// Why a certificate stands as it does.
pub(crate) fn why(facts: &CertificateFacts, cites: &[StatementHash], words: &Words) -> Why {
    let certificate = &facts.certificate;
    let language = words.language();
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
    if let Some(against) = against(&facts.status, words) {
        inputs.insert(0, against);
    }
    let rule = &certificate.rule;
    let of_rule = Clause {
        source: words.say("portal-why-version", &[("version", &rule.version.to_string())]),
        page: Some(address("/thing/", &format!("rule:{}", rule.id))),
        ..Clause::said(format!("{}　{}", rule.norm, one_of(&rule.title, language)))
    };
    let items = certificate.results.iter().map(|item| {
        let outcome = item.outcome.map(|outcome| outcome_in(outcome, words));
        let title = one_of(&item.title, language);
        Clause {
            shape: outcome.as_ref().map(|(shape, _)| *shape),
            title: outcome.map_or_else(|| title.to_owned(), |(_, word)| format!("{title} · {word}")),
            source: item.citation.clause.clone().unwrap_or_default(),
            is_unread: item.citation.confidence != Confidence::Read,
            page: None,
        }
    });
    Why {
        clauses: std::iter::once(of_rule).chain(items).collect(),
        inputs,
        since: Some(since(&facts.status, certificate.issued_on).to_string()),
        changes: changes(&facts.status, words),
    }
}

/// Why an instrument of a list is in its condition, and due on its day.
pub(crate) fn of_condition(one: &Listed, rules: &RuleSet, words: &Words) -> Why {
    let Some(last) = &one.last else {
        let changes = vec![words.say("portal-change-first", &[])];
        return Why { clauses: vec![Clause::said(words.say("why-unverified", &[]))], changes, ..Why::default() };
    };
    let mut clauses = Vec::new();
    let performed = last.performed_on.to_string();
    let rule = rules.rule(&last.rule);
    if let Some(through) = one.through {
        let data = [("performed", performed.as_str()), ("through", &through.to_string())];
        let title = words.say("why-due", &data);
        let interval = rule.and_then(heng_rule::Rule::validity);
        clauses.push(
            interval.map_or_else(|| Clause::said(title.clone()), |interval| Clause::cited(title.clone(), &interval)),
        );
    } else if let Some(rule) = rule {
        let norm = rule.reference().norm;
        clauses.push(Clause {
            page: Some(address("/thing/", &format!("rule:{}", last.rule))),
            ..Clause::said(words.say("why-by-rule", &[("norm", &norm), ("performed", &performed)]))
        });
    }
    if one.condition == Condition::DueSoon {
        clauses.push(Clause::said(words.say("why-soon", &[("days", &SOON.to_string())])));
    }
    let number = one.certificate.clone().unwrap_or_default();
    let of_certificate = words.say("why-certificate", &[("number", &number), ("performed", &performed)]);
    let mut inputs = vec![(of_certificate, address("/certificate/", &number))];
    inputs.extend(against(&last.state, words));
    let mut since = since(&last.state, last.issued_on);
    if let (Condition::DueSoon, Some(through)) = (one.condition, one.through) {
        // The first day on which it was so.
        since = since.max(through.checked_sub((SOON - 1).days()).unwrap_or(since));
    }
    Why { clauses, inputs, since: Some(since.to_string()), changes: changes(&last.state, words) }
}

/// What was said against a certificate, or one that it rests on.
fn against(status: &State, words: &Words) -> Option<(String, String)> {
    match status {
        State::Withdrawn { by, .. } | State::Superseded { by, .. } => {
            Some((words.say("portal-why-correction", &[]), address("/statement/", by)))
        }
        State::Undermined { number, .. } => {
            Some((words.say("portal-why-upstream", &[("number", number)]), address("/certificate/", number)))
        }
        _ => None,
    }
}

fn since(status: &State, issued_on: Date) -> Date {
    match status {
        State::Expired { through } => through.tomorrow().unwrap_or(*through),
        State::Withdrawn { from, .. } | State::Superseded { from, .. } | State::Undermined { from, .. } => *from,
        _ => issued_on,
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
