//! Digital calibration certificates and D-SI documents.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = heng_exchange::dcc::read(bytes) {
        let _ = heng_exchange::dcc::quantities(&read);
    }
});
