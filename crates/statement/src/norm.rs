//! The life of a norm, step by step: what stage it has reached, which clauses of others it cites, and what those who used a clause say of it.

use heng_rule::Words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::StatementHash;
use crate::certificate::Document;

/// A step in the life of a norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum NormStep {
    /// A norm has reached a stage.
    Stage(NormStage),
    /// Somebody who used a clause says something of it.
    Feedback(ClauseFeedback),
}

impl NormStep {
    /// Its name in statements and in the locale files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Stage(_) => "stage",
            Self::Feedback(_) => "feedback",
        }
    }

    /// The norm.
    pub fn norm(&self) -> &str {
        match self {
            Self::Stage(stage) => &stage.norm,
            Self::Feedback(feedback) => &feedback.norm,
        }
    }
}

/// A stage in the life of a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Somebody is to write it (立项).
    Project,
    /// There is a draft (起草).
    Draft,
    /// The draft is out for opinions (征求意见).
    Consultation,
    /// It is published (发布).
    Published,
    /// It was looked at again and stays as it is (复审).
    Reviewed,
    /// Another edition or another norm stands in its place (代替).
    Replaced,
    /// It is abolished (废止).
    Abolished,
}

impl Stage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Project,
        Self::Draft,
        Self::Consultation,
        Self::Published,
        Self::Reviewed,
        Self::Replaced,
        Self::Abolished,
    ];

    /// Its name in statements and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Draft => "draft",
            Self::Consultation => "consultation",
            Self::Published => "published",
            Self::Reviewed => "reviewed",
            Self::Replaced => "replaced",
            Self::Abolished => "abolished",
        }
    }

    /// Whether one may work by it.
    pub fn is_in_force(self) -> bool {
        matches!(self, Self::Published | Self::Reviewed)
    }
}

/// A norm has reached a stage. What a later step leaves out is as an earlier one said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormStage {
    /// Its number with its edition, for example `JJF(津) 101-2024`.
    pub norm: String,
    /// Its title.
    pub title: Words,
    /// The stage.
    pub stage: Stage,
    /// Since when.
    pub on: Date,
    /// Where it holds: `international`, `national`, `industry`, `local`, `group` or `enterprise`.
    pub scope: String,
    /// Its field, for example `metrology` or `standardisation`.
    pub field: String,
    /// Which part the city's bodies had in it: `led` or `joined`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Who set it going: `government` or `market`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The clauses of others that it cites.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<ClauseCited>,
    /// The norms in whose place it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// Until when it has to be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_due: Option<Date>,
    /// Its text, by hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}

/// A clause that is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseCited {
    /// The norm, with its edition where the citation is dated.
    pub norm: String,
    /// The clause; none for the whole norm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
}

/// What somebody who used a clause says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseFeedback {
    /// The norm.
    pub norm: String,
    /// The clause.
    pub clause: String,
    /// The use: a certificate that was issued under it.
    pub used_in: StatementHash,
    /// What there is to say.
    pub text: Words,
    /// Made up for a demonstration or a test.
    #[serde(default)]
    pub synthetic: bool,
}
