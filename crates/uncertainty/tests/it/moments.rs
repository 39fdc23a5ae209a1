//! Where a result has no standard deviation, none is given.

use heng_quantity::Unit;
use heng_uncertainty::{
    Adaptive, Correlations, Fault, HeavyTail, Input, Model, Trials, simulate, simulate_adaptively, simulate_jointly,
};

use crate::monte_carlo::{near, normal};

const TRIALS: Trials = Trials { count: 1_000_000, seed: 1, probability: 0.95, threads: 2 };

fn student(name: &str, degrees_of_freedom: f64) -> Input {
    Input::standard(name, 1.0, Unit::one(), 0.1, degrees_of_freedom)
}

fn run(model: &str, inputs: &[Input]) -> Vec<heng_uncertainty::Simulation> {
    simulate(&Model::parse(model).unwrap(), inputs, &Correlations::none(), &TRIALS).unwrap()
}

/// t with two degrees of freedom: a mean, no variance, and the quantile √(2p²/(1 − p²)) = 4.302 652 73 at p = 0.95. With one: not even a mean, and the
/// quantile tan(0.475 π) = 12.706 204 74.
#[test]
fn few_degrees_of_freedom_leave_an_interval_and_no_u() {
    let two = run("y = a + b", &[student("a", 2.0), normal("b", 0.0, 1e-6)]).remove(0);
    assert_eq!(two.standard_uncertainty, None);
    assert_eq!(two.heavy_tail, Some(HeavyTail { input: "a".to_owned(), degrees_of_freedom: 2.0 }));
    near(two.mean.unwrap(), 1.0, 0.005);
    near(two.symmetric.high, 1.0 + 0.430_265_273, 0.006);
    let one = run("y = a + b", &[student("a", 1.0), student("b", 2.0)]).remove(0);
    assert_eq!((one.mean, one.standard_uncertainty), (None, None));
    assert_eq!(one.heavy_tail.unwrap().input, "a");
    let three = run("y = a + 0", &[student("a", 3.0)]).remove(0);
    assert!(three.standard_uncertainty.is_some() && three.heavy_tail.is_none());
}

#[test]
fn only_what_rests_on_such_an_input_is_without_u() {
    let found = run("y = a + b; z = 2*b; w = a - a", &[student("a", 2.0), normal("b", 0.0, 1.0)]);
    let without: Vec<bool> = found.iter().map(|one| one.standard_uncertainty.is_none()).collect();
    assert_eq!(without, [true, false, false]);
    near(found[2].standard_uncertainty.unwrap(), 0.0, 0.0);
}

/// JCGM 100:2008, H.2: three quantities observed together five times leave 5 − 3 = 2 degrees of freedom.
#[test]
fn means_of_simultaneous_observations_are_without_u_where_too_few_are_left() {
    let inputs = ["a", "b", "c"].map(|name| student(name, 4.0));
    let together = Correlations::none().with("a", "b", 0.5).with("b", "c", 0.2);
    let model = Model::parse("x = a*b\ny = b/c").unwrap();
    let found = simulate_jointly(&model, &inputs, &together, &TRIALS).unwrap();
    assert!(found.outputs.iter().all(|one| one.standard_uncertainty.is_none() && one.mean.is_some()));
    assert!(found.moments.is_none() && found.ellipsoidal.is_none() && found.rectangular.is_none());
    assert!(found.smallest.is_none());
    let adaptive = Adaptive { digits: 2, seed: 1, probability: 0.95, threads: 1, most: 1_000_000 };
    let refused = simulate_adaptively(&model, &inputs, &together, &adaptive, &[]).unwrap_err().fault;
    let expected = Fault::WithoutStandardDeviation { result: "x".into(), input: "a".into(), degrees: "2".into() };
    assert_eq!(refused, expected);
}
