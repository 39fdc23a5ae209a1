//! The report of a plan from its own bytes: every figure is what follows from the plan as it was published and from the statements in the bundle, which
//! lay in the log before it.
//!
//! What a bundle cannot show is that nothing was left out of it: a forecast that failed, say. Whoever has the whole log computes the figures of the whole
//! log (`heng plan status`).

use std::collections::BTreeSet;

use heng_rule::plan::Plan;
use heng_statement::plan::{PlanReport, ReportedFigure};
use heng_statement::{Body, SignedStatement, StatementHash};
use heng_view::Inventory;
use heng_view::plan::{evidence, figures, rows};

use crate::case::Case;
use crate::check::laid_open;
use crate::documents;
use crate::dossier::{Dossier, Included};
use crate::given::{Given, Kind};
use crate::people::resting_on;
use crate::proofs::{self, Answer, Proved};
use crate::report::{Check, Outcome, Reason, Report};
use crate::round::speakers;

/// The report that a bundle is about, if it is about one.
pub(crate) fn report_of(dossier: &Dossier) -> Option<(&SignedStatement, &PlanReport)> {
    let signed = dossier.signed(&dossier.certificate)?;
    match &signed.statement.body {
        Body::Report(report) => Some((signed, report)),
        _ => None,
    }
}

/// Makes every check of a report.
pub(crate) fn check(
    case: &Case<'_>,
    report: &mut Report,
    (signed, stated): (&SignedStatement, &PlanReport),
    files: &[(&Given<'_>, &Kind)],
) {
    let subject = format!("{} {}", stated.plan, stated.as_of);
    let check = |name, (outcome, reason): Answer| Check { name, subject: subject.clone(), outcome, reason };
    report.number = Some(subject.clone());
    report.synthetic = stated.synthetic;
    report.checks.push(check("bundle", laid_open(case.dossier.statements.len())));
    report.checks.extend(files.iter().filter_map(|file| document(stated, &subject, file)));
    let Proved { checkpoint, checks } = proofs::checks(case, &subject);
    let is_included = checks.iter().any(|check| check.name == "inclusion" && check.outcome == Outcome::Passed);
    report.checks.extend(checks);
    if checkpoint.is_some() {
        report.as_of = case.dossier.standing.as_ref().map(|standing| standing.statement.made_at);
    }
    let people = people(case, signed);
    let are_known = people.iter().all(|(outcome, _)| *outcome == Outcome::Passed);
    report.checks.extend(
        ["signature", "key", "authorization"].into_iter().zip(people).map(|(name, answer)| check(name, answer)),
    );
    let rest = match (is_included, are_known, published(case, stated)) {
        (false, ..) => ["", "", ""].map(|_| resting_on("inclusion")),
        (true, false, _) => ["", "", ""].map(|_| resting_on("signature")),
        (true, true, Err(failed)) => [failed, resting_on("plan-as-published"), resting_on("plan-as-published")],
        (true, true, Ok(plan)) => {
            let read = (
                Outcome::Passed,
                Reason::new("plan-published").with("plan", &stated.plan).with("rows", plan.rows.len()),
            );
            [read, before(case, stated), recomputed(case, stated, &plan)]
        }
    };
    let names = ["plan-as-published", "evidence-before-report", "figures-recomputed"];
    report.checks.extend(names.into_iter().zip(rest).map(|(name, answer)| check(name, answer)));
}

/// Whether a file is one that the report fixes.
fn document(stated: &PlanReport, subject: &str, (given, kind): &(&Given<'_>, &Kind)) -> Option<Check> {
    let fixed = |bytes, media_type| Some(documents::fixed(&stated.documents, subject, (given.name, bytes), media_type));
    match kind {
        Kind::IssuedPdf { length, .. } => fixed(given.bytes.get(..*length).unwrap_or_default(), "application/pdf"),
        Kind::AlteredPdf(_) => Some(documents::altered_pdf(subject, given.name)),
        Kind::BarePdf => fixed(given.bytes, "application/pdf"),
        Kind::Html => fixed(given.bytes, "text/html"),
        Kind::Data(media_type) => fixed(given.bytes, media_type),
        Kind::Bundle(_) | Kind::Budget(_) | Kind::Reading(_) | Kind::Dcc(_) => None,
    }
}

/// The answers of `signature`, `key` and `authorization`: about every statement of the bundle, and about who reports.
fn people(case: &Case<'_>, signed: &SignedStatement) -> [Answer; 3] {
    let Some(policy) = case.policy else {
        return ["", "", ""].map(|_| (Outcome::NotPossible, Reason::new("no-policy")));
    };
    let passed = ["plan-signature-passed", "plan-key-passed"];
    let [signature, key] = match speakers(case, case.dossier.statements.values(), passed) {
        Ok(answers) => answers,
        Err(answers) => return *answers,
    };
    let party = &signed.statement.issuer;
    let may = policy.anchor.iter().any(|anchor| anchor.party == *party);
    let code = if may { "plan-by-authority" } else { "plan-not-by-authority" };
    let outcome = if may { Outcome::Passed } else { Outcome::Failed };
    [signature, key, (outcome, Reason::new(code).with("party", party))]
}

/// The plan, from the files that its publication fixes.
fn published(case: &Case<'_>, stated: &PlanReport) -> Result<Plan, Answer> {
    let failed = |code: &str| (Outcome::Failed, Reason::new(code).with("plan", &stated.plan));
    let signed = case.dossier.signed(&stated.published_by).ok_or_else(|| failed("plan-publication-missing"))?;
    let Body::Plan(publication) = &signed.statement.body else { return Err(failed("plan-publication-missing")) };
    let mut files = Vec::new();
    for file in &publication.files {
        let text = case.dossier.texts.get(&file.sha256).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| (Outcome::Failed, Reason::new("plan-file-missing").with("file", &file.name)))?;
        files.push((file.name.as_str(), text));
    }
    let (plan, _) = Plan::read(&files);
    if plan.id == stated.plan { Ok(plan) } else { Err(failed("plan-publication-missing")) }
}

/// The evidence that the report names is in the bundle, and was in the log when the report was made.
fn before(case: &Case<'_>, stated: &PlanReport) -> Answer {
    let list = case.dossier.texts.get(&stated.evidence.sha256);
    let named = list.and_then(|text| serde_json::from_slice::<BTreeSet<StatementHash>>(text).ok());
    let Some(named) = named else { return (Outcome::Failed, Reason::new("plan-evidence-list-missing")) };
    for hash in &named {
        match case.dossier.statements.get(hash) {
            None => return (Outcome::Failed, Reason::new("plan-evidence-missing").with("statement", hash)),
            Some(included) if included.index >= stated.tree_size => {
                return (Outcome::Failed, Reason::new("plan-evidence-later").with("statement", hash));
            }
            Some(_) => {}
        }
    }
    (Outcome::Passed, Reason::new("plan-evidence-before").with("count", named.len()).with("size", stated.tree_size))
}

/// Every figure again, from the statements that lay in the log before the report.
fn recomputed(case: &Case<'_>, stated: &PlanReport, plan: &Plan) -> Answer {
    let anchor = case.policy.and_then(|policy| policy.anchor.first()).map_or("", |anchor| anchor.party.as_str());
    let mut inventory = Inventory::new(anchor);
    let mut said: Vec<(&StatementHash, &Included)> = case.dossier.statements.iter().collect();
    said.sort_by_key(|(_, included)| included.index);
    for (hash, included) in said.into_iter().filter(|(_, included)| included.index < stated.tree_size) {
        inventory.skip_to(included.index);
        inventory.note(included.index, hash, &included.signed.statement);
    }
    let publications = inventory.plan().published();
    let Some(published) = publications.iter().find(|one| one.said.hash == stated.published_by) else {
        return (Outcome::Failed, Reason::new("plan-publication-missing").with("plan", &stated.plan));
    };
    let computed = figures(plan, &evidence(&inventory, plan, published), stated.as_of);
    let same = |one: &ReportedFigure, two: &ReportedFigure| one == two;
    for (place, figure) in computed.iter().enumerate() {
        let in_report = stated.figures.get(place);
        if !in_report.is_some_and(|other| same(figure, other)) {
            let shown = |value: Option<&String>| value.cloned().unwrap_or_else(|| "–".to_owned());
            let reason = Reason::new("plan-figure-differs").with("indicator", &figure.indicator);
            let reason = reason.with("computed", shown(figure.exact_value.as_ref()));
            return (Outcome::Failed, reason.with("stated", shown(in_report.and_then(|one| one.exact_value.as_ref()))));
        }
    }
    if computed.len() != stated.figures.len() || rows(plan) != stated.rows {
        return (Outcome::Failed, Reason::new("plan-rows-differ").with("plan", &stated.plan));
    }
    (Outcome::Passed, Reason::new("plan-recomputed").with("count", computed.len()))
}
