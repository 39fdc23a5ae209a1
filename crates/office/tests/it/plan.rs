//! The plan of the example city: every figure follows from evidence, taking one statement away changes exactly the figures that rest on it, and a frozen
//! report is computed again from its bundle alone.

use std::collections::{BTreeMap, BTreeSet};

use heng_checker::{Answer, Bundle, Given, Outcome, check};
use heng_office::city::{Made, make};
use heng_office::founding::Founding;
use heng_office::plan::{Acts, InForce, Rendering, followed, in_force};
use heng_office::{ANCHOR, fonts};
use heng_rule::plan::{Evidence, Plan};
use heng_statement::plan::PlanReport;
use heng_statement::{Body, Suite, legal_day};
use heng_supervision::city::{FORECASTER, Size};
use heng_view::Inventory;
use heng_view::plan::{Outcome as Became, figures, verified};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 30);

struct City {
    made: Made,
    inventory: Inventory,
    plan: InForce,
    evidence: Evidence,
    _folder: tempfile::TempDir,
}

fn city() -> City {
    let folder = tempfile::tempdir().unwrap();
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    let size = Size { seed: 7, instruments: 200, verifications: 1, today: TODAY };
    let made = make(folder.path(), founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap();
    let inventory = followed(made.desk.office().store()).unwrap();
    let plan = in_force(made.desk.office().store(), &inventory, TODAY).unwrap().unwrap();
    let evidence = plan.evidence(&inventory);
    City { made, inventory, plan, evidence, _folder: folder }
}

/// The figures of every indicator.
fn values(plan: &Plan, evidence: &Evidence) -> BTreeMap<String, Option<String>> {
    figures(plan, evidence, TODAY).into_iter().map(|figure| (figure.indicator, figure.exact_value)).collect()
}

fn changed(one: &BTreeMap<String, Option<String>>, other: &BTreeMap<String, Option<String>>) -> BTreeSet<String> {
    one.iter().filter(|(id, value)| other.get(*id) != Some(value)).map(|(id, _)| id.clone()).collect()
}

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn figures_follow_from_evidence_and_one_statement_changes_exactly_what_rests_on_it() {
    let city = city();
    let plan = &city.plan.plan;
    let before = values(plan, &city.evidence);
    let from_evidence = [
        "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12", "N13", "N14", "N15", "N16", "N30",
        "N27a", "N27b", "N31", "N32", "N33", "N34", "N37", "N38", "N39", "N45", "N46", "N47", "N51",
    ];
    for id in from_evidence {
        assert!(before[id].is_some(), "{id}");
    }
    // A document of another city: what is attested there counts for it alone, and what is here does not.
    assert_eq!(before["N17"], None);
    assert_eq!(before["N27a"], before["N27b"]);
    assert_ne!(before["N27a"], before["N8"]);

    let without = |statement: &str| values(plan, &city.evidence.without(statement));
    let standards = || city.evidence.facts().iter().filter(|fact| fact.kind == "standard");
    let attested =
        |subject: &str| &city.evidence.facts().iter().find(|fact| fact.subject == subject).unwrap().statement;
    assert_eq!(changed(&before, &without(attested("unit:integrity-0001"))), set(&["N8"]));
    assert_eq!(changed(&before, &without(attested("unit:qingdao-0001"))), set(&["N27a", "N27b"]));
    assert_eq!(changed(&before, &without(attested("facility:laboratory-flow"))), set(&["N5"]));
    let enrolment = format!("enrolment:120101:{}", 2026);
    assert_eq!(changed(&before, &without(attested(&enrolment))), set(&["N45", "N46", "N47"]));

    // A forecast: the accuracy of its own product, and nothing of another one.
    let hit = verified(city.inventory.plan())
        .into_iter()
        .find(|one| one.product == "rain-24h" && one.outcome == Became::FalseAlarm);
    assert_eq!(changed(&before, &without(&hit.unwrap().seal.unwrap())), set(&["N38"]));

    // A standard with one certificate in force that alone serves some kind, and one of several that serve the same.
    let in_force =
        standards().filter(|fact| fact.holds(TODAY) && fact.stated("class").any(|class| class == "social-public"));
    let in_force: Vec<_> = in_force.collect();
    for fact in &in_force {
        let after = without(&fact.statement);
        let others = in_force
            .iter()
            .filter(|other| other.subject != fact.subject && other.statements().all(|one| one != fact.statement));
        let others: Vec<_> = others.collect();
        let is_only_certificate = in_force.iter().filter(|other| other.subject == fact.subject).count() == 1;
        let mut expected = BTreeSet::new();
        if is_only_certificate {
            expected.insert("N2".to_owned());
        }
        let now = |id: &str| after[id].clone();
        for id in ["N7", "N9", "N12"] {
            if now(id) != before[id] {
                let lost = fact
                    .stated("covers")
                    .any(|kind| !others.iter().any(|other| other.stated("covers").any(|one| one == kind)));
                assert!(lost, "{id} changes only where nothing else serves the kind: {}", fact.subject);
                expected.insert(id.to_owned());
            }
        }
        let found = changed(&before, &after);
        assert!(
            found.is_subset(&expected.iter().cloned().chain(["N11".to_owned()]).collect()),
            "{}: {found:?}",
            fact.subject
        );
        assert_eq!(found.contains("N2"), is_only_certificate, "{}", fact.subject);
    }
}

#[test]
fn forecasts_are_sealed_before_their_time_and_verified_by_somebody_else() {
    let city = city();
    let log = city.inventory.plan();
    assert!(log.seals().len() > 100);
    assert!(log.seals().iter().all(|seal| seal.is_in_time() && seal.said.issuer == FORECASTER));
    let all = verified(log);
    let seen: BTreeSet<Became> = all.iter().map(|one| one.outcome).collect();
    for outcome in [Became::Hit, Became::Miss, Became::FalseAlarm, Became::CorrectRejection] {
        assert!(seen.contains(&outcome), "{outcome:?}");
    }
    // Counted by hand from the statements: the accuracy of the plan is the same fraction.
    let of = |outcome: Became| all.iter().filter(|one| one.product == "rain-24h" && one.outcome == outcome).count();
    let right = of(Became::Hit) + of(Became::CorrectRejection);
    let every = right + of(Became::Miss) + of(Became::FalseAlarm);
    let value = city.plan.plan.standing("N38", &city.evidence, TODAY).unwrap().value.unwrap();
    let expected = num_rational::BigRational::new((100 * right).into(), every.into());
    assert_eq!(value, expected);
}

#[test]
fn a_report_is_computed_again_from_its_bundle_and_a_typed_figure_is_found() {
    let city = city();
    let office = city.made.desk.office();
    let now = heng_office::founding::afternoon(TODAY).unwrap().at;
    let acts = Acts { office, inventory: &city.inventory, issuer: ANCHOR, at: now };
    let rendered = |report: &PlanReport, _: &Evidence| {
        Ok(vec![Rendering {
            name: "plan.html".to_owned(),
            media_type: "text/html",
            bytes: report.plan.clone().into_bytes(),
        }])
    };
    let frozen = acts.freeze(&city.plan, TODAY, &rendered).unwrap();
    let bytes = office.bundle(&frozen.statement).unwrap();
    let policy = office.policy(ANCHOR).unwrap();
    let reports = check(&[Given { name: "plan.heng", bytes: &bytes }], Some(&policy)).unwrap();
    let report = &reports[0];
    let failed: Vec<_> = report.checks.iter().filter(|one| one.outcome != Outcome::Passed).collect();
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(report.answer(), Answer::Trusted);
    let names: Vec<&str> = report.checks.iter().map(|one| one.name).collect();
    for name in ["plan-as-published", "evidence-before-report", "figures-recomputed"] {
        assert!(names.contains(&name));
    }
    assert!(report.synthetic);

    // The same figures from the log followed again from its first statement: the same bytes.
    let again = followed(office.store()).unwrap();
    let plan = in_force(office.store(), &again, TODAY).unwrap().unwrap();
    let stated = match office.store().statement(&frozen.statement).unwrap().unwrap().statement.body {
        Body::Report(report) => report,
        other => panic!("{other:?}"),
    };
    let computed = serde_json::to_vec(&figures(&plan.plan, &plan.evidence(&again), TODAY)).unwrap();
    assert_eq!(computed, serde_json::to_vec(&stated.figures).unwrap());

    // A figure that somebody types: signed by the right key, in the log, and found all the same.
    let mut typed = PlanReport::clone(&stated);
    let figure = typed.figures.iter_mut().find(|figure| figure.indicator == "N2").unwrap();
    figure.exact_value = Some("700".to_owned());
    let mut statement = office.store().statement(&frozen.statement).unwrap().unwrap().statement;
    statement.body = Body::Report(Box::new(typed));
    let signed = office.signed(&statement).unwrap();
    let hash = signed.hash();
    office.append(vec![signed]).unwrap();
    let bytes = office.bundle(&hash).unwrap();
    let reports = check(&[Given { name: "typed.heng", bytes: &bytes }], Some(&policy)).unwrap();
    let failed: Vec<_> =
        reports[0].checks.iter().filter(|one| one.outcome == Outcome::Failed).map(|one| one.name).collect();
    assert_eq!(failed, ["figures-recomputed"]);
    assert_eq!(reports[0].answer(), Answer::Doubtful);

    // One byte of the evidence.
    let mut bundle = Bundle::parse(&office.bundle(&frozen.statement).unwrap()).unwrap();
    let place = bundle.statements.len() / 2;
    let logged = &mut bundle.statements[place];
    let mut text = logged.bytes.clone().into_bytes();
    let middle = text.len() / 2;
    text[middle] = if text[middle] == b'A' { b'B' } else { b'A' };
    logged.bytes = String::from_utf8(text).unwrap();
    let bytes = bundle.to_bytes().unwrap();
    let reports = check(&[Given { name: "byte.heng", bytes: &bytes }], Some(&policy)).unwrap();
    let failed = reports[0].checks.iter().find(|one| one.outcome == Outcome::Failed).unwrap();
    assert!(["bundle", "inclusion"].contains(&failed.name), "{failed:?}");
    assert_eq!(legal_day(now), TODAY);
}
