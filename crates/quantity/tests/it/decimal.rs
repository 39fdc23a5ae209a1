//! Decimals: exact, digit-keeping, bounded.

use std::cmp::Ordering;

use heng_quantity::decimal::{ParseDecimalError, rational_to_f64};
use heng_quantity::{Decimal, RoundingRule};
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<i128>(), -60_i32..60).prop_map(|(coefficient, exponent)| Decimal::new(coefficient.into(), exponent))
}

#[test]
fn digits_are_kept_as_stated() {
    for text in ["2.50", "0.00", "-0.020", "1200", "12E2", "0.1E-60", "99999999999999999999.999"] {
        let value = decimal(text);
        assert_eq!(decimal(&value.to_string()), value, "{text}");
    }
    assert_eq!(decimal("2.50").to_string(), "2.50");
    assert_ne!(decimal("2.50"), decimal("2.5"));
    assert_eq!(decimal("2.50").numeric_cmp(&decimal("2.5")), Ordering::Equal);
    assert_eq!(decimal("1E-1500").to_string(), "1E-1500");
    assert_eq!(decimal("+.5"), decimal("0.5"));
    assert_eq!(decimal("0.0250").significant_digits(), 3);
    assert_eq!(decimal("0.0250").leading_exponent(), Some(-2));
}

#[test]
fn what_is_no_decimal_is_refused() {
    for text in
        ["", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1 000", "NaN", "inf", "１", "--1", "1e5.0", "1_000"]
    {
        assert!(matches!(text.parse::<Decimal>(), Err(ParseDecimalError::Malformed { .. })), "{text:?}");
    }
}

#[test]
fn hostile_numbers_are_refused_at_once() {
    let start = std::time::Instant::now();
    for text in ["1E999999999", "1E-999999999", "1E99999999999999999999999", "0E2001"] {
        assert!(matches!(text.parse::<Decimal>(), Err(ParseDecimalError::TooFar { .. })), "{text}");
    }
    let long = "9".repeat(10_000_000);
    for text in [long.clone(), format!("0.{long}"), format!("1e{long}"), "1".repeat(2_001)] {
        let error = text.parse::<Decimal>().unwrap_err();
        assert!(matches!(error, ParseDecimalError::TooLong { .. }));
        assert!(error.to_string().len() < 120);
    }
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[test]
fn comparison_of_far_numbers_costs_nothing() {
    let start = std::time::Instant::now();
    let (large, small) = (Decimal::new(1.into(), i32::MAX), Decimal::new((-1).into(), i32::MIN));
    for _ in 0..1_000 {
        assert_eq!(large.numeric_cmp(&small), Ordering::Greater);
        assert_eq!(small.numeric_cmp(&Decimal::zero()), Ordering::Less);
        assert_eq!(decimal("1E2000").numeric_cmp(&decimal("1E-2000")), Ordering::Greater);
    }
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[test]
fn a_double_becomes_its_exact_decimal() {
    assert_eq!(Decimal::from_f64(0.1).unwrap(), decimal("0.1000000000000000055511151231257827021181583404541015625"));
    assert_eq!(Decimal::from_f64(-3.0).unwrap(), decimal("-3"));
    assert_eq!(Decimal::from_f64(-0.0).unwrap(), decimal("0"));
    assert_eq!(Decimal::from_f64(f64::MIN_POSITIVE).unwrap().to_f64(), f64::MIN_POSITIVE);
    assert_eq!(Decimal::from_f64(f64::NAN), None);
    assert_eq!(Decimal::shortest_from_f64(1e23).unwrap().to_f64(), 1e23);
}

proptest! {
    #[test]
    fn printing_then_reading_is_the_identity(value in any_decimal()) {
        prop_assert_eq!(value.to_string().parse::<Decimal>().unwrap(), value);
    }

    #[test]
    fn reading_never_fails_unexpectedly(text in "\\PC{0,40}") {
        if let Ok(value) = text.parse::<Decimal>() {
            prop_assert_eq!(value.to_string().parse::<Decimal>().unwrap(), value);
        }
    }

    #[test]
    fn arithmetic_is_that_of_fractions(left in any_decimal(), right in any_decimal()) {
        prop_assert_eq!((&left + &right).to_rational(), left.to_rational() + right.to_rational());
        prop_assert_eq!((&left - &right).to_rational(), left.to_rational() - right.to_rational());
        prop_assert_eq!((&left * &right).to_rational(), left.to_rational() * right.to_rational());
        prop_assert_eq!(left.numeric_cmp(&right), left.to_rational().cmp(&right.to_rational()));
        prop_assert_eq!(Decimal::from_rational(&left.to_rational()).unwrap(), if left.exponent() > 0 || left.normalized().exponent() > 0 {
            Decimal::from_rational(&left.normalized().to_rational()).unwrap()
        } else { left.normalized() });
        prop_assert!((&left - &left).is_zero());
        prop_assert_eq!(&(-&left) + &left, &left - &left);
    }

    #[test]
    fn every_double_survives(bits in any::<u64>()) {
        let value = f64::from_bits(bits);
        if let Some(exact) = Decimal::from_f64(value) {
            prop_assert_eq!(exact.to_f64(), value);
            prop_assert_eq!(rational_to_f64(&exact.to_rational()), value);
            prop_assert_eq!(Decimal::shortest_from_f64(value).unwrap().to_f64(), value);
            prop_assert_eq!(exact.to_string().parse::<Decimal>().unwrap(), exact);
        }
    }

    #[test]
    fn rounding_moves_by_half_a_place_at_most_and_twice_is_once(value in any_decimal(), exponent in -70_i32..70) {
        let rounded = value.rounded(exponent, RoundingRule::Gbt8170);
        prop_assert_eq!(rounded.exponent(), exponent);
        let half = Decimal::new(5.into(), exponent - 1);
        prop_assert!((&rounded - &value).abs().numeric_cmp(&half).is_le());
        prop_assert_eq!(rounded.rounded(exponent, RoundingRule::Gbt8170), rounded);
    }

    #[test]
    fn an_uncertainty_rounded_up_is_never_smaller(value in any_decimal()) {
        let value = value.abs();
        for rule in [RoundingRule::Gum726Up, RoundingRule::Jjf10591Up] {
            let rounded = rule.uncertainty(&value);
            // What stands behind the twelfth digit is noise.
            let slack = Decimal::new(1.into(), value.leading_exponent().unwrap_or(0) - 11);
            prop_assert!((&rounded + &slack).numeric_cmp(&value).is_ge());
            prop_assert!(rounded.is_zero() || rounded.significant_digits() <= 2);
        }
    }
}
