//! Whose key is this, and what may its party do on a given day: answered from statements alone, with the reasons.
//!
//! Trust starts at anchors, which the reader pins (a metrology authority's key). An anchor introduces keys and grants authorizations without
//! limit. Any other party introduces keys only while it is authorized to (`Role::Introduce`), and only for parties that belong to it
//! (`Party::of`), so that one laboratory cannot speak for another's people. It grants measuring and reviewing within what it may itself
//! introduce, and any other role only while it holds that role. Nobody grants anything to themselves, and nobody reviews their own record.
//!
//! Dates are days: a statement counts if its key was its issuer's on the day it was made (`Statement::legal_day`).

mod establish;
mod explanation;
mod round;
mod scope;

use jiff::civil::Date;

pub use explanation::{Explanation, Failure, Ground, Reason, Step};
pub use scope::{Point, Subject};

use crate::{
    Authorization, Body, Certificate, Correction, KeyId, LegalStanding, PublicKey, Role, Scope, SignedStatement,
    StatementHash,
};
use establish::{Asked, CorrectionFact, Facts};

/// A key that the reader trusts without further proof, and the party it speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The party.
    pub party: String,
    /// Its key.
    pub key: PublicKey,
}

/// What the statements given to it prove about keys and authorizations.
#[derive(Debug)]
pub struct Authority {
    facts: Facts,
}

/// Questions about one subject.
#[derive(Debug)]
pub struct Asking<'a> {
    facts: &'a Facts,
    subject: &'a Subject,
    asked: Asked,
}

impl Asking<'_> {
    /// Why this party may do this on this day.
    pub fn permission(&mut self, party: &str, role: Role, day: Date) -> Result<Explanation, Failure> {
        self.asked.answers.clear();
        self.facts.permission(party, role, self.subject, day, &mut self.asked)
    }
}

impl Authority {
    /// Authenticates the party, key, authorization and correction statements among those given, starting from the anchors, in whatever order
    /// they come. Statements that do not prove to be their issuer's are left out.
    pub fn new<'a>(statements: impl IntoIterator<Item = &'a SignedStatement>, anchors: &[Anchor]) -> Self {
        Self { facts: establish::facts(statements, anchors) }
    }

    /// The public key, if an anchor has it or an established key statement introduces it.
    pub fn public_key(&self, key_id: KeyId) -> Option<&PublicKey> {
        self.facts.public_key(key_id)
    }

    /// Why this key speaks for this party on this day.
    pub fn key(&self, party: &str, key_id: KeyId, day: Date) -> Result<Explanation, Failure> {
        self.facts.key(party, key_id, day)
    }

    /// Why this statement is its issuer's: the signature is authentic and the key was the issuer's on the day it was made.
    pub fn speaker(&self, signed: &SignedStatement) -> Result<Explanation, Failure> {
        self.facts.speaker(signed)
    }

    /// Why this party may do this on this day.
    pub fn permission(&self, party: &str, role: Role, subject: &Subject, day: Date) -> Result<Explanation, Failure> {
        self.facts.permission(party, role, subject, day, &mut Asked::default())
    }

    /// For several questions about one subject: what was found out for one answers the next.
    pub fn asking<'a>(&'a self, subject: &'a Subject) -> Asking<'a> {
        Asking { facts: &self.facts, subject, asked: Asked::default() }
    }

    /// By what right a laboratory works, where everyone entitled to say so says the same.
    pub fn standing(&self, party: &str, day: Date) -> Option<LegalStanding> {
        self.facts.standing(party, day)
    }

    /// Whether everyone entitled to say so says that a party belongs to this organisation.
    pub fn belongs(&self, party: &str, organisation: &str, day: Date) -> bool {
        self.facts.belongs(party, organisation, day)
    }

    /// The lines of a party's authorizations that name the rule, whatever range they have: what is quoted where none of them covers.
    pub fn scopes(&self, party: &str, role: Role, subject: &Subject, day: Date) -> Vec<&Scope> {
        self.facts.scopes(party, role, subject, day)
    }

    /// The organisation by whose authorization a party may do this, if it is neither this laboratory nor an anchor: a laboratory answers for
    /// its own people only.
    pub fn other_granter(
        &self,
        (party, role): (&str, Role),
        subject: &Subject,
        laboratory: &str,
        day: Date,
    ) -> Option<String> {
        let explanation = self.permission(party, role, subject, day).ok()?;
        let granter = explanation.iter().find_map(|ground| match ground {
            Ground::Authorization { party: granted, granted_by, .. } if granted == party => Some(granted_by),
            _ => None,
        })?;
        let by_anchor = explanation.contains(&Ground::Anchor { party: granter.clone() });
        (granter != laboratory && !by_anchor).then(|| granter.clone())
    }

    /// The correction by which a statement no longer stands on a day, if there is one: by the statement's own issuer or by an anchor.
    pub fn correction(&self, statement: &StatementHash, day: Date) -> Option<(&StatementHash, &Correction)> {
        self.facts.correction(statement, day).map(|fact| (&fact.hash, &fact.correction))
    }

    /// Why the key that a statement names was its issuer's on the day it was made. Whether the signature is authentic is asked elsewhere.
    pub fn key_of(&self, signed: &SignedStatement) -> Result<Explanation, Failure> {
        self.facts.key(&signed.statement.issuer, signed.key_id, signed.statement.legal_day())
    }

    /// Why a review stands: another person than the verifier of the record, authorized to review this, approved exactly this content.
    pub fn review(
        &self,
        certificate: &Certificate,
        record: &SignedStatement,
        review: &SignedStatement,
        subject: &Subject,
    ) -> Result<Explanation, Failure> {
        let right = self.review_of_authentic(certificate, record, review, subject)?;
        let mut explanation = self.speaker(review)?;
        explanation.extend(right);
        Ok(explanation)
    }

    /// The same of a review whose signature was found authentic and whose key its reviewer's.
    pub fn review_of_authentic(
        &self,
        certificate: &Certificate,
        record: &SignedStatement,
        review: &SignedStatement,
        subject: &Subject,
    ) -> Result<Explanation, Failure> {
        let reviewer = &review.statement.issuer;
        let day = review.statement.legal_day();
        let failure = |reason| Failure::new(reason, reviewer, day).about(&review.hash());
        let Body::Assess(assessment) = &review.statement.body else {
            return Err(failure(Reason::NoReview));
        };
        let content = certificate.content_hash().ok();
        if assessment.number != certificate.number || content.as_ref() != Some(&assessment.content_sha256) {
            return Err(failure(Reason::ReviewOfOtherContent));
        }
        if !assessment.approved {
            return Err(failure(Reason::NotApproved));
        }
        let same_key = review.key_id == record.key_id;
        let named_verifier = match &record.statement.body {
            Body::Meas(record) => Some(&record.verifier),
            _ => None,
        };
        if same_key || *reviewer == record.statement.issuer || named_verifier == Some(reviewer) {
            return Err(failure(Reason::SelfApproval));
        }
        self.permission(reviewer, Role::Review, subject, day)
    }
}

impl Authorization {
    fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_through
    }
}

impl CorrectionFact {
    fn applies_on(&self, day: Date) -> bool {
        self.correction.from <= day
    }
}
