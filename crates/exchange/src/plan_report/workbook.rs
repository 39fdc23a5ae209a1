//! The tables as a workbook for statisticians: what it is and how to check it first, then one sheet a table, and what every field means.

use heng_wording::{Language, Words};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::fields::FIELDS;
use super::table::{Cell, Table, Which};
use super::{Content, WriteTableError};

/// More signs than this, and the column is made wide.
const LONG: &[&str] =
    &["name_zh", "name_en", "quote", "asks_zh", "asks_en", "why_zh", "why_en", "departments", "measure", "words"];

/// The workbook. The same content gives the same bytes on any day.
pub fn workbook(content: &Content) -> Result<Vec<u8>, WriteTableError> {
    let mut workbook = Workbook::new();
    let day = content.as_of;
    let created =
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    about(workbook.add_worksheet(), content)?;
    for which in Which::ALL {
        table(workbook.add_worksheet(), &Table::of(content, which))?;
    }
    meanings(workbook.add_worksheet())?;
    Ok(workbook.save_to_buffer()?)
}

fn heading() -> Format {
    let plain = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    plain.set_background_color(Color::RGB(0x00DD_EBF7)).set_align(FormatAlign::VerticalCenter)
}

/// The name of a sheet in both languages.
fn named(code: &str) -> String {
    let [zh, en] = [Language::Zh, Language::En].map(Words::of);
    let code = format!("plan-sheet-{code}");
    format!("{} {}", zh.say(&code, &[]), en.say(&code, &[]))
}

fn table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let head = heading();
    let words = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    let number = Format::new().set_align(FormatAlign::Top);
    sheet.set_name(named(table.which.code()))?.set_freeze_panes(1, 1)?;
    for (column, name) in (0_u16..).zip(&table.columns) {
        let width = if LONG.contains(name) { 40 } else { 16 };
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, *name, &head)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Number(value) => {
                    sheet.write_number_with_format(row, column, *value, &number)?;
                }
                Cell::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &words)?;
                }
            }
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(0, 0, last_row.max(1), last_column)?;
    Ok(())
}

/// What the report is of, where it was frozen, and how anyone checks it.
fn about(sheet: &mut Worksheet, content: &Content) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(named("about"))?.set_column_width(0, 30)?.set_column_width(1, 100)?;
    let mut row = 0;
    for language in [Language::Zh, Language::En] {
        let words = Words::of(language);
        let say = |code: &str| words.say(code, &[]);
        let title = language.of((&content.title.zh, &content.title.en));
        let reporter = language.of((&content.reporter.zh, &content.reporter.en));
        let mut lines = vec![
            (say("plan-report-title"), title.clone()),
            (say("plan-report-plan"), content.plan.clone()),
            (say("plan-report-as-of"), content.as_of.to_string()),
            (say("plan-report-reporter"), format!("{reporter} {}", content.reporter_id)),
            (say("plan-report-publication"), content.published_by.clone()),
            (say("plan-report-origin"), content.origin.clone()),
            (say("plan-report-size"), content.tree_size.to_string()),
            (say("plan-report-root"), content.root.clone()),
            (say("plan-report-program"), content.program.clone()),
            (say("plan-report-check"), words.say("plan-report-check-this", &[("name", &content.name)])),
            (say("plan-report-provenance"), say("plan-report-provenance-how")),
        ];
        if content.is_synthetic {
            lines.insert(0, (say("badge-synthetic"), say("plan-report-synthetic")));
        }
        for (term, said) in lines {
            sheet.write_string_with_format(row, 0, term, &bold)?;
            sheet.write_string_with_format(row, 1, said, &wrapped)?;
            row += 1;
        }
        row += 1;
    }
    Ok(())
}

/// What every field means, and whether anyone may see it.
fn meanings(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = heading();
    let [zh, en] = [Language::Zh, Language::En].map(Words::of);
    sheet.set_name(named("fields"))?.set_freeze_panes(1, 0)?;
    for (column, (name, width)) in (0_u16..).zip([("table", 12), ("field", 30), ("public", 10), ("zh", 60), ("en", 60)])
    {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, name, &head)?;
    }
    for (row, field) in (1_u32..).zip(FIELDS) {
        let is_public = if field.is_public { "yes" } else { "no" };
        let cells = [field.table.code().to_owned(), field.name.to_owned(), is_public.to_owned()];
        for (column, cell) in (0_u16..).zip(cells.into_iter().chain([field.meaning(zh), field.meaning(en)])) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}
