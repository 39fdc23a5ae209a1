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
    "mass-ea-4-02-s2",
];

/// The one to start from: both methods have something to say of it.
pub(super) const FIRST: &str = "gauge-block-jcgm-101";

/// A worked example by its name.
pub(super) fn example(name: &str) -> Option<(&'static str, &'static str)> {
    EXAMPLES.iter().find(|(known, _)| *known == name).copied()
}
