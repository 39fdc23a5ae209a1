//! Compares documents with their names, and looks for files that belong nowhere.

use std::fs;

use heng_quantity::Finding;
use sha2::{Digest, Sha256};

use super::{Report, files, shown};
use crate::error::Error;
use crate::layout::Layout;

pub(super) fn compare(layout: &Layout, report: &mut Report) -> Result<(), Error> {
    for path in files(&layout.blobs())? {
        let bytes = fs::read(&path).map_err(Error::at(&path))?;
        report.documents += 1;
        if layout.blob(&hex::encode(Sha256::digest(bytes))) != path {
            report.findings.push(Finding::error("store-document-differs").with("file", shown(layout, &path)));
        }
    }
    Ok(())
}
