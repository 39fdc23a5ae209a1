//! PDFs that someone hands in.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = heng_exchange::pdf::split(bytes);
    let _ = heng_exchange::pdf::attachments(bytes);
});
