//! Records as TOML and JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = heng_exchange::record::read_toml(bytes);
    let _ = heng_exchange::record::read_json(bytes);
});
