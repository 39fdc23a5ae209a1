//! Arrow IPC, a row a reading, with the columns that Parquet has: text of any layout or coded by a dictionary, instants as timestamps of a zone or as
//! text, values as text, whole numbers or floating-point numbers (their shortest digits).

use std::rc::Rc;

use arrow_ipc::convert::try_fb_to_schema;
use arrow_ipc::{MetadataVersion, RecordBatch};
use arrow_schema::{DataType, Schema};
use heng_quantity::Finding;

use super::super::batch::Builder;
use super::arrow_columns::{Body, Cells, Dictionaries, MOST_BYTES, is_text};
use super::arrow_messages::{Messages, messages};
use super::{COLUMNS, MOST_ROWS, faults_of_header, take_rows};

pub(super) fn read(bytes: &[u8], builder: &mut Builder) {
    if let Err(finding) = taken(bytes, builder) {
        builder.reject(1, bytes, finding);
    }
}

fn unreadable(reason: impl std::fmt::Display) -> Finding {
    Finding::error("readings-arrow").with("reason", reason)
}

fn taken(bytes: &[u8], builder: &mut Builder) -> Result<(), Finding> {
    let Messages { schema, all } = messages(bytes).map_err(unreadable)?;
    if schema.endianness() != arrow_ipc::Endianness::Little {
        return Err(unreadable("its numbers begin with their highest byte"));
    }
    let schema = try_fb_to_schema(schema).map_err(unreadable)?;
    let (wrong, unknown) = faults_of_header(schema.fields().iter().map(|field| field.name().as_str()));
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    let columns = columns(&schema)?;
    // All are read before one is taken: of a message that breaks off nothing is taken, and all of it is kept.
    let tables = unfolded(&all, &columns)?;
    let text = tables.iter().flat_map(|table| &table.cells).map(Cells::bytes).fold(0, usize::saturating_add);
    if text > MOST_BYTES {
        return Err(unreadable("its text is too long"));
    }
    if let Some(unknown) = unknown {
        builder.note(unknown);
    }
    if tables.iter().all(|table| table.rows == 0) {
        builder.note(Finding::warning("readings-none"));
    }
    let names = columns.iter().filter_map(|column| column.name);
    let mut number = 0;
    for Table { rows, cells } in &tables {
        let name = |(name, cells): (&'static str, &Cells<'_>)| match cells {
            Cells::Instant(_) if name == "at" => "at_ms",
            _ => name,
        };
        let names: Vec<&str> = names.clone().zip(cells).map(name).collect();
        take_rows(&names, *rows, &mut number, builder, |column, row, text| {
            if let Some(cells) = cells.get(column) {
                cells.put(row, text);
            }
        });
    }
    Ok(())
}

/// A column of the schema.
struct Column {
    /// What it is of a reading; nothing where it is passed by.
    name: Option<&'static str>,
    kind: DataType,
    /// The number of its dictionary.
    dictionary: Option<i64>,
}

fn columns(schema: &Schema) -> Result<Vec<Column>, Finding> {
    let column = |field: &std::sync::Arc<arrow_schema::Field>| {
        let name = COLUMNS.into_iter().find(|name| name == field.name());
        let kind = field.data_type().clone();
        let is_usable = match &kind {
            DataType::Null | DataType::Timestamp(..) | DataType::Float32 | DataType::Float64 => true,
            DataType::Dictionary(key, value) => key.is_integer() && is_text(value),
            kind => kind.is_integer() || is_text(kind),
        };
        if name.is_some() && !is_usable {
            return Err(Finding::error("readings-column-kind").with("columns", field.name()));
        }
        #[expect(deprecated, reason = "messages name dictionaries by number, and only the field knows it")]
        let dictionary = field.dict_id();
        Ok(Column { name, kind, dictionary })
    };
    schema.fields().iter().map(column).collect()
}

/// The columns of a batch that are of readings.
struct Table<'a> {
    rows: usize,
    cells: Vec<Cells<'a>>,
}

fn unfolded<'a>(
    messages: &[(arrow_ipc::Message<'a>, &'a [u8])],
    columns: &[Column],
) -> Result<Vec<Table<'a>>, Finding> {
    let mut dictionaries = Dictionaries::new();
    let mut tables: Vec<Table<'a>> = Vec::new();
    let mut unfolded = 0;
    let mut all = 0_usize;
    for (message, body) in messages {
        let is_fifth = message.version() >= MetadataVersion::V5;
        if let Some(dictionary) = message.header_as_dictionary_batch() {
            let is_of = |column: &&Column| column.name.is_some() && column.dictionary == Some(dictionary.id());
            let Some(DataType::Dictionary(_, kind)) = columns.iter().find(is_of).map(|column| &column.kind) else {
                continue;
            };
            // Each would copy all that came before it.
            if dictionary.isDelta() {
                return Err(unreadable("a dictionary that is added to; write it whole"));
            }
            let batch = dictionary.data().ok_or_else(|| unreadable("a dictionary without its words"))?;
            let text = Body::new(&batch, body, rows(&batch)?, &mut unfolded).text(kind).map_err(unreadable)?;
            dictionaries.insert(dictionary.id(), Rc::new(text));
        } else if let Some(batch) = message.header_as_record_batch() {
            let rows = rows(&batch)?;
            all = all.saturating_add(rows);
            if all > MOST_ROWS {
                return Err(too_many());
            }
            let mut body = Body::new(&batch, body, rows, &mut unfolded);
            let mut cells = Vec::new();
            for Column { name, kind, dictionary } in columns {
                match name {
                    Some(_) => cells.push(body.cells(kind, *dictionary, &dictionaries).map_err(unreadable)?),
                    None => body.pass(kind, is_fifth).map_err(unreadable)?,
                }
            }
            tables.push(Table { rows, cells });
        } else {
            return Err(unreadable("a message that is neither rows nor a dictionary"));
        }
    }
    Ok(tables)
}

/// How many rows a batch says it has.
fn rows(batch: &RecordBatch<'_>) -> Result<usize, Finding> {
    let rows = usize::try_from(batch.length()).map_err(|_| unreadable("a batch of negative length"))?;
    if rows > MOST_ROWS { Err(too_many()) } else { Ok(rows) }
}

fn too_many() -> Finding {
    Finding::error("readings-too-many").with("most", MOST_ROWS)
}
