//! The certificate's results, computed again from the signed record.

use std::sync::Arc;

use heng_rule::{Dissemination, Evaluated, ItemResult, PointResult, Record, Rule};
use heng_statement::authority::Subject;
use heng_statement::{Body, Certificate, Role};

use crate::case::Case;
use crate::facts::all_standard_facts;
use crate::people::{Acts, resting_on};
use crate::report::{Check, Outcome, Reason};

/// The checks `record`, `rule`, `limits`, `uncertainty` and those of the chain's steps, of one certificate.
pub(crate) fn checks(case: &Case<'_>, acts: &Acts<'_>) -> Vec<Check> {
    let certificate = acts.certificate;
    let check = |name, (outcome, reason)| Check { name, subject: certificate.number.clone(), outcome, reason };
    let record = match acts.measurement.map(|signed| &signed.statement.body) {
        Some(Body::Meas(record)) => record,
        _ => {
            return ["record", "rule", "limits", "uncertainty", "chain-validity", "chain-range", "chain-uncertainty"]
                .map(|name| check(name, (Outcome::NotPossible, Reason::new("record-missing"))))
                .into();
        }
    };
    let said = check("record", record_agrees(certificate, record));
    let rule = match rule(case, acts) {
        Ok(rule) => rule,
        Err(answer) => {
            let mut checks = vec![said, check("rule", answer)];
            let resting = ["limits", "uncertainty", "chain-validity", "chain-range", "chain-uncertainty"];
            checks.extend(resting.map(|name| check(name, resting_on("rule"))));
            return checks;
        }
    };
    let facts =
        all_standard_facts(certificate, &|hash| case.dossier.certificate(hash).map(|(_, certificate)| certificate));
    let evaluated = rule.evaluate(record, &facts);
    let mut checks = vec![
        said,
        check("rule", (Outcome::Passed, rule_passed(certificate))),
        check("limits", limits(certificate, &evaluated)),
        check("uncertainty", results(certificate, &evaluated)),
    ];
    checks.extend(crate::steps::checks(case, certificate, &evaluated));
    checks
}

/// What the certificate repeats of the record must be what the record says.
fn record_agrees(certificate: &Certificate, record: &Record) -> (Outcome, Reason) {
    let differing = [
        (
            "instrument",
            certificate.instrument.serial != record.instrument.serial
                || certificate.instrument.characteristics != record.instrument.characteristics
                || certificate.instrument.name != record.instrument.name
                || certificate.instrument.model != record.instrument.model
                || certificate.instrument.manufacturer != record.instrument.manufacturer
                || certificate.instrument.kind != record.instrument.kind,
        ),
        ("client", certificate.client != record.client),
        ("day", certificate.performed_on != record.performed_on),
        ("place", certificate.place != record.place),
        ("occasion", certificate.occasion != record.occasion),
        ("rule", certificate.rule.id != record.rule),
        ("synthetic", certificate.synthetic != record.synthetic),
        ("remark", certificate.remark != record.remark),
    ];
    match differing.iter().find(|(_, differs)| *differs) {
        Some((part, _)) => (Outcome::Failed, Reason::new("record-differs").with("part", part)),
        None => (Outcome::Passed, Reason::new("record-passed")),
    }
}

fn rule_passed(certificate: &Certificate) -> Reason {
    Reason::new("rule-passed").with("norm", &certificate.rule.norm).with("version", certificate.rule.version)
}

/// The rule as published: its bytes, fixed by a statement of someone who may publish rules.
fn rule(case: &Case<'_>, acts: &Acts<'_>) -> Result<Arc<Rule>, (Outcome, Reason)> {
    let wanted = &acts.certificate.rule;
    let publication = case.dossier.cited(acts.issue).find(|signed| match &signed.statement.body {
        Body::Norm(publication) => publication.rule == *wanted,
        _ => false,
    });
    let named = |code: &str| Reason::new(code).with("norm", &wanted.norm).with("version", wanted.version);
    let Some(publication) = publication else {
        return Err((Outcome::Failed, named("rule-not-published")));
    };
    let day = publication.statement.legal_day();
    let entitled = case.authority.speaker(publication).is_ok()
        && case
            .authority
            .permission(&publication.statement.issuer, Role::Publish, &Subject::rule(&wanted.id), day)
            .is_ok();
    if !entitled && case.policy.is_none() {
        return Err((Outcome::NotPossible, Reason::new("no-policy")));
    }
    if !entitled {
        return Err((Outcome::Failed, named("rule-not-entitled")));
    }
    let Some(text) = case.dossier.texts.get(&wanted.sha256) else {
        return Err((Outcome::NotPossible, named("rule-text-missing")));
    };
    match case.rule(&wanted.sha256, text) {
        Some(rule) if rule.reference() == *wanted => Ok(rule),
        _ => Err((Outcome::Failed, named("rule-text-unreadable"))),
    }
}

/// Limits, outcomes, verdict and validity, computed again.
fn limits(certificate: &Certificate, evaluated: &Evaluated) -> (Outcome, Reason) {
    if let Some(place) = first_difference(&certificate.results, &evaluated.results, |stated, computed| {
        stated.limit == computed.limit && stated.outcome == computed.outcome
    }) {
        return (Outcome::Failed, Reason::new("limits-differ").with("place", place));
    }
    let outcomes = |results: &[ItemResult]| results.iter().map(|item| item.outcome).collect::<Vec<_>>();
    if outcomes(&certificate.results) != outcomes(&evaluated.results) || certificate.verdict != evaluated.verdict {
        return (Outcome::Failed, Reason::new("verdict-differs"));
    }
    if certificate.valid_through != evaluated.valid_through {
        return (Outcome::Failed, Reason::new("validity-differs"));
    }
    (Outcome::Passed, Reason::new("limits-passed"))
}

/// Values, uncertainties and budgets, computed again.
fn results(certificate: &Certificate, evaluated: &Evaluated) -> (Outcome, Reason) {
    let same = |stated: &PointResult, computed: &PointResult| {
        // What was certified before budgets had identities states none.
        let plain = (!stated.is_identified()).then(|| computed.without_identities());
        let computed = plain.as_ref().unwrap_or(computed);
        stated.conditions == computed.conditions
            && stated.words == computed.words
            && stated.observed == computed.observed
            && stated.result == computed.result
            && stated.degrees_of_freedom == computed.degrees_of_freedom
            && stated.budget == computed.budget
            && stated.correlations == computed.correlations
            // What was certified before trials were stated states none.
            && (stated.trials.is_none() || stated.trials == computed.trials)
    };
    if let Some(place) = first_difference(&certificate.results, &evaluated.results, same) {
        return (Outcome::Failed, Reason::new("uncertainty-differs").with("place", place));
    }
    if !same_dissemination(&certificate.disseminates, &evaluated.disseminates) {
        return (Outcome::Failed, Reason::new("uncertainty-differs").with("place", "disseminates"));
    }
    if certificate.environment != evaluated.environment {
        return (Outcome::Failed, Reason::new("uncertainty-differs").with("place", "environment"));
    }
    (Outcome::Passed, Reason::new("uncertainty-passed"))
}

/// Whether the same is passed on; what was certified before it said which result it is does not say it.
fn same_dissemination(stated: &[Dissemination], computed: &[Dissemination]) -> bool {
    let same = |(stated, computed): (&Dissemination, &Dissemination)| {
        let result = stated.result.as_ref().and(computed.result.clone());
        *stated == Dissemination { result, ..computed.clone() }
    };
    stated.len() == computed.len() && stated.iter().zip(computed).all(same)
}

/// The first place, as `item` or `item/point`, at which stated and computed results are not the same.
fn first_difference(
    stated: &[ItemResult],
    computed: &[ItemResult],
    same: impl Fn(&PointResult, &PointResult) -> bool,
) -> Option<String> {
    if stated.len() != computed.len() {
        return Some("items".to_owned());
    }
    for (stated, computed) in stated.iter().zip(computed) {
        let same_item = stated.item == computed.item
            && stated.title == computed.title
            && stated.citation == computed.citation
            && stated.model == computed.model
            && stated.points.len() == computed.points.len();
        if !same_item {
            return Some(stated.item.clone());
        }
        let differing =
            stated.points.iter().zip(&computed.points).position(|(stated, computed)| !same(stated, computed));
        if let Some(point) = differing {
            return Some(format!("{}/{}", stated.item, point + 1));
        }
    }
    None
}
