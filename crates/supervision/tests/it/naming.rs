//! People by name.

use heng_statement::Party;
use heng_supervision::{FoundingParty, party_named, world};

fn parties() -> Vec<Party> {
    world().unwrap().parties.iter().map(FoundingParty::party).collect()
}

#[test]
fn a_person_is_found_by_identifier_and_by_either_name() {
    let parties = parties();
    for named in ["赵敏", "赵 敏", "Zhao Min", "ZHAO MIN ", "party:person:zhao-min"] {
        assert_eq!(party_named(&parties, named).unwrap().id, "party:person:zhao-min", "{named}");
    }
}

#[test]
fn an_unknown_name_and_a_shared_name_are_findings() {
    let mut parties = parties();
    assert_eq!(party_named(&parties, "李四").unwrap_err().code, "party-unknown");
    assert_eq!(party_named(&parties, " ").unwrap_err().code, "party-unknown");
    let mut namesake = parties.iter().find(|party| party.name.zh == "赵敏").unwrap().clone();
    namesake.id = "party:person:zhao-min-2".to_owned();
    parties.push(namesake);
    let finding = party_named(&parties, "赵敏").unwrap_err();
    assert_eq!(
        (finding.code.as_str(), finding.data["second"].as_str()),
        ("party-ambiguous", "party:person:zhao-min-2")
    );
    assert_eq!(party_named(&parties, "party:person:zhao-min").unwrap().id, "party:person:zhao-min");
}
