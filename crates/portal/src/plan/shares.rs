//! Goals that a plan divides among bodies: of an indicator every body, of a body every indicator.

use heng_rule::plan::{BodyShare, Indicator, Shares, Standing};
use heng_wording::Words;

use super::asked::Asked;
use super::duties::body_name;
use super::figures::{figure, state};
use super::now::PlanOn;
use crate::frame::{address, one_of};
use crate::public::answer::shape;

/// A part of a goal.
pub(crate) struct ShareLine {
    /// The body, or of a body the indicator.
    pub(crate) name: String,
    /// The identifier of the indicator; nothing beside a body.
    pub(crate) id: String,
    pub(crate) page: Option<String>,
    pub(crate) share: String,
    pub(crate) figure: String,
    /// How it stands; none where there is no part to stand to.
    pub(crate) state: Option<(&'static str, String)>,
    /// Whether it is the sum of the others.
    pub(crate) is_sum: bool,
}

/// A goal divided among bodies.
pub(crate) struct SharesShown {
    /// The bodies, and last their sum.
    pub(crate) lines: Vec<ShareLine>,
    /// What is to be said of the sums, each with its shape.
    pub(crate) said: Vec<(&'static str, String)>,
}

/// The bodies that an indicator's goal is divided among; nothing where the plan does not divide it.
pub(crate) fn of_indicator(
    on: &PlanOn,
    indicator: &Indicator,
    standing: &Standing,
    asked: &Asked,
    words: &Words,
) -> Option<SharesShown> {
    let plan = on.plan();
    let shares = plan.shares(&indicator.id, &on.evidence, standing.as_of)?;
    let body = |one: &BodyShare| {
        let (name, page) = match &one.body {
            Some(name) => (body_name(plan, name, words), Some(address("/plan/department/", name))),
            None => (words.say("plan-shares-nobody", &[]), None),
        };
        let page = page.map(|page| asked.address(&page, &[]));
        ShareLine { page, ..line(one, name, String::new(), indicator, words) }
    };
    let mut lines: Vec<ShareLine> = shares.bodies.iter().map(body).collect();
    lines.push(ShareLine {
        name: words.say("plan-shares-sum", &[]),
        id: String::new(),
        page: None,
        share: figure(&shares.sum, &indicator.unit, words),
        figure: standing.value.as_ref().map_or_else(none, |value| figure(value, &indicator.unit, words)),
        state: Some(state(standing.status, words)),
        is_sum: true,
    });
    Some(SharesShown { lines, said: said(&shares, indicator, words) })
}

/// The parts of goals that a body has.
pub(crate) fn of_body(on: &PlanOn, body: &str, asked: &Asked, words: &Words) -> Vec<ShareLine> {
    let plan = on.plan();
    let own = plan.shared_with(body).filter_map(|id| {
        let indicator = plan.indicator(id)?;
        let shares = plan.shares(id, &on.evidence, on.day)?;
        let one = shares.bodies.iter().find(|one| one.body.as_deref() == Some(body))?;
        let name = one_of(&indicator.name, words.language()).to_owned();
        let page = format!("{}#shares", asked.address(&address("/plan/", id), &[]));
        Some(ShareLine { page: Some(page), ..line(one, name, id.to_owned(), indicator, words) })
    });
    own.collect()
}

fn line(one: &BodyShare, name: String, id: String, indicator: &Indicator, words: &Words) -> ShareLine {
    let unit = &indicator.unit;
    ShareLine {
        name,
        id,
        page: None,
        share: one.share.as_ref().map_or_else(none, |share| figure(share, unit, words)),
        figure: one.amount.value().map_or_else(none, |value| figure(&value, unit, words)),
        state: one.status.map(|status| state(status, words)),
        is_sum: false,
    }
}

/// Whether the parts make the goal, and what is evidenced of the bodies the whole figure.
fn said(shares: &Shares, indicator: &Indicator, words: &Words) -> Vec<(&'static str, String)> {
    let unit = &indicator.unit;
    let data = [
        ("sum", figure(&shares.sum, unit, words)),
        ("goal", shares.goal.as_ref().map_or_else(none, |goal| figure(goal, unit, words))),
        ("difference", figure(&shares.difference, unit, words)),
    ];
    let data = data.each_ref().map(|(name, text)| (*name, text.as_str()));
    let sentence = |code: &'static str| {
        let shape = match code {
            "reconcile" => shape::GOOD,
            "no-evidence" | "never" => shape::UNKNOWN,
            _ => shape::ATTENTION,
        };
        (shape, words.say(&format!("plan-shares-{code}"), &data))
    };
    shares.said().into_iter().map(sentence).collect()
}

fn none() -> String {
    "–".to_owned()
}
