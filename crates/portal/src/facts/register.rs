//! Who can measure what, where and how well: from what parties are authorized to do and from what their standards pass on.

use heng_quantity::Reported;
use heng_rule::Words;
use heng_statement::body::Role;
use heng_statement::{Body, Party};
use heng_store::Question;
use heng_view::CertificateState as State;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::certificate::certificate_facts;
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

/// A rule under which an institute may certify.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entitlement {
    /// The rule; absent for any.
    pub(crate) rule: Option<String>,
    /// What the rule is called.
    pub(crate) title: Option<(String, Words)>,
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
    /// Its authorization number.
    pub(crate) authorization: Option<String>,
    /// What it may certify.
    pub(crate) entitled: Vec<Entitlement>,
    /// What its standards pass on.
    pub(crate) capabilities: Vec<Capability>,
}

/// What a reader looks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// The kind of quantity.
    pub(crate) quantity: Option<String>,
    /// A value that must lie in the range.
    pub(crate) value: Option<Reported>,
    /// The largest expanded uncertainty that would do.
    pub(crate) uncertainty: Option<Reported>,
}

impl Wanted {
    /// Whether a capability is what is looked for. A value of another kind of quantity is none.
    fn is_met_by(&self, capability: &Capability) -> bool {
        let quantity = self.quantity.as_ref().is_none_or(|quantity| *quantity == capability.quantity);
        let value = self.value.as_ref().is_none_or(|value| {
            is_at_most(&capability.from, value) == Some(true) && is_at_most(value, &capability.to) == Some(true)
        });
        let uncertainty = self
            .uncertainty
            .as_ref()
            .is_none_or(|largest| is_at_most(&capability.expanded_uncertainty, largest) == Some(true));
        quantity && value && uncertainty
    }

    /// Whether nothing in particular is looked for.
    pub(crate) fn is_anything(&self) -> bool {
        self.quantity.is_none() && self.value.is_none() && self.uncertainty.is_none()
    }
}

/// Compares two values in one unit; nothing where their kinds differ.
fn is_at_most(one: &Reported, other: &Reported) -> Option<bool> {
    let plain = |stated: &Reported| Reported { uncertainty: None, ..stated.clone() };
    let one = plain(one).converted_to(&other.unit).ok()?;
    Some(one.value.numeric_cmp(&other.value).is_le())
}

/// The institutes that have what is looked for, and all kinds of quantity there are.
pub(crate) fn register(portal: &Portal, wanted: &Wanted) -> Result<(Vec<Institute>, Vec<String>), Problem> {
    let on = portal.today();
    let mut quantities = Vec::new();
    let mut institutes = Vec::new();
    for mut institute in all(portal, on)? {
        quantities.extend(institute.capabilities.iter().map(|capability| capability.quantity.clone()));
        if !wanted.is_anything() {
            institute.capabilities.retain(|capability| capability.stands && wanted.is_met_by(capability));
            if institute.capabilities.is_empty() {
                continue;
            }
        }
        institutes.push(institute);
    }
    quantities.sort();
    quantities.dedup();
    Ok((institutes, quantities))
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
        let Some(party) = crate::facts::thing::party(portal, &granted.party)? else { continue };
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
            institute.entitled.push(Entitlement { rule: scope.rule.clone(), title, through: granted.valid_through });
        }
    }
    for institute in &mut institutes {
        let standards: Vec<String> = {
            let inventory = portal.inventory()?;
            let kept = inventory.of_keeper(&institute.id).filter(|(_, thing)| {
                thing.registration.as_ref().is_some_and(|registered| registered.kind == "measurement-standard")
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
        authorization: None,
        entitled: Vec::new(),
        capabilities: Vec::new(),
    }
}

/// What a standard passes on by its last certificate.
fn capabilities(portal: &Portal, standard: &str) -> Result<Vec<Capability>, Problem> {
    let entries = portal.entries(Question::About(standard))?;
    let Some(last) = entries.iter().rev().find(|entry| entry.kind == "cert") else { return Ok(Vec::new()) };
    let Some(facts) = certificate_facts(portal, &*portal.entry(last)?)? else { return Ok(Vec::new()) };
    let stands = matches!(facts.status, State::Conforms { .. } | State::Calibrated { .. });
    let certificate = facts.certificate;
    let passed = certificate.disseminates.into_iter().map(|passed| Capability {
        quantity: passed.quantity,
        from: passed.from,
        to: passed.to,
        expanded_uncertainty: Reported { uncertainty: None, ..passed.expanded_uncertainty },
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
