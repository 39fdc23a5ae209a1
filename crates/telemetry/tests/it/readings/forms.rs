//! Messages in all forms, good and bad.

use heng_telemetry::readings::Batch;
use heng_telemetry::readings::form::{Form, read};
use heng_telemetry::results::{Cells, Named, parquet};

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, csv};

fn codes(batch: &Batch) -> Vec<(u64, &str)> {
    batch.rejected.iter().map(|rejected| (rejected.line, rejected.finding.code.as_str())).collect()
}

#[test]
fn a_table_is_read_with_its_columns_in_any_order() {
    let batch = csv("\u{feff}value,at,\"meter\",unit,register,sequence,clock_offset_ms,delay_bound_ms,district\r\n\
         12.50,2026-03-01 01:00:00,\"津电,\"\"甲\"\"\",kWh,1-0:1.8.0,7,-1500,2000,120101\r\n\
         0.5,2026-02-28T17:00:00Z,津电乙,\\kilo\\watt\\hour,1-0:1.8.0,,,,\r\n");
    assert_eq!(codes(&batch), []);
    assert_eq!(batch.series[0].meter, "津电,\"甲\"");
    assert_eq!((batch.series[0].district.as_str(), batch.series[1].district.as_str()), ("120101", ""));
    let row = batch.rows[0];
    assert_eq!((row.at_ms, row.value.to_string().as_str()), (MIDNIGHT_MS + HOUR_MS, "12.50"));
    assert_eq!((row.sequence, row.clock_offset_ms, row.delay_bound_ms), (Some(7), Some(-1500), Some(2000)));
    assert_eq!(batch.rows[1].at_ms, row.at_ms);
}

#[test]
fn a_line_that_cannot_be_taken_is_kept_as_it_came_and_the_others_are_taken() {
    let mut text = b"meter,register,unit,at,value\n".to_vec();
    for line in [
        "m1,r,kWh,2026-03-01T00:00:00Z,1",
        "m1,r,kWh,2026-03-01T00:00:00Z,一",
        "m1,r,kWh,yesterday,1",
        "m1,r,kWh,2026-03-01T00:00:00.0001Z,1",
        "m1,r,kWh,1026-03-01T00:00:00Z,1",
        "m1,r,furlongs,2026-03-01T00:00:00Z,1",
        ",r,kWh,2026-03-01T00:00:00Z,1",
        "m1,r,kWh,2026-03-01T00:00:00Z",
        "\"m1,r,kWh,2026-03-01T00:00:00Z,1",
        "m1,r,kWh,2026-03-01T00:00:00Z,12345678901234567",
    ] {
        text.extend(line.as_bytes());
        text.push(b'\n');
    }
    text.extend(b"m\xff,r,kWh,2026-03-01T00:00:00Z,1\n\nm2,r,kWh,2026-03-01T00:00:00Z,2");
    let batch = read(Form::Csv, &text, None);
    let values: Vec<String> = batch.rows.iter().map(|row| row.value.to_string()).collect();
    assert_eq!(values, ["1", "2"]);
    assert_eq!(
        codes(&batch),
        [
            (3, "reading-value"),
            (4, "reading-time"),
            (5, "reading-time-fine"),
            (6, "reading-time-range"),
            (7, "reading-unit"),
            (8, "reading-name"),
            (9, "readings-width"),
            (10, "readings-quotes"),
            (11, "reading-value-long"),
            (12, "readings-encoding"),
        ]
    );
    assert_eq!(batch.rejected[9].bytes, b"m\xff,r,kWh,2026-03-01T00:00:00Z,1");
    assert_eq!(batch.rejected[1].finding.data["found"], "yesterday");
}

#[test]
fn a_clock_without_its_zone_is_not_guessed() {
    let text = b"meter,register,unit,at,value\nm1,r,kWh,2026-03-01 00:00:00,1\n";
    let batch = read(Form::Csv, text, None);
    assert_eq!(codes(&batch), [(2, "reading-time-zone")]);
    assert_eq!(read(Form::Csv, text, Some(jiff::tz::offset(8))).rows[0].at_ms, MIDNIGHT_MS);
}

#[test]
fn a_header_that_lacks_something_loses_nothing() {
    let text = "meter,unit,at,value\nm1,kWh,2026-03-01T00:00:00Z,1\n";
    let batch = csv(text);
    assert_eq!((codes(&batch), batch.rows.len()), (vec![(1, "readings-column-missing")], 0));
    assert_eq!(batch.rejected[0].bytes, text.as_bytes());
    let batch = csv("meter,register,unit,at,value,value\nm,r,kWh,2026-03-01T00:00:00Z,1,2\n");
    assert_eq!(codes(&batch), [(1, "readings-column-twice")]);
    let batch = csv("meter,register,unit,at,value,电压\nm,r,kWh,2026-03-01T00:00:00Z,1,220\n");
    assert_eq!((batch.rows.len(), batch.findings[0].code.as_str()), (1, "readings-column-unknown"));
    assert_eq!(csv("").findings[0].code, "readings-none");
}

#[test]
fn lines_of_json_keep_their_digits() {
    let text = r#"{"meter":"津电0001","register":"1-0:1.8.0","unit":"kWh","at":"2026-03-01T00:00:00+08:00","value":12.50,"sequence":3}
{"meter":"津电0001","register":"1-0:1.8.0","unit":"kWh","at_ms":1772298000000,"value":"13","品质":true}
{"meter":"津电0001","register":"1-0:1.8.0","unit":"kWh","at_ms":1772298000000,"value":true}
{"meter":"津电0001","meter":"津电0002","register":"1-0:1.8.0","unit":"kWh","at_ms":1772298000000,"value":1}
{"meter":"津电0001",
"#;
    assert_eq!(Form::of(text.as_bytes()), Form::JsonLines);
    let batch = read(Form::JsonLines, text.as_bytes(), None);
    let rows: Vec<(i64, String)> = batch.rows.iter().map(|row| (row.at_ms, row.value.to_string())).collect();
    assert_eq!(rows, [(MIDNIGHT_MS, "12.50".to_owned()), (MIDNIGHT_MS + HOUR_MS, "13".to_owned())]);
    assert_eq!(codes(&batch), [(3, "readings-json-kind"), (4, "readings-json-twice"), (5, "readings-json")]);
    assert_eq!(batch.findings[0].data["columns"], "品质");
}

/// A Parquet file of one reading, whose clock shows so many microseconds since 1970 without its zone.
fn of_clock(microseconds: i64) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    let schema =
        "message r { required binary meter (STRING); required binary register (STRING); required binary unit (STRING);
        required int64 at (TIMESTAMP(MICROS, false)); required binary value (STRING); }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut writer =
        parquet::file::writer::SerializedFileWriter::new(&mut bytes, schema, std::sync::Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for cell in ["津电0001", "1-0:1.8.0", "kWh", "", "12.5"] {
        let mut column = group.next_column().unwrap().unwrap();
        if cell.is_empty() {
            column.typed::<Int64Type>().write_batch(&[microseconds], None, None).unwrap();
        } else {
            column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(cell)], None, None).unwrap();
        }
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn a_clock_without_its_zone_in_parquet_is_read_by_that_of_the_feed() {
    let shown = (MIDNIGHT_MS + 8 * HOUR_MS) * 1000;
    let bytes = of_clock(shown);
    assert_eq!(codes(&read(Form::Parquet, &bytes, None)), [(1, "reading-time-zone")]);
    let batch = read(Form::Parquet, &bytes, Some(jiff::tz::offset(8)));
    assert_eq!((codes(&batch), batch.rows[0].at_ms), (vec![], MIDNIGHT_MS));
    let fine = read(Form::Parquet, &of_clock(shown + 1), Some(jiff::tz::offset(8)));
    assert_eq!(codes(&fine), [(1, "reading-time-fine")]);
}

#[test]
fn parquet_is_read_row_by_row() {
    let text = |cells: &[&str]| Cells::Text(cells.iter().map(|cell| (*cell).to_owned()).collect());
    let columns = [
        Named { name: "meter", cells: text(&["津电0001", "津电0002"]) },
        Named { name: "register", cells: text(&["1-0:1.8.0", "1-0:1.8.0"]) },
        Named { name: "unit", cells: text(&["kWh", "英里"]) },
        Named { name: "at", cells: text(&["2026-03-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00"]) },
        Named { name: "value", cells: Cells::Number(vec![0.1, 2.0]) },
    ];
    let bytes = parquet(&columns).unwrap();
    let batch = read(Form::of(&bytes), &bytes, None);
    assert_eq!((batch.rows.len(), batch.rows[0].value.to_string().as_str()), (1, "0.1"));
    assert_eq!(codes(&batch), [(2, "reading-unit")]);
    assert!(String::from_utf8_lossy(&batch.rejected[0].bytes).contains("津电0002"));
    let half = &bytes[..bytes.len() / 2];
    let batch = read(Form::Parquet, half, None);
    assert_eq!((codes(&batch), batch.rejected[0].bytes.as_slice()), (vec![(1, "readings-parquet")], half));
}
