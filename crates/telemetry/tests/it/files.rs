//! Files in CSV and Parquet, good and bad.

use heng_telemetry::district::{Source, given, read};
use heng_telemetry::results::{Cells, Named, parquet};
use heng_telemetry::table::Table;

fn csv(text: &str) -> Source {
    Source { name: "台区.csv".to_owned(), bytes: text.as_bytes().to_vec() }
}

fn said(text: &str) -> String {
    read(csv(text), None, None).unwrap_err().to_string()
}

#[test]
fn a_district_is_read_from_csv_with_gaps() {
    let readings = csv(
        "ts,head_kwh,head_kwh_ct80,m0001,m0002\n2026-01-01 00:00:00,1.0,0.8,0.5,0.25\n2026-01-01 00:15:00,2.0,1.6,,0.5\n",
    );
    let meters = csv("meter,phase,clock_obs_s\nm0002,3,-12.0\n");
    let district = read(readings, None, Some(meters)).unwrap();
    assert_eq!(district.times_s[1] - district.times_s[0], 900);
    assert_eq!(district.head_kwh, [1.0, 2.0]);
    assert_eq!(district.meters.len(), 2);
    assert!(district.meters[0].register_kwh[1].is_nan());
    assert_eq!(district.meters[1].phase, Some(3));
    assert_eq!(district.meters[1].clock_offset_s, Some(-12.0));
}

#[test]
fn rows_that_are_absent_are_readings_that_were_not_collected() {
    let readings = csv(
        "ts,head_kwh,m1\n2026-01-01 00:00:02,1,2\n2026-01-01 00:15:00,2,3\n2026-01-01 00:29:57,3,4\n2026-01-01 01:15:00,6,7\n2026-01-01 01:30:00,7,8\n",
    );
    let voltages = csv(
        "ts,head_va,head_vb,head_vc,m1\n2026-01-01 00:15:00,231,231,231,230\n2026-01-01 00:45:00,232,232,232,229\n2026-01-01 01:45:00,0,0,0,0\n",
    );
    let district = read(readings, Some(voltages), None).unwrap();
    let gaps: Vec<i64> = district.times_s.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps, [900; 6]);
    let read = |values: &[f64]| values.iter().map(|v| if v.is_nan() { -1.0 } else { *v }).collect::<Vec<f64>>();
    assert_eq!(read(&district.head_kwh), [1.0, 2.0, 3.0, -1.0, -1.0, 6.0, 7.0]);
    assert_eq!(read(&district.meters[0].register_kwh), [2.0, 3.0, 4.0, -1.0, -1.0, 7.0, 8.0]);
    assert_eq!(read(&district.head_voltage_v[2]), [-1.0, 231.0, -1.0, 232.0, -1.0, -1.0, -1.0]);
    assert_eq!(read(&district.meters[0].voltage_v), [-1.0, 230.0, -1.0, 229.0, -1.0, -1.0, -1.0]);
}

#[test]
fn times_beside_an_even_grid_are_refused_with_a_remedy() {
    let rows = "ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n2026-01-01 00:15:00,2,3\n2026-01-01 00:22:00,2,3\n2026-01-01 00:30:00,3,4\n2026-01-01 00:45:00,3,4\n2026-01-01 01:00:00,3,4\n";
    assert_eq!(
        said(rows),
        "台区.csv, column ts, row 3: the time is beside the even grid of the others, one row each 900 s; leave such rows out, or give all readings at even times"
    );
    let even = "ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n2026-01-01 00:15:00,2,3\n";
    // A year that was typed wrongly is no gap of decades.
    let far = said(&format!("{even}2026-01-01 00:30:00,3,4\n2062-01-01 00:45:00,3,4\n"));
    assert!(far.starts_with("台区.csv, column ts, row 4: the time is beside the even grid"), "{far}");
    let other = csv("ts,head_va,head_vb,head_vc,m1\n2026-01-01 00:07:00,231,231,231,230\n");
    assert_eq!(
        read(csv(even), Some(other), None).unwrap_err().to_string(),
        "台区.csv, row 1: the time is none of the readings' even grid; give voltages at the times of the registers"
    );
}

#[test]
fn bad_cells_are_named_by_column_and_row() {
    assert_eq!(
        said("ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n2026-01-01 00:15:00,1,二\n"),
        "台区.csv, column m1, row 2: \"二\" is not a number"
    );
    assert_eq!(
        said("ts,head_kwh\n昨天,1\n"),
        "台区.csv, column ts, row 1: \"昨天\" is not a time as YYYY-MM-DD hh:mm:ss"
    );
    assert_eq!(said("ts,m1\n2026-01-01 00:00:00,2\n"), "台区.csv has no column head_kwh");
    assert_eq!(said("ts,head_kwh,head_kwh\n2026-01-01 00:00:00,2,2\n"), "台区.csv has the column head_kwh twice");
    assert_eq!(said("ts,head_kwh\n2026-01-01 00:00:00,2,3\n"), "台区.csv, row 1: 3 cells where the header has 2");
    assert_eq!(
        said("ts,head_kwh\n2026-01-01 00:15:00,1\n2026-01-01 00:00:00,2\n"),
        "台区.csv, column ts, row 2: the time is not after the one before; sort the rows and leave out doubles. Where summer time ends an hour comes twice: give times with their zone, as 2026-10-25T02:15:00+02:00"
    );
    assert_eq!(said("ts,head_kwh\n"), "台区.csv has no rows");
}

#[test]
fn the_last_certificate_of_a_meter_is_read_or_its_fault_named() {
    let readings = || csv("ts,head_kwh,m1,m2\n2026-01-01 00:00:00,1,2,2\n2026-01-01 00:15:00,2,2.5,2.5\n");
    let head = "meter,certified_error_percent,certified_u_percent,certified_on\n";
    let with = |row: &str| read(readings(), None, Some(csv(&format!("{head}{row}\n"))));
    let district = with("m2,0.31,0.2,2024-01-01").unwrap();
    assert_eq!(district.meters[0].certified, None);
    let certified = district.meters[1].certified.unwrap();
    assert_eq!((certified.error_percent, certified.u_percent), (0.31, 0.1));
    assert!((certified.years - 2.0).abs() < 0.01);
    assert_eq!(with("m2,,,").unwrap().meters[1].certified, None);
    assert_eq!(
        with("m2,0.31,0.2,2027-01-01").unwrap_err().to_string(),
        "台区.csv, column certified_on, row 1: \"2027-01-01\" is not a day, YYYY-MM-DD, before the readings"
    );
    assert_eq!(
        with("m2,0.31,,2024-01-01").unwrap_err().to_string(),
        "台区.csv, column certified_u_percent, row 1: \"\" is not a positive number beside certified_error_percent and certified_on"
    );
}

#[test]
fn a_phase_that_is_none_is_named() {
    let readings = csv("ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n");
    let error = read(readings, None, Some(csv("meter,phase\nm1,4\n"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "台区.csv, column phase, row 1: \"4\" is not a phase: 1 to 3, A to C or L1 to L3, or ABC for a meter of three"
    );
}

#[test]
fn numbers_written_as_parquet_come_back() {
    let columns = [
        Named { name: "a", cells: Cells::Number(vec![1.5, -2.0]) },
        Named { name: "b", cells: Cells::Number(vec![0.1, 1e9]) },
    ];
    let table = Table::read("x", parquet(&columns).unwrap()).unwrap();
    assert_eq!(table.columns[0].values, [1.5, -2.0]);
    assert_eq!(table.columns[1].values, [0.1, 1e9]);
}

#[test]
fn results_as_csv_keep_every_digit_and_quote_what_would_divide_a_cell() {
    let columns = [
        Named { name: "名", cells: Cells::Text(vec!["甲,乙".to_owned(), "\"丙\"".to_owned(), "丁".to_owned()]) },
        Named { name: "e", cells: Cells::Number(vec![0.1, -1.0 / 3.0, 2.0]) },
        Named { name: "n", cells: Cells::Count(vec![1, 2, 3]) },
        Named { name: "d", cells: Cells::Truth(vec![true, false, true]) },
    ];
    let text = "名,e,n,d\n\"甲,乙\",0.1,1,true\n\"\"\"丙\"\"\",-0.3333333333333333,2,false\n丁,2,3,true\n";
    assert_eq!(heng_telemetry::results::csv(&columns), text);
    assert_eq!(heng_telemetry::results::csv(&[]), "\n");
}

#[test]
fn a_column_of_text_and_broken_parquet_are_refused() {
    let columns = [Named { name: "名", cells: Cells::Text(vec!["甲".to_owned()]) }];
    let bytes = parquet(&columns).unwrap();
    assert!(Table::read("x", bytes.clone()).unwrap_err().to_string().contains("column 名"));
    let half = bytes[..bytes.len() / 2].to_vec();
    assert!(Table::read("x", half).unwrap_err().to_string().starts_with("x is no table that can be read"));
}

/// A day of readings of a head, a meter, and something beside them.
fn beside(name: &str, values: impl Fn(usize) -> String) -> String {
    let rows = (0..24).map(|row| format!("2026-01-01 {row:02}:00:00,{h},{h},{}\n", values(row), h = 0.7 * row as f64));
    format!("ts,head_kwh,m1,{name}\n{}", rows.collect::<String>())
}

#[test]
fn numbers_of_rows_and_temperatures_are_no_meters() {
    let rises_and_falls = |row: usize| (20 + row % 2).to_string();
    let warms = |row: usize| (20 + row % 7).to_string();
    for (name, values) in [
        ("", &(|row: usize| row.to_string()) as &dyn Fn(usize) -> String),
        ("__index_level_0__", &|row: usize| row.to_string()),
        ("Unnamed: 0", &|row: usize| row.to_string()),
        ("序号", &|row: usize| (row + 1).to_string()),
        ("power", &rises_and_falls),
        ("temperature", &warms),
    ] {
        let given = given(csv(&beside(name, values)), None, None).unwrap();
        assert_eq!(given.no_registers, [name]);
        assert_eq!(given.district.meters.len(), 1, "{name}");
    }
    // A meter may be called as the weather is, if it only rises.
    let rises = |row: usize| (0.3 * row as f64).to_string();
    assert_eq!(given(csv(&beside("temporary-supply", rises)), None, None).unwrap().district.meters.len(), 2);
    // A register that was exchanged once is one, and so is one that counts back what is fed in.
    let exchanged = |row: usize| if row < 5 { 500 + row } else { 2 * row }.to_string();
    let fed_in = |row: usize| if row < 8 { 500 + row } else { 516 - row }.to_string();
    for register in [&exchanged as &dyn Fn(usize) -> String, &fed_in] {
        assert_eq!(given(csv(&beside("m2", register)), None, None).unwrap().district.meters.len(), 2);
    }
}

#[test]
fn energies_of_intervals_are_told_from_registers() {
    let rows = (0..12).map(|row| format!("2026-01-01 {row:02}:00:00,{},{}\n", 5 + row % 2, 1 + row % 2));
    let error = said(&format!("ts,head_kwh,m1\n{}", rows.collect::<String>()));
    assert!(error.starts_with("台区.csv, column head_kwh: the values rise and fall; registers are needed"), "{error}");
}

#[test]
fn meters_without_readings_are_named() {
    let meters = csv(
        "meter,phase,certified_error_percent,certified_u_percent,certified_on\nm1,A相,0.1,0.2,2025/3/4\nm9,L2,NA,NA,NA\n",
    );
    let given = given(csv("ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n"), None, Some(meters)).unwrap();
    assert_eq!(given.without_readings, ["m9"]);
    assert_eq!(given.district.meters[0].phase, Some(1));
    assert!((given.district.meters[0].certified.unwrap().years - 0.83).abs() < 0.01);
    for (phase, known) in [("3.0", Some(3)), ("b", Some(2)), ("ABC", None), ("NA", None)] {
        let meters = csv(&format!("meter;phase\nm1;{phase}\n"));
        let district = read(csv("ts,head_kwh,m1\n2026-01-01 00:00:00,1,2\n"), None, Some(meters)).unwrap();
        assert_eq!(district.meters[0].phase, known, "{phase}");
    }
}

#[test]
fn what_sheets_write_is_read() {
    let text = "ts;head_kwh;m1\n2026/3/4 0:00;1;NA\n2026/3/4 0:15:00;2;0.5\n2026-03-04 00:30;3;NULL\n";
    let district = read(csv(text), None, None).unwrap();
    assert_eq!(district.times_s.iter().map(|time| time - district.times_s[0]).collect::<Vec<_>>(), [0, 900, 1800]);
    let read: Vec<bool> = district.meters[0].register_kwh.iter().map(|value| value.is_nan()).collect();
    assert_eq!(read, [true, false, true]);
}

#[test]
fn times_written_as_text_in_parquet_are_times() {
    let columns = [
        Named {
            name: "ts",
            cells: Cells::Text(vec!["2026-03-04 00:00:00".to_owned(), "2026-03-04 00:15:00".to_owned()]),
        },
        Named { name: "head_kwh", cells: Cells::Number(vec![1.0, 2.0]) },
    ];
    let table = Table::read("x", parquet(&columns).unwrap()).unwrap();
    assert_eq!(table.times_s[1] - table.times_s[0], 900);
    let columns = [Named { name: "ts", cells: Cells::Text(vec!["noon".to_owned()]) }];
    assert!(Table::read("x", parquet(&columns).unwrap()).unwrap_err().to_string().contains("is not a time"));
}

/// Midnight of 2026-03-04 by legal time, eight hours before that of UTC.
const MIDNIGHT_S: i64 = 1_772_553_600;

/// A Parquet file with two instants, as programs write them that know times.
fn with_instants(is_adjusted_to_utc: bool, micros: [i64; 2]) -> Vec<u8> {
    use parquet::data_type::{DoubleType, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    let text = format!(
        "message readings {{ required int64 ts (TIMESTAMP(MICROS,{is_adjusted_to_utc})); required double head_kwh; }}"
    );
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(&text).unwrap());
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, std::sync::Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&micros, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[1.0, 2.0], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

#[test]
fn a_time_without_its_zone_is_legal_time_and_one_with_it_the_same_instant() {
    let rows = |first: &str, second: &str| format!("ts,head_kwh,m1\n{first},1,2\n{second},2,3\n");
    for (first, second) in [
        ("2026-03-04 00:00:00", "2026-03-04 00:15:00"),
        ("2026/3/4 0:00", "2026/3/4 0:15"),
        ("2026-03-04T00:00:00+08:00", "2026-03-04T00:15:00+08:00"),
        ("2026-03-03T16:00:00Z", "2026-03-03T16:15:00Z"),
        ("1772553600", "1772554500"),
    ] {
        let district = read(csv(&rows(first, second)), None, None).unwrap();
        assert_eq!(district.times_s, [MIDNIGHT_S, MIDNIGHT_S + 900], "{first}");
    }
    let clock = |zone_s: i64| [0, 900].map(|later| (MIDNIGHT_S + zone_s + later) * 1_000_000);
    for bytes in [with_instants(false, clock(8 * 3600)), with_instants(true, clock(0))] {
        assert_eq!(Table::read("x", bytes).unwrap().times_s, [MIDNIGHT_S, MIDNIGHT_S + 900]);
    }
    // What is read is written as legal time again, and its day begins there.
    assert_eq!(heng_telemetry::meter_rows::instant(MIDNIGHT_S).as_deref(), Some("2026-03-04T00:00:00"));
    assert_eq!(heng_telemetry::meter_rows::begin_s(jiff::civil::date(2026, 3, 4)), Some(MIDNIGHT_S));
}
