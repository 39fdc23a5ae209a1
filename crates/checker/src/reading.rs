//! A reading of a meter from its own bytes: it is under the root that was sealed, the one who sealed it is known, and the log has it.

use heng_evidence::{Hash, InclusionProof};
use heng_statement::{Body, SignedStatement, StreamSegment};

use crate::bundle::decoded;
use crate::case::Case;
use crate::check::laid_open;
use crate::dossier::Dossier;
use crate::people::resting_on;
use crate::policy::Policy;
use crate::proofs::{self, Answer, Proved};
use crate::reading_proof::{LEAF, ReadingProof};
use crate::report::{Check, Outcome, Reason, Report};
use crate::standing;

/// The report of a reading.
pub(crate) fn report(proof: &ReadingProof, policy: Option<&Policy>) -> Report {
    let mut report = Report::empty();
    let subject = proof.reading().map_or_else(
        || proof.bundle.certificate.clone(),
        |reading| format!("{} {} {}", reading.meter, reading.register, reading.at),
    );
    let check = |name, (outcome, reason): Answer| Check { name, subject: subject.clone(), outcome, reason };
    report.number = Some(subject.clone());
    let dossier = match Dossier::open(&proof.bundle) {
        Ok(dossier) => dossier,
        Err(reason) => {
            report.checks.push(check("bundle", (Outcome::Failed, reason)));
            return report;
        }
    };
    let case = match Case::open(&dossier, policy) {
        Ok(case) => case,
        Err(reason) => {
            report.checks.push(check("bundle", (Outcome::Failed, reason)));
            return report;
        }
    };
    let Some((seal, segment)) = sealed(&dossier) else {
        report.checks.push(check("bundle", (Outcome::Failed, Reason::new("reading-without-seal"))));
        return report;
    };
    report.checks.push(check("bundle", laid_open(dossier.statements.len())));
    let Proved { checkpoint, checks } = proofs::checks(&case, &subject);
    report.checks.extend(checks);
    if checkpoint.is_some() {
        report.as_of = dossier.standing.as_ref().map(|standing| standing.statement.made_at);
    }
    let [signature, key] = people(&case, seal);
    report.checks.push(check("signature", signature));
    report.checks.push(check("key", key));
    report.checks.push(check("standing", standing::of(&case, seal, checkpoint.as_ref())));
    report.checks.push(check("reading", reading(proof, segment)));
    report
}

fn sealed(dossier: &Dossier) -> Option<(&SignedStatement, &StreamSegment)> {
    let signed = dossier.signed(&dossier.certificate)?;
    match &signed.statement.body {
        Body::Stream(segment) => Some((signed, segment)),
        _ => None,
    }
}

/// The answers of `signature` and `key`: whose word it is that these readings had come in.
fn people(case: &Case<'_>, seal: &SignedStatement) -> [Answer; 2] {
    let party = &seal.statement.issuer;
    if case.policy.is_none() {
        return ["", ""].map(|_| (Outcome::NotPossible, Reason::new("no-policy")));
    }
    let signature = match case.authority.public_key(seal.key_id) {
        None => (Outcome::NotPossible, Reason::new("signature-key-unknown").with("party", party)),
        Some(key) if seal.authenticate(key).is_err() => {
            (Outcome::Failed, Reason::new("signature-not-authentic").with("party", party))
        }
        Some(_) => {
            let key = match case.authority.key_of(seal) {
                Ok(_) => (Outcome::Passed, Reason::new("reading-key-passed").with("party", party)),
                Err(failure) => {
                    let reason = Reason::new(failure.reason.code()).with("party", &failure.party);
                    (Outcome::Failed, reason.with("day", failure.day))
                }
            };
            return [(Outcome::Passed, Reason::new("reading-signature-passed").with("party", party)), key];
        }
    };
    [signature, resting_on("signature")]
}

/// The answer of `reading`: the line is the leaf at its place under the sealed root.
fn reading(proof: &ReadingProof, segment: &StreamSegment) -> Answer {
    let failed = |code: &str| (Outcome::Failed, Reason::new(code).with("segment", segment.segment));
    let Some(reading) = proof.reading().filter(|_| segment.leaf == LEAF) else { return failed("reading-unreadable") };
    let path: Option<Vec<Hash>> =
        proof.path.iter().map(|hash| decoded(hash).and_then(|bytes| bytes.try_into().ok())).collect();
    let root: Option<Hash> = hex::decode(&segment.root).ok().and_then(|root| root.try_into().ok());
    let Some((path, root)) = path.zip(root) else { return failed("reading-unreadable") };
    let inclusion = InclusionProof { leaf_index: proof.index, tree_size: segment.readings, path };
    if inclusion.check(proof.line.as_bytes(), &root).is_err() {
        return failed("reading-not-sealed");
    }
    let reason = Reason::new("reading-passed")
        .with("value", format!("{} {}", reading.value, reading.unit))
        .with("meter", reading.meter)
        .with("register", reading.register)
        .with("at", reading.at)
        .with("feed", reading.feed)
        .with("segment", segment.segment)
        .with("count", segment.readings);
    (Outcome::Passed, reason)
}
