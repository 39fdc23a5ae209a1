//! What a broker sends: whatever the bytes are, there is a packet or a reason, and no more memory than bytes came.
#![no_main]

use heng_telemetry::readings::mqtt::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (mut one, mut other) = (bytes, bytes);
    while let Ok(packet) = read(&mut one) {
        assert_eq!(packet, read(&mut other).unwrap());
    }
});
