//! Vector quantities: regions, and what makes a covariance matrix one.

use heng_quantity::{Decimal, Region, RegionShape, Reported, ReportedVector, RoundingRule, Uncertainty};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn vector(shape: RegionShape, covariance: [[&str; 2]; 2]) -> ReportedVector {
    let component =
        |value: &str| Reported { value: decimal(value), unit: "\\volt".parse().unwrap(), uncertainty: None };
    ReportedVector {
        components: vec![component("1.0"), component("2.0")],
        region: Some(Region {
            shape,
            covariance: covariance.map(|column| column.map(decimal).to_vec()).to_vec(),
            coverage_factor: decimal("2"),
            coverage_probability: decimal("0.86"),
            distribution: None,
        }),
    }
}

#[test]
fn a_point_is_in_the_ellipse_exactly_up_to_its_edge() {
    let ellipse = vector(RegionShape::Ellipsoidal, [["0.04", "0"], ["0", "0.09"]]);
    let contains = |x: &str, y: &str| ellipse.contains(&[decimal(x), decimal(y)]).unwrap();
    assert!(contains("1.4", "2.0"));
    assert!(!contains("1.400000000000000000001", "2.0"));
    assert!(contains("1.0", "2.6"));
    assert!(!contains("1.3", "2.5"));
    let rectangle = vector(RegionShape::Rectangular, [["0.04", "0"], ["0", "0.09"]]);
    assert!(rectangle.contains(&[decimal("1.4"), decimal("2.6")]).unwrap());
}

#[test]
fn a_fully_correlated_pair_allows_no_deviation_across() {
    let line = vector(RegionShape::Ellipsoidal, [["1", "1"], ["1", "1"]]);
    assert_eq!(line.findings(), []);
    assert_eq!(line.correlation(0, 1), Some(1.0));
    assert_eq!(line.contains(&[decimal("2.0"), decimal("3.0")]), Some(true));
    assert_eq!(line.contains(&[decimal("2.0"), decimal("1.0")]), Some(false));
}

#[test]
fn matrices_that_are_no_covariances_are_found() {
    let codes = |covariance| -> Vec<String> {
        vector(RegionShape::Ellipsoidal, covariance).findings().into_iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes([["1", "0.5"], ["0.4", "1"]]), ["covariance-asymmetric"]);
    assert_eq!(codes([["1", "2"], ["2", "1"]]), ["covariance-not-positive"]);
    assert_eq!(codes([["-1", "0"], ["0", "1"]]), ["covariance-not-positive"]);
    let mut short = vector(RegionShape::Ellipsoidal, [["1", "0"], ["0", "1"]]);
    short.components.pop();
    assert_eq!(short.findings().first().unwrap().code, "covariance-size");
}

#[test]
fn a_component_has_the_root_of_its_variance() {
    let ellipse = vector(RegionShape::Ellipsoidal, [["2", "0"], ["0", "0.09"]]);
    let uncertainty = ellipse.component(0, RoundingRule::Gum726).unwrap().uncertainty;
    assert_eq!(uncertainty, Some(Uncertainty::Standard { value: decimal("1.4"), distribution: None }));
    assert_eq!(ellipse.covariance_unit(0, 1).unwrap().unwrap().to_string(), "\\volt\\tothe{2}");
}
