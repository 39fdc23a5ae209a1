//! Whether every statement is in a log that the policy believes, under a checkpoint that enough witnesses have seen.

use heng_evidence::{Checkpoint, InclusionProof, KeyKind, SignedCheckpoint, VerifierKey, WitnessPolicy, Witnesses};
use heng_statement::PublicKey;

use crate::case::{Case, public_key};
use crate::dossier::Included;
use crate::people::resting_on;
use crate::policy::{LogKey, Policy};
use crate::report::{Check, Outcome, Reason};

/// How the proofs came out.
pub(crate) struct Proved {
    /// The checkpoint, if the log signed it.
    pub checkpoint: Option<Checkpoint>,
    /// The checks `checkpoint`, `witnesses`, `inclusion` and `receipt`.
    pub checks: Vec<Check>,
}

pub(crate) type Answer = (Outcome, Reason);

/// The checks of the proofs; `number` is the certificate that the bundle is about.
pub(crate) fn checks(case: &Case<'_>, number: &str) -> Proved {
    let check = |name, (outcome, reason): Answer| Check { name, subject: number.to_owned(), outcome, reason };
    let signed = case.dossier.checkpoint.as_deref();
    let (log, answer) = checkpoint(signed, case.policy);
    let passed = answer.0 == Outcome::Passed;
    let mut checks = vec![check("checkpoint", answer)];
    let (Some((log, key)), Some(signed), true) = (log, signed, passed) else {
        checks.extend(["witnesses", "inclusion", "receipt"].map(|name| check(name, resting_on("checkpoint"))));
        return Proved { checkpoint: None, checks };
    };
    let checkpoint = signed.checkpoint().clone();
    checks.push(check("witnesses", witnesses(case.policy, &log, signed)));
    checks.push(check("inclusion", inclusion(case, &checkpoint)));
    checks.push(check("receipt", receipt(case, &checkpoint, &key)));
    Proved { checkpoint: Some(checkpoint), checks }
}

/// Whether an Ed25519 public key signed a message: what the log's formats ask of a signature library.
fn authentic(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    PublicKey::from_ed25519_bytes(key).is_ok_and(|key| key.authenticate(message, signature).is_ok())
}

/// The log's key under the name that it signs checkpoints with.
pub(crate) fn verifier_key(log: &LogKey) -> Option<(VerifierKey, PublicKey)> {
    let key = public_key(&log.public_key)?;
    Some((VerifierKey::new(&log.origin, KeyKind::Ed25519, key.ed25519_bytes()?).ok()?, key))
}

type Log = (VerifierKey, PublicKey);

/// The check `checkpoint`, and the log that the policy knows by the checkpoint's origin.
pub(crate) fn checkpoint(signed: Option<&SignedCheckpoint>, policy: Option<&Policy>) -> (Option<Log>, Answer) {
    let Some(signed) = signed else {
        return (None, (Outcome::Failed, Reason::new("checkpoint-unreadable")));
    };
    let Some(policy) = policy else {
        return (None, (Outcome::NotPossible, Reason::new("no-policy")));
    };
    let origin = signed.checkpoint().origin.clone();
    let named = |code: &str| Reason::new(code).with("origin", &origin).with("size", signed.checkpoint().size);
    let Some(log) = policy.log.iter().find(|log| log.origin == origin) else {
        let answer = (Outcome::NotPossible, named("checkpoint-log-unknown"));
        return (None, answer);
    };
    let Some(log) = verifier_key(log) else {
        let answer = (Outcome::NotPossible, named("policy-log-key-unreadable"));
        return (None, answer);
    };
    let answer = match signed.authenticate(&log.0, authentic) {
        Ok(_) => (Outcome::Passed, named("checkpoint-passed")),
        Err(_) => (Outcome::Failed, named("checkpoint-not-authentic")),
    };
    (Some(log), answer)
}

/// The check `witnesses` of a checkpoint that the log signed.
pub(crate) fn witnesses(policy: Option<&Policy>, log: &VerifierKey, signed: &SignedCheckpoint) -> Answer {
    let asked = policy.map(|policy| &policy.witnesses);
    let keys = asked.map(|asked| asked.key.iter().map(|key| key.parse::<VerifierKey>()).collect::<Result<Vec<_>, _>>());
    let required = asked.map_or(0, |asked| asked.required);
    let Some(Ok(of)) = keys else {
        return (Outcome::NotPossible, Reason::new("policy-witness-key-unreadable"));
    };
    let Witnesses { authentic: found, not_authentic, unknown, .. } =
        WitnessPolicy { required, of }.witnesses(signed, log, authentic);
    let counted = |code: &str| Reason::new(code).with("count", found.len()).with("required", required);
    if let Some(false_one) = not_authentic.first() {
        return (Outcome::Failed, counted("witnesses-not-authentic").with("witness", &false_one.name));
    }
    if found.len() < required {
        return (Outcome::Failed, counted("witnesses-too-few"));
    }
    // A line that nobody can vouch for could be anything.
    match unknown.first() {
        Some(stranger) => (Outcome::NotPossible, counted("witnesses-unknown").with("witness", &stranger.name)),
        None => (Outcome::Passed, counted("witnesses-passed")),
    }
}

fn inclusion(case: &Case<'_>, checkpoint: &Checkpoint) -> Answer {
    for Included { signed, index, path } in case.dossier.statements.values() {
        let is_proved = path.clone().is_some_and(|path| {
            let proof = InclusionProof { leaf_index: *index, tree_size: checkpoint.size, path };
            proof.check(&signed.hash_bytes(), &checkpoint.root).is_ok()
        });
        if !is_proved {
            let reason = Reason::new("inclusion-failed").with("statement", signed.hash()).with("index", index);
            return (Outcome::Failed, reason);
        }
    }
    included(case.dossier.statements.len(), checkpoint)
}

/// So many statements were shown to be in the tree.
pub(crate) fn included(count: usize, checkpoint: &Checkpoint) -> Answer {
    (Outcome::Passed, Reason::new("inclusion-passed").with("count", count).with("size", checkpoint.size))
}

/// The receipt is about the certificate at this place.
pub(crate) fn received(index: u64) -> Answer {
    (Outcome::Passed, Reason::new("receipt-passed").with("index", index))
}

/// The receipt is the same proof in the form that others' tools read; it must be about this certificate, this tree and this root.
fn receipt(case: &Case<'_>, checkpoint: &Checkpoint, log: &PublicKey) -> Answer {
    let Some(certificate) = case.dossier.statements.get(&case.dossier.certificate) else {
        return (Outcome::Failed, Reason::new("receipt-failed"));
    };
    let Some(receipt) = &case.dossier.receipt else {
        return (Outcome::Failed, Reason::new("receipt-unreadable"));
    };
    let root = receipt.authenticate(&certificate.signed.hash_bytes(), |message, signature| {
        log.authenticate(message, signature).is_ok()
    });
    let is_ours = root == Ok(checkpoint.root)
        && receipt.header.issuer == checkpoint.origin
        && receipt.proof.leaf_index == certificate.index
        && receipt.proof.tree_size == checkpoint.size;
    if is_ours { received(certificate.index) } else { (Outcome::Failed, Reason::new("receipt-failed")) }
}
