//! Results with their budgets: what is accepted has one encoding, and computing it again ends.
#![no_main]

use heng_checker::BudgetFile;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = BudgetFile::parse(bytes) {
        assert_eq!(file.to_bytes().as_deref(), Ok(bytes));
        let _ = file.computed_again();
    }
    let _ = heng_checker::budgets::budgets(bytes);
});
