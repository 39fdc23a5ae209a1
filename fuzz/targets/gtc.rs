//! Archives of GTC: what is read without an error can be true, or says why not.
#![no_main]

use heng_quantity::Severity;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = heng_exchange::gtc::is_archive(bytes);
    let archive = heng_exchange::gtc::read(bytes);
    if archive.findings.iter().any(|finding| finding.severity == Severity::Error) {
        assert!(archive.budgets.results.is_empty());
    }
    let _ = archive.budgets.check();
});
