//! Instruments in service as pages and programs ask for them: networks by risk, one network, what was found.

use heng_quantity::{Decimal, Estimate, Reported};
use heng_statement::service::{InstrumentResult, ServiceResults, ServiceState};
use heng_statement::{Body, Certificate};
use heng_view::Inventory;
use heng_view::service::{
    AlertLog, AlertState, Compared, Done, FoundError, Inferred, ServiceLog, Tally, compared, found_error,
    over_registered,
};
use jiff::civil::Date;

use crate::access::{Action, Matter};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// A network with what was last inferred of it.
pub(crate) struct NetworkFacts {
    pub(crate) id: String,
    pub(crate) last: Inferred,
    /// Alarms that wait, and how many of them longer than they should.
    pub(crate) waiting: usize,
    pub(crate) overdue: usize,
}

impl NetworkFacts {
    /// How many instruments are in a state.
    pub(crate) fn count(&self, state: ServiceState) -> u32 {
        self.last.inference.states.get(&state).copied().unwrap_or(0)
    }

    /// How many instruments it has.
    pub(crate) fn instruments(&self) -> u32 {
        self.last.inference.states.values().sum()
    }
}

/// Whom a network concerns.
pub(crate) fn matter(inventory: &Inventory, network: &str) -> Matter {
    let registration = inventory.thing(network).and_then(|thing| thing.registration.as_ref());
    Matter {
        keeper: registration.map(|one| one.keeper.clone()),
        district: registration.and_then(|one| one.place.as_ref()).map(|place| place.district.clone()),
        ..Matter::default()
    }
}

/// The networks that a visitor may see, those with most alarms that wait first.
pub(crate) fn networks(portal: &Portal, visit: &Visit) -> Result<Vec<NetworkFacts>, Problem> {
    let inventory = portal.inventory()?;
    let on = portal.today();
    let mut seen: Vec<NetworkFacts> = inventory
        .service()
        .networks()
        .filter_map(|(id, inferred)| {
            let last = inferred.last()?.clone();
            let matter = matter(&inventory, id);
            if !portal.access().allows(visit.person(), Action::ReadNetwork, &matter) {
                return None;
            }
            let waits: Vec<AlertState> = alarms_of(inventory.service(), id).map(|alert| alert.state(on)).collect();
            let count = |state| waits.iter().filter(|one| **one == state).count();
            Some(NetworkFacts {
                id: id.to_owned(),
                waiting: count(AlertState::Open) + count(AlertState::Overdue),
                overdue: count(AlertState::Overdue),
                last,
            })
        })
        .collect();
    seen.sort_by(|one, other| {
        let rank = |facts: &NetworkFacts| (facts.overdue, facts.waiting, facts.count(ServiceState::Undecided));
        rank(other).cmp(&rank(one)).then_with(|| one.id.cmp(&other.id))
    });
    Ok(seen)
}

/// The alarms that an inference about a network raised.
pub(crate) fn alarms_of<'a>(service: &'a ServiceLog, network: &'a str) -> impl Iterator<Item = &'a AlertLog> {
    service.alerts().filter(move |alert| {
        service.inference(&alert.alert.inference).is_some_and(|inferred| inferred.inference.network == network)
    })
}

/// The alarms that a visitor may see and that wait, those that waited longest over their day first.
pub(crate) fn waiting(portal: &Portal, visit: &Visit) -> Result<Vec<(AlertLog, AlertState)>, Problem> {
    let inventory = portal.inventory()?;
    let on = portal.today();
    let service = inventory.service();
    let mut waiting: Vec<(AlertLog, AlertState)> = service
        .alerts()
        .filter_map(|alert| {
            let state = alert.state(on);
            let network = &service.inference(&alert.alert.inference)?.inference.network;
            let may = portal.access().allows(visit.person(), Action::ReadNetwork, &matter(&inventory, network));
            (may && matches!(state, AlertState::Open | AlertState::Overdue)).then(|| (alert.clone(), state))
        })
        .collect();
    waiting.sort_by(|(one, _), (other, _)| {
        (one.alert.answer_by, &one.alert.thing).cmp(&(other.alert.answer_by, &other.alert.thing))
    });
    Ok(waiting)
}

/// The results of an inference; a store that has lost them says so.
pub(crate) fn results(portal: &Portal, inferred: &Inferred) -> Result<ServiceResults, Problem> {
    let results = heng_office::service::results(portal.office(), &inferred.inference)?;
    results.ok_or_else(|| Problem::failure(format!("the results of {} are not there", inferred.hash)))
}

/// What the instruments of a network registered beyond the limit of their error, together: the error is common to nobody, so that u adds in quadrature.
pub(crate) fn over_registered_together(results: &ServiceResults) -> Option<Estimate> {
    let alarming = |one: &&InstrumentResult| matches!(one.state, ServiceState::Beyond | ServiceState::Drifting);
    let amounts: Vec<Estimate> = results
        .instruments
        .iter()
        .filter(alarming)
        .filter_map(|one| over_registered(&one.registered, &one.error))
        .collect();
    let square = |one: &Estimate| one.standard_uncertainty * one.standard_uncertainty;
    let sum = amounts.first()?.clone();
    Some(Estimate {
        value: amounts.iter().map(|one| one.value).sum(),
        standard_uncertainty: amounts.iter().map(square).sum::<f64>().sqrt(),
        ..sum
    })
}

/// An instrument that was taken out, what had been inferred of it, and what a laboratory found.
pub(crate) struct FoundFacts {
    pub(crate) done: Done,
    pub(crate) inferred: InstrumentResult,
    pub(crate) number: String,
    pub(crate) found: FoundError,
    pub(crate) compared: Option<Compared>,
}

/// Everything that was found, and how often the inference was right.
pub(crate) fn found(portal: &Portal) -> Result<(Vec<FoundFacts>, Tally), Problem> {
    let done: Vec<(Done, Inferred)> = {
        let inventory = portal.inventory()?;
        let service = inventory.service();
        let taken_out = service.done().iter().filter(|done| done.fix.action.takes_out());
        taken_out.filter_map(|done| Some((done.clone(), inferred_before(service, done)?))).collect()
    };
    let mut facts = Vec::new();
    let mut tally = Tally::default();
    for (done, inferred) in done {
        let results = results(portal, &inferred)?;
        let Some(result) = results.instruments.into_iter().find(|one| one.thing == done.fix.thing) else { continue };
        let Some(content) = first_certificate_since(portal, &done.fix.thing, done.fix.done_on)? else {
            continue;
        };
        let Some(found) = found_error(&content) else { continue };
        // What moves is inferred as the mean of a period, and found as it is at the end.
        let compared = (result.state != ServiceState::Drifting).then(|| compared(&result.error, &found)).flatten();
        tally.add(done.fix.alert.is_some(), &found, compared.as_ref());
        facts.push(FoundFacts { done, inferred: result, number: content.number, found, compared });
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

/// The first certificate of an instrument on or after a day.
fn first_certificate_since(portal: &Portal, thing: &str, since: Date) -> Result<Option<Certificate>, Problem> {
    let hash = {
        let inventory = portal.inventory()?;
        let Some(thing) = inventory.thing(thing) else { return Ok(None) };
        let mut after =
            inventory.certificates_of(thing).filter(|one| one.performed_on >= since && one.correction.is_none());
        after.next().map(|one| one.hash.clone())
    };
    let Some(hash) = hash else { return Ok(None) };
    let Some(signed) = portal.statement(&hash)? else { return Ok(None) };
    match &signed.statement.body {
        Body::Cert(certificate) => Ok(Some((**certificate).clone())),
        _ => Ok(None),
    }
}

/// A probability in per cent. It is an estimate of few digits, and never certain.
pub(crate) fn percent(probability: &Decimal) -> String {
    match probability.to_f64() * 100.0 {
        value if value < 1.0 => "< 1".to_owned(),
        value if value > 99.0 => "> 99".to_owned(),
        value => format!("{:.0}", value.floor()),
    }
}

/// The error with its interval as people read it.
pub(crate) fn error_text(error: &Reported) -> String {
    match error.interval_text() {
        Some(interval) => format!("{} {interval}", error.value_text()),
        None => error.text(),
    }
}
