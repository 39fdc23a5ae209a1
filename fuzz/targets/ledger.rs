//! Ledgers of instruments, as CSV and XLSX.
#![no_main]

use std::sync::LazyLock;

use heng_exchange::ledger::{Vocabulary, read};
use heng_rule::RuleSet;
use heng_rule::catalogue::builtin_catalogue;
use libfuzzer_sys::fuzz_target;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| heng_rule::builtin().unwrap_or_default());

static VOCABULARY: LazyLock<Option<Vocabulary<'static>>> =
    LazyLock::new(|| builtin_catalogue().ok().map(|catalogue| Vocabulary::new(&RULES, &catalogue)));

fuzz_target!(|bytes: &[u8]| {
    if let Some(vocabulary) = &*VOCABULARY {
        let ledger = read(bytes, vocabulary);
        assert!(ledger.rows.iter().all(|row| row.row > 0), "every row has a place");
    }
});
