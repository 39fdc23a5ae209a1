//! A PDF as a table of objects, with a bound on everything a file could make us do (ISO 32000-1, 7.4 and 7.5).

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use super::object::{Dictionary, Object, Reader};

/// All streams of a file together may inflate to this many bytes.
const MOST_INFLATED: usize = 256 << 20;
/// A file may have this many objects.
const MOST_OBJECTS: u64 = 2_000_000;
/// A file may have been updated this often.
const MOST_UPDATES: usize = 256;
/// References may lead to references this often.
const LONGEST_CHAIN: u32 = 16;

#[derive(Clone, Copy, Debug)]
enum Entry {
    Free,
    At(usize),
    Packed { stream: u32, index: usize },
}

/// A PDF file whose objects can be asked for.
pub struct File<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<u32, Entry>,
    /// The newest trailer.
    pub trailer: Dictionary,
    /// Where the newest cross-reference section begins.
    pub newest_section: usize,
    /// Whether that section is a table, as ours are, and no stream.
    pub is_table: bool,
    room: Cell<usize>,
    unpacked: RefCell<BTreeMap<u32, Option<Rc<Vec<Object>>>>>,
}

/// A stream object as it lies in the file.
pub struct Stream<'a> {
    pub dictionary: Dictionary,
    data: &'a [u8],
}

impl<'a> File<'a> {
    /// Reads the cross-reference sections; `None` where there are none that can be followed.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let tail_begins = bytes.len().saturating_sub(2048);
        let tail = bytes.get(tail_begins..)?;
        let mark = tail.windows(9).rposition(|window| window == b"startxref")?;
        let newest_section = usize::try_from(Reader::new(bytes, tail_begins + mark + 9).integer()?).ok()?;
        let mut file = Self {
            bytes,
            entries: BTreeMap::new(),
            trailer: Dictionary::default(),
            newest_section,
            is_table: Reader::new(bytes, newest_section).passes("xref"),
            room: Cell::new(MOST_INFLATED),
            unpacked: RefCell::default(),
        };
        let mut section = Some(newest_section);
        let mut seen = BTreeSet::new();
        while let Some(at) = section {
            if !seen.insert(at) || seen.len() > MOST_UPDATES {
                return None;
            }
            let trailer = file.section(at)?;
            // A table may name a stream that holds the entries it cannot express.
            let hybrid = trailer.value("XRefStm").integer().and_then(|at| usize::try_from(at).ok());
            if let Some(hybrid) = hybrid.filter(|at| seen.insert(*at)) {
                file.section(hybrid)?;
            }
            section = match trailer.value("Prev") {
                Object::Null => None,
                previous => Some(usize::try_from(previous.integer()?).ok()?),
            };
            if file.trailer.0.is_empty() {
                file.trailer = trailer;
            }
        }
        Some(file)
    }

    fn section(&mut self, at: usize) -> Option<Dictionary> {
        let mut reader = Reader::new(self.bytes, at);
        if reader.passes("xref") { self.table(reader) } else { self.cross_reference_stream(at) }
    }

    fn table(&mut self, mut reader: Reader<'_>) -> Option<Dictionary> {
        while !reader.passes("trailer") {
            let (first, count) = (reader.integer()?, reader.integer()?);
            for number in first..first.checked_add(count)? {
                let (offset, _generation) = (reader.integer()?, reader.integer()?);
                let entry = if reader.passes("n") {
                    Entry::At(usize::try_from(offset).ok()?)
                } else if reader.passes("f") {
                    Entry::Free
                } else {
                    return None;
                };
                self.enter(number, entry)?;
            }
        }
        match reader.object()? {
            Object::Dictionary(trailer) => Some(trailer),
            _ => None,
        }
    }

    fn cross_reference_stream(&mut self, at: usize) -> Option<Dictionary> {
        let stream = self.stream_at(at, None)?;
        let data = self.inflated(&stream, MOST_INFLATED)?;
        let dictionary = stream.dictionary;
        let Object::Array(widths) = dictionary.value("W") else { return None };
        let widths: Vec<usize> =
            widths.iter().map(|width| usize::try_from(width.integer()?).ok()).collect::<Option<_>>()?;
        let [kind, second, third] = widths.as_slice() else { return None };
        let width = kind + second + third;
        if widths.iter().any(|width| *width > 8) || width == 0 {
            return None;
        }
        let ranges: Vec<u64> = match dictionary.value("Index") {
            Object::Array(ranges) => ranges.iter().map(Object::integer).collect::<Option<_>>()?,
            _ => vec![0, dictionary.value("Size").integer()?],
        };
        let mut rows = data.chunks_exact(width);
        for range in ranges.chunks_exact(2) {
            let [first, count] = range else { return None };
            for number in *first..first.checked_add(*count)? {
                let Some(row) = rows.next() else { return Some(dictionary) };
                let field = |from: usize, width: usize| {
                    row.iter().skip(from).take(width).fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
                };
                let entry = match if *kind == 0 { 1 } else { field(0, *kind) } {
                    1 => Entry::At(usize::try_from(field(*kind, *second)).ok()?),
                    2 => Entry::Packed {
                        stream: u32::try_from(field(*kind, *second)).ok()?,
                        index: usize::try_from(field(kind + second, *third)).ok()?,
                    },
                    _ => Entry::Free,
                };
                self.enter(number, entry)?;
            }
        }
        Some(dictionary)
    }

    /// Sections are read newest first: what is known already is newer.
    fn enter(&mut self, number: u64, entry: Entry) -> Option<()> {
        if number >= MOST_OBJECTS {
            return None;
        }
        self.entries.entry(u32::try_from(number).ok()?).or_insert(entry);
        Some(())
    }

    /// What a reference leads to; anything else is itself.
    pub fn resolved(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..LONGEST_CHAIN {
            let Object::Reference(number, _) = object else { return object };
            object = self.numbered(number).unwrap_or(Object::Null);
        }
        Object::Null
    }

    pub fn dictionary(&self, object: &Object) -> Dictionary {
        match self.resolved(object) {
            Object::Dictionary(dictionary) => dictionary,
            _ => Dictionary::default(),
        }
    }

    pub fn array(&self, object: &Object) -> Vec<Object> {
        match self.resolved(object) {
            Object::Array(items) => items,
            _ => Vec::new(),
        }
    }

    fn numbered(&self, number: u32) -> Option<Object> {
        match *self.entries.get(&number)? {
            Entry::Free => None,
            Entry::At(at) => self.header(at, Some(number))?.object(),
            Entry::Packed { stream, index } => self.pack(stream)?.get(index).cloned(),
        }
    }

    /// A reader that stands behind `7 0 obj`.
    fn header(&self, at: usize, number: Option<u32>) -> Option<Reader<'a>> {
        let mut reader = Reader::new(self.bytes, at);
        let found = reader.integer()?;
        reader.integer()?;
        let is_it = number.is_none_or(|number| u64::from(number) == found);
        (is_it && reader.passes("obj")).then_some(reader)
    }

    /// The stream behind a reference.
    pub fn stream(&self, object: &Object) -> Option<Stream<'a>> {
        let Object::Reference(number, _) = object else { return None };
        match *self.entries.get(number)? {
            Entry::At(at) => self.stream_at(at, Some(*number)),
            Entry::Free | Entry::Packed { .. } => None,
        }
    }

    fn stream_at(&self, at: usize, number: Option<u32>) -> Option<Stream<'a>> {
        let mut reader = self.header(at, number)?;
        let Object::Dictionary(dictionary) = reader.object()? else { return None };
        if !reader.passes("stream") {
            return None;
        }
        let rest = self.bytes.get(reader.at..)?;
        let rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
        // A length that is itself packed into a stream could lead round in a circle; only a plain object may hold it.
        let length = match dictionary.value("Length") {
            Object::Reference(length, _) => match *self.entries.get(length)? {
                Entry::At(at) => self.header(at, Some(*length))?.integer()?,
                Entry::Free | Entry::Packed { .. } => return None,
            },
            length => length.integer()?,
        };
        let data = rest.get(..usize::try_from(length).ok()?)?;
        Some(Stream { dictionary, data })
    }

    /// The objects packed into a stream (7.5.7).
    fn pack(&self, number: u32) -> Option<Rc<Vec<Object>>> {
        if let Some(known) = self.unpacked.borrow().get(&number) {
            return known.clone();
        }
        let unpacked = self.unpack(number).map(Rc::new);
        self.unpacked.borrow_mut().insert(number, unpacked.clone());
        unpacked
    }

    fn unpack(&self, number: u32) -> Option<Vec<Object>> {
        let stream = self.stream(&Object::Reference(number, 0))?;
        let data = self.inflated(&stream, MOST_INFLATED)?;
        let count = stream.dictionary.value("N").integer()?;
        let first = usize::try_from(stream.dictionary.value("First").integer()?).ok()?;
        let mut index = Reader::new(&data, 0);
        let mut objects = Vec::new();
        for _ in 0..count.min(MOST_OBJECTS) {
            let (Some(_number), Some(offset)) = (index.integer(), index.integer()) else { break };
            let at = first.checked_add(usize::try_from(offset).ok()?)?;
            objects.push(Reader::new(&data, at).object().unwrap_or(Object::Null));
        }
        Some(objects)
    }

    /// A stream's bytes, as long as they are at most `most` and the file's allowance lasts.
    pub fn inflated(&self, stream: &Stream<'a>, most: usize) -> Option<Vec<u8>> {
        let filters = match self.resolved(stream.dictionary.value("Filter")) {
            Object::Null => Vec::new(),
            Object::Array(filters) => filters,
            one => vec![one],
        };
        let parameters = match self.resolved(stream.dictionary.value("DecodeParms")) {
            Object::Array(parameters) => parameters,
            one => vec![one],
        };
        let mut data = stream.data.to_vec();
        if data.len() > most || filters.len() > 4 {
            return None;
        }
        for (index, filter) in filters.iter().enumerate() {
            if self.resolved(filter).name() != Some(b"FlateDecode") {
                return None;
            }
            let room = self.room.get().min(most);
            let mut inflated = Vec::new();
            ZlibDecoder::new(data.as_slice()).take(room as u64 + 1).read_to_end(&mut inflated).ok()?;
            if inflated.len() > room {
                return None;
            }
            self.room.set(self.room.get() - inflated.len());
            let parameters = self.dictionary(parameters.get(index).unwrap_or(&Object::Null));
            data = unpredicted(inflated, &parameters)?;
        }
        Some(data)
    }
}

/// Undoes the PNG predictors (7.4.4.4), which cross-reference streams use.
fn unpredicted(data: Vec<u8>, parameters: &Dictionary) -> Option<Vec<u8>> {
    if parameters.value("Predictor").integer().unwrap_or(1) < 10 {
        return (parameters.value("Predictor").integer().unwrap_or(1) == 1).then_some(data);
    }
    let number =
        |key, absent| parameters.value(key).integer().map_or(Some(absent), |value| usize::try_from(value).ok());
    let (colours, bits, columns) = (number("Colors", 1)?, number("BitsPerComponent", 8)?, number("Columns", 1)?);
    if colours.max(bits) > 64 || columns > 1 << 20 {
        return None;
    }
    let pixel = (colours * bits).div_ceil(8);
    let length = (colours * bits * columns).div_ceil(8);
    let mut plain: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0_u8; length];
    for row in data.chunks(length + 1) {
        let (kind, row) = row.split_first()?;
        let mut line: Vec<u8> = Vec::with_capacity(length);
        for (index, byte) in row.iter().enumerate() {
            let left = index.checked_sub(pixel).and_then(|at| line.get(at)).copied().unwrap_or(0);
            let up = above.get(index).copied().unwrap_or(0);
            let corner = index.checked_sub(pixel).and_then(|at| above.get(at)).copied().unwrap_or(0);
            let predicted = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => return None,
            };
            line.push(byte.wrapping_add(predicted));
        }
        plain.extend(&line);
        above = line;
    }
    Some(plain)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(corner) {
        left
    } else if distance(up) <= distance(corner) {
        up
    } else {
        corner
    }
}
