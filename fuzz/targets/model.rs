//! Measurement models, expressions and conditions.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = heng_uncertainty::Model::parse(text);
    let _ = heng_uncertainty::Expression::parse(text);
    let _ = heng_uncertainty::Condition::parse(text);
});
