//! The limits of weights are regular, as the table of OIML R 111-1 is: a slip of the pen in one of them would stand out.

use std::path::Path;

use toml::{Table, Value};

/// Classes and their limits in parts per million of the nominal value, from 100 g on.
const CLASSES: [(&str, f64); 9] = [
    ("E1", 0.5),
    ("E2", 1.6),
    ("F1", 5.0),
    ("F2", 16.0),
    ("M1", 50.0),
    ("M12", 100.0),
    ("M2", 160.0),
    ("M23", 300.0),
    ("M3", 500.0),
];

/// Every figure: class, nominal value in grams, limit in milligrams.
fn figures() -> Vec<(String, f64, f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/jjg-99-2022/rule.toml");
    let rule: Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut found = Vec::new();
    for table in rule["table"].as_table().unwrap().values() {
        for row in table["row"].as_array().unwrap() {
            let nominal = row["when"].as_str().unwrap().strip_prefix("nominal == ").unwrap();
            let (number, unit) = nominal.strip_suffix(']').unwrap().split_once('[').unwrap();
            let size = match unit {
                "mg" => 1e-3,
                "g" => 1.0,
                "kg" => 1e3,
                _ => panic!("{unit}"),
            };
            for (class, figure) in words(&table["words"]).zip(words(&row["values"])) {
                if let Ok(figure) = figure.parse() {
                    found.push((class, number.parse::<f64>().unwrap() * size, figure));
                }
            }
        }
    }
    found
}

fn words(list: &Value) -> impl Iterator<Item = String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned())
}

#[test]
fn from_100_g_on_limits_are_proportional_to_the_nominal_value() {
    let large: Vec<_> = figures().into_iter().filter(|(_, nominal, _)| *nominal >= 100.0).collect();
    assert!(large.len() > 80);
    for (class, nominal, figure) in large {
        let (_, ppm) = CLASSES.iter().find(|(known, _)| *known == class).unwrap();
        let ratio = figure / (nominal * ppm * 1e-3);
        assert!((0.9..=1.1).contains(&ratio), "{class} {nominal} g: {figure} mg is {ratio} of {ppm} ppm");
    }
}

#[test]
fn limits_grow_with_the_nominal_value_and_from_class_to_class() {
    let figures = figures();
    assert!(figures.len() > 180, "{}", figures.len());
    let rank = |class: &str| CLASSES.iter().position(|(known, _)| *known == class).unwrap();
    for (class, nominal, figure) in &figures {
        for (other_class, other_nominal, other) in &figures {
            if nominal == other_nominal && rank(class) < rank(other_class) {
                assert!(figure < other, "{class} and {other_class} at {nominal} g");
            }
            if class == other_class && nominal < other_nominal {
                assert!(figure <= other, "{class} at {nominal} g and at {other_nominal} g");
            }
            assert!(
                (class, nominal) != (other_class, other_nominal) || figure == other,
                "{class} at {nominal} g has two limits"
            );
        }
    }
}
