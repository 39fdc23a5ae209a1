//! Results through files: correlated by what they share, and found to be what they were computed from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use heng_checker::budget_file::{FORMAT, InputFile};
use heng_checker::budgets::budgets;
use heng_checker::bundle::encoded;
use heng_checker::{Answer, Bounds, BudgetFile, Given, Outcome, Report, check, check_within};
use heng_uncertainty::{Budget, Budgets, ModelFile, evaluate_linear};
use proptest::prelude::*;
use serde_json::Value;

#[path = "../../../statement/tests/it/schema.rs"]
#[allow(dead_code)]
mod schema;

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

fn golden() -> Vec<u8> {
    std::fs::read(schemas().join("golden/heng-budget-1/difference.json")).unwrap()
}

/// The bytes that a model's results are written as, from the bytes of the files that it names.
fn written(model: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: BTreeMap<String, Vec<u8>> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    BudgetFile::made(model, &files).unwrap().to_bytes().unwrap()
}

fn result(budgets: &Budgets, name: &str) -> Budget {
    budgets.result(Some(name)).unwrap().clone()
}

fn near(found: f64, wanted: f64) -> bool {
    found == wanted || (found - wanted).abs() <= 1e-9 * wanted.abs().max(1e-6)
}

/// An input: its estimate, its u and its ν.
type Known = (f64, f64, u8);

fn input((estimate, u, degrees): Known) -> String {
    format!("value = '{estimate} g'\nstandard_uncertainty = '{u} g'\ndegrees_of_freedom = {degrees}\n")
}

fn known() -> impl Strategy<Value = Known> {
    ((-400_i32..400).prop_map(|x| f64::from(x) / 4.0), (1_u32..200).prop_map(|u| f64::from(u) / 64.0), 2_u8..60)
}

proptest! {
    /// Standards, two results that rest on some of them, and what is found from both: in three stages through files, it is what one model with all
    /// the inputs gives. So are u, ν_eff and each line of the budget.
    #[test]
    fn what_results_share_they_share_through_files(
        standards in prop::collection::vec((known(), -3_i8..4, -3_i8..4), 1..5),
        own in (known(), known()),
        minutes in any::<bool>(),
    ) {
        let count = standards.len();
        let numbered = |of: &dyn Fn(usize) -> String, by: &str| (0..count).map(of).collect::<Vec<_>>().join(by);
        let terms = |of: &dyn Fn(&(Known, i8, i8)) -> i8, name: &str| {
            numbered(&|i| format!("({})*{name}{i}", of(&standards[i])), " + ")
        };
        let (in_a, in_b) = (|one: &(Known, i8, i8)| one.1, |one: &(Known, i8, i8)| one.2);
        let last = if minutes { "d = a - b" } else { "d = a*b/1[g] + a - 2*b" };

        let head = "format = 'heng-model/1'\n";
        let first = format!(
            "{head}model = '{}'\n{}",
            numbered(&|i| format!("s{i} = 1*x{i}"), "; "),
            numbered(&|i| format!("[inputs.x{i}]\n{}", input(standards[i].0)), "")
        );
        let first = written(&first, &[]);
        let stage = |name: &str, of: &dyn Fn(&(Known, i8, i8)) -> i8, own: Known| {
            let taken = numbered(&|i| format!("[inputs.s{i}]\nfrom = {{ file = 'first', result = 's{i}' }}\n"), "");
            let text = format!("{head}model = '{name} = {} + p'\n{taken}[inputs.p]\n{}", terms(of, "s"), input(own));
            written(&text, &[("first", &first)])
        };
        let (a, b) = (stage("a", &in_a, own.0), stage("b", &in_b, own.1));
        let text = format!("{head}model = '{last}'\n[inputs.a]\nfrom = {{ file = 'a' }}\n[inputs.b]\nfrom = {{ file = 'b' }}\n");
        let staged = result(&budgets(&written(&text, &[("a", &a), ("b", &b)])).unwrap(), "d");

        let text = format!(
            "{head}model = 'a = {} + p; b = {} + q; {last}'\n{}[inputs.p]\n{}[inputs.q]\n{}",
            terms(&in_a, "x"),
            terms(&in_b, "x"),
            numbered(&|i| format!("[inputs.x{i}]\n{}", input(standards[i].0)), ""),
            input(own.0),
            input(own.1)
        );
        let at_once = ModelFile::parse(&text).unwrap();
        let at_once = evaluate_linear(&at_once.model, &at_once.inputs, &at_once.correlations).unwrap();
        let at_once = at_once.only().unwrap();
        prop_assert!(near(staged.estimate, at_once.estimate.value));
        prop_assert!(near(staged.standard_uncertainty, at_once.estimate.standard_uncertainty));
        prop_assert!(near(staged.degrees_of_freedom, at_once.estimate.degrees_of_freedom));
        let mut lines: Vec<f64> = at_once.budget.iter().map(|line| line.contribution).filter(|one| *one > 1e-9).collect();
        let mut components: Vec<f64> =
            staged.components.iter().map(|one| one.component.abs()).filter(|one| *one > 1e-9).collect();
        lines.sort_by(f64::total_cmp);
        components.sort_by(f64::total_cmp);
        prop_assert_eq!(lines.len(), components.len());
        prop_assert!(lines.iter().zip(&components).all(|(line, component)| near(*component, *line)));

        // And a result less itself is nothing.
        let text = format!("{head}model = 'zero = a - b'\n[inputs.a]\nfrom = {{ file = 'a' }}\n[inputs.b]\nfrom = {{ file = 'a' }}\n");
        let zero = result(&budgets(&written(&text, &[("a", &a)])).unwrap(), "zero");
        prop_assert_eq!((zero.estimate, zero.standard_uncertainty, zero.components), (0.0, 0.0, vec![]));
    }
}

#[test]
fn the_golden_result_is_read_and_computed_again() {
    let file = BudgetFile::parse(&golden()).unwrap();
    assert_eq!(file.computed_again().unwrap(), file);
    let reports = check(&[Given { name: "difference.json", bytes: &golden() }], None).unwrap();
    // The difference, both weights, and the standard that both were calibrated with.
    assert_eq!(reports.len(), 4);
    for report in &reports {
        assert_eq!(report.answer(), Answer::CannotCheck, "{report:?}");
        let open: Vec<&str> =
            report.checks.iter().filter(|check| check.outcome != Outcome::Passed).map(|check| check.name).collect();
        assert_eq!(open, ["signature"]);
    }
    let found: Vec<String> = file
        .budgets
        .results
        .iter()
        .map(|budget| format!("{} = {} ± {}\n", budget.result, budget.estimate, budget.standard_uncertainty))
        .collect();
    insta::assert_snapshot!(found.concat());
}

#[test]
fn the_published_schema_describes_the_golden_result() {
    let schema: Value = serde_json::from_slice(&std::fs::read(schemas().join("budget-1.json")).unwrap()).unwrap();
    let value: Value = serde_json::from_slice(&golden()).unwrap();
    assert_eq!(schema::faults(&schema, &value), Vec::<String>::new());
    for path in schema::members(&value).iter().filter(|path| !path.ends_with("/distribution")) {
        let mut changed = value.clone();
        changed.pointer_mut(path).unwrap().as_object_mut().unwrap().insert("未知".to_owned(), Value::from(1));
        assert!(!schema::faults(&schema, &changed).is_empty(), "an unknown member passes in {path:?}");
        assert!(serde_json::from_value::<BudgetFile>(changed).is_err(), "an unknown member is read in {path:?}");
    }
}

#[test]
fn what_was_changed_in_a_result_is_not_read_or_not_the_same() {
    let text = String::from_utf8(golden()).unwrap();
    let code = |text: &str| BudgetFile::parse(text.as_bytes()).map_err(|finding| finding.code);
    assert_eq!(code(&text.replacen("{\"budgets\"", "{ \"budgets\"", 1)), Err("budget-not-canonical".to_owned()));
    assert_eq!(code(&text.replace("heng-budget/1", "heng-budget/9")), Err("budget-format".to_owned()));
    let (before, after) = text.rsplit_once("\"standard_uncertainty\":\"0.0").unwrap();
    assert!(code(&format!("{before}\"standard_uncertainty\":\"0.1{after}")).is_err());
    let without = {
        let mut file = BudgetFile::parse(text.as_bytes()).unwrap();
        file.files.pop();
        file
    };
    assert_eq!(without.computed_again().map_err(|finding| finding.code), Err("budget-input-missing".to_owned()));
}

/// What was certified before budgets had identities is an influence of its own.
#[test]
fn a_certificate_without_identities_is_one_influence() {
    let bundle = std::fs::read(schemas().join("golden/heng-bundle-1/e2-weights.heng")).unwrap();
    let found = budgets(&bundle).unwrap();
    found.check().unwrap();
    assert!(!found.results.is_empty());
    for budget in &found.results {
        let [only] = budget.components.as_slice() else { panic!("{budget:?}") };
        assert!(only.identity.starts_with("statement:") && only.identity.ends_with(&format!("#{}", budget.result)));
        assert!(near(only.component, budget.standard_uncertainty));
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}

/// A file whose model cannot be read, with a file inside that is called by several names.
fn around(inner: &[&[u8]], names: usize) -> Vec<u8> {
    let named = |bytes: &&[u8]| {
        let sha256 = sha256(bytes);
        (0..names)
            .map(|name| InputFile { file: format!("{name} {sha256}"), sha256: sha256.clone() })
            .collect::<Vec<_>>()
    };
    let file = BudgetFile {
        format: FORMAT.to_owned(),
        model: "x".to_owned(),
        budgets: Budgets::default(),
        inputs: inner.iter().flat_map(named).collect(),
        files: inner.iter().map(|bytes| encoded(bytes)).collect(),
    };
    file.to_bytes().unwrap()
}

fn reports(bytes: &[u8], bounds: &Bounds) -> Vec<Report> {
    check_within(&[Given { name: "budget.json", bytes }], None, bounds).unwrap()
}

fn reason(report: &Report, name: &str) -> (Outcome, String) {
    let check = report.checks.iter().find(|check| check.name == name).unwrap();
    (check.outcome, check.reason.code.clone())
}

#[test]
fn a_file_that_is_named_many_times_is_opened_once() {
    let mut bytes = around(&[], 0);
    for _ in 0..7 {
        bytes = around(&[&bytes], 3);
    }
    assert_eq!(reports(&bytes, &Bounds::NONE).len(), 8);
    let opened = BudgetFile::parse(&bytes).unwrap().opened().unwrap();
    assert_eq!(opened.count(), 3);
    let places: Vec<*const u8> = opened.files().map(|(.., bytes)| bytes.as_ptr()).collect();
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "a copy for each name");
}

#[test]
fn no_more_files_are_opened_than_the_bounds_allow() {
    let inner: Vec<Vec<u8>> = (0..5).map(|count| around(&[format!("file {count}").as_bytes()], 1)).collect();
    let inner: Vec<&[u8]> = inner.iter().map(Vec::as_slice).collect();
    let bytes = around(&inner, 1);
    assert_eq!(reports(&bytes, &Bounds::NONE).len(), 6);
    // A file of a result, and the one in it, which is none of those that have a report; then there are no more.
    let few = reports(&bytes, &Bounds { files: 2, ..Bounds::NONE });
    assert_eq!(few.len(), 3);
    assert_eq!(reason(&few[2], "bundle"), (Outcome::NotPossible, "budget-more-files".to_owned()));
    assert_ne!(few[2].answer(), Answer::Trusted);
}

#[test]
fn a_model_that_asks_for_more_than_the_bounds_is_not_computed_and_not_called_false() {
    let lines: String = (0..30).map(|place| format!("y{place} = a{place}\n")).collect();
    let inputs: String = (0..30).map(|place| format!("[inputs.a{place}]\nvalue = '1 m'\nexact = true\n")).collect();
    let many = written(&format!("format = 'heng-model/1'\nmodel = \"\"\"\n{lines}\"\"\"\n{inputs}"), &[]);
    let computed = |bytes: &[u8], bounds: Bounds| {
        let report = reports(bytes, &bounds).remove(0);
        let check = report.checks.iter().find(|check| check.name == "uncertainty").unwrap();
        (check.outcome, check.reason.data.get("code").cloned().unwrap_or_default())
    };
    let beyond = |code: &str| (Outcome::NotPossible, code.to_owned());
    assert_eq!(computed(&many, Bounds::NONE).0, Outcome::Passed);
    assert_eq!(
        computed(&many, Bounds { inputs: 30, results: 30, operations: 1_000, ..Bounds::NONE }).0,
        Outcome::Passed
    );
    assert_eq!(computed(&many, Bounds { text: 100, ..Bounds::NONE }), beyond("model-text-too-long"));
    assert_eq!(computed(&many, Bounds { inputs: 29, ..Bounds::NONE }), beyond("model-too-many-inputs"));
    assert_eq!(computed(&many, Bounds { results: 29, ..Bounds::NONE }), beyond("model-too-many-results"));
    assert_eq!(computed(&many, Bounds { operations: 29, ..Bounds::NONE }), beyond("model-too-much-work"));
    // The influences behind inputs from files are inputs too.
    assert_eq!(computed(&golden(), Bounds { inputs: 2, ..Bounds::NONE }), beyond("model-too-many-inputs"));
    // All models of a file take from the same bounds.
    let all = reports(&golden(), &Bounds { operations: 20, ..Bounds::NONE });
    let left = all.iter().filter(|report| reason(report, "uncertainty").1 == "budget-beyond-bounds").count();
    assert!(left > 0 && left < all.len(), "{left} of {}", all.len());
}
