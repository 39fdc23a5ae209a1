//! Tables in Parquet, read column by column without a query engine.

use heng_statement::legal_zone;
use jiff::Timestamp;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::table::{Column, Table};
use crate::{TelemetryError, csv};

fn unreadable(file: &str, error: &parquet::errors::ParquetError) -> TelemetryError {
    TelemetryError::Unreadable { file: file.to_owned(), detail: error.to_string() }
}

/// Reads one column chunk; rows without a value come out as `absent`.
fn values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    optional: bool,
    number: impl Fn(&T::T) -> f64,
) -> Result<Vec<f64>, parquet::errors::ParquetError> {
    let mut found = Vec::with_capacity(rows);
    let mut levels = Vec::with_capacity(rows);
    let mut total = 0;
    while total < rows {
        let (records, _, _) = reader.read_records(rows - total, optional.then_some(&mut levels), None, &mut found)?;
        if records == 0 {
            break;
        }
        total += records;
    }
    if !optional {
        return Ok(found.iter().map(number).collect());
    }
    let mut next = found.iter();
    Ok(levels.iter().map(|level| if *level > 0 { next.next().map_or(f64::NAN, &number) } else { f64::NAN }).collect())
}

/// How many units of an integer time column make a second.
fn per_second(column: &ColumnDescriptor) -> Option<f64> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(kind)), _) => Some(match kind.unit {
            TimeUnit::MILLIS => 1e3,
            TimeUnit::MICROS => 1e6,
            TimeUnit::NANOS => 1e9,
        }),
        (_, ConvertedType::TIMESTAMP_MILLIS) => Some(1e3),
        (_, ConvertedType::TIMESTAMP_MICROS) => Some(1e6),
        _ => None,
    }
}

/// What a clock without its zone shows is legal time, which is so many seconds ahead.
fn ahead_s(column: &ColumnDescriptor) -> f64 {
    match column.logical_type_ref() {
        Some(LogicalType::Timestamp(kind)) if !kind.is_adjusted_to_u_t_c => {
            f64::from(legal_zone().to_offset(Timestamp::UNIX_EPOCH).seconds())
        }
        _ => 0.0,
    }
}

pub(crate) fn table(file: &str, bytes: Vec<u8>) -> Result<Table, TelemetryError> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(|error| unreadable(file, &error))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut table = Table::default();
    for column in schema.columns().iter().filter(|column| column.name() != "ts") {
        table.columns.push(Column { name: column.name().to_owned(), values: Vec::new() });
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|error| unreadable(file, &error))?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let mut columns = table.columns.iter_mut();
        for (index, descriptor) in schema.columns().iter().enumerate() {
            let optional = descriptor.max_def_level() > 0;
            let (scale, ahead_s) = (per_second(descriptor), ahead_s(descriptor));
            #[expect(clippy::cast_precision_loss, reason = "readings and times are far below 2^53 of their unit")]
            let found = match group.get_column_reader(index).map_err(|error| unreadable(file, &error))? {
                ColumnReader::DoubleColumnReader(mut column) => values(&mut column, rows, optional, |value| *value),
                ColumnReader::FloatColumnReader(mut column) => {
                    values(&mut column, rows, optional, |value| f64::from(*value))
                }
                ColumnReader::Int32ColumnReader(mut column) => {
                    values(&mut column, rows, optional, |value| f64::from(*value))
                }
                ColumnReader::Int64ColumnReader(mut column) => {
                    values(&mut column, rows, optional, |value| *value as f64 / scale.unwrap_or(1.0) - ahead_s)
                }
                // Text, as programs write that do not know times; what is none is said below.
                ColumnReader::ByteArrayColumnReader(mut column) if descriptor.name() == "ts" => {
                    values(&mut column, rows, optional, |text| {
                        let seconds = text.as_utf8().ok().and_then(|text| csv::time(file, 0, text.trim()).ok());
                        seconds.map_or(f64::NAN, |seconds| seconds as f64)
                    })
                }
                _ => {
                    return Err(TelemetryError::Type {
                        file: file.to_owned(),
                        column: descriptor.name().to_owned(),
                        kind: descriptor.physical_type().to_string(),
                    });
                }
            }
            .map_err(|error| unreadable(file, &error))?;
            if descriptor.name() == "ts" {
                for (row, seconds) in found.iter().enumerate() {
                    if !seconds.is_finite() {
                        return Err(TelemetryError::Cell {
                            file: file.to_owned(),
                            column: "ts".to_owned(),
                            row: table.times_s.len() + row + 1,
                            found: String::new(),
                            wanted: "a time",
                        });
                    }
                }
                #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit")]
                table.times_s.extend(found.iter().map(|seconds| seconds.floor() as i64));
            } else if let Some(column) = columns.next() {
                if let Some(row) = found.iter().position(|value| value.is_infinite()) {
                    return Err(TelemetryError::Cell {
                        file: file.to_owned(),
                        column: column.name.clone(),
                        row: column.values.len() + row + 1,
                        found: "∞".to_owned(),
                        wanted: "a number",
                    });
                }
                column.values.extend(found);
            }
        }
    }
    Ok(table)
}
