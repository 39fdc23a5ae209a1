//! The one function that checks everything, or fails.

use std::sync::Arc;

use heng_statement::{Certificate, SignedStatement, StatementHash};
use heng_view::chain::chain;
use heng_view::{Chain, Top};

use crate::bounds::Bounds;
use crate::bundle::Bundle;
use crate::case::Case;
use crate::dossier::Dossier;
use crate::given::{Given, Kind, Unreadable, kind};
use crate::handed::Handed;
use crate::memory::{Answers, Memory, about};
use crate::people::Acts;
use crate::policy::Policy;
use crate::proofs::{self, Answer, Proved};
use crate::report::{Check, Outcome, Reason, Report};
use crate::settled::Found;
use crate::{computation, documents, people, plan, round, standing};

/// Checks files: one report for each certificate among them. Needs no server, no network and no clock.
///
/// Files of one certificate that are given together are checked against each other: an XML and a web page against the bundle that fixes them.
pub fn check(files: &[Given<'_>], policy: Option<&Policy>) -> Result<Vec<Report>, Unreadable> {
    check_within(files, policy, &Bounds::NONE)
}

/// The same where whoever hands the files in is not who computes: models in them are evaluated as far as the bounds go.
pub fn check_within(files: &[Given<'_>], policy: Option<&Policy>, bounds: &Bounds) -> Result<Vec<Report>, Unreadable> {
    let mut bounds = *bounds;
    let kinds = files.iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    let mut handed = Handed::of(files, &kinds);
    let mut reports = Vec::new();
    for (given, kind) in files.iter().zip(&kinds) {
        match kind {
            Kind::Budget(file) => {
                reports.extend(crate::recomputation::reports(given.name, file, policy, &mut bounds));
            }
            Kind::Reading(proof) => reports.push(crate::reading::report(proof, policy)),
            _ => {}
        }
    }
    for (place, bundle) in handed.bundles().into_iter().enumerate() {
        reports.push(bundle_report(bundle, place, &mut handed, policy));
    }
    reports.extend(handed.unclaimed().map(|(given, kind)| unproved(given, kind)));
    Ok(reports)
}

fn bundle_report(bundle: &Bundle, place: usize, handed: &mut Handed<'_>, policy: Option<&Policy>) -> Report {
    let mut report = Report::empty();
    let subject = bundle.certificate.clone();
    let dossier = Dossier::open(bundle);
    let opened = dossier.as_ref().map_err(Reason::clone).and_then(|dossier| Case::open(dossier, policy));
    let failed = |reason| unopened(&subject, reason);
    // Whatever comes of it, these files are spoken for.
    let certificate = dossier.as_ref().ok().and_then(|dossier| dossier.certificate(&bundle.certificate));
    let mine = handed.claim(place, certificate.map(|(_, certificate)| certificate));
    let case = match &opened {
        Ok(case) => case,
        Err(reason) => {
            report.checks.push(failed(reason.clone()));
            return report;
        }
    };
    let anchor = policy.and_then(|policy| policy.anchor.first()).map(|anchor| anchor.party.as_str());
    if let Some(of) = round::round_of(case.dossier, anchor) {
        round::check(case, &mut report, &of);
        return report;
    }
    if let Some(stated) = plan::report_of(case.dossier) {
        plan::check(case, &mut report, stated, &mine);
        return report;
    }
    let Some((issue, certificate)) = certificate else {
        report.checks.push(failed(Reason::new("bundle-without-certificate")));
        return report;
    };
    begin(case, &mut report, certificate);
    for (given, kind) in &mine {
        match kind {
            Kind::Bundle(_) | Kind::Budget(_) | Kind::Reading(_) => {}
            Kind::IssuedPdf { length, .. } => {
                let base = given.bytes.get(..*length).unwrap_or_default();
                report.checks.push(documents::document(certificate, given.name, base, "application/pdf"));
            }
            Kind::AlteredPdf(_) => report.checks.push(documents::altered_pdf(&certificate.number, given.name)),
            Kind::BarePdf => {
                report.checks.push(documents::document(certificate, given.name, given.bytes, "application/pdf"))
            }
            Kind::Dcc(read) => {
                report.checks.push(documents::document(certificate, given.name, given.bytes, "application/xml"));
                report.findings.extend(heng_exchange::dcc::findings(read).iter().cloned());
            }
            Kind::Html => report.checks.push(documents::document(certificate, given.name, given.bytes, "text/html")),
            Kind::Data(media_type) => {
                report.checks.push(documents::document(certificate, given.name, given.bytes, media_type));
            }
        }
    }
    prove(case, &mut report, issue, certificate);
    report
}

/// What is said of a bundle or a dossier that nothing can be read from.
fn unopened(certificate: &StatementHash, reason: Reason) -> Check {
    Check { name: "bundle", subject: certificate.clone(), outcome: Outcome::Failed, reason }
}

/// Checks a dossier from a log at hand, as `check` does its bundle. `memory` has whom to trust, and what passed before.
pub fn check_dossier(dossier: &Dossier, memory: &Memory) -> Report {
    let mut report = Report::empty();
    let failed = |reason| unopened(&dossier.certificate, reason);
    let case = match Case::with_memory(dossier, memory) {
        Ok(case) => case,
        Err(reason) => {
            report.checks.push(failed(reason));
            return report;
        }
    };
    let Some((issue, certificate)) = dossier.certificate(&dossier.certificate) else {
        report.checks.push(failed(Reason::new("bundle-without-certificate")));
        return report;
    };
    begin(&case, &mut report, certificate);
    let found = prove(&case, &mut report, issue, certificate);
    let has_passed = report.checks.iter().all(|check| check.outcome == Outcome::Passed);
    if has_passed {
        memory.settle(dossier, found, &report);
    }
    report
}

/// What the certificate says of itself, and that it could be laid open.
fn begin(case: &Case<'_>, report: &mut Report, certificate: &Certificate) {
    report.number = Some(certificate.number.clone());
    report.valid_through = certificate.valid_through;
    report.synthetic = certificate.synthetic;
    let (outcome, reason) = laid_open(case.dossier.statements.len());
    report.checks.push(Check { name: "bundle", subject: certificate.number.clone(), outcome, reason });
}

/// So many statements could be read.
pub(crate) fn laid_open(count: usize) -> Answer {
    (Outcome::Passed, Reason::new("bundle-passed").with("count", count))
}

/// The proofs, and then everything about each certificate of the chain; gives what was found that no later checkpoint can change.
fn prove(case: &Case<'_>, report: &mut Report, issue: &SignedStatement, certificate: &Certificate) -> Found {
    let number = &certificate.number;
    let rendering = renderings(case, issue, certificate);
    report.checks.push(rendering.clone());
    let Proved { checkpoint, checks } = proofs::checks(case, number);
    report.checks.extend(checks);
    if checkpoint.is_some() {
        report.as_of = case.dossier.standing.as_ref().map(|standing| standing.statement.made_at);
    }
    let statement =
        |hash: &StatementHash| case.dossier.statements.get(hash).map(|included| Arc::clone(&included.signed));
    let chain = chain(&case.dossier.certificate, &statement);
    let connected = connected(&chain, number);
    report.checks.push(connected.clone());
    let mut links = Vec::new();
    for link in &chain.links {
        let Some((issue, certificate)) = case.dossier.certificate(&link.hash) else { continue };
        let acts = Acts::of(case, issue, certificate);
        let answers = answers(case, &acts);
        push_link(report, &certificate.number, &answers, standing::check(case, &acts, checkpoint.as_ref()));
        links.push((certificate.number.clone(), answers));
    }
    Found { rendering, connected, links }
}

/// The checks of one certificate of the chain, in the order in which a reader meets them.
pub(crate) fn push_link(report: &mut Report, number: &str, answers: &Answers, standing: Check) {
    report.checks.extend(answers.people.iter().map(|check| about(check, number)));
    report.checks.push(standing);
    report.checks.extend(answers.computation.iter().map(|check| about(check, number)));
}

/// The checks of the people and of the computation of one certificate; those that all passed before are not made again.
fn answers(case: &Case<'_>, acts: &Acts<'_>) -> Arc<Answers> {
    if let Some((memory, grounds)) = &case.memory
        && let Some(known) = memory.answers(acts.issue, grounds)
    {
        return known;
    }
    let answers =
        Arc::new(Answers { people: people::checks(case, acts), computation: computation::checks(case, acts) });
    if let Some((memory, grounds)) = &case.memory
        && answers.all().all(|check| check.outcome == Outcome::Passed)
        && acts.issue.statement.cites.iter().all(|cited| case.dossier.signed(cited).is_some())
    {
        memory.remember(acts.issue, grounds, &answers);
    }
    answers
}

/// The check `renderings`, not made again where it passed.
fn renderings(case: &Case<'_>, issue: &SignedStatement, certificate: &Certificate) -> Check {
    if let Some(known) = case.memory.as_ref().and_then(|(memory, _)| memory.rendering(issue)) {
        return about(&known, &certificate.number);
    }
    let xml = documents::xml_of(certificate).and_then(|document| case.dossier.texts.get(&document.sha256));
    let check = documents::renderings(certificate, xml.map(|xml| xml.as_slice()));
    if let Some((memory, _)) = &case.memory
        && check.outcome == Outcome::Passed
    {
        memory.remember_rendering(issue, &check);
    }
    check
}

/// The check `chain`: certificate by certificate to where the unit is realised, with nothing missing.
fn connected(chain: &Chain, number: &str) -> Check {
    let broken = chain.tops.iter().find_map(|top| match top {
        Top::Realisation => None,
        Top::Missing(hash) => Some((Outcome::NotPossible, Reason::new("chain-missing").with("statement", hash))),
        Top::Circle(hash) => Some((Outcome::Failed, Reason::new("chain-circle").with("statement", hash))),
        Top::TooDeep(hash) => Some((Outcome::Failed, Reason::new("chain-too-deep").with("statement", hash))),
    });
    let (outcome, reason) =
        broken.unwrap_or_else(|| (Outcome::Passed, Reason::new("chain-passed").with("count", chain.links.len())));
    Check { name: "chain", subject: number.to_owned(), outcome, reason }
}

/// A file without any proof: what it says can be read, and that is all.
fn unproved(given: &Given<'_>, kind: &Kind) -> Report {
    let mut report = Report::empty();
    if let Kind::Dcc(read) = kind {
        report.number = heng_exchange::dcc::number(read);
        report.findings = heng_exchange::dcc::findings(read).to_vec();
    }
    let not_possible = |name| Check {
        name,
        subject: given.name.to_owned(),
        outcome: Outcome::NotPossible,
        reason: Reason::new("no-proof").with("file", given.name),
    };
    report.checks = ["bundle", "document", "signature", "inclusion", "standing", "chain"].map(not_possible).into();
    report
}
