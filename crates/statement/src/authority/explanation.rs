//! The answer of the authority: a chain of statements, or why there is none.

use std::fmt;

use heng_quantity::Finding;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{KeyId, Role, StatementHash};

/// What one step of an explanation rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "kebab-case")]
pub enum Ground {
    /// The reader trusts the party's key.
    Anchor {
        /// The party.
        party: String,
    },
    /// A key statement.
    Key {
        /// The statement.
        statement: StatementHash,
        /// Whose key.
        party: String,
        /// The key.
        key_id: KeyId,
        /// Who introduced it.
        introduced_by: String,
    },
    /// An authorization statement.
    Authorization {
        /// The statement.
        statement: StatementHash,
        /// Who may.
        party: String,
        /// What.
        role: Role,
        /// Who granted it.
        granted_by: String,
    },
}

/// One step of an explanation.
pub type Step = Ground;

/// The chain from an anchor to the answer, in reading order.
pub type Explanation = Vec<Step>;

/// Why the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No anchor has the key and no established statement introduces it.
    KeyUnknown,
    /// The key was introduced, but for another party.
    KeyOfOtherParty,
    /// The day is outside the key's dates.
    KeyNotValidOnDay,
    /// The key's statement was withdrawn or superseded by that day.
    KeyWithdrawn,
    /// Who introduced the key may not, or the party does not belong to them.
    KeyIntroducedWithoutRight,
    /// The signature is not by the key over these bytes.
    SignatureNotAuthentic,
    /// Nobody authorized the party to do this.
    NotAuthorized,
    /// An authorization exists, but the day is outside its dates.
    AuthorizationNotValidOnDay,
    /// The authorization was withdrawn or superseded by that day.
    AuthorizationWithdrawn,
    /// An authorization is valid, but does not cover this rule, quantity, range or uncertainty.
    OutOfScope,
    /// Who granted the authorization was not allowed to on that day.
    GrantedWithoutRight,
    /// The statement is no review.
    NoReview,
    /// The review is of another certificate or of another content.
    ReviewOfOtherContent,
    /// The reviewer did not approve.
    NotApproved,
    /// The reviewer is the person who measured, or who closes an action is who committed to it.
    SelfApproval,
    /// The step is of another round, or its issuer has no such part in this one.
    NoPartInRound,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 16] = [
        Self::KeyUnknown,
        Self::KeyOfOtherParty,
        Self::KeyNotValidOnDay,
        Self::KeyWithdrawn,
        Self::KeyIntroducedWithoutRight,
        Self::SignatureNotAuthentic,
        Self::NotAuthorized,
        Self::AuthorizationNotValidOnDay,
        Self::AuthorizationWithdrawn,
        Self::OutOfScope,
        Self::GrantedWithoutRight,
        Self::NoReview,
        Self::ReviewOfOtherContent,
        Self::NotApproved,
        Self::SelfApproval,
        Self::NoPartInRound,
    ];

    /// The stable name in kebab case: also the code of its finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::KeyUnknown => "key-unknown",
            Self::KeyOfOtherParty => "key-of-other-party",
            Self::KeyNotValidOnDay => "key-not-valid-on-day",
            Self::KeyWithdrawn => "key-withdrawn",
            Self::KeyIntroducedWithoutRight => "key-introduced-without-right",
            Self::SignatureNotAuthentic => "signature-not-authentic",
            Self::NotAuthorized => "not-authorized",
            Self::AuthorizationNotValidOnDay => "authorization-not-valid-on-day",
            Self::AuthorizationWithdrawn => "authorization-withdrawn",
            Self::OutOfScope => "out-of-scope",
            Self::GrantedWithoutRight => "granted-without-right",
            Self::NoReview => "no-review",
            Self::ReviewOfOtherContent => "review-of-other-content",
            Self::NotApproved => "not-approved",
            Self::SelfApproval => "self-approval",
            Self::NoPartInRound => "no-part-in-round",
        }
    }
}

/// Why a key or a permission was not proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub reason: Reason,
    /// Who was to be shown entitled.
    pub party: String,
    /// On which day.
    pub day: Date,
    /// The statement that came nearest, if one did.
    pub statement: Option<StatementHash>,
}

impl Failure {
    pub(super) fn new(reason: Reason, party: &str, day: Date) -> Self {
        Self { reason, party: party.to_owned(), day, statement: None }
    }

    pub(super) fn about(mut self, statement: &StatementHash) -> Self {
        self.statement = Some(statement.clone());
        self
    }

    /// The same as a finding: `finding-CODE` in the locale files, with `party`, `day` and `statement`.
    pub fn finding(&self) -> Finding {
        Finding::error(self.reason.code())
            .with("party", &self.party)
            .with("day", self.day)
            .with("statement", self.statement.as_deref().unwrap_or("–"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} on {}: {}", self.party, self.day, self.reason.code())
    }
}

impl std::error::Error for Failure {}
