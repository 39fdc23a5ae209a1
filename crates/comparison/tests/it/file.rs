//! What the readers understand, and what they say of what they do not.

use std::path::Path;

use heng_comparison::file::{read_bottles_table, read_results_table, read_round, read_study};
use heng_comparison::reference_value::Estimator;
use heng_quantity::{Finding, Unit};
use proptest::prelude::*;

use crate::near;

const HEAD: &str = "format = \"heng-comparison/1\"\nquantity = \"质量\"\nunit = \"mg\"\n";

fn found(body: &str) -> Vec<(String, u32, u32)> {
    let (round, findings) = read_round(&format!("{HEAD}{body}"));
    assert!(round.is_none() && !findings.is_empty(), "{body}");
    findings.into_iter().map(place).collect()
}

fn place(finding: Finding) -> (String, u32, u32) {
    let position = finding.position.unwrap();
    (finding.code, position.line, position.column)
}

#[track_caller]
fn is(body: &str, code: &str, line: u32, column: u32) {
    assert_eq!(found(body), [(code.to_owned(), line, column)]);
}

#[test]
fn findings_have_their_place() {
    is("", "comparison-no-results", 1, 10);
    is("laboratories = [{ name = \"甲\", value = nan }]", "comparison-number", 4, 39);
    is("laboratories = [{ name = \"甲\" }]", "comparison-value", 4, 26);
    is("laboratories = [{ name = \"甲\", value = 1, results = [2.0] }]", "comparison-value", 4, 26);
    is("laboratories = [{ name = \"A\", value = 1, standard_uncertainty = 0 }]", "comparison-not-above-zero", 4, 65);
    is("laboratories = [{ name = \"A\", value = 1, expanded_uncertainty = 2 }]", "comparison-uncertainty", 4, 26);
    is("laboratories = [{ name = \"A\", value = 1, degrees_of_freedom = -1 }]", "comparison-degrees-of-freedom", 4, 63);
    is(
        "laboratories = [{ name = \"A\", value = 1 }, { name = \"A\", value = 2 }]",
        "comparison-laboratory-twice",
        4,
        53,
    );
    is("laboratories = [{ name = \"A\", value = 1, u = 2 }]", "document-key-unknown", 4, 42);
    is("laboratories = [{ name = \"A\", value = \"1\" }]", "document-kind", 4, 39);
    let one = "laboratories = [{ name = \"A\", value = 1 }]\n";
    is(&format!("{one}[reference]\nmethod = \"mode\""), "comparison-method", 6, 10);
    is(&format!("{one}[reference]\nvalue = 1\nmethod = \"mean\""), "comparison-reference", 5, 1);
    is(&format!("{one}[reference]\nvalue = 1"), "comparison-reference", 5, 1);
    is(
        &format!("{one}[assessment]\nstandard_deviation = 1\nrelative_standard_deviation = 1"),
        "comparison-assessment",
        5,
        1,
    );
    is(&format!("{one}[homogeneity]\nitems = [[1, 2], []]"), "comparison-no-values", 6, 18);
    is(&format!("significance = 5\n{one}"), "comparison-probability", 4, 16);
    is("laboratories = [", "document-brackets", 4, 17);
}

#[test]
fn the_format_and_the_unit_are_not_guessed() {
    let (round, findings) = read_round(
        "format = \"heng-comparison/2\"\nquantity = \"x\"\nunit = \"furlong\"\nlaboratories = [{ name = \"A\", value = 1 }]",
    );
    assert!(round.is_none());
    let places: Vec<_> = findings.into_iter().map(place).collect();
    assert_eq!((places[0].0.as_str(), places[0].1, places[0].2), ("comparison-format", 1, 10));
    assert!(places[1].0.starts_with("unit-") && places[1].1 == 3);
}

#[test]
fn an_expanded_uncertainty_is_divided_by_its_factor() {
    let body = "coverage_factor = 3\nlaboratories = [{ name = \"A\", value = 1, expanded_uncertainty = 3, coverage_factor = 2 }, { name = \"B\", results = [1, 2, 6], standard_uncertainty = 1 }]";
    let (round, findings) = read_round(&format!("{HEAD}{body}"));
    assert!(findings.is_empty(), "{findings:?}");
    let laboratories = round.unwrap().laboratories;
    let (first, second) = (&laboratories[0], &laboratories[1]);
    assert_eq!((first.standard_uncertainty, first.coverage_factor), (Some(1.5), 2.0));
    assert_eq!((second.value, second.coverage_factor, second.degrees_of_freedom), (3.0, 3.0, f64::INFINITY));
}

#[test]
fn a_table_of_results() {
    let text = "\u{feff}laboratory, value ,U,k,dof\r\n\"所, \"\"一\"\"\",1.0,0.4,2,10\r\n\r\nB,2,0.2,2,\r\n";
    let (round, findings) = read_results_table(text, "mass", Unit::one());
    assert!(findings.is_empty(), "{findings:?}");
    let round = round.unwrap();
    assert_eq!(round.laboratories[0].name, "所, \"一\"");
    assert_eq!(round.laboratories[0].standard_uncertainty, Some(0.2));
    assert_eq!(round.laboratories[1].degrees_of_freedom, f64::INFINITY);
    let values = round.evaluation().reference_values.unwrap().result.unwrap();
    near(values.by(Estimator::WeightedMean).unwrap().value, (1.0 / 0.04 + 2.0 / 0.01) / 125.0, 1e-12);
}

#[test]
fn a_table_says_what_it_does_not_understand() {
    let found = |text: &str| {
        let (round, findings) = read_results_table(text, "mass", Unit::one());
        assert!(round.is_none());
        findings.into_iter().map(place).collect::<Vec<_>>()
    };
    let is =
        |text: &str, code: &str, line: u32, column: u32| assert_eq!(found(text), [(code.to_owned(), line, column)]);
    is("laboratory,value\nA,1.0.0\n", "comparison-cell", 2, 3);
    is("laboratory,value,u\nA,1,-2\n", "comparison-cell", 2, 5);
    is("laboratory,value,U\nA,1,2\n", "comparison-uncertainty", 2, 1);
    is("laboratory,value\nA\n", "comparison-cells", 2, 1);
    is("laboratory,value\nA,1\nA,2\n", "comparison-laboratory-twice", 3, 1);
    is("laboratory,value,colour\nA,1,red\n", "comparison-column", 1, 18);
    is("laboratory\nA\n", "comparison-column-missing", 1, 1);
    is("laboratory,value\n\"A,1\n", "comparison-quotation", 2, 1);
    is("laboratory,value\n,1\n", "comparison-cell", 2, 1);
    is("laboratory,value\nA,\n", "comparison-value", 2, 1);
    assert_eq!(read_results_table("laboratory,value\n", "mass", Unit::one()).1[0].code, "comparison-no-results");
}

#[test]
fn a_whole_study_is_read() {
    let text = r#"
format = "heng-material/1"
quantity = "mass fraction of lead"
unit = "mg/kg"
time_unit = "d"
allowed_standard_uncertainty = 2.0

[homogeneity]
bottles = [[100.1, 100.3], [99.8, 100.0], [100.2, 99.9]]

[long_term_stability]
points = [[0, 100.0], [30, 100.2], [60, 99.9], [90, 100.1]]
time = 365

[short_term_stability]
points = [[0, 100.0], [7, 100.1], [14, 100.0], [28, 99.9]]
time = 14

[characterization]
method = "mean"
laboratories = [{ name = "A", value = 100 }, { name = "B", value = 101 }, { name = "C", value = 102 }]

[control_chart]
values = [100.0, 100.2, 99.9, 100.1, 103.0]
baseline = 4

[lots]
first = { certified = 10, certified_uncertainty = 0.1, measured = 10.2, measured_uncertainty = 0.1 }
second = { certified = 12, certified_uncertainty = 0.1, measured = 12.5, measured_uncertainty = 0.1 }
"#;
    let (study, findings) = read_study(text);
    assert!(findings.is_empty(), "{findings:?}");
    let ours = study.unwrap().evaluation();
    let certified = ours.certified_value.result.unwrap();
    near(certified.value, 101.0, 1e-12);
    near(certified.components.characterization, 1.0 / 3.0f64.sqrt(), 1e-12);
    let parts = certified.components;
    let sum = parts.characterization.powi(2)
        + parts.between_bottles.powi(2)
        + parts.long_term_stability.powi(2)
        + parts.short_term_stability.powi(2);
    near(certified.expanded_uncertainty, 2.0 * sum.sqrt(), 1e-12);
    let trend = ours.long_term_stability.unwrap().result.unwrap();
    near(parts.long_term_stability, 365.0 * trend.trend.slope_uncertainty, 1e-12);
    // At the end of the shelf life u is what is allowed.
    let life = ours.shelf_life.unwrap().result.unwrap();
    let at_end = sum - parts.long_term_stability.powi(2) + (trend.trend.slope_uncertainty * life).powi(2);
    near(at_end.sqrt(), 2.0, 1e-12);
    assert!(ours.control_chart.unwrap().result.unwrap().signals.iter().any(|signal| signal.place == 4));
    assert!(ours.lot_agreement.unwrap().result.unwrap().agrees);
}

#[test]
fn a_trend_leaves_no_certified_value() {
    let text = "format = \"heng-material/1\"\nquantity = \"x\"\nunit = 'mg'\n[homogeneity]\nbottles = [[1, 2], [1, 2]]\n[long_term_stability]\npoints = [[0, 9], [1, 8.01], [2, 7], [3, 5.99]]\ntime = 4";
    let (study, findings) = read_study(text);
    assert!(findings.is_empty(), "{findings:?}");
    let ours = study.unwrap().evaluation();
    assert_eq!(ours.certified_value.refusal, Some(heng_comparison::ComparisonError::Trend));
    assert!(ours.homogeneity.unwrap().result.is_some());
    let json = serde_json::to_value(&ours.certified_value).unwrap();
    assert_eq!(json.pointer("/refusal/code").unwrap(), "trend");
}

#[test]
fn bad_studies_have_findings() {
    let head = "format = \"heng-material/1\"\nquantity = \"x\"\nunit = 'mg'\n";
    let is = |body: &str, code: &str, line: u32, column: u32| {
        let (study, findings) = read_study(&format!("{head}{body}"));
        assert!(study.is_none());
        assert_eq!(findings.into_iter().map(place).collect::<Vec<_>>(), [(code.to_owned(), line, column)]);
    };
    is("", "comparison-no-results", 1, 10);
    is("[characterization]\nvalue = 1", "comparison-characterization", 4, 1);
    is("[characterization]\nlaboratories = [{ name = \"A\", value = 1 }]", "comparison-uncertainty-missing", 5, 26);
    is("[control_chart]\nvalues = [1, 2]\ncentre = 1", "comparison-baseline", 4, 1);
    is("[long_term_stability]\npoints = []\ntime = -1", "comparison-time", 6, 8);
}

#[test]
fn a_table_of_bottles() {
    let text = "bottle,value\n1,1.0\n2,5\n1,3\n";
    let (study, findings) = read_bottles_table(text, "x", Unit::one());
    assert!(findings.is_empty());
    assert_eq!(study.unwrap().bottles, [vec![1.0, 3.0], vec![5.0]]);
    let (study, findings) = read_bottles_table("bottle,value\n,1.0\n2,x\n", "x", Unit::one());
    assert!(study.is_none() && findings.len() == 2);
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}", lines in prop::collection::vec("[a-z,\"\\. 0-9é甲]{0,30}", 0..6)) {
        let (round, findings) = read_round(&text);
        prop_assert!(round.is_some() || !findings.is_empty());
        let table = format!("laboratory,value,u\n{}", lines.join("\n"));
        let (round, findings) = read_results_table(&table, "x", Unit::one());
        prop_assert!(round.is_some() == findings.is_empty());
    }

    #[test]
    fn any_numbers_give_an_evaluation(values in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 1..8)) {
        let laboratories: String = values
            .iter()
            .enumerate()
            .map(|(place, (value, u))| format!("{{ name = \"{place}\", value = {}, standard_uncertainty = {} }},", toml(*value), toml(*u)))
            .collect();
        let (round, findings) = read_round(&format!("{HEAD}laboratories = [{laboratories}]"));
        prop_assert!(round.is_some() == findings.is_empty());
        if let Some(round) = round {
            prop_assert!(serde_json::to_string(&round.evaluation()).is_ok());
        }
    }
}

fn toml(value: f64) -> String {
    if value.is_nan() {
        "nan".to_owned()
    } else if value.is_infinite() {
        "inf".to_owned()
    } else {
        format!("{value:e}")
    }
}

#[test]
fn the_golden_documents_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/golden");
    let text = std::fs::read_to_string(folder.join("heng-comparison-1/every-key.toml")).unwrap();
    let (round, findings) = read_round(&text);
    assert!(findings.is_empty(), "{findings:?}");
    let round = round.unwrap();
    assert_eq!(
        (round.settings.coverage_probability, round.settings.coverage_factor, round.settings.significance),
        (0.99, 3.0, 0.01)
    );
    let [first, second, third] = [0, 1, 2].map(|place| round.laboratories[place].clone());
    assert_eq!((first.name.as_str(), first.standard_uncertainty, first.degrees_of_freedom), ("甲", Some(0.1), 9.0));
    near(second.value, 10.3, 1e-12);
    assert_eq!((second.standard_uncertainty, second.coverage_factor), (Some(0.2), 2.0));
    assert_eq!((third.coverage_factor, third.degrees_of_freedom), (3.0, f64::INFINITY));
    assert_eq!((round.maximum_error, round.homogeneity.len(), round.stability.len()), (Some(0.6), 3, 2));
    let ours = round.evaluation();
    near(ours.assessment.scores[0].z.unwrap().value, -0.5, 1e-12);
    near(ours.assessment.assigned_value.result.unwrap().standard_uncertainty, 0.05, 1e-12);

    let text = std::fs::read_to_string(folder.join("heng-material-1/every-key.toml")).unwrap();
    let (study, findings) = read_study(&text);
    assert!(findings.is_empty(), "{findings:?}");
    let ours = study.unwrap().evaluation();
    let value = ours.reference_values.unwrap().result.unwrap().by(Estimator::MandelPaule).unwrap().value;
    assert_eq!(ours.certified_value.result.unwrap().value, value);
    assert!(ours.shelf_life.unwrap().result.is_some() && ours.control_chart.unwrap().result.is_some());
    assert!(ours.lot_agreement.unwrap().result.is_some() && ours.short_term_stability.unwrap().result.is_some());
}

#[test]
fn the_documentation_names_every_code_and_key() {
    // What a reader can say or takes stands in docs/comparison.md.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let documentation = std::fs::read_to_string(root.join("docs/comparison.md")).unwrap();
    for file in ["file.rs", "file/round.rs", "file/study.rs", "file/table.rs"] {
        let source = std::fs::read_to_string(root.join("crates/comparison/src").join(file)).unwrap();
        for code in source.split('"').filter(|text| text.starts_with("comparison-")) {
            assert!(documentation.contains(&format!("`{code}`")), "{code}");
        }
    }
    for estimator in Estimator::ALL {
        let name = serde_json::to_value(estimator).unwrap();
        assert!(documentation.contains(&format!("`{}`", name.as_str().unwrap())), "{name}");
    }
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for language in ["en", "zh"] {
        let words = std::fs::read_to_string(root.join("locales").join(language).join("comparison.ftl")).unwrap();
        for file in ["error.rs", "file.rs", "file/round.rs", "file/study.rs", "file/table.rs"] {
            let source = std::fs::read_to_string(root.join("crates/comparison/src").join(file)).unwrap();
            for code in source.split('"').filter(|text| text.starts_with("comparison-")) {
                assert!(words.contains(&format!("\nfinding-{code} =")), "{language}: {code}");
            }
        }
    }
}

#[test]
fn a_refusal_carries_its_numbers_and_its_code() {
    use heng_comparison::ComparisonError;
    let error = ComparisonError::TooFew { needed: 3, given: 2 };
    let finding = error.finding();
    assert_eq!((finding.data["needed"].as_str(), finding.data["given"].as_str()), ("3", "2"));
    let json = serde_json::to_value(ComparisonError::NotSettled { updates: 7 }).unwrap();
    assert_eq!(json, serde_json::json!({ "code": "not-settled", "updates": 7 }));
    assert_eq!(error.to_string(), "the method needs 3 values, there are 2: collect more");
}
