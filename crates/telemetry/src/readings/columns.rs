//! Columns of a Parquet file by name, group of rows by group, with what is absent in its place.

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

/// The cells of a column.
#[derive(Debug)]
pub(crate) enum Cells {
    Text(Vec<Option<ByteArray>>),
    Whole(Vec<Option<i64>>),
    /// Instants in milliseconds; what is finer is left out.
    Instant(Vec<Option<i64>>),
    /// Ticks of a clock that does not say its zone, and how many of them are a second.
    Clock(Vec<Option<i64>>, i64),
    Number(Vec<Option<f64>>),
    /// Of a type that no column of readings has.
    Other,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) cells: Cells,
}

/// Opens a file.
pub(crate) fn open(bytes: bytes::Bytes) -> Result<SerializedFileReader<bytes::Bytes>, ParquetError> {
    SerializedFileReader::new(bytes)
}

/// The columns with these names in a group of rows.
pub(crate) fn columns(
    reader: &SerializedFileReader<bytes::Bytes>,
    group: usize,
    wanted: &[&str],
) -> Result<Vec<Column>, ParquetError> {
    let group = reader.get_row_group(group)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut columns = Vec::new();
    for (index, descriptor) in schema.columns().iter().enumerate() {
        if wanted.contains(&descriptor.name()) && descriptor.path().parts().len() == 1 {
            columns.push(Column { name: descriptor.name().to_owned(), cells: cells(&*group, index, descriptor)? });
        }
    }
    Ok(columns)
}

fn cells(group: &dyn RowGroupReader, index: usize, descriptor: &ColumnDescriptor) -> Result<Cells, ParquetError> {
    if descriptor.max_rep_level() > 0 {
        return Ok(Cells::Other);
    }
    let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
    let optional = descriptor.max_def_level() > 0;
    let scale = per_millisecond(descriptor);
    let clock = clock_per_second(descriptor);
    // A decimal number has its point elsewhere: only whole ones are read as they stand.
    let is_whole = !matches!(descriptor.logical_type_ref(), Some(LogicalType::Decimal(kind)) if kind.scale != 0)
        && descriptor.converted_type() != ConvertedType::DECIMAL;
    Ok(match group.get_column_reader(index)? {
        ColumnReader::ByteArrayColumnReader(mut column) => {
            Cells::Text(values(&mut column, rows, optional, Clone::clone)?)
        }
        ColumnReader::Int32ColumnReader(mut column) if is_whole && scale.is_none() => {
            Cells::Whole(values(&mut column, rows, optional, |value| i64::from(*value))?)
        }
        ColumnReader::Int64ColumnReader(mut column) if is_whole => match (scale, clock) {
            (None, Some(clock)) => Cells::Clock(values(&mut column, rows, optional, |value| *value)?, clock),
            (None, None) => Cells::Whole(values(&mut column, rows, optional, |value| *value)?),
            (Some(scale), _) => {
                let cells = values(&mut column, rows, optional, |value| *value)?;
                let instant = |value: i64| (value % scale == 0).then_some(value / scale);
                Cells::Instant(cells.into_iter().map(|cell| cell.and_then(instant)).collect())
            }
        },
        ColumnReader::DoubleColumnReader(mut column) => {
            Cells::Number(values(&mut column, rows, optional, |value| *value)?)
        }
        ColumnReader::FloatColumnReader(mut column) => {
            // The shortest digits of the single, not those of the double that is nearest to it.
            let double = |value: &f32| value.to_string().parse().unwrap_or(f64::NAN);
            Cells::Number(values(&mut column, rows, optional, double)?)
        }
        _ => Cells::Other,
    })
}

/// How many units of a column of clocks without their zone make a second; nothing for other columns.
fn clock_per_second(column: &ColumnDescriptor) -> Option<i64> {
    match column.logical_type_ref() {
        Some(LogicalType::Timestamp(kind)) if !kind.is_adjusted_to_u_t_c => Some(match kind.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        _ => None,
    }
}

/// How many units of a column of instants make a millisecond; nothing for other columns, and for clocks of unknown zone.
fn per_millisecond(column: &ColumnDescriptor) -> Option<i64> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(kind)), _) if kind.is_adjusted_to_u_t_c => Some(match kind.unit {
            TimeUnit::MILLIS => 1,
            TimeUnit::MICROS => 1_000,
            TimeUnit::NANOS => 1_000_000,
        }),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Some(1),
        (None, ConvertedType::TIMESTAMP_MICROS) => Some(1_000),
        _ => None,
    }
}

fn values<T: DataType, V>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    optional: bool,
    read: impl Fn(&T::T) -> V,
) -> Result<Vec<Option<V>>, ParquetError> {
    let mut found = Vec::new();
    let mut levels = Vec::new();
    let mut total = 0;
    while total < rows {
        let (records, _, _) = reader.read_records(rows - total, optional.then_some(&mut levels), None, &mut found)?;
        if records == 0 {
            return Err(ParquetError::EOF(format!("{total} of {rows} rows")));
        }
        total += records;
    }
    if !optional {
        return Ok(found.iter().map(|value| Some(read(value))).collect());
    }
    let mut next = found.iter();
    Ok(levels.iter().map(|level| if *level > 0 { next.next().map(&read) } else { None }).collect())
}
