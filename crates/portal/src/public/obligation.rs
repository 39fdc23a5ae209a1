//! Whether an instrument must be verified, as people read it: the two keys, each with its source, and what would change it.

use heng_rule::Confidence;
use heng_rule::catalogue::{Control, Way};
use heng_statement::body::Purpose;
use heng_view::Obligation;
use heng_wording::Words;

use crate::frame::one_of;
use crate::portal::Portal;
use crate::public::answer::shape;
use crate::public::why::{Clause, Why};

/// The answer with its keys.
pub(crate) struct Keys {
    pub(crate) word: String,
    pub(crate) sentence: String,
    pub(crate) why: Why,
}

/// The two keys of an instrument.
pub(crate) fn keys(portal: &Portal, obligation: &Obligation, words: &Words) -> Keys {
    let catalogue = portal.catalogue();
    let code = obligation.code();
    let purpose = match obligation {
        Obligation::Mandatory { purpose, .. } | Obligation::OtherPurpose { purpose, .. } => Some(*purpose),
        _ => None,
    };
    let from = match obligation {
        Obligation::Later { from, .. } => from.to_string(),
        _ => String::new(),
    };
    let used_for = purpose.map(|purpose| name(purpose, words)).unwrap_or_default();
    let data = [("purpose", used_for.as_str()), ("from", from.as_str())];
    let listed = match obligation.item() {
        Some(item) => Clause {
            shape: Some(shape::GOOD),
            title: words.say(
                "obligation-key-listed",
                &[
                    ("name", one_of(&item.name, words.language())),
                    ("control", &words.say(control(item.control), &[])),
                    ("way", &words.say(way(item.way), &[])),
                ],
            ),
            source: item.citation.norm.clone(),
            is_unread: item.citation.confidence != Confidence::Read,
            page: None,
        },
        None => Clause {
            shape: Some(shape::UNKNOWN),
            title: words.say("obligation-key-not-listed", &[]),
            source: catalogue.norm.clone(),
            is_unread: catalogue.items().iter().any(|item| item.citation.confidence != Confidence::Read),
            page: None,
        },
    };
    let mut keys = vec![listed];
    if obligation.item().is_some() {
        let (shape, message) = match obligation {
            Obligation::PurposeUnknown { .. } => (shape::UNKNOWN, "obligation-key-purpose-unknown"),
            Obligation::OtherPurpose { .. } => (shape::UNKNOWN, "obligation-key-purpose-other"),
            Obligation::Later { .. } => (shape::UNKNOWN, "obligation-key-later"),
            _ => (shape::GOOD, "obligation-key-purpose"),
        };
        keys.push(Clause {
            shape: Some(shape),
            title: words.say(message, &data),
            source: catalogue.decision.norm.clone(),
            is_unread: catalogue.decision.confidence != Confidence::Read,
            page: None,
        });
    }
    let changes = match obligation {
        Obligation::Mandatory { .. } => ["obligation-change-purpose", "obligation-change-catalogue"].as_slice(),
        Obligation::OtherPurpose { .. } | Obligation::PurposeUnknown { .. } => &["obligation-change-registered"],
        Obligation::Later { .. } => &["obligation-change-day"],
        Obligation::NotListed => &["obligation-change-catalogue"],
    };
    Keys {
        word: words.say(&format!("obligation-{code}"), &data),
        sentence: words.say(&format!("obligation-says-{code}"), &data),
        why: Why {
            clauses: keys,
            inputs: Vec::new(),
            since: None,
            changes: changes.iter().map(|code| words.say(code, &data)).collect(),
        },
    }
}

/// The answer in a few words, for a row of a list.
pub(crate) fn brief(obligation: &Obligation, words: &Words) -> String {
    let word = |data: &[(&str, &str)]| words.say(&format!("obligation-{}", obligation.code()), data);
    match obligation {
        Obligation::Mandatory { purpose, .. } => format!("{} · {}", word(&[]), name(*purpose, words)),
        Obligation::Later { from, .. } => word(&[("from", &from.to_string())]),
        _ => word(&[]),
    }
}

fn name(purpose: Purpose, words: &Words) -> String {
    words.say(&format!("purpose-{}", purpose.code()), &[])
}

fn control(control: Control) -> &'static str {
    match control {
        Control::TypeApproval => "control-type-approval",
        Control::Verification => "control-verification",
        Control::TypeApprovalAndVerification => "control-type-approval-and-verification",
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Periodic => "way-periodic",
        Way::FirstOnly => "way-first-only",
        Way::LimitedUse => "way-limited-use",
    }
}
