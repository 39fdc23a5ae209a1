//! A record must have the rows that its rule demands, and says which items are not due.

use heng_rule::{Outcome, Record, Refusal, Rule};

const RULE: &str = r#"
format = "heng-rule/1"
id = "example"
version = 1
kind = "verification"
norm = "示例规程"
title = { zh = "示例", en = "example" }
applies_to = ["example"]

[citation.points]
norm = "示例规程"
clause = "6.1"
confidence = "unverified"

[reporting]
rounding = "jjf-1059.1"
coverage_factor = "2"
coverage_probability = "0.95"
scatter = { zh = "重复性", en = "repeatability" }
cite = "points"

[[characteristic]]
name = "class"
label = { zh = "等级", en = "Class" }
words = ["1", "2"]

[[characteristic]]
name = "largest_current"
label = { zh = "最大电流", en = "Largest current" }
unit = '\ampere'

[[characteristic]]
name = "has_clock"
label = { zh = "有时钟", en = "Has a clock" }

[table.mpe]
unit = '\percent'
by = "class"
words = ["1", "2"]
[[table.mpe.row]]
when = 'power_factor == "1"'
values = ["1.0", "2.0"]
[[table.mpe.row]]
when = 'power_factor == "0.5L"'
values = ["1.5", "-"]

[[item]]
name = "error"
title = { zh = "误差", en = "Error" }
cite = "points"
[[item.required]]
at = [{ current = "largest_current/3", power_factor = "1" }, { current = "largest_current", power_factor = "1" }]
tolerance = { current = "0.01*largest_current" }
cite = "points"
[[item.required]]
when = 'class == "1"'
at = [{ power_factor = "0.5L" }]
different = { current = 2 }
rows = 2
cite = "points"
[[item.column]]
name = "current"
label = { zh = "电流", en = "Current" }
unit = '\ampere'
role = "condition"
[[item.column]]
name = "power_factor"
label = { zh = "功率因数", en = "Power factor" }
words = ["1", "0.5L"]
role = "condition"
[[item.column]]
name = "error"
label = { zh = "误差", en = "Error" }
unit = '\percent'
[item.result]
name = "error"
label = { zh = "误差", en = "Error" }
model = "E = x"
unit = '\percent'
states_uncertainty = false
[[item.input]]
name = "x"
label = { zh = "误差", en = "Error" }
value = "error"
[[item.limit]]
lower = "-mpe"
upper = "mpe"
cite = "points"

[[item]]
name = "clock"
title = { zh = "时钟", en = "Clock" }
cite = "points"
when = "has_clock"
[[item.column]]
name = "right"
label = { zh = "走时正确", en = "Right" }
"#;

const RECORD: &str = r#"
format = "heng-record/1"
rule = "example"
occasion = "initial"
performed_on = "2026-05-20"
verifier = "赵敏"
reviewer = "孙丽"
standards = []
place = { zh = "示例实验室", en = "(example)" }
synthetic = true
client = { name = { zh = "示例单位", en = "Example" } }
[instrument]
kind = "example"
model = "示例"
serial = "示例-1"
name = { zh = "示例", en = "Example" }
manufacturer = { zh = "示例厂", en = "Example Works" }
[instrument.characteristics]
class = "CLASS"
largest_current = { value = "60", unit = '\ampere' }
has_clock = CLOCK
"#;

fn rule() -> Rule {
    Rule::parse(RULE.as_bytes()).unwrap().0
}

/// A record of rows of current, power factor and error.
fn record(class: &str, has_clock: bool, rows: &[(&str, &str, &str)]) -> Record {
    let mut text = RECORD.replace("CLASS", class).replace("CLOCK", &has_clock.to_string());
    for (current, power_factor, error) in rows {
        text.push_str(&format!(
            "[[observations.error]]\ncurrent = {{ value = \"{current}\", unit = '\\ampere' }}\n\
             power_factor = \"{power_factor}\"\nerror = {{ value = \"{error}\", unit = '\\percent' }}\n"
        ));
    }
    toml::from_str(&text).unwrap()
}

const CLASS_2: [(&str, &str, &str); 2] = [("20.0", "1", "0.4"), ("60.6", "1", "2.0")];

fn refusals(record: &Record) -> Vec<Refusal> {
    rule().evaluate(record, &[]).refusals
}

fn code(refusals: &[Refusal]) -> Vec<&str> {
    refusals.iter().map(|refusal| refusal.code.as_str()).collect()
}

#[test]
fn rows_at_the_demanded_points_are_enough_and_a_value_on_the_tolerance_is_at_its_point() {
    let evaluated = rule().evaluate(&record("2", false, &CLASS_2), &[]);
    assert_eq!(evaluated.refusals, Vec::new());
    assert_eq!(evaluated.verdict.unwrap().outcome, Outcome::Conforms);
}

#[test]
fn a_point_that_the_record_lacks_is_refused_with_its_place_and_its_clause() {
    let refusals = refusals(&record("2", false, &[("20.0", "1", "0.4"), ("60.7", "1", "0.4")]));
    assert_eq!(code(&refusals), ["point-missing"]);
    assert_eq!(refusals[0].data["item"], "误差");
    assert_eq!(refusals[0].data["point"], "电流 = 60 A ± 0.6 A, 功率因数 = 1");
    assert_eq!(refusals[0].citation.as_ref().unwrap().clause.as_deref(), Some("6.1"));
    let other_word = [("20", "1", "0.4"), ("60", "0.5L", "0.4")];
    assert_eq!(code(&self::refusals(&record("2", false, &other_word))), ["point-missing"]);
}

#[test]
fn repeated_runs_are_counted_at_each_different_value() {
    let run = |rows: &[(&'static str, &'static str, &'static str)]| {
        let rows: Vec<_> = CLASS_2
            .map(|(current, factor, _)| (current, factor, "0.1"))
            .into_iter()
            .chain(rows.iter().copied())
            .collect();
        let record = record("1", false, &rows);
        refusals(&record)
    };
    let (low, high) = (("10", "0.5L", "0.1"), ("20", "0.5L", "0.1"));
    assert_eq!(run(&[low, low, high, high]), Vec::new());
    assert_eq!(run(&[("10.0", "0.5L", "0.2"), low, high, high]), Vec::new(), "10.0 A is 10 A");
    let lacking = run(&[low, low, high]);
    assert_eq!(code(&lacking), ["values-missing-at-point"]);
    assert_eq!((lacking[0].data["count"].as_str(), lacking[0].data["found"].as_str()), ("2", "1"));
}

#[test]
fn a_table_without_a_figure_gives_no_limit() {
    let rows = [("20.0", "1", "0.4"), ("60", "1", "0.4"), ("20", "0.5L", "0.4")];
    assert_eq!(code(&refusals(&record("2", false, &rows))), ["limit-missing"]);
    let rows = [
        ("20", "1", "0.4"),
        ("60", "1", "1.1"),
        ("9", "0.5L", "1.1"),
        ("9", "0.5L", "1.1"),
        ("8", "0.5L", "1.1"),
        ("8", "0.5L", "1.1"),
    ];
    let evaluated = rule().evaluate(&record("1", false, &rows), &[]);
    let outcomes: Vec<_> = evaluated.results[0].points.iter().map(|point| point.outcome.unwrap()).collect();
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::DoesNotConform).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes[1], Outcome::DoesNotConform);
}

#[test]
fn an_item_that_is_not_due_is_said_and_one_that_is_due_is_demanded() {
    let evaluated = rule().evaluate(&record("2", false, &CLASS_2), &[]);
    assert_eq!(evaluated.findings.iter().map(|finding| finding.code.as_ref()).collect::<Vec<&str>>(), ["item-not-due"]);
    assert_eq!(code(&refusals(&record("2", true, &CLASS_2))), ["item-missing"]);
    let mut extra = record("2", false, &CLASS_2);
    extra.observations.insert("clock".to_owned(), vec![[("right".to_owned(), heng_rule::Cell::Flag(true))].into()]);
    assert_eq!(code(&refusals(&extra)), ["item-not-due"]);
}

#[test]
fn a_word_that_the_column_does_not_know_is_refused() {
    let rows = [("20.0", "1", "0.4"), ("60", "1", "0.4"), ("20", "0.8C", "0.4")];
    let refusals = refusals(&record("2", false, &rows));
    assert_eq!(code(&refusals), ["column-unknown-word"]);
}

#[test]
fn the_rows_demanded_are_known_before_there_is_a_record() {
    let rule = rule();
    let demanded = |name: &str| {
        let item = rule.items().iter().find(|item| item.name == name).unwrap();
        item.rows_demanded(rule.characteristics())
    };
    assert_eq!(demanded("error"), 2..=6);
    assert_eq!(demanded("clock"), 0..=1);
}

#[test]
fn a_demand_that_the_item_cannot_meet_is_no_rule() {
    let reason = |from: &str, to: &str| Rule::parse(RULE.replacen(from, to, 1).as_bytes()).unwrap_err().reason;
    assert!(reason("different = { current", "different = { curent").contains("curent"));
    assert!(reason("largest_current/3", "largest_current/").contains("largest_current/"));
    assert!(reason(r#"power_factor = "0.5L" }]"#, r#"power_factor = "0.6L" }]"#).contains("0.6L"));
    assert!(reason(r#"["1.0", "2.0"]"#, r#"["1.0"]"#).contains("mpe"));
    assert!(reason(r#"["1.0", "2.0"]"#, r#"["1.0", "two"]"#).contains("two"));
}
