//! Inputs from files: what two results share, they share through every file that stands between them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::city::{City, failed, root};

/// A file of the story beside the others.
fn told(city: &City, name: &str) -> String {
    let path = city.path(name);
    fs::copy(root().join("examples/identity").join(name), &path).unwrap();
    path
}

fn answer(city: &City, arguments: &[&str]) -> Value {
    let output = city.heng(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn number(output: &Value, name: &str) -> f64 {
    output[name].as_f64().unwrap()
}

fn output<'a>(answer: &'a Value, name: &str) -> &'a Value {
    answer["outputs"].as_array().unwrap().iter().find(|output| output["name"] == name).unwrap()
}

fn close(found: f64, wanted: f64, part: f64) {
    assert!((found - wanted).abs() <= part * wanted.abs(), "{found}, not {wanted}");
}

/// Writes the results of the four models of the story, each from the files of those before it.
fn story(city: &City) -> Value {
    for name in ["standard", "weight-a", "weight-b"] {
        let (model, file) = (told(city, &format!("{name}.toml")), city.path(&format!("{name}.json")));
        answer(city, &["uncertainty", &model, "--json", "--bundle", &file]);
    }
    answer(city, &["uncertainty", &told(city, "difference.toml"), "--json"])
}

/// EA-4/02 M:2022, S2: u = 29.3 mg of each weight, of which 22.5 mg are the standard's and 8.66 mg its drift.
#[test]
fn the_standard_of_two_weights_cancels_from_their_difference_and_counts_twice_in_their_sum() {
    let city = City::founded();
    let found = story(&city);
    let own = [0.014_433_756_73, 0.010 / 3.0_f64.sqrt(), 0.010 / 3.0_f64.sqrt()];
    let own: f64 = 2.0 * own.iter().map(|u| u * u).sum::<f64>();
    let shared: f64 = 4.0 * (0.0225 * 0.0225 + 0.015 * 0.015 / 3.0);
    let difference = output(&found, "difference");
    close(number(difference, "estimate"), 0.024, 1e-9);
    close(number(difference, "standard_uncertainty"), own.sqrt(), 1e-12);
    close(number(output(&found, "sum"), "standard_uncertainty"), (own + shared).sqrt(), 1e-12);
    let taken = &found["inputs_from_files"];
    close(number(&taken[0], "standard_uncertainty"), 0.0293, 0.002);
    // One line each for what both rest on, and its part in the difference is none.
    let budget = difference["budget"].as_array().unwrap();
    let shared = budget.iter().filter(|line| line["identity"] == "SYN-2026-0417 mass 10 kg").collect::<Vec<_>>();
    assert_eq!(shared.len(), 1);
    assert_eq!(shared[0]["contribution"], 0.0);
    assert_eq!(budget.len(), 2 + 3 + 3, "{budget:#?}");
}

#[test]
fn a_result_less_itself_is_zero_with_no_uncertainty_through_files() {
    let city = City::founded();
    story(&city);
    let model = city.path("zero.toml");
    for file in ["weight-a.json", "standard.json"] {
        let input = format!("from = {{ file = \"{file}\" }}\n");
        let text = format!("format = 'heng-model/1'\nmodel = 'zero = x - y'\n[inputs.x]\n{input}[inputs.y]\n{input}");
        fs::write(&model, text).unwrap();
        let found = answer(&city, &["uncertainty", &model, "--json", "--method", "both", "--trials", "1000"]);
        let zero = output(&found, "zero");
        assert_eq!((number(zero, "estimate"), number(zero, "standard_uncertainty")), (0.0, 0.0));
        assert_eq!(number(&zero["monte_carlo"], "standard_uncertainty"), 0.0);
    }
}

/// Two certificates of one standard, signed and logged; their difference from the bundles and from the PDF.
#[test]
fn certificates_of_one_standard_are_correlated_by_their_budgets() {
    let city = City::founded();
    let mut numbers = Vec::new();
    for letter in ["a", "b"] {
        let number = city.certified(&told(&city, &format!("record-{letter}.toml")));
        for ending in ["heng", "pdf"] {
            let from = city.path(&format!("out/{number}.{ending}"));
            fs::rename(from, city.path(&format!("weight-{letter}.{ending}"))).unwrap();
        }
        numbers.push(number);
    }
    assert_ne!(numbers[0], numbers[1]);
    let (code, answers) = city.checked(&[&city.path("weight-a.heng")]);
    assert!(code == 0 && failed(&answers).is_empty(), "{answers:?}");
    let model = told(&city, "certificates.toml");
    let found = answer(&city, &["uncertainty", &model, "--json"]);
    let difference = output(&found, "difference");
    close(number(difference, "estimate"), 0.024, 1e-9);
    // The certificate states its components with three digits. The drift is each record's own.
    let own: f64 = 2.0 * [0.0144, 0.00577, 0.00577, 0.00866].iter().map(|u| u * u).sum::<f64>();
    close(number(difference, "standard_uncertainty"), own.sqrt(), 0.003);
    let sum = output(&found, "sum");
    close(number(sum, "standard_uncertainty"), (own + 4.0 * 0.0225 * 0.0225).sqrt(), 0.003);
    // What the standard itself was found from stands in the budget, by the certificate of whoever realised it.
    let budget = sum["budget"].as_array().unwrap();
    let both = budget.iter().filter(|line| line["input"].as_str().unwrap().ends_with("(a, b)")).collect::<Vec<_>>();
    assert!(!both.is_empty(), "{budget:#?}");
    for line in &both {
        assert!(line["identity"].as_str().unwrap().starts_with("statement:"), "{line}");
    }
    // The PDF carries the same bundle, and a result of both is written, read again and checked.
    let text = fs::read_to_string(&model).unwrap().replace(".heng", ".pdf");
    fs::write(&model, text).unwrap();
    let again = city.path("difference.json");
    let from_pdf = answer(&city, &["uncertainty", &model, "--json", "--bundle", &again]);
    assert_eq!(output(&from_pdf, "difference")["budget"], difference["budget"]);
    let (code, answers) = city.checked(&[&again]);
    assert_eq!(code, 1, "nobody signed the difference");
    assert!(failed(&answers).is_empty(), "{answers:?}");
    let not_possible: Vec<_> = answers.iter().filter(|(_, outcome)| outcome == "not-possible").collect();
    assert_eq!(not_possible, [&("signature".to_owned(), "not-possible".to_owned())]);
    // A certificate that was changed is not used.
    let bundle = city.path("weight-a.heng");
    let changed = fs::read_to_string(&bundle).unwrap().replacen("\"index\":1", "\"index\":2", 1);
    fs::write(&bundle, changed).unwrap();
    let text = fs::read_to_string(&model).unwrap().replace(".pdf", ".heng");
    fs::write(&model, text).unwrap();
    let refused = city.heng(&["uncertainty", &model]);
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("weight-a.heng") && said.contains('^'), "{said}");
}

#[test]
fn a_changed_result_is_found_out() {
    let city = City::founded();
    story(&city);
    let file = city.path("weight-a.json");
    let (code, answers) = city.checked(&[&file]);
    assert!(code == 1 && failed(&answers).is_empty(), "{answers:?}");
    assert!(answers.contains(&("uncertainty".to_owned(), "passed".to_owned())));
    let text = fs::read_to_string(&file).unwrap();
    // Another estimate of the same digits: the sum of components is still right.
    let estimate = text.split("\"estimate\":\"10000.0").nth(1).unwrap().split('"').next().unwrap();
    let changed = text.replace(&format!("\"estimate\":\"10000.0{estimate}\""), "\"estimate\":\"10000.9\"");
    assert_ne!(changed, text);
    fs::write(&file, changed).unwrap();
    let (_, answers) = city.checked(&[&file]);
    assert_eq!(failed(&answers), ["uncertainty"]);
    let refused = city.heng(&["uncertainty", &city.path("difference.toml")]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn what_is_wrong_with_an_input_from_a_file_is_said_with_its_place() {
    let city = City::founded();
    story(&city);
    let model = city.path("wrong.toml");
    for (from, code) in [
        ("{ file = \"nowhere.json\" }", "nowhere.json"),
        ("{ file = \"weight-a.json\", result = \"m_Y\" }", "m_X"),
        ("{ file = \"weight-a.json\", unit = \"g\" }", "unit"),
        ("{ file = \"weight-a.json\", sha256 = \"00\" }", "SHA-256"),
        ("{ file = \"wrong.toml\" }", "wrong.toml"),
    ] {
        fs::write(&model, format!("format = 'heng-model/1'\nmodel = 'y = x'\n[inputs.x]\nfrom = {from}\n")).unwrap();
        let output = city.heng(&["--language", "en", "uncertainty", &model]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{from}: {said}");
        assert!(said.contains(code) && said.contains("line 4") && said.contains('^'), "{from}: {said}");
    }
    let gtc = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/tests/it/uncertain/archive.json");
    fs::copy(gtc, city.path("archive.json")).unwrap();
    let text = |unit: &str| {
        format!(
            "format = 'heng-model/1'\nmodel = 'd = z - y'\n[inputs.z]\nfrom = {{ file = 'archive.json', result = 'z'{unit} }}\n[inputs.y]\nfrom = {{ file = 'archive.json', result = 'y'{unit} }}\n"
        )
    };
    fs::write(&model, text("")).unwrap();
    let said = String::from_utf8_lossy(&city.heng(&["--language", "en", "uncertainty", &model]).stderr).into_owned();
    assert!(said.contains("knows no units"), "{said}");
    fs::write(&model, text(", unit = 'mm'")).unwrap();
    let found = answer(&city, &["uncertainty", &model, "--json"]);
    // y = w + x and z = x y rest on the same w and x: d = z − y has the components 2 − 1 and 5 − 1 (GTC's own example).
    close(number(output(&found, "d"), "standard_uncertainty"), 17.0_f64.sqrt(), 1e-12);
}

/// A file with every key of `from` must load for ever.
#[test]
fn the_golden_model_with_inputs_from_files_is_evaluated() {
    let city = City::founded();
    let model = root().join("schemas/golden/heng-model-1/inputs-from-files.toml").display().to_string();
    let found = answer(&city, &["uncertainty", &model, "--json"]);
    let ratio = output(&found, "ratio");
    close(number(ratio, "estimate"), 1.0 + 0.024 / 20_000.026, 1e-12);
    // u of the number, which is 0.1, is nearly all of it.
    close(number(ratio, "standard_uncertainty"), 0.1, 1e-9);
    assert_eq!(ratio["budget"].as_array().unwrap().len(), 9);
}
