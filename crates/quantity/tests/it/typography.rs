//! Quantities as they are set for people.

use heng_quantity::{Decimal, Reported, Uncertainty, typography};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// With plain spaces for those that do not break.
fn set(value: &str, uncertainty: Option<&str>, unit: &str) -> String {
    let uncertainty = uncertainty.map(|value| Uncertainty::Standard { value: decimal(value), distribution: None });
    let reported = Reported { value: decimal(value), unit: unit.parse().unwrap(), uncertainty };
    let text = reported.text();
    assert!(!text.contains(' '), "{text:?} can break");
    text.replace('\u{a0}', " ")
}

#[test]
fn numbers_are_set_in_groups_of_three_with_a_true_minus() {
    let cases = [
        ("1000.5", "1000.5"),
        ("12345.678901", "12 345.678 901"),
        ("-1234567", "−1 234 567"),
        ("0.00", "0.00"),
        ("0.00001234", "0.000 012 34"),
        ("0.000001234", "1.234 × 10⁻⁶"),
        ("12E5", "1.2 × 10⁶"),
        ("-3E3", "−3 × 10³"),
        ("0E2", "0 × 10²"),
        ("1E-1500", "1 × 10⁻¹⁵⁰⁰"),
    ];
    for (value, text) in cases {
        assert_eq!(typography::decimal(&decimal(value)).replace('\u{a0}', " "), text);
    }
}

#[test]
fn value_and_uncertainty_end_on_the_same_place_and_share_a_power_of_ten() {
    assert_eq!(set("100.02147", Some("0.00079"), "\\gram"), "(100.021 47 ± 0.000 79) g");
    assert_eq!(set("50.0008380", Some("0.0000093"), "\\milli\\metre"), "(50.000 838 0 ± 0.000 009 3) mm");
    assert_eq!(set("120E4", Some("5E4"), "\\ohm"), "(1.20 ± 0.05) × 10⁶ Ω");
    assert_eq!(set("0E2", Some("12E2"), "\\ohm"), "(0.0 ± 1.2) × 10³ Ω");
    assert_eq!(set("0.00000123", Some("0.00000004"), "\\one"), "(1.23 ± 0.04) × 10⁻⁶");
    assert_eq!(set("1.23", Some("0.04"), "\\one"), "1.23 ± 0.04");
    assert_eq!(set("-0.5", Some("0.2"), "\\degreecelsius"), "(−0.5 ± 0.2) °C");
    assert_eq!(set("30.5", Some("0.2"), "\\degree"), "(30.5 ± 0.2)°");
    assert_eq!(set("50", None, "\\percent"), "50 %");
}

#[test]
fn an_interval_is_set_with_both_ends() {
    let uncertainty = Uncertainty::Interval {
        lower: decimal("-0.10"),
        upper: decimal("0.25"),
        coverage_probability: decimal("0.95"),
        standard: None,
        distribution: None,
    };
    let reported = Reported { value: decimal("0.05"), unit: "\\volt".parse().unwrap(), uncertainty: Some(uncertainty) };
    assert_eq!(reported.interval_text().unwrap(), "[−0.10,\u{a0}0.25]\u{a0}V");
    assert_eq!(reported.text(), "0.05\u{a0}V");
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_digit_for_digit(coefficient in any::<i64>(), exponent in -30_i32..10) {
        let stated = Reported {
            value: Decimal::new(coefficient.into(), exponent),
            unit: "\\kilo\\watt\\hour".parse().unwrap(),
            uncertainty: None,
        };
        let read = heng_quantity::text::parse(&stated.value_text()).unwrap();
        prop_assert_eq!(read, stated);
    }
}
