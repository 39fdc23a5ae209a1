//! Rounding, against the examples that the standards print.

use heng_quantity::{Coverage, Decimal, Estimate, RoundingRule, Uncertainty, Unit};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// GB/T 8170-2008, 3.2: value, rounding interval, result. A result such as 10 × 10⁻¹ is written 1.0.
#[test]
fn gb_t_8170_examples_of_rounding_hold() {
    let examples = [
        ("12.1498", "0.1", "12.1"),
        ("12.1498", "1", "12"),
        ("1268", "1E2", "13E2"),
        ("1.050", "0.1", "1.0"),
        ("0.35", "0.1", "0.4"),
        ("2500", "1E3", "2E3"),
        ("3500", "1E3", "4E3"),
        ("0.0325", "0.001", "0.032"),
        ("32500", "1E3", "32E3"),
        ("-355", "1E1", "-36E1"),
        ("-325", "1E1", "-32E1"),
        ("-365", "1E1", "-36E1"),
        ("-0.0365", "0.001", "-0.036"),
        ("97.46", "1", "97"),
        ("15.4546", "1", "15"),
    ];
    for (value, interval, result) in examples {
        let rounded = decimal(value).rounded_to_interval(&decimal(interval), RoundingRule::Gbt8170);
        assert_eq!(rounded, decimal(result), "{value} to {interval}");
        assert_eq!(decimal(value).rounded(decimal(interval).exponent(), RoundingRule::Gbt8170), decimal(result));
    }
}

/// GB/T 8170-2008, 3.4: 0.5 unit rounding to the units' place, 0.2 unit rounding to the hundreds' place.
#[test]
fn gb_t_8170_examples_of_half_and_fifth_unit_rounding_hold() {
    let examples = [
        ("60.25", "0.5", "60.0"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61.0"),
        ("830", "2E1", "840"),
        ("842", "2E1", "840"),
        ("832", "2E1", "840"),
        ("-930", "2E1", "-920"),
    ];
    for (value, interval, result) in examples {
        let rounded = decimal(value).rounded_to_interval(&decimal(interval), RoundingRule::Gbt8170);
        assert!(rounded.numeric_cmp(&decimal(result)).is_eq(), "{value} to {interval}: {rounded}");
    }
}

/// JCGM 100:2008, 7.2.6.
#[test]
fn gum_examples_of_uncertainties_hold() {
    assert_eq!(RoundingRule::Gum726.uncertainty(&decimal("28.05")), decimal("28"));
    assert_eq!(RoundingRule::Gum726Up.uncertainty(&decimal("10.47")), decimal("11"));
    assert_eq!(RoundingRule::Gum726.uncertainty(&decimal("10.47")), decimal("10"));
    let estimate = Estimate {
        value: 10.057_62,
        standard_uncertainty: 0.027,
        degrees_of_freedom: f64::INFINITY,
        unit: "\\ohm".parse().unwrap(),
    };
    let reported = estimate.reported(RoundingRule::Gum726, &Coverage::Standard).unwrap();
    assert_eq!(reported.value, decimal("10.058"));
    assert_eq!(reported.uncertainty, Some(Uncertainty::Standard { value: decimal("0.027"), distribution: None }));
    assert_eq!(reported.text(), "(10.058\u{a0}±\u{a0}0.027)\u{a0}Ω");
}

/// JJF 1059.1-2012, 5.3.8: one digit, but two where the first is 1 or 2; or all that follows carried up.
#[test]
fn jjf_1059_1_keeps_one_or_two_digits() {
    let cases = [
        ("0.0326", "0.033", "0.033", "0.03"),
        ("0.0962", "0.096", "0.097", "0.1"),
        ("0.0151", "0.015", "0.016", "0.015"),
    ];
    for (value, nearest, up, one) in cases {
        let value = decimal(value);
        assert_eq!(RoundingRule::Jjf10591.uncertainty(&value), decimal(nearest));
        assert_eq!(RoundingRule::Jjf10591Up.uncertainty(&value), decimal(up));
        let digit = RoundingRule::Jjf10591OneDigit.uncertainty(&value);
        assert!(digit.numeric_cmp(&decimal(one)).is_eq(), "{value}: {digit}");
    }
}

#[test]
fn a_carry_into_a_new_digit_adds_no_digit() {
    assert_eq!(RoundingRule::Gum726.uncertainty(&decimal("0.0996")), decimal("0.10"));
    assert_eq!(RoundingRule::Gum726.uncertainty(&decimal("0.996")), decimal("1.0"));
    assert_eq!(RoundingRule::Gum726Up.uncertainty(&decimal("0.9901")), decimal("1.0"));
    assert_eq!(RoundingRule::Jjf10591OneDigit.uncertainty(&decimal("0.96")), decimal("1.0"));
}

#[test]
fn the_noise_of_a_double_does_not_carry_an_uncertainty_up() {
    let noisy = Decimal::from_f64(0.1 + 0.2).unwrap();
    assert_eq!(noisy.to_f64(), 0.300_000_000_000_000_04);
    assert_eq!(RoundingRule::Jjf10591Up.uncertainty(&noisy), decimal("0.30"));
}

#[test]
fn zero_uncertainty_keeps_the_shortest_digits_of_the_value() {
    let estimate =
        Estimate { value: 0.1, standard_uncertainty: 0.0, degrees_of_freedom: f64::INFINITY, unit: Unit::one() };
    assert_eq!(estimate.reported(RoundingRule::Gum726, &Coverage::Standard).unwrap().value, decimal("0.1"));
}

#[test]
fn what_is_not_finite_is_not_stated() {
    for (value, standard_uncertainty) in [(f64::NAN, 1.0), (f64::INFINITY, 1.0), (1.0, f64::NAN), (1.0, -1.0)] {
        let estimate = Estimate { value, standard_uncertainty, degrees_of_freedom: 5.0, unit: Unit::one() };
        assert!(estimate.reported(RoundingRule::Gum726, &Coverage::Standard).is_err());
    }
}

/// JCGM 100:2008, H.1.7: u = 32 nm, ν = 16, k = 2.92 for 99 %, U = 93 nm.
#[test]
fn gum_h_1_is_stated_as_printed() {
    let estimate = Estimate {
        value: 50.000_838,
        standard_uncertainty: 31.7e-6,
        degrees_of_freedom: 16.0,
        unit: "\\milli\\metre".parse().unwrap(),
    };
    let coverage = Coverage::Factor { factor: decimal("2.92"), probability: decimal("0.99"), distribution: None };
    let reported = estimate.reported(RoundingRule::Gum726, &coverage).unwrap();
    assert_eq!(reported.text(), "(50.000\u{a0}838\u{a0}±\u{a0}0.000\u{a0}093)\u{a0}mm");
    let quantile = |probability: f64, degrees_of_freedom: f64| {
        assert!((probability - 0.995).abs() < 1e-12 && degrees_of_freedom == 16.0);
        2.920_781_6
    };
    let coverage = Coverage::Probability { probability: decimal("0.99"), quantile };
    assert_eq!(estimate.reported(RoundingRule::Gum726, &coverage).unwrap().text(), reported.text());
}
