//! Charging sessions: whatever the bytes are, there is a table or a reason, and the same one again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = || heng_telemetry::sessions::read_bytes("fuzz", bytes.to_vec(), 2.0);
    match (read(), read()) {
        (Ok(one), Ok(other)) => assert_eq!((one.piles, one.bills), (other.piles, other.bills)),
        (Err(one), Err(other)) => assert_eq!(one, other),
        _ => panic!("read once and not again"),
    }
});
