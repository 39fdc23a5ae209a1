//! What people call the subjects of facts.

use heng_rule::Words;
use heng_rule::plan::Plan;
use heng_statement::body::PartyKind;

use crate::Inventory;

/// The name of a subject, wherever it is given; never that of a person.
pub fn name_of(inventory: &Inventory, plan: &Plan, subject: &str) -> Option<Words> {
    if let Some(party) = inventory.party(subject) {
        return (party.kind != PartyKind::Person).then(|| party.name.clone());
    }
    if let Some(registration) = inventory.thing(subject).and_then(|thing| thing.registration.as_ref()) {
        return Some(registration.name.clone());
    }
    if let Some(staged) = inventory.plan().norm(subject).and_then(|norm| norm.stages.last()) {
        return Some(staged.stage.title.clone());
    }
    if let Some(body) = plan.district(subject) {
        return Some(Words { zh: body.name.to_string(), en: body.en.clone() });
    }
    if let Some(round) = inventory.round_numbered(subject) {
        return Some(round.announcement.title.clone());
    }
    let attested = inventory.plan().attested().iter().rev();
    attested.map(|one| &one.attestation).find(|one| one.subject == subject).map(|one| one.name.clone())
}
