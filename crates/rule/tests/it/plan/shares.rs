//! A goal divided among bodies: each fact is of one of them, and what does not add up is said.

use heng_rule::plan::{Evidence, Fact, Plan, Shares, Status};
use jiff::civil::date;
use num_rational::BigRational;

use super::{end, sound};

const EXAMPLE: &str = include_str!("../../../../../examples/plan/plan.toml");

/// The example, whose districts are known to evidence by code. 12 standards are divided: 6 of the bureau, 4 of the east, 2 of the west.
fn divided() -> String {
    let coded = |text: String, name: &str, code: &str| {
        text.replace(&format!("name = \"{name}\"\n"), &format!("name = \"{name}\"\naliases = [\"{code}\"]\n"))
    };
    coded(coded(EXAMPLE.to_owned(), "东区", "990101"), "西区", "990102")
}

fn standard(subject: &str, year: i16) -> Fact {
    Fact::new("standard", subject, date(year, 1, 1), &format!("{subject}-{year}"))
}

type Line<'a> = (Option<&'a str>, Option<String>, Option<String>, Option<&'a str>);

/// Body, part, figure and status of each.
fn lines(shares: &Shares) -> Vec<Line<'_>> {
    let text = |number: Option<BigRational>| number.map(|number| number.to_string());
    let each = shares.bodies.iter();
    each.map(|one| {
        (one.body.as_deref(), text(one.share.clone()), text(one.amount.value()), one.status.map(Status::code))
    })
    .collect()
}

fn line<'a>(body: Option<&'a str>, share: &str, value: &str, status: Option<&'a str>) -> Line<'a> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (body, some(share), some(value), status)
}

#[test]
fn a_fact_is_of_the_body_it_names_else_of_its_district_and_the_bodies_add_up() {
    let plan = sound(&divided());
    let mut evidence = Evidence::new(["a", "b", "c", "d"].map(|name| standard(name, 2026).in_district("990101")));
    evidence.add(standard("e", 2026).in_district("990101").of_body("市计量局"));
    evidence.add(standard("f", 2026).in_district("990102"));
    evidence.add(standard("g", 2026));
    let shares = plan.shares("I1", &evidence, date(2026, 6, 30)).unwrap();
    let expected = [
        line(Some("市计量局"), "6", "1", Some("too-early")),
        line(Some("东区"), "4", "4", Some("reached")),
        line(Some("西区"), "2", "1", Some("too-early")),
        line(None, "", "1", None),
    ];
    assert_eq!(lines(&shares), expected);
    assert_eq!((shares.sum.to_string(), shares.goal.as_ref().unwrap().to_string()), ("12".into(), "12".into()));
    assert!(shares.reconcile());
    assert_eq!(shares.said(), ["reconcile"]);
    // When the time is over, what is lacking is missed.
    let late = plan.shares("I1", &evidence, date(2031, 1, 1)).unwrap();
    assert_eq!(late.bodies.iter().filter(|one| one.status == Some(Status::Missed)).count(), 2);
    assert_eq!(plan.shared_with("东区").collect::<Vec<_>>(), ["I1"]);
    assert!(plan.shares("I2", &evidence, date(2026, 6, 30)).is_none(), "nothing divides it");
}

#[test]
fn the_trend_of_a_body_says_whether_it_is_on_pace() {
    let plan = sound(&divided());
    // The bureau has 1, 2, 3 at the ends of 2025 to 2027: drift 1, and 1096·4/1461 years ahead 6.0007, of its 6. The east has 1, 1, 1 of its 4.
    let bureau = [("a", 2025), ("b", 2026), ("c", 2027)].map(|(name, year)| standard(name, year).of_body("市计量局"));
    let mut evidence = Evidence::new(bureau);
    evidence.add(standard("d", 2025).in_district("990101"));
    evidence.add(standard("e", 2026).in_district("990102"));
    evidence.add(standard("f", 2027).in_district("990102"));
    let shares = plan.shares("I1", &evidence, end(2027)).unwrap();
    let statuses: Vec<_> = shares.bodies.iter().map(|one| one.status.map(Status::code)).collect();
    assert_eq!(statuses, [Some("on-pace"), Some("behind"), Some("reached")]);
}

#[test]
fn what_is_counted_of_two_bodies_does_not_reconcile() {
    let plan = sound(&divided());
    let evidence = Evidence::new([standard("a", 2025).of_body("市计量局"), standard("a", 2026).in_district("990102")]);
    let shares = plan.shares("I1", &evidence, end(2026)).unwrap();
    assert_eq!((shares.reconcile(), shares.difference.to_string()), (false, "-1".to_owned()));
    assert_eq!(shares.said(), ["differs"]);
}

#[test]
fn what_a_member_has_counts_for_the_group_that_has_the_part() {
    let group = "[[body]]\nname = \"各区\"\nen = \"Districts\"\nregion = \"example-city\"\nkind = \"group\"\nmembers = [\"东区\", \"西区\"]\n\n[[service]]";
    let source = divided().replacen("[[service]]", group, 1);
    let source = source.replace("body = \"东区\"\nvalue = \"4\"", "body = \"各区\"\nvalue = \"4\"");
    let evidence =
        Evidence::new([standard("a", 2026).in_district("990101"), standard("b", 2026).in_district("990102")]);
    let shares = sound(&source).shares("I1", &evidence, end(2026)).unwrap();
    let figures: Vec<_> = lines(&shares).into_iter().map(|(body, _, value, _)| (body, value)).collect();
    let one = || Some("1".to_owned());
    // The west has a part of its own.
    assert_eq!(figures, [(Some("市计量局"), Some("0".to_owned())), (Some("各区"), one()), (Some("西区"), one())]);
}

#[test]
fn parts_that_do_not_make_the_goal_and_figures_that_are_no_sums_are_said() {
    let nothing = Evidence::default();
    let (plan, findings) = Plan::read(&[("plan.toml", &divided().replace("value = \"6\"", "value = \"7\""))]);
    assert_eq!(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["plan-sum-unreconciled"]);
    let shares = plan.shares("I1", &nothing, end(2026)).unwrap();
    assert_eq!((shares.reconcile(), shares.said()), (false, vec!["goal-differs", "no-evidence"]));
    assert_eq!(shares.bodies.first().unwrap().status, Some(Status::NoEvidence));

    let extreme = divided().replace("words = [\"covers\"]", "words = [\"covers\"]\nnumbers = { range = \"count\" }");
    let plan = sound(&extreme.replace("count(standard)", "greatest(standard.range)"));
    let fact = |subject: &str, range: i64| standard(subject, 2026).with_number("range", range.into());
    let evidence = Evidence::new([fact("a", 12).in_district("990101"), fact("b", 3).in_district("990102")]);
    let shares = plan.shares("I1", &evidence, end(2026)).unwrap();
    assert_eq!((shares.reconcile(), shares.said()), (false, vec!["never"]));
}
