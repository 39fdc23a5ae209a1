//! From signed statements to established facts, starting at the anchors.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Anchor, Explanation, Failure, Ground, Reason, Subject};
use crate::{
    Authorization, Body, Correction, KeyCertificate, KeyId, LegalStanding, PartyKind, PublicKey, Role, Scope,
    SignedStatement, StatementHash,
};

#[derive(Clone, Debug)]
struct KeyFact {
    hash: StatementHash,
    introduced_by: String,
    certificate: KeyCertificate,
    key: PublicKey,
    grounds: Explanation,
}

#[derive(Clone, Debug)]
struct AuthorizationFact {
    hash: StatementHash,
    granted_by: String,
    authorization: Authorization,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PartyFact {
    hash: StatementHash,
    of: String,
    standing: Option<LegalStanding>,
}

/// A correction that its issuer was entitled to.
#[derive(Clone, Debug)]
pub(super) struct CorrectionFact {
    pub(super) hash: StatementHash,
    pub(super) correction: Correction,
}

/// What is established.
#[derive(Debug, Default)]
pub(super) struct Facts {
    anchors: Vec<Anchor>,
    keys: BTreeMap<KeyId, Vec<KeyFact>>,
    authorizations: BTreeMap<String, Vec<AuthorizationFact>>,
    /// By the identifier of the party.
    parties: BTreeMap<String, BTreeSet<PartyFact>>,
    /// By the statement that is corrected.
    corrections: BTreeMap<StatementHash, BTreeMap<StatementHash, CorrectionFact>>,
}

/// The facts that the statements prove, whatever their order.
///
/// A withdrawn key or a disputed party can take the ground from facts that were established before it was known; so whenever a pass ends with
/// more corrections or parties than it began with, everything else is established again with these known from the start.
pub(super) fn facts<'a>(statements: impl IntoIterator<Item = &'a SignedStatement>, anchors: &[Anchor]) -> Facts {
    let statements: BTreeMap<StatementHash, &SignedStatement> =
        statements.into_iter().map(|signed| (signed.hash(), signed)).collect();
    let mut facts = Facts { anchors: anchors.to_vec(), ..Facts::default() };
    // The cost of a signature is paid once for each statement and key.
    let mut authentic = BTreeMap::new();
    loop {
        let known = facts.restraints();
        while facts.grow(&statements, &mut authentic) {}
        if facts.restraints() == known {
            return facts;
        }
        facts.keys.clear();
        facts.authorizations.clear();
    }
}

/// What was asked about one subject so far.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// On the way to the answer to one question: within a circle of grants they are not what they would be by themselves.
    pub(super) answers: BTreeMap<(String, Role), Result<Explanation, Failure>>,
    /// Whether the scope of an authorization covers the subject: so whoever asks.
    covered: BTreeMap<StatementHash, bool>,
}

impl Asked {
    fn is_covered(&mut self, subject: &Subject, fact: &AuthorizationFact) -> bool {
        if let Some(covered) = self.covered.get(&fact.hash) {
            return *covered;
        }
        let covered = subject.is_covered_by(&fact.authorization.scope);
        self.covered.insert(fact.hash.clone(), covered);
        covered
    }
}

impl Facts {
    /// How many facts there are that can take the ground from others.
    fn restraints(&self) -> (usize, usize) {
        (self.parties.values().map(BTreeSet::len).sum(), self.corrections.values().map(BTreeMap::len).sum())
    }

    /// Adds what follows directly from the facts so far; tells whether anything did.
    fn grow(
        &mut self,
        statements: &BTreeMap<StatementHash, &SignedStatement>,
        authentic: &mut BTreeMap<StatementHash, bool>,
    ) -> bool {
        let mut grown = false;
        for (hash, signed) in statements {
            let statement = &signed.statement;
            let structural =
                matches!(&statement.body, Body::Party(_) | Body::Key(_) | Body::Auth(_) | Body::Correct(_));
            if !structural || self.contains(hash, signed) {
                continue;
            }
            let Ok(grounds) = self.key(&statement.issuer, signed.key_id, statement.legal_day()) else { continue };
            let Some(key) = self.public_key(signed.key_id) else { continue };
            if !*authentic.entry(hash.clone()).or_insert_with(|| signed.authenticate(key).is_ok()) {
                continue;
            }
            grown |= self.admit(hash, signed, grounds, statements);
        }
        grown
    }

    fn contains(&self, hash: &StatementHash, signed: &SignedStatement) -> bool {
        match &signed.statement.body {
            Body::Party(party) => {
                self.parties.get(&party.id).is_some_and(|facts| facts.iter().any(|fact| fact.hash == *hash))
            }
            Body::Key(certificate) => {
                let facts = certificate.key().ok().and_then(|key| self.keys.get(&key.key_id()));
                facts.is_some_and(|facts| facts.iter().any(|fact| fact.hash == *hash))
            }
            Body::Auth(authorization) => self
                .authorizations
                .get(&authorization.party)
                .is_some_and(|facts| facts.iter().any(|fact| fact.hash == *hash)),
            Body::Correct(correction) => {
                self.corrections.get(&correction.statement).is_some_and(|facts| facts.contains_key(hash))
            }
            _ => false,
        }
    }

    /// Takes in a statement that is its issuer's, if the issuer was entitled to make it.
    fn admit(
        &mut self,
        hash: &StatementHash,
        signed: &SignedStatement,
        grounds: Explanation,
        statements: &BTreeMap<StatementHash, &SignedStatement>,
    ) -> bool {
        let issuer = &signed.statement.issuer;
        let by_anchor = self.is_anchor(issuer);
        match &signed.statement.body {
            Body::Party(party) => {
                let Some(of) = &party.of else { return false };
                if !by_anchor && (of != issuer || !matches!(party.kind, PartyKind::Person | PartyKind::Machine)) {
                    return false;
                }
                let fact = PartyFact { hash: hash.clone(), of: of.clone(), standing: party.standing };
                self.parties.entry(party.id.clone()).or_default().insert(fact)
            }
            Body::Key(certificate) => {
                let Ok(key) = certificate.key() else { return false };
                let day = signed.statement.legal_day();
                let mut grounds = grounds;
                if !by_anchor {
                    let Ok(right) =
                        self.permission(issuer, Role::Introduce, &Subject::default(), day, &mut Asked::default())
                    else {
                        return false;
                    };
                    grounds.extend(right);
                }
                let fact = KeyFact {
                    hash: hash.clone(),
                    introduced_by: issuer.clone(),
                    certificate: certificate.clone(),
                    grounds,
                    key: key.clone(),
                };
                self.keys.entry(key.key_id()).or_default().push(fact);
                true
            }
            Body::Auth(authorization) => {
                let fact = AuthorizationFact {
                    hash: hash.clone(),
                    granted_by: issuer.clone(),
                    authorization: authorization.clone(),
                };
                self.authorizations.entry(authorization.party.clone()).or_default().push(fact);
                true
            }
            Body::Correct(correction) => {
                let own = statements
                    .get(&correction.statement)
                    .is_some_and(|corrected| corrected.statement.issuer == *issuer);
                if !own && !by_anchor {
                    return false;
                }
                let fact = CorrectionFact { hash: hash.clone(), correction: correction.clone() };
                self.corrections.entry(correction.statement.clone()).or_default().insert(hash.clone(), fact);
                true
            }
            _ => false,
        }
    }

    fn is_anchor(&self, party: &str) -> bool {
        self.anchors.iter().any(|anchor| anchor.party == party)
    }

    pub(super) fn public_key(&self, key_id: KeyId) -> Option<&PublicKey> {
        let anchored = self.anchors.iter().map(|anchor| &anchor.key).find(|key| key.key_id() == key_id);
        anchored.or_else(|| self.keys.get(&key_id).and_then(|facts| facts.first()).map(|fact| &fact.key))
    }

    pub(super) fn correction(&self, statement: &StatementHash, day: Date) -> Option<&CorrectionFact> {
        self.corrections.get(statement)?.values().find(|fact| fact.applies_on(day))
    }

    /// What was said of the party by those entitled to, and stands.
    fn said_of<'a>(&'a self, party: &str, day: Date) -> impl Iterator<Item = &'a PartyFact> {
        let facts = self.parties.get(party).into_iter().flatten();
        facts.filter(move |fact| self.correction(&fact.hash, day).is_none())
    }

    /// Whether everyone entitled to say so says that the party belongs to this organisation.
    pub(super) fn belongs(&self, party: &str, organisation: &str, day: Date) -> bool {
        let mut homes = self.said_of(party, day).map(|fact| fact.of.as_str()).peekable();
        homes.peek().is_some() && homes.all(|home| home == organisation)
    }

    /// By what right a laboratory works, where everyone entitled to say so says the same.
    pub(super) fn standing(&self, party: &str, day: Date) -> Option<LegalStanding> {
        let mut standings = self.said_of(party, day).map(|fact| fact.standing);
        let first = standings.next()??;
        standings.all(|other| other == Some(first)).then_some(first)
    }

    /// The authorizations of a party that let it act in this role under this rule on this day, as far as their own dates and scopes say.
    pub(super) fn scopes(&self, party: &str, role: Role, subject: &Subject, day: Date) -> Vec<&Scope> {
        let facts = self.authorizations.get(party).into_iter().flatten();
        facts
            .filter(|fact| {
                let authorization = &fact.authorization;
                authorization.roles.contains(&role)
                    && authorization.is_valid_on(day)
                    && self.correction(&fact.hash, day).is_none()
            })
            .flat_map(|fact| &fact.authorization.scope)
            .filter(|scope| subject.is_named_by(scope))
            .collect()
    }

    pub(super) fn key(&self, party: &str, key_id: KeyId, day: Date) -> Result<Explanation, Failure> {
        if self.anchors.iter().any(|anchor| anchor.party == party && anchor.key.key_id() == key_id) {
            return Ok(vec![Ground::Anchor { party: party.to_owned() }]);
        }
        let mut nearest = Failure::new(Reason::KeyUnknown, party, day);
        for fact in self.keys.get(&key_id).into_iter().flatten() {
            let certificate = &fact.certificate;
            let reason = if certificate.party != party {
                Reason::KeyOfOtherParty
            } else if !self.is_anchor(&fact.introduced_by) && !self.belongs(party, &fact.introduced_by, day) {
                Reason::KeyIntroducedWithoutRight
            } else if self.correction(&fact.hash, day).is_some() {
                Reason::KeyWithdrawn
            } else if day < certificate.valid_from || certificate.valid_through < day {
                Reason::KeyNotValidOnDay
            } else {
                let mut explanation = fact.grounds.clone();
                explanation.push(Ground::Key {
                    statement: fact.hash.clone(),
                    party: party.to_owned(),
                    key_id,
                    introduced_by: fact.introduced_by.clone(),
                });
                return Ok(explanation);
            };
            if nearest.statement.is_none() || reason != Reason::KeyOfOtherParty {
                nearest = Failure::new(reason, party, day).about(&fact.hash);
            }
        }
        Err(nearest)
    }

    pub(super) fn speaker(&self, signed: &SignedStatement) -> Result<Explanation, Failure> {
        let day = signed.statement.legal_day();
        let issuer = &signed.statement.issuer;
        let explanation = self.key(issuer, signed.key_id, day)?;
        let key = self.public_key(signed.key_id).ok_or_else(|| Failure::new(Reason::KeyUnknown, issuer, day))?;
        match signed.authenticate(key) {
            Ok(()) => Ok(explanation),
            Err(_) => Err(Failure::new(Reason::SignatureNotAuthentic, issuer, day).about(&signed.hash())),
        }
    }

    /// `asked` remembers what was asked on the way, so that grants in a circle prove nothing and cost nothing.
    pub(super) fn permission(
        &self,
        party: &str,
        role: Role,
        subject: &Subject,
        day: Date,
        asked: &mut Asked,
    ) -> Result<Explanation, Failure> {
        if self.is_anchor(party) {
            return Ok(vec![Ground::Anchor { party: party.to_owned() }]);
        }
        let question = (party.to_owned(), role);
        if let Some(answer) = asked.answers.get(&question) {
            return answer.clone();
        }
        asked.answers.insert(question.clone(), Err(Failure::new(Reason::NotAuthorized, party, day)));
        let answer = self.granted(party, role, subject, day, asked);
        asked.answers.insert(question, answer.clone());
        answer
    }

    fn granted(
        &self,
        party: &str,
        role: Role,
        subject: &Subject,
        day: Date,
        asked: &mut Asked,
    ) -> Result<Explanation, Failure> {
        let mut nearest = Failure::new(Reason::NotAuthorized, party, day);
        let mut nearness = 0;
        for fact in self.authorizations.get(party).into_iter().flatten() {
            let authorization = &fact.authorization;
            if !authorization.roles.contains(&role) || fact.granted_by == party {
                continue;
            }
            let (reason, near) = if !authorization.is_valid_on(day) {
                (Reason::AuthorizationNotValidOnDay, 1)
            } else if self.correction(&fact.hash, day).is_some() {
                (Reason::AuthorizationWithdrawn, 2)
            } else if !asked.is_covered(subject, fact) {
                (Reason::OutOfScope, 3)
            } else {
                match self.right_to_grant(&fact.granted_by, party, role, subject, day, asked) {
                    Some(mut explanation) => {
                        explanation.push(Ground::Authorization {
                            statement: fact.hash.clone(),
                            party: party.to_owned(),
                            role,
                            granted_by: fact.granted_by.clone(),
                        });
                        return Ok(explanation);
                    }
                    None => (Reason::GrantedWithoutRight, 4),
                }
            };
            if near > nearness {
                nearness = near;
                nearest = Failure::new(reason, party, day).about(&fact.hash);
            }
        }
        Err(nearest)
    }

    fn right_to_grant(
        &self,
        granter: &str,
        party: &str,
        role: Role,
        subject: &Subject,
        day: Date,
        asked: &mut Asked,
    ) -> Option<Explanation> {
        if self.is_anchor(granter) {
            return Some(vec![Ground::Anchor { party: granter.to_owned() }]);
        }
        if !self.belongs(party, granter, day) {
            return None;
        }
        let mut explanation = self.permission(granter, Role::Introduce, subject, day, asked).ok()?;
        if !matches!(role, Role::Measure | Role::Review) {
            explanation.extend(self.permission(granter, role, subject, day, asked).ok()?);
        }
        Some(explanation)
    }
}
