//! A draft with everything that belongs to it: the instrument, the rule, the standards, and what the filled rows give.

use heng_office::drafts::Draft;
use heng_rule::rule::Rule;
use heng_rule::sheet::Tried;
use heng_rule::{Organisation, StandardFacts, Words as Said};
use heng_statement::authority::Subject;
use heng_statement::{Body, Certificate, Role};
use heng_supervision::sheet::{Heading, Read, read};
use heng_wording::Words;
use jiff::civil::Date;
use std::sync::Arc;

use super::plain;
use crate::laboratory::refusal::Reason;
use crate::portal::Portal;
use crate::problem::Problem;
use axum::http::StatusCode;

/// A standard that may be chosen.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: Said,
    pub(super) number: String,
    pub(super) through: Option<Date>,
    pub(super) has_lapsed: bool,
    pub(super) is_chosen: bool,
}

/// The sheet at work.
pub(super) struct Bench {
    pub(super) draft: Draft,
    pub(super) heading: Heading,
    pub(super) read: Read,
    pub(super) tried: Vec<Tried>,
    pub(super) choices: Vec<Choice>,
    /// Who may review: identifier and name.
    pub(super) reviewers: Vec<(String, Said)>,
    desk: Arc<heng_office::Desk>,
}

/// The field of a standard: ticked where it is used.
pub(super) fn standard_field(id: &str) -> String {
    format!("standard:{id}")
}

impl Bench {
    pub(super) fn of(portal: &Portal, draft: Draft) -> Result<Self, Problem> {
        let desk = portal.desk()?;
        let today = portal.today();
        let gone = || Problem::new(StatusCode::NOT_FOUND, "no-thing").with("id", &draft.thing);
        let standards: Vec<String> =
            draft.values.keys().filter_map(|name| name.strip_prefix("standard:").map(str::to_owned)).collect();
        let (heading, kept) = {
            let inventory = portal.inventory()?;
            let registration = inventory.thing(&draft.thing).and_then(|thing| thing.registration.as_ref());
            let registration = registration.ok_or_else(gone)?;
            let keeper = inventory.party(&registration.keeper);
            let unknown = || Said { zh: registration.keeper.clone(), en: registration.keeper.clone() };
            let heading = Heading {
                instrument: registration.instrument.clone().ok_or_else(gone)?,
                client: Organisation {
                    name: keeper.map_or_else(unknown, |keeper| keeper.name.clone()),
                    id: Some(registration.keeper.clone()),
                    address: keeper.and_then(|keeper| keeper.address.clone()),
                },
                occasion: draft.occasion,
                standards,
                verifier: draft.by.clone(),
                reviewer: draft.reviewer.clone().unwrap_or_default(),
                place: registration.place.as_ref().map(|place| place.address.clone()).unwrap_or_default(),
                today,
                synthetic: registration.synthetic,
            };
            let kept: Vec<_> = inventory
                .of_keeper(&draft.laboratory)
                .filter(|(_, thing)| {
                    thing.registration.as_ref().is_some_and(|registered| registered.kind == "measurement-standard")
                })
                .filter_map(|(id, thing)| {
                    Some((id.to_owned(), inventory.certificates_of(thing).next_back()?.hash.clone()))
                })
                .collect();
            (heading, kept)
        };
        let rule = desk.rules().rule(&draft.rule).ok_or_else(gone)?;
        let read = read(rule, &heading, &draft.values);
        let (mut choices, mut facts) = (Vec::new(), Vec::new());
        for (id, hash) in kept {
            let Some(signed) = portal.statement(&hash)? else { continue };
            let Body::Cert(certificate) = &signed.statement.body else { continue };
            let is_chosen = heading.standards.contains(&id);
            if !is_chosen && !is_wanted(rule, &heading, certificate) {
                continue;
            }
            if is_chosen {
                facts.push(StandardFacts {
                    id: id.clone(),
                    valid_from: Some(certificate.performed_on),
                    valid_through: certificate.valid_through,
                    disseminates: certificate.disseminates.clone(),
                });
            }
            choices.push(Choice {
                has_lapsed: certificate.valid_through.is_some_and(|through| through < read.record.performed_on),
                name: certificate.instrument.name.clone(),
                number: certificate.number.clone(),
                through: certificate.valid_through,
                id,
                is_chosen,
            });
        }
        let tried = rule.tried(&read.record, &facts);
        let subject = Subject::rule(&draft.rule);
        let may_review = |party: &&heng_statement::Party| {
            party.of.as_ref() == Some(&draft.laboratory)
                && party.id != draft.by
                && desk.authority().permission(&party.id, Role::Review, &subject, today).is_ok()
        };
        let reviewers: Vec<(String, Said)> =
            desk.parties().filter(may_review).map(|party| (party.id.clone(), party.name.clone())).collect();
        Ok(Self { heading, read, tried, choices, reviewers, desk: Arc::clone(&desk), draft })
    }

    /// The rule that is applied.
    pub(super) fn rule(&self) -> Option<&Rule> {
        self.desk.rules().rule(&self.draft.rule)
    }

    /// The office's desk.
    pub(super) fn desk(&self) -> &heng_office::Desk {
        &self.desk
    }

    /// What the verifier has not done yet.
    pub(super) fn missing(&self, words: &Words) -> Vec<Reason> {
        let mut missing = Vec::new();
        let (on_sheet, complete) = self.read.progress;
        if complete < on_sheet {
            let data = [("missing", (on_sheet - complete).to_string()), ("rows", on_sheet.to_string())];
            let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
            missing.push(plain(words.say("sheet-rows-missing", &data)));
        }
        if !self.read.findings.is_empty() {
            let count = self.read.findings.len().to_string();
            missing.push(plain(words.say("sheet-fields-wrong", &[("count", &count)])));
        }
        if self.heading.standards.is_empty() && !self.choices.is_empty() {
            missing.push(plain(words.say("sheet-standard-missing", &[])));
        }
        if self.draft.reviewer.is_none() {
            missing.push(plain(words.say("sheet-reviewer-missing", &[])));
        }
        missing
    }
}

/// Whether a standard passes on a quantity that the rule asks a standard for. A rule may leave the quantity to the instrument.
fn is_wanted(rule: &Rule, heading: &Heading, certificate: &Certificate) -> bool {
    let mut wanted = rule.items().iter().flat_map(|item| &item.input).filter_map(|input| input.standard.as_deref());
    let passes_on = |quantity: &str| certificate.disseminates.iter().any(|passed| passed.quantity == quantity);
    wanted.any(|quantity| match heading.instrument.characteristics.get(quantity) {
        Some(heng_rule::Cell::Text(named)) => passes_on(named),
        _ => passes_on(quantity),
    })
}
