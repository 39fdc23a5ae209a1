//! What a report of a plan says, as plain data.

use std::collections::BTreeMap;

use heng_rule::Words;
use jiff::civil::Date;

/// What a report says.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The name of its files without their endings.
    pub name: String,
    /// The plan.
    pub plan: String,
    /// Its title.
    pub title: Words,
    /// The day that is reported on.
    pub as_of: Date,
    /// Who reports, by name.
    pub reporter: Words,
    /// Who reports.
    pub reporter_id: String,
    /// The statement that published the plan.
    pub published_by: String,
    /// The log's origin.
    pub origin: String,
    /// How many statements of it were followed.
    pub tree_size: u64,
    /// The root of the tree over them, hex.
    pub root: String,
    /// The program that computed.
    pub program: String,
    /// Made up for a demonstration or a test.
    pub is_synthetic: bool,
    /// The texts that ask for all this.
    pub sources: Vec<Source>,
    /// The figures, in the order of the plan.
    pub figures: Vec<Figure>,
    /// The facts that the figures rest on, those about people left out.
    pub facts: Vec<Fact>,
    /// The facts that are counted and not shown.
    pub withheld: Vec<Withheld>,
    /// What is asked for.
    pub rows: Vec<Row>,
    /// Where documents disagree.
    pub conflicts: Vec<Conflict>,
}

/// A source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its short name.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The number it was issued under.
    pub number: Option<String>,
    /// The day it was issued.
    pub date: Option<Date>,
    /// SHA-256 of the file that was read.
    pub sha256: String,
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The document.
    pub document: String,
    /// The part of it.
    pub section: String,
    /// The words, as they should read.
    pub text: String,
}

/// A number with its exact fraction.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The fraction or whole number.
    pub exact: String,
    /// The nearest double.
    pub value: f64,
    /// As people read it.
    pub shown: String,
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The figure; none for a direction or a vision.
    pub value: Option<Number>,
    /// How it is compared.
    pub rule: &'static str,
    /// By the end of this year.
    pub year: Option<i16>,
    /// The year stands elsewhere in the document.
    pub is_year_inferred: bool,
}

/// Where a figure is heading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// What is expected.
    pub expected: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How a figure stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The figure; none without evidence.
    pub value: Option<Number>,
    /// How it stands, by its code.
    pub status: &'static str,
    /// What of the base has no evidence.
    pub base_without_evidence: Option<Number>,
    /// The pace the plan set itself, a year.
    pub planned_pace: Option<Number>,
    /// The pace that is needed, a year.
    pub required_pace: Option<Number>,
    /// The pace that was kept, a year.
    pub achieved_pace: Option<Number>,
    /// Where it is heading.
    pub forecast: Option<Forecast>,
    /// The figures at the ends of past years.
    pub yearly: Vec<(i16, Number)>,
    /// How many statements it rests on.
    pub statements: u32,
    /// What is not covered.
    pub gaps: Vec<Name>,
    /// Gaps that are people, and so are counted only.
    pub private_gaps: usize,
}

/// A figure of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The indicator.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// What it is counted in.
    pub unit: String,
    /// Where it began, and when.
    pub base: Option<(String, i16)>,
    /// What is to be reached.
    pub goal: Goal,
    /// The rule over evidence.
    pub measure: Option<String>,
    /// How sure we are that this is what the document means.
    pub definition: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// The words it rests on.
    pub quotes: Vec<Quote>,
}

/// A thing and its name, where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: Option<Words>,
}

/// A fact that figures rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its kind.
    pub kind: String,
    /// What it is about; never a person.
    pub subject: Name,
    /// The district, as a code of GB/T 2260.
    pub district: Option<String>,
    /// The first day it holds.
    pub from: Date,
    /// The last.
    pub through: Option<Date>,
    /// What it states in words.
    pub words: BTreeMap<String, Vec<String>>,
    /// What it states in numbers.
    pub numbers: BTreeMap<String, String>,
    /// The figures that rest on it.
    pub indicators: Vec<String>,
    /// The statements it was read from.
    pub statements: Vec<String>,
}

/// Facts of a kind that are counted and not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The kind.
    pub kind: String,
    /// Its name.
    pub name: Words,
    /// How many facts.
    pub facts: usize,
}

/// How a row is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// How, by its code.
    pub kind: &'static str,
    /// How much, by its code; none where nothing is.
    pub extent: Option<&'static str>,
    /// The part of the project that does it.
    pub place: Option<String>,
    /// The reason.
    pub why: Words,
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// For example `A1`.
    pub id: String,
    /// What software must do.
    pub asks: Words,
    /// How it is served.
    pub served: Served,
    /// How sure we are of the words.
    pub confidence: &'static str,
    /// Who is responsible, each with the code of its part.
    pub duties: Vec<(String, &'static str)>,
    /// The words it rests on.
    pub quotes: Vec<Quote>,
}

/// Where documents disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// For example `X1`.
    pub id: String,
    /// What it is about.
    pub name: Words,
    /// The figures it is about.
    pub indicators: Vec<String>,
    /// All places, side by side.
    pub places: Vec<Quote>,
}
