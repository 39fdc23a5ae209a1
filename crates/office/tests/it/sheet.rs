//! A field sheet has the rows that the rule demands, and typing an example's values into it gives the example's record.

use std::collections::BTreeMap;
use std::path::Path;

use heng_rule::{Cell, Record, RuleSet};
use heng_supervision::sheet::{Heading, Typed, field, read};

const EXAMPLES: [&str; 14] = [
    "scale",
    "scale-failing",
    "pressure-gauge",
    "pressure-gauge-failing",
    "fuel-dispenser",
    "fuel-dispenser-failing",
    "electricity-meter",
    "electricity-meter-failing",
    "ac-charging-pile",
    "ac-charging-pile-failing",
    "dc-charging-pile",
    "dc-charging-pile-failing",
    "weight",
    "weight-failing",
];

fn example(name: &str) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/records").join(format!("{name}.toml"));
    let read = heng_exchange::record::read_toml(&std::fs::read(path).unwrap());
    read.records.into_iter().next().unwrap().record
}

fn heading(record: &Record) -> Heading {
    Heading {
        instrument: record.instrument.clone(),
        client: record.client.clone(),
        occasion: record.occasion,
        standards: record.standards.clone(),
        verifier: record.verifier.clone(),
        reviewer: record.reviewer.clone(),
        place: record.place.clone(),
        today: record.performed_on,
        synthetic: record.synthetic,
    }
}

/// What a verifier would type to say what a record says.
fn typed(record: &Record, rules: &RuleSet) -> Typed {
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = Typed::new();
    let text = |cell: &Cell, unit: Option<&heng_quantity::Unit>| match cell {
        Cell::Quantity(stated) => stated.converted_to(unit.unwrap_or(&stated.unit)).unwrap().value.to_string(),
        Cell::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Cell::Text(word) => word.clone(),
        other => panic!("{other:?} is not typed in one field"),
    };
    for sheet in rule.sheet(record) {
        let rows = record.observations.get(&sheet.item.name).cloned().unwrap_or_default();
        assert!(sheet.rows.len() <= rows.len(), "{}: the sheet has rows that nobody demands", sheet.item.name);
        for (place, row) in rows.iter().enumerate() {
            for (name, cell) in row {
                let column = sheet.item.column.iter().find(|column| column.name == *name).unwrap();
                typed.insert(field(&sheet.item.name, place + 1, name), text(cell, column.unit.as_ref()));
            }
        }
    }
    for condition in rule.surroundings() {
        if let Some(cell) = record.environment.get(&condition.name) {
            typed.insert(format!("environment.{}", condition.name), text(cell, Some(&condition.unit)));
        }
    }
    typed
}

#[test]
fn typing_an_example_gives_its_verdict() {
    let rules = heng_rule::builtin().unwrap();
    for name in EXAMPLES {
        let record = example(name);
        let rule = rules.rule(&record.rule).unwrap();
        let read = read(rule, &heading(&record), &typed(&record, &rules));
        assert!(read.is_complete(), "{name}: {:?} {:?}", read.findings, read.progress);
        let outcome = |record: &Record| {
            let evaluated = rule.evaluate(record, &[]);
            (evaluated.refusals.len(), evaluated.results.iter().map(|item| item.outcome).collect::<Vec<_>>())
        };
        assert_eq!(outcome(&read.record), outcome(&record), "{name}");
    }
}

#[test]
fn an_unfinished_sheet_is_computed_as_far_as_it_goes() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("scale");
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = typed(&record, &rules);
    typed.remove("weighing.2.indication");
    let read = read(rule, &heading(&record), &typed);
    assert!(!read.is_complete() && read.findings.is_empty());
    assert!(!read.rows["weighing"].contains(&2) && read.rows["weighing"].contains(&3));
    assert!(rule.tried(&read.record, &[]).iter().any(|tried| tried.item == "weighing"));
}

#[test]
fn a_row_that_cannot_be_read_is_not_done_even_where_it_may_be_left_blank() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("thermometer-line-gum-h3");
    let rule = rules.rule(&record.rule).unwrap();
    let open = |typed: &Typed| {
        let (on_sheet, complete) = read(rule, &heading(&record), typed).progress;
        on_sheet - complete
    };
    let unread: Typed = [(field("predicted", 1, "reading"), "warm".to_owned())].into();
    assert_eq!(open(&unread), open(&Typed::new()) + 1);
}

#[test]
fn the_sheet_of_a_scale_asks_for_its_own_smallest_and_largest_load_in_grams() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("scale");
    let sheet = rules.rule(&record.rule).unwrap().sheet(&record);
    let weighing = sheet.iter().find(|one| one.item.name == "weighing").unwrap();
    let loads: Vec<Option<&str>> = weighing.rows.iter().map(|row| row.get("load").map(String::as_str)).collect();
    assert_eq!(loads, [Some("100"), None, None, None, Some("15000")]);
    let eccentricity = sheet.iter().find(|one| one.item.name == "eccentricity").unwrap();
    assert_eq!(eccentricity.rows.len(), 4);
}

#[test]
fn what_cannot_be_taken_as_typed_is_asked_and_never_guessed() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("scale");
    let rule = rules.rule(&record.rule).unwrap();
    for (text, code, meant) in [
        ("５００", "sheet-number-meant", Some("500")),
        ("5,00", "sheet-number-meant", Some("5.00")),
        ("5.0 g", "sheet-number-meant", Some("5.0")),
        ("约五克", "sheet-no-number", None),
    ] {
        let name = field("weighing", 1, "indication");
        let typed: BTreeMap<String, String> = [(name.clone(), text.to_owned())].into();
        let read = read(rule, &heading(&record), &typed);
        let (at, finding) = &read.findings[0];
        assert_eq!((at, finding.code.as_str()), (&name, code), "{text}");
        assert_eq!(finding.data.get("meant").map(String::as_str), meant, "{text}");
        assert!(!read.record.observations.contains_key("weighing"), "{text}");
    }
    let typed: BTreeMap<String, String> = [(field("weighing", 1, "indication"), "−0.50".to_owned())].into();
    assert!(read(rule, &heading(&record), &typed).findings.is_empty(), "a typesetter's minus is a minus");
}
