//! The files of a plan as they are written.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use jiff::civil::Date;
use serde::Deserialize;

use super::admit::SmallestCount;
use super::both::both;
use super::conflict::{Conflict, Difference};
use super::duty::Grammar;
use super::stated::Stated;
use crate::{Confidence, Words};

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileText {
    pub format: Stated,
    pub plan: Stated,
    pub plan_title: Option<Words>,
    pub home: Option<String>,
    pub regions: Option<BTreeMap<String, Stated>>,
    pub grammar: Option<Grammar>,
    #[serde(default)]
    pub document: Vec<Document>,
    #[serde(default)]
    pub sentences: Vec<Sentences>,
    #[serde(default)]
    pub body: Vec<Body>,
    #[serde(default)]
    pub service: Vec<Service>,
    #[serde(default)]
    pub group: Vec<Group>,
    #[serde(default)]
    pub row: Vec<Row>,
    #[serde(default)]
    pub evidence: Vec<EvidenceKind>,
    #[serde(default)]
    pub indicator: Vec<Indicator>,
    #[serde(default)]
    pub share: Vec<Share>,
    #[serde(default)]
    pub conflict: Vec<Conflict>,
    #[serde(default)]
    pub difference: Vec<Difference>,
}

/// In which state a copy of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// As it was published.
    Clean,
    /// Characters were replaced or added on the way; quotes carry a reading beside them.
    Garbled,
    /// Made up for a demonstration or a test.
    Synthetic,
}

/// A source text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Document {
    /// Its short name.
    pub id: Stated,
    /// Its title.
    pub title: Words,
    /// The number it was issued under.
    pub number: Option<String>,
    /// The day it was issued.
    pub date: Option<Date>,
    /// Whose bodies it means: two cities have departments of one name.
    pub region: String,
    /// The state of the copy.
    pub condition: Condition,
    /// The file that was read.
    pub source: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: Stated,
    /// Its parts in their order, as quotes name them.
    pub sections: Vec<Stated>,
    /// Who is responsible without being named, and from where on.
    pub also_responsible: Option<SilentRule>,
    /// Who is responsible where nobody is named.
    pub default_duty: Option<DefaultDuty>,
    /// Other names it is called by.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The document that it is another copy of.
    pub copy_of: Option<Stated>,
}

/// A body that is responsible for everything from a section on, without being named again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SilentRule {
    /// The body.
    pub body: Stated,
    /// The first section it holds for.
    pub from: Stated,
    /// Where it is said.
    pub quote: Quote,
}

/// Who is responsible until somebody is named.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DefaultDuty {
    /// The bodies, in the grammar of the documents.
    pub duty: Stated,
    /// Where it is said.
    pub quote: Quote,
}

/// The passages of a document that are quoted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// The document.
    pub document: Stated,
    /// The hash of the file they were taken from.
    pub sha256: Stated,
    /// The passages, verbatim.
    pub text: Vec<String>,
}

/// What kind of body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// A department, or an organisation that is named like one.
    Department,
    /// The government of a district.
    District,
    /// Several bodies under one name.
    Group,
    /// A name without a list: the departments concerned.
    Open,
}

/// A body that documents make responsible.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its name in the documents.
    pub name: Stated,
    /// Its name in English.
    pub en: String,
    /// The region it belongs to.
    pub region: String,
    /// What kind of body.
    pub kind: BodyKind,
    /// Other names of the same body.
    #[serde(default)]
    pub aliases: Vec<Stated>,
    /// The bodies that a group stands for.
    #[serde(default)]
    pub members: Vec<Stated>,
}

/// How a row is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// The system computes it from statements.
    Derived,
    /// A file makes it work, no code.
    Configured,
    /// Statements about it can be made and followed.
    Tracked,
    /// None of these.
    NotYet,
}

impl ServiceKind {
    /// Its name in files and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Derived => "derived",
            Self::Configured => "configured",
            Self::Tracked => "tracked",
            Self::NotYet => "not-yet",
        }
    }
}

/// How much of a row is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// All that the row asks for.
    Whole,
    /// A part; the reason says what is missing.
    Part,
}

/// How rows are served today.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its short name.
    pub id: Stated,
    /// How.
    pub kind: ServiceKind,
    /// How much; absent where nothing is.
    pub extent: Option<Extent>,
    /// The part of this project that does it.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// The reason.
    pub why: Words,
}

/// Where the duties of a quote were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Named {
    /// Behind the sentence.
    #[default]
    Sentence,
    /// In the article that the quote belongs to; the sentence names nobody.
    Article,
}

/// Words of a document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The document.
    pub document: Stated,
    /// The part of the document.
    pub section: Stated,
    /// The words, verbatim but for white space.
    pub text: Stated,
    /// The same words as they should read, where the copy is garbled.
    pub reads: Option<String>,
    /// Who is responsible, as the document says it.
    #[serde(default)]
    pub duties: Vec<Stated>,
    /// Where that was found.
    #[serde(default)]
    pub named: Named,
}

/// What rows whose identifiers begin alike are about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What the identifiers begin with, for example `A`.
    pub id: Stated,
    /// What they are about.
    pub name: Words,
}

/// One thing that the documents ask for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// For example `A1`.
    pub id: Stated,
    /// What software must do, in one line.
    #[serde(deserialize_with = "both")]
    pub asks: Words,
    /// How it is served.
    pub service: Option<Stated>,
    /// How sure we are of the words.
    pub confidence: Confidence,
    /// The row it is a part of.
    pub under: Option<Stated>,
    /// The words it rests on.
    pub quotes: Vec<Quote>,
}

/// Where evidence of a kind comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Supplied {
    /// From the statements that the log has.
    Log,
    /// From a file.
    File,
    /// By a small statement made for it.
    Statement,
}

/// A kind of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EvidenceKind {
    /// Its short name.
    pub id: Stated,
    /// Its name.
    pub name: Words,
    /// Where it comes from.
    pub supplied: Supplied,
    /// The words that evidence of this kind states; every kind has `district`.
    #[serde(default)]
    pub words: Vec<String>,
    /// The numbers it states, with their units.
    #[serde(default)]
    pub numbers: BTreeMap<String, Stated>,
    /// The kind of evidence that it proposes more of, at a `cost`.
    pub proposes: Option<Stated>,
    /// The smallest group that may be counted by itself, where people are counted.
    pub smallest_count: Option<SmallestCount>,
}

/// What kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    /// Expected (预期性).
    Expected,
    /// Binding (约束性).
    Binding,
    /// A target of one year's work.
    Work,
    /// A goal.
    Goal,
    /// A figure inside a task.
    Task,
    /// Words without a figure.
    Text,
    /// Something to be done by a day.
    Date,
    /// Not more than.
    Ceiling,
    /// Not less than, for each.
    Floor,
    /// A standing rule.
    Rule,
    /// A vision.
    Vision,
}

/// Where a figure began.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// The figure as the document states it.
    pub value: Stated,
    /// At the end of this year.
    pub year: i16,
}

/// How a figure is to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoalRule {
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// More every year.
    Rising,
    /// Not to be counted.
    Vision,
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The figure as the document states it.
    pub value: Option<Stated>,
    /// How it is compared.
    pub rule: GoalRule,
    /// At the end of this year; absent where the document names none.
    pub year: Option<i16>,
    /// The year stands elsewhere in the document.
    #[serde(default)]
    pub inferred: bool,
}

/// A figure of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// For example `N2`.
    pub id: Stated,
    /// Its name.
    pub name: Words,
    /// What it is counted in.
    pub unit: Stated,
    /// What kind of figure.
    pub kind: IndicatorKind,
    /// Where it began.
    pub base: Option<Base>,
    /// What is to be reached.
    pub goal: Goal,
    /// The rule over evidence.
    pub measure: Option<Stated>,
    /// How sure we are that this is what the document means.
    pub definition: Confidence,
    /// What should be known about the measure.
    pub remark: Option<String>,
    /// The words it rests on.
    pub quotes: Vec<Quote>,
}

impl Indicator {
    /// The figure it began with.
    pub fn base_value(&self) -> Option<Decimal> {
        self.base.as_ref()?.value.parse().ok()
    }

    /// The figure to be reached.
    pub fn goal_value(&self) -> Option<Decimal> {
        self.goal.value.as_ref()?.parse().ok()
    }
}

/// The part of a goal that a body has to reach.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The indicator.
    pub indicator: Stated,
    /// The body.
    pub body: Stated,
    /// Its part.
    pub value: Stated,
}
