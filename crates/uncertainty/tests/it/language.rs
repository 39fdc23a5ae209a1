//! The language of models: vectors, sums, complex quantities, constants, and errors that underline the place.

use std::time::{Duration, Instant};

use heng_quantity::{Unit, text};
use heng_uncertainty::{
    Correlations, Evaluation, EvaluationError, Fault, Input, Model, SyntaxError, SyntaxFault, Trials, constants,
    evaluate_linear, simulate,
};
use proptest::prelude::*;

fn unit(symbol: &str) -> Unit {
    text::unit(symbol).unwrap()
}

fn one() -> Unit {
    Unit::one()
}

fn given(name: &str, value: f64, u: f64, unit: Unit) -> Input {
    Input::standard(name, value, unit, u, f64::INFINITY)
}

fn evaluated(model: &str, inputs: &[Input]) -> Result<Evaluation, EvaluationError> {
    evaluate_linear(&Model::parse(model).unwrap(), inputs, &Correlations::none())
}

/// Value and u of the last result.
fn result(model: &str, inputs: &[Input]) -> (f64, f64) {
    let evaluation = evaluated(model, inputs).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    (estimate.value, estimate.standard_uncertainty)
}

fn close(ours: f64, expected: f64) {
    assert!((ours - expected).abs() <= 1e-12 * expected.abs().max(1e-12), "ours {ours}, expected {expected}");
}

fn syntax_error(model: &str) -> SyntaxError {
    Model::parse(model).unwrap_err()
}

/// What the carets stand under.
fn under(text: &str, position: heng_quantity::Position, length: u32) -> String {
    let line = text.split('\n').nth(position.line as usize - 1).unwrap();
    line.chars().skip(position.column as usize - 1).take(length as usize).collect()
}

fn is_underlined(model: &str, word: &str, code: &str) {
    let error = syntax_error(model);
    assert_eq!((under(model, error.position, error.length).as_str(), error.fault.code()), (word, code), "{model}");
}

/// Where the inputs are not needed to see it, reading the model says so already.
fn is_underlined_with(model: &str, inputs: &[Input], word: &str, code: &str) {
    let (place, length, found) = match Model::parse(model) {
        Err(error) => (Some(error.position), error.length, error.fault.code()),
        Ok(read) => {
            let error = evaluate_linear(&read, inputs, &Correlations::none()).unwrap_err();
            (error.position, error.length, error.fault.code())
        }
    };
    assert!(place.is_some(), "{model}: {found} has no place");
    let place = place.unwrap();
    assert_eq!((under(model, place, length).as_str(), found), (word, code), "{model}");
}

fn vector(name: &str, values: &[f64], u: f64, unit: &Unit) -> Vec<Input> {
    let place = |(place, value): (usize, &f64)| given(&format!("{name}[{}]", place + 1), *value, u, unit.clone());
    values.iter().enumerate().map(place).collect()
}

#[test]
fn a_variable_called_e_is_no_number_of_its_own() {
    let error = evaluated("y = e*x", &[given("x", 1.0, 0.1, one())]).unwrap_err();
    assert_eq!(error.fault, Fault::Missing { name: "e".to_owned(), nearest: vec![] });
    assert_eq!(result("y = e*x", &[given("x", 2.0, 0.0, one()), given("e", 3.0, 0.0, one())]).0, 6.0);
}

#[test]
fn a_reserved_name_is_neither_assigned_nor_declared() {
    for name in ["pi", "sin", "min", "and", "not", "sinh", "complex", "hypot"] {
        assert!(Model::is_reserved(name));
        is_underlined(&format!("a = 1\n{name} = a"), name, "model-name-reserved");
        let inputs = [given(name, 1.0, 0.1, one()), given("x", 1.0, 0.1, one())];
        let error = evaluated("y = x", &inputs).unwrap_err();
        assert_eq!(error.fault, Fault::Reserved { name: name.to_owned() });
    }
    is_underlined_with("y = 2*pi*x", &[given("pi", 3.0, 0.1, one())], "pi", "evaluation-name-reserved");
}

/// Files of `heng-model/1` could use them before they were functions.
#[test]
fn later_functions_that_are_words_remain_names() {
    let names = ["sum", "mean", "length", "dot", "re", "im", "arg", "i", "for", "in", "constant"];
    let inputs: Vec<Input> = names.iter().map(|name| given(name, 1.0, 0.1, one())).collect();
    assert_eq!(result(&format!("y = {}", names.join(" + ")), &inputs).0, names.len() as f64);
    assert_eq!(result("mean = a; y = 2*mean", &[given("a", 1.0, 0.1, one())]).0, 2.0);
}

#[test]
fn an_undeclared_name_is_told_from_its_nearest() {
    let inputs = [given("alpha_s", 1.0, 0.1, one()), given("theta", 1.0, 0.1, one()), given("长度", 1.0, 0.1, one())];
    let error = evaluated("y = theta + alpha_", &inputs).unwrap_err();
    assert_eq!(error.fault, Fault::Missing { name: "alpha_".to_owned(), nearest: vec!["alpha_s".to_owned()] });
    is_underlined_with("y = theta\nz = 2*(thetta + 1)", &inputs, "thetta", "evaluation-missing-near");
    is_underlined_with("y = 长度 + q", &inputs, "q", "evaluation-missing");
}

#[test]
fn vectors_go_element_by_element() {
    let x = vector("x", &[1.0, 2.0, 3.0], 0.1, &unit("mm"));
    let y = vector("y", &[10.0, 20.0, 30.0], 0.2, &unit("mm"));
    let both = [x.clone(), y].concat();
    assert_eq!(result("s = sum(x)", &x).0, 6.0);
    close(result("s = sum(x)", &x).1, 0.1 * 3.0_f64.sqrt());
    close(result("m = mean(x)", &x).0, 2.0);
    close(result("m = mean(x)", &x).1, 0.1 / 3.0_f64.sqrt());
    assert_eq!(result("n = length(x)", &x).0, 3.0);
    assert_eq!(result("d = dot(x, y)", &both).0, 140.0);
    assert_eq!(result("d = sum(x*y)", &both).0, 140.0);
    assert_eq!(result("s = sum((y - x)^2)", &both).0, 81.0 + 324.0 + 729.0);
    assert_eq!(result("s = x[2] + y[1 + 2]", &both).0, 32.0);
    assert_eq!(result("n = length(x); s = sum(x[i]*x[i+1] for i in 1..n-1)", &x).0, 8.0);
    assert_eq!(result("s = sum(sum(x[i]*y[j] for j in 1..i) for i in 1..3)", &both).0, 10.0 + 60.0 + 180.0);
    assert_eq!(result("s = mean(i^2 for i in 1..4)", &[]).0, 7.5);
    let outputs = evaluated("d = y - x", &both).unwrap().outputs;
    let outputs: Vec<(&str, f64)> = outputs.iter().map(|one| (one.name.as_str(), one.estimate.value)).collect();
    assert_eq!(outputs, [("d[1]", 9.0), ("d[2]", 18.0), ("d[3]", 27.0)]);
}

proptest! {
    /// What a form unrolls to is what somebody would have written out, to the last bit.
    #[test]
    fn a_sum_is_the_expression_written_out(values in prop::collection::vec(-3.0..3.0f64, 2..12), u in 0.0..0.5f64) {
        let x = vector("x", &values, u, &one());
        let n = values.len();
        let joined = |term: &dyn Fn(usize) -> String, from: usize, to: usize| {
            (from..=to).map(term).collect::<Vec<_>>().join(" + ")
        };
        for (form, written) in [
            ("sum(x)", joined(&|i| format!("x[{i}]"), 1, n)),
            ("dot(x, sin(x))", joined(&|i| format!("x[{i}]*sin(x[{i}])"), 1, n)),
            ("mean(x)", format!("({})/{n}", joined(&|i| format!("x[{i}]"), 1, n))),
            ("sum(x[i]*x[i+1]^2/i for i in 1..length(x)-1)", joined(&|i| format!("x[{i}]*x[{}]^2/{i}", i + 1), 1, n - 1)),
        ] {
            prop_assert_eq!(result(&format!("y = {form}"), &x), result(&format!("y = {written}"), &x), "{}", form);
        }
    }

    /// Nor does it matter in which order the elements are given.
    #[test]
    fn elements_are_known_by_name(values in prop::collection::vec(-3.0..3.0f64, 2..12), turn in 0..12_usize) {
        let x = vector("x", &values, 0.1, &one());
        let mut turned = x.clone();
        turned.rotate_left(turn % x.len());
        let model = "y = sum(x[i]*i for i in 1..length(x))";
        prop_assert_eq!(result(model, &x).0, result(model, &turned).0);
        prop_assert!((result(model, &x).1 - result(model, &turned).1).abs() < 1e-12);
    }
}

#[test]
fn a_line_may_be_a_vector() {
    let x = vector("x", &[1.0, 2.0, 3.0], 0.1, &one());
    assert_eq!(result("d = x - mean(x); s = sqrt(sum(d^2)/(length(d) - 1))", &x).0, 1.0);
    assert_eq!(result("d = 2*x; y = d[3] + d[length(d) - 1]", &x).0, 10.0);
    let z = "z = complex(x, 2*x); y = sum(z)*conj(z[1])";
    let evaluation = evaluated(z, &x).unwrap();
    // (6 + 12i)(1 − 2i) = 30.
    assert_eq!(evaluation.output("y.re").unwrap().estimate.value, 30.0);
    assert_eq!(evaluation.output("y.im").unwrap().estimate.value, 0.0);
}

/// Drawn as they are propagated: a linear model gives the same u by both methods.
#[test]
fn vectors_complex_quantities_and_constants_are_drawn() {
    let mut inputs = vector("x", &[1.0, 2.0, 3.0], 0.1, &unit("m"));
    inputs.push(given("m", 2.0, 0.0, unit("kg")));
    let text = "s = sum(x); Z = complex(x[1], x[2]); F = constant(\"Newtonian constant of gravitation\")*m";
    let model = Model::parse(text).unwrap();
    let trials = Trials { count: 200_000, seed: 1, probability: 0.95, threads: 2 };
    let linear = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let drawn = simulate(&model, &inputs, &Correlations::none(), &trials).unwrap();
    let names: Vec<&str> = drawn.iter().map(|simulation| simulation.name.as_str()).collect();
    assert_eq!(names, ["s", "Z.re", "Z.im", "F"]);
    for (linear, drawn) in linear.outputs.iter().zip(&drawn) {
        let u = linear.estimate.standard_uncertainty;
        assert!(u > 0.0 && (drawn.standard_uncertainty.unwrap() / u - 1.0).abs() < 0.01, "{}", drawn.name);
        assert!((drawn.mean.unwrap() - linear.estimate.value).abs() < 0.02 * u, "{}", drawn.name);
        assert_eq!(drawn.not_finite, 0);
    }
}

/// An element is one input wherever it stands.
#[test]
fn a_sum_minus_its_elements_is_zero_without_uncertainty() {
    let x = vector("x", &[1.0, 2.0, 3.0], 0.1, &one());
    assert_eq!(result("z = sum(x) - (x[1] + x[2] + x[3])", &x), (0.0, 0.0));
}

/// Readings of one scale have a mean on it, though Celsius temperatures have no sum.
#[test]
fn celsius_temperatures_have_a_mean_and_no_sum() {
    let mut t = vector("t", &[20.0, 21.0], 0.1, &unit("°C"));
    t.push(given("t[3]", 295.15, 0.1, unit("K")));
    let evaluation = evaluated("m = mean(t)", &t).unwrap();
    let estimate = &evaluation.only().unwrap().estimate;
    close(estimate.value, 21.0);
    assert_eq!(estimate.unit, unit("°C"));
    is_underlined_with("a = 1; s = sum(t)", &t, "sum(t)", "evaluation-temperature-sum");
}

#[test]
fn elements_of_a_sum_have_compatible_units() {
    let mut x = vector("x", &[1.0, 2.0], 0.1, &unit("m"));
    x.push(given("x[3]", 1.0, 0.1, unit("mm")));
    close(result("s = sum(x)", &x).0, 3.001);
    close(result("s = mean(x)", &x).0, 1.000_333_333_333_333_3);
    x.push(given("x[4]", 1.0, 0.1, unit("s")));
    is_underlined_with("s = 1 + sum(x)/x[1]", &x, "sum(x)", "evaluation-unit-mismatch");
    is_underlined_with("s = mean(x)", &x, "mean(x)", "evaluation-unit-mismatch");
    is_underlined_with("s = sum(x[i] for i in 2..4)", &x, "sum(x[i] for i in 2..4)", "evaluation-unit-mismatch");
}

#[test]
fn faults_of_vectors_are_underlined() {
    let x = vector("x", &[1.0, 2.0, 3.0], 0.1, &one());
    let mut all = [x.clone(), vector("z", &[1.0, 2.0], 0.1, &one())].concat();
    all.push(given("a", 1.0, 0.1, one()));
    for (model, word, code) in [
        ("y = a + x[4]", "x[4]", "evaluation-index-outside"),
        ("y = a + x[0]", "x[0]", "evaluation-index-outside"),
        ("y = sum(x[i+1] for i in 1..3)", "x[i+1]", "evaluation-index-outside"),
        ("y = x[a]", "a", "evaluation-not-whole"),
        ("y = x[1.5]", "1.5", "evaluation-not-whole"),
        ("y = sum(x[i] for i in 1..a)", "a", "evaluation-not-whole"),
        ("y = 2*dot(x, z)", "dot(x, z)", "evaluation-lengths-differ"),
        ("y = x*z + 1", "x*z", "evaluation-lengths-differ"),
        ("y = 1 + sum(a)", "a", "evaluation-not-a-vector"),
        ("y = a[1]", "a", "evaluation-not-a-vector"),
        ("y = 1 + mean(u)", "u", "evaluation-missing"),
        ("y = xx[1]", "xx", "evaluation-missing-near"),
        ("y = sum(x[i] for i in 3..2)", "sum(x[i] for i in 3..2)", "evaluation-empty-range"),
        ("y = sum(a[j] for j in 1..2)", "a", "evaluation-not-a-vector"),
    ] {
        is_underlined_with(model, &all, word, code);
    }
    is_underlined_with("y = sum(x[a] for a in 1..2)", &all, "a", "evaluation-variable-given");
    let gap = [given("x[1]", 1.0, 0.1, one()), given("x[3]", 1.0, 0.1, one())];
    let error = evaluated("y = sum(x)", &gap).unwrap_err();
    assert_eq!(error.fault, Fault::Missing { name: "x[2]".to_owned(), nearest: vec![] });
    let twice = [given("x[1]", 1.0, 0.1, one()), given("x", 1.0, 0.1, one())];
    is_underlined_with("y = 2*x", &twice, "x", "evaluation-scalar-and-vector");
}

/// JCGM 100:2008, H.2, as one complex quantity. Published: R = 127.732(71) Ω, X = 219.847(295) Ω, r(R, X) = −0.588.
#[test]
fn the_impedance_of_the_gum_is_one_complex_quantity() {
    let inputs = [
        given("V", 4.999, 0.003_209_361_307, unit("V")),
        given("I", 0.019_661, 0.000_009_471_008_394, unit("A")),
        given("phi", 1.044_46, 0.000_752_063_827_1, unit("rad")),
    ];
    let correlations = Correlations::none().with("V", "I", -0.355_311_219_8).with("V", "phi", 0.857_624_210_8).with(
        "I",
        "phi",
        -0.645_111_217_7,
    );
    for model in ["Z = V/I*exp(complex(0, phi))", "Z = polar(V/I, phi)", "Z = V/I*complex(cos(phi), sin(phi))"] {
        let model = Model::parse(model).unwrap();
        assert_eq!(model.outputs(), ["Z.re", "Z.im"]);
        let evaluation = evaluate_linear(&model, &inputs, &correlations).unwrap();
        let estimate = |name: &str| evaluation.output(name).unwrap().estimate.clone();
        for (name, value, u) in [("Z.re", 127.732, 0.071), ("Z.im", 219.847, 0.295)] {
            assert!((estimate(name).value - value).abs() < 5e-4, "{name}: {}", estimate(name).value);
            assert!((estimate(name).standard_uncertainty - u).abs() < 1e-3, "{name}");
            assert!(estimate(name).unit.is_equivalent(&unit("Ω")));
        }
        assert!((evaluation.correlations[0][1] - -0.588).abs() < 1e-3, "{}", evaluation.correlations[0][1]);
    }
    let z = "Z = polar(V/I, phi); modulus = abs(Z); argument = arg(Z); R = Z.re";
    let evaluation = evaluate_linear(&Model::parse(z).unwrap(), &inputs, &correlations).unwrap();
    // Z = 254.260(236) Ω.
    let modulus = &evaluation.output("modulus").unwrap().estimate;
    assert!((modulus.value - 254.260).abs() < 5e-4 && (modulus.standard_uncertainty - 0.236).abs() < 1e-3);
    close(evaluation.output("argument").unwrap().estimate.value, 1.044_46);
    assert!((evaluation.output("R").unwrap().estimate.value - 127.732).abs() < 5e-4);
}

proptest! {
    /// Complex arithmetic against pairs of doubles.
    #[test]
    fn complex_arithmetic_is_that_of_pairs(
        a in -3.0..3.0f64, b in -3.0..3.0f64, c in -3.0..3.0f64, d in 0.5..3.0f64,
    ) {
        let inputs =
            [given("a", a, 0.1, one()), given("b", b, 0.1, one()), given("c", c, 0.1, one()), given("d", d, 0.1, one())];
        let of = |expression: &str| {
            let model = format!("z = complex(a, b); w = complex(c, d); y = {expression}");
            let evaluation = evaluated(&model, &inputs).unwrap();
            let value = |name: &str| evaluation.output(name).unwrap().estimate.value;
            (value("y.re"), value("y.im"))
        };
        let near = |ours: (f64, f64), theirs: (f64, f64)| {
            let tolerance = 1e-9 * (1.0 + theirs.0.abs() + theirs.1.abs());
            (ours.0 - theirs.0).abs() < tolerance && (ours.1 - theirs.1).abs() < tolerance
        };
        prop_assert!(near(of("z*w"), (a * c - b * d, a * d + b * c)));
        prop_assert!(near(of("z/w*w"), (a, b)));
        prop_assert!(near(of("z - w + conj(w)"), (a, b - 2.0 * d)));
        prop_assert!(near(of("2*z/4 + 1 - 1"), (a / 2.0, b / 2.0)));
        prop_assert!(near(of("sqrt(w)*sqrt(w)"), (c, d)));
        prop_assert!(near(of("w^(1/3)*w^(2/3)"), (c, d)));
        prop_assert!(near(of("exp(ln(w))"), (c, d)));
        prop_assert!(near(of("1/w^-3"), of("w*w*w")));
        prop_assert!(near(of("polar(abs(w), arg(w))"), (c, d)));
        prop_assert!(near(of("complex(re(w), im(w))"), (c, d)));
        prop_assert!(near(of("z - z"), (0.0, 0.0)));
        let zero = evaluated("z = complex(a, b); y = z - z", &inputs).unwrap();
        prop_assert!(zero.outputs.iter().all(|output| output.estimate.standard_uncertainty == 0.0));
    }
}

#[test]
fn complex_faults_are_underlined() {
    let inputs = [given("V", 1.0, 0.1, unit("V")), given("I", 1.0, 0.1, unit("A"))];
    is_underlined_with("y = 1*complex(V, I)", &inputs, "complex(V, I)", "evaluation-unit-mismatch");
    is_underlined("z = complex(1, 2); y = 1 + sin(z)", "sin(z)", "evaluation-not-real");
    is_underlined("z = complex(1, 2); y = max(z, 1)", "max(z, 1)", "evaluation-not-real");
    is_underlined("z = complex(complex(1, 2), 2)", "complex(complex(1, 2), 2)", "evaluation-not-real");
}

/// SI Brochure, 9th edition, table 1, and the identifiers of the SI Reference Point.
#[test]
fn the_defining_constants_are_exact() {
    for (name, identifier, value, symbol) in [
        ("hyperfine transition frequency of Cs-133", "HyperfineTransitionFrequencyOfCs-133", 9_192_631_770.0, "Hz"),
        ("speed of light", "SpeedOfLight", 299_792_458.0, "m/s"),
        ("Planck constant", "PlanckConstant", 6.626_070_15e-34, "J·s"),
        ("elementary charge", "ElementaryCharge", 1.602_176_634e-19, "C"),
        ("Boltzmann constant", "BoltzmannConstant", 1.380_649e-23, "J/K"),
        ("Avogadro constant", "AvogadroConstant", 6.022_140_76e23, "mol⁻¹"),
        ("luminous efficacy", "LuminousEfficacy", 683.0, "lm/W"),
    ] {
        for name in [name, identifier, &format!("https://si-digital-framework.org/constants/{identifier}")] {
            let evaluation = evaluated(&format!("y = constant(\"{name}\")"), &[]).unwrap();
            let estimate = &evaluation.only().unwrap().estimate;
            assert_eq!((estimate.value, estimate.standard_uncertainty), (value, 0.0), "{name}");
            assert!(estimate.unit.is_equivalent(&unit(symbol)), "{name}");
        }
    }
    let table = include_str!("../../data/constants.toml");
    assert_eq!(constants().len(), table.matches("[[constant]]").count());
    // CODATA 2022: R = 8.314 462 618… J/(mol K), F = 96 485.332 12… C/mol, products of defining constants.
    close(
        result(
            "y = constant(\"Avogadro constant\")*constant(\"Boltzmann constant\")/constant(\"molar gas constant\")",
            &[],
        )
        .0,
        1.0,
    );
    close(
        result(
            "y = constant(\"Avogadro constant\")*constant(\"elementary charge\")/constant(\"Faraday constant\")",
            &[],
        )
        .0,
        1.0,
    );
}

#[test]
fn a_constant_with_an_uncertainty_is_one_input() {
    let g = "constant(\"Newtonian constant of gravitation\")";
    assert_eq!(result(&format!("y = {g} - {g}"), &[]), (0.0, 0.0));
    let evaluation =
        evaluated(&format!("F = {g}*m^2/r^2"), &[given("m", 1.0, 0.0, unit("kg")), given("r", 1.0, 0.0, unit("m"))]);
    let evaluation = evaluation.unwrap();
    let output = evaluation.only().unwrap();
    assert_eq!((output.estimate.value, output.estimate.standard_uncertainty), (6.674_30e-11, 0.000_15e-11));
    assert!(output.estimate.unit.is_equivalent(&unit("N")));
    assert!(output.budget.iter().any(|line| line.input == g));
    // CODATA 2022: the fine-structure constant from its parts, within its own uncertainty.
    let alpha = "a = constant(\"elementary charge\")^2/(2*constant(\"vacuum electric permittivity\")\
        *constant(\"Planck constant\")*constant(\"speed of light\"))";
    let (value, u) = result(alpha, &[]);
    assert!((value - 7.297_352_564_3e-3).abs() < 2.0 * u && u < 2e-12, "{value} {u}");
    is_underlined("y = 2*constant(\"boltzman constant\")", "\"boltzman constant\"", "model-constant-unknown-near");
    is_underlined("y = constant(x)", "x", "model-unexpected");
}

#[test]
fn functions_have_their_values_and_slopes() {
    for (function, value, slope) in [
        ("sinh(x)", 0.521_095_305_493_747_4, 1.127_625_965_206_380_8),
        ("cosh(x)", 1.127_625_965_206_380_8, 0.521_095_305_493_747_4),
        ("tanh(x)", 0.462_117_157_260_009_75, 0.786_447_732_965_927_4),
        ("asinh(x)", 0.481_211_825_059_603_46, 0.894_427_190_999_915_9),
        ("acosh(x + 1)", 0.962_423_650_119_206_9, 0.894_427_190_999_915_9),
        ("atanh(x)", 0.549_306_144_334_054_8, 1.333_333_333_333_333_3),
        ("log2(x)", -1.0, 2.885_390_081_777_926_8),
        ("erf(x)", 0.520_499_877_813_046_5, 0.878_782_578_935_444_8),
        ("hypot(x, 1.2)", 1.3, 0.384_615_384_615_384_64),
    ] {
        let (ours, u) = result(&format!("y = {function}"), &[given("x", 0.5, 1.0, one())]);
        close(ours, value);
        close(u, slope);
    }
    let x = given("x", 0.5, 0.1, unit("m"));
    is_underlined_with("y = 1 + sinh(x)", &[x], "sinh(x)", "evaluation-not-dimensionless");
    is_underlined("y = 1 + floor(x)", "floor", "model-without-derivative");
    is_underlined("y = hypot(x)", "hypot", "model-arguments");
}

proptest! {
    /// The derivatives to second order against differences of the function itself.
    #[test]
    fn second_derivatives_are_those_of_the_function(x in 0.1..0.9f64) {
        for function in ["sinh(x)", "cosh(x)", "tanh(x)", "asinh(x)", "acosh(x + 1)", "atanh(x)", "log2(x)", "erf(x)"] {
            let at = |x: f64| result(&format!("y = {function}"), &[given("x", x, 0.0, one())]).0;
            let h = 1e-4;
            let second = (at(x + h) - 2.0 * at(x) + at(x - h)) / (h * h);
            let third = (at(x + 2.0 * h) - 2.0 * at(x + h) + 2.0 * at(x - h) - at(x - 2.0 * h)) / (2.0 * h * h * h);
            let u = 0.01;
            let evaluation = evaluated(&format!("y = {function}"), &[given("x", x, u, one())]).unwrap();
            let output = evaluation.only().unwrap();
            let ours = output.second_order.unwrap();
            prop_assert!((ours.bias - second * u * u / 2.0).abs() < 1e-6 * (1.0 + second.abs()), "{function}");
            // u² = c²u² + (½ f″² + f′ f‴) u⁴.
            let first = output.budget[0].sensitivity;
            let variance = first * first * u * u + (second * second / 2.0 + first * third) * u * u * u * u;
            let difference = ours.standard_uncertainty * ours.standard_uncertainty - variance;
            prop_assert!(difference.abs() < 1e-4 * variance, "{function} {difference} {variance}");
        }
    }
}

#[test]
fn hostile_models_end_in_bounded_time_at_the_right_place() {
    let start = Instant::now();
    is_underlined("b = 2\na = a + b", "a", "model-recursion");
    let error = syntax_error("b = 2\na = a + b");
    assert_eq!((error.position.line, error.position.column), (2, 5));
    let error = syntax_error("a = b + 1\nb = 2*a");
    assert_eq!(
        (error.position.line, error.position.column, error.fault),
        (2, 7, SyntaxFault::Recursion { name: "b".to_owned() })
    );
    is_underlined("a = b + 1\nb = 2*c", "b", "model-used-before");
    is_underlined("a = 1\na = 2", "a", "model-assigned-twice");
    is_underlined("", "", "model-unexpected");
    is_underlined("# nothing\n", "", "model-unexpected");
    is_underlined("a = ", "", "model-unexpected");
    let deep = format!("y = {}x{}", "(".repeat(100_000), ")".repeat(100_000));
    is_underlined(&deep, "(", "model-too-deep");
    is_underlined(&format!("y = {}", "sum(".repeat(50_000)), "(", "model-too-deep");
    is_underlined(&format!("y = {}", "x[".repeat(50_000)), "[", "model-too-deep");
    assert_eq!(result(&format!("y = {}x", "-".repeat(100_000)), &[given("x", 1.0, 0.1, one())]).0, 1.0);
    is_underlined(&format!("y = {}", "x+".repeat(200_001)), "y", "model-too-long");
    let zero = [given("x", 0.0, 0.1, one()), given("零", 0.0, 0.1, one())];
    is_underlined_with("a = 1\ny = 2 + a/(x*零)", &zero, "a/(x*零)", "evaluation-division-by-zero");
    is_underlined_with("y = 2 + x^-1", &zero, "x^-1", "evaluation-division-by-zero");
    is_underlined_with("y = 2 + ln(x)", &zero, "ln(x)", "evaluation-not-finite");
    for model in [
        "y = sum(i for i in 1..100000000000)",
        "y = sum(sum(sum(x*i*j*k for i in 1..1000) for j in 1..1000) for k in 1..1000)",
        "y = sum(sum(i*j for i in 1..99999) for j in 1..99999)",
    ] {
        assert_eq!(syntax_error(model).fault.code(), "evaluation-too-many-operations", "{model}");
    }
    let wide = format!("y = sum({}i for i in 1..90000)", "i+".repeat(150_000));
    assert_eq!(syntax_error(&wide).fault.code(), "evaluation-too-many-operations");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_sum_of_ten_thousand_terms_is_quick() {
    let start = Instant::now();
    let inputs = [given("a", 0.5, 0.1, one()), given("b", 2.0, 0.1, one())];
    let (value, u) = result("y = sum(sin(a*i)*b/i for i in 1..10000)", &inputs);
    // Σ sin(ia)/i = (π − a)/2 for 0 < a < 2π.
    assert!((value - (std::f64::consts::PI - 0.5)).abs() < 1e-3, "{value}");
    assert!(u > 0.0 && u.is_finite());
    let terms: Vec<String> = (0..10_000).map(|place| format!("a^{}", place % 9)).collect();
    assert!(result(&format!("y = {}", terms.join(" + ")), &inputs).0 > 2_000.0);
    let x: Vec<Input> = (1..=10_000).map(|place| given(&format!("x[{place}]"), 1.0, 0.1, one())).collect();
    let model = Model::parse("n = length(x); y = sum(sin(x[i])*x[i+1] for i in 1..n-1)").unwrap();
    let model = model.unrolled(&x).unwrap();
    assert_eq!(model.inputs().len(), 10_000);
    assert!(model.unit_check(&|_| Some(one())).is_ok());
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// People read a sentence for every code, in both languages.
#[test]
fn every_fault_has_its_sentence_in_both_languages() {
    let codes = include_str!("../../src/error.rs").split('"').skip(1).step_by(2);
    let codes: Vec<&str> = codes.filter(|word| word.starts_with("model-") || word.starts_with("evaluation-")).collect();
    assert!(codes.len() > 45, "{codes:?}");
    for sentences in
        [include_str!("../../../../locales/zh/uncertainty.ftl"), include_str!("../../../../locales/en/uncertainty.ftl")]
    {
        for code in &codes {
            assert!(sentences.contains(&format!("\nfinding-{code} = ")), "{code}");
        }
    }
}

#[test]
fn chinese_names_are_names() {
    let inputs = [given("长度_1", 2.0, 0.1, unit("mm")), given("温度", 3.0, 0.1, unit("K"))];
    assert_eq!(result("结果 = 长度_1*温度", &inputs).0, 6.0);
    let model = "结果 = 长度_1 + 温度";
    is_underlined_with(model, &inputs, "长度_1 + 温度", "evaluation-unit-mismatch");
    let shown = evaluated(model, &inputs).unwrap_err().underlined(model).unwrap();
    assert_eq!(shown, "  1 | 结果 = 长度_1 + 温度\n    |        ^^^^^^^^^^^^^");
}

#[test]
fn a_range_is_not_part_of_a_number_or_a_name() {
    let x = vector("x.a", &[1.0, 2.0, 3.0], 0.1, &one());
    assert_eq!(result("n = 3; s = sum(x.a[i] for i in 1..n)", &x).0, 6.0);
    assert_eq!(result("n = 1; m = 2; s = sum(x.a[i] for i in n..m)", &x).0, 3.0);
    assert_eq!(result("y = 1.5 + .5", &[]).0, 2.0);
}

proptest! {
    #[test]
    fn no_text_makes_a_model_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "x", "y", "i", "n", "sum", "mean", "length", "dot", "complex", "polar", "re", "arg", "constant", "for", "in",
                "..", "[", "]", "(", ")", ",", "=", "+", "-", "*", "/", "^", "1", "2", "0.5", "\n", "\"speed of light\"", "sqrt",
            ]),
            0..30,
        ),
    ) {
        let text = format!("y = {}", words.join(" "));
        if let Ok(model) = Model::parse(&text) {
            let inputs = vector("x", &[1.0, 2.0], 0.1, &one());
            let _ = evaluate_linear(&model, &inputs, &Correlations::none());
        }
    }
}
