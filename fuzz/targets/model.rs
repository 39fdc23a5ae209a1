//! Measurement models, expressions and conditions.
#![no_main]

use heng_quantity::Unit;
use heng_uncertainty::{Condition, Correlations, Expression, Input, Model, evaluate_linear};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Expression::parse(text);
    let _ = Condition::parse(text);
    let model = match Model::parse(text) {
        Ok(model) => model,
        Err(error) => {
            assert!(error.underlined(text).contains('^'));
            return;
        }
    };
    // What is printed reads back to the same graph.
    let printed = model.formula();
    let again = Model::parse(&printed.text());
    assert!(again.is_ok_and(|again| again.is_same_as(&model)), "{}", printed.text());
    // Every name as one quantity, and every name as a vector of three.
    let name = |name: &String| name.split('[').next().unwrap_or_default().to_owned();
    let mut names: Vec<String> =
        model.inputs().iter().map(name).filter(|name| !name.starts_with("constant(")).collect();
    names.sort();
    names.dedup();
    let given = |name: &str, value| Input::standard(name, value, Unit::one(), 0.1, f64::INFINITY);
    let scalars: Vec<Input> = names.iter().map(|name| given(name, 1.5)).collect();
    let element = |name: &String, place: u8| given(&format!("{name}[{place}]"), 0.5 + f64::from(place));
    let vectors: Vec<Input> = names.iter().flat_map(|name| (1..=3).map(move |place| element(name, place))).collect();
    for inputs in [scalars, vectors] {
        // Few inputs and outputs: each pair is looked at.
        if inputs.len() < 60
            && let Ok(model) = model.unrolled(&inputs)
            && model.outputs().len() < 30
            && let Err(error) = evaluate_linear(&model, &inputs, &Correlations::none())
        {
            assert!(error.underlined(text).is_none_or(|shown| shown.contains('^')));
        }
    }
});
