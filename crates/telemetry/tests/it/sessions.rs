//! Sessions from files, and errors of piles back into files.

use std::fs;
use std::path::PathBuf;

use heng_inference::piles::{Settings, infer};
use heng_telemetry::results::{csv, parquet};
use heng_telemetry::sessions::{SessionTable, read};
use heng_telemetry::{TelemetryError, pile_rows};

/// A folder of its own that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("heng-telemetry-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Rows of synthetic sessions of four piles in 天津 and three vehicles.
fn rows() -> Vec<String> {
    (0..240)
        .map(|row| {
            let (pile, vehicle) = (row % 4, row % 3);
            let noise = f64::from((row * 7919) % 101) / 50.0 - 1.0;
            let y = [0.5, -0.5, 4.0, 0.1][pile as usize] + 0.3 * f64::from(vehicle) + noise;
            format!("津{pile},{vehicle},{},{},{y}", 10 + row % 30, 5 + row % 20)
        })
        .collect()
}

fn file(rows: &[String]) -> String {
    format!("pile,vehicle,kwh,temp,y_pct\n{}\n", rows.join("\n"))
}

fn answer(table: &SessionTable) -> String {
    csv(&pile_rows::rows(table, &infer(&table.sessions, &[], &Settings::of_limit(2.0))))
}

#[test]
fn a_folder_says_what_its_files_say_together_in_any_order() {
    let folder = Folder::new("folder");
    let mut rows = rows();
    let one = folder.write("one.csv", file(&rows));
    let whole = answer(&read(&one, 2.0).unwrap());
    fs::remove_file(one).unwrap();
    rows.reverse();
    folder.write("a.csv", file(&rows[100..]));
    folder.write("b.csv", file(&rows[..100]));
    folder.write("c.txt", "not read");
    assert_eq!(answer(&read(&folder.0, 2.0).unwrap()), whole);
    assert!(whole.starts_with("pile,error_percent,u_percent,low_percent,high_percent,p_beyond_limit,decidable,reason"));
    assert_eq!(whole.lines().count(), 5);
}

#[test]
fn energies_of_vehicles_stand_for_differences() {
    let folder = Folder::new("energies");
    let text = "pile,vehicle,kwh,vehicle_kwh\nA,1,20.2,20\nB,1,19.8,20\nA,2,30.3,30\nB,2,29.7,30\n";
    let table = read(&folder.write("energies.csv", text), 2.0).unwrap();
    let found = infer(&table.sessions, &[], &Settings::of_limit(2.0));
    assert!(found.piles[0].error_percent > 0.0 && found.piles[1].error_percent < 0.0);
}

#[test]
fn what_is_missing_or_no_number_is_named() {
    let folder = Folder::new("faults");
    let read = |text: &str| read(&folder.write("faults.csv", text), 2.0).unwrap_err();
    assert!(
        matches!(read("pile,vehicle,kwh\nA,1,2\n"), TelemetryError::MissingColumn { column, .. } if column == "y_pct")
    );
    assert!(
        matches!(read("pile,kwh,y_pct\nA,2,1\n"), TelemetryError::MissingColumn { column, .. } if column == "vehicle")
    );
    let cell = read("pile,vehicle,kwh,y_pct\nA,1,20,0\nA,1,二十,0\n");
    assert!(matches!(cell, TelemetryError::Cell { row: 2, column, .. } if column == "kwh"));
    assert!(matches!(
        read("pile,vehicle,kwh,y_pct\nA,1,20\n"),
        TelemetryError::Width { row: 1, found: 3, wanted: 4, .. }
    ));
    assert!(matches!(read("pile,vehicle,kwh,y_pct\n"), TelemetryError::Empty { .. }));
    assert!(matches!(read("PAR1 and no more"), TelemetryError::Unreadable { .. }));
}

/// One column of a Parquet file.
enum Filled {
    Numbers(Vec<Option<f64>>),
    Truths(Vec<bool>),
    Texts(Vec<Option<&'static str>>),
}

fn parquet_of(columns: &[(&str, Filled)]) -> Vec<u8> {
    use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType};
    let fields = columns.iter().map(|(name, filled)| match filled {
        Filled::Numbers(_) => format!("optional double {name};"),
        Filled::Truths(_) => format!("required boolean {name};"),
        Filled::Texts(_) => format!("optional binary {name} (STRING);"),
    });
    let schema = format!("message s {{ {} }}", fields.collect::<String>());
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(&schema).unwrap());
    let mut bytes = Vec::new();
    let mut writer =
        parquet::file::writer::SerializedFileWriter::new(&mut bytes, schema, std::sync::Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (_, filled) in columns {
        let mut column = group.next_column().unwrap().unwrap();
        match filled {
            Filled::Numbers(cells) => {
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                let values: Vec<f64> = cells.iter().copied().flatten().collect();
                column.typed::<DoubleType>().write_batch(&values, Some(&levels), None).unwrap();
            }
            Filled::Truths(cells) => {
                column.typed::<BoolType>().write_batch(cells, None, None).unwrap();
            }
            Filled::Texts(cells) => {
                let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
                let values: Vec<ByteArray> = cells.iter().copied().flatten().map(ByteArray::from).collect();
                column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None).unwrap();
            }
        }
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

fn names(table: &SessionTable) -> Vec<String> {
    table.piles.iter().map(ToString::to_string).collect()
}

#[test]
fn a_session_without_a_name_makes_no_pile_and_no_vehicle() {
    let folder = Folder::new("nameless");
    let text = "pile,vehicle,kwh,y_pct\nA,1,20,0\n,1,20,0\nA,,20,0\nA,2,20,0\n\"\",,20,0\n";
    let table = read(&folder.write("nameless.csv", text), 2.0).unwrap();
    assert_eq!((names(&table), table.vehicles, table.nameless), (vec!["A".to_owned()], 2, 3));
    let columns = [
        ("pile", Filled::Texts(vec![Some("A"), None, Some("A"), Some(" ")])),
        ("vehicle", Filled::Numbers(vec![Some(1.0), Some(1.0), None, Some(1.0)])),
        ("kwh", Filled::Numbers(vec![Some(20.0); 4])),
        ("y_pct", Filled::Numbers(vec![Some(0.0); 4])),
    ];
    let table = read(&folder.write("nameless.parquet", parquet_of(&columns)), 2.0).unwrap();
    assert_eq!((names(&table), table.vehicles, table.nameless), (vec!["A".to_owned()], 1, 3));
}

#[test]
fn whole_numbers_that_are_held_as_fractions_are_the_same_names() {
    let folder = Folder::new("fractions");
    let columns = [
        ("pile", Filled::Numbers(vec![Some(17.0), Some(-3.0), Some(2.5)])),
        ("vehicle", Filled::Numbers(vec![Some(1.0); 3])),
        ("kwh", Filled::Numbers(vec![Some(20.0); 3])),
        ("y_pct", Filled::Numbers(vec![Some(0.0); 3])),
    ];
    let table = read(&folder.write("fractions.parquet", parquet_of(&columns)), 2.0).unwrap();
    assert_eq!(names(&table), ["-3", "17", "2.5"]);
    let text = "pile,vehicle,kwh,y_pct\n17.0,1.0,20,0\n17,1,20,0\n";
    let table = read(&folder.write("fractions.csv", text), 2.0).unwrap();
    assert_eq!((names(&table), table.vehicles), (vec!["17".to_owned()], 1));
}

#[test]
fn a_column_of_another_type_is_named_with_its_type() {
    let folder = Folder::new("types");
    let of = |vehicle: Filled, kwh: Filled| {
        let columns = [
            ("pile", Filled::Numbers(vec![Some(1.0)])),
            ("vehicle", vehicle),
            ("kwh", kwh),
            ("y_pct", Filled::Numbers(vec![Some(0.0)])),
        ];
        read(&folder.write("types.parquet", parquet_of(&columns)), 2.0).unwrap_err().to_string()
    };
    let said = of(Filled::Truths(vec![true]), Filled::Numbers(vec![Some(1.0)]));
    assert!(said.contains("column vehicle: the type BOOLEAN is neither a number nor text"), "{said}");
    let said = of(Filled::Texts(vec![Some("a")]), Filled::Texts(vec![Some("b")]));
    assert!(said.contains("column kwh: the type BYTE_ARRAY"), "{said}");
}

#[test]
fn files_beside_the_sessions_are_left_out_and_named() {
    let folder = Folder::new("beside");
    folder.write("sessions.csv", file(&rows()));
    folder.write("truth_piles.csv", "pile,err_pct\n津0,0.5\n");
    let table = read(&folder.0, 2.0).unwrap();
    assert_eq!((table.piles.len(), table.left_out.len()), (4, 1));
    assert!(table.left_out[0].ends_with("truth_piles.csv"));
    folder.write("sessions-2.csv", "pile,vehicel,kwh,y_pct\n津0,1,20,0\n");
    assert!(matches!(read(&folder.0, 2.0), Err(TelemetryError::MissingColumn { column, .. }) if column == "vehicle"));
    for name in ["sessions.csv", "sessions-2.csv"] {
        fs::remove_file(folder.0.join(name)).unwrap();
    }
    assert!(matches!(read(&folder.0, 2.0), Err(TelemetryError::MissingColumn { .. })), "nothing but other files");
}

#[test]
fn results_of_one_pile_are_combined_where_they_agree_and_refused_where_they_do_not() {
    let folder = Folder::new("agree");
    let table = read(&folder.write("one.csv", file(&rows())), 2.0).unwrap();
    let of = |rows: &str| {
        let path = folder.write("anchors.csv", format!("pile,error_percent,u_percent\n{rows}"));
        pile_rows::anchors(&path, &table).map(|(anchors, _)| anchors)
    };
    let anchors = of("津1,-0.5,0.1\n津1,-0.6,0.2\n").unwrap();
    let (weight, other) = (1.0 / 0.01, 1.0 / 0.04);
    let mean = (-0.5 * weight - 0.6 * other) / (weight + other);
    assert!(anchors.len() == 1 && (anchors[0].error_percent - mean).abs() < 1e-12, "{anchors:?}");
    assert!((anchors[0].u_percent - (1.0_f64 / (weight + other)).sqrt()).abs() < 1e-12);
    // The same row again is no second verification.
    let anchors = of("津1,-0.5,0.1\n津1,-0.5,0.1\n").unwrap();
    assert_eq!((anchors.len(), anchors[0].u_percent), (1, 0.1));
    let refused = of("津1,0.1,0.05\n津2,4,0.05\n津1,2.5,0.05\n").unwrap_err();
    assert!(matches!(&refused, TelemetryError::Cell { row: 1 | 3, .. }), "{refused}");
}

#[test]
fn bills_are_counted_by_pile() {
    let folder = Folder::new("bills");
    let text = "pile,vehicle,kwh,y_pct,duration_min,rated_kw,price_per_kwh,amount\n\
                10,1,30,0,30,60,1.35,40.5\n\
                10,1,33,0,30,60,1.35,44.55\n\
                9,1,30,0,,60,1.35,41.0\n";
    let table = read(&folder.write("bills.csv", text), 2.0).unwrap();
    // Numbers are in their own order.
    assert_eq!(table.piles.iter().map(ToString::to_string).collect::<Vec<_>>(), ["9", "10"]);
    let counts = |place: usize| {
        let bills = table.bills[place];
        [bills.timed, bills.beyond_power, bills.priced, bills.wrong_amount]
    };
    assert_eq!((counts(0), counts(1)), ([0, 0, 1, 1], [2, 1, 2, 0]));
}

#[test]
fn verified_piles_are_read_and_unknown_ones_named() {
    let folder = Folder::new("anchors");
    let table = read(&folder.write("one.csv", file(&rows())), 2.0).unwrap();
    let path = folder.write("anchors.csv", "pile,error_percent,u_percent\n津2,4.1,0.05\n津9,0,0.05\n");
    let (anchors, unknown) = pile_rows::anchors(&path, &table).unwrap();
    assert_eq!((anchors.len(), anchors[0].pile, unknown), (1, 2, vec!["津9".to_owned()]));
    let path = folder.write("wrong.csv", "pile,error_percent,u_percent\n津2,4.1,0\n");
    assert!(matches!(pile_rows::anchors(&path, &table), Err(TelemetryError::Cell { row: 1, .. })));
}

#[test]
fn rows_come_back_from_parquet() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let folder = Folder::new("rows");
    let table = read(&folder.write("one.csv", file(&rows())), 2.0).unwrap();
    let found = infer(&table.sessions, &[], &Settings::of_limit(2.0));
    let path = folder.write("rows.parquet", parquet(&pile_rows::rows(&table, &found)).unwrap());
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[2].get_string(0).unwrap(), "津2");
    assert_eq!(rows[2].get_double(1).unwrap(), found.piles[2].error_percent);
    assert_eq!(rows[2].get_string(7).unwrap(), found.piles[2].reason.code());
}
