//! Who is signed in, and what the log lets them do today.

use std::collections::BTreeSet;

use heng_office::Desk;
use heng_rule::Words;
use heng_statement::authority::Subject;
use heng_statement::{PartyKind, Role};
use jiff::civil::Date;

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// The account.
    pub(crate) account: String,
    /// The party.
    pub(crate) id: String,
    /// Their name.
    pub(crate) name: Words,
    /// The organisation they belong to; themselves, where they belong to none.
    pub(crate) organisation: String,
    /// Its name.
    pub(crate) organisation_name: Words,
    /// What the log authorizes them to do, of anything.
    pub(crate) roles: BTreeSet<Role>,
    /// The districts they supervise.
    pub(crate) districts: BTreeSet<String>,
    /// Whether they keep instruments for their own use: their organisation, or themselves.
    pub(crate) is_owner: bool,
}

impl Person {
    /// Whether they work at a laboratory's bench.
    pub(crate) fn is_of_laboratory(&self) -> bool {
        self.roles.contains(&Role::Measure) || self.roles.contains(&Role::Review)
    }
}

/// The person of an account, as the log says on a day; nobody, if the log does not introduce the party. `districts` are those that exist.
pub(crate) fn person(
    desk: &Desk,
    account: &str,
    party: &str,
    day: Date,
    districts: &BTreeSet<String>,
) -> Option<Person> {
    let introduced = desk.introduced(party)?;
    let organisation = introduced.of.as_deref().and_then(|of| desk.introduced(of)).unwrap_or(introduced);
    let may = |role, subject: &Subject| desk.authority().permission(party, role, subject, day).is_ok();
    let roles = [Role::Measure, Role::Review, Role::Certify, Role::Supervise];
    let roles: BTreeSet<Role> = roles.into_iter().filter(|role| may(*role, &Subject::default())).collect();
    let supervised = |code: &&String| may(Role::Supervise, &Subject::district(code));
    Some(Person {
        account: account.to_owned(),
        id: introduced.id.clone(),
        name: introduced.name.clone(),
        organisation: organisation.id.clone(),
        organisation_name: organisation.name.clone(),
        districts: if roles.contains(&Role::Supervise) {
            districts.iter().filter(supervised).cloned().collect()
        } else {
            BTreeSet::new()
        },
        roles,
        // Who belongs to nobody keeps for themselves.
        is_owner: match organisation.kind {
            PartyKind::Organisation => true,
            PartyKind::Person => introduced.of.is_none(),
            _ => false,
        },
    })
}
