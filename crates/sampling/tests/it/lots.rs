//! Lots from the draw to the decision, and what was foretold against what was found.

use heng_sampling::draw::draw;
use heng_sampling::foretold::{Foretold, recall_of_lot, track_record};
use heng_sampling::grade::{Drawn, Ground, UnitResult};
use heng_sampling::{Assumptions, Decision, Grading, Lot, Plan, Proportion, Unit, grade};

const ASSUMED: Assumptions = Assumptions { prior: (1.0, 1.0), shift: 1.0, floor: 0.001 };

/// A lot of 600 in which every 60th meter is named as failing.
fn lot() -> Lot {
    let units = (0..600).map(|place| Unit {
        name: format!("m{place:03}"),
        probability: Some(if place % 60 == 0 { 0.9 } else { 0.005 }),
        interval: Some(if place % 60 == 0 { (2.0, 4.0) } else { (-1.0, 1.0) }),
        named: place % 60 == 0,
    });
    let units: Vec<Unit> = units.collect();
    let plan = Plan { sample: 80, accept: 1 };
    let seed = "乙巳年十月初十";
    let drawn = draw(units.iter().map(|unit| unit.name.as_str()), seed, 80);
    let results = drawn.drawn.iter().map(|name| result(name, false)).collect();
    let drawn = Drawn { seed: Some(seed.to_owned()), population: Some(drawn.population) };
    Lot { units, plan, limiting_quality: 0.05, drawn, results, replaced: Vec::new() }
}

fn result(unit: &str, failed: bool) -> UnitResult {
    let value = if failed { 3.0 } else { 0.2 };
    UnitResult { unit: unit.to_owned(), value, standard_uncertainty: 0.1, failed, unclear: false }
}

fn graded(lot: &Lot) -> Grading {
    grade(lot, &ASSUMED, 0.01)
}

fn codes(grading: &Grading) -> Vec<&str> {
    grading.findings.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn the_plan_decides_and_the_named_are_looked_at_all_the_same() {
    let mut lot = lot();
    let grading = graded(&lot);
    assert_eq!((grading.decision, grading.ground), (Decision::Extended, Ground::WithinPlan));
    assert_eq!((grading.lot, grading.examined, grading.failed, grading.named.len()), (600, 80, 0, 10));
    assert!(grading.consumer_risk < 0.1 && grading.good_share < 0.01);
    lot.results[0].failed = true;
    assert_eq!(graded(&lot).decision, Decision::Extended, "one may fail");
    lot.results[1].failed = true;
    assert_eq!((graded(&lot).decision, graded(&lot).ground), (Decision::Replaced, Ground::BeyondPlan));
}

#[test]
fn a_draw_that_is_not_shown_decides_nothing() {
    let mut lot = lot();
    lot.drawn.seed = None;
    assert_eq!((graded(&lot).decision, graded(&lot).ground), (Decision::Open, Ground::DrawNotShown));
    let mut lot = self::lot();
    lot.units.pop();
    let grading = graded(&lot);
    assert_eq!((grading.decision, grading.ground), (Decision::Open, Ground::ListChanged));
    assert_eq!(grading.draw.list_as_fixed, Some(false));
}

#[test]
fn a_list_that_was_not_fixed_beforehand_decides_nothing() {
    for population in [None, Some(" ".to_owned())] {
        let mut lot = lot();
        lot.drawn.population = population;
        let grading = graded(&lot);
        assert_eq!((grading.decision, grading.ground), (Decision::Open, Ground::ListNotFixed));
    }
}

#[test]
fn repeating_tests_turns_no_decision() {
    let mut lot = lot();
    let good = lot.results.clone();
    let bad: Vec<UnitResult> = good.iter().map(|one| result(&one.unit, true)).collect();
    for results in [[bad.clone(), good.clone()].concat(), [good, bad].concat()] {
        lot.results = results;
        let grading = graded(&lot);
        assert_eq!((grading.decision, grading.examined, grading.failed), (Decision::Replaced, 80, 80));
        assert_eq!(codes(&grading).iter().filter(|code| **code == "lot-result-twice").count(), 80);
    }
}

#[test]
fn a_meter_that_was_not_drawn_does_not_count() {
    let mut lot = lot();
    let drawn: Vec<String> = lot.results.iter().map(|result| result.unit.clone()).collect();
    let other = lot.units.iter().find(|unit| !drawn.contains(&unit.name)).unwrap().name.clone();
    lot.results[0] = result(&other, false);
    lot.results.push(result("nobody", false));
    let grading = graded(&lot);
    assert_eq!(grading.examined, 79);
    assert_eq!(codes(&grading), ["lot-result-not-drawn", "lot-result-unknown", "lot-results-missing"]);
    assert_eq!(grading.decision, Decision::Extended, "even if the missing one fails, one may");
    lot.results.remove(1);
    assert_eq!((graded(&lot).decision, graded(&lot).ground), (Decision::Open, Ground::ResultsMissing));
}

#[test]
fn a_sample_that_contradicts_the_estimates_is_found() {
    let mut lot = lot();
    lot.plan.accept = 20;
    for result in lot.results.iter_mut().take(15) {
        result.failed = true;
    }
    let grading = graded(&lot);
    assert_eq!(grading.decision, Decision::Extended);
    assert_eq!(codes(&grading), ["lot-estimates-disagree"]);
    // The plan accepts at its limiting quality nearly always: nobody is surprised that such a lot is bad.
    assert!(grading.consumer_risk > 0.99 && grading.share.both.not_good > 0.9);
}

#[test]
fn an_accepted_lot_whose_estimates_speak_against_it_is_doubtful() {
    let mut lot = lot();
    for unit in lot.units.iter_mut().take(60) {
        (unit.probability, unit.named) = (Some(0.97), true);
    }
    // The sample is drawn again: it happens to hold whatever it finds.
    let grading = graded(&lot);
    let in_sample = lot.results.iter().filter(|result| result.unit.as_str() < "m060").count();
    assert!(in_sample > 2, "{in_sample}");
    assert!(codes(&grading).contains(&"lot-estimates-disagree"), "{:?}", grading.findings);
    assert_eq!(grading.share.sample, graded(&self::lot()).share.sample, "the sample alone knows nothing of estimates");
}

#[test]
fn what_was_taken_out_closes_the_loop() {
    let mut lot = lot();
    let sampled: Vec<String> = lot.results.iter().map(|result| result.unit.clone()).collect();
    let named: Vec<String> = lot.units.iter().filter(|unit| unit.named).map(|unit| unit.name.clone()).collect();
    for result in &mut lot.results {
        if named.contains(&result.unit) {
            *result = self::result(&result.unit, true);
        }
    }
    lot.replaced = named.iter().filter(|name| !sampled.contains(name)).map(|name| result(name, true)).collect();
    let record = graded(&lot).record.unwrap();
    assert_eq!((record.precision.count, record.precision.of), (10, 10));
    assert_eq!((record.recall.count, record.recall.of), (10, 10));
    assert_eq!(record.coverage.of, 80 + lot.replaced.len() as u64);
    assert_eq!(record.coverage.share, Some(1.0));
    // Of the other 590 about 79 were examined at random and none failed: the recall over the lot may still be low.
    let (low, high) = graded(&lot).recall_of_lot.unwrap();
    assert!(low > 0.15 && low < 0.2 && high == 1.0, "{low} {high}");
}

#[test]
fn the_bounds_of_the_recall_are_those_of_both_intervals() {
    // 40 of 50 named failed, of 1 000 others 2 of 200: F = 100, N − F = 1 000.
    let (named, others) = (Proportion::of(40, 50), Proportion::of(2, 200));
    let (low, high) = recall_of_lot(100, named, 1_000, others);
    let (wide_named, wide_others) =
        (Proportion::with_confidence(40, 50, 0.975), Proportion::with_confidence(2, 200, 0.975));
    assert!((low - 100.0 * wide_named.low / (100.0 * wide_named.low + 1_000.0 * wide_others.high)).abs() < 1e-15);
    assert!(low < 80.0 / 90.0 && 80.0 / 90.0 < high);
}

#[test]
fn probabilities_are_held_against_frequencies() {
    // Ten classes of probability with just as many failures as foretold.
    let told: Vec<Foretold> = (0..1_000)
        .map(|place| {
            let p = f64::from(place % 10) / 10.0 + 0.05;
            Foretold {
                unit: place.to_string(),
                named: p > 0.5,
                probability: Some(p),
                interval: Some((-1.0, 1.0)),
                value: if place < 950 { 0.0 } else { 1.1 },
                standard_uncertainty: 0.1,
                failed: place / 10 < place % 10 * 10 + 5,
            }
        })
        .collect();
    let record = track_record(&told);
    assert!(
        record.calibration.iter().all(|class| class.found.low <= class.foretold && class.foretold <= class.found.high)
    );
    assert!(record.as_unlikely.unwrap() > 0.9 && (record.expected - 500.0).abs() < 1e-9);
    assert_eq!((record.coverage.count, record.coverage_beside_laboratory.count), (950, 1_000));
    // p(1 − p) on average.
    let brier: f64 = (0..10).map(|class| f64::from(class) / 10.0 + 0.05).map(|p| p * (1.0 - p)).sum::<f64>() / 10.0;
    assert!((record.brier.unwrap() - brier).abs() < 1e-9);
    // Twice as many failures as foretold are found out.
    let overconfident: Vec<Foretold> =
        told.iter().map(|one| Foretold { probability: one.probability.map(|p| p / 2.0), ..one.clone() }).collect();
    let record = track_record(&overconfident);
    assert!(record.as_unlikely.unwrap() < 1e-10);
    assert!(record.calibration.iter().any(|class| class.found.low > class.foretold));
}
