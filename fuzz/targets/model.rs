//! Measurement models, expressions and model documents.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = heng_uncertainty::Model::parse(text);
    let _ = heng_uncertainty::document::read(text);
});
