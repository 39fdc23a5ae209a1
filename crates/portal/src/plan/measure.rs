//! A measure in words: what is counted, of what, and on which condition.

use heng_rule::plan::measure::{Facts, Field};
use heng_rule::plan::{Measure, Plan};
use heng_wording::Words;

use crate::frame::one_of;

/// The measure as a sentence.
pub(crate) fn in_words(plan: &Plan, measure: &Measure, words: &Words) -> String {
    let say = |code: &str, data: &[(&str, &str)]| words.say(&format!("plan-measure-{code}"), data);
    let of_field =
        |code: &str, field: &Field| say(code, &[("facts", &facts(plan, &field.facts, words)), ("number", &field.name)]);
    match measure {
        Measure::Count(counted) => say("count", &[("facts", &facts(plan, counted, words))]),
        Measure::Sum(field) => of_field("sum", field),
        Measure::Mean(field) => of_field("mean", field),
        Measure::Least(field) => of_field("least", field),
        Measure::Greatest(field) => of_field("greatest", field),
        Measure::Ratio(part, whole) => {
            let (part, whole) = (in_words(plan, part, words), in_words(plan, whole, words));
            say("ratio", &[("part", &part), ("whole", &whole)])
        }
        Measure::Coverage(whole, by) => {
            let (whole, by_facts) = (facts(plan, whole, words), facts(plan, &by.facts, words));
            say("coverage", &[("whole", &whole), ("by", &by_facts), ("word", &by.name)])
        }
        Measure::Score(score, of) => {
            let name = words.say(&format!("plan-score-{}", score.code()), &[]);
            say("score", &[("score", &name), ("facts", &facts(plan, of, words))])
        }
        Measure::Indicator { id, .. } => say("indicator", &[("id", id)]),
    }
}

/// Facts of a kind with what is asked of them.
fn facts(plan: &Plan, facts: &Facts, words: &Words) -> String {
    let kind = kind_name(plan, &facts.kind, words);
    let mut conditions: Vec<String> = Vec::new();
    for asked in &facts.asked {
        let sign = if asked.excluded { "≠" } else { "=" };
        conditions.push(format!("{} {sign} {}", asked.word, asked.values.join(" | ")));
    }
    if facts.in_year {
        conditions.push(words.say("plan-measure-in-year", &[]));
    }
    if conditions.is_empty() {
        return kind;
    }
    let separator = words.say("plan-measure-and", &[]);
    words.say("plan-measure-where", &[("kind", &kind), ("conditions", &conditions.join(&separator))])
}

/// What people call a kind of evidence.
pub(crate) fn kind_name(plan: &Plan, kind: &str, words: &Words) -> String {
    let known = plan.evidence.iter().find(|one| *one.id == *kind);
    known.map_or_else(|| kind.to_owned(), |one| one_of(&one.name, words.language()).to_owned())
}
