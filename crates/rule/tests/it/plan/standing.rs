//! Paces, forecasts and what would change a figure, against what a hand computes.

use heng_rule::plan::{Evidence, Fact, Plan, Status, drift};
use jiff::civil::date;

use super::{end, sound};

const EXAMPLE: &str = include_str!("../../../../../examples/plan/plan.toml");

/// So many new standards at the beginning of each year from 2025 on.
fn evidence(yearly: &[usize]) -> Evidence {
    let years = yearly.iter().zip(2025..);
    Evidence::new(years.flat_map(|(count, year)| {
        (0..*count).map(move |place| {
            let name = format!("{year}-{place}");
            Fact::new("standard", &name, date(year, 1, 1), &name)
        })
    }))
}

fn plan() -> Plan {
    sound(EXAMPLE)
}

#[test]
fn the_pace_that_is_needed_stands_beside_the_pace_that_was_kept() {
    // 4 in 2025, 12 in 2030: 8/5 a year. At the end of 2027 there are 7; 1096 days are left, 730 have gone.
    let standing = plan().standing("I1", &evidence(&[4, 1, 2]), end(2027)).unwrap();
    let text = |number: Option<num_rational::BigRational>| number.unwrap().to_string();
    assert_eq!(text(standing.value), "7");
    assert_eq!(text(standing.planned_pace), "8/5");
    // 5 ÷ (1096·4/1461) = 7305/4384, 3 ÷ (730·4/1461) = 4383/2920
    assert_eq!(text(standing.required_pace), "7305/4384");
    assert_eq!(text(standing.achieved_pace), "4383/2920");
    assert_eq!(text(standing.to_go), "5");
    assert_eq!(
        standing.yearly.iter().map(|(year, value)| (*year, value.to_string())).collect::<Vec<_>>(),
        [(2025, "4".to_owned()), (2026, "5".to_owned()), (2027, "7".to_owned())]
    );
    // Steps 1 and 2: drift 1.5, so 7 + 1.5·3.0007 = 11.501 < 12.
    let band = standing.forecast.unwrap();
    assert!((band.expected - (7.0 + 1.5 * 4384.0 / 1461.0)).abs() < 1e-12, "{band:?}");
    assert_eq!(standing.status, Status::Behind);
}

#[test]
fn statuses_follow_the_day() {
    let status = |yearly: &[usize], day| plan().standing("I1", &evidence(yearly), day).unwrap().status;
    assert_eq!(status(&[4, 2, 2], end(2027)), Status::OnPace);
    assert_eq!(status(&[12], end(2027)), Status::Reached);
    assert_eq!(status(&[4, 1], date(2031, 1, 1)), Status::Missed);
    assert_eq!(status(&[], end(2027)), Status::NoEvidence);
}

#[test]
fn nothing_is_needed_for_a_goal_that_is_reached() {
    let standing = plan().standing("I1", &evidence(&[4, 21]), end(2026)).unwrap();
    assert_eq!((standing.status, standing.required_pace), (Status::Reached, None));
    assert_eq!(standing.to_go.unwrap().to_string(), "-13");
}

#[test]
fn a_base_without_evidence_is_said_and_not_filled_in() {
    let standing = plan().standing("I1", &evidence(&[1]), end(2026)).unwrap();
    assert_eq!(standing.value.unwrap().to_string(), "1");
    assert_eq!(standing.base_without_evidence.unwrap().to_string(), "3");
}

#[test]
fn the_next_lapse_is_named() {
    let mut evidence = evidence(&[4]);
    evidence.add(Fact::new("standard", "old", date(2025, 2, 1), "old").through(date(2027, 3, 31)));
    let standing = plan().standing("I1", &evidence, end(2026)).unwrap();
    assert_eq!(standing.amount.lapses, Some((date(2027, 3, 31), "old".to_owned())));
}

#[test]
fn the_band_of_a_random_walk_with_drift() {
    // Steps 1, 2, 3: d = 2, s = 1, n = 3; two years ahead σ = √(2·(1 + 2/3)) = 1.8257419, t(0.975; 2) = 4.3026527.
    let band = drift(&[0.0, 1.0, 3.0, 6.0], 6.0, 2.0).unwrap();
    assert!((band.expected - 10.0).abs() < 1e-12);
    assert!((band.high - (10.0 + 4.302_652_729_911_275 * 1.825_741_858_350_553_7)).abs() < 1e-6, "{band:?}");
    assert!((band.low + band.high - 20.0).abs() < 1e-9);
    assert_eq!(drift(&[0.0, 1.0], 1.0, 2.0), None);
}

#[test]
fn no_share_is_heading_beyond_all_there_is() {
    // Four items of the list, covered one by one, none in 2027 and two in 2028: 25, 50, 50, 100 %; steps 25, 0, 50, so d = 25 from 100 %.
    let items = ["a", "b", "c", "d"].map(|item| Fact::new("list-item", item, date(2025, 1, 1), item));
    let covered = [("a", 2025), ("b", 2026), ("c", 2028), ("d", 2028)].map(|(item, year)| {
        let name = format!("standard-{item}");
        Fact::new("standard", &name, date(year, 1, 1), &name).with("covers", item)
    });
    let evidence = Evidence::new(items.into_iter().chain(covered));
    let standing = plan().standing("I2", &evidence, end(2028)).unwrap();
    assert_eq!(
        standing.yearly.iter().map(|(_, value)| value.to_string()).collect::<Vec<_>>(),
        ["25", "50", "50", "100"]
    );
    let band = standing.forecast.unwrap();
    assert_eq!((band.expected, band.high), (100.0, 100.0));
    // s = 25 in 2 years of 365.25 days less a little: 100 + 50 − 4.3·25·√(2·(1 + 2/3)) lies below zero.
    assert_eq!(band.low, 0.0);
}
