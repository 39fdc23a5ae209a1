//! Errors of piles as rows: CSV and Parquet out, verified piles in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use heng_inference::piles::{Anchor, Inference, PileError};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::TelemetryError;
use crate::sessions::{Identifier, SessionTable};

/// The columns of a row, in order.
pub const COLUMNS: [&str; 15] = [
    "pile",
    "error_percent",
    "u_percent",
    "low_percent",
    "high_percent",
    "p_beyond_limit",
    "decidable",
    "reason",
    "listed",
    "sessions",
    "vehicles",
    "timed",
    "beyond_power",
    "priced",
    "wrong_amount",
];

/// Verified piles from a CSV file with the columns `pile`, `error_percent` and `u_percent`, and the names among them that no session has.
///
/// # Errors
/// What keeps the file from being understood, with its column and row.
pub fn anchors(path: &Path, table: &SessionTable) -> Result<(Vec<Anchor>, Vec<String>), TelemetryError> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| TelemetryError::Unreadable { file: file.clone(), detail: error.to_string() })?;
    let ranks: BTreeMap<&Identifier, u32> = table.piles.iter().zip(0..).collect();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let split = |line: &str| line.split(',').map(|cell| cell.trim().trim_matches('"').to_owned()).collect::<Vec<_>>();
    let header = lines.next().map(split).unwrap_or_default();
    let place = |column: &str| {
        let missing = || TelemetryError::MissingColumn { file: file.clone(), column: column.to_owned() };
        header.iter().position(|name| name == column).ok_or_else(missing)
    };
    let (pile, error, u) = (place("pile")?, place("error_percent")?, place("u_percent")?);
    let (mut anchors, mut unknown) = (Vec::new(), Vec::new());
    for (row, line) in (1..).zip(lines).filter(|(_, line)| !line.trim().is_empty()) {
        let cells = split(line);
        let cell = |place: usize| cells.get(place).map(String::as_str).unwrap_or_default();
        let number = |place: usize, column: &str, wanted: &'static str, is_good: &dyn Fn(f64) -> bool| {
            cell(place).parse::<f64>().ok().filter(|value| is_good(*value)).ok_or_else(|| TelemetryError::Cell {
                file: file.clone(),
                column: column.to_owned(),
                row,
                found: cell(place).to_owned(),
                wanted,
            })
        };
        let error_percent = number(error, "error_percent", "a number", &f64::is_finite)?;
        let u_percent = number(u, "u_percent", "a number above zero", &|u| u > 0.0 && u.is_finite())?;
        match ranks.get(&Identifier::of(cell(pile))) {
            Some(pile) => anchors.push(Anchor { pile: *pile, error_percent, u_percent }),
            None => unknown.push(cell(pile).to_owned()),
        }
    }
    Ok((anchors, unknown))
}

/// The rows as CSV, every digit.
pub fn csv(table: &SessionTable, inference: &Inference) -> String {
    let mut text = COLUMNS.join(",");
    text.push('\n');
    for ((name, row), bills) in table.piles.iter().zip(&inference.piles).zip(&table.bills) {
        let PileError { error_percent, u_percent, low_percent, high_percent, p_beyond_limit, .. } = row;
        let name = name.to_string();
        // A name with a comma or a quotation mark is quoted (RFC 4180).
        let name = if name.contains(['"', ',', '\n']) { format!("\"{}\"", name.replace('"', "\"\"")) } else { name };
        text.push_str(&format!(
            "{name},{error_percent},{u_percent},{low_percent},{high_percent},{p_beyond_limit},{},{},{},{},{},{},{},{},{}\n",
            row.decidable,
            row.reason.code(),
            row.listed,
            row.sessions,
            row.vehicles,
            bills.timed,
            bills.beyond_power,
            bills.priced,
            bills.wrong_amount,
        ));
    }
    text
}

/// The rows as a Parquet file.
///
/// # Errors
/// What the encoder says.
pub fn parquet(table: &SessionTable, inference: &Inference) -> Result<Vec<u8>, TelemetryError> {
    encoded(table, inference)
        .map_err(|error| TelemetryError::Unreadable { file: "parquet".to_owned(), detail: error.to_string() })
}

fn encoded(table: &SessionTable, inference: &Inference) -> Result<Vec<u8>, ParquetError> {
    let mut schema = "message piles { ".to_owned();
    for (place, column) in COLUMNS.iter().enumerate() {
        let kind = match place {
            0 | 7 => format!("required binary {column} (UTF8); "),
            1..=5 => format!("required double {column}; "),
            6 | 8 => format!("required boolean {column}; "),
            _ => format!("required int32 {column} (UINT_32); "),
        };
        schema.push_str(&kind);
    }
    schema.push('}');
    let schema = Arc::new(parse_message_type(&schema)?);
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let rows = &inference.piles;
    column::<ByteArrayType>(&mut group, table.piles.iter().map(|name| ByteArray::from(name.to_string().as_str())))?;
    column::<DoubleType>(&mut group, rows.iter().map(|row| row.error_percent))?;
    column::<DoubleType>(&mut group, rows.iter().map(|row| row.u_percent))?;
    column::<DoubleType>(&mut group, rows.iter().map(|row| row.low_percent))?;
    column::<DoubleType>(&mut group, rows.iter().map(|row| row.high_percent))?;
    column::<DoubleType>(&mut group, rows.iter().map(|row| row.p_beyond_limit))?;
    column::<BoolType>(&mut group, rows.iter().map(|row| row.decidable))?;
    column::<ByteArrayType>(&mut group, rows.iter().map(|row| ByteArray::from(row.reason.code())))?;
    column::<BoolType>(&mut group, rows.iter().map(|row| row.listed))?;
    column::<Int32Type>(&mut group, rows.iter().map(|row| row.sessions as i32))?;
    column::<Int32Type>(&mut group, rows.iter().map(|row| row.vehicles as i32))?;
    column::<Int32Type>(&mut group, table.bills.iter().map(|bills| bills.timed as i32))?;
    column::<Int32Type>(&mut group, table.bills.iter().map(|bills| bills.beyond_power as i32))?;
    column::<Int32Type>(&mut group, table.bills.iter().map(|bills| bills.priced as i32))?;
    column::<Int32Type>(&mut group, table.bills.iter().map(|bills| bills.wrong_amount as i32))?;
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: impl Iterator<Item = T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<T::T> = values.collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, None, None)?;
        column.close()?;
    }
    Ok(())
}
