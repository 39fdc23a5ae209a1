//! The columns of a batch of Arrow, taken out of the body of its message by us: the library that writes it stops the program where a length lies, so
//! that only the heads of messages are left to it.
//!
//! Apache Arrow, *Columnar format*, “Physical memory layout”: a column has a node (how many cells, how many of them absent) and buffers, the first of
//! them a bit for each cell; all columns of a batch follow each other, those within others after them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::rc::Rc;

use arrow_ipc::{CompressionType, RecordBatch};
use arrow_schema::{DataType, TimeUnit, UnionMode};

use super::super::stated::Stated;
use super::super::time;

/// What the columns of a message may come to after decompression: 128 bytes for each of as many rows as a message has.
pub(super) const MOST_BYTES: usize = 512 << 20;

/// The dictionaries that came, by number.
pub(super) type Dictionaries<'a> = BTreeMap<i64, Rc<Text<'a>>>;

/// A batch that is taken apart from its first column on.
pub(super) struct Body<'a, 'b> {
    nodes: Box<dyn Iterator<Item = (i64, i64)> + 'a>,
    buffers: Box<dyn Iterator<Item = (i64, i64)> + 'a>,
    /// How many buffers of text each column of views has.
    counts: Box<dyn Iterator<Item = i64> + 'a>,
    compression: Option<CompressionType>,
    bytes: &'a [u8],
    rows: usize,
    /// How many bytes decompression came to so far.
    unfolded: &'b mut usize,
}

type Wrong = String;

impl<'a, 'b> Body<'a, 'b> {
    /// The batch of this head over the bytes of its body; `rows` is what the head says, held against what is possible.
    pub(super) fn new(batch: &RecordBatch<'a>, bytes: &'a [u8], rows: usize, unfolded: &'b mut usize) -> Self {
        let nodes = batch.nodes().into_iter().flatten().map(|node| (node.length(), node.null_count()));
        let buffers = batch.buffers().into_iter().flatten().map(|buffer| (buffer.offset(), buffer.length()));
        let counts = batch.variadicBufferCounts().into_iter().flatten();
        let compression = batch.compression().map(|compression| compression.codec());
        Self {
            nodes: Box::new(nodes),
            buffers: Box::new(buffers),
            counts: Box::new(counts),
            compression,
            bytes,
            rows,
            unfolded,
        }
    }

    /// Whether a column has as many cells as the batch has rows, and whether all of them are there.
    fn node(&mut self) -> Result<bool, Wrong> {
        let (length, absent) = self.nodes.next().ok_or("there are fewer columns than the schema says")?;
        if usize::try_from(length) != Ok(self.rows) {
            return Err("a column is not as long as the others".to_owned());
        }
        Ok(absent == 0)
    }

    fn place(&mut self) -> Result<&'a [u8], Wrong> {
        let (begin, length) = self.buffers.next().ok_or("there are fewer columns than the schema says")?;
        let begin = usize::try_from(begin).ok();
        let end = begin.zip(usize::try_from(length).ok()).and_then(|(begin, length)| begin.checked_add(length));
        let bytes = begin.zip(end).and_then(|(begin, end)| self.bytes.get(begin..end));
        bytes.ok_or_else(|| "a column lies outside of its message".to_owned())
    }

    /// A buffer, decompressed if it is compressed. A compressed one says in its first eight bytes how long it becomes; −1 says that it is not.
    fn buffer(&mut self) -> Result<Cow<'a, [u8]>, Wrong> {
        let bytes = self.place()?;
        let Some(codec) = self.compression.filter(|_| !bytes.is_empty()) else { return Ok(bytes.into()) };
        let (length, bytes) = bytes.split_first_chunk::<8>().ok_or("a compressed column without its length")?;
        let length = match i64::from_le_bytes(*length) {
            -1 => return Ok(bytes.into()),
            length => usize::try_from(length).map_err(|_| "a compressed column of negative length")?,
        };
        *self.unfolded = self.unfolded.saturating_add(length);
        if *self.unfolded > MOST_BYTES {
            return Err("too large after decompression".to_owned());
        }
        let found = match codec {
            CompressionType::ZSTD => zstd::bulk::decompress(bytes, length),
            CompressionType::LZ4_FRAME => {
                let mut found = Vec::new();
                let most = length as u64 + 1;
                lz4_flex::frame::FrameDecoder::new(bytes).take(most).read_to_end(&mut found).map(|_| found)
            }
            _ => return Err("a compression that is not known".to_owned()),
        };
        let found = found.map_err(|error| error.to_string())?;
        if found.len() == length { Ok(found.into()) } else { Err("a compressed column of another length".to_owned()) }
    }

    /// The bits that say which cells are there.
    fn present(&mut self) -> Result<Present<'a>, Wrong> {
        if self.node()? {
            self.place()?;
            return Ok(Present(None));
        }
        let bits = self.buffer()?;
        if bits.len() < self.rows.div_ceil(8) { Err(short()) } else { Ok(Present(Some(bits))) }
    }

    /// Cells of a fixed width, those that are absent left out.
    fn fixed<const WIDTH: usize, T>(&mut self, read: impl Fn([u8; WIDTH]) -> T) -> Result<Vec<Option<T>>, Wrong> {
        let present = self.present()?;
        let bytes = self.buffer()?;
        let cells = bytes.as_chunks::<WIDTH>().0.get(..self.rows).ok_or_else(short)?;
        let cell = |(row, cell): (usize, &[u8; WIDTH])| present.has(row).then(|| read(*cell));
        Ok(cells.iter().enumerate().map(cell).collect())
    }

    /// Whole numbers, which all but the widest without a sign are.
    fn whole(&mut self, kind: &DataType) -> Result<Vec<Option<i64>>, Wrong> {
        match kind {
            DataType::Int8 => self.fixed(|bytes| i8::from_le_bytes(bytes).into()),
            DataType::Int16 => self.fixed(|bytes| i16::from_le_bytes(bytes).into()),
            DataType::Int32 => self.fixed(|bytes| i32::from_le_bytes(bytes).into()),
            DataType::UInt8 => self.fixed(|bytes| u8::from_le_bytes(bytes).into()),
            DataType::UInt16 => self.fixed(|bytes| u16::from_le_bytes(bytes).into()),
            DataType::UInt32 => self.fixed(|bytes| u32::from_le_bytes(bytes).into()),
            _ => self.fixed(i64::from_le_bytes),
        }
    }

    /// Text between offsets of so many bytes each.
    fn between<const WIDTH: usize>(&mut self, read: impl Fn([u8; WIDTH]) -> i64) -> Result<Text<'a>, Wrong> {
        let present = self.present()?;
        let offsets = self.buffer()?;
        let data = self.buffer()?;
        let mut places = Vec::with_capacity(self.rows);
        if self.rows > 0 {
            let offsets = offsets.as_chunks::<WIDTH>().0.get(..=self.rows).ok_or_else(short)?;
            for (row, pair) in offsets.windows(2).enumerate() {
                let [begin, end] = pair else { continue };
                let [begin, end] = [begin, end].map(|offset| u32::try_from(read(*offset)));
                match (begin, end) {
                    (Ok(begin), Ok(end)) if begin <= end && end as usize <= data.len() => {
                        places.push(present.has(row).then_some((begin, end)));
                    }
                    _ => return Err("text lies outside of its column".to_owned()),
                }
            }
        }
        Ok(Text::Between { places, data })
    }

    /// Text as views: its length, and then the text itself if it has at most twelve bytes, or four bytes of it, its buffer and its offset there.
    fn views(&mut self) -> Result<Text<'a>, Wrong> {
        let present = self.present()?;
        let views = self.buffer()?;
        let count = usize::try_from(self.counts.next().ok_or("views without their buffers")?).map_err(|_| short())?;
        // Whoever claims many finds soon that there are no more.
        let mut data = Vec::new();
        for _ in 0..count {
            data.push(self.buffer()?);
        }
        let views = views.as_chunks::<16>().0.get(..self.rows).ok_or_else(short)?.to_vec();
        let views: Vec<_> = views.into_iter().enumerate().map(|(row, view)| present.has(row).then_some(view)).collect();
        if views.iter().flatten().any(|view| viewed(view, &data).is_none()) {
            return Err("text lies outside of its column".to_owned());
        }
        Ok(Text::Views { views, data })
    }

    /// A column of text.
    pub(super) fn text(&mut self, kind: &DataType) -> Result<Text<'a>, Wrong> {
        match kind {
            DataType::Utf8View | DataType::BinaryView => self.views(),
            DataType::LargeUtf8 | DataType::LargeBinary => self.between(i64::from_le_bytes),
            _ => self.between(|bytes| i32::from_le_bytes(bytes).into()),
        }
    }

    /// A column that readings have. `dictionary` is the number of its dictionary.
    pub(super) fn cells(
        &mut self,
        kind: &DataType,
        dictionary: Option<i64>,
        dictionaries: &Dictionaries<'a>,
    ) -> Result<Cells<'a>, Wrong> {
        Ok(match kind {
            DataType::Null => {
                self.node()?;
                Cells::Absent
            }
            DataType::UInt64 => Cells::Unsigned(self.fixed(u64::from_le_bytes)?),
            // The shortest digits of the single, not those of the double that is nearest to it.
            DataType::Float32 => {
                Cells::Number(self.fixed(|bytes| f32::from_le_bytes(bytes).to_string().parse().unwrap_or(f64::NAN))?)
            }
            DataType::Float64 => Cells::Number(self.fixed(f64::from_le_bytes)?),
            DataType::Timestamp(unit, zone) => {
                let ticks = self.fixed(i64::from_le_bytes)?;
                match zone {
                    Some(_) => Cells::Instant(ticks.into_iter().map(|tick| milliseconds(*unit, tick?)).collect()),
                    None => Cells::Clock(ticks, per_second(*unit)),
                }
            }
            DataType::Dictionary(key, _) => {
                let keys = match &**key {
                    DataType::UInt64 => {
                        let keys = self.fixed(u64::from_le_bytes)?;
                        keys.into_iter().map(|key| key.map(|key| i64::try_from(key).unwrap_or(-1))).collect()
                    }
                    key => self.whole(key)?,
                };
                let words = dictionary.and_then(|number| dictionaries.get(&number)).map(Rc::clone);
                let words = words.unwrap_or_else(|| Rc::new(Text::Views { views: Vec::new(), data: Vec::new() }));
                let is_known = |key: &i64| usize::try_from(*key).is_ok_and(|key| key < words.len());
                if !keys.iter().flatten().all(is_known) {
                    return Err("a word that its dictionary does not have".to_owned());
                }
                Cells::Coded(keys, words)
            }
            kind if is_text(kind) => Cells::Text(self.text(kind)?),
            kind => Cells::Whole(self.whole(kind)?),
        })
    }

    /// Passes by a column that is not of readings, and what is within it.
    pub(super) fn pass(&mut self, kind: &DataType, is_fifth: bool) -> Result<(), Wrong> {
        self.nodes.next().ok_or("there are fewer columns than the schema says")?;
        let mut buffers = |count: usize| (0..count).try_for_each(|_| self.buffers.next().map(|_| ()).ok_or_else(short));
        match kind {
            DataType::Null => Ok(()),
            kind if is_text(kind) && !matches!(kind, DataType::Utf8View | DataType::BinaryView) => buffers(3),
            DataType::Utf8View | DataType::BinaryView => {
                let count = self.counts.next().and_then(|count| usize::try_from(count).ok()).ok_or_else(short)?;
                buffers(count.saturating_add(2))
            }
            DataType::List(field) | DataType::LargeList(field) | DataType::Map(field, _) => {
                buffers(2)?;
                self.pass(field.data_type(), is_fifth)
            }
            DataType::ListView(field) | DataType::LargeListView(field) => {
                buffers(3)?;
                self.pass(field.data_type(), is_fifth)
            }
            DataType::FixedSizeList(field, _) => {
                buffers(1)?;
                self.pass(field.data_type(), is_fifth)
            }
            DataType::Struct(fields) => {
                buffers(1)?;
                fields.iter().try_for_each(|field| self.pass(field.data_type(), is_fifth))
            }
            DataType::RunEndEncoded(ends, values) => {
                self.pass(ends.data_type(), is_fifth)?;
                self.pass(values.data_type(), is_fifth)
            }
            DataType::Union(fields, mode) => {
                // Up to the fourth version a union had bits for what is absent.
                buffers(usize::from(!is_fifth) + 1 + usize::from(*mode == UnionMode::Dense))?;
                fields.iter().try_for_each(|(_, field)| self.pass(field.data_type(), is_fifth))
            }
            _ => buffers(2),
        }
    }
}

fn short() -> Wrong {
    "a column is shorter than the batch".to_owned()
}

/// Whether cells of this type are bytes of any length.
pub(super) fn is_text(kind: &DataType) -> bool {
    matches!(
        kind,
        DataType::Utf8
            | DataType::LargeUtf8
            | DataType::Utf8View
            | DataType::Binary
            | DataType::LargeBinary
            | DataType::BinaryView
    )
}

/// An instant in milliseconds; nothing where it is finer than that.
fn milliseconds(unit: TimeUnit, ticks: i64) -> Option<i64> {
    let per_millisecond = match unit {
        TimeUnit::Second => return Some(ticks.saturating_mul(1000)),
        TimeUnit::Millisecond => 1,
        TimeUnit::Microsecond => 1_000,
        TimeUnit::Nanosecond => 1_000_000,
    };
    (ticks % per_millisecond == 0).then_some(ticks / per_millisecond)
}

/// How many units make a second.
fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// Which cells are there; all, where nothing is said.
struct Present<'a>(Option<Cow<'a, [u8]>>);

impl Present<'_> {
    fn has(&self, row: usize) -> bool {
        let Some(bits) = &self.0 else { return true };
        bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1)
    }
}

/// The text that a view shows.
fn viewed<'a>(view: &'a [u8; 16], data: &'a [Cow<'_, [u8]>]) -> Option<&'a [u8]> {
    let part = |place: usize| {
        let bytes = view.get(place..).and_then(|rest| rest.first_chunk::<4>())?;
        usize::try_from(i32::from_le_bytes(*bytes)).ok()
    };
    let length = part(0)?;
    if length <= 12 {
        return view.get(4..4 + length);
    }
    let begin = part(12)?;
    data.get(part(8)?)?.get(begin..begin.checked_add(length)?)
}

/// Cells of text, as bytes: whether they are UTF-8 is asked cell by cell.
pub(super) enum Text<'a> {
    /// Each between two places of one buffer.
    Between { places: Vec<Option<(u32, u32)>>, data: Cow<'a, [u8]> },
    /// Each in the view or in one of several buffers.
    Views { views: Vec<Option<[u8; 16]>>, data: Vec<Cow<'a, [u8]>> },
}

impl Text<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Between { places, .. } => places.len(),
            Self::Views { views, .. } => views.len(),
        }
    }

    fn cell(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Between { places, data } => {
                let (begin, end) = (*places.get(row)?)?;
                data.get(begin as usize..end as usize)
            }
            Self::Views { views, data } => viewed(views.get(row)?.as_ref()?, data),
        }
    }
}

/// The cells of a column.
pub(super) enum Cells<'a> {
    Text(Text<'a>),
    /// Text by its number in a dictionary.
    Coded(Vec<Option<i64>>, Rc<Text<'a>>),
    Whole(Vec<Option<i64>>),
    /// Whole numbers without a sign, which may be too large for the others.
    Unsigned(Vec<Option<u64>>),
    /// Instants in milliseconds; what is finer is left out.
    Instant(Vec<Option<i64>>),
    /// Ticks of a clock that does not say its zone, and how many of them are a second.
    Clock(Vec<Option<i64>>, i64),
    Number(Vec<Option<f64>>),
    Absent,
}

impl Cells<'_> {
    fn text(&self, row: usize) -> Option<&[u8]> {
        match self {
            Self::Text(text) => text.cell(row),
            Self::Coded(keys, words) => words.cell(usize::try_from((*keys.get(row)?)?).ok()?),
            _ => None,
        }
    }

    /// How many bytes of text all its cells have together: a few bytes of views can show one long text very often.
    pub(super) fn bytes(&self) -> usize {
        let rows = match self {
            Self::Text(text) => text.len(),
            Self::Coded(keys, _) => keys.len(),
            _ => 0,
        };
        (0..rows).filter_map(|row| self.text(row)).map(<[u8]>::len).fold(0, usize::saturating_add)
    }

    /// Puts a cell as a text file would have it; nothing where it is absent. Text that is not UTF-8 comes out as what no column takes.
    pub(super) fn put(&self, row: usize, text: &mut String) {
        fn some<T: Copy>(cells: &[Option<T>], row: usize) -> Option<T> {
            cells.get(row).copied().flatten()
        }
        let number = match self {
            Self::Whole(cells) | Self::Instant(cells) => some(cells, row).map(|value| value.to_string()),
            Self::Clock(cells, per_second) => some(cells, row).map(|ticks| time::clock(ticks, *per_second)),
            Self::Unsigned(cells) => some(cells, row).map(|value| value.to_string()),
            Self::Number(cells) => some(cells, row)
                .map(|value| Stated::shortest_of(value).map_or_else(|| value.to_string(), |stated| stated.to_string())),
            Self::Text(_) | Self::Coded(..) | Self::Absent => None,
        };
        if let Some(number) = number {
            text.push_str(&number);
        } else if let Some(bytes) = self.text(row) {
            text.push_str(std::str::from_utf8(bytes).unwrap_or("\u{0}"));
        }
    }
}
