//! The meters of a synthetic district.

use heng_inference::meters::{Certified, Reason, Settings, State, assessment, continued_assessment, every_meter};

use crate::synthetic::{Defects, HOMES, PER_DAY, district, errors};

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

/// What a register shows from a day on, so many times as fast.
fn faster(register: &mut [f64], day: usize, times: f64) {
    let from = register[..=day * PER_DAY].iter().copied().rfind(|value| value.is_finite()).unwrap();
    for value in &mut register[day * PER_DAY + 1..] {
        *value = from + (*value - from) * times;
    }
}

#[test]
fn a_bypass_that_two_homes_explain_alike_is_put_down_to_neither() {
    let (own, other) = (7, 10);
    let found = |alike: Option<(usize, usize)>| {
        let mut readings = district(35, 2, Defects { bypass: Some((own, 20, 0.5)), alike, ..Defects::default() });
        // Nobody has seen what their voltages say.
        for meter in [own, other] {
            readings.meters[meter].voltage_v.clear();
        }
        assessment(&readings, &settings()).unwrap().meters
    };
    assert_eq!(found(None)[own].state, State::Bypassed, "{:?}", found(None)[own]);
    let alike = found(Some((other, own)));
    for meter in [own, other] {
        let meter = &alike[meter];
        assert!(meter.state == State::Undecided && !meter.decidable, "{meter:?}");
    }
    assert!(alike.iter().all(|meter| meter.state != State::Bypassed));
}

#[test]
fn an_error_that_steps_when_another_home_stops_is_no_drift() {
    let stepped = |stop: Option<(usize, usize)>| {
        let mut readings = district(49, 41, Defects { stop, ..Defects::default() });
        faster(&mut readings.meters[8].register_kwh, 24, 1.05);
        assessment(&readings, &settings()).unwrap().meters
    };
    let (alone, beside) = (stepped(None), stepped(Some((3, 24))));
    assert_eq!(alone[8].state, State::Drifting, "{:?}", alone[8]);
    assert_eq!(beside[3].state, State::Stopped, "{:?}", beside[3]);
    assert_ne!(beside[8].state, State::Drifting, "{:?}", beside[8]);
}

#[test]
fn a_drift_is_found_and_told_from_an_error_that_stays() {
    for (seed, percent) in [(41, 4.0), (42, -4.0), (43, 5.0)] {
        let defects = Defects { drift: Some((8, percent)), beyond: Some((4, -4.0)), ..Defects::default() };
        let found = assessment(&district(49, seed, defects), &settings()).unwrap();
        for (i, meter) in found.meters.iter().enumerate() {
            assert_eq!(meter.state == State::Drifting, i == 8, "{seed}: {meter:?}");
        }
        let meter = &found.meters[8];
        let mean = errors(seed, defects)[8] + percent / 2.0;
        assert!((meter.error_percent - mean).abs() < 3.0 * meter.u_percent, "{mean}: {meter:?}");
        assert!((meter.now_percent - mean - percent / 2.0).abs() < 1.0, "{mean}: {meter:?}");
        assert_eq!(found.meters[4].state, State::Beyond);
    }
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

/// The noise proves smaller in the very round after which nothing more is looked for: the last look has to stand as it is.
#[test]
fn where_as_much_has_happened_as_is_looked_for_there_is_a_verdict_all_the_same() {
    let past = [(3, 22, 0.6), (0, 18, 0.3), (7, 12, 0.3), (2, 8, 0.6), (1, 4, 0.8), (6, 6, 1.0)];
    let found = assessment(&district(28, 963, Defects { past: &past, ..Defects::default() }), &settings()).unwrap();
    for (home, row) in found.meters.iter().enumerate() {
        let state = match past.iter().find(|(meter, ..)| *meter == home) {
            Some((_, _, part)) if *part < 1.0 => State::Bypassed,
            Some(_) => State::Stopped,
            None => State::Good,
        };
        assert_eq!(row.state, state, "{row:?}");
    }
}

/// Seven of twelve homes are not registered as they should be: no verdict that could be believed, and every meter says so.
#[test]
fn where_so_much_goes_unregistered_that_nothing_can_be_believed_every_meter_is_undecided() {
    let past = [(8, 27, 0.6), (6, 20, 1.0), (5, 15, 0.3), (7, 7, 0.6), (10, 12, 0.15), (0, 26, 0.15), (1, 23, 0.3)];
    let readings = district(35, 891, Defects { past: &past, ..Defects::default() });
    let rows = every_meter(&readings, &settings());
    assert_eq!(rows.len(), HOMES);
    let says = |reason| matches!(reason, Reason::Collinear | Reason::District);
    assert!(rows.iter().all(|row| row.state == State::Undecided && says(row.reason)), "{rows:?}");
}

#[test]
fn too_few_readings_give_no_verdict() {
    let mut readings = district(1, 7, Defects::default());
    readings.keep_from(*readings.times_s.last().unwrap());
    assert!(assessment(&readings, &settings()).is_none());
    readings.meters[3].certified = Some(Certified { error_percent: -0.4, u_percent: 0.1, years: 0.0 });
    let rows = every_meter(&readings, &settings());
    assert_eq!(rows.len(), HOMES);
    for (row, meter) in rows.iter().zip(&readings.meters) {
        assert_eq!((&row.meter, row.state, row.reason), (&meter.id, State::Undecided, Reason::Missing));
        assert!(!row.decidable && row.low_percent < row.error_percent && row.error_percent < row.high_percent);
    }
    assert!(rows[3].error_percent < rows[2].error_percent, "a certificate is known without readings: {:?}", rows[3]);
}

#[test]
fn a_stopped_home_is_seen_in_its_own_voltage() {
    let defects = Defects { stop: Some((3, 24)), ..Defects::default() };
    let mut readings = district(35, 3, defects);
    let whole =
        |found: &heng_inference::meters::Assessment| found.meters.iter().map(|meter| meter.u_percent).sum::<f64>();
    let with = assessment(&readings, &settings()).unwrap();
    let truth = district(35, 3, Defects::default()).meters[3].register_kwh.last().copied().unwrap();
    let stopped = &with.meters[3];
    let missing = 100.0 * (stopped.registered_kwh / truth - 1.0);
    assert!((stopped.error_percent - missing).abs() < 2.5 * stopped.u_percent, "{stopped:?}, true {missing}");
    // A voltmeter that says nothing leaves the others less well known.
    readings.meters[3].voltage_v.fill(230.0);
    let without = assessment(&readings, &settings()).unwrap();
    assert!(whole(&without) > whole(&with), "{} {}", whole(&without), whole(&with));
}

#[test]
fn intervals_hold_the_errors_of_many_districts_as_often_as_they_say() {
    let (mut held, mut all) = (0, 0);
    for seed in 20..32 {
        let defects = Defects { beyond: Some((5, 4.0)), ..Defects::default() };
        let found = assessment(&district(35, seed, defects), &settings()).unwrap();
        for (meter, error) in found.meters.iter().zip(errors(seed, defects)) {
            if meter.decidable {
                all += 1;
                held += usize::from(meter.low_percent <= error && error <= meter.high_percent);
            }
        }
        assert_eq!(found.meters[5].state, State::Beyond, "{seed}: {:?}", found.meters[5]);
        assert!(found.meters.iter().all(|meter| meter.state != State::Drifting), "{seed}");
    }
    assert!(all > 100, "{all}");
    // Errors that are spread evenly over ±0.5 % are milder than what is believed of meters.
    assert!(held as f64 >= 0.93 * f64::from(all), "{held} of {all}");
}

#[test]
fn a_recent_certificate_narrows_the_interval_and_an_old_one_says_little() {
    let mut readings = district(35, 8, Defects::default());
    let before = assessment(&readings, &settings()).unwrap();
    let error_percent = errors(8, Defects::default())[2];
    let mut with = |years: f64| {
        readings.meters[2].certified = Some(Certified { error_percent, u_percent: 0.05, years });
        assessment(&readings, &settings()).unwrap().meters[2].clone()
    };
    let (fresh, old) = (with(0.5), with(12.0));
    assert!(fresh.u_percent < 0.7 * before.meters[2].u_percent, "{fresh:?}");
    assert!((fresh.error_percent - error_percent).abs() < 2.0 * fresh.u_percent);
    assert!((old.u_percent / before.meters[2].u_percent - 1.0).abs() < 0.05, "{old:?}");
    assert!((old.error_percent - before.meters[2].error_percent).abs() < 0.1);
}

#[test]
fn a_certificate_does_not_hide_a_meter_that_has_gone_wrong_since() {
    let mut readings = district(35, 1, Defects { beyond: Some((4, -5.0)), ..Defects::default() });
    readings.meters[4].certified = Some(Certified { error_percent: 0.1, u_percent: 0.05, years: 1.0 });
    let found = assessment(&readings, &settings()).unwrap();
    assert_eq!(found.meters[4].state, State::Beyond, "{:?}", found.meters[4]);
}

/// Registers of ten watt-hours and of twenty.
#[test]
fn coarse_registers_leave_the_loss_and_the_common_error_where_fine_ones_do() {
    let (mut loss, mut common) = (0.0, 0.0);
    for seed in 70..76 {
        let fine = district(35, seed, Defects::default());
        let mut coarse = fine.clone();
        let coarsely = |values: &mut Vec<f64>| values.iter_mut().for_each(|v| *v = (*v / 0.02).floor() * 0.02);
        coarsely(&mut coarse.head_kwh);
        coarse.meters.iter_mut().for_each(|meter| coarsely(&mut meter.register_kwh));
        let mean = |found: &heng_inference::meters::Assessment| {
            found.meters.iter().map(|meter| meter.error_percent).sum::<f64>() / HOMES as f64
        };
        let (a, b) = (assessment(&fine, &settings()).unwrap(), assessment(&coarse, &settings()).unwrap());
        loss += (b.district.loss_percent - a.district.loss_percent) / 6.0;
        common += (mean(&b) - mean(&a)) / 6.0;
    }
    assert!(loss.abs() < 0.15 && common.abs() < 0.05, "{loss} {common}");
}

#[test]
fn ten_days_or_long_intervals_are_not_enough_to_call_anybody_bypassed() {
    let few = district(10, 2, Defects { bypass: Some((7, 5, 0.4)), ..Defects::default() });
    let mut long = district(35, 2, Defects { bypass: Some((7, 20, 0.4)), ..Defects::default() });
    let thin = |values: &mut Vec<f64>| *values = values.iter().copied().step_by(12).collect();
    long.times_s = long.times_s.iter().copied().step_by(12).collect();
    thin(&mut long.head_kwh);
    long.head_voltage_v.iter_mut().for_each(thin);
    for meter in &mut long.meters {
        thin(&mut meter.register_kwh);
        thin(&mut meter.voltage_v);
    }
    for readings in [few, long] {
        let found = assessment(&readings, &settings()).unwrap();
        assert!(found.meters.iter().all(|meter| !matches!(meter.state, State::Bypassed | State::Drifting)));
    }
}
