//! Checkpoints and receipts: what is accepted has one encoding.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(receipt) = heng_evidence::Receipt::parse(bytes) {
        assert_eq!(receipt.to_bytes().as_deref(), Ok(bytes));
    }
    if let Some(Ok(checkpoint)) = std::str::from_utf8(bytes).ok().map(str::parse::<heng_evidence::SignedCheckpoint>) {
        assert_eq!(checkpoint.to_string().as_bytes(), bytes);
    }
});
