//! XLSX: the cells as a person sees them, read within fixed bounds of time and memory.

mod format;
mod part;
mod sheet;
mod workbook;

use heng_quantity::Finding;

use super::{Asked, Sheet};
use part::Archive;

/// Sheets that explain a template; they hold no records.
const NOTES: [&str; 4] = ["说明", "Notes", "选项", "Options"];

/// The visible sheets, and what the workbook says of itself.
pub(super) fn sheets(bytes: &[u8], asked: &Asked<'_>) -> Result<(Vec<Sheet>, Vec<Finding>), Finding> {
    let mut archive = Archive::open(bytes)?;
    let workbook = workbook::workbook(&mut archive)?;
    let strings = workbook::strings(&mut archive, &workbook)?;
    let formats = workbook::formats(&mut archive, &workbook)?;
    let mut sheets = Vec::new();
    let mut findings = Vec::new();
    let mut used = sheet::Used::default();
    for listed in &workbook.sheets {
        if NOTES.contains(&listed.name.as_str()) {
            continue;
        }
        if listed.hidden {
            findings.push(Finding::info("record-sheet-hidden").with("sheet", &listed.name));
            continue;
        }
        let xml = archive.text(&listed.path)?;
        let context = sheet::Context { strings: &strings, formats: &formats, starts_1904: workbook.starts_1904, asked };
        let read = sheet::sheet(&xml, &listed.name, &context, &mut used)?;
        findings.extend(read.findings);
        sheets.push(read.sheet);
    }
    Ok((sheets, findings))
}
