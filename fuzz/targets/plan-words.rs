//! Facts, forecasts and steps in the life of norms, as they are written for a plan.
#![no_main]

use heng_exchange::plan::{read_attestations, read_forecasts, read_norms};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_attestations(bytes);
    let _ = read_forecasts(bytes);
    let _ = read_norms(bytes);
});
