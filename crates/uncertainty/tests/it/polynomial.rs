//! Polynomial calibration curves against certified values and sums of forty digits.

use heng_quantity::Unit;
use heng_uncertainty::curve::polynomial::{Choice, calibration_polynomial, calibration_polynomials};
use heng_uncertainty::curve::{CalibrationData, CalibrationUncertainty, CurveError, ScaleEstimate, calibration_line};
use heng_uncertainty::{Input, Model, evaluate_linear};

fn close(ours: f64, expected: f64, relative: f64) {
    assert!((ours - expected).abs() <= relative * expected.abs(), "ours {ours:.15e}, expected {expected:.15e}");
}

fn of_scatter(x: Vec<f64>, y: Vec<f64>) -> CalibrationData {
    let uncertainty = CalibrationUncertainty::Unknown { scale: ScaleEstimate::DegreesOfFreedom };
    CalibrationData { x, y, uncertainty }
}

fn eight() -> CalibrationData {
    CalibrationData {
        x: (0..8).map(f64::from).collect(),
        y: vec![0.9, 3.1, 6.8, 13.2, 20.7, 31.4, 42.6, 57.3],
        uncertainty: CalibrationUncertainty::Ordinates { uy: vec![0.2, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4, 0.5] },
    }
}

/// NIST StRD, Wampler1 and Wampler2: x = 0 … 20, all coefficients 1, or powers of 0.1.
#[test]
fn wampler() {
    for base in [1.0_f64, 0.1] {
        let x: Vec<f64> = (0..=20).map(f64::from).collect();
        let y = x.iter().map(|x| (0..=5).map(|power| (base * x).powi(power)).sum()).collect();
        let form = calibration_polynomial(&of_scatter(x, y), 5).unwrap().power_form();
        for (power, coefficient) in form.coefficients.iter().enumerate() {
            // NIST's log relative error: nine digits are excellent here.
            close(*coefficient, base.powi(power as i32), 1e-9);
        }
    }
}

/// Against normal equations of forty digits.
#[test]
fn weighted_polynomials_of_three_degrees() {
    let expected = [
        (
            1,
            vec![-3.572_323_258_864_75, 6.991_683_337_614_64],
            vec![0.141_154_522_911_564, 0.048_083_743_807_11],
            1_857.261_085_869_93,
        ),
        (
            2,
            vec![0.963_190_693_785_769, 0.980_479_977_948_218, 1.004_230_199_193_11],
            vec![0.176_155_310_469_307, 0.147_718_902_493_831, 0.023_333_905_991_255_1],
            5.044_934_226_980_85,
        ),
        (
            3,
            vec![0.929_789_835_041_435, 1.091_447_551_683_85, 0.954_291_155_892_021, 0.005_285_644_382_083_65],
            vec![0.192_379_030_008_21, 0.296_335_964_903_999, 0.117_941_630_600_225, 0.012_236_423_623_308],
            4.858_344_867_720_14,
        ),
    ];
    for (degree, coefficients, uncertainties, chi_squared) in expected {
        let curve = calibration_polynomial(&eight(), degree).unwrap();
        let form = curve.power_form();
        close(curve.chi_squared, chi_squared, 1e-11);
        for (power, (coefficient, u)) in coefficients.into_iter().zip(uncertainties).enumerate() {
            close(form.coefficients[power], coefficient, 1e-10);
            close(form.covariance[power][power].sqrt(), u, 1e-11);
        }
        let goodness = curve.goodness.unwrap();
        assert_eq!((goodness.accepted, goodness.degrees_of_freedom), (degree > 1, 7.0 - degree as f64));
    }
    close(calibration_polynomial(&eight(), 2).unwrap().power_form().covariance[0][1], -0.019_792_669_857_945_7, 1e-11);
}

#[test]
fn a_polynomial_of_degree_one_is_the_line() {
    let line = calibration_line(&eight()).unwrap();
    let curve = calibration_polynomial(&eight(), 1).unwrap();
    for x in [-1.0, 0.0, 2.5, 7.0] {
        let (one, other) = (line.response(x, 0.1).unwrap(), curve.response(x, 0.1).unwrap());
        close(one.value, other.value, 1e-12);
        close(one.standard_uncertainty, other.standard_uncertainty, 1e-12);
    }
    let (one, other) = (line.stimulus(20.0, 0.3).unwrap(), curve.stimulus(20.0, 0.3).unwrap());
    close(one.value, other.value, 1e-12);
    close(one.standard_uncertainty, other.standard_uncertainty, 1e-12);
}

/// The parabola is needed, the cubic is not: by both criteria.
#[test]
fn the_degree_that_the_points_ask_for() {
    for choice in [Choice::FTest, Choice::Aicc] {
        let (candidates, place) = calibration_polynomials(&eight(), 5, choice).unwrap();
        assert_eq!(candidates[place].curve.degree(), 2, "{choice:?}");
        // χ² + 2k + 2k(k + 1)/(m − k − 1) with k = 3, m = 8.
        close(candidates[1].aicc.unwrap(), 5.044_934_226_980_85 + 6.0 + 6.0, 1e-11);
        let (f, _) = candidates[2].f_test.unwrap();
        close(f, (5.044_934_226_980_85 - 4.858_344_867_720_14) / (4.858_344_867_720_14 / 4.0), 1e-10);
    }
}

#[test]
fn reading_a_curve_back() {
    let curve = calibration_polynomial(&eight(), 2).unwrap();
    let y = curve.response(4.3, 0.0).unwrap();
    let x = curve.stimulus(y.value, 0.5).unwrap();
    close(x.value, 4.3, 1e-13);
    // By hand: the slope there is p₁ + 2 p₂ x.
    let slope = 0.980_479_977_948_218 + 2.0 * 1.004_230_199_193_11 * 4.3;
    close(x.standard_uncertainty, y.standard_uncertainty.hypot(0.5) / slope, 1e-10);
    for end in [0.0, 7.0] {
        let y = curve.response(end, 0.0).unwrap().value;
        assert!((curve.stimulus(y, 0.1).unwrap().value - end).abs() < 1e-12);
    }
    assert_eq!(curve.stimulus(1000.0, 0.1), Err(CurveError::NotInvertible { times: 0 }));
    let valley = of_scatter(vec![-2.0, -1.0, 0.0, 1.0, 2.0], vec![4.1, 1.0, 0.0, 1.1, 3.9]);
    let valley = calibration_polynomial(&valley, 2).unwrap();
    assert_eq!(valley.stimulus(2.0, 0.1), Err(CurveError::NotInvertible { times: 2 }));
}

/// As a step of a model the curve gives what it gives itself.
#[test]
fn a_curve_is_a_step_of_a_model() {
    let curve = calibration_polynomial(&eight(), 2).unwrap();
    let (volt, kelvin): (Unit, Unit) = (r"\volt".parse().unwrap(), r"\kelvin".parse().unwrap());
    let (mut inputs, correlations) = curve.inputs(&["p0", "p1", "p2"], &volt, &kelvin).unwrap();
    inputs.push(Input::standard("x", 4.3, kelvin.clone(), 0.05, f64::INFINITY));
    let model = Model::parse("y = p0 + p1*x + p2*x^2").unwrap();
    let evaluation = evaluate_linear(&model, &inputs, &correlations).unwrap();
    let (ours, direct) = (&evaluation.only().unwrap().estimate, curve.response(4.3, 0.05).unwrap());
    close(ours.value, direct.value, 1e-12);
    close(ours.standard_uncertainty, direct.standard_uncertainty, 1e-9);
    assert_eq!(ours.unit, volt);
    assert!(curve.inputs(&["p0"], &volt, &kelvin).is_err());
}

#[test]
fn bad_points_give_no_polynomial() {
    let fit = |x: Vec<f64>, degree| calibration_polynomial(&of_scatter(x.clone(), x), degree).map(|_| ()).unwrap_err();
    assert_eq!(fit(vec![1.0, 2.0, 3.0], 2), CurveError::TooFew { needed: 4, found: 3 });
    assert_eq!(fit(vec![1.0, 1.0, 2.0, 2.0], 2), CurveError::NoSpread { needed: 3, found: 2 });
    assert_eq!(fit(vec![1.0, 2.0, 3.0], 0), CurveError::Degree { greatest: 20 });
    assert_eq!(fit(vec![1.0, f64::INFINITY, 3.0], 1), CurveError::NotFinite { what: "x", place: 1 });
    let in_x = CalibrationUncertainty::Coordinates { ux: vec![0.1; 8], uy: vec![0.1; 8], uxy: Vec::new() };
    assert!(calibration_polynomial(&CalibrationData { uncertainty: in_x, ..eight() }, 2).is_err());
}
