//! Sessions from a Parquet file, some thousand rows of the columns that are wanted at a time.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};

use super::identifiers::Identifiers;
use super::{COLUMNS, Collector, NUMBERS};
use crate::TelemetryError;

const ROWS: usize = 1 << 15;

/// A column of numbers: what is not there is no number.
type Cells = Vec<f64>;

pub(super) fn read(
    name: &str,
    file: impl ChunkReader + 'static,
    collector: &mut Collector,
) -> Result<(), TelemetryError> {
    let unreadable =
        |error: ParquetError| TelemetryError::Unreadable { file: name.to_owned(), detail: error.to_string() };
    let reader = SerializedFileReader::new(file).map_err(unreadable)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let place = |wanted: &str| schema.columns().iter().position(|column| column.name() == wanted);
    let places = COLUMNS.map(place);
    super::text::demand(name, &places)?;
    let kind = |column: usize| {
        let place = places.get(column).copied().flatten();
        place.map(|place| schema.column(place).physical_type().to_string()).unwrap_or_default()
    };
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(unreadable)?;
        let mut columns = Vec::with_capacity(COLUMNS.len());
        for place in places {
            columns.push(match place {
                Some(place) => {
                    let optional = schema.column(place).max_def_level() > 0;
                    Some((group.get_column_reader(place).map_err(unreadable)?, optional))
                }
                None => None,
            });
        }
        let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let mut names: [Vec<u32>; 2] = Default::default();
        let mut cells: [Cells; NUMBERS] = Default::default();
        let mut scratch = Scratch::default();
        while left > 0 {
            let rows = left.min(ROWS);
            let [pile, vehicle, numbers @ ..] = columns.as_mut_slice() else { break };
            let [piles, vehicles] = &mut names;
            let of_names = [(piles, &mut collector.piles), (vehicles, &mut collector.vehicles)];
            for (place, (column, (ids, into))) in [pile, vehicle].into_iter().zip(of_names).enumerate() {
                if let Some((reader, optional)) = column {
                    identifiers(reader, *optional, rows, ids, into, &mut scratch).map_err(unreadable)?.ok_or_else(
                        || TelemetryError::NameType {
                            file: name.to_owned(),
                            column: COLUMNS.get(place).copied().unwrap_or_default().to_owned(),
                            kind: kind(place),
                        },
                    )?;
                }
            }
            // Pile and vehicle come before the numbers.
            for ((column, into), place) in numbers.iter_mut().zip(&mut cells).zip(2..) {
                match column {
                    Some((reader, optional)) => numbers_of(reader, *optional, rows, into, &mut scratch)
                        .map_err(unreadable)?
                        .ok_or_else(|| TelemetryError::Type {
                            file: name.to_owned(),
                            column: COLUMNS.get(place).copied().unwrap_or_default().to_owned(),
                            kind: kind(place),
                        })?,
                    None => {
                        into.clear();
                        into.resize(rows, f64::NAN);
                    }
                }
            }
            let [piles, vehicles] = &names;
            for (row, (pile, vehicle)) in piles.iter().zip(vehicles).enumerate() {
                let numbers = cells.each_ref().map(|column| column.get(row).copied().unwrap_or(f64::NAN));
                collector.take(*pile, *vehicle, numbers);
            }
            left -= rows;
        }
    }
    Ok(())
}

/// Room that is used again.
#[derive(Default)]
struct Scratch {
    levels: Vec<i16>,
    int32: Vec<i32>,
    int64: Vec<i64>,
    float: Vec<f32>,
    double: Vec<f64>,
    bytes: Vec<parquet::data_type::ByteArray>,
}

/// Reads rows of a column and hands each to `take`, as none where it is empty.
fn each<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    optional: bool,
    rows: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
    mut take: impl FnMut(Option<&T::T>),
) -> Result<(), ParquetError> {
    levels.clear();
    values.clear();
    let mut total = 0;
    while total < rows {
        let (records, _, _) = reader.read_records(rows - total, optional.then_some(&mut *levels), None, values)?;
        if records == 0 {
            return Err(ParquetError::EOF("a column ends before its row group".to_owned()));
        }
        total += records;
    }
    if values.len() == rows {
        values.iter().for_each(|value| take(Some(value)));
    } else {
        let mut next = values.iter();
        levels.iter().for_each(|level| take(if *level > 0 { next.next() } else { None }));
    }
    Ok(())
}

/// The numbers of rows; nothing where the column's type holds none.
fn numbers_of(
    reader: &mut ColumnReader,
    optional: bool,
    rows: usize,
    into: &mut Cells,
    scratch: &mut Scratch,
) -> Result<Option<()>, ParquetError> {
    into.clear();
    let Scratch { levels, int32, int64, float, double, .. } = scratch;
    match reader {
        ColumnReader::FloatColumnReader(reader) => each(reader, optional, rows, levels, float, |value| {
            into.push(value.map_or(f64::NAN, |value| f64::from(*value)));
        })?,
        ColumnReader::DoubleColumnReader(reader) => each(reader, optional, rows, levels, double, |value| {
            into.push(value.map_or(f64::NAN, |value| *value));
        })?,
        ColumnReader::Int32ColumnReader(reader) => each(reader, optional, rows, levels, int32, |value| {
            into.push(value.map_or(f64::NAN, |value| f64::from(*value)));
        })?,
        ColumnReader::Int64ColumnReader(reader) => each(reader, optional, rows, levels, int64, |value| {
            into.push(value.map_or(f64::NAN, |value| *value as f64));
        })?,
        _ => return Ok(None),
    }
    Ok(Some(()))
}

/// The names of rows; nothing where the column's type holds none.
fn identifiers(
    reader: &mut ColumnReader,
    optional: bool,
    rows: usize,
    ids: &mut Vec<u32>,
    into: &mut Identifiers,
    scratch: &mut Scratch,
) -> Result<Option<()>, ParquetError> {
    ids.clear();
    let Scratch { levels, int32, int64, float, double, bytes } = scratch;
    match reader {
        ColumnReader::Int32ColumnReader(reader) => each(reader, optional, rows, levels, int32, |value| {
            ids.push(into.optional(value.map(|value| i64::from(*value))));
        })?,
        ColumnReader::Int64ColumnReader(reader) => each(reader, optional, rows, levels, int64, |value| {
            ids.push(into.optional(value.copied()));
        })?,
        ColumnReader::FloatColumnReader(reader) => each(reader, optional, rows, levels, float, |value| {
            ids.push(into.fraction(value.map_or(f64::NAN, |value| f64::from(*value))));
        })?,
        ColumnReader::DoubleColumnReader(reader) => each(reader, optional, rows, levels, double, |value| {
            ids.push(into.fraction(value.map_or(f64::NAN, |value| *value)));
        })?,
        ColumnReader::ByteArrayColumnReader(reader) => each(reader, optional, rows, levels, bytes, |value| {
            ids.push(into.text(value.map_or(b"", |value| value.data())));
        })?,
        _ => return Ok(None),
    }
    Ok(Some(()))
}
