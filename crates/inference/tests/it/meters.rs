//! The meters of a synthetic district.

use heng_inference::meters::{Reason, Settings, State, assessment, continued_assessment};

use crate::synthetic::{Defects, HOMES, district};

fn settings() -> Settings {
    Settings::for_limit(2.0)
}

#[test]
fn a_meter_beyond_the_limit_is_found_and_no_other_is_accused() {
    let found =
        assessment(&district(35, 1, Defects { beyond: Some((4, -5.0)), ..Defects::default() }), &settings()).unwrap();
    for (i, meter) in found.meters.iter().enumerate() {
        let accused = !matches!(meter.state, State::Good | State::Undecided);
        assert_eq!(accused, i == 4, "{meter:?}");
        assert!(i != 4 || meter.state == State::Beyond);
    }
    let meter = &found.meters[4];
    assert!((meter.error_percent + 5.0).abs() < 3.0 * meter.u_percent, "{meter:?}");
    assert!(meter.p_beyond_limit > 0.99);
}

#[test]
fn a_bypass_is_found_with_its_day_and_its_part() {
    let found = assessment(&district(35, 2, Defects { bypass: Some((7, 20, 0.4)), ..Defects::default() }), &settings())
        .unwrap();
    let meter = &found.meters[7];
    assert_eq!(meter.state, State::Bypassed);
    let day = meter.since_s.unwrap() as f64 / 86_400.0;
    assert!((day - 20.0).abs() < 0.5, "{day}");
    assert!((meter.now_percent + 40.0).abs() < 2.0, "{meter:?}");
    assert_eq!(found.meters.iter().filter(|meter| meter.state == State::Bypassed).count(), 1);
}

#[test]
fn a_stop_is_told_from_a_home_where_nobody_lives() {
    let defects = Defects { stop: Some((3, 24)), vacant: Some(9), ..Defects::default() };
    let found = assessment(&district(35, 3, defects), &settings()).unwrap();
    assert_eq!(found.meters[3].state, State::Stopped, "{:?}", found.meters[3]);
    assert_eq!(found.meters[9].state, State::Undecided);
    assert_eq!(found.meters[9].reason, Reason::Vacant);
    assert!(!found.meters[9].decidable);
    assert_eq!(found.meters.len(), HOMES);
}

#[test]
fn later_days_add_to_what_earlier_days_said_without_them() {
    let whole = district(42, 4, Defects { beyond: Some((2, 4.0)), ..Defects::default() });
    let middle = whole.times_s[21 * 96];
    let mut early = whole.clone();
    early.times_s.truncate(21 * 96 + 1);
    early.head_kwh.truncate(21 * 96 + 1);
    early.head_voltage_v.iter_mut().for_each(|values| values.truncate(21 * 96 + 1));
    for meter in &mut early.meters {
        meter.register_kwh.truncate(21 * 96 + 1);
        meter.voltage_v.truncate(21 * 96 + 1);
    }
    let mut late = whole.clone();
    late.keep_from(middle);
    let (_, known) = continued_assessment(&early, &settings(), None).unwrap();
    // What is kept survives as bytes.
    let known = serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap();
    let (alone, _) = continued_assessment(&late, &settings(), None).unwrap();
    let (both, _) = continued_assessment(&late, &settings(), Some(&known)).unwrap();
    let once = assessment(&whole, &settings()).unwrap();
    let mean = |found: &heng_inference::meters::Assessment| {
        found.meters.iter().map(|meter| meter.u_percent).sum::<f64>() / HOMES as f64
    };
    assert!(mean(&both) < mean(&alone), "{} {}", mean(&alone), mean(&both));
    for i in 0..HOMES {
        let gap = (both.meters[i].error_percent - once.meters[i].error_percent).abs();
        assert!(gap < 3.0 * once.meters[i].u_percent.max(both.meters[i].u_percent), "{i}: {gap}");
    }
    assert_eq!(both.meters[2].state, State::Beyond);
}

#[test]
fn the_same_readings_give_the_same_bytes() {
    let readings = district(28, 5, Defects::default());
    let text = |_: u8| serde_json::to_string(&assessment(&readings, &settings()).unwrap()).unwrap();
    assert_eq!(text(0), text(1));
}

#[test]
fn without_voltages_intervals_are_wider_and_nobody_is_accused() {
    let mut readings = district(35, 6, Defects::default());
    let with = assessment(&readings, &settings()).unwrap();
    readings.head_voltage_v.clear();
    for meter in &mut readings.meters {
        meter.voltage_v.clear();
    }
    let without = assessment(&readings, &settings()).unwrap();
    assert!(without.meters.iter().all(|meter| matches!(meter.state, State::Good | State::Undecided)));
    let sum =
        |found: &heng_inference::meters::Assessment| found.meters.iter().map(|meter| meter.u_percent).sum::<f64>();
    assert!(sum(&without) > sum(&with));
}

#[test]
fn too_few_readings_give_no_verdict() {
    let mut readings = district(1, 7, Defects::default());
    readings.keep_from(*readings.times_s.last().unwrap());
    assert!(assessment(&readings, &settings()).is_none());
}
