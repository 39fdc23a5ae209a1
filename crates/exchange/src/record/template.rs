//! An empty table with exactly the columns that a rule asks for, to be filled by hand and read back.

use heng_quantity::Unit;
use heng_rule::Rule;
use heng_rule::rule::{Column, Item};
use heng_wording::{Language, Words};
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::table::{FIELDS, FINDING, Field, FieldText, Holds, Layout, MOST_ROWS, Target};

/// A workbook could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the template cannot be written: {0}")]
pub struct WriteTemplateError(#[from] XlsxError);

/// A column of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateColumn {
    /// Its heading, with the unit in brackets.
    pub heading: String,
    /// Whether no row may leave it empty.
    pub required: bool,
    /// What may be chosen; empty for anything.
    pub choices: Vec<String>,
    kind: Kind,
}

/// How a column's cells are formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// As text, so that every digit typed is kept.
    Text,
    /// As a day.
    Day,
}

/// The columns of a rule's tables, in the order in which the work is done.
pub fn columns(rule: &Rule, language: Language) -> Vec<TemplateColumn> {
    let mut columns: Vec<TemplateColumn> = FIELDS
        .iter()
        .filter(|text| text.field != Field::Kind || rule.applies_to().len() > 1)
        .map(|text| of_field(text, rule, language))
        .collect();
    for limit in rule.surroundings() {
        columns.push(text_column(with_unit(said(&limit.label, language), Some(&limit.unit)), Vec::new(), true));
    }
    for one in rule.characteristics() {
        let heading = with_unit(said(&one.label, language), one.unit.as_ref());
        columns.push(text_column(heading, one.words.clone(), !one.optional));
    }
    for item in rule.items().iter().filter(|item| item.observations_of.is_none()) {
        let demanded = item.rows_demanded(rule.characteristics());
        let rows = (*demanded.end()).max(1);
        for row in 1..=rows {
            let is_demanded = !item.optional && row <= *demanded.start();
            let of_row = item.column.iter();
            columns.extend(of_row.map(|column| of_observation(item, (row, rows, is_demanded), column, language)));
        }
    }
    columns
}

/// The heading of the column in which rows are handed back with their findings.
pub fn finding_heading(language: Language) -> &'static str {
    match language {
        Language::Zh => FINDING.0,
        Language::En => FINDING.1,
    }
}

/// Whether a column holds what was found when its rows were handed back.
pub fn is_finding_heading(heading: &str) -> bool {
    Layout::bare().heading(heading).is_some_and(|heading| heading.target == Target::Finding)
}

/// A CSV file with the heading row alone, marked as UTF-8 so that spreadsheets read it so.
pub fn csv(rule: &Rule, language: Language) -> Vec<u8> {
    let quoted = |heading: &str| {
        if heading.contains([',', '"', '\n']) {
            format!("\"{}\"", heading.replace('"', "\"\""))
        } else {
            heading.to_owned()
        }
    };
    let headings: Vec<String> = columns(rule, language).iter().map(|column| quoted(&column.heading)).collect();
    format!("\u{feff}{}\r\n", headings.join(",")).into_bytes()
}

/// A workbook: the table with drop-downs, and a sheet that explains it in each language.
pub fn xlsx(rule: &Rule, language: Language) -> Result<Vec<u8>, WriteTemplateError> {
    let mut workbook = Workbook::new();
    // The same template is the same bytes on any day.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?);
    workbook.set_properties(&properties);
    let columns = columns(rule, language);
    table(workbook.add_worksheet(), &columns, language)?;
    for (name, notes_in) in [("说明", Language::Zh), ("Notes", Language::En)] {
        notes(workbook.add_worksheet().set_name(name)?, rule, notes_in)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn table(sheet: &mut Worksheet, columns: &[TemplateColumn], language: Language) -> Result<(), XlsxError> {
    sheet.set_name(match language {
        Language::Zh => "记录",
        Language::En => "Records",
    })?;
    let heading = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin);
    let heading = heading.set_align(FormatAlign::VerticalCenter);
    let needed = heading.clone().set_background_color(Color::RGB(0x00DD_EBF7));
    let text = Format::new().set_num_format("@");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let last = u32::try_from(MOST_ROWS).unwrap_or(u32::MAX);
    sheet.set_freeze_panes(1, 0)?.set_row_height(0, 48)?;
    for (place, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(place, 14)?;
        sheet.set_column_format(place, if column.kind == Kind::Day { &day } else { &text })?;
        sheet.write_string_with_format(0, place, &column.heading, if column.required { &needed } else { &heading })?;
        if !column.choices.is_empty() {
            let choices = DataValidation::new().allow_list_strings(&column.choices)?;
            sheet.add_data_validation(1, place, last, place, &choices)?;
        }
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, rule: &Rule, language: Language) -> Result<(), XlsxError> {
    let words = Words::new(language);
    let reference = rule.reference();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 44)?.set_column_width(1, 12)?.set_column_width(2, 60)?;
    let title = format!("{} {}", reference.norm, said(&reference.title, language));
    sheet.write_string_with_format(0, 0, title, &bold)?;
    let mut row = 1;
    for line in ["row", "units", "text", "strokes", "series", "own", "rows"] {
        sheet.merge_range(row, 0, row, 2, &words.say(&format!("template-{line}"), &[]), &wrapped)?;
        sheet.set_row_height(row, 34)?;
        row += 1;
    }
    row += 1;
    for (place, heading) in (0..).zip(["column", "needed", "choices"]) {
        sheet.write_string_with_format(row, place, words.say(&format!("template-{heading}"), &[]), &bold)?;
    }
    for column in columns(rule, language) {
        row += 1;
        sheet.write_string(row, 0, &column.heading)?;
        sheet.write_string(row, 1, if column.required { "✓" } else { "" })?;
        sheet.write_string(row, 2, column.choices.join(" / "))?;
    }
    Ok(())
}

fn of_field(text: &FieldText, rule: &Rule, language: Language) -> TemplateColumn {
    let heading = match language {
        Language::Zh => text.zh,
        Language::En => text.en,
    };
    let choices = match (text.field, text.holds) {
        (Field::Rule, _) => vec![rule.id().to_owned()],
        (Field::Kind, _) => rule.applies_to().to_vec(),
        (_, Holds::Occasion) => occasions(language),
        (_, Holds::Flag) => yes_and_no(language),
        _ => Vec::new(),
    };
    let kind = if text.holds == Holds::Day { Kind::Day } else { Kind::Text };
    let required = text.required || text.field == Field::Kind;
    TemplateColumn { heading: heading.to_owned(), required, choices, kind }
}

/// The column of one row of an item: the row, of how many, and whether every record has it.
fn of_observation(
    item: &Item,
    (row, rows, is_demanded): (usize, usize, bool),
    column: &Column,
    language: Language,
) -> TemplateColumn {
    let (title, label) = (said(&item.title, language), said(&column.label, language));
    let name = if rows == 1 { format!("{title} {label}") } else { format!("{title} {row} {label}") };
    let is_flag = item.result.is_none() && column.unit.is_none() && column.words.is_empty();
    let choices = if is_flag { yes_and_no(language) } else { column.words.clone() };
    text_column(with_unit(&name, column.unit.as_ref()), choices, is_demanded && !column.optional)
}

fn text_column(heading: String, choices: Vec<String>, required: bool) -> TemplateColumn {
    TemplateColumn { heading, required, choices, kind: Kind::Text }
}

fn said(words: &heng_rule::Words, language: Language) -> &str {
    match language {
        Language::Zh => &words.zh,
        Language::En => &words.en,
    }
}

/// The unit's symbol where it reads back as the same unit, else its full expression.
fn with_unit(name: &str, unit: Option<&Unit>) -> String {
    match unit {
        None => name.to_owned(),
        Some(unit) => {
            let symbol = unit.symbol();
            let is_same = heng_quantity::text::unit(&symbol).is_ok_and(|read| read == *unit);
            format!("{name} ({})", if is_same { symbol } else { unit.to_string() })
        }
    }
}

fn occasions(language: Language) -> Vec<String> {
    let names = match language {
        Language::Zh => ["首次检定", "后续检定", "使用中检查", "校准"],
        Language::En => ["initial", "subsequent", "in-service", "calibration"],
    };
    names.map(str::to_owned).to_vec()
}

fn yes_and_no(language: Language) -> Vec<String> {
    let names = match language {
        Language::Zh => ["是", "否"],
        Language::En => ["yes", "no"],
    };
    names.map(str::to_owned).to_vec()
}
