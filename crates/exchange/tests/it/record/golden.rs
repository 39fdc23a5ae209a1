//! A record that was once a record is read as it was then, for ever.

use std::path::{Path, PathBuf};

use heng_exchange::record::read_toml;
use heng_rule::Record;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/golden/heng-record-1")
}

#[test]
fn every_kind_of_cell_is_read_as_it_was() {
    let text = std::fs::read(folder().join("every-kind-of-cell.toml")).unwrap();
    let golden = std::fs::read(folder().join("every-kind-of-cell.json")).unwrap();
    let record = super::only(read_toml(&text));
    let as_json = serde_json::to_string_pretty(&record).unwrap();
    assert_eq!(as_json, String::from_utf8(golden.clone()).unwrap().trim_end());
    assert_eq!(serde_json::from_slice::<Record>(&golden).unwrap(), record);
}
