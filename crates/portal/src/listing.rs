//! Lists of instruments as people read them: shape, word, dates.

use heng_rule::RuleSet;
use heng_view::Condition;
use heng_wording::Words;

use crate::facts::listing::Listed;
use crate::frame::{address, one_of};
use crate::public::answer::shape;
use crate::public::obligation::brief;
use crate::public::why::{Why, of_condition};

/// A row of a list.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) page: String,
    /// Model and serial number.
    pub(crate) what: String,
    pub(crate) place: String,
    pub(crate) keeper: String,
    pub(crate) shape: &'static str,
    pub(crate) word: String,
    pub(crate) through: Option<String>,
    pub(crate) days: String,
    pub(crate) certificate: Option<(String, String)>,
    /// Whether it must be verified, in a few words.
    pub(crate) obligation: String,
    pub(crate) is_asked: bool,
    pub(crate) id: String,
    pub(crate) why: Why,
}

/// The rows of a list.
pub(crate) fn rows<'a>(list: impl IntoIterator<Item = &'a Listed>, rules: &RuleSet, words: &Words) -> Vec<Row> {
    list.into_iter().map(|one| row(one, rules, words)).collect()
}

/// The row of one.
pub(crate) fn row(one: &Listed, rules: &RuleSet, words: &Words) -> Row {
    let language = words.language();
    let (shape, word) = condition(one.condition, words);
    let days = match one.days {
        Some(days) if days > 0 => words.say("list-days-left", &[("days", &days.to_string())]),
        Some(days) => words.say("list-days-over", &[("days", &(1 - days).to_string())]),
        None => String::new(),
    };
    Row {
        name: one_of(&one.name, language).to_owned(),
        page: address("/thing/", &one.id),
        what: format!("{} · {}", one.model, one.serial),
        place: one.address.as_ref().map(|place| one_of(place, language).to_owned()).unwrap_or_default(),
        keeper: one.keeper_name.as_ref().map_or_else(|| one.keeper.clone(), |name| one_of(name, language).to_owned()),
        shape,
        word,
        through: one.through.map(|through| through.to_string()),
        days,
        certificate: one.certificate.as_ref().map(|number| (number.clone(), address("/certificate/", number))),
        obligation: brief(&one.obligation, words),
        is_asked: one.asked,
        id: one.id.clone(),
        why: of_condition(one, rules, words),
    }
}

/// The shape and the word of a condition.
pub(crate) fn condition(condition: Condition, words: &Words) -> (&'static str, String) {
    let shape = match condition {
        Condition::InForce => shape::GOOD,
        Condition::DueSoon | Condition::Overdue => shape::ATTENTION,
        Condition::Failed | Condition::Fallen => shape::BAD,
        Condition::Unverified | Condition::Undecided => shape::UNKNOWN,
    };
    (shape, words.say(&format!("condition-{}", condition.code()), &[]))
}
