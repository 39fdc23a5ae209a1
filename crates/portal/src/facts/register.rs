//! Who can measure what, where and how well: from what parties are authorized to do and from what their standards pass on.

use heng_quantity::Reported;
use heng_rule::Words;
use heng_statement::body::Role;
use heng_statement::{Body, LegalStanding, Party, Scope, StatementHash};
use heng_store::Question;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::wanted::{Fault, Known, Wanted};
use crate::portal::Portal;
use crate::problem::Problem;

/// What a standard of an institute passes on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Capability {
    /// The kind of quantity, for example `mass`.
    pub(crate) quantity: String,
    /// From this value.
    pub(crate) from: Reported,
    /// To this value.
    pub(crate) to: Reported,
    /// The smallest expanded uncertainty.
    pub(crate) expanded_uncertainty: Reported,
    /// The standard.
    pub(crate) standard: String,
    /// Its name.
    pub(crate) name: Words,
    /// The certificate it is valid by.
    pub(crate) certificate: String,
    /// The last day of that.
    pub(crate) through: Option<Date>,
    /// Whether it can be relied on today.
    pub(crate) stands: bool,
}

/// A line of what an institute may certify.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entitlement {
    /// The rule; absent for any.
    pub(crate) rule: Option<String>,
    /// What the rule is called.
    pub(crate) title: Option<(String, Words)>,
    /// The line as it was authorized.
    pub(crate) line: Scope,
    /// The statement that authorizes it.
    pub(crate) statement: StatementHash,
    /// The last day.
    pub(crate) through: Date,
}

/// An institute.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Institute {
    /// The party.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: Words,
    /// Its address.
    pub(crate) address: Option<Words>,
    /// By what right it works.
    pub(crate) standing: Option<LegalStanding>,
    /// Its authorization number.
    pub(crate) authorization: Option<String>,
    /// What it may certify.
    pub(crate) entitled: Vec<Entitlement>,
    /// What its standards pass on.
    pub(crate) capabilities: Vec<Capability>,
}

/// What an institute can measure: a line of its scope with a range.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Offer {
    /// The institute.
    pub(crate) institute: String,
    /// Its name.
    pub(crate) name: Words,
    /// By what right it works.
    pub(crate) standing: Option<LegalStanding>,
    /// What is measured, as the scope calls it, or else as the rule is called.
    pub(crate) measurand: Words,
    /// The norm of the rule.
    pub(crate) norm: Option<String>,
    /// The line.
    pub(crate) line: Scope,
    /// The statement that authorizes it.
    pub(crate) statement: StatementHash,
    /// The smallest expanded uncertainty at the value looked for, where it can be said.
    pub(crate) uncertainty: Option<Reported>,
    /// The last day of the authorization.
    pub(crate) through: Date,
    /// Whether a standard of the quantity stands today; nothing where the institute keeps none of it.
    pub(crate) has_standard: Option<bool>,
}

/// All that the register answers.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Register {
    /// What can be measured, the best first; empty where nothing in particular is looked for.
    pub(crate) offers: Vec<Offer>,
    /// The institutes, with their standards.
    pub(crate) institutes: Vec<Institute>,
    /// All kinds of quantity there are.
    pub(crate) quantities: Vec<String>,
}

/// The institutes that have what is looked for, and all kinds of quantity there are.
pub(crate) fn register(portal: &Portal, wanted: &Wanted) -> Result<Result<Register, Vec<Fault>>, Problem> {
    let mut institutes = all(portal, portal.today())?;
    let known = Known::of(&institutes);
    let faults = wanted.faults(&known);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut offers = Vec::new();
    if !wanted.is_anything() {
        offers = institutes.iter().flat_map(Institute::offers).filter_map(|offer| wanted.meets(offer)).collect();
        wanted.sort(&mut offers);
        for institute in &mut institutes {
            institute.capabilities.retain(|capability| capability.stands && wanted.is_met_by(capability));
        }
        institutes.retain(|institute| {
            !institute.capabilities.is_empty() || offers.iter().any(|offer| offer.institute == institute.id)
        });
    }
    Ok(Ok(Register { offers, institutes, quantities: known.quantities() }))
}

impl Institute {
    fn offers(&self) -> Vec<Offer> {
        let ranged = self.entitled.iter().filter(|one| one.line.from.is_some() && one.line.to.is_some());
        ranged
            .map(|one| {
                let of_quantity =
                    self.capabilities.iter().filter(|standard| Some(&standard.quantity) == one.line.quantity.as_ref());
                let stands: Vec<bool> = of_quantity.map(|standard| standard.stands).collect();
                let title = one.title.as_ref();
                Offer {
                    institute: self.id.clone(),
                    name: self.name.clone(),
                    standing: self.standing,
                    measurand: one.line.name.clone().or_else(|| title.map(|title| title.1.clone())).unwrap_or_default(),
                    norm: title.map(|title| title.0.clone()),
                    line: one.line.clone(),
                    statement: one.statement.clone(),
                    uncertainty: None,
                    through: one.through,
                    has_standard: (!stands.is_empty()).then(|| stands.contains(&true)),
                }
            })
            .collect()
    }
}

fn all(portal: &Portal, on: Date) -> Result<Vec<Institute>, Problem> {
    let mut institutes: Vec<Institute> = Vec::new();
    for entry in portal.entries(Question::OfKind("auth"))? {
        let signed = portal.entry(&entry)?;
        let Body::Auth(granted) = &signed.statement.body else { continue };
        let of_institute = granted.roles.iter().any(|role| matches!(role, Role::Certify | Role::KeepStandards));
        if !of_institute || granted.valid_through < on || granted.valid_from > on {
            continue;
        }
        let Some(party) = portal.inventory()?.party(&granted.party).map(Party::published) else { continue };
        if !institutes.iter().any(|institute| institute.id == party.id) {
            institutes.push(institute(party));
        }
        let Some(institute) = institutes.iter_mut().find(|institute| institute.id == granted.party) else { continue };
        if granted.number.is_some() {
            institute.authorization.clone_from(&granted.number);
        }
        for scope in &granted.scope {
            let title = match &scope.rule {
                Some(rule) => title(portal, rule)?,
                None => None,
            };
            let (rule, line, statement) = (scope.rule.clone(), scope.clone(), entry.hash.clone());
            institute.entitled.push(Entitlement { rule, title, line, statement, through: granted.valid_through });
        }
    }
    for institute in &mut institutes {
        let standards: Vec<String> = {
            let inventory = portal.inventory()?;
            let kept = inventory.of_keeper(&institute.id).filter(|(_, thing)| {
                thing.registration.as_ref().is_some_and(|registered| registered.is_measurement_standard())
            });
            kept.map(|(id, _)| id.to_owned()).collect()
        };
        for standard in standards {
            institute.capabilities.extend(capabilities(portal, &standard)?);
        }
    }
    Ok(institutes)
}

fn institute(party: Party) -> Institute {
    Institute {
        id: party.id,
        name: party.name,
        address: party.address,
        standing: party.standing,
        authorization: None,
        entitled: Vec::new(),
        capabilities: Vec::new(),
    }
}

/// What a standard passes on by its last certificate.
fn capabilities(portal: &Portal, standard: &str) -> Result<Vec<Capability>, Problem> {
    let entries = portal.entries(Question::About(standard))?;
    let Some(last) = entries.iter().rev().find(|entry| entry.kind == "cert") else { return Ok(Vec::new()) };
    let signed = portal.entry(last)?;
    let Body::Cert(certificate) = &signed.statement.body else { return Ok(Vec::new()) };
    let stands = {
        let inventory = portal.inventory()?;
        let certified = inventory.certificate(&last.hash);
        certified.is_some_and(|certified| inventory.state(certified, portal.today()).is_good())
    };
    let passed = certificate.disseminates.iter().map(|passed| Capability {
        quantity: passed.quantity.clone(),
        from: passed.from.clone(),
        to: passed.to.clone(),
        expanded_uncertainty: Reported { uncertainty: None, ..passed.expanded_uncertainty.clone() },
        standard: standard.to_owned(),
        name: certificate.instrument.name.clone(),
        certificate: certificate.number.clone(),
        through: certificate.valid_through,
        stands,
    });
    Ok(passed.collect())
}

/// The norm and the title of a rule, as it was published last.
fn title(portal: &Portal, rule: &str) -> Result<Option<(String, Words)>, Problem> {
    let entries = portal.entries(Question::About(&format!("rule:{rule}")))?;
    let Some(last) = entries.iter().rev().find(|entry| entry.kind == "norm") else { return Ok(None) };
    Ok(match &portal.entry(last)?.statement.body {
        Body::Norm(publication) => Some((publication.rule.norm.clone(), publication.rule.title.clone())),
        _ => None,
    })
}
