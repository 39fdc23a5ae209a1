//! A certificate as it is set: headings, facts, tables and pictures, all words and digits final.

use heng_wording::Language;
use serde::Serialize;

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "kebab-case")]
pub enum Span {
    /// Words that may break.
    Text(String),
    /// Words that carry weight.
    Strong(String),
    /// A quantity, a date or a number: never breaks.
    Figure(String),
    /// A quantity symbol, set in italics; what follows `_` is its index.
    Symbol(String),
    /// An identifier, set in the fixed-width face.
    Code(String),
    /// A day, as in `2026-05-20`.
    Day(String),
    /// An address that can be opened.
    Address(String),
    /// A doubt placed at the very value it concerns.
    Badge(String),
    /// Words on a line of their own.
    Below(String),
    /// The same, in quiet type.
    Quiet(String),
}

/// Text made of runs.
pub type Line = Vec<Span>;

/// The four shapes of a verdict; the shape says it without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A filled circle with a tick.
    Passed,
    /// A filled square with a cross.
    Failed,
    /// A dashed ring with a dash.
    Open,
}

/// The answer, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictLine {
    /// Its shape.
    pub shape: Shape,
    /// Its word.
    pub word: String,
    /// What it means.
    pub reason: Line,
}

/// A term and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The term.
    pub term: Line,
    /// What it is, in one or more lines.
    pub lines: Vec<Line>,
    /// How much room it takes.
    pub room: Room,
}

/// How much room a fact takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Room {
    /// One of two columns.
    Half,
    /// The whole width: names, addresses and titles are long.
    Whole,
}

/// How a column's cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// To the left.
    Start,
    /// To the right, decimals in line.
    End,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading.
    pub head: Line,
    /// What stands in the heading's last line, never broken: the symbol, and the unit if all its cells share one.
    pub measure: Line,
    /// How its cells stand.
    pub align: Align,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cell {
    /// Words.
    Words {
        /// The runs.
        line: Line,
    },
    /// A number; `pad` stands invisibly behind it, so that decimals line up.
    Number {
        /// The digits.
        text: String,
        /// Zeros and point that only take room.
        pad: String,
    },
    /// A verdict.
    Verdict {
        /// Its shape.
        shape: Shape,
        /// Its word.
        word: String,
    },
    /// A share of a whole, drawn as a bar beside its digits.
    Share {
        /// In thousandths.
        permille: u32,
        /// The digits.
        text: String,
    },
}

/// What a row is to the row above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// It begins something: a hairline parts it from the row above.
    First,
    /// It goes on.
    Further,
    /// It sums up the rows above.
    Sum,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is to the row above.
    pub kind: RowKind,
    /// Its cells, as many as the table has columns.
    pub cells: Vec<Cell>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows, for who cannot see the heading.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Set in small type: evidence, not the answer.
    pub small: bool,
    /// What holds for all of it, below.
    pub notes: Vec<Line>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// What it shows, for who cannot see it.
    pub name: String,
    /// Drawn for paper and wide windows.
    pub wide: String,
    /// Drawn for a phone.
    pub narrow: String,
    /// Which mark means what.
    pub caption: Line,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// The runs.
        line: Line,
    },
    /// A list of facts.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands beside the heading in quiet type.
    pub aside: Line,
    /// The verdict of the section alone.
    pub verdict: Option<VerdictLine>,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A person who answers for the certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// What for.
    pub function: String,
    /// Who.
    pub name: String,
    /// By which identifier.
    pub id: String,
}

/// The QR code and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The code's picture.
    pub code: String,
    /// What it is, for who cannot see it.
    pub name: String,
    /// What to do with it.
    pub lines: Vec<Line>,
}

/// A certificate in one language, ready to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// `zh-Hans` or `en`.
    pub lang: &'static str,
    /// The certificate's kind, in words.
    pub title: String,
    /// The certificate number.
    pub number: String,
    /// The term for the number.
    pub number_term: String,
    /// Who certifies, and where they are.
    pub laboratory: Vec<Line>,
    /// The badge and the sentence of made-up data.
    pub synthetic: Option<(String, String)>,
    /// The answer, or what takes its place.
    pub verdict: Option<VerdictLine>,
    /// What the certificate is about.
    pub facts: Vec<Fact>,
    /// Who answers for it.
    pub signatures: Vec<Signature>,
    /// How anyone can check it.
    pub check: Option<Check>,
    /// Everything else, in reading order.
    pub sections: Vec<Section>,
    /// Small print.
    pub notes: Vec<Line>,
    /// The footer, with `{page}` and `{pages}` where the numbers go.
    pub page: String,
    /// The description of what is attached.
    pub attachment: String,
}

impl Row {
    /// A row that begins something.
    pub fn first(cells: Vec<Cell>) -> Self {
        Self { kind: RowKind::First, cells }
    }
}

impl Column {
    /// A column of words.
    pub fn words(head: Line) -> Self {
        Self { head, measure: Line::new(), align: Align::Start }
    }
}

impl Span {
    /// The run without its dress.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Figure(text)
            | Self::Symbol(text)
            | Self::Code(text)
            | Self::Day(text)
            | Self::Address(text)
            | Self::Badge(text)
            | Self::Below(text)
            | Self::Quiet(text) => text,
        }
    }
}

impl Sheet {
    /// The language attribute of a document in this language.
    pub fn lang(language: Language) -> &'static str {
        match language {
            Language::Zh => "zh-Hans",
            Language::En => "en",
        }
    }
}
