//! Saying that an earlier certificate no longer stands: nothing is ever edited or removed.

use heng_rule::Words;
use heng_statement::body::CorrectionKind;
use heng_statement::{Body, Correction, Statement, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;

/// Who takes back what, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// Who says so: the issuer of the certificate, or the authority.
    pub issuer: String,
    /// The things that the certificate is about, so that whoever asks about them finds the correction.
    pub about: Vec<String>,
    /// The certificate's statement.
    pub statement: StatementHash,
    /// From which day on it should not be relied on; a bad standard can reach back before today.
    pub from: Date,
    /// Why.
    pub reason: Words,
    /// When it was said.
    pub made_at: Timestamp,
    /// The person who decided it, where the issuer is an organisation.
    pub decided_by: Option<String>,
}

/// From which days on a certificate of work on this day can be withdrawn: not before the work, and not in days to come, because what is known to be
/// wrong is not to be relied on meanwhile.
pub fn days(performed_on: Date, today: Date) -> std::ops::RangeInclusive<Date> {
    performed_on..=today
}

/// The certificate is withdrawn without replacement.
pub fn withdrawal(retraction: Retraction) -> Statement {
    correction(retraction, CorrectionKind::Withdrawn, None)
}

/// Another certificate takes its place.
pub fn supersession(retraction: Retraction, replaced_by: StatementHash) -> Statement {
    correction(retraction, CorrectionKind::Superseded, Some(replaced_by))
}

fn correction(retraction: Retraction, kind: CorrectionKind, replaced_by: Option<StatementHash>) -> Statement {
    let Retraction { issuer, about, statement, from, reason, made_at, decided_by } = retraction;
    let cites = [statement.clone()].into_iter().chain(replaced_by.clone()).collect();
    let correction = Correction { statement, kind, replaced_by, reason, from, decided_by };
    Statement::of(&issuer, about, made_at, Body::Correct(correction)).citing(cites)
}
