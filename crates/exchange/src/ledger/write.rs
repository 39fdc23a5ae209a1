//! A ledger as CSV and as a workbook, and an empty one to fill.

use heng_rule::{Cell, Instrument};
use heng_statement::Registration;
use heng_wording::{Language, Words};
use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::field::{FIELDS, Field};
use super::{MOST_ROWS, Vocabulary, looks_like_a_formula, range};
use crate::sheets::name_of_column;

/// A ledger could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteLedgerError {
    /// As a workbook.
    #[error("the ledger cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// As CSV.
    #[error("the ledger cannot be written: {0}")]
    Csv(#[from] csv::Error),
}

/// One instrument of a ledger.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What is registered of it.
    pub registration: &'a Registration,
    /// How it stands, in the ledger's language.
    pub standing: String,
    /// The last day of its validity.
    pub through: Option<Date>,
    /// Its last certificate.
    pub certificate: Option<&'a str>,
}

/// The columns that are written.
fn columns() -> impl Iterator<Item = Field> {
    FIELDS.iter().map(|text| text.field).filter(|field| *field != Field::Finding)
}

fn heading(field: Field, language: Language) -> &'static str {
    language.of(field.headings())
}

/// What stands in one cell.
fn cell(line: &Line<'_>, field: Field, vocabulary: &Vocabulary<'_>, words: &Words) -> String {
    let registration = line.registration;
    let instrument: Option<&Instrument> = registration.instrument.as_ref();
    let language = words.language();
    let named = |code: String, plain: &str| if words.knows(&code) { words.say(&code, &[]) } else { plain.to_owned() };
    let place = registration.place.as_ref();
    let text = match field {
        Field::Id => Some(registration.id.clone()),
        Field::Name => Some(registration.name.zh.clone()),
        Field::NameEn => Some(registration.name.en.clone()),
        Field::Kind => instrument.map(|one| named(format!("kind-{}", one.kind), &one.kind)),
        Field::Model => instrument.map(|one| one.model.clone()),
        Field::Range => instrument.map(|one| range::written(&one.characteristics, &one.kind, vocabulary, language)),
        Field::Class => instrument.and_then(|one| match one.characteristics.get(range::CLASS) {
            Some(Cell::Text(class)) => Some(class.clone()),
            _ => None,
        }),
        Field::Serial => instrument.map(|one| one.serial.clone()),
        Field::Manufacturer => instrument.map(|one| one.manufacturer.zh.clone()),
        Field::ManufacturerEn => instrument.map(|one| one.manufacturer.en.clone()),
        Field::District => place.map(|place| named(format!("district-{}", place.district), &place.district)),
        Field::Address => place.map(|place| place.address.zh.clone()),
        Field::AddressEn => place.map(|place| place.address.en.clone()),
        Field::Purpose => registration.purpose.map(|purpose| words.say(&format!("purpose-{}", purpose.code()), &[])),
        Field::Condition => Some(line.standing.clone()),
        Field::ValidThrough => line.through.map(|day| day.to_string()),
        Field::Certificate => line.certificate.map(str::to_owned),
        Field::Finding => None,
    };
    text.unwrap_or_default()
}

/// A ledger as CSV, marked as UTF-8 so that spreadsheets read it so. A cell that a spreadsheet would compute has an apostrophe before it.
pub fn csv(lines: &[Line<'_>], vocabulary: &Vocabulary<'_>, language: Language) -> Result<Vec<u8>, WriteLedgerError> {
    let words = Words::of(language);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(columns().map(|field| heading(field, language)))?;
    for line in lines {
        writer.write_record(columns().map(|field| guarded(cell(line, field, vocabulary, words))))?;
    }
    writer.into_inner().map_err(|error| WriteLedgerError::Csv(error.into_error().into()))
}

fn guarded(text: String) -> String {
    if looks_like_a_formula(&text) { format!("'{text}") } else { text }
}

/// A ledger as a workbook; every cell is text, with lists to choose from where there are few choices.
pub fn xlsx(lines: &[Line<'_>], vocabulary: &Vocabulary<'_>, language: Language) -> Result<Vec<u8>, WriteLedgerError> {
    let words = Words::of(language);
    let mut workbook = Workbook::new();
    // The same ledger is the same bytes on any day.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    let choices = Choices::of(vocabulary, words);
    headed(sheet, lines.len(), &choices, words)?;
    let text = Format::new().set_num_format("@");
    for (row, line) in (1_u32..).zip(lines) {
        for (column, field) in (0_u16..).zip(columns()) {
            let cell = cell(line, field, vocabulary, words);
            if !cell.is_empty() {
                sheet.write_string_with_format(row, column, &cell, &text)?;
            }
        }
    }
    notes(workbook.add_worksheet(), words)?;
    options(workbook.add_worksheet(), &choices, words)?;
    Ok(workbook.save_to_buffer()?)
}

/// An empty ledger, to be filled and read back.
pub fn template(vocabulary: &Vocabulary<'_>, language: Language) -> Result<Vec<u8>, WriteLedgerError> {
    xlsx(&[], vocabulary, language)
}

fn headed(sheet: &mut Worksheet, lines: usize, choices: &Choices, words: &Words) -> Result<(), XlsxError> {
    let language = words.language();
    sheet.set_name(language.of(("台账", "Ledger")))?;
    let plain = Format::new().set_bold().set_text_wrap().set_border_bottom(FormatBorder::Thin);
    let plain = plain.set_align(FormatAlign::VerticalCenter);
    let needed = plain.clone().set_background_color(Color::RGB(0x00DD_EBF7));
    let unread = plain.clone().set_font_color(Color::RGB(0x0080_8080));
    let text = Format::new().set_num_format("@");
    // Room for those that are added below.
    let last = u32::try_from((lines + 1_000).min(MOST_ROWS)).unwrap_or(u32::MAX);
    sheet.set_freeze_panes(1, 1)?.set_row_height(0, 32)?;
    for (column, field) in (0_u16..).zip(columns()) {
        let format = match field {
            _ if !field.is_read() => &unread,
            Field::Name | Field::Kind | Field::Serial | Field::Manufacturer => &needed,
            _ => &plain,
        };
        let width = match field {
            Field::Range | Field::Address | Field::AddressEn | Field::Id => 32,
            Field::Class | Field::District => 10,
            _ => 18,
        };
        sheet.set_column_width(column, width)?.set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, heading(field, language), format)?;
        if let Some(cells) = choices.cells(field, language) {
            let list = DataValidation::new().allow_list_formula(cells.as_str().into());
            sheet.add_data_validation(1, column, last, column, &list)?;
        }
    }
    Ok(())
}

/// What may be chosen, by column: too much for a list of its own in the cell, so it stands in a sheet.
struct Choices([(Field, Vec<String>); 3]);

impl Choices {
    fn of(vocabulary: &Vocabulary<'_>, words: &Words) -> Self {
        Self([
            (Field::Kind, vocabulary.kinds(words)),
            (Field::District, Vocabulary::districts(words)),
            (Field::Purpose, Vocabulary::purposes(words)),
        ])
    }

    /// The cells of the sheet of options where a column's choices stand.
    fn cells(&self, field: Field, language: Language) -> Option<String> {
        let (column, (_, choices)) = (1_u32..).zip(&self.0).find(|(_, (one, _))| *one == field)?;
        let column = name_of_column(column);
        Some(format!("='{}'!${column}$2:${column}${}", language.of(OPTIONS), choices.len() + 1))
    }
}

/// The name of the sheet of options.
const OPTIONS: (&str, &str) = ("选项", "Options");

fn options(sheet: &mut Worksheet, choices: &Choices, words: &Words) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name(words.language().of(OPTIONS))?;
    for (column, (field, choices)) in (0_u16..).zip(&choices.0) {
        sheet.set_column_width(column, 28)?;
        sheet.write_string_with_format(0, column, heading(*field, words.language()), &bold)?;
        for (row, choice) in (1_u32..).zip(choices) {
            sheet.write_string(row, column, choice)?;
        }
    }
    Ok(())
}

/// A sheet that explains the columns.
fn notes(sheet: &mut Worksheet, words: &Words) -> Result<(), XlsxError> {
    let language = words.language();
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(language.of(("说明", "Notes")))?.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, words.say("ledger-notes", &[]), &bold)?;
    for (row, line) in (1..).zip(["row", "needed", "blank", "range", "id", "nameplate", "unread"]) {
        sheet.write_string_with_format(row, 0, words.say(&format!("ledger-notes-{line}"), &[]), &wrapped)?;
    }
    Ok(())
}
