//! Recorded messages of charging piles: lines of anybody, and the signed readings in them.
#![no_main]

use std::sync::LazyLock;

use heng_checker::charging::Grounds;
use heng_checker::charging::recording::check_recording;
use heng_exchange::ocpp::recording;
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_rule::recordings::{RecordingLimits, builtin_recording_limits};
use libfuzzer_sys::fuzz_target;

static LIMITS: LazyLock<Option<(ReadingLimits, RecordingLimits)>> =
    LazyLock::new(|| Some((builtin_reading_limits().ok()?, builtin_recording_limits().ok()?)));

fuzz_target!(|bytes: &[u8]| {
    if let Some(found) = recording(bytes)
        && let Some((readings, limits)) = LIMITS.as_ref()
    {
        let report = check_recording(&found, &Grounds { limits: readings, key: None, meters: &[] }, limits);
        assert_eq!(report.sessions.len(), found.sessions.len());
        assert_eq!(report.signed.len(), found.signed.len());
        assert!(found.signed.iter().all(|signed| signed.session.is_none_or(|place| place < found.sessions.len())));
    }
});
