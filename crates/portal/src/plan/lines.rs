//! Indicators and rows as lines of a list.

use heng_rule::Confidence;
use heng_rule::plan::{Conflict, ConflictKind, Indicator, Plan, Row, Standing};
use heng_wording::Words;

use super::asked::{Asked, served};
use super::bar::bar;
use super::duties::{DutyShown, shown};
use super::figures::{figure, goal, state};
use super::now::PlanOn;
use crate::frame::{address, one_of};

/// Bodies named beside a row; the rest is counted.
const NAMED: usize = 3;

/// An indicator.
pub(crate) struct IndicatorLine {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) page: String,
    /// What kind of figure, and whether its day is inferred.
    pub(crate) kind: String,
    pub(crate) figure: String,
    pub(crate) goal: String,
    pub(crate) year: String,
    pub(crate) bar: Option<String>,
    pub(crate) shape: &'static str,
    pub(crate) state: String,
    /// The statements that it rests on.
    pub(crate) statements: usize,
    /// The conflicts that somebody should settle.
    pub(crate) conflicts: Vec<Concern>,
}

/// The line of an indicator.
pub(crate) fn indicator_line(
    on: &PlanOn,
    indicator: &Indicator,
    standing: &Standing,
    asked: &Asked,
    words: &Words,
) -> IndicatorLine {
    let plan = on.plan();
    let (shape, state) = state(standing.status, words);
    IndicatorLine {
        id: indicator.id.to_string(),
        name: one_of(&indicator.name, words.language()).to_owned(),
        page: asked.address(&address("/plan/", &indicator.id), &[]),
        kind: kind(indicator, words),
        figure: standing.value.as_ref().map_or_else(|| "–".to_owned(), |value| figure(value, &indicator.unit, words)),
        goal: goal(indicator, words),
        year: indicator.goal.year.map(|year| year.to_string()).unwrap_or_default(),
        bar: bar(indicator, standing),
        shape,
        state,
        statements: standing.amount.statements(&on.evidence).len(),
        conflicts: concerns(plan, &indicator.id, words).into_iter().filter(|one| one.is_open).collect(),
    }
}

/// What kind of figure it is.
pub(crate) fn kind(indicator: &Indicator, words: &Words) -> String {
    use heng_rule::plan::IndicatorKind as Kind;
    let code = match indicator.kind {
        Kind::Expected => "expected",
        Kind::Binding => "binding",
        Kind::Work => "work",
        Kind::Goal => "goal",
        Kind::Task => "task",
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Ceiling => "ceiling",
        Kind::Floor => "floor",
        Kind::Rule => "rule",
        Kind::Vision => "vision",
    };
    words.say(&format!("plan-kind-{code}"), &[])
}

/// How sure a definition is, where the source does not give it.
pub(crate) fn doubt(definition: Confidence, words: &Words) -> Option<String> {
    match definition {
        Confidence::Read => None,
        Confidence::Secondary => Some(words.say("plan-definition-secondary", &[])),
        Confidence::Unverified => Some(words.say("plan-definition-unverified", &[])),
    }
}

/// A conflict that an indicator is in.
pub(crate) struct Concern {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) page: String,
    /// Whether somebody should settle it; otherwise a reader should know it.
    pub(crate) is_open: bool,
}

/// The conflicts that an indicator is in, each with its place.
pub(crate) fn concerns(plan: &Plan, id: &str, words: &Words) -> Vec<Concern> {
    let names = |conflict: &Conflict| {
        let paired = conflict.pairs.iter().flat_map(|(one, two)| [one, two]);
        conflict.indicators.iter().chain(paired).any(|one| **one == *id)
    };
    let all = plan.conflicts.iter().filter(|conflict| names(conflict));
    all.map(|conflict| Concern {
        id: conflict.id.to_string(),
        name: one_of(&conflict.name, words.language()).to_owned(),
        page: format!("/plan/conflicts#{}", &*conflict.id),
        is_open: is_open(conflict),
    })
    .collect()
}

/// Whether somebody should settle a conflict.
pub(crate) fn is_open(conflict: &Conflict) -> bool {
    !matches!(conflict.kind, ConflictKind::Attribute | ConflictKind::YearInferred | ConflictKind::SilentRule)
}

/// A row.
pub(crate) struct RowLine {
    pub(crate) id: String,
    /// What software must do.
    pub(crate) asks: String,
    /// The words of the document.
    pub(crate) quoted: String,
    /// Where they stand.
    pub(crate) place: String,
    pub(crate) served: String,
    /// Which part of the project does it, and how much.
    pub(crate) by: String,
    pub(crate) why: String,
    pub(crate) code: &'static str,
    pub(crate) duties: Vec<DutyShown>,
    /// Bodies that are not named here.
    pub(crate) more: usize,
}

/// The line of a row.
pub(crate) fn row_line(plan: &Plan, row: &Row, words: &Words) -> RowLine {
    let language = words.language();
    let service = row.service.as_ref().and_then(|service| plan.service(service));
    let quoted: Vec<String> =
        row.quotes.iter().take(1).map(|quote| quote.reads.clone().unwrap_or_else(|| quote.text.to_string())).collect();
    let place = row.quotes.first().map(|quote| {
        let document = plan.document(&quote.document);
        let title = document.map_or(&*quote.document, |document| one_of(&document.title, language));
        words.say("plan-row-place", &[("document", title), ("section", &quote.section)])
    });
    let code = served(plan, row);
    let extent = service.and_then(|service| service.extent);
    let mut duties = shown(plan, &row.quotes, words);
    let more = duties.len().saturating_sub(NAMED);
    duties.truncate(NAMED);
    let said = words.say(&format!("plan-service-{code}"), &[]);
    RowLine {
        id: row.id.to_string(),
        asks: one_of(&row.asks, language).to_owned(),
        quoted: quoted.concat(),
        place: place.unwrap_or_default(),
        served: match extent {
            Some(heng_rule::plan::Extent::Part) => words.say("plan-service-in-part", &[("served", &said)]),
            _ => said,
        },
        by: service.and_then(|service| service.place.clone()).unwrap_or_default(),
        why: service.map(|service| one_of(&service.why, language).to_owned()).unwrap_or_default(),
        code,
        duties,
        more,
    }
}
