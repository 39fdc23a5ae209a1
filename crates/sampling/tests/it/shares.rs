//! What is known of the share of a lot: against enumeration, and where the answer is known.

use heng_sampling::Assumptions;
use heng_sampling::number::Distribution;
use heng_sampling::posterior::{Known, posterior};
use heng_sampling::proportion::binomial;

const ASSUMED: Assumptions = Assumptions { prior: (1.0, 1.0), shift: 1.0, floor: 0.001 };

fn unit(estimate: Option<f64>, failed: Option<bool>) -> Known {
    Known { estimate, failed }
}

/// The posterior of the number that fails, by going through all 2ᴺ lots and a fine grid of α.
fn enumerated(units: &[Known]) -> Vec<f64> {
    let mut numbers = vec![0.0; units.len() + 1];
    for step in -800..=800 {
        let alpha = f64::from(step) * 0.005;
        let before = (-alpha * alpha / 2.0).exp();
        for lot in 0..1_u32 << units.len() {
            let mut probability = before;
            for (place, unit) in units.iter().enumerate() {
                let fails = lot >> place & 1 == 1;
                let p = unit.estimate.unwrap();
                let odds = p / (1.0 - p) * alpha.exp();
                let p = odds / (1.0 + odds);
                probability *= if fails { p } else { 1.0 - p };
                if unit.failed.is_some_and(|failed| failed != fails) {
                    probability = 0.0;
                }
            }
            numbers[lot.count_ones() as usize] += probability;
        }
    }
    let sum: f64 = numbers.iter().sum();
    numbers.iter().map(|number| number / sum).collect()
}

#[test]
fn both_sources_together_are_what_enumeration_gives() {
    let units = [
        unit(Some(0.9), Some(true)),
        unit(Some(0.6), Some(false)),
        unit(Some(0.2), Some(true)),
        unit(Some(0.05), None),
        unit(Some(0.3), None),
        unit(Some(0.7), None),
        unit(Some(0.01), None),
    ];
    let exact = enumerated(&units);
    let found = posterior(&units, 0.5, &ASSUMED);
    let mean: f64 = exact.iter().enumerate().map(|(number, p)| number as f64 * p).sum::<f64>() / 7.0;
    assert!((found.both.mean - mean).abs() < 1e-4, "{} is not {mean}", found.both.mean);
    let not_good: f64 = exact[4..].iter().sum();
    assert!((found.both.not_good - not_good).abs() < 1e-4, "{} is not {not_good}", found.both.not_good);
    // Two of three failed where 1.7 were expected.
    let agreement = found.agreement.unwrap();
    assert!((agreement.expected - 1.7).abs() < 1e-12);
    assert_eq!((agreement.units, agreement.failed), (3, 2));
    let blind: Vec<Known> = units.iter().map(|one| unit(one.estimate, None)).collect();
    let exact = enumerated(&blind);
    let mean: f64 = exact.iter().enumerate().map(|(number, p)| number as f64 * p).sum::<f64>() / 7.0;
    assert!((found.estimates.unwrap().mean - mean).abs() < 1e-4, "the estimates alone do not know the results");
}

#[test]
fn without_estimates_it_is_the_hypergeometric_rule_of_succession() {
    // With a uniform prior over the number of a lot, P(D | n, d) ∝ h(d; N, D, n): 60 units, 12 drawn, 1 failed.
    let mut units = vec![unit(None, None); 60];
    for (place, unit) in units.iter_mut().take(12).enumerate() {
        unit.failed = Some(place == 0);
    }
    let found = posterior(&units, 0.2, &ASSUMED);
    let weights: Vec<f64> =
        (0..=60).map(|marked| heng_sampling::hypergeometric::probability(1, 60, marked, 12)).collect();
    let sum: f64 = weights.iter().sum();
    let mean = weights.iter().enumerate().map(|(d, w)| d as f64 * w).sum::<f64>() / sum / 60.0;
    assert!((found.sample.mean - mean).abs() < 1e-13);
    let not_good = weights[12..].iter().sum::<f64>() / sum;
    assert!((found.sample.not_good - not_good).abs() < 1e-13);
    assert_eq!(found.both, found.sample);
    assert!(found.estimates.is_none() && found.shift.is_none());
}

#[test]
fn each_source_makes_the_share_better_known_and_they_are_moved_by_results() {
    let mut units: Vec<Known> =
        (0..400).map(|place| unit(Some(if place % 20 == 0 { 0.8 } else { 0.01 }), None)).collect();
    for place in 0..50 {
        let failed = place * 8 % 160 == 0;
        units[place * 8].failed = Some(failed);
    }
    let found = posterior(&units, 0.1, &ASSUMED);
    let (sample, estimates) = (found.sample, found.estimates.unwrap());
    assert!(found.both.standard_deviation < sample.standard_deviation, "{found:#?}");
    assert!(found.both.standard_deviation < estimates.standard_deviation, "{found:#?}");
    assert!(found.both.low <= found.both.mean && found.both.mean <= found.both.high);
    // A sample in which far more failed than was said moves all estimates up.
    for unit in units.iter_mut().filter(|unit| unit.failed.is_some()).take(20) {
        unit.failed = Some(true);
    }
    let moved = posterior(&units, 0.1, &ASSUMED);
    assert!(moved.shift.unwrap().mean > found.shift.unwrap().mean + 1.0);
    assert!(moved.agreement.unwrap().as_many < 1e-6);
}

#[test]
fn units_that_nobody_could_estimate_widen_the_share() {
    let certain: Vec<Known> = (0..300).map(|_| unit(Some(0.01), None)).collect();
    let mut open = certain.clone();
    for unit in open.iter_mut().take(100) {
        unit.estimate = None;
    }
    let (certain, open) = (posterior(&certain, 0.1, &ASSUMED), posterior(&open, 0.1, &ASSUMED));
    assert!(open.both.high > certain.both.high && open.both.standard_deviation > certain.both.standard_deviation);
}

#[test]
fn what_is_sure_of_itself_cannot_silence_the_laboratory() {
    let units = [unit(Some(0.0), Some(true)), unit(Some(1.0), Some(false)), unit(Some(f64::NAN), None)];
    let found = posterior(&units, 0.5, &ASSUMED);
    assert!(found.both.mean.is_finite() && found.shift.unwrap().mean.is_finite());
    let nobody = posterior(&[], 0.05, &ASSUMED);
    assert_eq!(nobody.sample.mean, 0.0);
}

#[test]
fn many_alike_are_binomial_and_tails_are_cut_where_nothing_is() {
    let many = Distribution::of_independent(std::iter::repeat_n(0.25, 4_000));
    assert!(many.first > 0 && many.probabilities.len() < 2_000, "only what counts is kept");
    for number in [900, 1_000, 1_100] {
        let exact = binomial(number, 4_000, 0.25);
        let found = many.probability(usize::try_from(number).unwrap());
        assert!((found / exact - 1.0).abs() < 1e-9, "{found} is not {exact}");
    }
}
