//! Plan files, and measures within them.
#![no_main]

use heng_rule::plan::{Measure, Plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (plan, _) = Plan::read(&[("plan.toml", &text)]);
    for quote in plan.quoted() {
        plan.responsible(quote);
    }
    let _ = Measure::parse(&text);
});
