//! Uncertain numbers of other programs. The files are ours, in the layouts that those programs publish.

use heng_exchange::uncertain::Archive;
use heng_exchange::{gtc, unclib};
use heng_quantity::{Position, Severity};
use heng_uncertainty::Budget;

const ARCHIVE: &str = include_str!("uncertain/archive.json");
const OLD: &str = include_str!("uncertain/archive-before-1-5.json");
const ARRAY: &str = include_str!("uncertain/array.xml");

fn result<'a>(archive: &'a Archive, name: &str) -> &'a Budget {
    archive.budgets.result(Some(name)).unwrap()
}

fn close(found: f64, wanted: f64, digits: f64) {
    assert!((found - wanted).abs() <= digits, "{found}, not {wanted}");
}

fn codes(archive: &Archive) -> Vec<&str> {
    archive.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// The numbers w, x, y and z are those of GTC's own reference archives, which say u(y) = 1.4142135623730951 and u(z) = 5.385164807134504.
#[test]
fn an_archive_of_gtc_is_read_with_its_influences() {
    let archive = gtc::read(ARCHIVE.as_bytes());
    assert_eq!(archive.findings, []);
    archive.budgets.check().unwrap();
    let names: Vec<&str> = archive.budgets.results.iter().map(|budget| budget.result.as_str()).collect();
    assert_eq!(names, ["R", "sum_ab", "w", "x", "y", "z", "c.re", "c.im"]);
    close(result(&archive, "y").standard_uncertainty, std::f64::consts::SQRT_2, 1e-15);
    close(result(&archive, "z").standard_uncertainty, 5.385_164_807_134_504, 1e-15);
    assert_eq!(result(&archive, "z").estimate, 6.0);
    assert_eq!(result(&archive, "R").degrees_of_freedom, 4.0);
    // u² = 0.2² + 0.3² + 2 · 0.5 · 0.2 · 0.3; with correlated influences of finite ν there is no ν_eff.
    let sum = result(&archive, "sum_ab");
    close(sum.standard_uncertainty, 0.19_f64.sqrt(), 1e-15);
    assert!(sum.degrees_of_freedom.is_infinite());
    assert_eq!(archive.budgets.correlations.len(), 2);
    // A leaf is called by its label, else by the tag that it has itself.
    let label =
        |identity: &str| archive.budgets.influences.iter().find(|one| one.identity == identity).unwrap().label.clone();
    let leaf = |number: u8| label(&format!("gtc:(170141183460469231731687303715884105727, {number})"));
    assert_eq!([leaf(1), leaf(3), leaf(4)], ["w", "resistor", "a"]);
}

#[test]
fn an_archive_of_an_older_gtc_says_the_same() {
    let (new, old) = (gtc::read(ARCHIVE.as_bytes()), gtc::read(OLD.as_bytes()));
    assert_eq!(old.findings, []);
    assert_eq!(new.budgets.results, old.budgets.results);
    assert_eq!(new.budgets.correlations, old.budgets.correlations);
    // What looks like an infinite number within a text stays.
    assert!(old.budgets.influences.iter().any(|influence| influence.label == "Infinity \"1\""));
}

#[test]
fn what_is_wrong_with_an_archive_of_gtc_is_said() {
    let with = |from: &str, to: &str| {
        assert!(ARCHIVE.contains(from), "{from}");
        gtc::read(ARCHIVE.replacen(from, to, 1).as_bytes())
    };
    assert_eq!(codes(&with("json_1.5.0", "json_9.0.0")), ["gtc-version"]);
    assert_eq!(codes(&with("\"label\": null", "\"labels\": null")), ["archive-not-understood"]);
    assert_eq!(codes(&with("\"n_im\": \"c_im\"", "\"n_im\": \"c_arg\"")), ["gtc-part-missing"]);
    assert_eq!(codes(&with("105727, 5)\": 0.5", "105727, 5)\": 0.6")), ["gtc-correlation"]);
    assert_eq!(codes(&with("\"df\": 4.0", "\"df\": -4.0")), ["gtc-leaf"]);
    assert_eq!(codes(&with("\"CLASS\": \"Archive\"", "\"CLASS\": \"Context\"")), ["gtc-class"]);
    let broken = with("\"u\": 1.0", "\"u\": x");
    assert_eq!((codes(&broken), broken.findings[0].position.is_some()), (vec!["gtc-unreadable"], true));
    assert!(broken.budgets.results.is_empty());
    assert!(
        gtc::is_archive(ARCHIVE.as_bytes()) && gtc::is_archive(OLD.as_bytes()) && !gtc::is_archive(ARRAY.as_bytes())
    );
}

/// METAS UncLib's tutorial (M. Wollensack and M. Zeier): x6 = 1.5 ± 0.111803, x7 = 2.23047 ± 0.0960322, covariance −0.0092, r = −0.8546; the
/// contributions of the base inputs to x7 are 0.0511 and 0.0813.
#[test]
fn a_file_of_metas_unclib_is_read_with_its_inputs() {
    let archive = unclib::read(ARRAY.as_bytes());
    assert_eq!(archive.findings, []);
    archive.budgets.check().unwrap();
    let (x6, x7) = (result(&archive, "x[1]"), result(&archive, "x[2]"));
    assert_eq!(x6.estimate, 1.5);
    close(x6.standard_uncertainty, 0.111_803, 5e-7);
    close(x7.estimate, 2.230_47, 5e-6);
    close(x7.standard_uncertainty, 0.096_032_2, 5e-8);
    let covariance: f64 = x6
        .components
        .iter()
        .map(|one| one.component * x7.components.iter().find(|other| other.identity == one.identity).unwrap().component)
        .sum();
    close(covariance, -0.0092, 5e-5);
    close(covariance / (x6.standard_uncertainty * x7.standard_uncertainty), -0.8546, 5e-5);
    let labels: Vec<&str> = archive.budgets.influences.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["x1 & lead", "FE-DC-BA-98-76-54-32-10-FE-DC-BA-98-76-54-32-10"]);
    assert!(archive.budgets.influences.iter().all(|one| one.degrees_of_freedom.is_infinite()));
}

#[test]
fn what_is_wrong_with_a_file_of_unclib_is_said_with_its_place() {
    let with = |from: &str, to: &str| {
        assert!(ARRAY.contains(from), "{from}");
        let archive = unclib::read(ARRAY.replacen(from, to, 1).as_bytes());
        let [finding] = archive.findings.as_slice() else { panic!("{from}: {:?}", archive.findings) };
        (finding.code.clone(), finding.position, finding.severity)
    };
    let at = |line, column| Some(Position { line, column });
    assert_eq!(with("<int>2</int>", "<int>3</int>"), ("unclib-size".to_owned(), at(4, 3), Severity::Error));
    assert_eq!(with("<Value>1.5", "<Value>INF"), ("unclib-number".to_owned(), at(10, 7), Severity::Error));
    assert_eq!(with("<IDof>0<", "<IDof>-1<"), ("unclib-degrees".to_owned(), at(16, 13), Severity::Error));
    assert_eq!(with("<IDof>0<", "<IDof>0.1<").0, "unclib-input-differs");
    assert_eq!(with("<Id>01", "<Id>"), ("unclib-id".to_owned(), at(14, 13), Severity::Error));
    assert_eq!(with("<NDims>2</NDims>", "<Unit>V</Unit>").2, Severity::Warning);
    assert_eq!(with("</RealNArray>", "").0, "unclib-xml");
    let complex = unclib::read(ARRAY.replace("RealNArray", "ComplexNArray").as_bytes());
    assert_eq!(codes(&complex), ["unclib-root"]);
    let one = "<UncNumber><Value>2</Value><Dependencies /></UncNumber>";
    assert_eq!(unclib::read(one.as_bytes()).budgets.result(None).unwrap().standard_uncertainty, 0.0);
}
