//! Every field of the tables that are handed to everyone, declared public or private. A field that is not declared cannot be written, and a private
//! one has no place in what is written.

use heng_wording::{Language, Words};
use serde_json::{Value, json};

use super::Content;
use super::table::Which;

/// A field of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The table.
    pub table: Which,
    /// Its name, which is the heading of its column.
    pub name: &'static str,
    /// Whether anyone may see it.
    pub is_public: bool,
}

const fn shown(table: Which, name: &'static str) -> Field {
    Field { table, name, is_public: true }
}

const fn hidden(table: Which, name: &'static str) -> Field {
    Field { table, name, is_public: false }
}

use Which::{Counted, Evidence, Figures, Rows, Years};

/// All fields, in the order of the columns.
pub const FIELDS: &[Field] = &[
    shown(Figures, "indicator"),
    shown(Figures, "name_zh"),
    shown(Figures, "name_en"),
    shown(Figures, "unit"),
    shown(Figures, "exact_value"),
    shown(Figures, "value"),
    shown(Figures, "status"),
    shown(Figures, "goal_rule"),
    shown(Figures, "goal"),
    shown(Figures, "goal_year"),
    shown(Figures, "goal_year_inferred"),
    shown(Figures, "base"),
    shown(Figures, "base_year"),
    shown(Figures, "exact_base_without_evidence"),
    shown(Figures, "base_without_evidence"),
    shown(Figures, "exact_planned_pace"),
    shown(Figures, "planned_pace"),
    shown(Figures, "exact_required_pace"),
    shown(Figures, "required_pace"),
    shown(Figures, "exact_achieved_pace"),
    shown(Figures, "achieved_pace"),
    shown(Figures, "forecast"),
    shown(Figures, "forecast_low"),
    shown(Figures, "forecast_high"),
    shown(Figures, "gaps"),
    shown(Figures, "measure"),
    shown(Figures, "definition"),
    shown(Figures, "document"),
    shown(Figures, "section"),
    shown(Figures, "quote"),
    shown(Figures, "statements"),
    shown(Figures, "as_of"),
    shown(Figures, "plan_statement"),
    shown(Figures, "tree_size"),
    shown(Figures, "root"),
    shown(Years, "indicator"),
    shown(Years, "year"),
    shown(Years, "exact_value"),
    shown(Years, "value"),
    shown(Years, "unit"),
    shown(Evidence, "kind"),
    shown(Evidence, "subject"),
    shown(Evidence, "name_zh"),
    shown(Evidence, "name_en"),
    shown(Evidence, "district"),
    shown(Evidence, "from"),
    shown(Evidence, "through"),
    shown(Evidence, "words"),
    shown(Evidence, "numbers"),
    shown(Evidence, "indicators"),
    shown(Evidence, "statements"),
    hidden(Evidence, "person"),
    hidden(Evidence, "person_name"),
    hidden(Evidence, "person_authorization"),
    shown(Counted, "kind"),
    shown(Counted, "name_zh"),
    shown(Counted, "name_en"),
    shown(Counted, "facts"),
    shown(Rows, "row"),
    shown(Rows, "asks_zh"),
    shown(Rows, "asks_en"),
    shown(Rows, "service"),
    shown(Rows, "extent"),
    shown(Rows, "where"),
    shown(Rows, "why_zh"),
    shown(Rows, "why_en"),
    shown(Rows, "confidence"),
    shown(Rows, "departments"),
    shown(Rows, "document"),
    shown(Rows, "section"),
    shown(Rows, "quote"),
];

/// The public fields of a table, in the order of its columns.
pub(super) fn public(table: Which) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.table == table && field.is_public)
}

impl Field {
    /// What it is, in the language of the words.
    pub fn meaning(&self, words: &Words) -> String {
        words.say(&format!("plan-field-{}", self.name.replace('_', "-")), &[])
    }
}

/// The declaration as JSON: every field of every table, whether anyone may see it and what it is; and what is counted and not shown.
pub fn declared(content: &Content) -> Value {
    let [zh, en] = [Language::Zh, Language::En].map(Words::of);
    let field = |field: &Field| {
        json!({
            "table": field.table.code(),
            "field": field.name,
            "public": field.is_public,
            "zh": field.meaning(zh),
            "en": field.meaning(en),
        })
    };
    let counted = content.withheld.iter().map(|one| json!({ "kind": one.kind, "name": one.name, "facts": one.facts }));
    json!({
        "format": "heng-plan-fields/1",
        "fields": FIELDS.iter().map(field).collect::<Vec<_>>(),
        "counted_and_not_shown": counted.collect::<Vec<_>>(),
    })
}
