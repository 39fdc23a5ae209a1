//! Proofs of readings: whatever the bytes are, there is a report or a reason; what is read is written again as the very same bytes.
#![no_main]

use heng_checker::{Given, ReadingProof, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(proof) = ReadingProof::parse(bytes) {
        assert_eq!(proof.to_bytes().unwrap(), bytes);
        let reports = check(&[Given { name: "fuzz", bytes }], None).unwrap();
        assert!(reports.iter().all(|report| report.answer() != heng_checker::Answer::Trusted));
    }
});
