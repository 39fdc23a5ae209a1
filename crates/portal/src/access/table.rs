//! The policy as people read it: every address, and who gets through its gate; every action, and who may do it with what is theirs.

use std::collections::BTreeSet;
use std::fmt::Write;

use heng_rule::Words;
use heng_statement::Role;

use super::endpoints::ENDPOINTS;
use super::policy::PolicyError;
use super::{AccessPolicy, Action, Matter, Person};

/// The people of the table: their own organisation is `own`, their district `120101`.
fn people() -> Vec<(&'static str, Option<Person>)> {
    let person = |id: &str, roles: &[Role], is_owner| {
        let name = Words { zh: id.to_owned(), en: id.to_owned() };
        Some(Person {
            account: id.to_owned(),
            id: id.to_owned(),
            name: name.clone(),
            organisation: "own".to_owned(),
            organisation_name: name,
            roles: roles.iter().copied().collect(),
            districts: if roles.contains(&Role::Supervise) { ["120101".to_owned()].into() } else { BTreeSet::new() },
            is_owner,
        })
    };
    vec![
        ("visitor", None),
        ("owner", person("me", &[], true)),
        ("verifier", person("me", &[Role::Measure], false)),
        ("reviewer", person("me", &[Role::Review], false)),
        ("both", person("me", &[Role::Measure, Role::Review], false)),
        ("supervisor", person("me", &[Role::Supervise], false)),
    ]
}

/// What is asked about in the table.
fn matters() -> [(&'static str, Matter); 4] {
    let some = |text: &str| Some(text.to_owned());
    let of = |laboratory, verifier, reviewer, district| Matter {
        laboratory: some(laboratory),
        verifier: some(verifier),
        reviewer: some(reviewer),
        keeper: some(laboratory),
        district: some(district),
    };
    [
        ("measured by me, reviewed by another, own house, own district", of("own", "me", "another", "120101")),
        ("measured by another, reviewed by me, own house, own district", of("own", "another", "me", "120101")),
        ("measured and reviewed by me, own house, own district", of("own", "me", "me", "120101")),
        ("measured and reviewed by others, other house, other district", of("other", "another", "a third", "120102")),
    ]
}

/// The whole policy as text: one table of addresses, one of actions.
pub fn policy_table() -> Result<String, PolicyError> {
    let policy = AccessPolicy::new()?;
    let people = people();
    let mut text = String::from("Through the gate\n\n");
    let heads: Vec<&str> = people.iter().map(|(name, _)| *name).collect();
    let _ = writeln!(text, "| address | action | {} |", heads.join(" | "));
    let _ = writeln!(text, "|{}", " --- |".repeat(heads.len() + 2));
    for endpoint in ENDPOINTS {
        let marks: Vec<&str> = people
            .iter()
            .map(|(_, person)| mark(policy.allows(person.as_ref(), endpoint.action.at_the_gate(), &Matter::default())))
            .collect();
        let (method, path, action) = (endpoint.method, endpoint.path, endpoint.action.name());
        let _ = writeln!(text, "| {method} {path} | {action} | {} |", marks.join(" | "));
    }
    for (about, matter) in matters() {
        let _ = writeln!(text, "\n{about}\n");
        let _ = writeln!(text, "| action | {} |", heads.join(" | "));
        let _ = writeln!(text, "|{}", " --- |".repeat(heads.len() + 1));
        for action in Action::ALL {
            let marks: Vec<&str> =
                people.iter().map(|(_, person)| mark(policy.allows(person.as_ref(), action, &matter))).collect();
            let _ = writeln!(text, "| {} | {} |", action.name(), marks.join(" | "));
        }
    }
    Ok(text)
}

fn mark(allowed: bool) -> &'static str {
    if allowed { "yes" } else { "–" }
}
