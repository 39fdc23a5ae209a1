//! Any bytes as a file of districts: read or refused, never a panic.

#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = heng_telemetry::districts::DistrictFile::of_bytes("fuzz", bytes.to_vec()) {
        for place in 0..file.len().min(4) {
            let _ = file.district(place);
        }
    }
});
