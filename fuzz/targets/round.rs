//! Announcements of comparison rounds and results for them; a result that can be read is sealed.
#![no_main]

use heng_exchange::round::{read_announcement, read_result};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_announcement(bytes);
    if let Ok(result) = read_result(bytes) {
        let _ = result.sealed(&String::new(), "", "");
    }
});
