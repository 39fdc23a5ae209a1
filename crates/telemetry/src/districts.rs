//! Districts of a city in Parquet: one row for each district, one group of rows for each row, so that a district is read alone.
//!
//! The columns are those of [`SCHEMA`]. Lists run meter by meter, `readings` values for each; a value that was not collected is null. Registers are whole tenths of a watt-hour, voltages whole tenths of a volt: what meters show, without
//! the error of a binary fraction, and small once encoded by differences.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use heng_inference::meters::{Certified, District, MeterReadings};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor};

use crate::TelemetryError;

/// The layout, version 1.
pub const SCHEMA: &str = "message districts {
  required binary district (STRING);
  required int64 first_s;
  required int32 step_s;
  required int32 readings;
  required group head_register_dwh (LIST) { repeated group list { optional int64 element; } }
  required group head_voltage_dv (LIST) { repeated group list { optional int32 element; } }
  required group meter (LIST) { repeated group list { required binary element (STRING); } }
  required group phase (LIST) { repeated group list { optional int32 element; } }
  required group clock_s (LIST) { repeated group list { optional double element; } }
  required group register_dwh (LIST) { repeated group list { optional int64 element; } }
  required group voltage_dv (LIST) { repeated group list { optional int32 element; } }
  required group certified_error_percent (LIST) { repeated group list { optional double element; } }
  required group certified_u_percent (LIST) { repeated group list { optional double element; } }
  required group certified_years (LIST) { repeated group list { optional double element; } }
}";

/// Tenths of a watt-hour in a kilowatt-hour.
const DWH: f64 = 10_000.0;

/// Tenths of a volt in a volt.
const DV: f64 = 10.0;

/// More values than any district has: a thousand meters for a year and more.
const MOST_VALUES: i64 = 40_000_000;

/// A district with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedDistrict {
    /// The name.
    pub name: String,
    /// Its readings.
    pub district: District,
}

/// Writes districts one after the other.
pub struct Districts<W: Write + Send> {
    file: SerializedFileWriter<W>,
}

fn whole(value: f64, scale: f64) -> Option<i64> {
    let scaled = (value * scale).round();
    #[expect(clippy::cast_possible_truncation, reason = "what does not fit is no reading")]
    (scaled.is_finite() && scaled.abs() < 9e15).then_some(scaled as i64)
}

impl<W: Write + Send> Districts<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What the encoder refuses.
    pub fn new(file: W) -> Result<Self, ParquetError> {
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_dictionary_enabled(false)
            .set_statistics_enabled(parquet::file::properties::EnabledStatistics::None);
        for column in ["head_register_dwh", "head_voltage_dv", "register_dwh", "voltage_dv"] {
            let path = vec![column.to_owned(), "list".to_owned(), "element".to_owned()];
            properties = properties.set_column_encoding(path.into(), Encoding::DELTA_BINARY_PACKED);
        }
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        Ok(Self { file: SerializedFileWriter::new(file, schema, Arc::new(properties.build()))? })
    }

    /// Writes one district. Voltages are left out where a meter has none.
    ///
    /// # Errors
    /// What the encoder or the disk refuses.
    pub fn write(&mut self, name: &str, district: &District) -> Result<(), ParquetError> {
        let meters = &district.meters;
        let step = district.times_s.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).min().unwrap_or(0);
        let count = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
        let mut group = self.file.next_row_group()?;
        one::<W, ByteArrayType>(&mut group, ByteArray::from(name))?;
        one::<W, Int64Type>(&mut group, district.times_s.first().copied().unwrap_or_default())?;
        one::<W, Int32Type>(&mut group, count(step))?;
        one::<W, Int32Type>(&mut group, i32::try_from(district.times_s.len()).unwrap_or(i32::MAX))?;
        let register = |values: &[f64]| values.iter().map(|value| whole(*value, DWH)).collect::<Vec<_>>();
        let voltage = |values: &[f64]| values.iter().map(|value| whole(*value, DV).map(count)).collect::<Vec<_>>();
        list::<W, Int64Type>(&mut group, register(&district.head_kwh))?;
        list::<W, Int32Type>(&mut group, district.head_voltage_v.iter().flat_map(|row| voltage(row)).collect())?;
        names(&mut group, meters)?;
        list::<W, Int32Type>(&mut group, meters.iter().map(|meter| meter.phase.map(i32::from)).collect())?;
        list::<W, DoubleType>(&mut group, meters.iter().map(|meter| meter.clock_offset_s).collect())?;
        list::<W, Int64Type>(&mut group, meters.iter().flat_map(|meter| register(&meter.register_kwh)).collect())?;
        let all = meters.iter().all(|meter| meter.voltage_v.len() == district.times_s.len());
        let voltages = meters.iter().filter(|_| all).flat_map(|meter| voltage(&meter.voltage_v)).collect();
        list::<W, Int32Type>(&mut group, voltages)?;
        let certified = |value: fn(&Certified) -> f64| {
            meters.iter().map(|meter| meter.certified.as_ref().map(value)).collect::<Vec<_>>()
        };
        list::<W, DoubleType>(&mut group, certified(|known| known.error_percent))?;
        list::<W, DoubleType>(&mut group, certified(|known| known.u_percent))?;
        list::<W, DoubleType>(&mut group, certified(|known| known.years))?;
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn close(self) -> Result<(), ParquetError> {
        self.file.close()?;
        Ok(())
    }
}

fn one<W: Write + Send, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    value: T::T,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&[value], None, None)?;
        column.close()?;
    }
    Ok(())
}

/// Repetition levels of one list: a new row, and then more of it.
fn repetitions(length: usize) -> Vec<i16> {
    (0..length.max(1)).map(|place| i16::from(place > 0)).collect()
}

fn list<W: Write + Send, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: Vec<Option<T::T>>,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> =
        if values.is_empty() { vec![0] } else { values.iter().map(|value| 1 + i16::from(value.is_some())).collect() };
    let repeated = repetitions(values.len());
    let present: Vec<T::T> = values.into_iter().flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&present, Some(&levels), Some(&repeated))?;
        column.close()?;
    }
    Ok(())
}

fn names<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    meters: &[MeterReadings],
) -> Result<(), ParquetError> {
    let values: Vec<ByteArray> = meters.iter().map(|meter| ByteArray::from(meter.id.as_str())).collect();
    let levels = if values.is_empty() { vec![0] } else { vec![1; values.len()] };
    if let Some(mut column) = group.next_column()? {
        column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), Some(&repetitions(values.len())))?;
        column.close()?;
    }
    Ok(())
}

/// A file of districts.
pub struct DistrictFile {
    name: String,
    reader: Box<dyn FileReader>,
}

impl DistrictFile {
    /// Opens a file; the districts in it are counted, not read.
    ///
    /// # Errors
    /// Where it is no such file.
    pub fn open(path: &Path) -> Result<Self, TelemetryError> {
        let name = path.display().to_string();
        let file = File::open(path)
            .map_err(|error| TelemetryError::Unreadable { file: name.clone(), detail: error.to_string() })?;
        let reader = SerializedFileReader::new(file).map(|reader| Box::new(reader) as Box<dyn FileReader>);
        Self::checked(name, reader)
    }

    /// The same for the bytes of a file.
    ///
    /// # Errors
    /// Where they are no such file.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Result<Self, TelemetryError> {
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes));
        Self::checked(name.to_owned(), reader.map(|reader| Box::new(reader) as Box<dyn FileReader>))
    }

    fn checked(name: String, reader: Result<Box<dyn FileReader>, ParquetError>) -> Result<Self, TelemetryError> {
        let unreadable = |detail: String| TelemetryError::Unreadable { file: name.clone(), detail };
        let reader = reader.map_err(|error| unreadable(error.to_string()))?;
        let wanted = parse_message_type(SCHEMA).map_err(|error| unreadable(error.to_string()))?;
        let wanted = SchemaDescriptor::new(Arc::new(wanted));
        let found = reader.metadata().file_metadata().schema_descr();
        let kind = |column: &ColumnDescPtr| {
            (column.path().string(), column.physical_type(), column.max_def_level(), column.max_rep_level())
        };
        if !wanted.columns().iter().map(kind).eq(found.columns().iter().map(kind)) {
            return Err(unreadable("its columns are not those of districts".to_owned()));
        }
        Ok(Self { name, reader })
    }

    /// How many districts are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reader.num_row_groups()
    }

    /// Whether none is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads one district.
    ///
    /// # Errors
    /// What keeps it from being understood.
    pub fn district(&self, index: usize) -> Result<NamedDistrict, TelemetryError> {
        let unreadable = |detail: String| TelemetryError::Unreadable { file: self.name.clone(), detail };
        let group = self.reader.get_row_group(index).map_err(|error| unreadable(error.to_string()))?;
        packed(group.as_ref())
            .map_err(|error| unreadable(error.to_string()))?
            .named()
            .ok_or_else(|| unreadable(format!("the lists of district {index} do not agree with one another")))
    }
}

/// The columns of one row as they are stored.
struct Packed {
    name: String,
    first_s: i64,
    step_s: i32,
    readings: i32,
    head: Vec<f64>,
    head_voltage: Vec<f64>,
    meters: Vec<String>,
    phase: Vec<f64>,
    clock: Vec<f64>,
    register: Vec<f64>,
    voltage: Vec<f64>,
    certified: [Vec<f64>; 3],
}

/// All values of one column of one row with their levels; what is null is `absent`.
fn values<T: DataType, V>(
    group: &dyn RowGroupReader,
    column: usize,
    number: impl Fn(&T::T) -> V,
    absent: impl Fn() -> V,
) -> Result<Vec<V>, ParquetError> {
    // A column whose pages claim more values than their bytes could hold is not worth the memory.
    let chunk = group.metadata().column(column);
    let most = chunk.column_descr().max_def_level();
    if chunk.num_values() > MOST_VALUES {
        return Err(ParquetError::General(format!("{} values in one district", chunk.num_values())));
    }
    let mut reader = get_typed_column_reader::<T>(group.get_column_reader(column)?);
    let (mut levels, mut repeated, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let (records, _, _) = reader.read_records(2, Some(&mut levels), Some(&mut repeated), &mut found)?;
    if records != 1 {
        return Err(ParquetError::General(format!("{records} districts in one group of rows")));
    }
    if most == 0 {
        return Ok(found.iter().map(number).collect());
    }
    let mut next = found.iter();
    // A level of zero is a list without elements.
    Ok(levels
        .iter()
        .filter(|level| **level > 0)
        .map(|level| if *level == most { next.next().map_or_else(&absent, &number) } else { absent() })
        .collect())
}

fn packed(group: &dyn RowGroupReader) -> Result<Packed, ParquetError> {
    #[expect(clippy::cast_precision_loss, reason = "registers are far below 2^53 tenths of a watt-hour")]
    let wide = |column: usize, scale: f64| values::<Int64Type, _>(group, column, |v| *v as f64 / scale, || f64::NAN);
    let narrow =
        |column: usize, scale: f64| values::<Int32Type, _>(group, column, |v| f64::from(*v) / scale, || f64::NAN);
    let real = |column: usize| values::<DoubleType, _>(group, column, |v| *v, || f64::NAN);
    let text = |column: usize| {
        values::<ByteArrayType, _>(group, column, |v| v.as_utf8().map(str::to_owned).unwrap_or_default(), String::new)
    };
    let single = |found: Vec<i32>| found.first().copied().unwrap_or_default();
    Ok(Packed {
        name: text(0)?.into_iter().next().unwrap_or_default(),
        first_s: values::<Int64Type, _>(group, 1, |v| *v, || 0)?.first().copied().unwrap_or_default(),
        step_s: single(values::<Int32Type, _>(group, 2, |v| *v, || 0)?),
        readings: single(values::<Int32Type, _>(group, 3, |v| *v, || 0)?),
        head: wide(4, DWH)?,
        head_voltage: narrow(5, DV)?,
        meters: text(6)?,
        phase: narrow(7, 1.0)?,
        clock: real(8)?,
        register: wide(9, DWH)?,
        voltage: narrow(10, DV)?,
        certified: [real(11)?, real(12)?, real(13)?],
    })
}

impl Packed {
    /// Nothing where the lists have other lengths than they must.
    fn named(self) -> Option<NamedDistrict> {
        let readings = usize::try_from(self.readings).ok().filter(|count| *count > 0)?;
        let (count, step) = (self.meters.len(), i64::from(self.step_s));
        let is = |found: usize, wanted: usize| found == wanted || found == 0;
        let [error, u, years] = &self.certified;
        if self.head.len() != readings
            || step <= 0
            || self.register.len() != readings.checked_mul(count)?
            || !is(self.voltage.len(), self.register.len())
            || !is(self.head_voltage.len(), 3 * readings)
            || [&self.phase, &self.clock, error, u, years].iter().any(|list| !is(list.len(), count))
        {
            return None;
        }
        let at = |list: &Vec<f64>, place: usize| list.get(place).copied().filter(|value| value.is_finite());
        let row = |list: &[f64], place: usize| {
            list.get(place * readings..(place + 1) * readings).map(<[f64]>::to_vec).unwrap_or_default()
        };
        let meters = self
            .meters
            .into_iter()
            .enumerate()
            .map(|(place, id)| MeterReadings {
                id,
                register_kwh: row(&self.register, place),
                voltage_v: row(&self.voltage, place),
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one of three")]
                phase: at(&self.phase, place).filter(|p| (1.0..=3.0).contains(p)).map(|p| p as u8),
                clock_offset_s: at(&self.clock, place),
                certified: at(error, place)
                    .zip(at(u, place))
                    .zip(at(years, place))
                    .map(|((error_percent, u_percent), years)| Certified { error_percent, u_percent, years }),
            })
            .collect();
        let heads = if self.head_voltage.is_empty() { 0 } else { 3 };
        Some(NamedDistrict {
            name: self.name,
            district: District {
                times_s: (0..i64::from(self.readings)).map(|k| self.first_s + k * step).collect(),
                head_kwh: self.head,
                head_voltage_v: (0..heads).map(|place| row(&self.head_voltage, place)).collect(),
                meters,
            },
        })
    }
}
