//! A comparison round from its own bytes: every step is its issuer's, what the report counts was sealed before anything was opened and opened as
//! it was sealed, and the report is what follows, to the last digit.

use heng_quantity::Finding;
use heng_statement::authority::{Failure, Reason as Ground};
use heng_statement::round::{Opening, RoundReport};
use heng_statement::{Body, RoundStep, SignedStatement, StatementHash};
use heng_view::{RoundLog, RoundState};
use jiff::civil::Date;

use crate::case::Case;
use crate::check::laid_open;
use crate::dossier::{Dossier, Included};
use crate::people::resting_on;
use crate::proofs::{self, Answer, Proved};
use crate::report::{Check, Outcome, Reason, Report};
use crate::standing;

/// The step that a statement is.
fn step(signed: &SignedStatement) -> Option<&RoundStep> {
    match &signed.statement.body {
        Body::Comp(step) => Some(step),
        _ => None,
    }
}

/// The round that a bundle is about, if it is about one, as the order of its statements in the log has it.
pub fn round_of(dossier: &Dossier, anchor: Option<&str>) -> Option<RoundLog> {
    let statements =
        dossier.statements.iter().map(|(hash, included)| (included.index, hash, &included.signed.statement));
    RoundLog::of(&dossier.certificate, statements, anchor)
}

/// The day as of which a bundle tells: that of the log's word on what stands, or of a step that is dated behind it.
pub fn told_on(dossier: &Dossier) -> Date {
    let standing = dossier.standing.as_ref().map(|standing| standing.statement.legal_day());
    let days = dossier.statements.values().map(|included| included.signed.statement.legal_day());
    days.chain(standing).max().unwrap_or(Date::MIN)
}

/// Makes every check of a round.
pub(crate) fn check(case: &Case<'_>, report: &mut Report, round: &RoundLog) {
    let number = &round.announcement.number;
    let check = |name, (outcome, reason): Answer| Check { name, subject: number.clone(), outcome, reason };
    report.number = Some(number.clone());
    report.synthetic = round.announcement.synthetic;
    report.checks.push(check("bundle", laid_open(case.dossier.statements.len())));
    let Proved { checkpoint, checks } = proofs::checks(case, number);
    let is_included = checks.iter().any(|check| check.name == "inclusion" && check.outcome == Outcome::Passed);
    report.checks.extend(checks);
    if checkpoint.is_some() {
        report.as_of = case.dossier.standing.as_ref().map(|standing| standing.statement.made_at);
    }
    let has_part = |party: &String| {
        *party == round.coordinator || *party == round.announcement.pilot || round.announcement.code(party).is_some()
    };
    let is_step =
        |included: &&Included| step(&included.signed).is_some() && has_part(&included.signed.statement.issuer);
    let steps: Vec<&Included> = case.dossier.statements.values().filter(is_step).collect();
    let people = people(case, round, &steps);
    report.checks.extend(
        ["signature", "key", "authorization"].into_iter().zip(people).map(|(name, answer)| check(name, answer)),
    );
    let state = round.state(told_on(case.dossier));
    let counted = state.report.as_ref().and_then(|counted| case.dossier.signed(&counted.hash));
    let of_report = counted.and_then(|signed| match step(signed) {
        Some(RoundStep::Report(stated)) => Some(stated),
        _ => None,
    });
    let stands = counted.or_else(|| case.dossier.signed(&round.hash));
    report.checks.extend(stands.map(|signed| check("standing", standing::of(case, signed, checkpoint.as_ref()))));
    let answers = match of_report {
        None => ["sealed-before-opening", "opened-as-sealed", "report-recomputed"]
            .map(|_| (Outcome::NotPossible, Reason::new("round-no-report"))),
        Some(_) if !is_included => ["", "", ""].map(|_| resting_on("inclusion")),
        Some(stated) => {
            let sealed = opened(stated, case).map(|pair| blind(round, &steps, pair));
            let same = opened(stated, case).map(|pair| as_sealed(round, pair));
            let count = stated.openings.len();
            [
                first_failure(sealed, Reason::new("round-sealed-in-time").with("count", count)),
                first_failure(same, Reason::new("round-opened-as-sealed").with("count", count)),
                recomputed(&state),
            ]
        }
    };
    let names = ["sealed-before-opening", "opened-as-sealed", "report-recomputed"];
    report.checks.extend(names.into_iter().zip(answers).map(|(name, answer)| check(name, answer)));
    report.findings.extend(state.findings.iter().map(|finding| said(round, finding)));
}

/// Findings name laboratories by code.
fn said(round: &RoundLog, finding: &heng_view::round::RoundFinding) -> Finding {
    finding.finding(round.announcement.code(&finding.party).unwrap_or(&finding.party))
}

/// The answers of `signature`, `key` and `authorization`, each about all steps of those who have a part in the round.
fn people(case: &Case<'_>, round: &RoundLog, steps: &[&Included]) -> [Answer; 3] {
    if case.policy.is_none() {
        return ["", "", ""].map(|_| (Outcome::NotPossible, Reason::new("no-policy")));
    }
    let Some(announcement) = case.dossier.signed(&round.hash) else {
        return ["", "", ""].map(|_| (Outcome::Failed, Reason::new("bundle-without-certificate")));
    };
    let coordinator = &announcement.statement.issuer;
    let passed = ["round-signature-passed", "round-key-passed"];
    let [signature, key] = match speakers(case, steps.iter().copied(), passed) {
        Ok(answers) => answers,
        Err(answers) => return *answers,
    };
    for Included { signed, .. } in steps {
        let action = match step(signed) {
            Some(RoundStep::Closing(closing)) => case.dossier.signed(&closing.action),
            _ => None,
        };
        let Err(failure) = case.authority.round_step_of_authentic(signed, announcement, action) else { continue };
        // A step that is not its issuer's to take counts for nobody, the view says so, and it breaks nothing: else anyone could spoil a round.
        let counts_for_nobody = matches!(failure.reason, Ground::NoPartInRound | Ground::SelfApproval);
        if !counts_for_nobody || signed.hash() == round.hash {
            return [signature, key, (outcome(&failure), reason(&failure))];
        }
    }
    let authorization = (Outcome::Passed, Reason::new("round-authorization-passed").with("party", coordinator));
    [signature, key, authorization]
}

/// The answers of `signature` and `key` about all of some statements; where one does not pass, also that of the check behind them. `passed` are the
/// codes of the reasons why they pass.
pub(crate) fn speakers<'a>(
    case: &Case<'_>,
    statements: impl ExactSizeIterator<Item = &'a Included> + Clone,
    passed: [&str; 2],
) -> Result<[Answer; 2], Box<[Answer; 3]>> {
    let count = statements.len();
    let [signature, key] = passed.map(|code| (Outcome::Passed, Reason::new(code).with("count", count)));
    for Included { signed, .. } in statements.clone() {
        let party = &signed.statement.issuer;
        let failure = match case.authority.public_key(signed.key_id) {
            None => (Outcome::NotPossible, Reason::new("signature-key-unknown").with("party", party)),
            Some(key) if signed.authenticate(key).is_err() => {
                (Outcome::Failed, Reason::new("signature-not-authentic").with("party", party))
            }
            Some(_) => continue,
        };
        return Err(Box::new([failure, resting_on("signature"), resting_on("signature")]));
    }
    for Included { signed, .. } in statements {
        if let Err(failure) = case.authority.key_of(signed) {
            return Err(Box::new([signature, (outcome(&failure), reason(&failure)), resting_on("key")]));
        }
    }
    Ok([signature, key])
}

/// An opening that the report counts, with its statement; nothing where the bundle has none.
type Opened<'a> = Result<(&'a SignedStatement, &'a Opening, u64), StatementHash>;

fn opened<'a>(report: &'a RoundReport, case: &'a Case<'_>) -> impl Iterator<Item = Opened<'a>> {
    report.openings.iter().map(|hash| {
        let included = case.dossier.statements.get(hash).ok_or_else(|| hash.clone())?;
        match step(&included.signed) {
            Some(RoundStep::Opening(opening)) => Ok((&*included.signed, opening, included.index)),
            _ => Err(hash.clone()),
        }
    })
}

/// The seal came into the log before its deadline and before anything was opened: nobody had seen a result.
fn blind(round: &RoundLog, steps: &[&Included], opened: Opened<'_>) -> Result<(), Answer> {
    let (signed, opening, _) = opened.map_err(missing)?;
    let code = round.announcement.code(&signed.statement.issuer).unwrap_or(&signed.statement.issuer);
    let failed = |reason: &str| (Outcome::Failed, Reason::new(reason).with("laboratory", code));
    let is_seal = |included: &&&Included| {
        matches!(step(&included.signed), Some(RoundStep::Seal(_)))
            && included.signed.statement.issuer == signed.statement.issuer
            && included.signed.hash() == opening.seal
    };
    let seal = steps.iter().find(is_seal).ok_or_else(|| failed("round-seal-missing"))?;
    if seal.signed.statement.legal_day() > round.announcement.seal_by {
        return Err(failed("round-seal-late"));
    }
    let of_counted = |included: &&&Included| matches!(step(&included.signed), Some(RoundStep::Opening(_)));
    match steps.iter().filter(of_counted).map(|included| included.index).min() {
        Some(first) if first < seal.index => Err(failed("round-seal-not-blind")),
        _ => Ok(()),
    }
}

/// The hash of what was opened is the one that was sealed.
fn as_sealed(round: &RoundLog, opened: Opened<'_>) -> Result<(), Answer> {
    let (signed, opening, _) = opened.map_err(missing)?;
    let party = &signed.statement.issuer;
    let code = round.announcement.code(party).unwrap_or(party);
    let sealed = round.steps.iter().find_map(|step| match &step.step {
        RoundStep::Seal(seal) if step.hash == opening.seal && step.issuer == *party => Some(&seal.sha256),
        _ => None,
    });
    match opening.result.sealed(&round.hash, party, &opening.salt) {
        Ok(computed) if Some(&computed) == sealed => Ok(()),
        _ => Err((Outcome::Failed, Reason::new("round-opened-otherwise").with("laboratory", code))),
    }
}

fn missing(hash: StatementHash) -> Answer {
    (Outcome::NotPossible, Reason::new("round-opening-missing").with("statement", hash))
}

fn first_failure(answers: impl Iterator<Item = Result<(), Answer>>, passed: Reason) -> Answer {
    let failure = answers.filter_map(Result::err).next();
    failure.unwrap_or((Outcome::Passed, passed))
}

/// The report is what follows from the opened results.
fn recomputed(state: &RoundState) -> Answer {
    match (&state.difference, &state.computed) {
        (Some(place), _) => (Outcome::Failed, Reason::new("round-report-differs").with("place", place)),
        (None, Some(Ok(report))) => {
            (Outcome::Passed, Reason::new("round-report-recomputed").with("count", report.items.len()))
        }
        (None, _) => (Outcome::NotPossible, Reason::new("round-no-report")),
    }
}

fn outcome(failure: &Failure) -> Outcome {
    if failure.reason == Ground::KeyUnknown { Outcome::NotPossible } else { Outcome::Failed }
}

fn reason(failure: &Failure) -> Reason {
    Reason::new(failure.reason.code()).with("party", &failure.party).with("day", failure.day)
}
