//! The files embedded in a PDF (ISO 32000-1, 7.11.4; ISO 19005-3, 6.8).

use std::collections::BTreeSet;

use heng_quantity::Finding;

use super::file::File;
use super::object::{Dictionary, Object};

/// No file inside a PDF that we read is larger.
const LARGEST: usize = 64 << 20;
/// Name trees are at most this deep.
const DEEPEST: u32 = 16;
/// A PDF may carry this many files.
const MOST: usize = 1_000;

/// A file inside a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name as the PDF gives it; it is no path.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What could be read of the files inside a PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachments {
    /// The files, in the PDF's order.
    pub files: Vec<Attachment>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// The files inside any PDF. Never fails: what cannot be read is a finding.
pub fn attachments(bytes: &[u8]) -> Attachments {
    let mut read = Attachments::default();
    let Some(file) = File::open(bytes) else {
        read.findings.push(Finding::error("pdf-unreadable"));
        return read;
    };
    if *file.trailer.value("Encrypt") != Object::Null {
        read.findings.push(Finding::error("pdf-encrypted"));
        return read;
    }
    let catalog = file.dictionary(file.trailer.value("Root"));
    let mut specifications = Vec::new();
    let names = file.dictionary(catalog.value("Names"));
    collect(&file, names.value("EmbeddedFiles"), 0, &mut specifications);
    specifications.extend(file.array(catalog.value("AF")));
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut count = 0;
    for specification in specifications {
        let specification = file.dictionary(&specification);
        let Some(stream) = embedded(&file, &specification) else { continue };
        let is_known = matches!(stream, Object::Reference(number, _) if !seen.insert(number));
        if is_known || count >= MOST {
            continue;
        }
        count += 1;
        let name = name(&file, &specification);
        match file.stream(&stream).and_then(|stream| file.inflated(&stream, LARGEST)) {
            Some(bytes) => read.files.push(Attachment { name, bytes }),
            None => read.findings.push(Finding::warning("pdf-attachment-unreadable").with("name", name)),
        }
    }
    if file.is_exceeded() {
        read.findings.push(Finding::error("pdf-too-much"));
    }
    read
}

fn collect(file: &File<'_>, node: &Object, depth: u32, specifications: &mut Vec<Object>) {
    if depth > DEEPEST {
        return;
    }
    let node = file.dictionary(node);
    let names = file.array(node.value("Names"));
    specifications.extend(names.chunks_exact(2).filter_map(<[Object]>::last).cloned());
    for kid in file.array(node.value("Kids")) {
        // A tree whose branches grow together again would be walked exponentially often.
        if specifications.len() > MOST || file.is_exceeded() {
            return;
        }
        collect(file, &kid, depth + 1, specifications);
    }
}

/// The reference to the stream that a file specification embeds.
pub(super) fn embedded(file: &File<'_>, specification: &Dictionary) -> Option<Object> {
    let files = file.dictionary(specification.value("EF"));
    ["UF", "F"].iter().map(|key| files.value(key).clone()).find(|stream| *stream != Object::Null)
}

fn name(file: &File<'_>, specification: &Dictionary) -> String {
    let named = ["UF", "F"].iter().find_map(|key| match file.resolved(specification.value(key)) {
        Object::Text(name) => Some(text(&name)),
        _ => None,
    });
    named.unwrap_or_default()
}

/// A text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else one byte a character.
pub(super) fn text(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = wide.chunks_exact(2).map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
        return char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    if let Ok(text) = std::str::from_utf8(bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes)) {
        return text.to_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
