//! The report of a plan as people read it and as programs do: page, PDF/A-3, workbook, tables for everyone, from one content.
//!
//! Nothing is computed here: figures come as exact fractions with the statements they rest on. Who a person is never comes here at all; evidence about
//! people comes as a count.

mod content;
mod fields;
mod open;
mod sheet;
mod table;
mod workbook;

use heng_wording::{Language, Words};

use crate::document::sheet::Sheet;
use crate::document::{Attached, RenderError, Renderer, Setting, page};

pub use content::{
    Conflict, Content, Fact, Figure, Forecast, Goal, Name, Number, Quote, Row, Served, Source, Standing, Withheld,
};
pub use fields::{FIELDS, Field, declared};
pub use open::{csv, json};
pub use table::{Cell, Table, Which};
pub use workbook::workbook;

/// A table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteTableError {
    /// As a workbook.
    #[error("the tables cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// As CSV.
    #[error("the tables cannot be written: {0}")]
    Csv(#[from] csv::Error),
}

/// The report as one page in Chinese and English, without scripts and without anything from elsewhere.
pub fn html(content: &Content) -> String {
    page(&[Language::Zh, Language::En].map(|language| in_language(content, language)))
}

/// The report as PDF/A-3 in one language, with what programs read attached under `name`.
pub fn pdf(
    renderer: &Renderer,
    content: &Content,
    (name, json): (&str, &[u8]),
    language: Language,
) -> Result<Vec<u8>, RenderError> {
    renderer.set(&Setting {
        sheet: &in_language(content, language),
        attached: Attached { name: name.to_owned(), media_type: "application/json", bytes: json },
        day: content.as_of,
        language,
    })
}

fn in_language(content: &Content, language: Language) -> Sheet {
    sheet::sheet(content, Words::of(language))
}
