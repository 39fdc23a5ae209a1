//! The histogram of a result: what can be read from it later.

use heng_uncertainty::{Correlations, Histogram, Input, Model, ToleranceInterval, Trials, simulate_within};
use proptest::prelude::*;

use crate::monte_carlo::{TRIALS, near, normal, uniform};

fn histogram(inputs: &[Input], text: &str, count: u64, seed: u64) -> Histogram {
    let model = Model::parse(text).unwrap();
    let trials = Trials { count, seed, ..TRIALS };
    simulate_within(&model, inputs, &Correlations::none(), &trials, &[]).unwrap().remove(0).histogram
}

#[test]
fn every_trial_is_in_one_bin_or_beyond() {
    let heavy = Input { degrees_of_freedom: 1.5, ..normal("x", 3.0, 1.0) };
    for count in [50_000, 2_500_000] {
        let found = histogram(std::slice::from_ref(&heavy), "y = sqrt(x)", count, 4);
        let inside: u64 = found.bins().map(|bin| bin.count).sum();
        assert_eq!(inside + found.below() + found.above(), found.count());
        assert_eq!(found.count() + found.not_finite(), count);
        assert!(found.not_finite() > 0 && found.above() > 0);
        let bins: Vec<_> = found.bins().collect();
        assert!(bins.len() <= 256 && bins.len() > 60, "{} bins", bins.len());
        assert!(bins.windows(2).all(|pair| pair[0].high == pair[1].low));
    }
}

/// The count of each bin is that of the trials between its ends, seen by a tolerance interval that ends at the next smaller number.
#[test]
fn bins_hold_exactly_what_lies_between_their_ends() {
    let inputs = [normal("x", 0.3, 1.0)];
    let model = Model::parse("y = x + 0").unwrap();
    for count in [100_000, 2_200_000] {
        let trials = Trials { count, ..TRIALS };
        let found = simulate_within(&model, &inputs, &Correlations::none(), &trials, &[]).unwrap();
        let middle = found[0].histogram.bins().max_by_key(|bin| bin.count).unwrap();
        let limits = ToleranceInterval { lower: Some(middle.low), upper: Some(middle.high.next_down()) };
        let tolerances = [("y".to_owned(), limits)];
        let counted = simulate_within(&model, &inputs, &Correlations::none(), &trials, &tolerances).unwrap();
        let part = counted[0].conformance_probability.unwrap();
        assert_eq!(part, middle.count as f64 / count as f64);
    }
}

/// The motor oil of JCGM 106:2012 read from the bins, and quantiles of the normal distribution; a bin is about u/25 wide.
#[test]
fn probabilities_and_quantiles_are_found_later() {
    let found = histogram(&[normal("x", 13.6, 1.8)], "y = x + 0", 1_000_000, 2);
    let limits = ToleranceInterval { lower: Some(12.5), upper: Some(16.3) };
    near(found.conformance_probability(&limits), 0.662_629_786_5, 0.002_5);
    near(found.quantile(0.975).unwrap(), 13.6 + 1.8 * 1.959_963_985, 0.02);
    near(found.quantile(0.025).unwrap(), 13.6 - 1.8 * 1.959_963_985, 0.02);
    assert_eq!(found.conformance_probability(&ToleranceInterval::default()), 1.0);
    let none = ToleranceInterval { lower: Some(100.0), upper: None };
    assert_eq!(found.conformance_probability(&none), 0.0);
    assert!(found.quantile(0.0).is_none() && found.quantile(1.0).is_none() && found.quantile(f64::NAN).is_none());
}

#[test]
fn a_quantile_among_values_beyond_the_bins_is_not_guessed() {
    let cauchy = Input { degrees_of_freedom: 1.0, ..normal("x", 0.0, 1.0) };
    let found = histogram(&[cauchy], "y = x + 0", 100_000, 2);
    assert_eq!(found.quantile(0.001), None);
    assert_eq!(found.quantile(0.999), None);
    near(found.quantile(0.75).unwrap(), 1.0, 0.05);
}

#[test]
fn a_stored_histogram_is_read_again() {
    let found = histogram(&[uniform("x", -1.0, 3.0)], "y = sqrt(x)", 10_000, 2);
    let text = toml::to_string(&found).unwrap();
    assert!(text.contains("format = \"heng-histogram/1\""), "{text}");
    assert_eq!(toml::from_str::<Histogram>(&text).unwrap(), found);
    let refused = |from: &str, to: &str| {
        assert!(text.contains(from), "{text}");
        toml::from_str::<Histogram>(&text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert!(refused("heng-histogram/1", "heng-histogram/2").contains("heng-histogram/1 is read"));
    assert!(refused("least = ", "least = 1e9 #").contains("do not belong together"));
    assert!(refused("bin_exponent = ", "bin_exponent = 9999 #").contains("do not belong together"));
}

proptest! {
    /// Two runs merged hold all values of both, in either order.
    #[test]
    fn merging_loses_nothing(
        shift in -50.0..50.0_f64,
        scale in 0.01..100.0_f64,
        degrees in prop::sample::select(vec![1.2, 4.0, f64::INFINITY]),
    ) {
        let one = histogram(&[normal("x", 0.0, 1.0)], "y = x + 0", 5_000, 1);
        let other = Input { degrees_of_freedom: degrees, ..normal("x", shift, scale) };
        let other = histogram(&[other], "y = x + 0", 5_000, 2);
        let merged = one.merged(&other);
        prop_assert_eq!(&merged, &other.merged(&one));
        prop_assert_eq!(merged.count(), 10_000);
        prop_assert!(merged.bins().count() <= 256);
        prop_assert_eq!(merged.ends().low, one.ends().low.min(other.ends().low));
        // Every bin holds what both runs had between its ends, where both had bins.
        for bin in merged.bins() {
            let of = |part: &Histogram| {
                let within = part.bins().filter(|one| bin.low <= one.low && one.high <= bin.high);
                within.map(|one| one.count).sum::<u64>()
            };
            prop_assert_eq!(bin.count, of(&one) + of(&other));
        }
    }
}
