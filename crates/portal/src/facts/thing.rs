//! A thing of any kind by what was said about it: an instrument, a standard, a party or a rule.

use std::sync::Arc;

use heng_rule::{Instrument, Words};
use heng_statement::body::Role;
use heng_statement::published::Cut;
use heng_statement::{
    Authorization, Body, Certificate, CertificateKind, NormStep, Party, RoundStep, SignedStatement, StatementHash,
    legal_day,
};
use heng_store::{Entry, Question};
use heng_view::{Obligation, obligation};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::certificate::{CertificateFacts, certificate_facts, cut_facts};
use crate::facts::cut::filled;
use crate::facts::seen::{LeftOut, Seen};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// The statements shown at once; older ones are counted.
const SHOWN: usize = 60;

/// What kind of thing it is, with what there is to say of it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Identity {
    /// An instrument, or a measurement standard.
    Instrument {
        /// What its maker made it.
        instrument: Box<Instrument>,
        /// Who keeps it, where it is registered.
        keeper: Option<String>,
        /// Whether it must be verified, where it is registered as a working instrument.
        #[serde(skip_serializing_if = "Option::is_none")]
        must: Option<Box<Obligation>>,
    },
    /// Somebody, or a machine with a key.
    Party {
        /// Who, as far as the visitor may know.
        party: Box<Seen<Party>>,
        /// The fields of that which are not public and were left out, as JSON pointers.
        #[serde(skip_serializing_if = "LeftOut::is_empty")]
        not_public: LeftOut,
        /// What they may do.
        authorizations: Vec<Authorization>,
    },
    /// A rule as published.
    Rule {
        /// The rule.
        rule: heng_rule::RuleReference,
    },
    /// Anything else that statements speak of: a network, an item of a comparison, a plan, a place, whatever a plan counts.
    Other {
        /// Who keeps it, where it is registered.
        keeper: Option<String>,
    },
}

/// One statement in the life of a thing.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Event {
    /// The statement.
    pub(crate) statement: StatementHash,
    /// Its place in the log.
    pub(crate) index: u64,
    /// When it was signed.
    pub(crate) made_at: Timestamp,
    /// The legal day of that.
    pub(crate) day: Date,
    /// Who said it.
    pub(crate) issuer: String,
    /// The name of who said it, where the log introduces them and it is for the visitor.
    pub(crate) issuer_name: Option<Words>,
    /// The organisation of a person whose name is not public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issuer_of: Option<Words>,
    /// What was said.
    #[serde(flatten)]
    pub(crate) said: Said,
}

/// What a statement says, as far as a timeline tells.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "said", rename_all = "kebab-case")]
pub(crate) enum Said {
    /// It exists.
    Registered { name: Words },
    /// Its owner asked a laboratory for work on it.
    Requested { laboratory: String, wanted_on: Date },
    /// It was measured.
    Measured { rule: String },
    /// A second person reviewed a certificate.
    Reviewed { number: String },
    /// It was certified.
    Certified { number: String, kind: CertificateKind, valid_through: Option<Date>, stands: bool },
    /// A certificate no longer stands.
    Withdrawn {
        number: String,
        reason: Words,
        from: Date,
        /// Who decided it, where the correction names a person.
        #[serde(skip_serializing_if = "Option::is_none")]
        decided_by: Option<Words>,
    },
    /// A rule was published.
    Published { norm: String, version: u32 },
    /// A party was introduced, by a name that is for the visitor or by none.
    Introduced { name: Option<Words> },
    /// A key was introduced.
    KeyIntroduced { suite: String, through: Date },
    /// A party was authorized.
    Authorized { roles: Vec<Role>, through: Date },
    /// A segment of readings was sealed.
    Sealed { segment: u64, readings: u64 },
    /// A step of a comparison round.
    Compared { number: String, step: &'static str },
    /// Readings were judged.
    Inferred { from: Date, through: Date },
    /// Somebody should look at it.
    Alarmed { addressee: Option<Words>, answer_by: Date },
    /// Something was done about it.
    Done { action: &'static str, done_on: Date },
    /// Something was attested that a plan counts.
    Attested { name: Words },
    /// A forecast, or what then happened.
    Forecast { step: &'static str, from: Date, through: Date },
    /// A norm has reached a stage.
    NormStaged { norm: String, stage: &'static str, on: Date },
    /// Somebody who used a clause says something of it.
    ClauseTold { norm: String, clause: String },
    /// A plan is in force.
    PlanPublished { title: Words },
    /// How a plan stood.
    PlanReported { as_of: Date },
}

/// A thing.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ThingFacts<Certified = CertificateFacts> {
    /// Its identifier.
    pub(crate) id: String,
    /// Its name; absent where it is a person's and not public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Words>,
    /// What it is.
    pub(crate) identity: Identity,
    /// Whether it is made up.
    pub(crate) synthetic: bool,
    /// The certificate that counts today, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) certificate: Option<Certified>,
    /// What was said, newest first.
    pub(crate) events: Vec<Event>,
    /// How many older statements are not listed.
    pub(crate) older: usize,
}

/// The facts of a thing that the log knows.
pub(crate) fn thing_facts(portal: &Portal, visit: &Visit, id: &str) -> Result<ThingFacts, Problem> {
    let life = Life::of(portal, id)?;
    let shown = life.shown();
    let last = last_certificate(&shown).map(|entry| portal.entry(entry)).transpose()?;
    let certificate = last.map(|signed| certificate_facts(portal, visit, &signed)).transpose()?.flatten();
    let content = certificate.as_ref().map(|facts| &*facts.certificate);
    let facts = life.told(portal, visit, &shown, content)?;
    let facts = facts.ok_or_else(|| no_thing(portal, id))?;
    Ok(ThingFacts { certificate, ..facts })
}

/// The facts as JSON, for a visitor who sees what anyone sees. Of a certificate nothing is read: what is public is copied.
pub(crate) fn thing_json(portal: &Portal, visit: &Visit, id: &str) -> Result<Vec<u8>, Problem> {
    let life = Life::of(portal, id)?;
    let shown = life.shown();
    let last = last_certificate(&shown).map(|entry| cut_facts(portal, entry)).transpose()?.flatten();
    let (certificate, cut) = last.map_or((None, Cut::default()), |(facts, cut)| (Some(facts), cut));
    let Some(facts) = life.told(portal, visit, &shown, None)? else {
        // Only its certificate says what it is.
        return serde_json::to_vec(&thing_facts(portal, visit, id)?).map_err(Problem::failure);
    };
    let hole = certificate.as_ref().map(|facts| facts.certificate.clone()).unwrap_or_default();
    filled(&ThingFacts { certificate, ..facts }, &hole, &cut.json).map_err(Problem::failure)
}

/// What a thing is called, what it is, and whether it is made up.
type Known = (Option<Words>, Identity, bool);

/// Everything that was said about a thing.
struct Life<'a> {
    id: &'a str,
    about: Vec<Entry>,
}

impl<'a> Life<'a> {
    fn of(portal: &Portal, id: &'a str) -> Result<Self, Problem> {
        Ok(Self { id, about: portal.entries(Question::About(id))? })
    }

    /// What is listed, newest first: the last, and what says who or what it is, however old.
    fn shown(&self) -> Vec<&Entry> {
        let mut shown: Vec<&Entry> = self.about.iter().rev().take(SHOWN).collect();
        let is_founding = |entry: &&Entry| matches!(entry.kind.as_str(), "reg" | "party" | "auth" | "norm");
        let older = self.about.len().saturating_sub(SHOWN);
        shown.extend(self.about.iter().take(older).filter(is_founding));
        shown
    }

    /// Something that statements speak of without saying what it is; nothing where there are none.
    fn other(&self, portal: &Portal, said: &[(&Entry, Arc<SignedStatement>)]) -> Option<Known> {
        let bodies = || said.iter().map(|(_, signed)| &signed.statement.body);
        let registered = bodies().find_map(|body| match body {
            Body::Reg(registration) => Some(registration),
            _ => None,
        });
        let name = bodies().find_map(|body| name_in(body, self.id));
        let keeper = registered.map(|registration| registration.keeper.clone());
        let synthetic = registered.map_or(portal.synthetic(), |registration| registration.synthetic);
        (!self.about.is_empty()).then_some((name, Identity::Other { keeper }, synthetic))
    }

    /// What is told of it, but for its certificate; nothing where only that says what it is, and is not given.
    fn told<Certified>(
        &self,
        portal: &Portal,
        visit: &Visit,
        shown: &[&Entry],
        certificate: Option<&Certificate>,
    ) -> Result<Option<ThingFacts<Certified>>, Problem> {
        // Of certificates and records a timeline tells nothing that is in their bodies alone.
        let short = shown.iter().filter(|entry| !matches!(entry.kind.as_str(), "cert" | "meas"));
        let said = short.map(|entry| Ok((*entry, portal.entry(entry)?))).collect::<Result<Vec<_>, Problem>>()?;
        let is_certified = certificate.is_some() || last_certificate(shown).is_some();
        let identity = match identity(portal, visit, &said, certificate)? {
            // Where it has a certificate, that says what it is.
            None if !is_certified => self.other(portal, &said),
            known => known,
        };
        let Some((name, identity, synthetic)) = identity else { return Ok(None) };
        let body_of = |entry: &Entry| said.iter().find(|(of, _)| of.index == entry.index).map(|(_, signed)| &**signed);
        let events = shown.iter().map(|entry| event(portal, visit, entry, body_of(entry)));
        let events = events.collect::<Result<Vec<_>, _>>()?;
        let older = self.about.len().saturating_sub(events.len());
        Ok(Some(ThingFacts {
            id: self.id.to_owned(),
            name,
            identity,
            synthetic,
            certificate: None,
            events: events.into_iter().flatten().collect(),
            older,
        }))
    }
}

/// What it is called in a statement about it, where it is no instrument, party or rule.
fn name_in(body: &Body, id: &str) -> Option<Words> {
    match body {
        Body::Reg(registration) => Some(registration.name.clone()),
        Body::Attest(attested) => Some(attested.name.clone()),
        Body::Plan(plan) => Some(plan.title.clone()),
        Body::Comp(step) => match &**step {
            RoundStep::Announcement(round) => {
                round.items.iter().find(|item| item.thing == id).map(|item| item.name.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

fn last_certificate<'a>(shown: &[&'a Entry]) -> Option<&'a Entry> {
    shown.iter().find(|entry| entry.kind == "cert").copied()
}

fn no_thing(portal: &Portal, id: &str) -> Problem {
    let near = portal.inventory().map(|inventory| inventory.things_near(id));
    near.map_or_else(
        |problem| problem,
        |near| Problem::new(axum::http::StatusCode::NOT_FOUND, "no-thing").with("id", id).near("/thing/", near),
    )
}

fn identity(
    portal: &Portal,
    visit: &Visit,
    said: &[(&Entry, Arc<SignedStatement>)],
    certificate: Option<&Certificate>,
) -> Result<Option<Known>, Problem> {
    let mut authorizations = Vec::new();
    let mut found = None;
    for (_, signed) in said {
        match &signed.statement.body {
            Body::Auth(granted) => {
                authorizations.push(portal.seen_authorization(visit, &signed.statement, granted)?);
            }
            Body::Party(party) if found.is_none() => {
                let seen = portal.seen_party(visit, signed, party);
                let name = Some(seen.name.clone()).filter(|name| *name != Words::default());
                let not_public = seen.left_out();
                let identity = Identity::Party { party: Box::new(seen), not_public, authorizations: Vec::new() };
                found = Some((name, identity, party.synthetic));
            }
            Body::Norm(publication) if found.is_none() => {
                let rule = publication.rule.clone();
                found = Some((Some(rule.title.clone()), Identity::Rule { rule }, false));
            }
            Body::Reg(registration) if found.is_none() => {
                let of_certificate = || certificate.map(|content| content.instrument.clone());
                let instrument = registration.instrument.clone().or_else(of_certificate);
                let keeper = Some(registration.keeper.clone());
                let is_working = !registration.is_measurement_standard();
                found = instrument.map(|instrument| {
                    let must = obligation(portal.catalogue(), &instrument.kind, registration.purpose, portal.today());
                    let must = is_working.then(|| Box::new(must));
                    let identity = Identity::Instrument { instrument: Box::new(instrument), keeper, must };
                    (Some(registration.name.clone()), identity, registration.synthetic)
                });
            }
            _ => {}
        }
    }
    if let Some((_, Identity::Party { authorizations: granted, .. }, _)) = &mut found {
        *granted = authorizations;
    }
    Ok(found.or_else(|| {
        let content = certificate?;
        let instrument = Box::new(content.instrument.clone());
        let identity = Identity::Instrument { instrument, keeper: None, must: None };
        Some((Some(content.instrument.name.clone()), identity, content.synthetic))
    }))
}

fn event(
    portal: &Portal,
    visit: &Visit,
    entry: &Entry,
    signed: Option<&SignedStatement>,
) -> Result<Option<Event>, Problem> {
    let said = match signed {
        Some(signed) => said(portal, visit, &signed.statement.body)?,
        None => Some(said_by_entry(portal, entry)?),
    };
    let Some(said) = said else { return Ok(None) };
    let issuer = portal.known_as(visit, &entry.issuer)?;
    Ok(Some(Event {
        statement: entry.hash.clone(),
        index: entry.index,
        made_at: entry.made_at,
        day: heng_office::clock::day(entry.made_at),
        issuer: entry.issuer.clone(),
        issuer_name: issuer.name,
        issuer_of: issuer.of,
        said,
    }))
}

/// What a certificate or a record says, without its body.
fn said_by_entry(portal: &Portal, entry: &Entry) -> Result<Said, Problem> {
    let inventory = portal.inventory()?;
    let certified = inventory.certificate(&entry.hash);
    Ok(match certified {
        Some(certified) => Said::Certified {
            number: certified.number.clone(),
            kind: certified.kind,
            valid_through: certified.valid_through,
            stands: certified.correction.is_none(),
        },
        None => Said::Measured { rule: entry.norm.clone().unwrap_or_default() },
    })
}

fn said(portal: &Portal, visit: &Visit, body: &Body) -> Result<Option<Said>, Problem> {
    Ok(Some(match body {
        Body::Reg(registration) => Said::Registered { name: registration.name.clone() },
        Body::Req(request) => Said::Requested { laboratory: request.laboratory.clone(), wanted_on: request.wanted_on },
        Body::Assess(review) => Said::Reviewed { number: review.number.clone() },
        Body::Correct(correction) => Said::Withdrawn {
            number: crate::facts::certificate::number_of(portal, &correction.statement)?.unwrap_or_default(),
            reason: correction.reason.clone(),
            from: correction.from,
            decided_by: match &correction.decided_by {
                Some(person) => portal.known_as(visit, person)?.name,
                None => None,
            },
        },
        Body::Norm(publication) => {
            Said::Published { norm: publication.rule.norm.clone(), version: publication.rule.version }
        }
        Body::Stream(segment) => Said::Sealed { segment: segment.segment, readings: segment.readings },
        Body::Comp(step) => {
            let inventory = portal.inventory()?;
            let number = match &**step {
                RoundStep::Announcement(round) => Some(round.number.clone()),
                later => later.round().and_then(|of| inventory.round(of)).map(|of| of.announcement.number.clone()),
            };
            match number {
                Some(number) => Said::Compared { number, step: step.name() },
                None => return Ok(None),
            }
        }
        Body::Infer(inference) => Said::Inferred { from: inference.begins_on, through: inference.ends_on },
        Body::Alert(alert) => {
            Said::Alarmed { addressee: portal.known_as(visit, &alert.addressee)?.name, answer_by: alert.answer_by }
        }
        Body::Fix(fix) => Said::Done { action: fix.action.code(), done_on: fix.done_on },
        Body::Life(step) => match &**step {
            NormStep::Stage(stage) => {
                Said::NormStaged { norm: stage.norm.clone(), stage: stage.stage.code(), on: stage.on }
            }
            NormStep::Feedback(said) => Said::ClauseTold { norm: said.norm.clone(), clause: said.clause.clone() },
        },
        Body::Plan(plan) => Said::PlanPublished { title: plan.title.clone() },
        Body::Attest(attested) => Said::Attested { name: attested.name.clone() },
        Body::Fcst(step) => {
            let (begins_at, ends_at) = step.time();
            Said::Forecast { step: step.name(), from: legal_day(begins_at), through: legal_day(ends_at) }
        }
        Body::Report(report) => Said::PlanReported { as_of: report.as_of },
        Body::Party(party) => Said::Introduced { name: portal.known_as(visit, &party.id)?.name },
        Body::Key(key) => Said::KeyIntroduced { suite: key.suite.clone(), through: key.valid_through },
        Body::Auth(authorization) => {
            Said::Authorized { roles: authorization.roles.clone(), through: authorization.valid_through }
        }
        // The inventory and the headings tell of these; what the log says of the standing is not itself in the log.
        Body::Meas(_) | Body::Cert(_) | Body::Publish(_) => return Ok(None),
    }))
}
