//! Signed readings of charging meters: files, records, keys and signatures of anybody.
#![no_main]

use std::sync::LazyLock;

use heng_checker::charging::{Grounds, check_readings};
use heng_exchange::ocmf;
use heng_rule::readings::{ReadingLimits, builtin_reading_limits};
use heng_statement::{Curve, EcdsaSignature, MeterKey};
use libfuzzer_sys::fuzz_target;

static LIMITS: LazyLock<Option<ReadingLimits>> = LazyLock::new(|| builtin_reading_limits().ok());

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = ocmf::records(bytes)
        && let Some(limits) = LIMITS.as_ref()
    {
        let reports = check_readings(&found, &Grounds { limits, key: None, meters: &[] });
        assert_eq!(reports.len(), found.len());
    }
    // A key that is read is written in its one form, and read from it.
    if let Ok(key) = MeterKey::from_spki_der(bytes) {
        assert_eq!(MeterKey::from_spki_der(&key.to_spki_der()), Ok(key));
    }
    for curve in Curve::ALL {
        let _ = MeterKey::from_point(curve, bytes);
        let _ = EcdsaSignature::read(bytes, curve);
    }
});
