//! The rule files are complete, readable and honest.

use std::collections::BTreeSet;
use std::path::Path;

use heng_rule::catalogue::builtin_catalogue;
use heng_rule::conditions::{Demand, DistrictFacts, Met, ServiceConditions, builtin_service_conditions};
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_rule::recordings::{RecordingLimits, builtin_recording_limits};
use heng_rule::sampling::{SamplingPlans, builtin_sampling_plans};
use heng_rule::service::{ServiceLimits, builtin_service_limits};
use heng_rule::{Confidence, Rule, builtin};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")
}

#[test]
fn every_folder_of_rules_is_compiled_in_under_its_own_name() {
    let mut there: BTreeSet<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(there.remove(&builtin_catalogue().unwrap().id), "the catalogue is filed under its own name too");
    assert!(there.remove("plans"), "plans are read by their own tests");
    assert!(there.remove(&builtin_reading_limits().unwrap().id), "so are the limits of signed readings");
    assert!(there.remove(&builtin_service_limits().unwrap().id), "and the limits of meters in service");
    assert!(there.remove(&builtin_sampling_plans().unwrap().id), "and the plans of sampling inspection");
    assert!(there.remove(&builtin_recording_limits().unwrap().id), "and the limits of recorded sessions");
    assert!(there.remove(&builtin_service_conditions().unwrap().id), "and the conditions of districts");
    let rules = builtin().unwrap();
    let listed: BTreeSet<String> = rules.iter().map(|rule| rule.id().to_owned()).collect();
    assert_eq!(listed, there);
    for id in &there {
        let bytes = std::fs::read(folder().join(id).join("rule.toml")).unwrap();
        assert_eq!(rules.bytes(id), Some(bytes.as_slice()), "{id} is filed under another name");
    }
}

#[test]
fn what_nobody_has_read_in_the_source_is_a_finding() {
    for rule in builtin().unwrap().iter() {
        let bytes = std::fs::read(folder().join(rule.id()).join("rule.toml")).unwrap();
        let (_, findings) = Rule::parse(&bytes).unwrap();
        let is_regulation = rule.reference().norm.starts_with("JJG");
        assert!(!is_regulation || findings.iter().any(|finding| finding.code == "figure-unverified"), "{}", rule.id());
    }
}

#[test]
fn a_figure_of_unknown_origin_is_unverified() {
    let rules = builtin().unwrap();
    let scale = rules.rule("jjg-539-2016").unwrap();
    assert_eq!(scale.citation("limits").confidence, Confidence::Secondary);
    assert_eq!(scale.citation("in-service").confidence, Confidence::Unverified);
}

#[test]
fn a_rule_that_cites_nothing_is_refused_with_its_place() {
    let text = String::from_utf8(builtin().unwrap().bytes("jjg-539-2016").unwrap().to_vec()).unwrap();
    let error = Rule::parse(text.replace("[citation.interval]", "[citation.elsewhere]").as_bytes()).unwrap_err();
    assert!(error.reason.contains("citation.interval"), "{error}");
    let error = Rule::parse(text.replacen("0.5*e", "0.5*(e", 1).as_bytes()).unwrap_err();
    assert!(error.position.is_some_and(|position| position.line > 1), "{error:?}");
}

#[test]
fn limits_of_signed_readings_cite_and_are_quantities_of_their_kind() {
    let text = include_str!("../../../../rules/signed-readings/limits.toml");
    let limits = ReadingLimits::parse(text).unwrap();
    assert_eq!(limits, builtin_reading_limits().unwrap());
    assert_eq!(limits.largest_power(), limits.power.get("DC"));
    for (good, bad) in [
        ("heng-reading-limits/1", "heng-reading-limits/2"),
        ("50 kW", "50 kWh"),
        ("50 kW", "fifty"),
        ("value = \"2 s\"", "value = \"2 m\""),
        ("[citation.direct]", "[citation.elsewhere]"),
        ("good =", "well ="),
    ] {
        assert!(ReadingLimits::parse(&text.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn limits_of_meters_in_service_cite_and_are_relative() {
    let text = include_str!("../../../../rules/meters-in-service/limits.toml");
    let limits = ServiceLimits::parse(text).unwrap();
    assert_eq!(limits, builtin_service_limits().unwrap());
    let found = limits.of("jjf-ji-174-2020", "1").unwrap();
    assert_eq!(found.largest.value.value_text(), "1.75\u{a0}%");
    assert_eq!(
        (found.largest.citation.norm.as_str(), found.largest.citation.confidence),
        ("JJF(冀)174-2020", Confidence::Secondary)
    );
    assert_eq!(limits.of("jjf-ji-174-2020", "0.5"), None);
    for (good, bad) in [
        ("heng-service-limits/1", "heng-service-limits/2"),
        ("\"2.0 %\"", "\"2.0 kWh\""),
        ("\"2.0 %\"", "\"two\""),
        ("[citation.hebei]", "[citation.elsewhere]"),
        ("largest =", "smallest ="),
    ] {
        assert!(ServiceLimits::parse(&text.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn plans_of_sampling_inspection_cite_and_do_not_overlap() {
    let text = include_str!("../../../../rules/sampling-inspection/plans.toml");
    let plans = SamplingPlans::parse(text).unwrap();
    assert_eq!(plans, builtin_sampling_plans().unwrap());
    let found = plans.of(1_200, &plans.quality.value).unwrap();
    assert_eq!(found.sample_and_accept.value, (80, 1));
    assert_eq!(found.sample_and_accept.citation.confidence, Confidence::Unverified);
    assert_eq!(plans.of(50, &plans.quality.value), None, "too small for the table");
    for plan in &plans.plans {
        let same = plans.plans.iter().filter(|other| {
            other.quality == plan.quality && other.lots.0 <= plan.lots.1 && plan.lots.0 <= other.lots.1
        });
        assert_eq!(same.count(), 1, "{plan:?}");
    }
    for (good, bad) in [
        ("heng-sampling-plans/1", "heng-sampling-plans/2"),
        ("\"5 %\"", "\"5 kWh\""),
        ("[citation.table-a]", "[citation.elsewhere]"),
        ("floor = 0.001", "floor = 0.5"),
        ("prior = [1.0, 1.0]", "prior = [0.0, 1.0]"),
    ] {
        assert!(SamplingPlans::parse(&text.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn limits_of_recorded_sessions_cite_and_are_quantities_of_their_kind() {
    let text = include_str!("../../../../rules/charging-recordings/limits.toml");
    let limits = RecordingLimits::parse(text).unwrap();
    assert_eq!(limits, builtin_recording_limits().unwrap());
    assert_eq!(limits.resolution.citation.confidence, Confidence::Unverified);
    for (good, bad) in [
        ("heng-recording-limits/1", "heng-recording-limits/2"),
        ("\"2 Wh\"", "\"2 s\""),
        ("[citation.gap]", "[citation.elsewhere]"),
        ("factor =", "faktor ="),
    ] {
        assert!(RecordingLimits::parse(&text.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}

#[test]
fn conditions_of_districts_cite_and_are_held_against_what_is_known() {
    let text = include_str!("../../../../rules/service-conditions/conditions.toml");
    let conditions = ServiceConditions::parse(text).unwrap();
    assert_eq!(conditions, builtin_service_conditions().unwrap());
    assert_eq!(conditions.known(), ["jjf-ji-174-2020", "jjf-dian-21-2022", "jjf-gan-017-2020", "jjf-jing-168-2025"]);
    let met = |id: &str, facts: &DistrictFacts| -> Vec<Met> {
        conditions.of(id).map(|condition| condition.demand.value.met(facts)).collect()
    };
    let facts = DistrictFacts { collected_percent: 98.9, readings: 300, monthly_loss_percent: Some((0.4, 3.0)) };
    assert_eq!(met("jjf-ji-174-2020", &facts), [Met::NotMet]);
    assert_eq!(met("jjf-dian-21-2022", &facts), [Met::NotMet, Met::Met]);
    assert_eq!(met("jjf-gan-017-2020", &facts), [Met::Met, Met::Met, Met::Met]);
    let negative = DistrictFacts { readings: 299, monthly_loss_percent: Some((-0.1, 3.0)), ..facts };
    assert_eq!(met("jjf-gan-017-2020", &negative), [Met::Met, Met::NotMet, Met::NotMet]);
    let unknown = DistrictFacts { monthly_loss_percent: None, ..facts };
    assert_eq!(met("jjf-gan-017-2020", &unknown)[2], Met::Unknown);
    assert!(conditions.of("jjf-wan-111-2021").next().is_none(), "no source gave its table");
    let loss = conditions.of("jjf-gan-017-2020").find(|one| matches!(one.demand.value, Demand::MonthlyLoss { .. }));
    assert_eq!(loss.unwrap().demand.citation.confidence, Confidence::Secondary);
    for (good, bad) in [
        ("heng-service-conditions/1", "heng-service-conditions/2"),
        ("\"99 %\"", "\"99 kWh\""),
        ("kind = \"collection\"", "kind = \"collected\""),
        ("[citation.jiangxi]", "[citation.elsewhere]"),
        ("largest = \"10 %\"", ""),
    ] {
        assert!(ServiceConditions::parse(&text.replacen(good, bad, 1)).is_err(), "{bad}");
    }
}
