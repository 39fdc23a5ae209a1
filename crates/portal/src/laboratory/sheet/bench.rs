//! A draft with everything that belongs to it: the instrument, the rule, the standards, and what the filled rows give.

use heng_office::drafts::Draft;
use heng_quantity::Finding;
use heng_rule::rule::Rule;
use heng_rule::sheet::Tried;
use heng_rule::{Organisation, RuleKind, StandardFacts, Words as Said};
use heng_statement::authority::Subject;
use heng_statement::{Body, Certificate, Role};
use heng_supervision::sheet::{Heading, Read, asks_for_end, questions, read};
use heng_wording::Words;
use jiff::civil::Date;
use std::sync::Arc;

use super::begin::applicable;
use super::plain;
use crate::access::Person;
use crate::frame::address;
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
    /// Where it can be calibrated again, if the person at the sheet may.
    pub(super) calibrate: Option<String>,
}

/// The sheet at work.
pub(super) struct Bench {
    pub(super) draft: Draft,
    pub(super) heading: Heading,
    pub(super) read: Read,
    pub(super) tried: Vec<Tried>,
    /// What is known of the standards that were chosen.
    pub(super) facts: Vec<StandardFacts>,
    /// What is asked beside a field, by field.
    pub(super) questions: Vec<(String, Finding)>,
    /// Whether it is a measurement standard that is on the bench.
    is_standard: bool,
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
    pub(super) fn of(portal: &Portal, person: Option<&Person>, draft: Draft) -> Result<Self, Problem> {
        let desk = portal.desk()?;
        let today = portal.today();
        let gone = || Problem::new(StatusCode::NOT_FOUND, "no-thing").with("id", &draft.thing);
        let standards: Vec<String> =
            draft.values.keys().filter_map(|name| name.strip_prefix("standard:").map(str::to_owned)).collect();
        let (heading, kept, is_standard) = {
            let inventory = portal.inventory()?;
            let registration = inventory.thing(&draft.thing).and_then(|thing| thing.registration.as_ref());
            let registration = registration.ok_or_else(gone)?;
            let keeper = inventory.party(&registration.keeper);
            let unknown = || Said { zh: registration.keeper.clone(), en: registration.keeper.clone() };
            // What has no place of its own, as standards, is worked on in the laboratory.
            let bench = inventory.party(&draft.laboratory).and_then(|laboratory| laboratory.address.clone());
            let place = registration.place.as_ref().map(|place| place.address.clone()).or(bench);
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
                place: place.unwrap_or_default(),
                today,
                synthetic: registration.synthetic,
            };
            let kept: Vec<_> = inventory
                .of_keeper(&draft.laboratory)
                // Nothing is its own standard.
                .filter(|(id, _)| *id != draft.thing)
                .filter(|(_, thing)| {
                    thing.registration.as_ref().is_some_and(|registered| registered.is_measurement_standard())
                })
                .filter_map(|(id, thing)| {
                    Some((id.to_owned(), inventory.certificates_of(thing).next_back()?.hash.clone()))
                })
                .collect();
            (heading, kept, registration.is_measurement_standard())
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
                    certificate: Some(hash.clone()),
                    valid_from: Some(certificate.performed_on),
                    valid_through: certificate.valid_through,
                    disseminates: certificate.disseminates.clone(),
                });
            }
            let has_lapsed = certificate.valid_through.is_some_and(|through| through < read.record.performed_on);
            choices.push(Choice {
                calibrate: match person.filter(|_| has_lapsed) {
                    Some(person) => may_calibrate(portal, person, &certificate.instrument.kind)?
                        .then(|| address("/laboratory/new?thing=", &id)),
                    None => None,
                },
                has_lapsed,
                name: certificate.instrument.name.clone(),
                number: certificate.number.clone(),
                through: certificate.valid_through,
                id,
                is_chosen,
            });
        }
        let tried = rule.tried(&read.record, &facts);
        let questions = questions(rule, &read, &facts);
        let subject = Subject::rule(&draft.rule);
        let may_review = |party: &&heng_statement::Party| {
            party.of.as_ref() == Some(&draft.laboratory)
                && party.id != draft.by
                && desk.authority().permission(&party.id, Role::Review, &subject, today).is_ok()
        };
        let reviewers: Vec<(String, Said)> =
            desk.parties().filter(may_review).map(|party| (party.id.clone(), party.name.clone())).collect();
        let desk = Arc::clone(&desk);
        Ok(Self { heading, read, tried, facts, questions, is_standard, choices, reviewers, desk, draft })
    }

    /// The rule that is applied.
    pub(super) fn rule(&self) -> Option<&Rule> {
        self.desk.rules().rule(&self.draft.rule)
    }

    /// The office's desk.
    pub(super) fn desk(&self) -> &heng_office::Desk {
        &self.desk
    }

    /// Whether what was typed there cannot be taken.
    fn is_wrong(&self, field: &str) -> bool {
        self.read.findings.iter().any(|(name, _)| name == field)
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
        let is_without_end = self.read.record.recalibrate_by.is_none() && !self.is_wrong("recalibrate_by");
        if self.is_standard && self.rule().is_some_and(asks_for_end) && is_without_end {
            missing.push(plain(words.say("sheet-end-missing", &[])));
        }
        if self.draft.reviewer.is_none() {
            missing.push(plain(words.say("sheet-reviewer-missing", &[])));
        }
        missing
    }
}

/// Whether somebody may calibrate such a thing.
fn may_calibrate(portal: &Portal, person: &Person, kind: &str) -> Result<bool, Problem> {
    let desk = portal.desk()?;
    let rules = applicable(portal, person, kind)?;
    Ok(rules.iter().filter_map(|id| desk.rules().rule(id)).any(|rule| rule.kind() == RuleKind::Calibration))
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
