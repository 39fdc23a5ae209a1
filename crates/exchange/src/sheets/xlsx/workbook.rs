//! What the sheets of a workbook share: their names, the strings, the number formats.

use std::collections::BTreeMap;

use heng_quantity::Finding;

use super::format::{Format, built_in};
use super::part::{Archive, Step, attribute, damaged, unescaped, walk};
use crate::attributes::attributes;

/// More sheets are refused.
const MOST_SHEETS: usize = 200;

/// A workbook's list of sheets.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    /// In the order of their tabs.
    pub sheets: Vec<Listed>,
    /// Whether days are counted from 1904.
    pub starts_1904: bool,
    strings: Option<String>,
    styles: Option<String>,
}

/// A sheet of the list.
#[derive(Debug)]
pub(super) struct Listed {
    /// The name on its tab.
    pub name: String,
    /// Where its part is.
    pub path: String,
    /// Whether it is not shown.
    pub hidden: bool,
}

struct Relation {
    kind: String,
    path: String,
}

/// Finds the parts by their relations, as the format demands; fixed paths are only a habit of some writers.
pub(super) fn workbook(archive: &mut Archive<'_>) -> Result<Workbook, Finding> {
    let roots = relations(archive, "_rels/.rels", "")?;
    let path = roots
        .into_values()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.path);
    if !archive.has(&path) {
        return Err(Finding::error("record-not-xlsx"));
    }
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let related = relations(archive, &format!("{prefix}_rels/{file}.rels"), &prefix)?;
    let mut workbook = Workbook::default();
    for relation in related.values() {
        match relation.kind.as_str() {
            "sharedStrings" => workbook.strings = Some(relation.path.clone()),
            "styles" => workbook.styles = Some(relation.path.clone()),
            _ => {}
        }
    }
    let xml = archive.text(&path)?;
    walk(&path, &xml, |step| {
        let Step::Open(name, start) = step else { return Ok(()) };
        match name {
            "workbookPr" => {
                workbook.starts_1904 = matches!(attribute(start, "date1904").as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let relation = related_sheet(&related, start);
                if let (Some(name), Some(path)) = (attribute(start, "name"), relation) {
                    let hidden = attribute(start, "state").is_some_and(|state| state != "visible");
                    workbook.sheets.push(Listed { name, path, hidden });
                }
                if workbook.sheets.len() > MOST_SHEETS {
                    return Err(damaged(&path, &"too many sheets"));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(workbook)
}

/// The part of a sheet; dialogs, charts and whatever lies outside the file are none.
fn related_sheet(related: &BTreeMap<String, Relation>, start: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let found = attributes(start).find(|attribute| {
        let name: &str = attribute.key.as_ref();
        name != "id" && attribute.key.local_name().into_inner() == "id"
    })?;
    let relation = related.get(found.value.as_ref())?;
    (relation.kind == "worksheet").then(|| relation.path.clone())
}

fn relations(archive: &mut Archive<'_>, part: &str, prefix: &str) -> Result<BTreeMap<String, Relation>, Finding> {
    let mut relations = BTreeMap::new();
    if !archive.has(part) {
        return Ok(relations);
    }
    let xml = archive.text(part)?;
    walk(part, &xml, |step| {
        if let Step::Open("Relationship", start) = step
            && attribute(start, "TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(start, "Id"), attribute(start, "Type"), attribute(start, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let path = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{prefix}{target}"),
            };
            relations.insert(id, Relation { kind, path });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The strings that cells refer to by number.
pub(super) fn strings(archive: &mut Archive<'_>, workbook: &Workbook) -> Result<Vec<String>, Finding> {
    let mut strings = Vec::new();
    let Some(path) = workbook.strings.as_ref().filter(|path| archive.has(path)) else { return Ok(strings) };
    let xml = archive.text(path)?;
    let (mut text, mut in_text, mut phonetic) = (String::new(), false, 0_u32);
    walk(path, &xml, |step| {
        match step {
            Step::Open("si", _) => text.clear(),
            Step::Close("si") => strings.push(unescaped(&std::mem::take(&mut text))),
            // How a word is pronounced is not part of it.
            Step::Open("rPh", _) => phonetic += 1,
            Step::Close("rPh") => phonetic = phonetic.saturating_sub(1),
            Step::Open("t", _) => in_text = phonetic == 0,
            Step::Close("t") => in_text = false,
            Step::Text(more) if in_text => text.push_str(more),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

/// The number format of each cell style.
pub(super) fn formats(archive: &mut Archive<'_>, workbook: &Workbook) -> Result<Vec<Format>, Finding> {
    let mut formats = Vec::new();
    let Some(path) = workbook.styles.as_ref().filter(|path| archive.has(path)) else { return Ok(formats) };
    let xml = archive.text(path)?;
    let mut codes: BTreeMap<u32, Format> = BTreeMap::new();
    let mut in_styles = false;
    walk(path, &xml, |step| {
        match step {
            Step::Open("numFmt", start) => {
                let number = attribute(start, "numFmtId").and_then(|id| id.parse().ok());
                if let (Some(number), Some(code)) = (number, attribute(start, "formatCode")) {
                    codes.insert(number, Format::parse(&code));
                }
            }
            Step::Open("cellXfs", _) => in_styles = true,
            Step::Close("cellXfs") => in_styles = false,
            Step::Open("xf", start) if in_styles => {
                let number = attribute(start, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                formats.push(codes.get(&number).cloned().unwrap_or_else(|| built_in(number)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}
