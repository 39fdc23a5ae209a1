//! Signed statements: what is accepted has one encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(signed) = heng_statement::SignedStatement::parse(bytes) {
        assert_eq!(signed.bytes, bytes);
    }
});
