//! Values and differences in whatever units have one order.

use std::cmp::Ordering;

use heng_quantity::Reported;
use heng_quantity::text::parse;

fn quantity(text: &str) -> Reported {
    parse(text).unwrap()
}

#[test]
fn values_are_ordered_whatever_their_units() {
    let order = |one: &str, other: &str| quantity(one).order(&quantity(other));
    assert_eq!(order("100 mg", "0.1 g"), Some(Ordering::Equal));
    assert_eq!(order("999 g", "1 kg"), Some(Ordering::Less));
    assert_eq!(order("20 °C", "290 K"), Some(Ordering::Greater), "293.15 K");
    assert_eq!(order("1 g", "1 MPa"), None);
}

#[test]
fn a_degree_of_difference_is_a_kelvin() {
    let order = |one: &str, other: &str| quantity(one).order_of_differences(&quantity(other));
    assert_eq!(order("0.1 °C", "0.1 K"), Some(Ordering::Equal));
    assert_eq!(order("0.2 K", "0.1 °C"), Some(Ordering::Greater));
    assert_eq!(order("100 mg", "0.1 g"), Some(Ordering::Equal));
    assert_eq!(order("1 g", "1 MPa"), None);
}
