//! A proof bundle appended to our own PDF as an incremental update, and taken off again (ISO 32000-1, 7.5.6).

use sha2::{Digest, Sha256};

use super::attachments::{embedded, text};
use super::file::File;
use super::object::{Dictionary, Object};

/// The trailer's key for the length of what was there before.
const BASE: &str = "HengBase";

/// A bundle cannot be appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The file is no PDF, or not one as Heng writes it.
    #[error("the file is not a PDF as Heng writes it: {0}")]
    NotOurs(&'static str),
    /// The name would not survive in a PDF as it is.
    #[error("{0:?} cannot name an attachment")]
    Name(String),
}

/// A PDF and the bundle that was appended to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split<'a> {
    /// The bytes before the bundle was appended: what the certificate's hash covers.
    pub base: &'a [u8],
    /// The bundle's file name.
    pub name: String,
    /// The bundle.
    pub bundle: Vec<u8>,
}

/// The base with the bundle attached. The base stays an unchanged prefix, and equal arguments give equal bytes.
pub fn append_bundle(base: &[u8], name: &str, bundle: &[u8]) -> Result<Vec<u8>, AppendError> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(AppendError::Name(name.to_owned()));
    }
    let not_ours = AppendError::NotOurs;
    let file = File::open(base).ok_or(not_ours("no cross-reference table"))?;
    if !file.is_table {
        return Err(not_ours("a cross-reference stream"));
    }
    let Object::Reference(root, 0) = *file.trailer.value("Root") else { return Err(not_ours("no catalog")) };
    let size = file.trailer.value("Size").integer().and_then(|size| u32::try_from(size).ok());
    let stream = size.filter(|size| *size < u32::MAX - 2).ok_or(not_ours("no size"))?;
    let specification = stream + 1;
    let date = date(&file).ok_or(not_ours("no date"))?;

    let mut catalog = file.dictionary(file.trailer.value("Root"));
    let mut names = file.dictionary(catalog.value("Names"));
    let mut tree = file.dictionary(names.value("EmbeddedFiles"));
    if *tree.value("Kids") != Object::Null {
        return Err(not_ours("a tree of attachments"));
    }
    let key = Object::Text(name.as_bytes().to_vec());
    let mut pairs: Vec<(Object, Object)> = file
        .array(tree.value("Names"))
        .chunks_exact(2)
        .filter_map(|pair| Some((pair.first()?.clone(), pair.last()?.clone())))
        .collect();
    pairs.push((key.clone(), Object::Reference(specification, 0)));
    // The tree is searched by name, so its order is that of the names' bytes (7.9.6).
    pairs.sort_by(|(a, _), (b, _)| bytes_of(a).cmp(bytes_of(b)));
    tree.set("Names", Object::Array(pairs.into_iter().flat_map(|(key, value)| [key, value]).collect()));
    names.set("EmbeddedFiles", Object::Dictionary(tree));
    catalog.set("Names", Object::Dictionary(names));
    let mut associated = file.array(catalog.value("AF"));
    associated.push(Object::Reference(specification, 0));
    catalog.set("AF", Object::Array(associated));

    let mut out = base.to_vec();
    out.push(b'\n');
    let parameters = dictionary([("Size", Object::whole(bundle.len())), ("ModDate", Object::Text(date))]);
    let embedded = dictionary([
        ("Type", name_of("EmbeddedFile")),
        ("Subtype", name_of("application/octet-stream")),
        ("Params", parameters),
        ("Length", Object::whole(bundle.len())),
    ]);
    let stream_at = out.len();
    out.extend(format!("{stream} 0 obj\n").bytes());
    embedded.write(&mut out);
    out.extend(b"\nstream\n");
    out.extend(bundle);
    out.extend(b"\nendstream\nendobj\n");
    let specification_at = out.len();
    let files = dictionary([("F", Object::Reference(stream, 0)), ("UF", Object::Reference(stream, 0))]);
    indirect(
        &mut out,
        specification,
        &dictionary([
            ("Type", name_of("Filespec")),
            ("F", key.clone()),
            ("UF", key),
            ("EF", files),
            ("AFRelationship", name_of("Supplement")),
            ("Desc", Object::Text(b"Heng proof bundle".to_vec())),
        ]),
    );
    let catalog_at = out.len();
    indirect(&mut out, root, &Object::Dictionary(catalog));

    let section_at = out.len();
    let mut trailer = file.trailer.clone();
    trailer.set("Size", Object::Word((specification + 1).to_string().into_bytes()));
    trailer.set("Prev", Object::whole(file.newest_section));
    trailer.set(BASE, Object::whole(base.len()));
    if let [first, _] = file.array(trailer.value("ID")).as_slice() {
        let update = Sha256::new().chain_update(base).chain_update(bundle).finalize();
        let update = Object::Text(update.iter().take(16).copied().collect());
        trailer.set("ID", Object::Array(vec![first.clone(), update]));
    }
    let entry = |at: usize| format!("{at:010} 00000 n \n");
    out.extend(
        format!(
            "xref\n{root} 1\n{}{stream} 2\n{}{}trailer\n",
            entry(catalog_at),
            entry(stream_at),
            entry(specification_at)
        )
        .bytes(),
    );
    Object::Dictionary(trailer).write(&mut out);
    out.extend(format!("\nstartxref\n{section_at}\n%%EOF").bytes());
    Ok(out)
}

/// The base and the bundle of a file that [`append_bundle`] wrote; `None` if even one byte differs from what it would
/// write, so that nothing can hide beside the bundle.
pub fn split(bytes: &[u8]) -> Option<Split<'_>> {
    let file = File::open(bytes)?;
    let base = bytes.get(..usize::try_from(file.trailer.value(BASE).integer()?).ok()?)?;
    let size = File::open(base)?.trailer.value("Size").integer()?;
    let stream = u32::try_from(size).ok()?;
    let specification = file.dictionary(&Object::Reference(stream.checked_add(1)?, 0));
    let Object::Text(name) = specification.value("F") else { return None };
    let name = text(name);
    // Ours is stored as it is; were it inflated, its size would be bounded only by the reader's allowance.
    let bundle = file.inflated(&file.stream(&Object::Reference(stream, 0))?, bytes.len())?;
    let written = append_bundle(base, &name, &bundle).ok()?;
    (written == bytes).then_some(Split { base, name, bundle })
}

/// The date of the files that are attached already: appending happens at the same moment as far as the file can say.
fn date(file: &File<'_>) -> Option<Vec<u8>> {
    let catalog = file.dictionary(file.trailer.value("Root"));
    let attached = file.array(catalog.value("AF"));
    let dated = attached.iter().find_map(|specification| {
        let stream = file.stream(&embedded(file, &file.dictionary(specification))?)?;
        match file.dictionary(stream.dictionary.value("Params")).value("ModDate") {
            Object::Text(date) => Some(date.clone()),
            _ => None,
        }
    });
    dated.or_else(|| match file.dictionary(file.trailer.value("Info")).value("CreationDate") {
        Object::Text(date) => Some(date.clone()),
        _ => None,
    })
}

fn bytes_of(key: &Object) -> &[u8] {
    match key {
        Object::Text(bytes) => bytes,
        _ => &[],
    }
}

fn name_of(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Object {
    Object::Dictionary(Dictionary(entries.into_iter().map(|(key, value)| (key.as_bytes().to_vec(), value)).collect()))
}

fn indirect(out: &mut Vec<u8>, number: u32, object: &Object) {
    out.extend(format!("{number} 0 obj\n").bytes());
    object.write(out);
    out.extend(b"\nendobj\n");
}
