//! Digital calibration certificates and D-SI documents, and their JSON form.
#![no_main]

use std::sync::LazyLock;

use heng_exchange::dcc::{self, Extent};
use heng_wording::{Language, Words};
use libfuzzer_sys::fuzz_target;

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Language::Zh));

fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = dcc::read(bytes) {
        let _ = dcc::quantities(&read);
        let _ = dcc::show(bytes, Extent::Brief, &WORDS);
    }
    // Whatever is taken over at all comes back the same, also through JSON.
    if let Ok(rewritten) = dcc::rewrite(bytes) {
        let json = dcc::json(bytes).unwrap_or_default();
        assert_eq!(dcc::from_json(json.as_bytes()).as_ref(), Ok(&rewritten));
        let _ = dcc::certificate_references(bytes);
    }
    if let Ok(xml) = dcc::from_json(bytes) {
        assert_eq!(dcc::rewrite(&xml), Ok(xml));
    }
});
