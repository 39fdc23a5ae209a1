//! Published examples: the book's digits and ours.

use heng_quantity::Unit;
use heng_uncertainty::student::quantile;
use heng_uncertainty::{Correlations, Input, Model, Shape, evaluate_linear};

fn unit(text: &str) -> Unit {
    text.parse().unwrap()
}

fn close(ours: f64, expected: f64, relative: f64) {
    assert!((ours - expected).abs() <= relative * expected.abs(), "ours {ours}, expected {expected}");
}

fn normal(name: &str, estimate: f64, text: &str, u: f64, nu: f64) -> Input {
    Input::standard(name, estimate, unit(text), u, nu)
}

fn shaped(name: &str, estimate: f64, text: &str, shape: Shape, nu: f64) -> Input {
    Input { name: name.to_owned(), estimate, unit: unit(text), shape, degrees_of_freedom: nu }
}

/// JCGM 100:2008, H.1, the end gauge. Published: l = 50 000 838 nm, u = 32 nm, ν_eff = 16, U99 = 93 nm (2.92 times the rounded u).
#[test]
fn end_gauge_of_the_gum() {
    let model = Model::parse("l = ls + d0 + d1 + d2 - ls*(dalpha*(thbar + delta) + alphas*dtheta)").unwrap();
    let (nm, k, per_k) = (r"\nano\metre", r"\kelvin", r"\kelvin\tothe{-1}");
    let infinite = f64::INFINITY;
    let inputs = [
        normal("ls", 50_000_623.0, nm, 25.0, 18.0),
        normal("d0", 215.0, nm, 5.8, 24.0),
        normal("d1", 0.0, nm, 3.9, 5.0),
        normal("d2", 0.0, nm, 6.7, 8.0),
        shaped("alphas", 11.5e-6, per_k, Shape::Uniform { half_width: 2e-6 }, infinite),
        shaped("dalpha", 0.0, per_k, Shape::Uniform { half_width: 1e-6 }, 50.0),
        normal("thbar", -0.1, k, 0.2, infinite),
        shaped("delta", 0.0, k, Shape::Arcsine { half_width: 0.5 }, infinite),
        shaped("dtheta", 0.0, k, Shape::Uniform { half_width: 0.05 }, 2.0),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let result = evaluation.only().unwrap();
    close(result.estimate.value, 50_000_838.0, 1e-12);
    close(result.estimate.standard_uncertainty, 31.663_879_11, 1e-8);
    close(result.estimate.degrees_of_freedom, 16.751_855_74, 1e-8);
    assert_eq!(result.estimate.truncated_degrees_of_freedom(), 16.0);
    let contributions: Vec<f64> = result.budget.iter().map(|line| line.contribution).collect();
    close(contributions[0], 25.0, 1e-8);
    close(contributions[8], 16.599_027_06, 1e-8);
    close(contributions[5], 2.886_787_31, 1e-8);
    // H.1.7: the terms of second order bring u from 32 nm to 34 nm.
    let second = result.second_order.unwrap();
    assert!((second.standard_uncertainty - 34.0).abs() < 0.5, "ours {}", second.standard_uncertainty);
    assert!(result.second_order_matters());
    // The GUM reads t99(16) = 2.92 from its table G.2.
    close(quantile(0.995, 16.0), 2.920_781_622, 1e-9);
}

/// JCGM 100:2008, H.2, approach 1. Published: R = 127.732(71) Ω, X = 219.847(295) Ω, Z = 254.260(236) Ω, r(R,X) = −0.588.
#[test]
fn resistance_and_reactance_from_correlated_means() {
    let model = Model::parse("R = V/I*cos(phi)\nX = V/I*sin(phi)\nZ = V/I").unwrap();
    let inputs = [
        normal("V", 4.999, r"\volt", 0.003_209_361_307, 4.0),
        normal("I", 0.019_661, r"\ampere", 9.471_008_394e-6, 4.0),
        normal("phi", 1.044_46, r"\radian", 7.520_638_271e-4, 4.0),
    ];
    let correlations = Correlations::none().with("V", "I", -0.355_311_219_8).with("V", "phi", 0.857_624_210_8).with(
        "I",
        "phi",
        -0.645_111_217_7,
    );
    let evaluation = evaluate_linear(&model, &inputs, &correlations).unwrap();
    let of = |name: &str| evaluation.output(name).unwrap();
    for (name, value, u) in [
        ("R", 127.732_169_9, 0.071_071_407_4),
        ("X", 219.846_511_9, 0.295_581_677_4),
        ("Z", 254.259_701_9, 0.236_336_130_1),
    ] {
        close(of(name).estimate.value, value, 1e-8);
        close(of(name).estimate.standard_uncertainty, u, 1e-7);
        assert!(!of(name).effective_degrees_hold, "correlated inputs with few observations");
    }
    close(evaluation.correlations[0][1], -0.588_429_784_4, 1e-6);
    close(evaluation.correlations[1][2], 0.992_511_648_9, 1e-6);
}

/// JCGM 100:2008, G.4.1. Published: u = 1.03 %, ν_eff = 19.0.
#[test]
fn effective_degrees_of_freedom_of_three_factors() {
    let model = Model::parse("Y = X1*X2*X3").unwrap();
    let one = r"\one";
    let inputs = [
        normal("X1", 1.0, one, 0.0025, 9.0),
        normal("X2", 1.0, one, 0.0057, 4.0),
        normal("X3", 1.0, one, 0.0082, 14.0),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    close(estimate.standard_uncertainty, 0.010_294_658_81, 1e-8);
    close(estimate.degrees_of_freedom, 18.998_742_31, 1e-8);
    close(quantile(0.975, 19.0) * estimate.standard_uncertainty, 0.021_546_968, 1e-7);
    // G.4.1: truncated to the next lower integer for a table, where the GUM prints the unrounded 19.0.
    assert_eq!(estimate.truncated_degrees_of_freedom(), 18.0);
    close(quantile(0.975, 18.0) * estimate.standard_uncertainty, 0.021_628_3, 2e-6);
}

/// Eurachem/CITAC CG 4, A1. Published: 1002.7 mg/L, u = 0.835 mg/L.
#[test]
fn cadmium_standard_of_eurachem() {
    let model = Model::parse("c = m*P/(V + rep + T)").unwrap();
    let (mg, ml) = (r"\milli\gram", r"\milli\litre");
    let inputs = [
        normal("m", 100.28, mg, 0.05, f64::INFINITY),
        shaped("P", 0.9999, r"\one", Shape::Uniform { half_width: 0.0001 }, f64::INFINITY),
        shaped("V", 100.0, ml, Shape::Triangular { half_width: 0.1 }, f64::INFINITY),
        normal("rep", 0.0, ml, 0.02, f64::INFINITY),
        shaped("T", 0.0, ml, Shape::Uniform { half_width: 0.084 }, f64::INFINITY),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let result = evaluation.only().unwrap().in_unit(&unit(r"\milli\gram\litre\tothe{-1}")).unwrap();
    close(result.estimate.value, 1_002.699_72, 1e-9);
    close(result.estimate.standard_uncertainty, 0.835_199_226_8, 1e-9);
    let contributions: Vec<f64> = result.budget.iter().map(|line| line.contribution).collect();
    for (ours, expected) in contributions.into_iter().zip([0.499_95, 0.057_896_7, 0.409_35, 0.200_54, 0.486_284]) {
        close(ours, expected, 1e-5);
    }
}

/// Eurachem/CITAC CG 4, A3, hydrochloric acid titrated with sodium hydroxide. Published: 0.101 39 mol/L, u = 0.000 18 mol/L.
#[test]
fn hydrochloric_acid_of_eurachem() {
    let infinite = f64::INFINITY;
    let uniform = |name: &str, estimate, text: &str, half_width| {
        shaped(name, estimate, text, Shape::Uniform { half_width }, infinite)
    };
    let triangular =
        |name: &str, half_width| shaped(name, 0.0, r"\milli\litre", Shape::Triangular { half_width }, infinite);
    let model = Model::parse(
        "mass = m + gross - tare
molar = 8*C + 5*H + 4*O + K
titrant2 = V2 + burette2 + warm2
titrant1 = V1 + burette1 + warm1
acid = Vh + pipette + warmh
c = R*mass*P*titrant2/(molar*titrant1*acid)",
    )
    .unwrap();
    let (ml, gram, molar) = (r"\milli\litre", r"\gram", r"\gram\mole\tothe{-1}");
    // Water expands by 2.1e-4 per kelvin, within ± 4 K.
    let warmth = |name: &str, volume: f64| uniform(name, 0.0, ml, volume * 2.1e-4 * 4.0);
    let inputs = |repeatability: f64| {
        [
            Input::constant("m", 0.3888, unit(gram)),
            uniform("gross", 0.0, gram, 0.15e-3),
            uniform("tare", 0.0, gram, 0.15e-3),
            uniform("P", 1.0, r"\one", 0.0005),
            uniform("C", 12.0107, molar, 0.0008),
            uniform("H", 1.007_94, molar, 0.000_07),
            uniform("O", 15.9994, molar, 0.0003),
            uniform("K", 39.0983, molar, 0.0001),
            Input::constant("V2", 14.89, unit(ml)),
            triangular("burette2", 0.03),
            warmth("warm2", 15.0),
            Input::constant("V1", 18.64, unit(ml)),
            triangular("burette1", 0.03),
            warmth("warm1", 19.0),
            Input::constant("Vh", 15.0, unit(ml)),
            triangular("pipette", 0.02),
            warmth("warmh", 15.0),
            normal("R", 1.0, r"\one", repeatability, infinite),
        ]
    };
    for (repeatability, u) in [(0.001, 1.843_387_444e-4), (0.001 / 3.0_f64.sqrt(), 1.647_053_987e-4)] {
        let evaluation = evaluate_linear(&model, &inputs(repeatability), &Correlations::none()).unwrap();
        let result = evaluation.only().unwrap().in_unit(&unit(r"\mole\litre\tothe{-1}")).unwrap();
        close(result.estimate.value, 0.101_387_161_2, 1e-9);
        close(result.estimate.standard_uncertainty, u, 1e-8);
    }
}

/// EA-4/02 M:2022, S2, a weight of 10 kg. Published: 10 000.025 g, u = 29.3 mg, U = 59 mg with k = 2.
#[test]
fn weight_of_ten_kilograms() {
    let model = Model::parse("m = ms + drift + dm + position + air").unwrap();
    let milligram = r"\milli\gram";
    let infinite = f64::INFINITY;
    let uniform = |name: &str, half_width| shaped(name, 0.0, milligram, Shape::Uniform { half_width }, infinite);
    let inputs = [
        normal("ms", 10_000_005.0, milligram, 22.5, infinite),
        uniform("drift", 15.0),
        Input::of_pooled_deviation("dm", &[10.0, 30.0, 20.0], unit(milligram), 25.0, infinite).unwrap(),
        uniform("position", 10.0),
        uniform("air", 10.0),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    close(estimate.value, 10_000_025.0, 1e-15);
    close(estimate.standard_uncertainty, 29.261_749_78, 1e-9);
    assert_eq!((2.0 * estimate.standard_uncertainty).round(), 59.0);
}

/// NIST TN 1900, E13. Published: α = 1.727e-5 /K, u = 1.8e-6 /K.
#[test]
fn thermal_expansion_of_copper() {
    let model = Model::parse("a = (L1 - L0)/(L0*(T1 - T0))").unwrap();
    let infinite = f64::INFINITY;
    let inputs = [
        normal("L0", 1.4999, r"\metre", 1e-4, infinite),
        normal("T0", 288.15, r"\kelvin", 0.02, infinite),
        normal("L1", 1.5021, r"\metre", 2e-4, infinite),
        normal("T1", 373.10, r"\kelvin", 0.05, infinite),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    assert!(!evaluation.only().unwrap().second_order_matters());
    close(estimate.value, 1.726_620_896e-5, 1e-8);
    close(estimate.standard_uncertainty, 1.755_477_281e-6, 1e-8);
}

#[test]
fn a_quantity_minus_itself_is_zero_without_uncertainty() {
    let model = Model::parse("y = x - x").unwrap();
    let evaluation = evaluate_linear(&model, &[normal("x", 3.0, r"\gram", 0.1, 5.0)], &Correlations::none()).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    assert_eq!((estimate.value, estimate.standard_uncertainty), (0.0, 0.0));
}

/// Chains of a hundred and a thousand inputs; five libraries of others agree on these digits to thirteen places.
#[test]
fn a_thousand_inputs_are_one_backward_pass() {
    for (count, y, u, nu) in [
        (100, 90.120_372_355_840_25, 0.144_765_268_302_072_4, 1_185.237_192_457_121),
        (1000, 1_439.070_739_226_591, 0.448_708_154_920_717_8, 9_790.609_144_652_18),
    ] {
        let terms: Vec<String> = (0..count - 1).map(|i| format!("sin(x{i})*x{}", i + 1)).collect();
        let model = Model::parse(&format!("y = {}", terms.join(" + "))).unwrap();
        let inputs: Vec<Input> = (0..count)
            .map(|i| {
                let at = f64::from(i);
                normal(&format!("x{i}"), 1.0 + 0.001 * at, r"\one", 0.01 + 1e-5 * at, f64::from(5 + i % 20))
            })
            .collect();
        let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
        let estimate = &evaluation.only().unwrap().estimate;
        close(estimate.value, y, 1e-12);
        close(estimate.standard_uncertainty, u, 1e-12);
        close(estimate.degrees_of_freedom, nu, 1e-11);
    }
}

/// JCGM 100:2008, 5.1.2, note: y = x² at x = 0 ± 1 has u = 0 to first order and √2 to second, as by theory for a normal input.
#[test]
fn a_vanishing_slope_is_not_taken_for_certainty() {
    let model = Model::parse("y = x^2").unwrap();
    let input = [normal("x", 0.0, r"\one", 1.0, f64::INFINITY)];
    let evaluation = evaluate_linear(&model, &input, &Correlations::none()).unwrap();
    let output = evaluation.only().unwrap();
    assert_eq!(output.estimate.standard_uncertainty, 0.0);
    let second = output.second_order.unwrap();
    close(second.standard_uncertainty, 2.0_f64.sqrt(), 1e-12);
    close(second.bias, 1.0, 1e-12);
    assert_eq!(output.findings()[0].code, "second-order-terms");
}

/// JCGM 101:2008, 9.3.2. Published: u = 0.0539 mg to first order, 0.0750 mg to second.
#[test]
fn mass_calibration_to_second_order() {
    let model = Model::parse("y = (mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000").unwrap();
    let uniform = |name: &str, estimate, half_width| {
        shaped(name, estimate, r"\one", Shape::Uniform { half_width }, f64::INFINITY)
    };
    let inputs = [
        normal("mr", 100_000.0, r"\one", 0.05, f64::INFINITY),
        normal("dm", 1.234, r"\one", 0.02, f64::INFINITY),
        uniform("air", 1.2, 0.1),
        uniform("w", 8_000.0, 1_000.0),
        uniform("r", 8_000.0, 50.0),
    ];
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let output = evaluation.only().unwrap();
    close(output.estimate.standard_uncertainty, 0.053_851_648_07, 1e-9);
    close(output.second_order.unwrap().standard_uncertainty, 0.074_963_473_85, 1e-8);
    assert!(output.second_order_matters());
}

/// JCGM 100:2008, H.2, from the observations of table H.2. Published: r(V,I) = −0.36, r(V,φ) = 0.86, r(I,φ) = −0.65; u(R) = 0.071 Ω.
#[test]
fn correlations_from_simultaneous_observations() {
    let voltage = [5.007, 4.994, 5.005, 4.990, 4.999];
    let current = [19.663e-3, 19.639e-3, 19.640e-3, 19.685e-3, 19.678e-3];
    let phase = [1.0456, 1.0438, 1.0468, 1.0428, 1.0433];
    let inputs = [
        Input::of_observations("V", &voltage, unit(r"\volt")).unwrap(),
        Input::of_observations("I", &current, unit(r"\ampere")).unwrap(),
        Input::of_observations("phi", &phase, unit(r"\radian")).unwrap(),
    ];
    let correlations = Correlations::of_observations(&[("V", &voltage), ("I", &current), ("phi", &phase)]).unwrap();
    let expected = Correlations::none().with("V", "I", -0.355).with("V", "phi", 0.858).with("I", "phi", -0.645);
    for (one, other) in [("V", "I"), ("V", "phi"), ("I", "phi")] {
        let difference = correlations.coefficient(one, other) - expected.coefficient(one, other);
        assert!(difference.abs() < 0.0005, "{one}, {other}: {difference}");
    }
    let model = Model::parse("R = V/I*cos(phi)\nX = V/I*sin(phi)\nZ = V/I").unwrap();
    let evaluation = evaluate_linear(&model, &inputs, &correlations).unwrap();
    for (name, value, u) in [
        ("R", 127.732_169_9, 0.071_071_407_4),
        ("X", 219.846_511_9, 0.295_581_677_4),
        ("Z", 254.259_701_9, 0.236_336_130_1),
    ] {
        let estimate = &evaluation.output(name).unwrap().estimate;
        close(estimate.value, value, 1e-8);
        close(estimate.standard_uncertainty, u, 1e-8);
    }
    assert!(Correlations::of_observations(&[("V", &voltage), ("I", &current[1..])]).is_err());
}

/// JCGM 100:2008, 4.2.4: u = s_p/√n and ν = Σ νᵢ; by hand s_p² = (2 · 1 + 1 · 8)/3 from s² = 1 of three and 8 of two.
#[test]
fn scatter_is_pooled_from_earlier_series() {
    let input = Input::of_pooled_series("x", &[1.0, 2.0, 3.0], &[&[10.0, 14.0], &[7.0]], Unit::one()).unwrap();
    assert_eq!((input.estimate, input.degrees_of_freedom), (2.0, 3.0));
    close(input.shape.standard_uncertainty(), (10.0_f64 / 3.0 / 3.0).sqrt(), 1e-12);
    let single = Input::of_pooled_series("x", &[5.0], &[&[10.0, 14.0]], Unit::one()).unwrap();
    close(single.shape.standard_uncertainty(), 8.0_f64.sqrt(), 1e-12);
}
