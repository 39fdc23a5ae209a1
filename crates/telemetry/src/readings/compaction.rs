//! A closed segment of the journal becomes Parquet by day and district, with the root of the tree over its readings.
//!
//! The order of the tree is the order of the parts: day, district, meter, register, unit, instant, and then as they came.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heng_evidence::Frontier;
use heng_store::Disk;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::json;

use super::batch::Series;
use super::canonical::Seen;
use super::journal::Segment;
use super::manifest::{FORMAT, Manifest, Part, keep, place};
use super::seal::salted_line;
use super::sequences::Ranges;
use super::store::ReadingsError;
use super::time::{date_of, day_of};

/// Readings in a group of rows: as many as are read into memory at once.
const GROUP: usize = 100_000;

/// Settles a segment: its parts, its rejected lines, and last its manifest. Done again after a crash, it writes the same parts.
pub(crate) fn settle(
    disk: &dyn Disk,
    readings: &Path,
    segment: &Segment,
    salt: [u8; 32],
) -> Result<Manifest, ReadingsError> {
    let mut rows = sorted(segment);
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        first: segment.first,
        records: segment.records.len() as u64,
        readings: rows.len() as u64,
        rejected: 0,
        from_ms: rows.iter().map(|(_, seen)| seen.at_ms).min(),
        to_ms: rows.iter().map(|(_, seen)| seen.at_ms).max(),
        root: hex::encode(tree(&rows, &salt).root()),
        salt: hex::encode(salt),
        parts: Vec::new(),
        again: BTreeMap::new(),
        sequences: BTreeMap::new(),
    };
    while let Some((day, first)) = rows.first() {
        let (day, district) = (*day, first.district);
        let end = rows.partition_point(|(other, seen)| (*other, seen.district) <= (day, district));
        let rest = rows.split_off(end);
        let date = date_of(day).map_or_else(|| day.to_string(), |date| date.to_string());
        let named = if district.is_empty() { "none" } else { district };
        let path = format!("parquet/day={date}/district={named}/part-{:012}.parquet", segment.first);
        let unwritten =
            |error: ParquetError| ReadingsError::Unreadable { path: readings.join(&path), reason: error.to_string() };
        place(disk, readings, &readings.join(&path), &part(&rows).map_err(unwritten)?)?;
        manifest.parts.push(Part {
            day,
            district: district.to_owned(),
            path,
            readings: rows.len() as u64,
            archived: None,
        });
        rows = rest;
    }
    counted(segment, &mut manifest);
    if manifest.rejected > 0 {
        let path = readings.join(format!("rejects/{:012}.jsonl", segment.first));
        place(disk, readings, &path, rejects(segment).as_bytes())?;
    }
    keep(disk, readings, &manifest)?;
    Ok(manifest)
}

type Dated<'a> = (i64, Seen<'a>);

fn sorted(segment: &Segment) -> Vec<Dated<'_>> {
    // Series are compared once; rows are then sorted by numbers alone.
    let all: BTreeSet<(&str, &Series)> = segment
        .records
        .iter()
        .flat_map(|record| record.series.iter().map(|series| (series.district.as_str(), series)))
        .collect();
    let ranks: HashMap<&Series, usize> =
        all.into_iter().enumerate().map(|(rank, (_, series))| (series, rank)).collect();
    let mut rows: Vec<(i64, usize, Seen<'_>)> = Vec::new();
    for record in &segment.records {
        let of_record: Vec<(usize, &Series)> =
            record.series.iter().map(|series| (ranks.get(series).copied().unwrap_or(0), series)).collect();
        for row in &record.rows {
            if let Some((rank, series)) = of_record.get(row.series as usize) {
                rows.push((day_of(row.at_ms), *rank, Seen::new(&record.feed, record.received_ms, series, row)));
            }
        }
    }
    // Stable: what is alike otherwise stays in the order in which it came.
    rows.sort_by_key(|(day, rank, seen)| (*day, *rank, seen.at_ms));
    rows.into_iter().map(|(day, _, seen)| (day, seen)).collect()
}

/// The tree over the salted lines.
fn tree(rows: &[Dated<'_>], salt: &[u8; 32]) -> Frontier {
    let mut frontier = Frontier::empty();
    let mut index = 0;
    for chunk in rows.chunks(8192) {
        let lines: Vec<String> =
            (index..).zip(chunk).map(|(index, (_, seen))| salted_line(seen, salt, index)).collect();
        index += chunk.len() as u64;
        frontier.append(&lines);
    }
    frontier
}

fn counted(segment: &Segment, manifest: &mut Manifest) {
    let mut sequences: BTreeMap<&str, Ranges> = BTreeMap::new();
    for record in &segment.records {
        manifest.rejected += record.rejected.len() as u64;
        for (day, readings) in &record.again {
            *manifest.again.entry(record.feed.clone()).or_default().entry(*day).or_default() += readings;
        }
        for number in record.rows.iter().filter_map(|row| row.sequence) {
            sequences.entry(&record.feed).or_default().insert(number);
        }
    }
    manifest.sequences =
        sequences.into_iter().map(|(feed, ranges)| (feed.to_owned(), ranges.ranges().collect())).collect();
}

/// The lines that were not taken, one JSON object each.
fn rejects(segment: &Segment) -> String {
    let mut text = String::new();
    for record in &segment.records {
        for rejected in &record.rejected {
            let finding: serde_json::Value = serde_json::from_str(&rejected.finding).unwrap_or_default();
            let bytes = match std::str::from_utf8(&rejected.bytes) {
                Ok(line) => ("text", line.to_owned()),
                Err(_) => ("base64", STANDARD.encode(&rejected.bytes)),
            };
            let line = json!({
                "feed": record.feed,
                "received_at": super::time::text(record.received_ms),
                "line": rejected.line,
                "finding": finding,
                bytes.0: bytes.1,
            });
            text.push_str(&line.to_string());
            text.push('\n');
        }
    }
    text
}

fn field(
    name: &str,
    physical: Physical,
    logical: Option<LogicalType>,
    needed: bool,
) -> Result<Arc<Type>, ParquetError> {
    let repetition = if needed { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let field = Type::primitive_type_builder(name, physical).with_repetition(repetition).with_logical_type(logical);
    field.build().map(Arc::new)
}

fn schema() -> Result<Arc<Type>, ParquetError> {
    let text = |name| field(name, Physical::BYTE_ARRAY, Some(LogicalType::String), true);
    let instant = |name| field(name, Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS)), true);
    let fields = vec![
        text("feed")?,
        text("meter")?,
        text("register")?,
        text("unit")?,
        instant("at")?,
        instant("received_at")?,
        field("value", Physical::DOUBLE, None, true)?,
        field("value_digits", Physical::INT64, None, true)?,
        field("value_exponent", Physical::INT32, None, true)?,
        field("sequence", Physical::INT64, None, false)?,
        field("clock_offset_ms", Physical::INT32, None, false)?,
        field("delay_bound_ms", Physical::INT32, None, false)?,
    ];
    Type::group_type_builder("readings").with_fields(fields).build().map(Arc::new)
}

/// The readings of one partition as Parquet.
fn part(rows: &[Dated<'_>]) -> Result<Vec<u8>, ParquetError> {
    let compression = Compression::ZSTD(ZstdLevel::try_new(1)?);
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema()?, properties)?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        column::<ByteArrayType>(&mut group, rows, |seen| seen.feed.into())?;
        column::<ByteArrayType>(&mut group, rows, |seen| seen.meter.into())?;
        column::<ByteArrayType>(&mut group, rows, |seen| seen.register.into())?;
        column::<ByteArrayType>(&mut group, rows, |seen| seen.unit.into())?;
        column::<Int64Type>(&mut group, rows, |seen| seen.at_ms)?;
        column::<Int64Type>(&mut group, rows, |seen| seen.received_ms)?;
        column::<DoubleType>(&mut group, rows, |seen| seen.value.nearest())?;
        column::<Int64Type>(&mut group, rows, |seen| seen.value.coefficient())?;
        column::<Int32Type>(&mut group, rows, |seen| i32::from(seen.value.exponent()))?;
        optional::<Int64Type>(&mut group, rows, |seen| seen.sequence)?;
        optional::<Int32Type>(&mut group, rows, |seen| seen.clock_offset_ms)?;
        optional::<Int32Type>(&mut group, rows, |seen| seen.delay_bound_ms)?;
        group.close()?;
    }
    file.close()?;
    Ok(bytes)
}

type Group<'a, 'b> = SerializedRowGroupWriter<'a, &'b mut Vec<u8>>;

fn column<T: DataType>(
    group: &mut Group<'_, '_>,
    rows: &[Dated<'_>],
    read: impl Fn(&Seen<'_>) -> T::T,
) -> Result<(), ParquetError> {
    if let Some(mut writer) = group.next_column()? {
        let cells: Vec<T::T> = rows.iter().map(|(_, seen)| read(seen)).collect();
        writer.typed::<T>().write_batch(&cells, None, None)?;
        writer.close()?;
    }
    Ok(())
}

fn optional<T: DataType>(
    group: &mut Group<'_, '_>,
    rows: &[Dated<'_>],
    read: impl Fn(&Seen<'_>) -> Option<T::T>,
) -> Result<(), ParquetError> {
    if let Some(mut writer) = group.next_column()? {
        let levels: Vec<i16> = rows.iter().map(|(_, seen)| i16::from(read(seen).is_some())).collect();
        let cells: Vec<T::T> = rows.iter().filter_map(|(_, seen)| read(seen)).collect();
        writer.typed::<T>().write_batch(&cells, Some(&levels), None)?;
        writer.close()?;
    }
    Ok(())
}
