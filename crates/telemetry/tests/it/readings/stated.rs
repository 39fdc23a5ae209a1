//! Digits as they were stated.

use heng_quantity::Decimal;
use heng_telemetry::readings::Stated;
use proptest::prelude::*;

#[test]
fn what_is_no_number_of_a_register_is_refused() {
    for text in
        ["", "-", ".", "1.2.3", "一", "1,5", "0x10", "1e", "e5", "nan", "inf", "1 2", "99999999999999999", "1e99"]
    {
        assert!(text.parse::<Stated>().is_err(), "{text}");
    }
    let read = |text: &str| text.parse::<Stated>().unwrap();
    assert_eq!(read("+007.50").to_string(), "7.50");
    assert_eq!(read("-.5").to_string(), "-0.5");
    assert_eq!(read("12e3").to_string(), "12e3");
    assert!(read("12e3").is_same_value(read("12000.00")));
    assert!(!read("12.5").is_same_value(read("12.51")));
    assert!(read("0.00").is_same_value(read("-0")));
}

proptest! {
    #[test]
    fn digits_come_back_and_compare_as_numbers(
        one in -9_999_999_999_999_999_i64..=9_999_999_999_999_999, other in -9_999_i64..=9_999, e in -12_i32..=6, f in -12_i32..=6,
    ) {
        let (one, other) = (Stated::new(one, e).unwrap(), Stated::new(other, f).unwrap());
        prop_assert_eq!(one.to_string().parse::<Stated>().unwrap(), one);
        let exact = Decimal::from(one).numeric_cmp(&Decimal::from(other));
        prop_assert_eq!(one.numeric_cmp(other), exact);
        prop_assert_eq!(one.is_same_value(other), exact.is_eq());
    }
}
