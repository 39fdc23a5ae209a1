//! What had happened to meters before the readings, and what earlier readings said of other lists of meters.

use heng_inference::meters::{Assessment, District, Knowledge, Reason, Settings, State, continued_assessment};

use crate::synthetic::{Defects, PER_DAY, district, errors};

fn settings() -> Settings {
    Settings::for_limit(2.0)
}

/// The readings until a day and those from it on.
fn parted(whole: &District, day: usize) -> (District, District) {
    let middle = whole.times_s[day * PER_DAY];
    let (mut early, mut late) = (whole.clone(), whole.clone());
    early.keep_until(middle);
    late.keep_from(middle);
    (early, late)
}

fn judged(readings: &District, earlier: Option<&Knowledge>) -> (Assessment, Knowledge) {
    let (found, known) = continued_assessment(readings, &settings(), earlier).unwrap();
    // What is kept survives as bytes.
    (found, serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap())
}

#[test]
fn a_stop_and_a_bypass_last_until_later_readings() {
    let past = [(3, 14, 1.0), (7, 12, 0.4)];
    let whole = district(49, 51, Defects { past: &past, ..Defects::default() });
    let (early, late) = parted(&whole, 28);
    let (before, known) = judged(&early, None);
    assert_eq!((before.meters[3].state, before.meters[7].state), (State::Stopped, State::Bypassed));
    let (found, _) = judged(&late, Some(&known));
    for (i, meter) in found.meters.iter().enumerate() {
        let state = [State::Stopped, State::Bypassed].into_iter().zip([3, 7]).find(|(_, at)| *at == i);
        match state {
            Some((state, _)) => {
                assert_eq!((meter.state, meter.since_s), (state, before.meters[i].since_s), "{meter:?}");
            }
            None => assert!(matches!(meter.state, State::Good | State::Undecided), "{meter:?}"),
        }
    }
    assert!((found.meters[3].error_percent + 100.0).abs() < 1e-9);
    assert!((found.meters[7].error_percent + 40.0).abs() < 3.0, "{:?}", found.meters[7]);
}

#[test]
fn a_register_that_stands_still_all_the_time_is_never_good_and_its_home_never_its_neighbours_error() {
    for seed in 60..66 {
        let past = [(3, 0, 1.0)];
        let defects = Defects { past: &past, ..Defects::default() };
        let (found, _) = judged(&district(28, seed, defects), None);
        let meter = &found.meters[3];
        assert_eq!((meter.state, meter.decidable), (State::Undecided, false));
        assert!(matches!(meter.reason, Reason::Vacant | Reason::District), "{meter:?}");
        for (i, (meter, error)) in found.meters.iter().zip(errors(seed, defects)).enumerate() {
            assert!(matches!(meter.state, State::Good | State::Undecided), "{seed} {i} {error}: {meter:?}");
        }
        let (vacant, _) = judged(&district(28, seed, Defects { vacant: Some(3), ..Defects::default() }), None);
        assert_eq!((vacant.meters[3].state, vacant.meters[3].decidable), (State::Undecided, false));
        assert!(vacant.meters.iter().all(|meter| matches!(meter.state, State::Good | State::Undecided)));
    }
}

#[test]
fn what_is_known_goes_by_the_names_of_the_meters() {
    let whole = district(42, 4, Defects { beyond: Some((2, 4.0)), ..Defects::default() });
    let (early, late) = parted(&whole, 21);
    let (_, known) = judged(&early, None);
    let (same, _) = judged(&late, Some(&known));
    let (alone, _) = judged(&late, None);
    let mut turned = late.clone();
    turned.meters.reverse();
    let (found, _) = judged(&turned, Some(&known));
    for (a, b) in found.meters.iter().rev().zip(&same.meters) {
        assert_eq!(a.meter, b.meter);
        assert!((a.error_percent - b.error_percent).abs() < 0.05 * b.u_percent, "{a:?} {b:?}");
    }
    // One customer was not known before, and another is gone.
    let mut other = early.clone();
    let taken = other.meters.pop().unwrap();
    for (head, (t, own)) in other.head_kwh.iter_mut().zip(taken.register_kwh.iter().enumerate()) {
        *head -= if own.is_finite() { *own } else { taken.register_kwh[t - 1] };
    }
    let (_, fewer) = judged(&other, None);
    let (found, after) = judged(&late, Some(&fewer));
    assert_eq!(after.meters.len(), found.meters.len());
    let u = |of: &Assessment| of.meters.iter().map(|meter| meter.u_percent).sum::<f64>();
    assert!(u(&found) < 0.95 * u(&alone), "{} {}", u(&found), u(&alone));
    assert_eq!(found.meters[2].state, State::Beyond);
    let gone = known.clone();
    let mut few = late.clone();
    few.meters.remove(5);
    let (found, after) = judged(&few, Some(&gone));
    assert_eq!((found.meters.len(), after.meters.len()), (few.meters.len(), few.meters.len()));
}
