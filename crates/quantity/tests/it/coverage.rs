//! Coverage factors against their probabilities, and uncertainties in another form.

use heng_quantity::{Decimal, Distribution, RoundingRule, Uncertainty};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn codes(factor: &str, probability: &str, distribution: Option<Distribution>) -> Vec<String> {
    let uncertainty = Uncertainty::Expanded {
        value: decimal("0.1"),
        coverage_factor: decimal(factor),
        coverage_probability: decimal(probability),
        distribution,
    };
    uncertainty.findings(&decimal("1.0")).into_iter().map(|finding| finding.code).collect()
}

#[test]
fn usual_pairs_of_factor_and_probability_are_accepted() {
    let normal = Some(Distribution::Normal);
    let pairs = [("2", "0.95", None), ("2", "0.9545", normal), ("1.96", "0.95", normal), ("3", "0.997", normal)];
    for (factor, probability, distribution) in pairs {
        assert_eq!(codes(factor, probability, distribution), [""; 0], "{factor} {probability}");
    }
    assert_eq!(codes("1.65", "0.95", Some(Distribution::Uniform)), [""; 0]);
    assert_eq!(codes("1.41", "0.95", None), [""; 0], "arcsine");
    // JCGM 100:2008, table G.2: ν = 1 and ν = 8.
    assert_eq!(codes("12.71", "0.95", Some(Distribution::StudentT)), [""; 0]);
    assert_eq!(codes("3.36", "0.99", Some(Distribution::StudentT)), [""; 0]);
}

#[test]
fn impossible_pairs_of_factor_and_probability_are_found() {
    assert_eq!(codes("2", "0.5", None), ["coverage-factor-impossible"]);
    assert_eq!(codes("1", "0.95", None), ["coverage-factor-impossible"]);
    assert_eq!(codes("2", "0.99", Some(Distribution::Normal)), ["coverage-factor-impossible"]);
    assert_eq!(codes("2", "0.95", Some(Distribution::Uniform)), ["coverage-factor-impossible"]);
    assert_eq!(codes("1.9", "0.99", Some(Distribution::StudentT)), ["coverage-factor-impossible"]);
    assert_eq!(codes("2", "95", None), ["coverage-probability-range"]);
    assert_eq!(codes("0", "0", None), ["coverage-probability-range", "coverage-factor-not-positive"]);
}

#[test]
fn reversed_and_stray_intervals_and_negative_widths_are_found() {
    let interval = |lower: &str, upper: &str| Uncertainty::Interval {
        lower: decimal(lower),
        upper: decimal(upper),
        coverage_probability: decimal("0.95"),
        standard: Some(decimal("-1")),
        distribution: None,
    };
    let codes = |uncertainty: Uncertainty| -> Vec<String> {
        uncertainty.findings(&decimal("1.0")).into_iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(interval("2", "0")), ["uncertainty-negative", "interval-reversed"]);
    assert_eq!(codes(interval("2", "3")), ["uncertainty-negative", "interval-excludes-value"]);
    assert_eq!(codes(interval("0", "3")), ["uncertainty-negative"]);
}

#[test]
fn expanded_and_standard_uncertainty_convert_both_ways() {
    let expanded = Uncertainty::Expanded {
        value: decimal("0.25"),
        coverage_factor: decimal("2"),
        coverage_probability: decimal("0.95"),
        distribution: Some(Distribution::Normal),
    };
    let standard = expanded.to_standard(RoundingRule::Gum726).unwrap();
    assert_eq!(standard, Uncertainty::Standard { value: decimal("0.12"), distribution: Some(Distribution::Normal) });
    assert_eq!(expanded.standard_f64(), Some(0.125));
    let back = expanded.to_expanded(&decimal("3"), &decimal("0.997"), RoundingRule::Gum726Up).unwrap();
    assert!(matches!(back, Uncertainty::Expanded { value, .. } if value == decimal("0.38")));
}
