//! What was found of instruments that somebody looked at, beside what had been inferred of them.

use heng_quantity::Reported;
use heng_statement::service::{Fix, FixAction, InstrumentResult, ServiceState};
use heng_statement::{Body, Certificate, CertificateKind};
use heng_view::Inventory;
use heng_view::inventory::Certified;
use heng_view::service::{Compared, Done, FoundError, Inferred, ServiceLog, Tally, compared, found_error};
use jiff::ToSpan;
use jiff::civil::Date;

use super::results_if_there;
use crate::portal::Portal;
use crate::problem::Problem;

/// An instrument that somebody looked at, what had been inferred of it, and what a laboratory found.
pub(crate) struct FoundFacts {
    pub(crate) done: Done,
    pub(crate) inferred: InstrumentResult,
    /// The limit that the inference went by for it.
    pub(crate) limit: Reported,
    pub(crate) number: String,
    pub(crate) found: FoundError,
    pub(crate) compared: Option<Compared>,
}

/// Everything that was found, and how often the inference was right.
pub(crate) fn found(portal: &Portal) -> Result<(Vec<FoundFacts>, Tally), Problem> {
    let done: Vec<(Done, Inferred)> = {
        let inventory = portal.inventory()?;
        let service = inventory.service();
        service.done().iter().filter_map(|done| Some((done.clone(), inferred_before(service, done)?))).collect()
    };
    let mut facts = Vec::new();
    let mut tally = Tally::default();
    for (done, inferred) in done {
        let Some(results) = results_if_there(portal, &inferred)? else { continue };
        let Some(result) = results.instruments.iter().find(|one| one.thing == done.fix.thing).cloned() else {
            continue;
        };
        let Some(content) = as_found(portal, &done)? else { continue };
        let Some(found) = found_error(&content) else { continue };
        // What moves is inferred as the mean of a period, and found as it is at the end.
        let compared = (result.state != ServiceState::Drifting).then(|| compared(&result.error, &found)).flatten();
        tally.add(done.fix.alert.is_some(), &found, compared.as_ref());
        let own_limit = result.own_limit.as_ref().map(|own| own.largest_error.clone());
        let (number, limit) = (content.number, own_limit.unwrap_or(inferred.inference.largest_error));
        facts.push(FoundFacts { done, inferred: result, limit, number, found, compared });
    }
    Ok((facts, tally))
}

/// The inference that led to it, or that it tests.
fn inferred_before(service: &ServiceLog, done: &Done) -> Option<Inferred> {
    let inference = match &done.fix.alert {
        Some(alert) => &service.alert(alert)?.alert.inference,
        None => done.fix.inference.as_ref()?,
    };
    service.inference(inference).cloned()
}

/// One that was taken at random and stays in service is verified within so many days.
const AT_RANDOM: i64 = 60;

/// The certificate of how an instrument was found. One that was taken out is verified afterwards; one that was mended or left where it is was verified between
/// the alarm and that day. On the day of the repair itself only one that does not conform is of before: one that conforms is of after.
pub(super) fn certified_as_found<'a>(inventory: &'a Inventory, done: &Done) -> Option<&'a Certified> {
    let Fix { action, done_on, .. } = done.fix;
    let thing = inventory.thing(&done.fix.thing)?;
    let alert = done.fix.alert.as_ref().and_then(|alert| inventory.service().alert(alert));
    let days = match (action, alert.map(|alert| heng_statement::legal_day(alert.made_at))) {
        (FixAction::Repaired | FixAction::LeftInPlace, Some(alarmed)) => alarmed..=done_on,
        (FixAction::Sampled, _) => done_on..=done_on.checked_add(AT_RANDOM.days()).unwrap_or(done_on),
        _ => done_on..=Date::MAX,
    };
    let is_before = |one: &Certified| {
        action != FixAction::Repaired || one.performed_on < done_on || one.kind == CertificateKind::RejectionNotice
    };
    inventory
        .certificates_of(thing)
        .find(|one| days.contains(&one.performed_on) && one.correction.is_none() && is_before(one))
}

/// The same with what it says.
fn as_found(portal: &Portal, done: &Done) -> Result<Option<Certificate>, Problem> {
    let hash = certified_as_found(&*portal.inventory()?, done).map(|one| one.hash.clone());
    let Some(hash) = hash else { return Ok(None) };
    let Some(signed) = portal.statement(&hash)? else { return Ok(None) };
    match &signed.statement.body {
        Body::Cert(certificate) => Ok(Some((**certificate).clone())),
        _ => Ok(None),
    }
}
