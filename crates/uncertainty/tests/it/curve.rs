//! Straight-line calibration functions of ISO/TS 28037:2010: the book's digits and ours.

use heng_quantity::Unit;
use heng_uncertainty::curve::{
    CalibrationData, CalibrationLine, CalibrationUncertainty, CurveError, ScaleEstimate, calibration_line,
};
use heng_uncertainty::least_squares::straight_line;
use heng_uncertainty::special::normal;
use heng_uncertainty::{Input, Model, evaluate_linear};
use proptest::prelude::*;

use CalibrationUncertainty::{Coordinates, Covariance, Ordinates, Proportional, Unknown};

fn close(ours: f64, expected: f64, relative: f64) {
    assert!((ours - expected).abs() <= relative * expected.abs(), "ours {ours:.15e}, expected {expected:.15e}");
}

fn fitted(x: &[f64], y: &[f64], uncertainty: CalibrationUncertainty) -> CalibrationLine {
    calibration_line(&CalibrationData { x: x.to_vec(), y: y.to_vec(), uncertainty }).unwrap()
}

/// a, b, u(a), u(b), cov(a, b), χ².
fn has(line: &CalibrationLine, expected: [f64; 6], relative: f64) {
    let ours = [
        line.intercept,
        line.slope,
        line.intercept_uncertainty,
        line.slope_uncertainty,
        line.covariance,
        line.chi_squared,
    ];
    for (ours, expected) in ours.into_iter().zip(expected) {
        close(ours, expected, relative);
    }
}

const SIX: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
const X7: [f64; 6] = [1.2, 1.9, 2.9, 4.0, 4.7, 5.9];
const Y7: [f64; 6] = [3.4, 4.4, 7.2, 8.5, 10.8, 13.5];
const UY7: [f64; 6] = [0.2, 0.2, 0.2, 0.4, 0.4, 0.4];

/// ISO/TS 28037:2010, 6.3, example 1, 11.1 and 11.2. Published: a = 1.867, b = 1.757, u(a) = 0.465, u(b) = 0.120, cov = −0.050,
/// χ² = 1.665 ≤ 9.488; x(10.5) = 4.913, u = 0.322; y(3.5) = 8.017, u = 0.406.
#[test]
fn equal_known_weights() {
    let line = fitted(&SIX, &[3.3, 5.6, 7.1, 9.3, 10.7, 12.1], Ordinates { uy: vec![0.5; 6] });
    let expected =
        [1.866_666_666_666_667, 1.757_142_857_142_857, 0.465_474_668_1, 0.119_522_860_9, -0.05, 1.664_761_904_761_905];
    has(&line, expected, 1e-9);
    let goodness = line.goodness.unwrap();
    assert_eq!((goodness.degrees_of_freedom, goodness.accepted), (4.0, true));
    close(goodness.quantile, 9.487_729_036_781_154, 1e-13);
    let stimulus = line.stimulus(10.5, 0.5).unwrap();
    close(stimulus.value, 4.913_279_133, 1e-9);
    close(stimulus.standard_uncertainty, 0.322_035_560_1, 1e-9);
    let response = line.response(3.5, 0.2).unwrap();
    close(response.value, 8.016_666_666_666_667, 1e-14);
    close(response.standard_uncertainty, 0.406_409_531_7, 1e-9);
    assert_eq!(response.degrees_of_freedom, None);
}

/// ISO/TS 28037:2010, 6.3, example 2. Published: a = 0.885, b = 2.057, u(a) = 0.530, u(b) = 0.178, cov = −0.082, χ² = 4.131;
/// x(10.5, u = 1) = 4.674, u = 0.533.
#[test]
fn unequal_known_weights() {
    let uy = vec![0.5, 0.5, 0.5, 1.0, 1.0, 1.0];
    let line = fitted(&SIX, &[3.2, 4.3, 7.6, 8.6, 11.7, 12.8], Ordinates { uy });
    // In fractions: D = 474, a = 1049/1185, b = 325/158, cov = −13/158.
    let expected = [
        1049.0 / 1185.0,
        325.0 / 158.0,
        0.529_708_143_508_836_4,
        0.177_892_016_741_205,
        -13.0 / 158.0,
        4.130_801_687_763_713_5,
    ];
    has(&line, expected, 1e-13);
    let stimulus = line.stimulus(10.5, 1.0).unwrap();
    close(stimulus.value, 4.674_256_410_256_41, 1e-13);
    close(stimulus.standard_uncertainty, 0.533_180_902_231_293_6, 1e-13);
    assert!(line.goodness.unwrap().accepted);
}

/// ISO/TS 28037:2010, annex E. Published: a = 1.172, b = 1.964; with m − 2: u(a) = 0.159, u(b) = 0.041; with m − 4: 0.225, 0.058.
#[test]
fn unknown_equal_weights() {
    let y = [3.014, 5.225, 7.004, 9.061, 11.201, 12.762];
    for (scale, sigma, of_intercept, of_slope, covariance) in [
        (ScaleEstimate::DegreesOfFreedom, 0.170_659_226, 0.158_875_093_2, 0.040_795_357_88, -0.005_824_914_286),
        (ScaleEstimate::Distribution, 0.241_348_592, 0.224_683_311_5, 0.057_693_348_39, -0.011_649_828_57),
    ] {
        let line = fitted(&SIX, &y, Unknown { scale });
        close(line.scale.unwrap(), sigma, 1e-8);
        has(&line, [1.172, 1.963_571_428_571, of_intercept, of_slope, covariance, 0.116_498_285_7], 1e-9);
        assert_eq!(line.goodness, None);
        let known = scale == ScaleEstimate::DegreesOfFreedom;
        assert_eq!(line.degrees_of_freedom, known.then_some(4.0));
        // The proportions alone are the same question.
        let other = fitted(&SIX, &y, Proportional { uy: vec![7.0; 6], scale });
        close(other.slope_uncertainty, line.slope_uncertainty, 1e-13);
        close(other.scale.unwrap() * 7.0, line.scale.unwrap(), 1e-13);
    }
}

/// The same points with proportions: R's `lm(y ~ x, weights = 1/u^2)` and its `vcov` have these digits.
#[test]
fn proportional_weights() {
    let uy = vec![0.2, 0.2, 0.2, 0.4, 0.4, 0.4];
    let scale = ScaleEstimate::DegreesOfFreedom;
    let line = fitted(&SIX, &[3.014, 5.225, 7.004, 9.061, 11.201, 12.762], Proportional { uy, scale });
    for (ours, printed) in [
        (line.intercept, 1.137_54),
        (line.slope, 1.972_64),
        (line.intercept_uncertainty, 0.122_61),
        (line.slope_uncertainty, 0.041_18),
        (line.covariance, -0.004_408_553),
    ] {
        assert!((ours - printed).abs() < 5.1e-6, "ours {ours}, printed {printed}");
    }
    // Were they known, and not only their proportions.
    close(line.intercept_uncertainty / line.scale.unwrap(), 0.211_883_26, 1e-7);
    close(line.slope_uncertainty / line.scale.unwrap(), 0.071_156_81, 1e-7);
}

#[test]
fn the_columns_of_a_table_say_which_fit_is_meant() {
    let data = |ux: &[f64], uy: &[f64]| {
        CalibrationData::of_columns(X7.to_vec(), Y7.to_vec(), ux.to_vec(), uy.to_vec(), Vec::new())
    };
    let both = calibration_line(&data(&[0.2; 6], &UY7)).unwrap();
    close(both.slope, 2.159_656_567_399_3, 1e-12);
    assert_eq!(calibration_line(&data(&[], &UY7)).unwrap(), fitted(&X7, &Y7, Ordinates { uy: UY7.to_vec() }));
    assert_eq!(calibration_line(&data(&[], &[])).unwrap(), CalibrationLine::of_scatter(&X7, &Y7).unwrap());
    // With exact y the line is that of x over y, turned round.
    let turned = fitted(&Y7, &X7, Ordinates { uy: vec![0.2; 6] });
    close(calibration_line(&data(&[0.2; 6], &[])).unwrap().slope, 1.0 / turned.slope, 1e-12);
}

/// ISO/TS 28037:2010, 7.4. Published: a = 0.5788, b = 2.1597, u(a) = 0.4764, u(b) = 0.1355, cov = −0.0577, χ² = 2.743 ≤ 9.488.
#[test]
fn uncertainties_in_both_coordinates() {
    let line = fitted(&X7, &Y7, Coordinates { ux: vec![0.2; 6], uy: UY7.to_vec(), uxy: Vec::new() });
    let expected = [
        0.578_822_122_149_5,
        2.159_656_567_399_3,
        0.476_420_629_621_78,
        0.135_547_927_467_51,
        -0.057_716_939_098_51,
        2.742_676_789_731,
    ];
    has(&line, expected, 1e-12);
    let response = line.response(3.5, 0.2).unwrap();
    close(response.value, 8.137_620_108, 1e-9);
    close(response.standard_uncertainty, 0.484_349_976_8, 1e-9);
}

/// ISO/TS 28037:2010, clause 8, the points of 7.4 with cov(xᵢ, yᵢ) = 0.036: digits of a minimization with forty.
#[test]
fn correlated_coordinates_of_a_point() {
    let line = fitted(&X7, &Y7, Coordinates { ux: vec![0.2; 6], uy: UY7.to_vec(), uxy: vec![0.036; 6] });
    let expected = [
        0.581_591_867_669_06,
        2.169_995_466_595,
        0.285_644_798_121_4,
        0.090_191_286_306_79,
        -0.022_837_312_350_19,
        6.482_691_314_400_7,
    ];
    has(&line, expected, 1e-12);
}

/// ISO/TS 28037:2010, clause 9. Published: a = −0.6456, b = 2.2014, u(a) = 1.2726, u(b) = 0.2015, χ² = 2.074.
#[test]
fn correlated_ordinates() {
    let x: Vec<f64> = (1..=10).map(f64::from).collect();
    let y = [1.3, 4.1, 6.9, 7.5, 10.2, 12.0, 14.5, 17.1, 19.5, 21.0];
    let entry = |i: usize, j: usize| match (i / 5, j / 5, i == j) {
        (0, 0, true) => 2.0,
        (0, 0, false) => 1.0,
        (1, 1, true) => 5.0,
        (1, 1, false) => 4.0,
        _ => 0.0,
    };
    let matrix = (0..10).map(|i| (0..10).map(|j| entry(i, j)).collect()).collect();
    let line = fitted(&x, &y, Covariance { x: Vec::new(), y: matrix, xy: Vec::new() });
    let expected = [
        -0.645_563_909_774_44,
        2.201_353_383_458_6,
        1.272_614_974_051_6,
        0.201_498_148_277_84,
        -0.166_917_293_233_08,
        2.073_954_887_218,
    ];
    has(&line, expected, 1e-12);
}

/// ISO/TS 28037:2010, clause 10. Published: a = 0.3424, b = 1.0012, u(a) = 2.0569, u(b) = 0.0090, cov = −0.0129, χ² = 1.772.
#[test]
fn correlated_coordinates_of_all_points() {
    let x = [50.4, 99.0, 149.9, 200.4, 248.5, 299.7, 349.1];
    let y = [52.3, 97.8, 149.7, 200.1, 250.4, 300.9, 349.2];
    let of_x: [[f64; 7]; 7] = [
        [0.5, 0.0, 0.25, 0.0, 0.25, 0.0, 0.25],
        [0.0, 1.25, 1.0, 0.0, 0.0, 1.0, 1.0],
        [0.25, 1.0, 1.5, 0.0, 0.25, 1.0, 1.25],
        [0.0, 0.0, 0.0, 1.25, 1.0, 1.0, 1.0],
        [0.25, 0.0, 0.25, 1.0, 1.5, 1.0, 1.25],
        [0.0, 1.0, 1.0, 1.0, 1.0, 2.25, 2.0],
        [0.25, 1.0, 1.25, 1.0, 1.25, 2.0, 2.5],
    ];
    let of_y = (0..7).map(|i| (0..7).map(|j| if i == j { 5.0 } else { 1.0 }).collect()).collect();
    let uncertainty = Covariance { x: of_x.iter().map(|row| row.to_vec()).collect(), y: of_y, xy: Vec::new() };
    let line = fitted(&x, &y, uncertainty);
    let expected = [
        0.342_400_827_445_11,
        1.001_230_762_822_4,
        2.056_922_050_116,
        0.009_011_630_980_625_4,
        -0.012_883_198_242_919,
        1.771_847_450_91,
    ];
    has(&line, expected, 1e-10);
    assert_eq!(line.goodness.unwrap().degrees_of_freedom, 5.0);
}

/// Covariances between every pair of ten values, against a minimization over all true values with forty digits.
#[test]
fn coordinates_correlated_with_each_other() {
    let band = [0.01, -0.002, 0.002, 0.002, -0.002, 0.0, -0.002, 0.002, 0.002, -0.002];
    let entry = |i: usize, j: usize| band[(j + 10 - i) % 10];
    let part = |rows: usize, columns: usize| -> Vec<Vec<f64>> {
        (0..5).map(|i| (0..5).map(|j| entry(rows + i, columns + j)).collect()).collect()
    };
    let uncertainty = Covariance { x: part(0, 0), y: part(5, 5), xy: part(0, 5) };
    let line = fitted(&[1.0, 2.0, 3.0, 4.0, 5.0], &[2.1, 3.9, 6.2, 7.8, 10.1], uncertainty);
    let expected = [
        0.041_929_116_710_376,
        1.992_690_294_429_9,
        0.229_369_940_008_36,
        0.068_854_871_658_848,
        -0.014_222_980_053_469,
        1.988_769_477_338_5,
    ];
    has(&line, expected, 1e-10);
}

/// Mathioulakis and Belessiotis, a thermometer against a standard: χ² = 23.5 is above the 95 % quantile of 15.5, so that the line is refused.
#[test]
fn a_line_that_does_not_fit_is_refused() {
    let x = [0.0010, 10.0867, 20.2531, 30.3477, 40.6713, 50.8418, 60.9435, 71.1146, 81.3378, 91.5948];
    let ux = vec![0.0175, 0.0186, 0.0183, 0.0186, 0.0188, 0.0191, 0.0202, 0.0204, 0.0210, 0.0217];
    let y = [0.1335, 9.9303, 19.8774, 29.8626, 39.8619, 49.8241, 59.7264, 69.6918, 79.6740, 89.7215];
    let uy = vec![0.0106, 0.0107, 0.0108, 0.0110, 0.0113, 0.0115, 0.0098, 0.0101, 0.0104, 0.0107];
    let line = fitted(&x, &y, Coordinates { ux, uy, uxy: Vec::new() });
    let expected = [
        0.099_034_242_068_824,
        0.978_396_412_506_71,
        0.012_307_232_035_968,
        0.000_236_642_015_802_51,
        -2.415_177_158_789_1e-6,
        23.549_210_404_202,
    ];
    has(&line, expected, 1e-10);
    let goodness = line.goodness.unwrap();
    assert!(!goodness.accepted && goodness.probability < 0.003);
    close(goodness.quantile, 15.507_313_055_865_453, 1e-12);
}

/// Pearson's points with York's weights. Published: a = 5.479 910 22, b = −0.480 533 407.
#[test]
fn pearson_with_the_weights_of_york() {
    let root = |weights: &[f64]| weights.iter().map(|weight: &f64| 1.0 / weight.sqrt()).collect::<Vec<_>>();
    let ux = root(&[1000.0, 1000.0, 500.0, 800.0, 200.0, 80.0, 60.0, 20.0, 1.8, 1.0]);
    let uy = root(&[1.0, 1.8, 4.0, 8.0, 20.0, 20.0, 70.0, 70.0, 100.0, 500.0]);
    let x = [0.0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4];
    let y = [5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5];
    let line = fitted(&x, &y, Coordinates { ux, uy, uxy: Vec::new() });
    close(line.intercept, 5.479_910_224_032_9, 1e-12);
    close(line.slope, -0.480_533_407_446_2, 1e-12);
    close(line.chi_squared, 11.866_353_194_061, 1e-12);
    close(line.slope_uncertainty, 0.057_985_009_000_774, 1e-12);
}

/// Eurachem/CITAC CG 4, A5, cadmium by atomic absorption. Published: B₀ = 0.0087, B₁ = 0.2410, u 0.0029 and 0.0050, c₀ = 0.26 mg/L,
/// u(c₀) = 0.018 mg/L from two readings.
#[test]
fn cadmium_by_atomic_absorption() {
    let x: Vec<f64> = [0.1, 0.3, 0.5, 0.7, 0.9].into_iter().flat_map(|level| [level; 3]).collect();
    let y = [0.028, 0.029, 0.029, 0.084, 0.083, 0.081, 0.135, 0.131, 0.133, 0.180, 0.181, 0.183, 0.215, 0.230, 0.216];
    let line = CalibrationLine::of_scatter(&x, &y).unwrap();
    let read = line.stimulus((0.0712 + 0.0716) / 2.0, line.scale.unwrap() / 2.0_f64.sqrt()).unwrap();
    for (ours, published, half) in [
        (line.intercept, 0.0087, 5e-5),
        (line.slope, 0.2410, 5e-5),
        (line.intercept_uncertainty, 0.0029, 5e-5),
        (line.slope_uncertainty, 0.0050, 5e-5),
        (read.value, 0.26, 5e-4),
        (read.standard_uncertainty, 0.018, 5e-4),
    ] {
        assert!((ours - published).abs() <= half, "ours {ours}, published {published}");
    }
}

/// JCGM 100:2008, H.3, the thermometer: the general fit agrees with the one of that annex, also in b(30 °C) = −0.1494(41) °C.
#[test]
fn the_line_of_the_gum_is_one_of_these() {
    let x = [1.521, 2.012, 2.512, 3.003, 3.507, 3.999, 4.513, 5.002, 5.503, 6.010, 6.511];
    let y = [-0.171, -0.169, -0.166, -0.159, -0.164, -0.165, -0.156, -0.157, -0.159, -0.161, -0.160];
    let line = CalibrationLine::of_scatter(&x, &y).unwrap();
    let at_30 = line.response(10.0, 0.0).unwrap();
    close(at_30.value, -0.149_376_812_7, 1e-9);
    close(at_30.standard_uncertainty, 0.004_138_595_753, 1e-9);
    assert_eq!(at_30.degrees_of_freedom, Some(9.0));
    let points: Vec<(f64, f64)> = x.into_iter().zip(y).collect();
    let other = straight_line(&points, 0.0).unwrap();
    close(line.correlation(), other.correlation, 1e-12);
    close(line.scale.unwrap(), other.scatter, 1e-12);
}

/// As a step of a model the line gives what clause 11.1 gives.
#[test]
fn a_line_is_a_step_of_a_model() {
    let line = fitted(&SIX, &[3.3, 5.6, 7.1, 9.3, 10.7, 12.1], Ordinates { uy: vec![0.5; 6] });
    let (volt, kelvin): (Unit, Unit) = (r"\volt".parse().unwrap(), r"\kelvin".parse().unwrap());
    let (mut inputs, correlations) = line.inputs("a", "b", &volt, &kelvin).unwrap();
    inputs.push(Input::standard("y", 10.5, volt, 0.5, f64::INFINITY));
    let model = Model::parse("x = (y - a)/b").unwrap();
    let evaluation = evaluate_linear(&model, &inputs, &correlations).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    close(estimate.value, 4.913_279_133, 1e-9);
    close(estimate.standard_uncertainty, 0.322_035_560_1, 1e-9);
    assert_eq!(estimate.unit, kelvin);
}

/// Data are drawn again and again about the line: the scatter of its coefficients is their covariance matrix, within a few per cent
/// of four thousand draws. So it is for covariances between all values.
#[test]
fn coefficients_scatter_as_their_covariance_says() {
    let x = [1.0, 2.0, 3.0, 5.0, 8.0];
    let y: Vec<f64> = x.iter().map(|x| 0.5 + 1.5 * x).collect();
    // Each value has an error of its own and one in common with all of its coordinate; the common ones are correlated.
    let (own_x, own_y, common) = (0.02, 0.03, 0.04);
    let square = |own: f64| -> Vec<Vec<f64>> {
        (0..5).map(|i| (0..5).map(|j| common * common + if i == j { own * own } else { 0.0 }).collect()).collect()
    };
    let uncertainty = || Covariance { x: square(own_x), y: square(own_y), xy: vec![vec![0.5 * common * common; 5]; 5] };
    let line = fitted(&x, &y, uncertainty());
    let mut state = 20_260_101_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        normal::quantile(((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64)
    };
    let draws = 4_000;
    let (mut squares, mut products) = ([0.0; 2], 0.0);
    for _ in 0..draws {
        let of_x = draw();
        let of_y = 0.5 * of_x + 0.75_f64.sqrt() * draw();
        let drawn_x: Vec<f64> = x.iter().map(|x| x + common * of_x + own_x * draw()).collect();
        let drawn_y: Vec<f64> = y.iter().map(|y| y + common * of_y + own_y * draw()).collect();
        let drawn = fitted(&drawn_x, &drawn_y, uncertainty());
        let (a, b) = (drawn.intercept - line.intercept, drawn.slope - line.slope);
        squares = [squares[0] + a * a, squares[1] + b * b];
        products += a * b;
    }
    let count = f64::from(draws);
    close((squares[0] / count).sqrt(), line.intercept_uncertainty, 0.04);
    close((squares[1] / count).sqrt(), line.slope_uncertainty, 0.04);
    close(products / count / line.intercept_uncertainty / line.slope_uncertainty, line.correlation(), 0.08);
}

#[test]
fn a_line_can_be_stored_with_its_points() {
    let line = fitted(&X7, &Y7, Coordinates { ux: vec![0.2; 6], uy: UY7.to_vec(), uxy: Vec::new() });
    let text = toml::to_string(&line).unwrap();
    assert_eq!(toml::from_str::<CalibrationLine>(&text).unwrap(), line);
}

#[test]
fn bad_points_give_no_line() {
    let fit = |x: &[f64], y: &[f64], uncertainty| {
        calibration_line(&CalibrationData { x: x.to_vec(), y: y.to_vec(), uncertainty }).map(|_| ()).unwrap_err()
    };
    let three = [1.0, 2.0, 3.0];
    let ones = |count: usize| Ordinates { uy: vec![1.0; count] };
    let better = Unknown { scale: ScaleEstimate::Distribution };
    let rows = |rows: [[f64; 3]; 3]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let full = |y| Covariance { x: Vec::new(), y, xy: Vec::new() };
    assert_eq!(fit(&three[..2], &three[..2], ones(2)), CurveError::TooFew { needed: 3, found: 2 });
    assert_eq!(fit(&three, &three, better), CurveError::TooFew { needed: 5, found: 3 });
    assert_eq!(fit(&three, &three[..2], ones(3)), CurveError::Lengths { what: "y" });
    assert_eq!(fit(&three, &three, ones(2)), CurveError::Lengths { what: "u(y)" });
    assert_eq!(fit(&[1.0; 3], &three, ones(3)), CurveError::NoSpread { needed: 2, found: 1 });
    assert_eq!(fit(&three, &[1.0, f64::NAN, 2.0], ones(3)), CurveError::NotFinite { what: "y", place: 1 });
    let zero = Ordinates { uy: vec![1.0, 0.0, 1.0] };
    assert_eq!(fit(&three, &three, zero), CurveError::Uncertainty { what: "u(y)", place: 1 });
    let negative = Coordinates { ux: vec![1.0, 1.0, -1.0], uy: vec![1.0; 3], uxy: Vec::new() };
    assert_eq!(fit(&three, &three, negative), CurveError::Uncertainty { what: "u(x)", place: 2 });
    let beyond = Coordinates { ux: vec![1.0; 3], uy: vec![1.0; 3], uxy: vec![0.0, 1.5, 0.0] };
    assert_eq!(fit(&three, &three, beyond), CurveError::NotPositiveDefinite);
    let crooked = full(rows([[1.0, 0.5, 0.0], [0.1, 1.0, 0.0], [0.0, 0.0, 1.0]]));
    assert_eq!(fit(&three, &three, crooked), CurveError::NotSymmetric);
    let impossible = full(rows([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]));
    assert_eq!(fit(&three, &three, impossible), CurveError::NotPositiveDefinite);
    let singular = full(rows([[1.0; 3]; 3]));
    assert_eq!(fit(&three, &three, singular), CurveError::NotPositiveDefinite);
    let level = fitted(&three, &[1.0; 3], ones(3));
    assert_eq!(level.stimulus(1.0, 0.1), Err(CurveError::NoSlope));
    assert!(level.response(f64::NAN, 0.0).is_err() && level.response(1.0, -1.0).is_err());
}

proptest! {
    /// Where x and y change places, so do the line and its inverse: the fit knows no dependent coordinate.
    #[test]
    fn the_line_is_the_same_from_both_sides(
        noise in prop::collection::vec(-0.3..0.3f64, 8), slope in 0.3..3.0f64, ux in 0.05..0.3f64, uy in 0.05..0.3f64,
    ) {
        let x: Vec<f64> = (0..8).map(f64::from).collect();
        let y: Vec<f64> = x.iter().zip(&noise).map(|(x, noise)| 1.0 + slope * x + noise).collect();
        let line = fitted(&x, &y, Coordinates { ux: vec![ux; 8], uy: vec![uy; 8], uxy: Vec::new() });
        let other = fitted(&y, &x, Coordinates { ux: vec![uy; 8], uy: vec![ux; 8], uxy: Vec::new() });
        prop_assert!((line.slope * other.slope - 1.0).abs() < 1e-10);
        prop_assert!((line.chi_squared - other.chi_squared).abs() < 1e-9 * (1.0 + line.chi_squared));
    }

    /// Other units and another origin give the same line; so does another order of points, and a matrix in place of its diagonal.
    #[test]
    fn the_line_knows_no_unit_and_no_order(
        noise in prop::collection::vec(-0.3..0.3f64, 7), factor in 1e-4..1e4f64, shift in -1e3..1e3f64, ux in 0.0..0.2f64,
    ) {
        let x: Vec<f64> = (0..7).map(f64::from).collect();
        let y: Vec<f64> = x.iter().zip(&noise).map(|(x, noise)| 2.0 - 0.5 * x + noise).collect();
        let line = fitted(&x, &y, Coordinates { ux: vec![ux; 7], uy: vec![0.1; 7], uxy: Vec::new() });
        let moved: Vec<f64> = x.iter().rev().map(|x| (x + shift) * factor).collect();
        let back: Vec<f64> = y.iter().rev().copied().collect();
        let diagonal = |u: f64| (0..7).map(|i| (0..7).map(|j| if i == j { u * u } else { 0.0 }).collect()).collect();
        let other = fitted(&moved, &back, Covariance { x: diagonal(ux * factor), y: diagonal(0.1), xy: Vec::new() });
        prop_assert!((line.slope - other.slope * factor).abs() < 1e-9);
        prop_assert!((line.slope_uncertainty - other.slope_uncertainty * factor).abs() < 1e-9);
        let (here, there) = (line.response(3.3, 0.0).unwrap(), other.response((3.3 + shift) * factor, 0.0).unwrap());
        prop_assert!((here.value - there.value).abs() < 1e-8);
        prop_assert!((here.standard_uncertainty - there.standard_uncertainty).abs() < 1e-8);
    }

    /// What is read from the line and put in again is what was read.
    #[test]
    fn reading_back_and_forth(y in -50.0..50.0f64) {
        let line = fitted(&X7, &Y7, Ordinates { uy: UY7.to_vec() });
        let x = line.stimulus(y, 0.0).unwrap();
        let back = line.response(x.value, 0.0).unwrap();
        prop_assert!((back.value - y).abs() < 1e-11);
        prop_assert!((back.standard_uncertainty - x.standard_uncertainty * line.slope).abs() < 1e-11);
    }
}
