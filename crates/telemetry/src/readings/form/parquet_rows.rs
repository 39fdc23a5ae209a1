//! Parquet, a row a reading. Text as UTF-8, instants as timestamps or as text, values as text, whole numbers or doubles (their
//! shortest digits).

use heng_quantity::Finding;
use parquet::file::reader::FileReader;

use super::super::batch::Builder;
use super::super::columns::{Cells, Column, columns, open};
use super::super::stated::Stated;
use super::super::time;
use super::{COLUMNS, MOST_ROWS, faults_of_header, take_rows};

pub(super) fn read(bytes: &[u8], builder: &mut Builder) {
    let unreadable = |builder: &mut Builder, error: &dyn std::fmt::Display| {
        builder.reject(1, bytes, Finding::error("readings-parquet").with("reason", error));
    };
    let reader = match open(bytes::Bytes::copy_from_slice(bytes)) {
        Ok(reader) => reader,
        Err(error) => return unreadable(builder, &error),
    };
    let metadata = reader.metadata();
    let rows = metadata.row_groups().iter().try_fold(0_i64, |sum, group| sum.checked_add(group.num_rows().max(0)));
    let Some(rows) = rows.and_then(|rows| usize::try_from(rows).ok()).filter(|rows| *rows <= MOST_ROWS) else {
        builder.reject(1, bytes, Finding::error("readings-too-many").with("most", MOST_ROWS));
        return;
    };
    let schema = metadata.file_metadata().schema_descr_ptr();
    let (wrong, unknown) = faults_of_header(schema.columns().iter().map(|column| column.name()));
    if let Some(wrong) = wrong {
        builder.reject(1, bytes, wrong);
        return;
    }
    if let Some(unknown) = unknown {
        builder.note(unknown);
    }
    if rows == 0 {
        builder.note(Finding::warning("readings-none"));
    }
    // All are read before one is taken: of a file that breaks off nothing is taken, and all of it is kept.
    let mut groups = Vec::new();
    for group in 0..reader.num_row_groups() {
        match columns(&reader, group, &COLUMNS) {
            Ok(columns) => groups.push(columns),
            Err(error) => return unreadable(builder, &error),
        }
    }
    if let Some(column) = groups.iter().flatten().find(|column| matches!(column.cells, Cells::Other)) {
        builder.reject(1, bytes, Finding::error("readings-column-kind").with("columns", &column.name));
        return;
    }
    let mut number = 0;
    for group in &groups {
        take(group, &mut number, builder);
    }
}

fn take(group: &[Column], number: &mut u64, builder: &mut Builder) {
    let rows = group.iter().map(|column| length(&column.cells)).min().unwrap_or(0);
    let name = |column: &Column| match column.cells {
        Cells::Instant(_) if column.name == "at" => "at_ms".to_owned(),
        _ => column.name.clone(),
    };
    let names: Vec<String> = group.iter().map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    take_rows(&names, rows, number, builder, |column, row, text| {
        let found = group.get(column).and_then(|column| cell(&column.cells, row));
        text.push_str(&found.unwrap_or_default());
    });
}

fn length(cells: &Cells) -> usize {
    match cells {
        Cells::Text(cells) => cells.len(),
        Cells::Whole(cells) | Cells::Instant(cells) | Cells::Clock(cells, _) => cells.len(),
        Cells::Number(cells) => cells.len(),
        Cells::Other => 0,
    }
}

/// A cell as a text file would have it; nothing where it is absent. Text that is not UTF-8 comes out as what no column takes.
fn cell(cells: &Cells, row: usize) -> Option<String> {
    match cells {
        Cells::Text(cells) => {
            let bytes = cells.get(row)?.as_ref()?;
            Some(bytes.as_utf8().map_or_else(|_| "\u{0}".to_owned(), str::to_owned))
        }
        Cells::Whole(cells) | Cells::Instant(cells) => cells.get(row)?.map(|value| value.to_string()),
        Cells::Clock(cells, per_second) => cells.get(row)?.map(|ticks| time::clock(ticks, *per_second)),
        Cells::Number(cells) => {
            let value = (*cells.get(row)?)?;
            Some(Stated::shortest_of(value).map_or_else(|| value.to_string(), |stated| stated.to_string()))
        }
        Cells::Other => None,
    }
}
