//! Registers that were not read, misread or exchanged, and districts that are not as they were given.

use heng_inference::meters::{Assessment, District, Reason, Settings, State, assessment, every_meter};

use crate::synthetic::{Defects, HOMES, PER_DAY, district, errors};

fn settings() -> Settings {
    Settings::for_limit(2.0)
}

fn accused(found: &Assessment) -> Vec<usize> {
    let is = |state| !matches!(state, State::Good | State::Undecided);
    (0..found.meters.len()).filter(|i| is(found.meters[*i].state)).collect()
}

/// That what is known without the fault stays within its uncertainty.
fn stays(found: &Assessment, without: &Assessment) {
    for (a, b) in found.meters.iter().zip(&without.meters) {
        assert!((a.error_percent - b.error_percent).abs() < 2.0 * b.u_percent, "{a:?} {b:?}");
        assert!(a.u_percent < 1.5 * b.u_percent, "{a:?} {b:?}");
    }
}

#[test]
fn fewer_than_three_times_are_no_readings() {
    let mut readings = district(2, 7, Defects::default());
    readings.keep_until(readings.times_s[0]);
    assert!(every_meter(&readings, &settings()).iter().all(|row| row.reason == Reason::Missing));
    readings.keep_from(1 << 40);
    assert!(assessment(&readings, &settings()).is_none());
    assert_eq!(every_meter(&readings, &settings()).len(), HOMES);
}

#[test]
fn a_head_meter_that_was_never_read_gives_no_verdict() {
    let mut readings = district(28, 7, Defects::default());
    readings.head_kwh.fill(f64::NAN);
    assert!(assessment(&readings, &settings()).is_none());
}

#[test]
fn one_misread_register_changes_nothing() {
    let readings = district(28, 11, Defects::default());
    let without = assessment(&readings, &settings()).unwrap();
    let misread = |spoil: &dyn Fn(&mut District)| {
        let mut other = readings.clone();
        spoil(&mut other);
        let found = assessment(&other, &settings()).unwrap();
        assert_eq!(accused(&found), accused(&without));
        stays(&found, &without);
    };
    misread(&|other| other.head_kwh[700] += 1000.0);
    misread(&|other| other.head_kwh[0] = 0.0);
    misread(&|other| other.meters[3].register_kwh[900] += 100.0);
    misread(&|other| other.meters[3].register_kwh[900] += 0.7);
    misread(&|other| other.meters[3].register_kwh[900] = -5.0);
}

#[test]
fn a_meter_that_was_exchanged_goes_on_as_it_was() {
    let readings = district(28, 12, Defects::default());
    let without = assessment(&readings, &settings()).unwrap();
    let whole = without.meters[5].registered_kwh;
    for first in [0.4, 20_000.0] {
        let mut other = readings.clone();
        let register = &mut other.meters[5].register_kwh;
        let before = register[1300..].iter().copied().find(|v| v.is_finite()).unwrap();
        register[1300..].iter_mut().for_each(|v| *v += first - before);
        let found = assessment(&other, &settings()).unwrap();
        assert_eq!(accused(&found), accused(&without));
        stays(&found, &without);
        assert!((found.meters[5].registered_kwh - whole).abs() < 1.0, "{whole} {:?}", found.meters[5]);
    }
    let mut other = readings;
    let exchanged = other.head_kwh[1300];
    other.head_kwh[1300..].iter_mut().for_each(|v| *v -= exchanged);
    let found = assessment(&other, &settings()).unwrap();
    assert_eq!(accused(&found), accused(&without));
    stays(&found, &without);
}

#[test]
fn what_is_stated_as_registered_was_read() {
    let mut readings = district(28, 13, Defects::default());
    let last = 10 * PER_DAY;
    readings.meters[6].register_kwh[last + 1..].fill(f64::NAN);
    let register = &readings.meters[6].register_kwh;
    let read: Vec<f64> = register.iter().copied().filter(|v| v.is_finite()).collect();
    let found = assessment(&readings, &settings()).unwrap();
    assert!((found.meters[6].registered_kwh - (read.last().unwrap() - read[0])).abs() < 1e-9);
}

#[test]
fn a_day_that_nobody_read_is_one_gap_for_all() {
    let mut readings = district(35, 14, Defects { beyond: Some((4, -5.0)), ..Defects::default() });
    let without = assessment(&readings, &settings()).unwrap();
    let gap = 12 * PER_DAY + 7..14 * PER_DAY;
    readings.head_kwh[gap.clone()].fill(f64::NAN);
    readings.head_voltage_v.iter_mut().for_each(|values| values[gap.clone()].fill(f64::NAN));
    for meter in &mut readings.meters {
        meter.register_kwh[gap.clone()].fill(f64::NAN);
        meter.voltage_v[gap.clone()].fill(f64::NAN);
    }
    let found = assessment(&readings, &settings()).unwrap();
    assert_eq!(accused(&found), [4]);
    stays(&found, &without);
}

#[test]
fn where_the_district_cannot_be_as_it_was_given_nobody_is_accused() {
    let readings = district(28, 15, Defects { beyond: Some((4, -5.0)), ..Defects::default() });
    let spoilt = |spoil: &dyn Fn(&mut District)| {
        let mut other = readings.clone();
        spoil(&mut other);
        let found = assessment(&other, &settings()).unwrap();
        assert!(found.meters.iter().all(|row| (row.state, row.reason) == (State::Undecided, Reason::District)));
        assert!(found.meters.iter().all(|row| !row.decidable && row.low_percent < 0.0 && row.high_percent > 0.0));
    };
    let times = |values: &mut Vec<f64>, by: f64| values.iter_mut().for_each(|v| *v *= by);
    spoilt(&|other| other.meters.iter_mut().for_each(|meter| times(&mut meter.register_kwh, 1000.0)));
    spoilt(&|other| times(&mut other.head_kwh, 1.5));
    spoilt(&|other| times(&mut other.head_kwh, 0.9));
}

#[test]
fn one_home_without_voltages_leaves_the_others_as_they_were() {
    let mut readings = district(35, 16, Defects { beyond: Some((4, -5.0)), ..Defects::default() });
    let without = assessment(&readings, &settings()).unwrap();
    readings.meters[9].voltage_v.clear();
    let found = assessment(&readings, &settings()).unwrap();
    assert_eq!(accused(&found), [4]);
    for (i, (a, b)) in found.meters.iter().zip(&without.meters).enumerate().filter(|(i, _)| *i != 9) {
        assert!(a.u_percent < 1.2 * b.u_percent, "{i}: {a:?} {b:?}");
    }
    assert_eq!((found.meters[9].decidable, found.meters[9].reason), (false, Reason::Voltages));
}

#[test]
fn without_voltages_only_what_is_far_beyond_is_said() {
    let mut decidable = 0;
    for seed in 20..26 {
        let defects = Defects { beyond: Some((4, 12.0)), ..Defects::default() };
        let mut readings = district(35, seed, defects);
        readings.head_voltage_v.clear();
        readings.meters.iter_mut().for_each(|meter| meter.voltage_v.clear());
        let found = assessment(&readings, &settings()).unwrap();
        assert_eq!(accused(&found), [4], "{seed}");
        for (meter, error) in found.meters.iter().zip(errors(seed, defects)).filter(|(meter, _)| meter.decidable) {
            decidable += 1;
            assert!(meter.low_percent <= error && error <= meter.high_percent, "{seed} {error}: {meter:?}");
        }
    }
    assert_eq!(decidable, 6);
}

#[test]
fn a_customer_who_is_not_in_the_list_is_put_down_to_nobody() {
    for seed in 80..86 {
        let mut readings = district(35, seed, Defects::default());
        readings.meters.remove(5);
        let found = assessment(&readings, &settings()).unwrap();
        let called = |row: &&heng_inference::meters::MeterAssessment| {
            matches!(row.state, State::Beyond | State::Drifting | State::Bypassed | State::Stopped)
        };
        assert_eq!(found.meters.iter().find(called), None, "{seed}");
    }
}
