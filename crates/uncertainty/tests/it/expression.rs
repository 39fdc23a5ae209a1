//! Limits and conditions are exact, and units are checked.

use heng_uncertainty::{Condition, Expression, Model, Value};
use proptest::prelude::*;

fn lookup(name: &str) -> Option<Value> {
    let quantity =
        |value: &str, unit: &str| Value::Quantity { value: value.parse().unwrap(), unit: unit.parse().unwrap() };
    match name {
        "e" => Some(quantity("5", r"\gram")),
        "load" => Some(quantity("2.5", r"\kilogram")),
        "class" => Some(Value::Text("III".to_owned())),
        _ => None,
    }
}

#[test]
fn half_an_interval_is_exactly_half() {
    let limit = Expression::parse("-0.5*e").unwrap().evaluate_exact(&lookup).unwrap();
    assert_eq!(
        (limit.decimal().unwrap().to_string(), limit.unit.to_string()),
        ("-2.5".to_owned(), r"\gram".to_owned())
    );
}

#[test]
fn a_condition_at_its_limit_is_decided_exactly() {
    // 2.5 kg is exactly 500 e.
    assert!(Condition::parse(r#"class == "III" and load <= 500*e"#).unwrap().evaluate(&lookup).unwrap());
    assert!(!Condition::parse("load > 500*e").unwrap().evaluate(&lookup).unwrap());
}

#[test]
fn unlike_units_are_refused_with_both_names() {
    let error = Expression::parse("e + 1[s]").unwrap().evaluate(&lookup).unwrap_err().to_string();
    assert!(
        error.contains("gram") && error.contains("second") || error.contains('g') && error.contains('s'),
        "{error}"
    );
}

#[test]
fn a_syntax_error_says_where() {
    let error = Expression::parse("0.5*(e").unwrap_err();
    assert_eq!((error.position.line, error.position.column), (1, 7));
}

#[test]
fn a_variable_may_be_called_e() {
    assert_eq!(Model::parse("E = I + e/2 - dL - L").unwrap().inputs(), ["I", "e", "dL", "L"]);
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "[-+*/^()a-z0-9.,;= \\[\\]\"<>\u{4e00}-\u{4e10}]{0,60}") {
        let _ = Expression::parse(&text);
        let _ = Condition::parse(&text);
        let _ = Model::parse(&text);
    }
}
