//! What is passed on of a result, and what it is not used without.

use heng_quantity::{Uncertainty, Unit};
use heng_uncertainty::{Input, ModelFile, Order, Outcome, Terms, Trials, ValidMethod, evaluate_linear, simulate};

fn outcome(text: &str, order: Order) -> Outcome {
    let file = ModelFile::parse(text).unwrap();
    let linear = evaluate_linear(&file.model, &file.inputs, &file.correlations).unwrap().outputs.remove(0);
    let trials = Trials { count: 1_000_000, seed: 1, probability: file.coverage_probability, threads: 2 };
    let simulation = simulate(&file.model, &file.inputs, &file.correlations, &trials).unwrap().remove(0);
    let terms = Terms { probability: file.coverage_probability, digits: None, order };
    Outcome::of(linear, terms).unwrap().beside(Some(simulation), None)
}

fn example(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/uncertainty/");
    std::fs::read_to_string(format!("{folder}{name}.toml")).unwrap()
}

/// JCGM 101:2008, 9.2.2: 0 with ± 3.92 by both methods; 9.3: 1.234 mg, and of the trials 95 % from 1.0834 mg to 1.3825 mg, where the linear interval from
/// 1.1285 mg to 1.3395 mg does not stand.
#[test]
fn what_the_trials_do_not_validate_is_not_passed_on() {
    let sum = outcome(&example("sum-of-normal-jcgm-101"), Order::First);
    let stated = sum.stated();
    assert_eq!((stated.method, stated.reported), (ValidMethod::Linear, sum.reported));
    let mass = outcome(&example("mass-calibration-jcgm-101"), Order::First);
    let stated = mass.stated();
    assert_eq!(stated.method, ValidMethod::MonteCarlo);
    let Some(Uncertainty::Interval { lower, upper, standard, .. }) = &stated.reported.uncertainty else {
        panic!("{stated:?}")
    };
    assert!((lower.to_f64() - 1.0834).abs() <= 0.002 && (upper.to_f64() - 1.3825).abs() <= 0.002, "{lower} {upper}");
    assert_eq!(standard.as_ref().unwrap().to_string(), "0.075");
    assert_eq!(stated.reported.value.to_string(), "1.234");
    // With the terms of second order the interval stands (9.3.2.3), and it is what was asked for.
    assert_eq!(outcome(&example("mass-calibration-jcgm-101"), Order::Second).stated().method, ValidMethod::SecondOrder);
}

/// JCGM 101:2008, 9.4.2: the shortest interval from 0 to 367 × 10⁻⁶ begins where the distribution does.
#[test]
fn of_a_distribution_that_leans_the_shortest_interval_is_stated() {
    let loss = outcome(&example("comparison-loss-jcgm-101"), Order::First);
    let Some(Uncertainty::Interval { lower, upper, .. }) = loss.stated().reported.uncertainty else { panic!() };
    assert!(lower.to_f64() < 1e-5, "{lower}");
    assert!((upper.to_f64() - 367e-6).abs() <= 1e-5, "{upper}");
}

#[test]
fn unknown_is_not_zero() {
    let text = |line: &str| {
        format!(
            "format = 'heng-model/1'\nmodel = 'y = a + b'\n[inputs.a]\nvalue = '1 mm'\nstandard_uncertainty = '0.1 mm'\n[inputs.b]\nvalue = '2 mm'\n{line}\n"
        )
    };
    let codes = |line: &str| -> Vec<String> {
        let file = ModelFile::parse(&text(line)).unwrap();
        let found = evaluate_linear(&file.model, &file.inputs, &file.correlations).unwrap();
        found.outputs[0].findings().into_iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(""), ["uncertainty-of-input-unknown"]);
    assert!(codes("exact = true").is_empty());
    assert!(codes("standard_uncertainty = '0 mm'").is_empty());
    let twice = ModelFile::parse(&text("exact = true\nstandard_uncertainty = '0.1 mm'")).err().unwrap();
    assert_eq!(twice.code, "model-exact");
    let file = ModelFile::parse("format = 'heng-model/1'\nmodel = 'y = 2*b'\n[inputs.b]\nvalue = '2 mm'\n").unwrap();
    let linear = evaluate_linear(&file.model, &file.inputs, &file.correlations).unwrap().outputs.remove(0);
    let terms = Terms { probability: 0.95, digits: None, order: Order::First };
    let nothing = Outcome::of(linear, terms).unwrap();
    assert!(nothing.is_unknown() && nothing.reported.uncertainty.is_none());
    // What has no part in the result is not missed.
    let unused = [Input::unknown("a", 1.0, Unit::one()), Input::standard("b", 1.0, Unit::one(), 0.1, f64::INFINITY)];
    let model = heng_uncertainty::Model::parse("y = a - a + b").unwrap();
    let found = evaluate_linear(&model, &unused, &heng_uncertainty::Correlations::none()).unwrap();
    assert!(found.outputs[0].findings().is_empty());
}

#[test]
fn fewer_than_one_degree_of_freedom_are_refused_with_their_place() {
    let text = "format = 'heng-model/1'\nmodel = 'y = a'\n[inputs.a]\nvalue = '1 mm'\nstandard_uncertainty = '0.1 mm'\ndegrees_of_freedom = 0.5\n";
    let finding = ModelFile::parse(text).err().unwrap();
    assert_eq!((finding.code.as_str(), finding.data["length"].as_str()), ("model-degrees", "3"));
    let place = finding.position.unwrap();
    assert_eq!((place.line, place.column), (6, 22));
    assert!(ModelFile::parse(&text.replace("0.5", "1")).is_ok());
}
