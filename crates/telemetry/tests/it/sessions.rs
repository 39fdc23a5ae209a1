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
