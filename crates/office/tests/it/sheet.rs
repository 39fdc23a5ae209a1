//! A field sheet has the rows that the rule demands, and typing an example's values into it gives the example's record.

use std::collections::BTreeMap;
use std::path::Path;

use heng_quantity::Distribution;
use heng_rule::{Cell, Demand, Record, RuleSet, StandardFacts};
use heng_supervision::sheet::{Heading, Typed, evaluation_field, field, freedom_field, questions, read, spread_field};

/// Records of calibrations, with what each input's uncertainty comes from.
const CALIBRATIONS: [&str; 7] = [
    "gauge-block-gum-h1",
    "mass-ea-4-02-s2",
    "reference-solution-eurachem-a1",
    "thermal-expansion-tn-1900-e13",
    "thermometer",
    "thermometer-line-gum-h3",
    "weight-in-air-jcgm-101",
];

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

/// What is typed beside a value that is stated with an evaluation of its own.
fn beside(name: &str, input: &heng_rule::Input, unit: &heng_quantity::Unit) -> Typed {
    let shape = match input.distribution {
        Distribution::Triangular => "triangular",
        Distribution::Arcsine => "arcsine",
        _ => "half-width",
    };
    let stated = [
        ("standard", &input.standard_uncertainty),
        ("expanded", &input.expanded_uncertainty),
        (shape, &input.half_width),
    ];
    let (kind, spread) = stated.into_iter().find_map(|(kind, value)| Some((kind, value.clone()?))).unwrap();
    let freedom = input.degrees_of_freedom.iter().map(|freedom| (freedom_field(name), freedom.to_string()));
    let spread = heng_quantity::Reported { value: spread, unit: input.unit.of_difference(), uncertainty: None };
    let spread = spread.converted_to(&unit.of_difference()).unwrap().value;
    let spread = [(spread_field(name), spread.to_string()), (evaluation_field(name), kind.to_owned())];
    spread.into_iter().chain(freedom).collect()
}

/// What a verifier would type to say what a record says.
fn typed(record: &Record, rules: &RuleSet) -> Typed {
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = Typed::new();
    let text = |cell: &Cell, unit: Option<&heng_quantity::Unit>| match cell {
        Cell::Quantity(stated) => stated.converted_to(unit.unwrap_or(&stated.unit)).unwrap().value.to_string(),
        Cell::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Cell::Text(word) => word.clone(),
        Cell::Series(readings) => readings
            .iter()
            .map(|one| one.converted_to(unit.unwrap_or(&one.unit)).unwrap().value.to_string())
            .collect::<Vec<_>>()
            .join("; "),
        Cell::Input(input) => {
            let stated =
                heng_quantity::Reported { value: input.value.clone(), unit: input.unit.clone(), uncertainty: None };
            stated.converted_to(unit.unwrap_or(&input.unit)).unwrap().value.to_string()
        }
    };
    for sheet in rule.sheet(record) {
        let rows = record.observations.get(&sheet.item.name).cloned().unwrap_or_default();
        assert!(sheet.rows.len() <= rows.len(), "{}: the sheet has rows that nobody demands", sheet.item.name);
        for (place, row) in rows.iter().enumerate() {
            for (name, cell) in row {
                let column = sheet.item.column.iter().find(|column| column.name == *name).unwrap();
                let name = field(&sheet.item.name, place + 1, name);
                typed.insert(name.clone(), text(cell, column.unit.as_ref()));
                if let Cell::Input(input) = cell {
                    typed.extend(beside(&name, input, column.unit.as_ref().unwrap_or(&input.unit)));
                }
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
fn typing_a_calibration_gives_its_values_and_uncertainties() {
    let rules = heng_rule::builtin().unwrap();
    for name in CALIBRATIONS {
        let record = example(name);
        let rule = rules.rule(&record.rule).unwrap();
        let read = read(rule, &heading(&record), &typed(&record, &rules));
        assert!(read.is_complete(), "{name}: {:?} {:?}", read.findings, read.progress);
        let (stated, again) = (rule.evaluate(&record, &[]), rule.evaluate(&read.record, &[]));
        // What was typed is in the unit of its column, whatever the example states it in.
        let results = |evaluated: &heng_rule::Evaluated| {
            let points = evaluated.results.iter().flat_map(|item| &item.points);
            points.map(|point| (point.result.clone(), point.degrees_of_freedom.clone())).collect::<Vec<_>>()
        };
        assert_eq!(results(&again), results(&stated), "{name}");
        assert_eq!(again.refusals, stated.refusals, "{name}");
        let values = |record: &Record| {
            let points = rule.tried(record, &[]).into_iter().flat_map(|item| item.points);
            points.map(|point| point.map(|point| point.result)).collect::<Vec<_>>()
        };
        assert_eq!(values(&read.record), values(&record), "{name}");
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

/// The sheet of the example's scale with one field changed: what is asked about which field.
fn asked_with(name: &str, text: &str) -> Vec<(String, String, String)> {
    let rules = heng_rule::builtin().unwrap();
    let record = example("scale");
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = typed(&record, &rules);
    typed.insert(name.to_owned(), text.to_owned());
    let read = read(rule, &heading(&record), &typed);
    let asked = questions(rule, &read, &[mass_standard("0.016")]);
    asked.into_iter().map(|(name, finding)| (name, finding.code.clone(), finding.data["meant"].clone())).collect()
}

/// Weights up to 20 kg with this U.
fn mass_standard(expanded: &str) -> StandardFacts {
    let passed_on = serde_json::json!({
        "quantity": "mass",
        "from": { "value": "1", "unit": "\\gram" },
        "to": { "value": "20000", "unit": "\\gram" },
        "expanded_uncertainty": {
            "value": expanded, "unit": "\\gram",
            "uncertainty": { "kind": "expanded", "value": expanded, "coverage_factor": "2", "coverage_probability": "0.95" },
        },
    });
    StandardFacts {
        id: "thing:standard:示例".to_owned(),
        certificate: None,
        valid_from: None,
        valid_through: None,
        disseminates: vec![serde_json::from_value(passed_on).unwrap()],
    }
}

#[test]
fn a_value_that_is_right_but_for_the_place_of_its_point_is_asked_about() {
    let meant = |code: &str, value: &str| (code.to_owned(), value.to_owned());
    for (name, text, question) in [
        (field("weighing", 5, "indication"), "1500", meant("sheet-slip-limit", "15\u{a0}000\u{a0}g")),
        (field("weighing", 5, "indication"), "150000", meant("sheet-slip-limit", "15\u{a0}000.0\u{a0}g")),
        (field("weighing", 5, "indication"), "15", meant("sheet-slip-limit", "15\u{a0}000\u{a0}g")),
        (field("weighing", 5, "load"), "1500", meant("sheet-slip-point", "15\u{a0}000\u{a0}g")),
    ] {
        let asked = asked_with(&name, text);
        assert!(asked.contains(&(name.clone(), question.0.clone(), question.1.clone())), "{name} = {text}: {asked:?}");
    }
}

#[test]
fn surroundings_that_the_rule_does_not_allow_are_asked_about() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/jjg-539-2016/rule.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let bounded =
        text.replacen("unit = '\\degreecelsius'", "unit = '\\degreecelsius'\nlower = \"15\"\nupper = \"25\"", 1);
    let (rule, _) = heng_rule::Rule::parse(bounded.as_bytes()).unwrap();
    let record = example("scale");
    let of = |text: &str| {
        let typed: Typed = [("environment.temperature".to_owned(), text.to_owned())].into();
        questions(&rule, &read(&rule, &heading(&record), &typed), &[])
    };
    let (field, finding) = of("215").remove(0);
    assert_eq!((field.as_str(), finding.data["meant"].as_str()), ("environment.temperature", "21.5\u{a0}°C"));
    assert!(of("21.5").is_empty() && of("30").is_empty());
}

#[test]
fn each_demand_on_the_uncertainty_is_compared_in_the_words_of_the_rule() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("scale");
    let rule = rules.rule(&record.rule).unwrap();
    let item = rule.items().iter().find(|item| item.name == "weighing").unwrap();
    let tried = rule.tried(&record, &[mass_standard("0.016")]);
    let points = &tried.iter().find(|tried| tried.item == "weighing").unwrap().points;
    let compared = rule.sufficiencies(item, points[4].as_ref().unwrap());
    let shown: Vec<_> = compared.iter().map(|one| (one.demand, one.condition.as_str(), one.holds)).collect();
    assert_eq!(shown, [(Demand::OfStandards, "3*U <= mpev", true), (Demand::ToDecide, "3*U <= mpev", true)]);
    assert_eq!(compared[0].expanded.value.to_string(), "0.016");
    assert_eq!(compared[0].mpev.value_text(), "7.5\u{a0}g");
    let coarse = rule.tried(&record, &[mass_standard("6")]);
    let point = coarse.iter().find(|tried| tried.item == "weighing").unwrap().points[4].clone().unwrap();
    assert!(rule.sufficiencies(item, &point).iter().all(|one| !one.holds));
}

#[test]
fn an_instrument_that_fails_is_asked_for_no_number_that_passes() {
    for (name, text) in [
        (field("weighing", 5, "indication"), "15040"),
        (field("weighing", 5, "indication"), "14500"),
        (field("weighing", 5, "additional"), "0.2"),
        (field("weighing", 5, "additional"), "9.5"),
    ] {
        assert_eq!(asked_with(&name, text), [], "{name} = {text}");
    }
}

#[test]
fn a_day_that_cannot_be_read_is_not_today() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("mass-ea-4-02-s2");
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = typed(&record, &rules);
    typed.insert("performed_on".to_owned(), "昨天".to_owned());
    typed.insert("recalibrate_by".to_owned(), "2026-02-30".to_owned());
    let read = read(rule, &heading(&record), &typed);
    assert!(!read.is_complete());
    let fields: Vec<&str> = read.findings.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(fields, ["performed_on", "recalibrate_by"]);
    typed.insert("performed_on".to_owned(), "2026-06-01".to_owned());
    typed.insert("recalibrate_by".to_owned(), "2026-05-31".to_owned());
    let (field, finding) = self::read(rule, &heading(&record), &typed).findings.remove(0);
    assert_eq!((field.as_str(), finding.code.as_str()), ("recalibrate_by", "sheet-end-before-work"));
}

#[test]
fn a_row_that_was_added_and_is_blank_is_left_out() {
    let rules = heng_rule::builtin().unwrap();
    let record = example("mass-ea-4-02-s2");
    let rule = rules.rule(&record.rule).unwrap();
    let mut typed = typed(&record, &rules);
    typed.insert("rows:mass".to_owned(), "4".to_owned());
    assert!(read(rule, &heading(&record), &typed).is_complete());
    typed.insert(field("mass", 3, "nominal"), "1000".to_owned());
    assert!(!read(rule, &heading(&record), &typed).is_complete());
}
