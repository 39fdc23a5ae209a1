//! Numbers, units and quantities as people and certificates write them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(decimal) = text.parse::<heng_quantity::Decimal>() {
        assert_eq!(decimal.to_string().parse(), Ok(decimal));
    }
    if let Ok(unit) = text.parse::<heng_quantity::Unit>() {
        assert_eq!(unit.to_string().parse(), Ok(unit));
    }
    let _ = heng_quantity::unit::read(text);
    let _ = heng_quantity::text::parse(text);
});
