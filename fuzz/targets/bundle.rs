//! Bundles: what is accepted has one encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(bundle) = heng_checker::Bundle::parse(bytes) {
        assert_eq!(bundle.to_bytes().as_deref(), Ok(bytes));
    }
});
