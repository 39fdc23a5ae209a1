//! The founding world holds together as data.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Distribution};
use heng_rule::Cell;
use heng_rule::record::Input;
use heng_statement::authority::Subject;
use heng_statement::{Body, Role};
use heng_supervision::founding::{COMPARISON, FoundingError, FoundingStandard, REALISATION};
use heng_supervision::{World, world};

use crate::fixtures::Scene;

fn input(cell: &Cell) -> &Input {
    match cell {
        Cell::Input(input) => input,
        other => panic!("{other:?}"),
    }
}

fn number(decimal: &Decimal) -> f64 {
    decimal.to_f64()
}

fn values(world: &World, id: &str) -> BTreeMap<String, (f64, f64)> {
    values_of(world.standard(id).unwrap())
}

/// Value and expanded uncertainty at each nominal value, computed here from the record alone.
pub(crate) fn values_of(standard: &FoundingStandard) -> BTreeMap<String, (f64, f64)> {
    let of = |row: &BTreeMap<String, Cell>| {
        let nominal = match &row["nominal"] {
            Cell::Quantity(quantity) => quantity.value.to_string(),
            other => panic!("{other:?}"),
        };
        if let Some(value) = row.get("value").map(input) {
            return (nominal, (number(&value.value), number(value.expanded_uncertainty.as_ref().unwrap())));
        }
        let [standard, difference, drift] = ["standard", "difference", "drift"].map(|name| input(&row[name]));
        assert_eq!(number(standard.coverage_factor.as_ref().unwrap()), 2.0);
        assert_eq!((difference.distribution, drift.distribution), (Distribution::Normal, Distribution::Uniform));
        assert!(drift.value.is_zero());
        let of_standard = number(standard.expanded_uncertainty.as_ref().unwrap()) / 2.0;
        let of_difference = number(difference.standard_uncertainty.as_ref().unwrap());
        let of_drift = number(drift.half_width.as_ref().unwrap()) / 3_f64.sqrt();
        let combined = (of_standard * of_standard + of_difference * of_difference + of_drift * of_drift).sqrt();
        (nominal, (number(&standard.value) + number(&difference.value), 2.0 * combined))
    };
    standard.observations.values().flatten().map(of).collect()
}

/// Passes if what a standard was compared with has the values of its certificate. Gives how many there are.
pub(crate) fn rows_resting_on(standard: &FoundingStandard, above: &FoundingStandard) -> usize {
    let above = values_of(above);
    let rows = &standard.observations["comparison"];
    for row in rows {
        let nominal = match &row["nominal"] {
            Cell::Quantity(quantity) => quantity.value.to_string(),
            other => panic!("{other:?}"),
        };
        let (value, expanded) = above[&nominal];
        let stated = input(&row["standard"]);
        let stated_expanded = stated.expanded_uncertainty.as_ref().unwrap();
        // Both are rounded to the last digit of the stated U, so they may differ by half of it.
        let half_digit = half_of_last_digit(stated_expanded);
        assert!((number(stated_expanded) - expanded).abs() <= half_digit, "{} {nominal}: {expanded}", standard.id);
        assert!((number(&stated.value) - value).abs() <= half_digit, "{} {nominal}: {value}", standard.id);
        assert_eq!(stated.value.exponent(), stated_expanded.exponent(), "{} {nominal}", standard.id);
    }
    rows.len()
}

#[test]
fn every_value_of_a_standard_is_the_result_of_the_certificate_above() {
    let world = world().unwrap();
    let mut compared = 0;
    for standard in world.standards.iter().filter(|standard| !standard.against.is_empty()) {
        compared += rows_resting_on(standard, world.standard(&standard.against[0]).unwrap());
    }
    assert!(compared > 60, "{compared}");
}

fn half_of_last_digit(decimal: &Decimal) -> f64 {
    0.500_001 * Decimal::new(1.into(), decimal.exponent()).to_f64()
}

#[test]
fn no_standard_claims_less_uncertainty_than_the_one_above_it_and_none_more_than_a_third_of_its_limit() {
    let world = world().unwrap();
    for standard in &world.standards {
        let own = values(&world, &standard.id);
        let smallest = own.values().map(|(_, expanded)| *expanded).fold(f64::INFINITY, f64::min);
        let stated = &standard.passes_on.expanded_uncertainty.value;
        assert!((number(stated) - smallest).abs() <= half_of_last_digit(stated), "{}: {smallest}", standard.id);
        for above in &standard.against {
            let above = values(&world, above);
            for (nominal, (_, expanded)) in &own {
                assert!(*expanded > above[nominal].1, "{} {nominal}", standard.id);
            }
        }
        let limit = standard.characteristics.get("maximum_permissible_error");
        if let Some(Cell::Quantity(limit)) = limit {
            let largest = number(&limit.value);
            for (nominal, (_, expanded)) in &own {
                assert!(*expanded <= largest / 3.0, "{} {nominal}: {expanded} of {largest}", standard.id);
            }
        }
    }
}

/// R 111 maximum permissible errors at 1 kg, in milligrams, as in the requirements.
#[test]
fn the_weights_keep_the_limits_of_their_classes_at_one_kilogram() {
    let world = world().unwrap();
    for (id, limit) in [
        ("thing:standard:tj-e2", 1.6),
        ("thing:standard:tj-f1", 5.0),
        ("thing:standard:tj-f2", 16.0),
        ("thing:standard:tj-m1", 50.0),
        ("thing:standard:tj-m1-lapsed", 50.0),
    ] {
        let (value, expanded) = values(&world, id)["1000"];
        let error = (value - 1000.0) * 1000.0;
        assert!(error.abs() + expanded * 1000.0 <= limit, "{id}: {error} mg");
    }
}

#[test]
fn every_chain_ends_at_a_national_standard_and_is_valid_when_it_is_used() {
    let world = world().unwrap();
    assert_eq!(world.standards.iter().filter(|standard| standard.against.is_empty()).count(), 7);
    for standard in &world.standards {
        let record = world.record(standard);
        assert!(record.synthetic);
        assert_eq!(record.rule == REALISATION, standard.calibrated_by == "party:nmi" && standard.against.is_empty());
        assert!([REALISATION, COMPARISON].contains(&record.rule.as_str()));
        for above in standard.against.iter().map(|above| world.standard(above).unwrap()) {
            assert_eq!(above.quantity, standard.quantity, "{}", standard.id);
            assert!(above.performed_on < standard.performed_on && standard.performed_on <= above.valid_through);
        }
    }
}

#[test]
fn every_party_may_do_on_the_day_what_the_founding_records_have_it_do() {
    let scene = Scene::new();
    let authority = scene.authority();
    for standard in &scene.world.standards {
        let record = scene.world.record(standard);
        let subject = Subject::rule(&record.rule);
        for (party, role) in [
            (&standard.verifier, Role::Measure),
            (&standard.reviewer, Role::Review),
            (&standard.calibrated_by, Role::Certify),
            (&standard.keeper, Role::KeepStandards),
        ] {
            authority.permission(party, role, &subject, standard.performed_on).unwrap();
        }
        assert_ne!(standard.verifier, standard.reviewer);
    }
    let electricity = Subject::rule("jjg-596-2012");
    let day = scene.world.valid_from;
    assert!(authority.permission("party:lab-tj", Role::Certify, &electricity, day).is_err());
    assert!(authority.permission("party:person:zhao-min", Role::Measure, &electricity, day).is_err());
    authority.permission("party:person:wang-qiang", Role::Measure, &electricity, day).unwrap();
}

#[test]
fn every_introduction_is_its_issuers_and_labelled() {
    let scene = Scene::new();
    let authority = scene.authority();
    for signed in &scene.introductions {
        authority.speaker(signed).unwrap();
        match &signed.statement.body {
            Body::Party(party) => assert!(party.synthetic, "{}", party.id),
            Body::Reg(registration) => assert!(registration.synthetic, "{}", registration.id),
            Body::Key(_) | Body::Auth(_) => {}
            other => panic!("{other:?}"),
        }
    }
    let registrations = scene.introductions.iter().filter(|signed| matches!(signed.statement.body, Body::Reg(_)));
    assert_eq!(registrations.count(), scene.world.standards.len());
}

#[test]
fn a_world_that_names_what_it_does_not_describe_is_refused() {
    let parties = include_str!("../../data/founding.toml");
    let mass = include_str!("../../data/standards/mass.toml");
    assert!(World::read(parties, &[mass]).is_ok());
    let orphan = mass.replace("against = [\"thing:standard:tj-e2\"]", "against = [\"thing:standard:nowhere\"]");
    let error = World::read(parties, &[&orphan]).unwrap_err();
    assert!(
        matches!(error, FoundingError::Undescribed { ref named, .. } if named == "thing:standard:nowhere"),
        "{error}"
    );
    let stranger = parties.replace("of = \"party:lab-power\"", "of = \"party:lab-nowhere\"");
    assert!(matches!(World::read(&stranger, &[]), Err(FoundingError::Undescribed { .. })));
    assert!(matches!(World::read("anchor = 1", &[]), Err(FoundingError::Unreadable(_))));
}
