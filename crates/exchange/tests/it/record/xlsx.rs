//! Tables as workbooks.

use heng_exchange::record::{Reading, Records, read_xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::{HEADINGS, ROW, errors, fact, observation, only, read, rules, shown, table};

const INDICATION: u16 = 17;
const LOAD: u16 = 16;
const DAY: u16 = 7;
const SERIAL: u16 = 6;

fn write(sheet: &mut Worksheet, row: u32, text: &str) {
    for (column, cell) in (0_u16..).zip(text.split(',')) {
        sheet.write_string(row, column, cell).unwrap();
    }
}

/// A workbook with the heading row and one whole row, then changed.
fn workbook(change: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("五月").unwrap();
    write(sheet, 0, HEADINGS);
    write(sheet, 1, ROW);
    change(sheet).unwrap();
    workbook.save_to_buffer().unwrap()
}

pub fn read_workbook(bytes: &[u8]) -> Records {
    read_xlsx(bytes, &Reading { rules: &rules(), rule: None })
}

fn indicated(number: f64, format: &str) -> Records {
    read_workbook(&workbook(|sheet| {
        sheet.write_number_with_format(1, INDICATION, number, &Format::new().set_num_format(format)).map(|_| ())
    }))
}

#[test]
fn text_cells_say_the_same_as_csv() {
    let record = only(read_workbook(&workbook(|_| Ok(()))));
    assert_eq!(record, only(read(&table(&[ROW.to_owned()]))));
}

#[test]
fn a_number_has_the_digits_that_its_cell_shows() {
    for (number, format, shown) in [
        (5.0, "0.000", "5.000"),
        (5.0, "General", "5"),
        (2500.0, "#,##0.00", "2500.00"),
        (0.1, "0.0", "0.1"),
        (0.1000000001, "0.0", "0.1"),
        (-0.25, "0.00;-0.00", "-0.25"),
        (-0.25, "0.00", "-0.25"),
        (1234.5, "0.0##", "1234.5"),
        (2500.5, "0.0\" g\"", "2500.5"),
        (0.00012, "0.00E+00", "0.000120"),
        (50000623.0, "General", "50000623"),
    ] {
        let record = only(indicated(number, format));
        assert_eq!(
            observation(&record, "weighing", 0, "indication"),
            format!(r"{shown} \gram"),
            "{number} as {format}"
        );
    }
}

#[test]
fn a_cell_that_holds_more_than_it_shows_is_used_as_shown_and_said() {
    let read = indicated(2500.25, "0.0");
    assert_eq!(read.findings.len(), 1);
    let finding = &read.findings[0];
    assert_eq!(finding.code, "record-cell-shows-less");
    let facts = (fact(finding, "sheet"), fact(finding, "cell"), fact(finding, "text"), fact(finding, "stored"));
    assert_eq!(facts, ("五月".to_owned(), "R2".to_owned(), "2500.3".to_owned(), "2500.25".to_owned()));
    assert_eq!(observation(&read.records[0].record, "weighing", 0, "indication"), r"2500.3 \gram");
}

#[test]
fn noise_of_binary_arithmetic_is_no_measured_digit() {
    for (number, meant) in [
        (0.1 + 0.2, "0.3"),
        (0.1000000001, "0.1"),
        (2499.9999999997, "2500"),
        (1.0 / 3.0, "0.333333333333333"),
        (-0.30000000000000004, "-0.3"),
        (12.100000000000001, "12.1"),
    ] {
        let read = indicated(number, "General");
        assert_eq!(errors(&read), [("record-cell-noise".to_owned(), "R2".to_owned())], "{number}");
        assert_eq!(fact(&read.findings[0], "suggestion"), meant, "{number}");
    }
}

#[test]
fn formats_that_show_something_else_than_digits_are_refused() {
    for (number, format, code) in [
        (0.5, "# ?/?", "record-cell-format"),
        (2500.0, "0.0,", "record-cell-format"),
        (2500.0, "[>100]0;0.0", "record-cell-format"),
        (46162.0, "yyyy-mm-dd", "record-cell-no-quantity"),
        (1e15, "0", "record-cell-digits-lost"),
        (0.25, "0%", "record-cell-unit-differs"),
    ] {
        assert_eq!(errors(&indicated(number, format)), [(code.to_owned(), "R2".to_owned())], "{number} as {format}");
    }
}

#[test]
fn days_are_cells_of_a_day_format_or_text() {
    for format in ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\";@", "d/m/yy", "[$-804]yyyy\\-mm\\-dd h:mm"] {
        let bytes = workbook(|sheet| {
            let day = ExcelDateTime::from_ymd(2026, 11, 23)?;
            sheet.write_datetime_with_format(1, DAY, &day, &Format::new().set_num_format(format)).map(|_| ())
        });
        assert_eq!(only(read_workbook(&bytes)).performed_on.to_string(), "2026-11-23", "{format}");
    }
    let number = workbook(|sheet| sheet.write_number(1, DAY, 46349).map(|_| ()));
    assert_eq!(errors(&read_workbook(&number)), [("record-cell-no-day".to_owned(), "H2".to_owned())]);
}

#[test]
fn serial_numbers_keep_their_zeros_where_the_cell_shows_them_and_lost_digits_are_said() {
    let zeros = workbook(|sheet| {
        sheet.write_number_with_format(1, SERIAL, 815, &Format::new().set_num_format("000000")).map(|_| ())
    });
    assert_eq!(only(read_workbook(&zeros)).instrument.serial, "000815");
    let lost = workbook(|sheet| sheet.write_number(1, SERIAL, 12345678901234567890.0).map(|_| ()));
    assert_eq!(errors(&read_workbook(&lost)), [("record-cell-digits-lost".to_owned(), "G2".to_owned())]);
}

#[test]
fn a_cell_over_several_rows_is_the_value_of_each() {
    let bytes = workbook(|sheet| {
        write(sheet, 2, ROW);
        write(sheet, 3, ROW);
        for (row, serial) in [(1, "甲"), (2, "乙"), (3, "丙")] {
            sheet.write_string(row, SERIAL, serial)?;
        }
        sheet.merge_range(1, LOAD, 3, LOAD, "2600", &Format::new()).map(|_| ())
    });
    let read = read_workbook(&bytes);
    assert_eq!(read.findings, Vec::new());
    let loads: Vec<String> = read.records.iter().map(|at| observation(&at.record, "weighing", 0, "load")).collect();
    assert_eq!(loads, [r"2600 \gram"; 3]);
}

#[test]
fn formulas_count_by_their_result_and_only_from_this_workbook() {
    let cases = [
        (Formula::new("=1250*2").set_result("2500"), None),
        (Formula::new("=A1/0").set_result("#DIV/0!"), Some("record-cell-error")),
        (Formula::new("='[1]Sheet1'!A1").set_result("2500"), Some("record-cell-from-elsewhere")),
    ];
    for (formula, code) in cases {
        let read = read_workbook(&workbook(|sheet| sheet.write_formula(1, INDICATION, formula).map(|_| ())));
        let expected: Vec<(String, String)> = code.map(|code| (code.to_owned(), "R2".to_owned())).into_iter().collect();
        assert_eq!(errors(&read), expected);
    }
}

#[test]
fn sheets_and_rows_that_nobody_sees_are_not_read() {
    let hidden_row = workbook(|sheet| {
        write(sheet, 2, ROW);
        sheet.set_row_hidden(2).map(|_| ())
    });
    let read = read_workbook(&hidden_row);
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.findings[0].code, "record-rows-hidden");
    let mut two = Workbook::new();
    write(two.add_worksheet(), 0, "a,b,c");
    let sheet = two.add_worksheet().set_hidden(true);
    write(sheet, 0, HEADINGS);
    write(sheet, 1, ROW);
    let read = read_workbook(&two.save_to_buffer().unwrap());
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["record-sheet-hidden", "record-no-headings"]);
}

#[test]
fn every_sheet_with_a_heading_row_is_read() {
    let mut workbook = Workbook::new();
    for (name, serial) in [("一", "甲"), ("二", "乙")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "电子秤检定原始记录").unwrap();
        write(sheet, 2, HEADINGS);
        write(sheet, 5, ROW);
        sheet.write_string(5, SERIAL, serial).unwrap();
    }
    let read = read_workbook(&workbook.save_to_buffer().unwrap());
    assert_eq!(read.findings, Vec::new());
    let places: Vec<(u32, Option<&str>)> = read.records.iter().map(|at| (at.row, at.sheet.as_deref())).collect();
    assert_eq!(places, [(6, Some("一")), (6, Some("二"))]);
    assert_eq!(shown(&read.records[1].record.instrument.characteristics["e"]), r"5 \gram");
}

#[test]
fn yes_and_no_may_be_logical_cells() {
    let bytes = workbook(|sheet| {
        sheet.write_string(0, 18, "外观检查 封印完好")?;
        sheet.write_boolean(1, 18, false).map(|_| ())
    });
    assert_eq!(observation(&only(read_workbook(&bytes)), "appearance", 0, "seal_intact"), "false");
}
