//! The facts that a plan counts, read from the log.
//!
//! | kind | read from | holds |
//! | --- | --- | --- |
//! | `standard` | each certificate of a measurement standard | from its issue as long as it is valid and stands |
//! | `instrument` | the registration of an instrument | from that day on |
//! | `technician` | who belongs to a laboratory, and the numbers of their papers | as long as the authorization |
//! | `comparison` | the announcement of a round | from that day on |
//! | `norm` | the stages of its life | until the next stage |
//! | `forecast` | a sealed forecast and what somebody else observed | from the day it is known |
//! | `district` | the districts among the bodies of the plan | from the year of the first base |
//!
//! Every other kind is what was attested of it.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Decimal;
use heng_rule::plan::{Evidence, EvidenceKind, Fact, Plan, Supplied};
use heng_statement::body::PartyKind;
use heng_statement::{Attestation, CertificateKind, LegalStanding, Party, Registration};
use jiff::civil::Date;

use super::coverage::covered;
use super::forecast::verified;
use super::log::{Attested, Published};
use crate::Inventory;
use crate::inventory::{Certified, Registered};

/// The facts of a log for a plan, by the last thing that the inventory has followed.
pub fn evidence(inventory: &Inventory, plan: &Plan, published: &Published) -> Evidence {
    let mut facts = Evidence::default();
    let supplied: BTreeMap<&str, Supplied> = plan.evidence.iter().map(|kind| (&*kind.id, kind.supplied)).collect();
    let is_of_log = |kind: &str| supplied.get(kind) == Some(&Supplied::Log);
    let mut add = |some: Vec<Fact>| some.into_iter().for_each(|fact| facts.add(fact));
    add(districts(plan, published));
    for (kind, of) in [
        ("standard", standards as fn(&Inventory) -> Vec<Fact>),
        ("instrument", instruments),
        ("technician", technicians),
        ("comparison", comparisons),
        ("norm", norms),
        ("forecast", forecasts),
    ] {
        if is_of_log(kind) {
            add(of(inventory));
        }
    }
    // What is read from the log cannot be attested besides.
    let attested = inventory.plan().attested().iter();
    let stated = attested.filter(|one| supplied.get(one.attestation.kind.as_str()) == Some(&Supplied::Statement));
    add(stated.filter_map(|one| fact(plan, one)).collect());
    facts
}

/// What an attestation amounts to; nothing where it was taken back at once, or states what its kind does not.
pub fn fact(plan: &Plan, attested: &Attested) -> Option<Fact> {
    let Attested { said, attestation } = attested;
    let kind: &EvidenceKind = plan.evidence.iter().find(|kind| *kind.id == *attestation.kind)?;
    let until = said.through(attestation.from, attestation.through)?;
    let fact = Fact { until, statement: said.hash.clone(), ..stated(attestation) };
    kind.admits(&fact).then_some(fact)
}

/// What an attestation says as a fact, whoever says it.
pub fn stated(attestation: &Attestation) -> Fact {
    Fact {
        kind: attestation.kind.clone(),
        subject: attestation.subject.clone(),
        district: attestation.district.clone(),
        body: attestation.body.clone(),
        words: attestation.words.clone(),
        numbers: attestation.numbers.clone(),
        from: attestation.from,
        until: attestation.through,
        ..Fact::default()
    }
}

/// The districts of the plan, by their codes of GB/T 2260.
fn districts(plan: &Plan, published: &Published) -> Vec<Fact> {
    let first = plan.indicators.iter().filter_map(|indicator| Some(indicator.base.as_ref()?.year)).min();
    let day = heng_statement::legal_day(published.said.made_at);
    let from = first.and_then(|year| Date::new(year, 1, 1).ok()).unwrap_or(day);
    let codes = plan.districts();
    codes.map(|code| Fact::new("district", code, from, &published.said.hash).in_district(code)).collect()
}

fn standards(inventory: &Inventory) -> Vec<Fact> {
    let serves = covered(inventory);
    let mut facts = Vec::new();
    for (id, thing) in inventory.things() {
        let Some(registration) = thing.registration.as_ref().filter(|one| one.is_measurement_standard()) else {
            continue;
        };
        let keeper = inventory.party(&registration.keeper);
        let mut first: Option<&str> = None;
        for certified in inventory.certificates_of(thing) {
            let Some(fact) = certified_fact(id, certified) else { continue };
            let mut fact = fact.with("class", class(keeper)).with("level", level(keeper, inventory.anchor()));
            fact.district = keeper.and_then(|keeper| keeper.district.clone());
            fact = match first {
                None => fact.with("change", "new"),
                Some(first) => fact.seen_with(first),
            };
            first.get_or_insert(&certified.hash);
            for (kind, witness) in serves.get(id).into_iter().flatten() {
                fact = fact.with("covers", kind).seen_with(&witness.hash);
                let verified = inventory.thing(&witness.thing).and_then(|thing| thing.registered.as_ref());
                fact =
                    verified.into_iter().flat_map(Registered::statements).fold(fact, |fact, one| fact.seen_with(one));
            }
            let own = thing.registered.iter().flat_map(Registered::statements);
            let said = own.chain(inventory.introduced_by(&registration.keeper));
            facts.push(said.fold(fact, |fact, one| fact.beside(one)));
        }
    }
    facts
}

/// A certificate that says its thing may be used, as long as it does.
fn certified_fact(id: &str, certified: &Certified) -> Option<Fact> {
    if certified.kind == CertificateKind::RejectionNotice {
        return None;
    }
    let withdrawn = certified.correction.as_ref().map(|correction| correction.from);
    if withdrawn.is_some_and(|from| from <= certified.issued_on) {
        return None;
    }
    let last = withdrawn.and_then(|from| from.yesterday().ok());
    let mut fact = Fact::new("standard", id, certified.issued_on, &certified.hash);
    fact.until = match (certified.valid_through, last) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    };
    Some(fact)
}

/// A standard that serves the public (社会公用计量标准) is one of a statutory or an authorized laboratory.
fn class(keeper: Option<&Party>) -> &'static str {
    match keeper.and_then(|keeper| keeper.standing) {
        Some(LegalStanding::Statutory | LegalStanding::Authorized) => "social-public",
        Some(LegalStanding::Internal) => "enterprise",
        Some(LegalStanding::Commercial) | None => "other",
    }
}

fn level(keeper: Option<&Party>, anchor: &str) -> &'static str {
    match keeper {
        Some(keeper) if keeper.kind == PartyKind::NationalInstitute => "national",
        Some(keeper) if keeper.district.is_some() && keeper.of.as_deref() != Some(anchor) => "district",
        _ => "city",
    }
}

fn instruments(inventory: &Inventory) -> Vec<Fact> {
    let registered = inventory.things().filter_map(|(id, thing)| {
        let registration = thing.registration.as_ref().filter(|one| one.kind == Registration::INSTRUMENT)?;
        let registered = thing.registered.as_ref()?;
        let mut fact = Fact::new("instrument", id, registered.on, &registered.by);
        if registered.last != registered.by {
            fact = fact.beside(&registered.last);
        }
        fact.district = registration.place.as_ref().map(|place| place.district.clone());
        if let Some(instrument) = &registration.instrument {
            fact = fact.with("kind", &instrument.kind);
        }
        if let Some(purpose) = registration.purpose {
            fact = fact.with("purpose", purpose.code());
        }
        Some(fact)
    });
    registered.collect()
}

/// The people of laboratories. A person counts once, however many papers they have; the facts hold no name.
fn technicians(inventory: &Inventory) -> Vec<Fact> {
    let mut facts = Vec::new();
    for person in inventory.parties().filter(|party| party.kind == PartyKind::Person) {
        let Some(house) = person.of.as_deref().and_then(|of| inventory.party(of)) else { continue };
        let Some(standing) = house.standing else { continue };
        for granted in inventory.authorizations(&person.id) {
            let is_entitled = granted.by == house.id || granted.by == inventory.anchor();
            if !is_entitled {
                continue;
            }
            let fact = Fact::new("technician", &person.id, granted.from, &granted.hash)
                .with("employer", standing.code())
                .with("registered", if granted.has_number { "yes" } else { "no" })
                .through(granted.through);
            let said = inventory.introduced_by(&person.id).into_iter().chain(inventory.introduced_by(&house.id));
            let fact = said.fold(fact, |fact, one| fact.beside(one));
            facts.push(Fact { district: house.district.clone(), ..fact });
        }
    }
    facts
}

fn comparisons(inventory: &Inventory) -> Vec<Fact> {
    let stands = |round: &&&crate::RoundLog| round.corrected.iter().all(|(_, of)| *of != round.hash);
    let rounds = inventory.rounds();
    let facts = rounds.iter().filter(stands).map(|round| {
        Fact::new("comparison", &round.announcement.number, heng_statement::legal_day(round.made_at), &round.hash)
            .with("role", "organised")
    });
    facts.collect()
}

fn norms(inventory: &Inventory) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (number, norm) in inventory.plan().norms() {
        let mut stages: Vec<_> = norm.stages.iter().collect();
        stages.sort_by_key(|one| (one.stage.on, one.said.index));
        for (place, staged) in stages.iter().enumerate() {
            let stage = &staged.stage;
            let next = stages.get(place + 1).filter(|next| next.stage.on > stage.on);
            let last = next.and_then(|next| next.stage.on.yesterday().ok());
            let Some(until) = staged.said.through(stage.on, last) else { continue };
            let mut fact = Fact::new("norm", number, stage.on, &staged.said.hash)
                .with("scope", &stage.scope)
                .with("field", &stage.field)
                .with("stage", stage.stage.code());
            for (name, word) in [("part", &stage.part), ("origin", &stage.origin)] {
                if let Some(word) = word {
                    fact = fact.with(name, word);
                }
            }
            fact.until = until;
            if let Some(next) = next {
                fact = fact.seen_with(&next.said.hash);
            }
            facts.push(fact);
        }
    }
    facts
}

fn forecasts(inventory: &Inventory) -> Vec<Fact> {
    let mut facts = Vec::new();
    for one in verified(inventory.plan()).into_iter().filter(|one| one.outcome.counts()) {
        let statements: BTreeSet<&String> = one.seal.iter().chain(&one.observation).collect();
        let Some(subject) = one.seal.as_ref().or(one.observation.as_ref()) else { continue };
        let mut fact = Fact::new("forecast", subject, one.known_from, subject)
            .with("product", &one.product)
            .with("outcome", one.outcome.code())
            .in_district(&one.district);
        if let Some(horizon) = &one.horizon {
            fact = fact.with("horizon", horizon);
        }
        if let Some(lead) = one.lead_minutes {
            fact = fact.with_number("lead", Decimal::from(lead));
        }
        for statement in statements.into_iter().filter(|one| *one != subject) {
            fact = fact.beside(statement);
        }
        facts.push(fact);
    }
    facts
}
