//! Workbooks made to do harm, and broken ones: bounded time, bounded memory, a clear finding.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use heng_exchange::record::Records;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;

use super::xlsx::read_workbook;
use super::{HEADINGS, ROW, errors};

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const OF_WORKBOOK: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn with_sheet(sheet: &str) -> Vec<u8> {
    with_parts(sheet, "<sst/>")
}

fn with_parts(sheet: &str, strings: &str) -> Vec<u8> {
    zipped(&[
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", OF_WORKBOOK.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn inline(row: u32, text: &str) -> String {
    let cells: String = text.split(',').map(|cell| format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")).collect();
    format!("<row r=\"{row}\">{cells}</row>")
}

fn quickly(bytes: &[u8]) -> Records {
    let started = Instant::now();
    let read = read_workbook(bytes);
    // Far above what it takes, far below what unbounded work would.
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    read
}

fn code(bytes: &[u8]) -> String {
    let read = quickly(bytes);
    assert!(read.records.is_empty());
    errors(&read)[0].0.clone()
}

#[test]
fn a_workbook_made_by_hand_is_read() {
    let sheet = format!("<worksheet><sheetData>{}{}</sheetData></worksheet>", inline(1, HEADINGS), inline(2, ROW));
    assert_eq!(quickly(&with_sheet(&sheet)).records.len(), 1);
}

#[test]
fn what_is_no_workbook_says_so() {
    assert_eq!(code(b""), "record-not-xlsx");
    assert_eq!(code(b"hello"), "record-not-xlsx");
    assert_eq!(code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "record-xls-or-encrypted");
    assert_eq!(code(b"PK\x03\x04 and nothing else"), "record-xlsx-damaged");
    assert_eq!(code(&zipped(&[("hello.txt", b"hello")])), "record-not-xlsx");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let blank = " ".repeat(400 << 20);
    let sheet = format!("<worksheet><sheetData>{blank}</sheetData></worksheet>");
    let bytes = with_sheet(&sheet);
    assert!(bytes.len() < 2 << 20);
    assert_eq!(code(&bytes), "record-xlsx-too-large");
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(80 << 20));
    assert_eq!(code(&with_parts("<worksheet/>", &strings)), "record-xlsx-too-large");
}

#[test]
fn one_long_string_in_many_cells_is_not_copied_without_end() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "字".repeat(1 << 20));
    let cells: String = (0..1000).map(|_| "<c t=\"s\"><v>0</v></c>").collect();
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    assert_eq!(code(&with_parts(&sheet, &strings)), "record-table-too-long");
}

#[test]
fn entities_are_not_expanded() {
    let lol = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>"#;
    assert_eq!(code(&with_sheet(lol)), "record-xlsx-damaged");
    assert_eq!(code(&with_sheet("<worksheet>&unknown;</worksheet>")), "record-xlsx-damaged");
}

#[test]
fn deep_nesting_ends() {
    let sheet = format!("<worksheet>{}{}</worksheet>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert_eq!(code(&with_sheet(&sheet)), "record-xlsx-damaged");
}

#[test]
fn huge_dimensions_and_merges_cost_nothing() {
    let sheet = format!(
        "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{}{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c>\
         </row></sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"ZZZZ1:B9\"/></mergeCells></worksheet>",
        inline(1, HEADINGS),
        inline(2, ROW)
    );
    assert_eq!(quickly(&with_sheet(&sheet)).records.len(), 1);
}

#[test]
fn many_merges_over_many_rows_are_refused() {
    let rows: String = (1..=4_000).map(|row| format!("<row r=\"{row}\"><c><v>1</v></c></row>")).collect();
    let merges = "<mergeCell ref=\"A1:A4000\"/>".repeat(4_000);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>");
    assert_eq!(code(&with_sheet(&sheet)), "record-table-too-long");
}

#[test]
fn a_million_rows_are_refused() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..1_000_000 {
        sheet.write_number(row, 0, 1).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let found = code(&bytes);
    assert!(matches!(found.as_str(), "record-table-too-long" | "record-xlsx-too-large"), "{found}");
}

#[test]
fn a_sheet_that_points_to_itself_or_elsewhere_is_no_sheet() {
    let related = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" TargetMode="External" Target="file:///etc/passwd"/></Relationships>"#;
    let bytes = zipped(&[
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related.as_bytes()),
    ]);
    assert_eq!(code(&bytes), "record-no-headings");
    let bytes = zipped(&[
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", OF_WORKBOOK.as_bytes()),
    ]);
    assert_eq!(code(&bytes), "record-xlsx-damaged");
}

#[test]
fn cells_with_nonsense_are_findings_of_their_cells() {
    for cell in [
        "<c t=\"s\"><v>99</v></c>",
        "<c t=\"s\"><v>x</v></c>",
        "<c><v>NaN</v></c>",
        "<c><f>1250*2</f></c>",
        "<c><v>inf</v></c>",
        "<c><v>1e400</v></c>",
        "<c><v>&#49;x</v></c>",
        "<c s=\"77777777777777777777\" t=\"e\"><v>#REF!</v></c>",
        "<c t=\"d\"><v>yesterday</v></c>",
    ] {
        let row = inline(2, ROW.rsplit_once(',').unwrap().0).replace("</row>", &format!("{cell}</row>"));
        let sheet = format!("<worksheet><sheetData>{}{row}</sheetData></worksheet>", inline(1, HEADINGS));
        let read = quickly(&with_sheet(&sheet));
        assert_eq!(errors(&read).iter().map(|(_, cell)| cell.as_str()).collect::<Vec<_>>(), ["R2"], "{cell}");
    }
}

fn small() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, text) in [(0, HEADINGS), (1, ROW)] {
        for (column, cell) in (0_u16..).zip(text.split(',')) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_cut_off_anywhere_is_a_finding() {
    let whole = small();
    for length in (0..whole.len()).step_by(37) {
        let read = read_workbook(&whole[..length]);
        assert!(read.records.is_empty() && !errors(&read).is_empty(), "cut at {length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn changed_bytes_never_make_the_reader_panic(place in any::<prop::sample::Index>(), byte: u8, more in any::<prop::sample::Index>()) {
        let mut bytes = small();
        let (one, other) = (place.index(bytes.len()), more.index(bytes.len()));
        bytes[one] = byte;
        bytes[other] ^= byte;
        let _ = read_workbook(&bytes);
    }
}
