//! Figures taken apart add up again.

use heng_rule::plan::{By, Evidence, Fact};
use jiff::civil::date;

use super::{end, sound};

const EXAMPLE: &str = include_str!("../../../../../examples/plan/plan.toml");

#[test]
fn districts_add_up_to_the_city() {
    let standard = |id: &str| Fact::new("standard", id, date(2026, 1, 1), id).with("covers", id);
    let item = |id: &str| Fact::new("list-item", id, date(2026, 1, 1), "list");
    let evidence = Evidence::new([
        standard("a").in_district("east").of_body("bureau"),
        standard("b").in_district("west").of_body("bureau"),
        standard("c").of_body("works"),
        item("a").in_district("east"),
        item("b").in_district("west"),
        item("x").in_district("west"),
    ]);
    let plan = sound(EXAMPLE);
    let districts = plan.parts("I1", &evidence, end(2026), By::District).unwrap();
    let counted: Vec<(Option<&str>, String)> =
        districts.parts.iter().map(|(name, amount)| (name.as_deref(), amount.part.to_string())).collect();
    assert_eq!(counted, [(None, "1".to_owned()), (Some("east"), "1".to_owned()), (Some("west"), "1".to_owned())]);
    assert!(districts.reconcile());
    assert!(plan.parts("I1", &evidence, end(2026), By::Body).unwrap().reconcile());
    // A share is taken apart in numerator and denominator: 1/1 and 1/2 make 2/3.
    let coverage = plan.parts("I2", &evidence, end(2026), By::District).unwrap();
    assert!(coverage.reconcile());
    let shares: Vec<Option<String>> =
        coverage.parts.iter().map(|(_, amount)| amount.value().map(|value| value.to_string())).collect();
    assert_eq!(shares, [Some("100".to_owned()), Some("50".to_owned())]);
}

#[test]
fn what_is_counted_in_two_districts_does_not_reconcile() {
    let at = |district: &str| Fact::new("standard", "a", date(2026, 1, 1), district).in_district(district);
    let plan = sound(EXAMPLE);
    let parts = plan.parts("I1", &Evidence::new([at("east"), at("west")]), end(2026), By::District).unwrap();
    assert!(!parts.reconcile());
    assert_eq!(parts.difference.to_string(), "-1");
}
