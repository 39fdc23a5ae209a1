//! Who is responsible, and in which part.

use std::collections::BTreeMap;

use heng_rule::plan::{Duty, Part, Plan, Quote};
use heng_wording::{Language, Words};

use crate::frame::address;

/// A body and its part, with its page.
pub(crate) struct DutyShown {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) page: String,
}

/// The parts in their order.
pub(crate) const PARTS: [Part; 6] = [Part::Lead, Part::Sole, Part::Joint, Part::Support, Part::Silent, Part::Default];

/// Everyone who is responsible for what some quotes say, each by the greatest part.
pub(crate) fn duties(plan: &Plan, quotes: &[Quote]) -> Vec<Duty> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for duty in quotes.iter().flat_map(|quote| plan.responsible(quote)) {
        let part = parts.entry(duty.body).or_insert(duty.part);
        *part = duty.part.min(*part);
    }
    let mut all: Vec<Duty> = parts.into_iter().map(|(body, part)| Duty { body, part }).collect();
    all.sort_by(|one, two| (one.part, &one.body).cmp(&(two.part, &two.body)));
    all
}

/// The same in words.
pub(crate) fn shown(plan: &Plan, quotes: &[Quote], words: &Words) -> Vec<DutyShown> {
    let all = duties(plan, quotes).into_iter();
    all.map(|duty| DutyShown {
        name: body_name(plan, &duty.body, words),
        part: words.say(&format!("plan-part-{}", duty.part.code()), &[]),
        page: address("/plan/department/", &duty.body),
    })
    .collect()
}

/// What people call a body.
pub(crate) fn body_name(plan: &Plan, name: &str, words: &Words) -> String {
    let body = plan.bodies.iter().find(|body| *body.name == *name);
    match (words.language(), body) {
        (Language::En, Some(body)) if !body.en.is_empty() => body.en.clone(),
        _ => name.to_owned(),
    }
}
