//! A data folder with a feed, and messages for it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use heng_store::LocalDisk;
use heng_telemetry::readings::form::{Form, read};
use heng_telemetry::readings::{Batch, Readings, Settings};
use tempfile::TempDir;

/// 2026-03-01 00:00 in 天津.
pub const MIDNIGHT_MS: i64 = 1_772_294_400_000;

/// One hour.
pub const HOUR_MS: i64 = 3_600_000;

/// A feed that reads two meters of 和平区 every six hours.
pub const FEEDS: &str = r#"
format = "heng-feeds/1"

[[feed]]
id = "heping-01"
party = "party:machine:heping-01"
district = "120101"
utc_offset = "+08:00"
interval_s = 21600
late_after_s = 3600
meters = ["津电0001", "津电0002"]

[[feed.register]]
id = "1-0:1.8.0"
unit = "kWh"
least = 0.0
most = 100000.0
cumulative = true
most_per_hour = 60.0
"#;

/// A data folder with that feed.
pub fn data() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("readings")).unwrap();
    fs::write(folder.path().join("readings/feeds.toml"), FEEDS).unwrap();
    folder
}

/// A message in CSV: meter, time on the feed's clock, value.
pub fn message(rows: &[(&str, &str, &str)]) -> Batch {
    let mut text = "meter,register,unit,at,value\n".to_owned();
    for (meter, at, value) in rows {
        text.push_str(&format!("{meter},1-0:1.8.0,kWh,2026-03-{at},{value}\n"));
    }
    let batch = csv(&text);
    assert_eq!(batch.rejected, []);
    batch
}

/// A message in CSV, read by the clock of the feed.
pub fn csv(text: &str) -> Batch {
    read(Form::Csv, text.as_bytes(), Some(jiff::tz::offset(8)))
}

/// Opens with segments of this size.
pub fn opened(data: &Path, segment_bytes: u64) -> Readings {
    let disk = Arc::new(LocalDisk::default());
    Readings::open_with(data, Settings { disk, segment_bytes, most_identities: 1000 }).unwrap()
}
