//! Does a certificate still stand?

use heng_rule::Words;
use heng_statement::body::CorrectionKind;
use heng_statement::{Body, Statement, StatementHash};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a statement still stands, given the corrections that are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing speaks against it.
    InForce,
    /// Another statement takes its place.
    Superseded {
        /// The correction that says so.
        by: StatementHash,
        /// The statement that replaces it, where one is named.
        replaced_by: Option<StatementHash>,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
    },
    /// It was withdrawn.
    Withdrawn {
        /// The correction that says so.
        by: StatementHash,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
    },
}

impl Standing {
    /// Whether it can be relied on.
    pub fn is_in_force(&self) -> bool {
        *self == Self::InForce
    }
}

/// The standing of `of`, given every statement that cites it, in the order of the log.
///
/// Only a correction by the party that made the statement, or by `authority`, counts; the first one stands, because nothing is updated.
pub fn standing<'a>(
    of: &StatementHash,
    issuer: &str,
    authority: &str,
    citing: impl IntoIterator<Item = (&'a StatementHash, &'a Statement)>,
) -> Standing {
    for (hash, statement) in citing {
        let Body::Correct(correction) = &statement.body else { continue };
        if correction.statement != *of || (statement.issuer != issuer && statement.issuer != authority) {
            continue;
        }
        let (by, from, reason) = (hash.clone(), correction.from, correction.reason.clone());
        return match correction.kind {
            CorrectionKind::Superseded => {
                Standing::Superseded { by, replaced_by: correction.replaced_by.clone(), from, reason }
            }
            CorrectionKind::Withdrawn => Standing::Withdrawn { by, from, reason },
        };
    }
    Standing::InForce
}
