//! Branch and bound and the sweep over all places find the same.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use proptest::prelude::*;

use super::{Candidate, bound, chi_squared, sweep};
use crate::distribution::{chi_squared_quantile, chi_squared_survival};

const ALPHA: f64 = 0.05;

fn passes(points: &[(f64, f64)]) -> impl Fn(usize, &Candidate) -> bool + '_ {
    |size, one| chi_squared_survival(chi_squared(points, &one.members), size as f64 - 1.0) >= ALPHA
}

/// The members, and whether others do as well; and how many branches were visited.
fn bounded(points: &[(f64, f64)], mut branches: u64) -> (Option<(Vec<usize>, bool)>, u64) {
    let all = branches;
    for size in (2..=points.len()).rev() {
        let limit = chi_squared_quantile(1.0 - ALPHA, size as f64 - 1.0);
        let best = bound::best(points, size, limit, &mut branches).unwrap();
        if let Some(best) = best.filter(|best| passes(points)(size, best)) {
            return (Some((best.members, best.is_tied)), all - branches);
        }
    }
    (None, all - branches)
}

fn swept(points: &[(f64, f64)]) -> Option<(Vec<usize>, bool)> {
    sweep::best(points, passes(points)).map(|best| (best.members, best.is_tied))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Up to 22 results, a third of them far off: more than all 2²² subsets could be tried so often.
    #[test]
    fn both_find_the_same(
        good in prop::collection::vec((-2.0..2.0_f64, 0.5..2.0_f64), 2..15),
        far in prop::collection::vec((-30.0..30.0_f64, 0.3..5.0_f64), 0..8),
    ) {
        let points: Vec<(f64, f64)> = good.into_iter().chain(far).collect();
        prop_assert_eq!(bounded(&points, u64::MAX).0, swept(&points));
    }

    /// Whole numbers with equal u, where subsets are alike.
    #[test]
    fn both_say_alike_what_is_alike(values in prop::collection::vec(-4..4_i32, 2..10)) {
        let points: Vec<(f64, f64)> = values.into_iter().map(|value| (f64::from(value), 1.0)).collect();
        // Results that are one and the same: the sweep looks at one of them only.
        let has_twin = |members: &[usize]| {
            let is_member = |place: &usize| members.contains(place);
            let outside = (0..points.len()).filter(|place| !is_member(place));
            outside.into_iter().any(|out| members.iter().any(|one| points.get(*one) == points.get(out)))
        };
        let alike = |found: Option<(Vec<usize>, bool)>| found.map(|(members, is_tied)| (is_tied || has_twin(&members), members));
        prop_assert_eq!(alike(bounded(&points, u64::MAX).0), alike(swept(&points)));
    }
}

#[test]
fn a_search_without_branches_says_so() {
    let points = [(0.0, 1.0), (1.0, 1.0), (5.0, 1.0)];
    assert_eq!(bound::best(&points, 2, 3.8, &mut 2), None);
    assert!(bound::best(&points, 2, 3.8, &mut 100).unwrap().is_some());
}

/// Times of both for docs/decisions/0010-comparison.md: `cargo test --release -p heng-comparison --lib -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement of time"]
fn how_long_both_take() {
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    println!("results  far off  spread  sweep/ms  bound/ms  branches");
    let cases = [
        (6, 1, 2.0),
        (10, 2, 2.0),
        (20, 2, 2.0),
        (20, 6, 2.0),
        (30, 9, 2.0),
        (60, 3, 2.0),
        (20, 0, 8.0),
        (30, 0, 8.0),
        (40, 0, 6.0),
    ];
    for (count, far, spread) in cases {
        let points: Vec<(f64, f64)> = (0..count)
            .map(|place| {
                let value = if place < far { 20.0 + 40.0 * (uniform() - 0.5) } else { spread * (uniform() - 0.5) };
                (value, 1.0 / (0.3 + uniform()))
            })
            .collect();
        let begun = Instant::now();
        let of_sweep = swept(&points);
        let sweep = begun.elapsed().as_secs_f64() * 1000.0;
        let begun = Instant::now();
        let (of_bound, branches) = bounded(&points, u64::MAX);
        let bound = begun.elapsed().as_secs_f64() * 1000.0;
        assert_eq!(of_bound, of_sweep);
        println!("{count:7}  {far:7}  {spread:6}  {sweep:8.3}  {bound:8.3}  {branches}");
    }
}
