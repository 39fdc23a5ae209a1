//! Records as TOML and JSON, and as tables in CSV and XLSX.
#![no_main]

use std::sync::LazyLock;

use heng_exchange::record::{Kind, Reading, read};
use heng_rule::RuleSet;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| heng_rule::builtin().unwrap_or_default());

fuzz_target!(|bytes: &[u8]| {
    let reading = Reading { rules: &RULES, rule: Some("jjg-539-2016") };
    for kind in [Kind::Toml, Kind::Json, Kind::Csv, Kind::Xlsx] {
        let _ = read(bytes, kind, &reading);
    }
});
