//! Records as CSV and XLSX.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = heng_exchange::record::read_csv(bytes);
    let _ = heng_exchange::record::read_xlsx(bytes);
});
