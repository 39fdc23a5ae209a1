//! A city's verdicts, in whichever order they come.

use heng_inference::meters::{MeterAssessment, Reason, State};
use heng_telemetry::city::{Gathered, Tally, Verdicts};

fn verdicts(place: usize) -> Verdicts {
    let meter = |number: usize| MeterAssessment {
        meter: format!("表{place}-{number}"),
        state: if number == 0 { State::Beyond } else { State::Good },
        error_percent: place as f64 / 7.0 - number as f64,
        u_percent: 0.1,
        low_percent: f64::NAN,
        high_percent: 0.3,
        p_beyond_limit: 0.01,
        decidable: number > 0,
        reason: Reason::Balance,
        since_s: (number == 0).then_some(86_400),
        now_percent: 0.2,
        registered_kwh: 100.0,
        data_u_percent: 0.2,
    };
    Verdicts { district: format!("台区{place}"), meters: (0..3 + place).map(meter).collect(), readings: 10 * place }
}

fn gathered(order: impl IntoIterator<Item = usize>) -> (Vec<u8>, Tally) {
    let mut bytes = Vec::new();
    let mut gathered = Gathered::new(Some(&mut bytes)).unwrap();
    for place in order {
        gathered.take(place, verdicts(place)).unwrap();
    }
    let tally = gathered.close().unwrap();
    (bytes, tally)
}

#[test]
fn a_city_is_written_in_its_order_whichever_district_is_done_first() {
    let (bytes, tally) = gathered(0..6);
    assert_eq!(tally.districts, 6);
    assert_eq!(tally.meters, 33);
    assert_eq!(tally.readings, 150);
    assert_eq!(tally.states.get(&State::Beyond), Some(&6));
    assert_eq!(gathered([5, 0, 3, 1, 4, 2]), (bytes, tally));
}

#[test]
fn a_district_that_comes_twice_counts_once() {
    assert_eq!(gathered([1, 1, 0, 0, 2, 1, 3, 2, 5, 5, 4]), gathered(0..6));
}

#[test]
fn verdicts_wait_for_the_district_that_is_due() {
    let mut gathered = Gathered::<Vec<u8>>::new(None).unwrap();
    assert_eq!(gathered.take(2, verdicts(2)).unwrap(), 0);
    assert_eq!(gathered.take(0, verdicts(0)).unwrap(), 1);
    assert_eq!(gathered.take(1, verdicts(1)).unwrap(), 3);
}
