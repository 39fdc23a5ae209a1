//! Instruments in service: what is inferred becomes statements, alarms are raised once, and answers come from those who were asked.

use heng_rule::Words;
use heng_statement::service::{Alert, Fix, FixAction, Inference, InstrumentResult, ServiceResults};
use heng_statement::{Body, Registration, Statement, StatementHash, legal_day};
use heng_view::Inventory;
use heng_view::service::{AlertLog, AlertState};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::correction::{Retraction, withdrawal};

/// Why a statement about instruments in service is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceRefusal {
    /// Nobody has registered the network.
    NoNetwork(String),
    /// The network is kept by somebody else.
    NotKeeper {
        /// The network or the instrument.
        thing: String,
        /// Who keeps it.
        keeper: String,
    },
    /// Nobody has registered these instruments.
    NoInstruments(Vec<String>),
    /// There is no such alarm.
    NoAlert(String),
    /// A random sample tests an inference, and this is none.
    NoInference(String),
    /// Somebody else is asked to act.
    NotAddressee(String),
    /// The alarm was answered or taken back.
    Answered(String),
    /// It was done before there was an alarm, or it is still to come.
    OutOfTime(Date),
    /// It is neither an alarm nor an inference that stands.
    NothingToTakeBack(String),
    /// Somebody else said it.
    NotIssuer(String),
}

impl ServiceRefusal {
    /// Its code in the locale files, with its facts.
    pub fn said(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::NoNetwork(network) => ("service-refused-no-network", vec![("network", network.clone())]),
            Self::NotKeeper { thing, keeper } => {
                ("service-refused-not-keeper", vec![("thing", thing.clone()), ("keeper", keeper.clone())])
            }
            Self::NoInstruments(things) => {
                let few: Vec<&str> = things.iter().take(5).map(String::as_str).collect();
                let facts = vec![("count", things.len().to_string()), ("things", few.join(", "))];
                ("service-refused-no-instruments", facts)
            }
            Self::NoAlert(hash) => ("service-refused-no-alert", vec![("alert", hash.clone())]),
            Self::NoInference(hash) => ("service-refused-no-inference", vec![("inference", hash.clone())]),
            Self::NotAddressee(addressee) => ("service-refused-not-addressee", vec![("addressee", addressee.clone())]),
            Self::Answered(hash) => ("service-refused-answered", vec![("alert", hash.clone())]),
            Self::OutOfTime(day) => ("service-refused-out-of-time", vec![("day", day.to_string())]),
            Self::NothingToTakeBack(hash) => ("service-refused-nothing", vec![("statement", hash.clone())]),
            Self::NotIssuer(issuer) => ("service-refused-not-issuer", vec![("issuer", issuer.clone())]),
        }
    }
}

/// The statement of an inference about a registered network, by its keeper, about registered instruments.
pub fn inferred(
    inventory: &Inventory,
    issuer: &str,
    inference: Inference,
    results: &ServiceResults,
    made_at: Timestamp,
) -> Result<Statement, ServiceRefusal> {
    let network = &inference.network;
    let registered = |thing: &str| inventory.thing(thing).and_then(|thing| thing.registration.as_ref());
    let kept = registered(network)
        .filter(|registration| registration.kind == Registration::NETWORK)
        .ok_or_else(|| ServiceRefusal::NoNetwork(network.clone()))?;
    if kept.keeper != issuer {
        return Err(ServiceRefusal::NotKeeper { thing: network.clone(), keeper: kept.keeper.clone() });
    }
    let unknown: Vec<String> = results
        .instruments
        .iter()
        .filter(|one| registered(&one.thing).is_none())
        .map(|one| one.thing.clone())
        .collect();
    if !unknown.is_empty() {
        return Err(ServiceRefusal::NoInstruments(unknown));
    }
    let about = vec![network.clone()];
    Ok(Statement::of(issuer, about, made_at, Body::Infer(Box::new(inference))))
}

/// Whom alarms ask to act, and until when.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The party; the keeper of each instrument where nobody is named.
    pub addressee: Option<&'a str>,
    /// The last day.
    pub answer_by: Date,
}

/// The alarms that an inference raises: one for each instrument that alarms and has no alarm of this network that waits for the same answer.
pub fn alarms(
    inventory: &Inventory,
    issuer: &str,
    inference: &StatementHash,
    results: &ServiceResults,
    asked: Asked<'_>,
    (made_at, synthetic): (Timestamp, bool),
) -> Vec<Statement> {
    let service = inventory.service();
    let keeper = |thing: &str| inventory.thing(thing).and_then(|thing| thing.keeper()).map(str::to_owned);
    // Whoever inferred answers for what nobody keeps.
    let asks = |thing: &str| match asked.addressee {
        Some(addressee) => addressee.to_owned(),
        None => keeper(thing).unwrap_or_else(|| issuer.to_owned()),
    };
    let of_network = |alert: &AlertLog| {
        service.inference(&alert.alert.inference).is_some_and(|one| one.inference.network == results.network)
    };
    // An alarm of another network, or one that asks whoever kept it before, keeps nobody from being asked.
    let waits = |thing: &str| {
        let of_thing = service.alerts_of(thing);
        let mut open = of_thing.filter(|alert| alert.answer.is_none() && !alert.is_withdrawn && of_network(alert));
        open.any(|alert| alert.alert.addressee == asks(thing))
    };
    // Whatever became of an alarm that this very inference raised, it was raised.
    let was_raised = |thing: &str| service.alerts_of(thing).any(|alert| alert.alert.inference == *inference);
    let is_new = |thing: &str| !waits(thing) && !was_raised(thing);
    let alarming = results.instruments.iter().filter(|one| one.state.is_alarming() && is_new(&one.thing));
    alarming
        .map(|one| {
            let InstrumentResult { thing, state, error, probability, own_limit, since, .. } = one.clone();
            let alert = Alert {
                inference: inference.clone(),
                state,
                since,
                error,
                probability,
                own_limit,
                addressee: asks(&one.thing),
                answer_by: asked.answer_by,
                synthetic,
                thing: thing.clone(),
            };
            Statement::of(issuer, vec![thing], made_at, Body::Alert(Box::new(alert))).citing(vec![inference.clone()])
        })
        .collect()
}

/// The statement that takes back an alarm, or an inference with every alarm that rests on it and waits: by whoever made it, once. What was answered stays: a
/// wrong alarm that somebody acted on is one for good.
pub fn taken_back(
    inventory: &Inventory,
    issuer: &str,
    hash: &str,
    reason: Words,
    made_at: Timestamp,
) -> Result<Statement, ServiceRefusal> {
    let service = inventory.service();
    let nothing = || ServiceRefusal::NothingToTakeBack(hash.to_owned());
    let (said_by, said_at, about) = match (service.alert(hash), service.inference(hash)) {
        (Some(alert), _) if alert.answer.is_some() || alert.is_withdrawn => {
            return Err(ServiceRefusal::Answered(hash.to_owned()));
        }
        (Some(alert), _) => (&alert.issuer, alert.made_at, &alert.alert.thing),
        (None, Some(one)) if !one.is_withdrawn => (&one.issuer, one.made_at, &one.inference.network),
        _ => return Err(nothing()),
    };
    if said_by != issuer {
        return Err(ServiceRefusal::NotIssuer(said_by.clone()));
    }
    Ok(withdrawal(Retraction {
        issuer: issuer.to_owned(),
        about: vec![about.clone()],
        statement: hash.to_owned(),
        from: legal_day(said_at),
        reason,
        made_at,
        decided_by: None,
    }))
}

/// The statement of what was done: an answer to an alarm by the one who was asked, or a random sample by the keeper.
pub fn done(
    inventory: &Inventory,
    issuer: &str,
    fix: Fix,
    made_at: Timestamp,
    today: Date,
) -> Result<Statement, ServiceRefusal> {
    if fix.done_on > today {
        return Err(ServiceRefusal::OutOfTime(fix.done_on));
    }
    let mut cites = Vec::new();
    match &fix.alert {
        Some(hash) => {
            let alert = inventory.service().alert(hash).ok_or_else(|| ServiceRefusal::NoAlert(hash.clone()))?;
            if alert.alert.addressee != issuer || alert.alert.thing != fix.thing {
                return Err(ServiceRefusal::NotAddressee(alert.alert.addressee.clone()));
            }
            if !matches!(alert.state(today), AlertState::Open | AlertState::Overdue) {
                return Err(ServiceRefusal::Answered(hash.clone()));
            }
            if fix.done_on < legal_day(alert.made_at) {
                return Err(ServiceRefusal::OutOfTime(fix.done_on));
            }
            cites.push(hash.clone());
        }
        None => {
            let thing = inventory.thing(&fix.thing).and_then(|thing| thing.keeper());
            let keeper = thing.ok_or_else(|| ServiceRefusal::NoInstruments(vec![fix.thing.clone()]))?;
            if keeper != issuer {
                return Err(ServiceRefusal::NotKeeper { thing: fix.thing.clone(), keeper: keeper.to_owned() });
            }
            if fix.action == FixAction::Sampled {
                let inference = fix.inference.clone().unwrap_or_default();
                let inferred = inventory.service().inference(&inference);
                let inferred = inferred.ok_or_else(|| ServiceRefusal::NoInference(inference.clone()))?;
                if fix.done_on < inferred.inference.ends_on {
                    return Err(ServiceRefusal::OutOfTime(fix.done_on));
                }
                cites.push(inference);
            }
        }
    }
    let mut about = vec![fix.thing.clone()];
    about.extend(fix.replaced_by.clone());
    Ok(Statement::of(issuer, about, made_at, Body::Fix(Box::new(fix))).citing(cites))
}
