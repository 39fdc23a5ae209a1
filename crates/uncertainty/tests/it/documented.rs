//! The keys that `docs/decisions-and-curves.md` shows are those that are read.

use heng_uncertainty::conformity::decision::{ConformityStatement, DecisionRule};
use heng_uncertainty::conformity::measured::Measured;
use heng_uncertainty::conformity::prior::Prior;
use heng_uncertainty::conformity::risk::GlobalRisk;
use heng_uncertainty::conformity::{AcceptanceInterval, ToleranceInterval};
use heng_uncertainty::curve::{CalibrationData, CalibrationUncertainty, calibration_line};
use serde::Deserialize;

#[derive(Deserialize)]
struct Shown {
    tolerance: ToleranceInterval,
    measured: Measured,
    rule: DecisionRule,
    global: GlobalRisk,
    data: CalibrationData,
}

fn page() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/decisions-and-curves.md")).unwrap()
}

#[test]
fn the_examples_of_the_page_are_read_and_computed() {
    let page = page();
    let blocks = page.split("```toml").skip(1).map(|rest| rest.split("```").next().unwrap());
    let shown: Shown = toml::from_str(&blocks.collect::<Vec<_>>().join("\n")).unwrap();
    let decision = shown.rule.decision(&shown.tolerance, &shown.measured).unwrap();
    assert_eq!(decision.statement, ConformityStatement::ConditionalPass);
    let simple = AcceptanceInterval::simple(&shown.global.tolerance);
    assert!((shown.global.risks(&simple).unwrap().consumers_risk - 0.008_019_111_884).abs() < 1e-12);
    assert!((calibration_line(&shown.data).unwrap().slope - 2.159_656_567).abs() < 1e-9);
}

/// Every name of a rule, a guard band, a prior and a kind of uncertainty in the tables of the page is one that is read.
#[test]
fn the_names_in_the_tables_of_the_page_are_read() {
    let page = page();
    let rows = |head: &str| {
        let table = page.split(head).nth(1).unwrap().split("\n\n").next().unwrap();
        let names = table.lines().skip(2).map(|line| line.split('`').nth(1).unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let rules = rows("| `rule` |");
    assert_eq!(rules.len(), 5);
    for rule in rules {
        for guard_band in ["by = \"risk\", target = 0.05", "by = \"width\", width = 1.0"] {
            let text = format!("rule = \"{rule}\"\nguard_band = {{ {guard_band} }}");
            assert!(toml::from_str::<DecisionRule>(&text).is_ok(), "{text}");
        }
    }
    let priors = rows("| `prior.distribution` |");
    assert_eq!(priors.len(), 6);
    for prior in priors {
        let keys = "mean = 1.0\nstandard_deviation = 1.0\nshape = 1.0\nscale = 1.0\nlocation = 0.0\nlow = 0.0\nmode = 1.0\nhigh = 2.0\nplaces = [[0.0, 0.0], [1.0, 1.0]]";
        let text = format!("distribution = \"{prior}\"\n{keys}");
        assert!(toml::from_str::<Prior>(&text).is_ok(), "{text}");
    }
    let kinds = rows("| `kind` |");
    assert_eq!(kinds.len(), 5);
    for kind in kinds {
        let keys =
            if kind == "covariance" { "y = [[1.0]]" } else { "ux = [0.1]\nuy = [1.0]\nscale = \"distribution\"" };
        let text = format!("kind = \"{kind}\"\n{keys}");
        assert!(toml::from_str::<CalibrationUncertainty>(&text).is_ok(), "{text}");
    }
}
