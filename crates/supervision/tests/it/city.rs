//! The example city holds together as data: every generation of its standards, too.

use std::collections::BTreeMap;

use heng_supervision::city::{Size, plan};
use heng_supervision::founding::FoundingStandard;
use jiff::civil::date;

use crate::founding::{rows_resting_on, values_of};

fn standards() -> Vec<FoundingStandard> {
    let size = Size { seed: 7, instruments: 20, verifications: 1, today: date(2027, 3, 1) };
    plan(size, &|_| Some(12)).unwrap().world.standards
}

#[test]
fn in_every_generation_the_values_are_those_of_the_certificate_above() {
    let standards = standards();
    let mut compared = 0;
    for (position, standard) in standards.iter().enumerate() {
        let Some(above) = standard.against.first() else { continue };
        let above = standards[..position].iter().rfind(|other| other.id == *above).unwrap();
        compared += rows_resting_on(standard, above);
    }
    assert!(compared > 120, "{compared}");
}

#[test]
fn from_one_generation_to_the_next_every_value_moves_and_none_by_more_than_its_uncertainty() {
    let mut by_id: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for standard in standards() {
        by_id.entry(standard.id.clone()).or_default().push(values_of(&standard));
    }
    for (id, generations) in by_id {
        let [earlier, later] = generations.as_slice() else { panic!("{id}: {}", generations.len()) };
        for (nominal, (value, expanded)) in later {
            let change = (value - earlier[nominal].0).abs();
            assert!(change > 0.0 && change < *expanded, "{id} {nominal}: {change}");
        }
    }
}
