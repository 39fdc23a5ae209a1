//! Messages in Arrow: the same readings as in the other forms, and nothing of what is damaged.

use std::slice::from_ref;
use std::sync::Arc;

use arrow_array::types::{Int8Type, UInt16Type};
use arrow_array::{
    ArrayRef, BinaryArray, DictionaryArray, Float32Array, Float64Array, Int64Array, LargeStringArray, ListArray,
    NullArray, RecordBatch, StringArray, StringViewArray, TimestampMicrosecondArray, TimestampMillisecondArray,
    TimestampSecondArray, UInt64Array,
};
use arrow_ipc::CompressionType;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use heng_telemetry::readings::Batch;
use heng_telemetry::readings::form::{Form, read};
use heng_telemetry::results::{Cells, Named, parquet};

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, csv};

const METERS: [&str; 4] = ["津电0001", "津电0002", "津电0001", "津电0003"];
const UNITS: [&str; 4] = ["kWh", "kWh", "kWh", "英里"];
const TIMES: [&str; 4] = ["2026-03-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00", "2026-03-01T01:00:00+08:00", "?"];
const VALUES: [&str; 4] = ["12.50", "0", "一百", "1"];

fn codes(batch: &Batch) -> Vec<(u64, &str)> {
    batch.rejected.iter().map(|rejected| (rejected.line, rejected.finding.code.as_str())).collect()
}

fn text(cells: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

fn coded(cells: &[&str]) -> ArrayRef {
    Arc::new(cells.iter().copied().collect::<DictionaryArray<Int8Type>>())
}

fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn file(batches: &[RecordBatch], compression: Option<CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = FileWriter::try_new_with_options(Vec::new(), &batches[0].schema(), options).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

fn stream(batches: &[RecordBatch], compression: Option<CompressionType>) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &batches[0].schema(), options).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

/// Four readings as text, of which two are good.
fn four() -> RecordBatch {
    table(vec![
        ("meter", text(&METERS)),
        ("register", text(&["1-0:1.8.0"; 4])),
        ("unit", text(&UNITS)),
        ("at", text(&TIMES)),
        ("value", text(&VALUES)),
    ])
}

/// Without the bytes that were kept of rejected lines, which a table in columns does not have as they came.
fn told(batch: &Batch) -> (Batch, Vec<(u64, String)>) {
    let mut told = batch.clone();
    told.rejected.clear();
    (told, batch.rejected.iter().map(|one| (one.line, one.finding.code.clone())).collect())
}

#[test]
fn the_same_readings_are_the_same_in_every_form() {
    let mut lines = "meter,register,unit,at,value\n".to_owned();
    for (((meter, unit), at), value) in METERS.iter().zip(UNITS).zip(TIMES).zip(VALUES) {
        lines.push_str(&format!("{meter},1-0:1.8.0,{unit},{at},{value}\n"));
    }
    let cells = |cells: &[&str]| Cells::Text(cells.iter().map(|cell| (*cell).to_owned()).collect());
    let columns = [
        Named { name: "meter", cells: cells(&METERS) },
        Named { name: "register", cells: cells(&["1-0:1.8.0"; 4]) },
        Named { name: "unit", cells: cells(&UNITS) },
        Named { name: "at", cells: cells(&TIMES) },
        Named { name: "value", cells: cells(&VALUES) },
    ];
    let parquet = parquet(&columns).unwrap();
    let as_parquet = read(Form::of(&parquet), &parquet, None);
    assert_eq!(codes(&as_parquet), [(3, "reading-value"), (4, "reading-time")]);
    // A text counts its header as the first line.
    let (rows, rejected) = told(&csv(&lines));
    let rejected: Vec<_> = rejected.into_iter().map(|(line, code)| (line - 1, code)).collect();
    assert_eq!((rows, rejected), told(&as_parquet));
    let two = [four().slice(0, 1), four().slice(1, 3)];
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        for bytes in [
            file(&[four()], compression),
            stream(&[four()], compression),
            file(&two, compression),
            stream(&two, compression),
        ] {
            assert_eq!(Form::of(&bytes), Form::Arrow);
            assert!(read(Form::Arrow, &bytes, None) == as_parquet, "{compression:?}");
        }
    }
}

#[test]
fn text_is_text_in_whatever_way_it_is_laid_out() {
    let plain = read(Form::Arrow, &file(&[four()], None), None);
    assert_eq!(codes(&plain), [(3, "reading-value"), (4, "reading-time")]);
    let large = |cells: &[&str]| Arc::new(LargeStringArray::from(cells.to_vec())) as ArrayRef;
    let view = |cells: &[&str]| Arc::new(StringViewArray::from(cells.to_vec())) as ArrayRef;
    let wide = |cells: &[&str]| Arc::new(cells.iter().copied().collect::<DictionaryArray<UInt16Type>>()) as ArrayRef;
    let bytes = |cells: &[&str]| Arc::new(BinaryArray::from_iter_values(cells)) as ArrayRef;
    for lay in [&large as &dyn Fn(&[&str]) -> ArrayRef, &view, &wide, &bytes, &coded] {
        let other = table(vec![
            ("meter", lay(&METERS)),
            ("register", lay(&["1-0:1.8.0"; 4])),
            ("unit", coded(&UNITS)),
            ("at", lay(&TIMES)),
            ("value", lay(&VALUES)),
        ]);
        for bytes in [
            file(from_ref(&other), None),
            stream(from_ref(&other), None),
            stream(&[other], Some(CompressionType::ZSTD)),
        ] {
            assert!(read(Form::Arrow, &bytes, None) == plain);
        }
    }
}

#[test]
fn instants_and_numbers_are_taken_as_from_parquet() {
    let hour = MIDNIGHT_MS + HOUR_MS;
    let utc = |array: TimestampMicrosecondArray| Arc::new(array.with_timezone("UTC")) as ArrayRef;
    let in_zone = |at: ArrayRef, value: ArrayRef, zone: Option<jiff::tz::Offset>| {
        let rows = at.len();
        let batch = table(vec![
            ("value", value),
            ("sequence", Arc::new(Int64Array::from(vec![Some(7), None][..rows].to_vec()))),
            ("clock_offset_ms", Arc::new(NullArray::new(rows))),
            ("district", coded(&["120101", ""][..rows])),
            ("unit", coded(&["kWh"; 2][..rows])),
            ("at", at),
            ("meter", text(&METERS[..rows])),
            ("register", text(&["1-0:1.8.0"; 2][..rows])),
            // Of a type that no reading has, and of no column of ours: passed over.
            ("相", Arc::new(ListArray::from_iter_primitive::<Int8Type, _, _>(vec![Some(vec![Some(1)]); rows]))),
        ]);
        read(Form::Arrow, &stream(&[batch], None), zone)
    };
    let with = |at: ArrayRef, value: ArrayRef| in_zone(at, value, None);
    let values: Vec<ArrayRef> = vec![
        Arc::new(Float64Array::from(vec![0.1, 2.0])),
        Arc::new(Float32Array::from(vec![0.1, 2.0])),
        text(&["0.1", "2"]),
    ];
    for value in values {
        let batch = with(utc(TimestampMicrosecondArray::from(vec![MIDNIGHT_MS * 1000, hour * 1000])), value);
        let rows: Vec<_> = batch.rows.iter().map(|row| (row.at_ms, row.value.to_string(), row.sequence)).collect();
        assert_eq!(rows, [(MIDNIGHT_MS, "0.1".to_owned(), Some(7)), (hour, "2".to_owned(), None)]);
        assert_eq!((batch.series[0].district.as_str(), batch.series[1].district.as_str()), ("120101", ""));
        assert_eq!(batch.findings[0].data["columns"], "相");
    }
    let whole = || Arc::new(UInt64Array::from(vec![12_u64, u64::MAX])) as ArrayRef;
    let seconds = TimestampSecondArray::from(vec![MIDNIGHT_MS / 1000; 2]).with_timezone("+08:00");
    let batch = with(Arc::new(seconds), whole());
    assert_eq!((batch.rows[0].at_ms, batch.rows[0].value.to_string()), (MIDNIGHT_MS, "12".to_owned()));
    assert_eq!(codes(&batch), [(2, "reading-value-long")]);
    let fine = with(utc(TimestampMicrosecondArray::from(vec![MIDNIGHT_MS * 1000 + 1, i64::MAX])), whole());
    assert_eq!(codes(&fine), [(1, "reading-time"), (2, "reading-time")]);
    // A clock without its zone is read by that of the feed, as text is.
    let clock = || Arc::new(TimestampMillisecondArray::from(vec![MIDNIGHT_MS, hour])) as ArrayRef;
    let values = || text(&["1", "2"]);
    assert_eq!(codes(&with(clock(), values())), [(1, "reading-time-zone"), (2, "reading-time-zone")]);
    let by_feed = in_zone(clock(), values(), Some(jiff::tz::offset(8)));
    let instants: Vec<i64> = by_feed.rows.iter().map(|row| row.at_ms).collect();
    assert_eq!(instants, [MIDNIGHT_MS - 8 * HOUR_MS, hour - 8 * HOUR_MS]);
}

#[test]
fn a_cell_that_is_not_text_loses_only_its_row() {
    let mut columns = four().slice(0, 2).columns().to_vec();
    columns[0] = Arc::new(BinaryArray::from_vec(vec![b"m\xff", "津电".as_bytes()]));
    let names = ["meter", "register", "unit", "at", "value"];
    let batch = table(names.into_iter().zip(columns).collect());
    let batch = read(Form::Arrow, &file(&[batch], None), None);
    assert_eq!((codes(&batch), batch.series[0].meter.as_str()), (vec![(1, "reading-name")], "津电"));
}

#[test]
fn a_table_that_lacks_something_or_has_nothing_says_so() {
    let said = |columns: Vec<(&str, ArrayRef)>| {
        let bytes = file(&[table(columns)], None);
        let batch = read(Form::Arrow, &bytes, None);
        assert!(batch.rejected.iter().all(|rejected| rejected.bytes == bytes));
        let findings = batch.rejected.iter().map(|rejected| &rejected.finding).chain(&batch.findings);
        findings
            .map(|finding| (finding.code.clone(), finding.data.get("columns").cloned().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let all = |value: ArrayRef| {
        let rows = value.len();
        let mut columns: Vec<(&str, ArrayRef)> =
            ["meter", "register", "unit", "at"].into_iter().map(|name| (name, text(&["x"; 2][..rows]))).collect();
        columns.push(("value", value));
        columns
    };
    let mut lacking = all(text(&["1", "2"]));
    lacking.remove(1);
    assert_eq!(said(lacking), [("readings-column-missing".to_owned(), "register".to_owned())]);
    let list = ListArray::from_iter_primitive::<Int8Type, _, _>(vec![Some(vec![Some(1)]); 2]);
    assert_eq!(said(all(Arc::new(list))), [("readings-column-kind".to_owned(), "value".to_owned())]);
    assert_eq!(said(all(text(&[]))), [("readings-none".to_owned(), String::new())]);
}

#[test]
fn of_what_breaks_off_nothing_is_taken_and_all_is_kept() {
    for whole in [file(&[four(), four()], None), stream(&[four(), four()], None)] {
        for cut in 6..whole.len() {
            let part = &whole[..cut];
            let batch = read(Form::of(part), part, None);
            assert_eq!((batch.rows.len(), codes(&batch)), (0, vec![(1, "readings-arrow")]), "cut at {cut}");
            assert_eq!(batch.rejected[0].bytes, part);
        }
        let mut longer = whole.clone();
        longer.extend(b"xx");
        assert_eq!(codes(&read(Form::of(&longer), &longer, None)), [(1, "readings-arrow")]);
    }
}

#[test]
fn a_footer_is_believed_within_its_file() {
    let whole = file(&[four(), four()], None);
    let length = u32::from_le_bytes(whole[whole.len() - 10..whole.len() - 6].try_into().unwrap());
    let footer = whole.len() - 10 - usize::try_from(length).unwrap();
    // A place is its offset, the length of its head with four bytes beside it, and the length of its body.
    let place = |offset: &[u8]| footer + whole[footer..].windows(8).position(|window| window == offset).unwrap();
    let batches: Vec<usize> =
        (0..footer).filter(|at| whole[*at..].starts_with(&[0xff; 4]) && whole[at + 4] != 0).collect();
    let [_, first, second] = batches[..] else { panic!("{batches:?}") };
    let (to, from) = (place(&(second as u64).to_le_bytes()), (first as u64).to_le_bytes());
    let with = |offset: [u8; 8]| {
        let mut bytes = whole.clone();
        bytes[to..to + 8].copy_from_slice(&offset);
        read(Form::Arrow, &bytes, None)
    };
    assert_eq!(with((second as u64).to_le_bytes()).rows.len(), 4);
    // What comes twice is kept once later.
    assert_eq!(with(from).rows.len(), 4);
    let outside = with((whole.len() as u64).to_le_bytes());
    assert_eq!(outside.rejected[0].finding.data["reason"], "message 2: it lies outside of the file");
    assert_eq!(codes(&with([0xff; 8])), [(1, "readings-arrow")]);
}

#[test]
fn whatever_byte_is_changed_there_is_an_answer() {
    let coded = table(vec![
        ("meter", coded(&METERS)),
        ("register", Arc::new(StringViewArray::from(vec!["a register with a long name"; 4]))),
        ("unit", text(&UNITS)),
        ("at", Arc::new(TimestampMillisecondArray::from(vec![MIDNIGHT_MS; 4]).with_timezone("UTC"))),
        ("value", Arc::new(Float64Array::from(vec![Some(1.5), None, Some(2.5), Some(3.5)]))),
    ]);
    let mut taken = 0;
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        for whole in [file(&[coded.clone(), coded.clone()], compression), stream(from_ref(&coded), compression)] {
            for place in 0..whole.len() {
                for change in [0x01, 0x80, 0xff] {
                    let mut bytes = whole.clone();
                    bytes[place] ^= change;
                    let batch = read(Form::Arrow, &bytes, None);
                    let kept = batch.rows.len() + batch.rejected.len();
                    assert!(kept > 0 || !batch.findings.is_empty(), "byte {place}");
                    taken += batch.rows.len();
                }
            }
        }
    }
    assert!(taken > 0);
}

#[test]
fn a_few_bytes_that_claim_very_much_are_refused_before_it_is_made() {
    // A megabyte of zeros in a few bytes is fine; what a head claims beyond all messages is not.
    let zeros = vec!["0".repeat(1 << 20); 2];
    let mut columns: Vec<(&str, ArrayRef)> =
        ["meter", "register", "unit", "at"].into_iter().map(|name| (name, text(&["x"; 2]))).collect();
    columns.push(("value", Arc::new(StringArray::from(zeros))));
    let bytes = stream(&[table(columns)], Some(CompressionType::ZSTD));
    assert!(bytes.len() < 4096);
    assert_eq!(codes(&read(Form::Arrow, &bytes, None)), [(1, "reading-time"), (2, "reading-time")]);
    // The length before the compressed bytes of the long column, which begin with the mark of Zstandard.
    let claim = [(2_i64 << 20).to_le_bytes().as_slice(), &[0x28, 0xb5, 0x2f, 0xfd]].concat();
    let place = bytes.windows(12).position(|window| window == claim).unwrap();
    let mut lying = bytes.clone();
    lying[place..place + 8].copy_from_slice(&(1_i64 << 40).to_le_bytes());
    let batch = read(Form::Arrow, &lying, None);
    assert_eq!(batch.rejected[0].finding.data["reason"], "too large after decompression");
    let rows = 5_000_000;
    let names = ["meter", "register", "unit", "at", "value"];
    let nothing = names.into_iter().map(|name| (name, Arc::new(NullArray::new(rows)) as ArrayRef)).collect();
    assert_eq!(codes(&read(Form::Arrow, &stream(&[table(nothing)], None), None)), [(1, "readings-too-many")]);
}
