//! Fisher's tea and Holm's steps.

use heng_sampling::excess::{adjusted, excess};

/// Of eight cups four had the milk first, and four were said to have: P(X ≥ 3) = 17/70, P(X ≥ 4) = 1/70 (Fisher, The Design of Experiments, II).
#[test]
fn a_lady_who_names_four_cups() {
    assert!((excess((3, 4), (4, 8)) - 17.0 / 70.0).abs() < 1e-12);
    assert!((excess((4, 4), (4, 8)) - 1.0 / 70.0).abs() < 1e-12);
    assert_eq!(excess((0, 4), (4, 8)), 1.0);
    assert_eq!(excess((5, 4), (4, 8)), 0.0, "more than there are");
    assert!(excess((1, 9), (4, 8)).is_nan() && excess((1, 4), (9, 8)).is_nan());
}

/// As a sum over all ways, each counted.
#[test]
fn a_tail_is_what_counting_gives() {
    let choose = |n: u64, k: u64| (0..k).fold(1.0, |ways, i| ways * (n - i) as f64 / (i + 1) as f64);
    for (failed, of, all_failed, all) in [(2_u64, 10_u64, 4_u64, 64_u64), (6, 20, 7, 82), (1, 3, 2, 9)] {
        let ways: f64 =
            (failed..=of.min(all_failed)).map(|k| choose(all_failed, k) * choose(all - all_failed, of - k)).sum();
        let wanted = ways / choose(all, of);
        assert!((excess((failed, of), (all_failed, all)) / wanted - 1.0).abs() < 1e-9, "{failed} of {of}");
    }
}

#[test]
fn the_more_groups_are_looked_at_the_more_is_asked_of_each() {
    let wanted = [0.03, 0.06, 0.06, 0.02];
    for (found, wanted) in adjusted(&[0.01, 0.04, 0.03, 0.005]).iter().zip(wanted) {
        assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
    }
    assert_eq!(adjusted(&[0.4, 0.9]), [0.8, 0.9]);
    assert!(adjusted(&[]).is_empty());
}
