//! What a keeper says of an instrument in a ledger: the parts of a registration, each perhaps left blank.

use std::collections::BTreeMap;

use heng_rule::{Cell, Words};

use crate::Purpose;

/// The characteristic that holds a measuring range (测量范围) in its keeper's words, where no rule names its parts.
pub const MEASURING_RANGE: &str = "measuring_range";

/// A line of a ledger. What was left blank is absent, and says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The identifier that the thing already has.
    pub id: Option<String>,
    /// What people call it (器具名称).
    pub name: Told,
    /// The kind that rules apply to, for example `digital-indicating-scale`.
    pub kind: Option<String>,
    /// Type designation (型号).
    pub model: Option<String>,
    /// Serial number (出厂编号).
    pub serial: Option<String>,
    /// Maker (制造厂).
    pub manufacturer: Told,
    /// Class, range and whatever else rules ask of it, by their names.
    pub characteristics: BTreeMap<String, Cell>,
    /// The district where it is used, as a code of GB/T 2260.
    pub district: Option<String>,
    /// Where it is used (使用地点).
    pub address: Told,
    /// What it is used for (用途).
    pub purpose: Option<Purpose>,
}

/// Words of which one language may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// In Chinese.
    pub zh: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl Told {
    /// Nothing was said.
    pub fn is_blank(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// What holds when this is said after `before`. One language alone stands for both where it says something new, so that the other does not
    /// go on saying the old.
    pub fn after(&self, before: Option<&Words>) -> Option<Words> {
        let unchanged = |told: &Option<String>, was: &str| told.as_deref().is_none_or(|told| told == was);
        match (&self.zh, &self.en, before) {
            (None, None, _) => before.cloned(),
            (zh, en, Some(was)) if unchanged(zh, &was.zh) && unchanged(en, &was.en) => Some(was.clone()),
            (Some(zh), Some(en), _) => Some(Words { zh: zh.clone(), en: en.clone() }),
            (Some(one), None, _) | (None, Some(one), _) => Some(Words { zh: one.clone(), en: one.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(zh: &str, en: &str) -> Words {
        Words { zh: zh.to_owned(), en: en.to_owned() }
    }

    fn told(zh: &str, en: &str) -> Told {
        let one = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Told { zh: one(zh), en: one(en) }
    }

    #[test]
    fn what_is_left_blank_says_nothing_and_one_language_alone_stands_for_both() {
        let before = words("电子秤", "Scale");
        assert_eq!(told("", "").after(None), None);
        assert_eq!(told("", "").after(Some(&before)), Some(before.clone()));
        assert_eq!(told("电子秤", "").after(Some(&before)), Some(before.clone()));
        assert_eq!(told("", "Scale").after(Some(&before)), Some(before.clone()));
        assert_eq!(told("台秤", "").after(Some(&before)), Some(words("台秤", "台秤")));
        assert_eq!(told("", "Bench scale").after(None), Some(words("Bench scale", "Bench scale")));
        assert_eq!(told("台秤", "Bench scale").after(Some(&before)), Some(words("台秤", "Bench scale")));
    }
}
