//! Readings as they come in: whatever the bytes are, each line is taken or kept, and the same again.
#![no_main]

use heng_telemetry::readings::form::{Form, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for form in [Form::of(bytes), Form::Csv, Form::JsonLines, Form::Arrow] {
        let batch = read(form, bytes, None);
        assert_eq!(batch, read(form, bytes, None));
        assert!(batch.rows.iter().all(|row| batch.series.get(row.series as usize).is_some()));
        // What was not taken is there as it came; of tables in columns a row is kept as its cells.
        for rejected in &batch.rejected {
            let is_there = bytes.windows(rejected.bytes.len().max(1)).any(|part| part == rejected.bytes);
            assert!(is_there || rejected.bytes.is_empty() || matches!(form, Form::Parquet | Form::Arrow));
        }
    }
});
