//! CSV as spreadsheets and people write it: several encodings, several separators.

use std::collections::BTreeMap;

use heng_quantity::{Finding, Position};

use super::{Asked, Content, Sheet, SheetRow};

/// How many lines from the top the separator is looked for in.
const TOP: usize = 20;

/// A line with so many headings is the heading line.
const LEAST_HEADINGS: usize = 2;

/// A line of more headings is judged by its first ones.
const MOST_HEADINGS: usize = 200;

/// The one sheet of a CSV file, and what it says of itself.
pub(super) fn sheet(bytes: &[u8], asked: &Asked<'_>) -> Result<(Sheet, Vec<Finding>), Finding> {
    let (text, findings) = text(bytes)?;
    // One sign for the end of a line, so that lines can be counted.
    let text = text.replace("\r\n", "\n");
    let (text, first_line) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((_, rest)) => (rest, 2),
        None => (text.as_str(), 1),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text, asked))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut cells = 0;
    let mut record = csv::StringRecord::new();
    loop {
        let line = u32::try_from(reader.position().line()).unwrap_or(u32::MAX).saturating_add(first_line - 1);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = Position { line, column: 1 };
                return Err(Finding::error("record-not-csv").with("reason", error).at(at));
            }
        }
        // The position of a record is that of the blank lines before it.
        let start = line_of(&record, text);
        let line = start.saturating_add(first_line - 1);
        let filled: BTreeMap<u32, Content> = (1..)
            .zip(record.iter())
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(column, cell)| (column, Content::Text(cell.to_owned())))
            .collect();
        cells += filled.len();
        if sheet.rows.len() > asked.most_rows || cells > asked.most_cells {
            return Err(Finding::error("record-table-too-long").with("most", asked.most_rows));
        }
        if !filled.is_empty() {
            sheet.rows.push(SheetRow { number: line, cells: filled });
        }
    }
    Ok((sheet, findings))
}

/// The line in which a record begins.
fn line_of(record: &csv::StringRecord, text: &str) -> u32 {
    let Some(position) = record.position() else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| **byte == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(blank).unwrap_or(0))
}

/// UTF-8, UTF-16 with a byte order mark, or else GB 18030, if every byte fits.
fn text(bytes: &[u8]) -> Result<(String, Vec<Finding>), Finding> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let decoded = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return match decoded {
            Some(text) => Ok((text.into_owned(), Vec::new())),
            None => Err(Finding::error("record-encoding").with("encoding", encoding.name())),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Vec::new())),
        Err(error) => {
            let decoded = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
            match decoded {
                Some(text) => Ok((text.into_owned(), vec![Finding::info("record-read-as-gb18030")])),
                None => Err(Finding::error("record-not-utf-8").with("byte", error.valid_up_to() + 1)),
            }
        }
    }
}

/// The separator that splits the first line of headings into the most headings; where there is none, a line near the top into the most cells.
fn separator(text: &str, asked: &Asked<'_>) -> u8 {
    const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
    let known = |line: &str, sign: u8| {
        line.split(char::from(sign)).take(MOST_HEADINGS).filter(|cell| asked.knows(cell)).count()
    };
    let most = |count: &dyn Fn(u8) -> usize| {
        // Among equals the first: `max_by_key` gives the last.
        let counted = SEPARATORS.into_iter().rev().map(|sign| (count(sign), sign));
        counted.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0)
    };
    let by_headings = text.lines().take(TOP).find_map(|line| {
        most(&|sign| if line.contains(char::from(sign)) { known(line, sign) } else { 0 })
            .filter(|(count, _)| *count >= LEAST_HEADINGS)
    });
    let by_cells = || {
        let cells = |line: &str, sign: u8| outside_quotes(line, char::from(sign));
        most(&|sign| text.lines().take(TOP).map(|line| cells(line, sign)).max().unwrap_or(0))
    };
    by_headings.or_else(by_cells).map_or(b',', |(_, sign)| sign)
}

fn outside_quotes(line: &str, wanted: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for sign in line.chars().take(100_000) {
        if sign == '"' {
            quoted = !quoted;
        } else if sign == wanted && !quoted {
            count += 1;
        }
    }
    count
}
