//! The quality of a feed that was worked out by hand.

use heng_store::LocalDisk;
use heng_telemetry::readings::quality::Verified;
use heng_telemetry::readings::report::{Days, report};
use jiff::civil::date;

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, data, message, opened};

/// Two meters, four slots a day: eight readings are expected of a day.
///
/// | meter | 00:00 | 06:00 | 12:00 | 18:00 |
/// | --- | --- | --- | --- | --- |
/// | 0001, verified | good | late | runs backwards | good |
/// | 0002, verification ended the day before | in order, twice | in order | two values | nothing |
/// | 0099, nobody promised it | | in order | | |
///
/// Kept are 4 + 4 + 1 = 9 readings. Slots with a reading: 4 + 3 = 7 of 8. Of verified meters: 4 of 9. In time: all but one, 8 of 9. Without a
/// fault: 9 − 1 (backwards) − 2 (two values) = 6. All at once: 0001 at 00:00 and 18:00, 2 slots of 8.
#[test]
fn a_crafted_feed_has_the_quality_that_was_worked_out_by_hand() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let at = |hour: i64| MIDNIGHT_MS + hour * HOUR_MS;
    let send = |rows: &[(&str, &str, &str)], received| {
        readings.ingest("heping-01", message(rows), received).unwrap();
    };
    send(&[("津电0001", "01 00:00", "10.0"), ("津电0002", "01 00:00", "500.0")], at(0) + 60_000);
    send(&[("津电0002", "01 00:00", "500.0")], at(0) + 120_000);
    send(&[("津电0002", "01 06:00", "510.0"), ("津电0099", "01 06:00", "7.0")], at(6) + 60_000);
    send(&[("津电0001", "01 06:00", "11.0")], at(7) + 1);
    send(
        &[("津电0001", "01 12:00", "9.0"), ("津电0002", "01 12:00", "520.0"), ("津电0002", "01 12:00", "521.0")],
        at(12),
    );
    readings.settle_all().unwrap();
    send(&[("津电0001", "01 18:00", "12.0")], at(19));
    drop(readings);

    let mut verified = Verified::default();
    verified.add("津电0001", date(2020, 1, 1), date(2026, 3, 1));
    verified.add("津电0002", date(2018, 3, 1), date(2026, 2, 28));
    let said = report(&LocalDisk::default(), data.path(), Days::default(), Some(&verified)).unwrap();
    assert_eq!(said.days.len(), 1);
    let tally = &said.days[0].tally;
    assert_eq!(said.days[0].day, date(2026, 3, 1));
    assert_eq!((tally.expected, tally.readings, tally.filled), (Some(8), 9, 7));
    assert_eq!((tally.verified, tally.timely, tally.valid, tally.good), (Some(4), Some(8), 6, Some(2)));
    assert_eq!((tally.again, tally.conflicts, tally.backwards, tally.unexpected), (1, 2, 1, 1));
    assert_eq!((tally.jumps, tally.out_of_bounds, tally.early, tally.other_unit), (0, 0, 0, 0));
    assert_eq!(tally.completeness(), Some(0.875));
    assert_eq!(tally.accuracy(), Some(4.0 / 9.0));
    assert_eq!(tally.timeliness(), Some(8.0 / 9.0));
    assert_eq!(tally.validity(), Some(6.0 / 9.0));
    assert_eq!(tally.index(), Some(0.25));
    assert_eq!(tally.under_way.longest_ms(), Some(HOUR_MS + 1));
    assert_eq!(said.total, *tally);
}

/// 10 kWh, then 400 kWh six hours later: 65 kWh an hour where 60 is the most. 100 001 kWh is beyond the register, and 100 000 kWh after it backwards.
#[test]
fn a_jump_and_what_the_register_cannot_show_are_faults() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let rows = [
        ("津电0001", "01 18:00", "10"),
        ("津电0001", "02 00:00", "400"),
        ("津电0001", "02 06:00", "760"),
        ("津电0002", "02 00:00", "100001"),
        ("津电0002", "02 06:00", "100000"),
    ];
    readings.ingest("heping-01", message(&rows), MIDNIGHT_MS + 40 * HOUR_MS).unwrap();
    drop(readings);
    let said = report(&LocalDisk::default(), data.path(), Days::default(), None).unwrap();
    let second = &said.days[1].tally;
    assert_eq!((second.jumps, second.out_of_bounds, second.backwards), (1, 1, 1), "over midnight too");
    assert_eq!((second.valid, second.readings), (1, 4));
    assert_eq!((second.accuracy(), second.index()), (None, None), "no list of verified meters, no index");
}

/// Three days, of which nothing came on the second: 2 of 24 slots.
#[test]
fn a_day_without_readings_counts_as_empty() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let rows = [("津电0001", "01 00:00", "1"), ("津电0001", "03 00:00", "2")];
    readings.ingest("heping-01", message(&rows), MIDNIGHT_MS + 48 * HOUR_MS).unwrap();
    readings.ingest("nobody-said", message(&[("津电0001", "01 01:00", "1")]), MIDNIGHT_MS).unwrap();
    drop(readings);
    let days = Days { from: None, through: None };
    let said = report(&LocalDisk::default(), data.path(), days, Some(&Verified::default())).unwrap();
    let days: Vec<(&str, Option<f64>, Option<f64>)> =
        said.days.iter().map(|day| (day.feed.as_str(), day.tally.completeness(), day.tally.index())).collect();
    assert_eq!(
        days,
        [
            ("heping-01", Some(0.125), Some(0.0)),
            ("heping-01", Some(0.0), Some(0.0)),
            ("heping-01", Some(0.125), Some(0.0)),
            ("nobody-said", None, None),
        ]
    );
    assert_eq!(said.feeds[0].1.completeness(), Some(2.0 / 24.0));
    assert_eq!(said.total.completeness(), None, "of one feed nobody knows");
    let asked = Days { from: Some(date(2026, 2, 27)), through: Some(date(2026, 3, 1)) };
    let said = report(&LocalDisk::default(), data.path(), asked, None).unwrap();
    assert_eq!(said.feeds[0].1.expected, Some(24), "asked for three days, of which two are empty");
}
