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
/// Only a correction by the party that made the statement, or by `authority`, counts; of several, the one from the earliest day on, so that a
/// day that was stated too late can be mended, and of equal days the first.
pub fn standing<'a>(
    of: &StatementHash,
    issuer: &str,
    authority: &str,
    citing: impl IntoIterator<Item = (&'a StatementHash, &'a Statement)>,
) -> Standing {
    let corrections = citing.into_iter().filter_map(|(hash, statement)| match &statement.body {
        Body::Correct(correction) if statement.issuer == issuer || statement.issuer == authority => {
            (correction.statement == *of).then_some((hash, correction))
        }
        _ => None,
    });
    let Some((hash, correction)) = corrections.min_by_key(|(_, correction)| correction.from) else {
        return Standing::InForce;
    };
    let (by, from, reason) = (hash.clone(), correction.from, correction.reason.clone());
    match correction.kind {
        CorrectionKind::Superseded => {
            Standing::Superseded { by, replaced_by: correction.replaced_by.clone(), from, reason }
        }
        CorrectionKind::Withdrawn => Standing::Withdrawn { by, from, reason },
    }
}
