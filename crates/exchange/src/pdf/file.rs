//! A PDF as a table of objects, with a bound on everything a file could make us do (ISO 32000-1, 7.4 and 7.5).

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use super::allowance::Allowance;
use super::object::{Dictionary, Object, Reader};

/// A file may have this many objects.
const MOST_OBJECTS: u64 = 2_000_000;
/// Its cross-reference sections together may have this many entries: those of objects that were written anew count again.
const MOST_ENTRIES: usize = 4_000_000;
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
    /// The entries read so far.
    entered: usize,
    allowance: Rc<Allowance>,
    packs: RefCell<BTreeMap<u32, Option<Rc<Pack>>>>,
}

/// Objects packed into a stream (7.5.7): where each begins. One is read when it is asked for, since many places may be the same one.
struct Pack {
    data: Vec<u8>,
    places: Vec<usize>,
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
        let allowance = Rc::new(Allowance::default());
        let newest_section = Reader::new(bytes, tail_begins + mark + 9, &allowance).integer()?;
        let newest_section = usize::try_from(newest_section).ok()?;
        let mut file = Self {
            bytes,
            entries: BTreeMap::new(),
            trailer: Dictionary::default(),
            newest_section,
            is_table: Reader::new(bytes, newest_section, &allowance).passes("xref"),
            entered: 0,
            allowance,
            packs: RefCell::default(),
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
        let allowance = Rc::clone(&self.allowance);
        let mut reader = Reader::new(self.bytes, at, &allowance);
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
        let data = self.inflated(&stream, usize::MAX)?;
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
        self.entered += 1;
        if number >= MOST_OBJECTS || self.entered > MOST_ENTRIES {
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
            Entry::Packed { stream, index } => {
                let pack = self.pack(stream)?;
                Reader::new(&pack.data, *pack.places.get(index)?, &self.allowance).object()
            }
        }
    }

    /// Whether something was left unread because the file asks for more than any real one does.
    pub fn is_exceeded(&self) -> bool {
        self.allowance.is_exceeded()
    }

    /// A reader that stands behind `7 0 obj`.
    fn header(&self, at: usize, number: Option<u32>) -> Option<Reader<'_>> {
        let mut reader = Reader::new(self.bytes, at, &self.allowance);
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

    fn pack(&self, number: u32) -> Option<Rc<Pack>> {
        if let Some(known) = self.packs.borrow().get(&number) {
            return known.clone();
        }
        let pack = self.unpack(number).map(Rc::new);
        self.packs.borrow_mut().insert(number, pack.clone());
        pack
    }

    fn unpack(&self, number: u32) -> Option<Pack> {
        let stream = self.stream(&Object::Reference(number, 0))?;
        let data = self.inflated(&stream, usize::MAX)?;
        let count = stream.dictionary.value("N").integer()?;
        let first = usize::try_from(stream.dictionary.value("First").integer()?).ok()?;
        let mut index = Reader::new(&data, 0, &self.allowance);
        let mut places = Vec::new();
        for _ in 0..count.min(MOST_OBJECTS) {
            let (Some(_number), Some(offset)) = (index.integer(), index.integer()) else { break };
            self.allowance.make_value()?;
            places.push(first.checked_add(usize::try_from(offset).ok()?)?);
        }
        Some(Pack { data, places })
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
        let mut data = Cow::Borrowed(stream.data);
        if data.len() > most || filters.len() > 4 {
            return None;
        }
        for (index, filter) in filters.iter().enumerate() {
            if self.resolved(filter).name() != Some(b"FlateDecode") {
                return None;
            }
            let inflated = self.inflate(&data, most)?;
            let parameters = self.dictionary(parameters.get(index).unwrap_or(&Object::Null));
            data = Cow::Owned(unpredicted(inflated, &parameters)?);
        }
        if let Cow::Borrowed(plain) = data {
            // Streams may lie within each other, and then each copy is as large as the file.
            self.allowance.copy(plain.len())?;
        }
        Some(data.into_owned())
    }

    /// One filter undone. What is compressed counts as read: it may inflate to nothing, over and over.
    fn inflate(&self, data: &[u8], most: usize) -> Option<Vec<u8>> {
        self.allowance.read(data.len())?;
        let room = self.allowance.room().min(most);
        let mut inflated = Vec::new();
        ZlibDecoder::new(data).take((room as u64).saturating_add(1)).read_to_end(&mut inflated).ok()?;
        self.allowance.copy(inflated.len())?;
        (inflated.len() <= most).then_some(inflated)
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
    let mut above: Vec<u8> = Vec::new();
    for row in data.chunks(length + 1) {
        let (kind, row) = row.split_first()?;
        // The last row may be short, and the length is only what somebody claims.
        let mut line: Vec<u8> = Vec::with_capacity(row.len());
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write as _;

    use super::File;
    use crate::pdf::attachments;

    fn compressed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(pdf: &mut Vec<u8>, number: u32, dictionary: &str, data: &[u8]) -> u32 {
        let at = pdf.len();
        let data = compressed(data);
        pdf.extend(format!("{number} 0 obj<<{dictionary}/Filter/FlateDecode/Length {}>>stream\n", data.len()).bytes());
        pdf.extend(data);
        pdf.extend(b"\nendstream\nendobj\n");
        u32::try_from(at).unwrap()
    }

    /// A file whose catalog, object 1, is the third of so many packed objects, all of them at the place of this one.
    fn packed(places: usize, object: &str) -> Vec<u8> {
        let index = "1 0 ".repeat(places);
        let mut pdf = b"%PDF-1.7\n".to_vec();
        let dictionary = format!("/Type/ObjStm/N {places}/First {}", index.len());
        let objects = stream(&mut pdf, 2, &dictionary, format!("{index}{object}").as_bytes());
        let section = u32::try_from(pdf.len()).unwrap();
        let row = |kind: u8, second: u32, third: u16| {
            [&[kind][..], &second.to_be_bytes()[..], &third.to_be_bytes()[..]].concat()
        };
        let rows = [row(0, 0, 0), row(2, 2, 2), row(1, objects, 0), row(1, section, 0)].concat();
        stream(&mut pdf, 3, "/Type/XRef/Size 4/W[1 4 2]/Root 1 0 R", &rows);
        pdf.extend(format!("startxref\n{section}\n%%EOF").bytes());
        pdf
    }

    #[test]
    fn of_packed_objects_only_the_one_that_is_asked_for_is_read() {
        let pdf = packed(500, &format!("[{}]", "0 ".repeat(1_000)));
        let file = File::open(&pdf).unwrap();
        assert_eq!(file.array(file.trailer.value("Root")).len(), 1_000);
        let made = file.allowance.values_made();
        // The array with its items, the index, and the two streams' dictionaries.
        assert!((1_501..1_600).contains(&made), "{made}");
    }

    #[test]
    fn more_values_than_any_real_file_has_are_a_finding() {
        let pdf = packed(3, &format!("<</Type/Catalog/AF[{}]>>", "0 ".repeat(3_000_000)));
        assert!(pdf.len() < 10_000);
        let read = attachments(&pdf);
        assert_eq!(read.findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["pdf-too-much"]);
    }

    #[test]
    fn branches_that_grow_together_again_are_walked_within_the_allowance() {
        let tree = format!("<</Names<</EmbeddedFiles 1 0 R>>/Kids[{}]>>", "1 0 R ".repeat(100));
        let read = attachments(&packed(3, &tree));
        assert_eq!(read.findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["pdf-too-much"]);
    }

    /// Streams within each other, each as long as the rest of the file.
    #[test]
    fn copies_of_streams_that_lie_within_each_other_are_within_the_allowance() {
        let (count, filler) = (400, 1 << 20);
        let mut pdf = b"%PDF-1.7\n1 0 obj<</AF[".to_vec();
        pdf.extend((2..count + 2).flat_map(|number| format!("<</F(a)/EF<</F {number} 0 R>>>>").into_bytes()));
        pdf.extend(b"]>>endobj\n");
        let mut entries = vec![9];
        for number in 2..count + 2 {
            entries.push(pdf.len());
            pdf.extend(format!("{number} 0 obj<</Length {filler}>>stream\n").bytes());
        }
        pdf.resize(pdf.len() + filler, b' ');
        let at = pdf.len();
        pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", count + 2).bytes());
        pdf.extend(entries.iter().flat_map(|at| format!("{at:010} 00000 n \n").into_bytes()));
        pdf.extend(format!("trailer<</Root 1 0 R>>startxref {at} %%EOF").bytes());
        let read = attachments(&pdf);
        let copied: usize = read.files.iter().map(|file| file.bytes.len()).sum();
        assert!(copied > 200 << 20 && copied <= 256 << 20, "{copied}");
        assert_eq!(read.findings.last().unwrap().code, "pdf-too-much");
    }
}
