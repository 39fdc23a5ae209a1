//! What the words of a ledger mean: kinds of instruments, districts, purposes, in either language or as the codes of statements.

use std::collections::BTreeMap;

use heng_rule::RuleSet;
use heng_rule::catalogue::Catalogue;
use heng_rule::rule::Characteristic;
use heng_statement::Purpose;
use heng_wording::{Language, Words};

use crate::sheets::plain;

/// The words of ledgers.
#[derive(Debug)]
pub struct Vocabulary<'a> {
    rules: &'a RuleSet,
    kinds: BTreeMap<String, String>,
    districts: BTreeMap<String, String>,
    purposes: BTreeMap<String, Purpose>,
    codes_of_kinds: Vec<String>,
}

impl<'a> Vocabulary<'a> {
    /// The kinds that these rules and this catalogue know, and the districts and purposes that have names.
    pub fn new(rules: &'a RuleSet, catalogue: &Catalogue) -> Self {
        let both = [Language::Zh, Language::En].map(Words::of);
        let mut codes: Vec<String> = rules.iter().flat_map(|rule| rule.applies_to().iter().cloned()).collect();
        codes.extend(catalogue.items().iter().flat_map(|item| item.kinds.iter().cloned()));
        codes.sort_unstable();
        codes.dedup();
        let mut kinds = BTreeMap::new();
        // A line of the catalogue names a kind where it is about one kind alone; the kind's own name comes first.
        for item in catalogue.items() {
            if let [only] = item.kinds.as_slice() {
                kinds.insert(plain(&item.name.zh), only.clone());
                kinds.insert(plain(&item.name.en), only.clone());
            }
        }
        for code in &codes {
            kinds.insert(plain(code), code.clone());
        }
        // Standards are no instruments of a ledger, and have no such names.
        codes.retain(|code| both.iter().all(|words| words.knows(&format!("kind-{code}"))));
        for code in &codes {
            kinds.extend(both.map(|words| (plain(&words.say(&format!("kind-{code}"), &[])), code.clone())));
        }
        let mut districts = BTreeMap::new();
        for code in codes_of_districts() {
            districts.insert(code.to_owned(), code.to_owned());
            districts
                .extend(both.map(|words| (district(&words.say(&format!("district-{code}"), &[])), code.to_owned())));
        }
        let mut purposes = BTreeMap::new();
        for purpose in Purpose::ALL {
            purposes.insert(plain(purpose.code()), purpose);
            purposes
                .extend(both.map(|words| (plain(&words.say(&format!("purpose-{}", purpose.code()), &[])), purpose)));
        }
        Self { rules, kinds, districts, purposes, codes_of_kinds: codes }
    }

    /// The kinds that have names, by code.
    pub fn codes_of_kinds(&self) -> &[String] {
        &self.codes_of_kinds
    }

    /// The districts that have names, as codes of GB/T 2260.
    pub fn codes_of_districts(&self) -> impl Iterator<Item = &'static str> {
        codes_of_districts()
    }

    /// The kind that a text names.
    pub(super) fn kind(&self, text: &str) -> Option<&str> {
        self.kinds.get(&plain(text)).map(String::as_str)
    }

    /// The district that a text names, as a code of GB/T 2260.
    pub(super) fn district(&self, text: &str) -> Option<&str> {
        self.districts.get(&district(text)).map(String::as_str)
    }

    /// The purpose that a text names.
    pub(super) fn purpose(&self, text: &str) -> Option<Purpose> {
        self.purposes.get(&plain(text)).copied()
    }

    /// What rules ask of instruments of a kind; without a kind, of any instrument.
    pub(super) fn characteristics(&self, kind: Option<&str>) -> impl Iterator<Item = &'a Characteristic> {
        let applies = move |applies_to: &[String]| kind.is_none_or(|kind| applies_to.iter().any(|one| one == kind));
        let rules = self.rules.iter().filter(move |rule| applies(rule.applies_to()));
        rules.flat_map(|rule| rule.characteristics())
    }

    /// The names of every kind, in a language.
    pub(super) fn kinds(&self, words: &Words) -> Vec<String> {
        self.codes_of_kinds.iter().map(|code| words.say(&format!("kind-{code}"), &[])).collect()
    }

    /// The names of every district, in a language.
    pub(super) fn districts(words: &Words) -> Vec<String> {
        codes_of_districts().map(|code| words.say(&format!("district-{code}"), &[])).collect()
    }

    /// The names of every purpose, in a language.
    pub(super) fn purposes(words: &Words) -> Vec<String> {
        Purpose::ALL.map(|purpose| words.say(&format!("purpose-{}", purpose.code()), &[])).to_vec()
    }
}

/// The districts that have names, as codes of GB/T 2260: six digits, unlike other messages that begin so.
fn codes_of_districts() -> impl Iterator<Item = &'static str> {
    let codes = Words::of(Language::Zh).codes("district-").filter_map(|code| code.strip_prefix("district-"));
    codes.filter(|code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()))
}

/// 和平 and 和平区 are the same district, and so are Heping and Heping District.
fn district(text: &str) -> String {
    let plain = plain(text);
    let short = plain.strip_suffix('区').or_else(|| plain.strip_suffix("district")).unwrap_or(&plain);
    // 滨海新区 is called 滨海 as often.
    short.strip_suffix('新').or_else(|| short.strip_suffix("newarea")).unwrap_or(short).to_owned()
}
