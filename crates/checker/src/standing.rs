//! Whether a certificate still stands, as of the checkpoint.

use heng_statement::{Body, SignedStatement, legal_time};
use jiff::Timestamp;

use crate::case::{Case, public_key};
use crate::people::{Acts, resting_on};
use crate::report::{Check, Outcome, Reason};

/// The check `standing` of one certificate. `checkpoint` tells how the check of that name came out: the log's word on standing counts only at a root that it signed.
pub(crate) fn check(case: &Case<'_>, acts: &Acts<'_>, checkpoint: Option<&heng_evidence::Checkpoint>) -> Check {
    let (outcome, reason) = of(case, acts.issue, checkpoint);
    Check { name: "standing", subject: acts.certificate.number.clone(), outcome, reason }
}

/// Whether a statement stands: a certificate, the report of a round.
pub(crate) fn of(
    case: &Case<'_>,
    issue: &SignedStatement,
    checkpoint: Option<&heng_evidence::Checkpoint>,
) -> (Outcome, Reason) {
    match (checkpoint, &case.dossier.standing) {
        (None, _) => resting_on("checkpoint"),
        (_, None) => (Outcome::Failed, Reason::new("standing-unreadable")),
        (Some(checkpoint), Some(standing)) => standing_at(case, issue, checkpoint, standing),
    }
}

/// Nothing was said against it until then. Seconds are enough for a reader; the report and the statement keep the instant as it is.
pub(crate) fn stood(until: Timestamp) -> (Outcome, Reason) {
    (Outcome::Passed, Reason::new("standing-passed").with("instant", legal_time(until)))
}

fn standing_at(
    case: &Case<'_>,
    issue: &SignedStatement,
    checkpoint: &heng_evidence::Checkpoint,
    standing: &SignedStatement,
) -> (Outcome, Reason) {
    let Body::Publish(report) = &standing.statement.body else {
        return (Outcome::Failed, Reason::new("standing-unreadable"));
    };
    let is_by_log = || {
        let log = case.policy.and_then(|policy| policy.log.iter().find(|log| log.origin == checkpoint.origin));
        log.and_then(|log| public_key(&log.public_key)).is_some_and(|key| standing.authenticate(&key).is_ok())
    };
    if !case.standing_is_by_log.get_or_init(is_by_log) {
        return (Outcome::Failed, Reason::new("standing-not-by-log"));
    }
    let same_tree = report.origin == checkpoint.origin
        && report.tree_size == checkpoint.size
        && report.root == hex::encode(checkpoint.root);
    if !same_tree {
        return (Outcome::Failed, Reason::new("standing-of-other-tree"));
    }
    let hash = issue.hash();
    // A correction in the bundle counts whatever the log says of it.
    let corrected = case
        .corrections()
        .find(|(signed, correction)| correction.statement == hash && is_entitled(case, issue, signed));
    if let Some((_, correction)) = corrected {
        let code = match correction.kind {
            heng_statement::body::CorrectionKind::Superseded => "standing-superseded",
            heng_statement::body::CorrectionKind::Withdrawn => "standing-withdrawn",
        };
        let reason = Reason::new(code).with("day", correction.from);
        return (Outcome::Failed, reason.with("why-zh", &correction.reason.zh).with("why-en", &correction.reason.en));
    }
    match report.certificates.iter().find(|entry| entry.statement == hash) {
        Some(entry) if entry.corrected_by.is_none() => stood(standing.statement.made_at),
        Some(_) => (Outcome::Failed, Reason::new("standing-corrected")),
        None => (Outcome::NotPossible, Reason::new("standing-unknown")),
    }
}

/// Corrections are made by who made the certificate, or by an anchor.
fn is_entitled(case: &Case<'_>, issue: &SignedStatement, correction: &SignedStatement) -> bool {
    let issuer = &correction.statement.issuer;
    let by_anchor = case.policy.is_some_and(|policy| policy.anchor.iter().any(|anchor| anchor.party == *issuer));
    (by_anchor || *issuer == issue.statement.issuer) && case.authority.speaker(correction).is_ok()
}
