//! The files of a certificate as they are handed out: its documents from the store, the proof attached and by itself.

use std::path::Path;

use heng_exchange::pdf;
use heng_statement::{Certificate, StatementHash};

use crate::{Failure, Office};

/// A file's name and its bytes.
pub type File = (String, Vec<u8>);

/// The documents with the proof of now: appended to the PDFs, and as `NUMBER.heng`.
pub fn with_bundle(
    office: &Office,
    number: &str,
    hash: &StatementHash,
    documents: Vec<File>,
) -> Result<Vec<File>, Failure> {
    let bundle = office.bundle(hash)?;
    let name = format!("{number}.heng");
    // Names in a PDF are plain; a number in Chinese names the file beside it, and the attachment is found without.
    let attached = if name.bytes().all(|byte| byte.is_ascii_graphic()) { &name } else { "certificate.heng" };
    let mut files = Vec::new();
    for (file, bytes) in documents {
        let bytes = if file.ends_with(".pdf") {
            pdf::append_bundle(&bytes, attached, &bundle)
                .map_err(|error| Failure::new("error-rendering").with("number", number).with("reason", error))?
        } else {
            bytes
        };
        files.push((file, bytes));
    }
    files.push((name, bundle));
    Ok(files)
}

/// The documents that a certificate names, with the very bytes whose hashes were signed, and the names of those that the
/// store has lost.
pub fn kept(office: &Office, certificate: &Certificate) -> Result<(Vec<File>, Vec<String>), Failure> {
    let (mut kept, mut lost) = (Vec::new(), Vec::new());
    for document in &certificate.documents {
        let bytes = office
            .store()
            .blob(&document.sha256)
            .map_err(|error| Failure::new("error-store").with("path", &document.name).with("reason", error))?;
        // A name is what it is called, never where it goes.
        let is_plain = Path::new(&document.name).file_name().is_some_and(|name| name == document.name.as_str());
        match bytes {
            Some(bytes) if is_plain => kept.push((document.name.clone(), bytes)),
            _ => lost.push(document.name.clone()),
        }
    }
    Ok((kept, lost))
}
