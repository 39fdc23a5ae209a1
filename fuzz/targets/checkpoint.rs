//! Checkpoints, receipts and proofs.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = heng_evidence::Receipt::parse(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = heng_evidence::Checkpoint::parse(text);
    }
});
