//! Results as tables for others: named columns of text, numbers, counts and truth values, as CSV and as Parquet.

use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// The cells of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Texts.
    Text(Vec<String>),
    /// Numbers.
    Number(Vec<f64>),
    /// How many.
    Count(Vec<i32>),
    /// Yes or no.
    Truth(Vec<bool>),
}

/// A column with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// The cells.
    pub cells: Cells,
}

impl Cells {
    /// A cell as a CSV file carries it: numbers unrounded, text with a comma, a quotation mark or the end of a line quoted (RFC 4180, section 2).
    fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Text(cells) => {
                let cell = cells.get(row)?;
                match cell.contains(['"', ',', '\n', '\r']) {
                    true => format!("\"{}\"", cell.replace('"', "\"\"")).into(),
                    false => cell.as_str().into(),
                }
            }
            Self::Number(cells) => cells.get(row)?.to_string().into(),
            Self::Count(cells) => cells.get(row)?.to_string().into(),
            Self::Truth(cells) => cells.get(row)?.to_string().into(),
        })
    }
}

/// The columns as a CSV file with their names above them; as many rows as the shortest column has.
pub fn csv(columns: &[Named]) -> String {
    let mut text = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    text.push('\n');
    let line = |row| columns.iter().map(|column| column.cells.text(row)).collect::<Option<Vec<_>>>();
    // Without columns there is nothing that ends.
    let rows = if columns.is_empty() { 0 } else { usize::MAX };
    for line in (0..rows).map_while(line) {
        text.push_str(&line.join(","));
        text.push('\n');
    }
    text
}

/// A Parquet file of results that is written part by part.
pub struct Results<W: Write + Send> {
    file: SerializedFileWriter<W>,
}

impl<W: Write + Send> Results<W> {
    /// Begins a file with columns of these names and kinds.
    ///
    /// # Errors
    /// What the encoder refuses.
    pub fn new(out: W, columns: &[Named]) -> Result<Self, ParquetError> {
        let fields = columns
            .iter()
            .map(|column| {
                let (physical, logical) = match column.cells {
                    Cells::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                    Cells::Number(_) => (Physical::DOUBLE, None),
                    Cells::Count(_) => (Physical::INT32, None),
                    Cells::Truth(_) => (Physical::BOOLEAN, None),
                };
                let field = Type::primitive_type_builder(column.name, physical)
                    .with_repetition(Repetition::REQUIRED)
                    .with_logical_type(logical)
                    .build()?;
                Ok(Arc::new(field))
            })
            .collect::<Result<Vec<_>, ParquetError>>()?;
        let schema = Arc::new(Type::group_type_builder("results").with_fields(fields).build()?);
        let properties = Arc::new(WriterProperties::builder().set_compression(Compression::SNAPPY).build());
        Ok(Self { file: SerializedFileWriter::new(out, schema, properties)? })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// What the encoder refuses, such as columns of different lengths.
    pub fn add(&mut self, columns: &[Named]) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for column in columns {
            let Some(mut writer) = group.next_column()? else { break };
            match &column.cells {
                Cells::Text(cells) => {
                    let cells: Vec<ByteArray> = cells.iter().map(|cell| ByteArray::from(cell.as_str())).collect();
                    writer.typed::<ByteArrayType>().write_batch(&cells, None, None)?;
                }
                Cells::Number(cells) => {
                    writer.typed::<DoubleType>().write_batch(cells, None, None)?;
                }
                Cells::Count(cells) => {
                    writer.typed::<Int32Type>().write_batch(cells, None, None)?;
                }
                Cells::Truth(cells) => {
                    writer.typed::<BoolType>().write_batch(cells, None, None)?;
                }
            }
            writer.close()?;
        }
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

/// The columns as the bytes of a Parquet file.
///
/// # Errors
/// What the encoder refuses, such as columns of different lengths.
pub fn parquet(columns: &[Named]) -> Result<Vec<u8>, ParquetError> {
    let mut bytes = Vec::new();
    let mut results = Results::new(&mut bytes, columns)?;
    results.add(columns)?;
    results.close()?;
    Ok(bytes)
}
