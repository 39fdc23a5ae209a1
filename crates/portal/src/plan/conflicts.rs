//! Where documents disagree: both places beside each other, nothing averaged; and how two copies of one document differ.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_rule::plan::measure::Measure;
use heng_rule::plan::{Conflict, ConflictKind, DifferenceKind, Plan, Quote, planned_pace};
use heng_wording::Words;
use serde_json::{Value, json};

use super::asked::Asked;
use super::figures::{figure, goal};
use super::lines::is_open;
use super::measure::in_words;
use super::now::{PlanOn, plan_on};
use super::quotes::{QuoteShown, quotes};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// An indicator that a conflict is about.
struct Concerned {
    id: String,
    name: String,
    page: String,
    /// What the conflict says of it: a goal, a denominator, a pace.
    said: String,
}

struct ConflictShown {
    id: String,
    name: String,
    kind: String,
    /// Whether somebody should settle it; otherwise the reader should know it.
    is_open: bool,
    said: String,
    quotes: Vec<QuoteShown>,
    concerned: Vec<Concerned>,
}

struct DifferenceShown {
    section: String,
    kind: String,
    quotes: Vec<QuoteShown>,
}

#[derive(Template)]
#[template(path = "plan-conflicts.html")]
struct ConflictsPage<'a> {
    frame: &'a Frame<'a>,
    back: String,
    lead: String,
    conflicts: Vec<ConflictShown>,
    differences: Vec<DifferenceShown>,
}

/// Its name in the locale files and for programs.
fn code(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::ValuesDiffer => "values-differ",
        ConflictKind::Alias => "alias",
        ConflictKind::DenominatorsDiffer => "denominators-differ",
        ConflictKind::SilentRule => "silent-rule",
        ConflictKind::Slip => "slip",
        ConflictKind::CopyLacks => "copy-lacks",
        ConflictKind::Attribute => "attribute",
        ConflictKind::YearInferred => "year-inferred",
        ConflictKind::BelowPace => "below-pace",
        ConflictKind::NoOwner => "no-owner",
    }
}

fn difference_code(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Words => "words",
        DifferenceKind::Sign => "sign",
        DifferenceKind::Lacks => "lacks",
    }
}

/// `/plan/conflicts`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let on = plan_on(portal, asked.day(portal)?)?;
        let plan = on.plan();
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Plan, words.say("plan-conflicts-title", &[]));
        let data =
            [("conflicts", plan.conflicts.len().to_string()), ("differences", plan.differences.len().to_string())];
        Ok(html(&ConflictsPage {
            back: asked.address("/plan", &[]),
            lead: words.say("plan-conflicts-lead", &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
            conflicts: plan.conflicts.iter().map(|conflict| shown(&on, conflict, words)).collect(),
            differences: plan
                .differences
                .iter()
                .map(|one| DifferenceShown {
                    section: one.section.to_string(),
                    kind: words.say(&format!("plan-difference-{}", difference_code(one.kind)), &[]),
                    quotes: quotes(plan, &one.copies, words),
                })
                .collect(),
            frame: &frame,
        }))
    })
    .await
}

fn shown(on: &PlanOn, conflict: &Conflict, words: &Words) -> ConflictShown {
    let plan = on.plan();
    let code = code(conflict.kind);
    let aliases = conflict.document.as_ref().and_then(|id| plan.document(id)).map(|one| one.aliases.join("；"));
    let data = [("reads", conflict.reads.clone().unwrap_or_default()), ("aliases", aliases.unwrap_or_default())];
    ConflictShown {
        id: conflict.id.to_string(),
        name: one_of(&conflict.name, words.language()).to_owned(),
        kind: words.say(&format!("plan-conflict-{code}"), &[]),
        is_open: is_open(conflict),
        said: words
            .say(&format!("plan-conflict-{code}-said"), &data.each_ref().map(|(name, text)| (*name, text.as_str()))),
        quotes: quotes(plan, &conflict.places, words),
        concerned: concerned(on, conflict, words),
    }
}

fn concerned(on: &PlanOn, conflict: &Conflict, words: &Words) -> Vec<Concerned> {
    let plan = on.plan();
    let one = |id: &str, said: String| {
        let indicator = plan.indicator(id)?;
        let name = one_of(&indicator.name, words.language()).to_owned();
        Some(Concerned { id: id.to_owned(), name, page: address("/plan/", id), said })
    };
    let goal_of = |id: &str| plan.indicator(id).map(|one| goal(one, words)).unwrap_or_default();
    if conflict.kind == ConflictKind::BelowPace {
        return conflict
            .pairs
            .iter()
            .flat_map(|pair| {
                let (planned, target) = pair;
                let said = self::pair(plan, planned, target, words);
                [one(planned, said.0), one(target, said.1)]
            })
            .flatten()
            .collect();
    }
    let said = |id: &str| match conflict.kind {
        ConflictKind::DenominatorsDiffer => {
            let whole = plan.measure(id).and_then(Measure::denominator);
            let whole = whole.map(|whole| in_words(plan, &whole, words)).unwrap_or_default();
            let value = on.standing(id).and_then(|standing| standing.value.clone());
            let unit = plan.indicator(id).map(|one| one.unit.to_string()).unwrap_or_default();
            let value = value.map_or_else(|| words.say("plan-no-figure", &[]), |value| figure(&value, &unit, words));
            words.say("plan-conflict-share", &[("goal", &goal_of(id)), ("whole", &whole), ("figure", &value)])
        }
        _ => goal_of(id),
    };
    conflict.indicators.iter().filter_map(|id| one(id, said(id))).collect()
}

/// The pace that a plan sets itself, and the target of one year that lies below it.
fn pair(plan: &Plan, planned: &str, target: &str, words: &Words) -> (String, String) {
    let unit = plan.indicator(planned).map(|one| one.unit.to_string()).unwrap_or_default();
    let pace = plan.indicator(planned).and_then(planned_pace).map(|pace| figure(&pace, &unit, words));
    let goal = plan.indicator(target).map(|one| goal(one, words)).unwrap_or_default();
    (
        words.say("plan-conflict-pace", &[("figure", &pace.unwrap_or_default())]),
        words.say("plan-conflict-target", &[("figure", &goal)]),
    )
}

/// The same for programs.
pub(crate) fn facts(portal: &Portal, asked: &Asked) -> Result<Value, Problem> {
    let on = plan_on(portal, asked.day(portal)?)?;
    let plan = on.plan();
    let places = |quotes: &[Quote]| -> Vec<Value> {
        let all = quotes.iter();
        all.map(|quote| {
            json!({ "document": &*quote.document, "section": &*quote.section, "text": &*quote.text, "reads": quote.reads })
        })
        .collect()
    };
    let conflicts = plan.conflicts.iter().map(|one| {
        json!({
            "id": &*one.id, "kind": code(one.kind), "name": one.name,
            "indicators": one.indicators.iter().map(|id| id.to_string()).collect::<Vec<_>>(),
            "pairs": one.pairs.iter().map(|(planned, target)| json!({
                "indicator": &**planned, "target": &**target,
                "planned_pace": plan.indicator(planned).and_then(planned_pace).map(|pace| pace.to_string()),
                "goal": plan.indicator(target).and_then(|one| one.goal.value.as_ref()).map(|goal| goal.to_string()),
            })).collect::<Vec<_>>(),
            "places": places(&one.places),
        })
    });
    let differences = plan.differences.iter().map(
        |one| json!({ "section": &*one.section, "kind": difference_code(one.kind), "copies": places(&one.copies) }),
    );
    Ok(json!({
        "plan": plan.id, "conflicts": conflicts.collect::<Vec<_>>(), "differences": differences.collect::<Vec<_>>(),
    }))
}
