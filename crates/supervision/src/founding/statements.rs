//! What the founding parties say: who exists, whose key is whose, who may do what, which standards there are, and their records.

use std::collections::{BTreeMap, BTreeSet};

use heng_rule::{Cell, Instrument, Occasion, Organisation, Record, Words};
use heng_statement::{
    Authorization, Body, Dissemination, KeyCertificate, Party, PublicKey, Registration, Scope, Statement,
};

use super::{COMPARISON, FoundingParty, FoundingStandard, REALISATION, World};

impl FoundingParty {
    /// The party as its statement says it; synthetic, and nothing else.
    pub fn party(&self) -> Party {
        Party {
            id: self.id.clone(),
            kind: self.kind,
            name: self.name.clone(),
            address: self.address.clone(),
            of: self.part_of.clone().or_else(|| self.of.clone()),
            district: self.district.clone(),
            standing: self.standing,
            synthetic: true,
        }
    }

    /// The party as a certificate names it.
    pub fn organisation(&self) -> Organisation {
        Organisation { name: self.name.clone(), id: Some(self.id.clone()), address: self.address.clone() }
    }
}

impl World {
    fn said(&self, issuer: &str, about: &str, body: Body) -> Statement {
        Statement::of(issuer, vec![about.to_owned()], self.founded_at, body)
    }

    /// The statements that introduce the parties, their keys, their authorizations and the standards, each to be signed by its issuer, in
    /// an order in which every key is introduced before it signs. A party without a key is introduced without one.
    pub fn introductions(&self, key: &dyn Fn(&str) -> Option<PublicKey>) -> Vec<Statement> {
        let mut statements = Vec::new();
        for party in &self.parties {
            let issuer = party.of.as_deref().unwrap_or(&self.anchor);
            statements.push(self.said(issuer, &party.id, Body::Party(party.party())));
            if party.id != self.anchor
                && let Some(key) = key(&party.id)
            {
                let certificate = KeyCertificate::new(&party.id, &key, self.valid_from, self.valid_through);
                statements.push(self.said(issuer, &party.id, Body::Key(certificate)));
            }
            if !party.roles.is_empty() {
                statements.push(self.said(issuer, &party.id, Body::Auth(self.authorization(party))));
            }
        }
        let mut registered = BTreeSet::new();
        for standard in &self.standards {
            if registered.insert(&standard.id) {
                let registration = Body::Reg(Box::new(standard.registration()));
                statements.push(self.said(&standard.keeper, &standard.id, registration));
            }
        }
        statements
    }

    fn authorization(&self, party: &FoundingParty) -> Authorization {
        let whole_rule = |id: &String| vec![Scope { rule: Some(id.clone()), ..Scope::default() }];
        let rule = |id: &String| {
            let lines: Vec<Scope> =
                party.scope.0.iter().filter(|line| line.rule.as_ref() == Some(id)).cloned().collect();
            if lines.is_empty() { whole_rule(id) } else { lines }
        };
        let district = |code: &String| Scope { district: Some(code.clone()), ..Scope::default() };
        Authorization {
            party: party.id.clone(),
            roles: party.roles.clone(),
            scope: party.rules.iter().flat_map(rule).chain(party.districts.iter().map(district)).collect(),
            valid_from: self.valid_from,
            valid_through: self.valid_through,
            number: party.authorization_number.clone(),
        }
    }

    /// The record from which the certificate of a founding standard is made, as any other record is.
    pub fn record(&self, standard: &FoundingStandard) -> Record {
        let organisation = |id: &str| {
            self.party(id).map(FoundingParty::organisation).unwrap_or_else(|| Organisation {
                name: Words { zh: id.to_owned(), en: id.to_owned() },
                id: Some(id.to_owned()),
                address: None,
            })
        };
        let laboratory = organisation(&standard.calibrated_by);
        Record {
            format: "heng-record/1".to_owned(),
            rule: if standard.against.is_empty() { REALISATION } else { COMPARISON }.to_owned(),
            number: Some(standard.number.clone()),
            occasion: Occasion::Calibration,
            client: organisation(&standard.keeper),
            instrument: standard.instrument(),
            performed_on: standard.performed_on,
            place: laboratory.address.unwrap_or(laboratory.name),
            environment: self.environment.clone(),
            standards: standard.against.clone(),
            verifier: standard.verifier.clone(),
            reviewer: standard.reviewer.clone(),
            observations: standard.observations.clone(),
            synthetic: true,
            recalibrate_by: Some(standard.valid_through),
            remark: None,
        }
    }
}

impl FoundingStandard {
    /// The standard as an instrument.
    pub fn instrument(&self) -> Instrument {
        Instrument {
            id: Some(self.id.clone()),
            kind: self.kind.clone(),
            name: self.name.clone(),
            manufacturer: self.manufacturer.clone(),
            model: self.model.clone(),
            serial: self.serial.clone(),
            characteristics: self.described(),
        }
    }

    /// Its characteristics with what the calibration rules must know: which quantity it is of, and the range over which it passes on a relative
    /// uncertainty.
    fn described(&self) -> BTreeMap<String, Cell> {
        let mut described = self.characteristics.clone();
        described.insert("quantity".to_owned(), Cell::Text(self.quantity.clone()));
        if self.passes_on.expanded_uncertainty.unit.dimension() != self.passes_on.from.unit.dimension() {
            described.insert("range_from".to_owned(), Cell::Quantity(self.passes_on.from.clone()));
            described.insert("range_to".to_owned(), Cell::Quantity(self.passes_on.to.clone()));
        }
        described
    }

    fn registration(&self) -> Registration {
        Registration {
            id: self.id.clone(),
            kind: Registration::MEASUREMENT_STANDARD.to_owned(),
            name: self.name.clone(),
            keeper: self.keeper.clone(),
            instrument: Some(self.instrument()),
            place: None,
            purpose: None,
            synthetic: true,
        }
    }

    /// What its certificate says that it passes on.
    pub fn dissemination(&self) -> Dissemination {
        Dissemination {
            quantity: self.quantity.clone(),
            from: self.passes_on.from.clone(),
            to: self.passes_on.to.clone(),
            expanded_uncertainty: self.passes_on.expanded_uncertainty.clone(),
            value: None,
            degrees_of_freedom: None,
            result: None,
        }
    }
}
