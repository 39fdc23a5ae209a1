//! A page for anything: what it is, how it stands, why, where its value comes from, what rests on it, and what was said about it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use heng_statement::{CertificateKind, legal_time};
use heng_wording::Words;

use crate::facts::chain::{Downwards, downwards};
use crate::facts::listing::listed;
use crate::facts::stability::stability as tracks_of;
use crate::facts::thing::{Event, Identity, Said, ThingFacts, thing_facts};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::listing::condition;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::answer::shape;
use crate::public::certificate::{ChainPart, kind_code};
use crate::public::line::{VerdictLine, verdict_line};
use crate::public::obligation::{Keys, keys};
use crate::public::stability::{Stability, stability};
use crate::public::who::who;
use crate::public::why::{Why, of_condition, why};
use crate::router::read;
use crate::visit::Visit;

/// What hangs on the certificate that counts.
struct Certified {
    line: VerdictLine,
    why: Why,
    chain: ChainPart,
    below: Downwards,
}

/// A line of the timeline.
struct Moment {
    day: String,
    shape: Option<&'static str>,
    sentence: String,
    issuer: (String, String),
    at: String,
    index: u64,
    hash: String,
    proof: String,
    page: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "thing.html")]
struct ThingPage<'a> {
    frame: &'a Frame<'a>,
    facts: &'a ThingFacts,
    kind: String,
    certified: Option<Certified>,
    /// Of a registered instrument that nobody has certified.
    unverified: Option<(VerdictLine, Why)>,
    must: Option<Keys>,
    stability: Option<Stability>,
    identity: Vec<(String, String, Option<String>)>,
    moments: Vec<Moment>,
}

/// `/thing/{id}`
pub(crate) async fn thing(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let facts = thing_facts(portal, &visit, &id)?;
        let words = portal.words(visit.language());
        let certified = match &facts.certificate {
            Some(certificate) => {
                let cites = &portal.heading(&certificate.statement)?.cites;
                Some(Certified {
                    line: verdict_line(certificate, words),
                    why: why(certificate, cites, words),
                    chain: ChainPart::of(portal, &certificate.statement, &visit)?,
                    below: downwards(portal, &certificate.statement)?,
                })
            }
            None => None,
        };
        let must = match &facts.identity {
            Identity::Instrument { must: Some(must), .. } => Some(keys(portal, must, words)),
            _ => None,
        };
        let unverified = match (&certified, &must) {
            (None, Some(_)) => unverified(portal, &id, words)?,
            _ => None,
        };
        let stability = match &facts.identity {
            Identity::Instrument { keeper: Some(_), must: None, .. } => stability(&tracks_of(portal, &id)?, words),
            _ => None,
        };
        let title = match (&facts.name, &facts.identity) {
            (Some(name), _) => one_of(name, visit.language()).to_owned(),
            (None, Identity::Other { .. }) => facts.id.clone(),
            (None, _) => party_name(portal, &visit, &facts.id)?,
        };
        let frame = Frame::new(portal, &visit, Place::Elsewhere, title);
        let kind = match &facts.identity {
            Identity::Instrument { keeper: Some(_), must: None, .. } => "portal-kind-standard",
            Identity::Instrument { .. } => "portal-kind-instrument",
            Identity::Party { .. } => "portal-kind-party",
            Identity::Rule { .. } => "portal-kind-rule",
            Identity::Other { .. } => "portal-kind-other",
        };
        Ok(html(&ThingPage {
            kind: words.say(kind, &[]),
            certified,
            unverified,
            must,
            stability,
            identity: identity(portal, &visit, &facts)?,
            moments: facts.events.iter().map(|event| moment(event, words)).collect(),
            frame: &frame,
            facts: &facts,
        }))
    })
    .await
}

/// What there is to say of an instrument without any certificate.
fn unverified(portal: &Portal, id: &str, words: &Words) -> Result<Option<(VerdictLine, Why)>, Problem> {
    let listed = {
        let inventory = portal.inventory()?;
        inventory.thing(id).and_then(|thing| listed(&inventory, portal.catalogue(), id, thing, portal.today()))
    };
    let Some(listed) = listed else { return Ok(None) };
    let (shape, word) = condition(listed.condition, words);
    let line = VerdictLine { shape, word, reason: words.say("why-unverified", &[]) };
    Ok(Some((line, of_condition(&listed, portal.desk()?.rules(), words))))
}

/// Somebody's name, as the visitor may know it.
fn party_name(portal: &Portal, visit: &Visit, id: &str) -> Result<String, Problem> {
    let known = portal.known_as(visit, id)?;
    Ok(who(id, known.name.as_ref(), known.of.as_ref(), portal.words(visit.language())))
}

/// Who keeps a thing, and where that leads.
fn kept_by(portal: &Portal, visit: &Visit, keeper: &str) -> Result<(&'static str, String, Option<String>), Problem> {
    Ok(("portal-term-keeper", party_name(portal, visit, keeper)?, Some(address("/thing/", keeper))))
}

/// The facts of the register: term, description, and where it leads.
fn identity(
    portal: &Portal,
    visit: &Visit,
    facts: &ThingFacts,
) -> Result<Vec<(String, String, Option<String>)>, Problem> {
    let words = portal.words(visit.language());
    let language = words.language();
    let mut rows: Vec<(&str, String, Option<String>)> = Vec::new();
    match &facts.identity {
        Identity::Instrument { instrument, keeper, .. } => {
            rows.push(("term-model", instrument.model.clone(), None));
            rows.push(("term-serial", instrument.serial.clone(), None));
            rows.push(("term-manufacturer", one_of(&instrument.manufacturer, language).to_owned(), None));
            rows.extend(keeper.as_deref().map(|keeper| kept_by(portal, visit, keeper)).transpose()?);
        }
        Identity::Other { keeper } => {
            rows.extend(keeper.as_deref().map(|keeper| kept_by(portal, visit, keeper)).transpose()?);
        }
        Identity::Party { party: who, authorizations, not_public } => {
            if let Some(place) = &who.address {
                rows.push(("portal-term-address", one_of(place, language).to_owned(), None));
            }
            if let Some(of) = &who.of {
                rows.push(("portal-term-of", party_name(portal, visit, of)?, Some(address("/thing/", of))));
            }
            for number in authorizations.iter().filter_map(|authorization| authorization.number.clone()) {
                rows.push(("portal-term-authorization", number, None));
            }
            if !not_public.is_empty() {
                let code =
                    if facts.name.is_some() { "portal-not-public-organisation" } else { "portal-not-public-person" };
                rows.push(("portal-not-public", words.say(code, &[]), None));
            }
        }
        Identity::Rule { rule } => {
            rows.push(("portal-fact-norm", rule.norm.clone(), None));
            rows.push(("portal-fact-version", rule.version.to_string(), None));
            if let Some(from) = rule.in_force_from {
                rows.push(("portal-term-in-force", from.to_string(), None));
            }
            rows.push(("portal-fact-sha256", rule.sha256.clone(), None));
        }
    }
    rows.push(("portal-term-id", facts.id.clone(), None));
    Ok(rows.into_iter().map(|(code, text, page)| (words.say(code, &[]), text, page)).collect())
}

fn moment(event: &Event, words: &Words) -> Moment {
    let language = words.language();
    let paper = |number: &str| Some((number.to_owned(), address("/certificate/", number)));
    let roles = |roles: &[heng_statement::body::Role]| {
        let said: Vec<String> = roles.iter().map(|role| words.say(role_code(*role), &[])).collect();
        said.join(&words.say("list-separator", &[]))
    };
    let (shape, code, data, page): (_, _, Vec<(&str, String)>, _) = match &event.said {
        Said::Registered { name } => (None, "registered", vec![("name", one_of(name, language).to_owned())], None),
        Said::Requested { laboratory, wanted_on } => {
            let facts = vec![("laboratory", laboratory.clone()), ("day", wanted_on.to_string())];
            (None, "requested", facts, None)
        }
        Said::Measured { rule } => (None, "measured", vec![("norm", rule.clone())], None),
        Said::Reviewed { number } => (None, "reviewed", vec![("number", number.clone())], None),
        Said::Certified { number, kind, stands, .. } => {
            let shape = match (stands, kind) {
                (false, _) | (true, CertificateKind::RejectionNotice) => shape::BAD,
                (true, _) => shape::GOOD,
            };
            let code = if *stands { "certified" } else { "certified-fallen" };
            (
                Some(shape),
                code,
                vec![("kind", words.say(kind_code(*kind), &[])), ("number", number.clone())],
                paper(number),
            )
        }
        Said::Withdrawn { number, reason, from, decided_by } => {
            let why = one_of(reason, language).to_owned();
            let mut data = vec![("number", number.clone()), ("reason", why), ("from", from.to_string())];
            let code = if decided_by.is_some() { "withdrawn-by" } else { "withdrawn" };
            data.extend(decided_by.iter().map(|person| ("person", one_of(person, language).to_owned())));
            (Some(shape::BAD), code, data, paper(number))
        }
        Said::Published { norm, version } => {
            (None, "published", vec![("norm", norm.clone()), ("version", version.to_string())], None)
        }
        Said::Introduced { name: Some(name) } => {
            (None, "introduced", vec![("name", one_of(name, language).to_owned())], None)
        }
        Said::Introduced { name: None } => (None, "introduced-person", Vec::new(), None),
        Said::KeyIntroduced { suite, through } => {
            (None, "key", vec![("suite", suite.clone()), ("through", through.to_string())], None)
        }
        Said::Sealed { segment, readings } => {
            (None, "sealed", vec![("segment", segment.to_string()), ("readings", readings.to_string())], None)
        }
        Said::Compared { number, step } => {
            let step = words.say(&format!("round-step-{step}"), &[]);
            (
                None,
                "compared",
                vec![("number", number.clone()), ("step", step)],
                Some((number.clone(), address("/round/", number))),
            )
        }
        Said::Inferred { from, through } => {
            (None, "inferred", vec![("from", from.to_string()), ("through", through.to_string())], None)
        }
        Said::Alarmed { addressee, answer_by } => {
            let addressee = addressee.as_ref().map(|name| one_of(name, language).to_owned()).unwrap_or_default();
            (Some(shape::ATTENTION), "alarmed", vec![("addressee", addressee), ("day", answer_by.to_string())], None)
        }
        Said::Done { action, done_on } => {
            let action = words.say(&format!("service-action-{action}"), &[]);
            (None, "done", vec![("action", action), ("day", done_on.to_string())], None)
        }
        Said::Attested { name } => (None, "attested", vec![("name", one_of(name, language).to_owned())], None),
        Said::Forecast { step, from, through } => {
            let step = words.say(&format!("plan-forecast-{step}"), &[]);
            (None, "forecast", vec![("step", step), ("from", from.to_string()), ("through", through.to_string())], None)
        }
        Said::NormStaged { norm, stage, on } => {
            let stage = words.say(&format!("plan-stage-{stage}"), &[]);
            (None, "norm-stage", vec![("norm", norm.clone()), ("stage", stage), ("day", on.to_string())], None)
        }
        Said::ClauseTold { norm, clause } => {
            (None, "clause-told", vec![("norm", norm.clone()), ("clause", clause.clone())], None)
        }
        Said::PlanPublished { title } => {
            (None, "plan-published", vec![("title", one_of(title, language).to_owned())], None)
        }
        Said::PlanReported { as_of } => (None, "plan-reported", vec![("day", as_of.to_string())], None),
        Said::Authorized { roles: granted, through } => {
            (None, "authorized", vec![("roles", roles(granted)), ("through", through.to_string())], None)
        }
    };
    let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let issuer = who(&event.issuer, event.issuer_name.as_ref(), event.issuer_of.as_ref(), words);
    Moment {
        day: event.day.to_string(),
        shape,
        sentence: words.say(&format!("portal-event-{code}"), &data),
        issuer: (issuer, address("/thing/", &event.issuer)),
        at: legal_time(event.made_at),
        index: event.index,
        hash: event.statement.clone(),
        proof: address("/statement/", &event.statement),
        page,
    }
}

/// The word of a role.
pub(crate) fn role_code(role: heng_statement::body::Role) -> &'static str {
    use heng_statement::body::Role;
    match role {
        Role::Introduce => "portal-role-introduce",
        Role::Measure => "portal-role-measure",
        Role::Review => "portal-role-review",
        Role::Certify => "portal-role-certify",
        Role::KeepStandards => "portal-role-keep-standards",
        Role::Publish => "portal-role-publish",
        Role::Supervise => "portal-role-supervise",
        Role::Coordinate => "portal-role-coordinate",
        Role::Attest => "portal-role-attest",
    }
}
