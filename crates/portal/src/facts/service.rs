//! Instruments in service as pages and programs ask for them: networks by risk, one network, what was found.

pub(crate) mod causes;
pub(crate) mod found;
pub(crate) mod kept;
pub(crate) mod matrix;

use std::collections::BTreeMap;
use std::sync::Arc;

use heng_quantity::{Decimal, Estimate, Reported};
use heng_statement::service::{InstrumentResult, ServiceResults, ServiceState};
use heng_view::Inventory;
use heng_view::service::{AlertLog, AlertState, Inferred, ServiceLog, over_registered, standing};

use crate::access::{Action, Matter};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// How many instruments are in which state.
pub(crate) type States = BTreeMap<ServiceState, u32>;

/// A network with what was last inferred of it.
pub(crate) struct NetworkFacts {
    pub(crate) id: String,
    pub(crate) last: Inferred,
    /// Of the instruments that the visitor may see.
    pub(crate) states: States,
    /// Alarms that wait, and how many of them longer than they should.
    pub(crate) waiting: usize,
    pub(crate) overdue: usize,
}

impl NetworkFacts {
    /// How many instruments are in a state.
    pub(crate) fn count(&self, state: ServiceState) -> u32 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// How many instruments it has.
    pub(crate) fn instruments(&self) -> u32 {
        self.states.values().sum()
    }
}

/// Whom a network or an instrument concerns.
pub(crate) fn matter(inventory: &Inventory, thing: &str) -> Matter {
    let registration = inventory.thing(thing).and_then(|thing| thing.registration.as_ref());
    Matter {
        keeper: registration.map(|one| one.keeper.clone()),
        district: registration.and_then(|one| one.place.as_ref()).map(|place| place.district.clone()),
        ..Matter::default()
    }
}

/// Whether a visitor may see all that is inferred of a network.
pub(crate) fn is_seen_whole(portal: &Portal, visit: &Visit, inventory: &Inventory, network: &str) -> bool {
    portal.access().allows(visit.person(), Action::ReadNetwork, &matter(inventory, network))
}

/// Whether a visitor may see an instrument for its own sake: it is theirs, or of their district.
pub(crate) fn is_concerned(portal: &Portal, visit: &Visit, inventory: &Inventory, thing: &str) -> bool {
    portal.access().allows(visit.person(), Action::ReadNetwork, &matter(inventory, thing))
}

/// Whether a visitor may see what an inference about a network says of an instrument.
fn is_seen(portal: &Portal, visit: &Visit, inventory: &Inventory, (network, thing): (&str, &str)) -> bool {
    is_seen_whole(portal, visit, inventory, network) || is_concerned(portal, visit, inventory, thing)
}

/// The networks that a visitor may see anything of, those with most alarms that wait first.
pub(crate) fn networks(portal: &Portal, visit: &Visit) -> Result<Vec<NetworkFacts>, Problem> {
    let inventory = portal.inventory()?;
    let on = portal.today();
    let mut seen: Vec<NetworkFacts> = Vec::new();
    let alarms = by_network(inventory.service());
    for (id, inferred) in inventory.service().networks() {
        let Some(last) = standing(inferred) else { continue };
        let Some(states) = matrix::seen_states(portal, visit, &inventory, (id, last))? else { continue };
        let alarms = alarms.get(id).into_iter().flatten();
        let waits: Vec<AlertState> = alarms
            .filter(|alert| is_seen(portal, visit, &inventory, (id, &alert.alert.thing)))
            .map(|alert| alert.state(on))
            .collect();
        let count = |state| waits.iter().filter(|one| **one == state).count();
        seen.push(NetworkFacts {
            id: id.to_owned(),
            waiting: count(AlertState::Open) + count(AlertState::Overdue),
            overdue: count(AlertState::Overdue),
            last: last.clone(),
            states,
        });
    }
    seen.sort_by(|one, other| {
        let rank = |facts: &NetworkFacts| (facts.overdue, facts.waiting, facts.count(ServiceState::Undecided));
        rank(other).cmp(&rank(one)).then_with(|| one.id.cmp(&other.id))
    });
    Ok(seen)
}

/// The alarms about the instruments of each network.
fn by_network(service: &ServiceLog) -> BTreeMap<&str, Vec<&AlertLog>> {
    let mut all: BTreeMap<&str, Vec<&AlertLog>> = BTreeMap::new();
    for alert in service.alerts() {
        if let Some(inferred) = service.inference(&alert.alert.inference) {
            all.entry(inferred.inference.network.as_str()).or_default().push(alert);
        }
    }
    all
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
            let own = Matter { keeper: Some(alert.alert.addressee.clone()), ..Matter::default() };
            let may = is_seen(portal, visit, &inventory, (network, &alert.alert.thing))
                || portal.access().allows(visit.person(), Action::AnswerAlarm, &own);
            (may && matches!(state, AlertState::Open | AlertState::Overdue)).then(|| (alert.clone(), state))
        })
        .collect();
    waiting.sort_by(|(one, _), (other, _)| {
        (one.alert.answer_by, &one.alert.thing).cmp(&(other.alert.answer_by, &other.alert.thing))
    });
    Ok(waiting)
}

/// The results of an inference; a store that has lost them says so.
pub(crate) fn results(portal: &Portal, inferred: &Inferred) -> Result<Arc<ServiceResults>, Problem> {
    let found = results_if_there(portal, inferred)?;
    found.ok_or_else(|| Problem::failure(format!("the results of {} are not there", inferred.hash)))
}

/// The same for lists, which are there for all networks: what is lost of one is said to whoever runs the service, and keeps nobody from the others.
pub(crate) fn results_if_there(portal: &Portal, inferred: &Inferred) -> Result<Option<Arc<ServiceResults>>, Problem> {
    let document = &inferred.inference.results;
    if let Some(kept) = portal.results().get(&document.sha256) {
        return Ok(Some(kept));
    }
    match heng_office::service::results(portal.office(), &inferred.inference) {
        Ok(Some(read)) => {
            let read = Arc::new(read);
            portal.results().keep(document, &read);
            Ok(Some(read))
        }
        Ok(None) => Ok(None),
        Err(failure) => {
            tracing::error!(inference = inferred.hash, "the results cannot be read: {failure:?}");
            Ok(None)
        }
    }
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
