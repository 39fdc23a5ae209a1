//! What of a statement a visitor may see: the public fields, or all of it where it concerns them.

use std::sync::{Arc, OnceLock};

use heng_rule::Words;
use heng_statement::{
    Authorization, Body, Certificate, Party, PartyKind, Published, SignedStatement, Statement, published,
};
use heng_view::Inventory;
use serde::{Serialize, Serializer};

use crate::access::{Action, Matter};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// Something of which a visitor sees all, or what is public.
#[derive(Clone, Debug)]
pub(crate) struct Seen<T> {
    /// What is not public is blank, unless the visitor sees all.
    said: T,
    /// The same without the blanks, where the visitor does not see all.
    left_out: LeftOut,
}

impl<T> Seen<T> {
    fn whole(said: T) -> Self {
        Self { said, left_out: LeftOut::default() }
    }

    /// What is public of a statement's body; `said` is that with blanks.
    fn in_part(said: T, signed: &Arc<SignedStatement>) -> Self {
        let part = Part { of: Arc::clone(signed), left_out: OnceLock::new() };
        Self { said, left_out: LeftOut::Sought(Arc::new(part)) }
    }

    /// Whether the visitor sees all of it.
    pub(crate) fn is_whole(&self) -> bool {
        !matches!(self.left_out, LeftOut::Sought(_))
    }

    /// The fields that were left out.
    pub(crate) fn left_out(&self) -> LeftOut {
        self.left_out.clone()
    }
}

impl<T> std::ops::Deref for Seen<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.said
    }
}

/// Blanks are not written: what is not public is absent.
impl<T: Serialize> Serialize for Seen<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.left_out {
            LeftOut::Found(_) => self.said.serialize(serializer),
            LeftOut::Sought(part) => part.serialize(serializer),
        }
    }
}

/// The fields of a statement's body that were left out, as JSON pointers.
#[derive(Clone, Debug)]
pub(crate) enum LeftOut {
    /// They are known.
    Found(Vec<String>),
    /// They are looked for when somebody wants to read them: pages do not.
    Sought(Arc<Part>),
}

impl Default for LeftOut {
    fn default() -> Self {
        Self::Found(Vec::new())
    }
}

/// A body of which a part is public.
#[derive(Debug)]
pub(crate) struct Part {
    of: Arc<SignedStatement>,
    left_out: OnceLock<Vec<String>>,
}

impl Part {
    fn left_out(&self) -> &[String] {
        self.left_out.get_or_init(|| match &self.of.statement.body {
            Body::Cert(certificate) => certificate.not_public(),
            Body::Party(party) => party.not_public(),
            _ => Vec::new(),
        })
    }

    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.of.statement.body {
            Body::Cert(certificate) => certificate.serialize_public(serializer),
            Body::Party(party) => party.serialize_public(serializer),
            _ => Err(serde::ser::Error::custom("nobody said what is public of this")),
        }
    }
}

impl LeftOut {
    /// The fields.
    pub(crate) fn fields(&self) -> &[String] {
        match self {
            Self::Found(fields) => fields,
            Self::Sought(part) => part.left_out(),
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.fields().is_empty()
    }
}

impl Serialize for LeftOut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields().serialize(serializer)
    }
}

impl Portal {
    /// The certificate that a statement is, as a visitor may see it.
    pub(crate) fn seen_certificate(
        &self,
        visit: &Visit,
        signed: &Arc<SignedStatement>,
        certificate: &Certificate,
    ) -> Result<Seen<Certificate>, Problem> {
        if self.sees_all(visit, &signed.statement)? {
            return Ok(Seen::whole(certificate.clone()));
        }
        Ok(Seen::in_part(certificate.published(), signed))
    }

    /// A party, as a statement introduces it, as a visitor may see it.
    pub(crate) fn seen_party(&self, visit: &Visit, signed: &Arc<SignedStatement>, party: &Party) -> Seen<Party> {
        if self.allows_private(visit, &house_matter(party)) {
            return Seen::whole(party.clone());
        }
        Seen::in_part(party.published(), signed)
    }

    /// An authorization as a visitor may see it.
    pub(crate) fn seen_authorization(
        &self,
        visit: &Visit,
        statement: &Statement,
        granted: &Authorization,
    ) -> Result<Authorization, Problem> {
        let is_shown = !self.is_person(&granted.party)? || self.sees_all(visit, statement)?;
        Ok(Authorization { number: granted.number.clone().filter(|_| is_shown), ..granted.clone() })
    }

    /// A statement as a visitor may see it.
    pub(crate) fn seen_statement(&self, visit: &Visit, statement: &Statement) -> Result<Published, Problem> {
        if self.sees_all(visit, statement)? {
            let content = serde_json::to_value(statement).map_err(Problem::failure)?;
            return Ok(Published { content, not_public: Vec::new() });
        }
        let inventory = self.inventory()?;
        let is_person = |id: &str| is_person(&inventory, id);
        published(statement, &is_person).map_err(Problem::failure)
    }

    /// Whether a visitor may see what is not public of a statement.
    pub(crate) fn sees_all(&self, visit: &Visit, statement: &Statement) -> Result<bool, Problem> {
        let matter = matter(&*self.inventory()?, statement);
        Ok(self.allows_private(visit, &matter))
    }

    /// Whether a visitor may have a certificate's files, which are whole or nothing. Whoever deals with an organisation may hold its proof in
    /// hand; what a natural person has verified, or somebody of whom the log does not say that it is an organisation, and a calibration that
    /// passes nothing on, are for those whom they concern.
    pub(crate) fn hands_out(&self, visit: &Visit, statement: &Statement) -> Result<bool, Problem> {
        let Body::Cert(certificate) = &statement.body else { return Ok(false) };
        let is_of_organisation = match &certificate.client.id {
            Some(client) => self.inventory()?.party(client).is_some_and(|party| party.kind != PartyKind::Person),
            None => false,
        };
        Ok(is_of_organisation && !certificate.is_own_matter() || self.sees_all(visit, statement)?)
    }

    fn allows_private(&self, visit: &Visit, matter: &Matter) -> bool {
        self.access().allows(visit.person(), Action::ReadPrivate, matter)
    }

    fn is_person(&self, id: &str) -> Result<bool, Problem> {
        Ok(is_person(&*self.inventory()?, id))
    }

    /// How a visitor may know somebody.
    pub(crate) fn known_as(&self, visit: &Visit, id: &str) -> Result<KnownAs, Problem> {
        let inventory = self.inventory()?;
        let Some(party) = inventory.party(id) else { return Ok(KnownAs::default()) };
        let of = party.of.as_deref().and_then(|of| inventory.party(of)).map(|of| of.published().name);
        let is_named = party.kind != PartyKind::Person || self.allows_private(visit, &house_matter(party));
        Ok(KnownAs { name: is_named.then(|| party.name.clone()), of: of.filter(|_| !is_named) })
    }
}

/// The name of somebody, or the house of a person whose name is not public.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownAs {
    /// The name.
    pub(crate) name: Option<Words>,
    /// The organisation of a person who is not named.
    pub(crate) of: Option<Words>,
}

fn is_person(inventory: &Inventory, id: &str) -> bool {
    inventory.party(id).is_some_and(|party| party.kind == PartyKind::Person)
}

/// People and their papers concern their own house, whichever it is.
fn house_matter(party: &Party) -> Matter {
    let house = Some(party.of.clone().unwrap_or_else(|| party.id.clone()));
    Matter { laboratory: house.clone(), keeper: house, ..Matter::default() }
}

/// Whom a statement concerns.
fn matter(inventory: &Inventory, statement: &Statement) -> Matter {
    let house = |id: &str| inventory.party(id).map(house_matter).unwrap_or_default();
    let registered = |thing: Option<&String>| inventory.thing(thing?).and_then(|thing| thing.registration.as_ref());
    let district = |thing: Option<&String>| Some(registered(thing)?.place.as_ref()?.district.clone());
    // Whose work it is, the paper itself says: who registers a thing later is not told what was written for another.
    let of_work = |client: Option<&String>, thing: Option<&String>, laboratory: Option<String>| Matter {
        laboratory,
        keeper: client.cloned(),
        district: district(thing),
        ..Matter::default()
    };
    let of_service = |thing: &String| Matter {
        keeper: registered(Some(thing)).map(|registered| registered.keeper.clone()),
        district: district(Some(thing)),
        ..Matter::default()
    };
    match &statement.body {
        Body::Party(party) => house_matter(party),
        Body::Auth(granted) => house(&granted.party),
        Body::Reg(registered) => Matter {
            keeper: Some(registered.keeper.clone()),
            district: registered.place.as_ref().map(|place| place.district.clone()),
            ..Matter::default()
        },
        Body::Req(request) => Matter {
            laboratory: Some(request.laboratory.clone()),
            keeper: Some(statement.issuer.clone()),
            ..Matter::default()
        },
        Body::Meas(record) => {
            of_work(record.client.id.as_ref(), record.instrument.id.as_ref(), house(&statement.issuer).laboratory)
        }
        Body::Assess(_) => Matter { laboratory: house(&statement.issuer).laboratory, ..Matter::default() },
        Body::Cert(certificate) => {
            of_work(certificate.client.id.as_ref(), certificate.instrument.id.as_ref(), Some(statement.issuer.clone()))
        }
        Body::Infer(inference) => of_service(&inference.network),
        Body::Alert(alert) => of_service(&alert.thing),
        Body::Fix(fix) => of_service(&fix.thing),
        // What is not public of a round is between the laboratory that says it and the coordinator.
        Body::Comp(_) => house(&statement.issuer),
        Body::Key(_)
        | Body::Stream(_)
        | Body::Norm(_)
        | Body::Life(_)
        | Body::Plan(_)
        | Body::Attest(_)
        | Body::Fcst(_)
        | Body::Report(_)
        | Body::Correct(_)
        | Body::Publish(_) => Matter::default(),
    }
}
