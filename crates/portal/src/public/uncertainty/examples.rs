//! The worked examples of the documents, as they run on the command line too.

macro_rules! examples {
    ($($name:literal),+ $(,)?) => {
        /// The name and the text of each; called `model-example-NAME` in the words.
        pub(super) const EXAMPLES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../../examples/uncertainty/", $name, ".toml")))),+];
    };
}

examples![
    "gauge-block-jcgm-101",
    "gauge-block-gum-h1",
    "impedance-gum-h2",
    "impedance-gum-h2-observations",
    "impedance-gum-h2-complex",
    "zener-voltage-gum-h5",
    "zener-voltage-gum-h5-groups",
    "effective-degrees-gum-g41",
    "sum-of-normal-jcgm-101",
    "sum-of-rectangular-jcgm-101",
    "mass-calibration-jcgm-101",
    "comparison-loss-jcgm-101",
    "polar-coordinates-jcgm-102",
    "polar-coordinates-near-jcgm-102",
    "polar-coordinates-far-jcgm-102",
    "mass-ea-4-02-s2",
    "cadmium-standard-eurachem-a1",
    "hydrochloric-acid-eurachem-a3",
    "hydrochloric-acid-uniform-eurachem-a3",
    "thermal-expansion-tn-1900-e13",
    "logarithm-npl-es-11",
    "square-at-zero",
    "numerical-tolerance-jcgm-101",
    "chain-of-a-hundred",
];

/// The one to start from: both methods have something to say of it.
pub(super) const FIRST: &str = "gauge-block-jcgm-101";

/// A worked example by its name.
pub(super) fn example(name: &str) -> Option<(&'static str, &'static str)> {
    EXAMPLES.iter().find(|(known, _)| *known == name).copied()
}
