//! Measures give what a hand counts, and removing one statement changes exactly what rests on it.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use heng_rule::plan::Asking;
use heng_rule::plan::{Amount, Evidence, Fact, Measure};
use jiff::civil::{Date, date};

const DAY: Date = date(2025, 6, 30);

fn amount(measure: &str, evidence: &Evidence) -> Amount {
    let measure = Measure::parse(measure).unwrap();
    measure.amount(&Asking { evidence, day: DAY, belongs: &|_| true, scope: &|_| true, figure_only: false }, &|_| {
        panic!("no other indicator is named")
    })
}

fn value(measure: &str, evidence: &Evidence) -> Option<String> {
    amount(measure, evidence).value().map(|value| value.to_string())
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn standards() -> Evidence {
    Evidence::new([
        Fact::new("standard", "s1", date(2021, 3, 1), "c1").with("level", "city").with("covers", "scales"),
        // The same standard, certified again.
        Fact::new("standard", "s1", date(2025, 2, 1), "c2").with("level", "city").with("covers", "scales"),
        Fact::new("standard", "s2", date(2024, 5, 1), "c3")
            .with("level", "district")
            .with("covers", "meters")
            .with("covers", "gauges"),
        // Lapsed before the day.
        Fact::new("standard", "s3", date(2020, 5, 1), "c4")
            .through(date(2025, 4, 30))
            .with("level", "city")
            .with("covers", "taxis"),
        Fact::new("item", "scales", date(2020, 1, 1), "list").with("purpose", "civil"),
        Fact::new("item", "meters", date(2020, 1, 1), "list").with("purpose", "civil"),
        Fact::new("item", "taxis", date(2020, 1, 1), "list").with("purpose", "civil"),
        Fact::new("item", "gauges", date(2020, 1, 1), "list"),
    ])
}

#[test]
fn subjects_are_counted_once_and_only_while_they_hold() {
    let evidence = standards();
    assert_eq!(value("count(standard)", &evidence).as_deref(), Some("2"));
    assert_eq!(value("count(standard where level = city)", &evidence).as_deref(), Some("1"));
    assert_eq!(value("count(standard where level != city)", &evidence).as_deref(), Some("1"));
    assert_eq!(value("count(standard where level = city|district in year)", &evidence).as_deref(), Some("1"));
    let counted = amount("count(standard where level = city in year)", &evidence);
    assert_eq!(counted.statements(&evidence).into_iter().collect::<Vec<_>>(), ["c2"]);
    // Nothing of this kind was ever stated: that is no zero.
    assert_eq!(value("count(norm)", &evidence), None);
    assert_eq!(value("count(standard where level = national)", &evidence).as_deref(), Some("0"));
}

#[test]
fn coverages_have_their_own_denominators_and_name_their_gaps() {
    let evidence = standards();
    // Three of four: scales, meters, gauges; taxis lapsed.
    assert_eq!(value("coverage(item, standard.covers)", &evidence).as_deref(), Some("75"));
    assert_eq!(amount("coverage(item, standard.covers)", &evidence).gaps, ["taxis"]);
    // Two of three.
    assert_eq!(value("coverage(item where purpose = civil, standard.covers)", &evidence).as_deref(), Some("200/3"));
    assert_eq!(
        value("coverage(item where purpose = civil, standard.covers where level = city)", &evidence).as_deref(),
        Some("100/3")
    );
}

#[test]
fn one_statement_less_changes_exactly_what_rests_on_it() {
    let evidence = standards();
    let fewer = evidence.without("c3");
    assert_eq!(value("count(standard)", &fewer).as_deref(), Some("1"));
    assert_eq!(value("coverage(item, standard.covers)", &fewer).as_deref(), Some("25"));
    assert_eq!(amount("coverage(item, standard.covers)", &fewer).gaps, ["gauges", "meters", "taxis"]);
    assert_eq!(value("count(item)", &fewer), value("count(item)", &evidence));
    // Of two certificates of one standard either is enough.
    assert_eq!(value("count(standard)", &evidence.without("c1")).as_deref(), Some("2"));
}

#[test]
fn ratios_sums_and_extremes() {
    let children = |district: &str, of_age: &str, home: &str| {
        Fact::new("enrolment", district, date(2025, 3, 1), district)
            .in_district(district)
            .with_number("of-age", number(of_age))
            .with_number("home", number(home))
    };
    let evidence = Evidence::new([children("east", "120", "9"), children("west", "80", "13")]);
    // (9 + 13)/(120 + 80) = 11 %
    assert_eq!(value("ratio(sum(enrolment.home), sum(enrolment.of-age))", &evidence).as_deref(), Some("11"));
    assert_eq!(value("least(enrolment.of-age)", &evidence).as_deref(), Some("80"));
    assert_eq!(value("greatest(enrolment.of-age)", &evidence).as_deref(), Some("120"));
    assert_eq!(value("mean(enrolment.home)", &evidence).as_deref(), Some("11"));
    assert_eq!(value("ratio(sum(enrolment.home), sum(enrolment.of-age))", &Evidence::default()), None);
}

#[test]
fn forecasts_are_scored() {
    // Finley's tornado forecasts of 1884: 28 hits, 23 misses, 72 false alarms, 2680 correct rejections.
    let mut evidence = Evidence::default();
    for (outcome, count) in
        BTreeMap::from([("hit", 28), ("miss", 23), ("false-alarm", 72), ("correct-rejection", 2680)])
    {
        for place in 0..count {
            let name = format!("{outcome}-{place}");
            evidence.add(Fact::new("forecast", &name, date(2025, 1, 1), &name).with("outcome", outcome));
        }
    }
    let score = |name: &str| value(&format!("score({name}, forecast)"), &evidence).unwrap();
    // 100·28/51, 100·2708/2803, 100·28/123, 100·72/100, 100·51/2803
    assert_eq!(score("hit-rate"), "2800/51");
    assert_eq!(score("accuracy"), "270800/2803");
    assert_eq!(score("threat"), "2800/123");
    assert_eq!(score("false-alarm-ratio"), "72");
    assert_eq!(score("base-rate"), "5100/2803");
}

#[test]
fn a_measure_that_cannot_be_read_says_where() {
    for (text, at) in [
        ("", 0),
        ("count standard", 6),
        ("count(standard) x", 16),
        ("count(a where b)", 15),
        ("tally(a)", 0),
        ("score(luck, a)", 6),
        ("count(a in month)", 11),
    ] {
        assert_eq!(Measure::parse(text).unwrap_err().at, at, "{text}");
    }
    let deep = format!("{}count(a){}", "ratio(".repeat(40), ", count(a))".repeat(40));
    assert!(Measure::parse(&deep).is_err());
}
