//! What people get to read.

use std::collections::BTreeMap;

use heng_wording::{Language, Words};
use proptest::prelude::*;

#[test]
fn a_language_is_named_by_two_letters() {
    for language in [Language::Zh, Language::En] {
        assert_eq!(language.to_string().parse::<Language>(), Ok(language));
    }
    assert_eq!("de".parse::<Language>().unwrap_err().to_string(), "\"de\" is neither zh nor en");
}

#[test]
fn a_message_is_said_in_the_language_asked_for() {
    let data = [("page", "1"), ("pages", "3")];
    assert_eq!(Words::new(Language::Zh).say("certificate-page", &data), "第 1 页，共 3 页");
    assert_eq!(Words::new(Language::En).say("certificate-page", &data), "Page 1 of 3");
}

#[test]
fn words_of_a_rule_are_said_in_the_language_asked_for() {
    let data =
        BTreeMap::from([("item".to_owned(), "外观".to_owned()), ("item-en".to_owned(), "Appearance".to_owned())]);
    assert_eq!(Words::new(Language::Zh).finding("item-left-out", &data), "没有做“外观”；规程允许不做。");
    assert_eq!(
        Words::new(Language::En).finding("item-left-out", &data),
        "“Appearance” was not done; the rule allows that."
    );
}

#[test]
fn what_is_missing_can_be_seen() {
    let words = Words::new(Language::En);
    assert_eq!(words.say("no-such-message", &[]), "no-such-message");
    assert_eq!(words.finding("no-such-code", &BTreeMap::new()), "finding-no-such-code");
    assert_eq!(words.say("certificate-page", &[("page", "1")]), "Page 1 of {$pages}");
}

#[test]
fn words_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Words>();
}

proptest! {
    /// Digits, zeros, signs and spaces of a value reach the reader unchanged, without invisible marks.
    #[test]
    fn a_value_is_said_character_by_character(page in "[0-9 .+−-]{1,12}", pages in "\\PC{1,12}") {
        let said = Words::new(Language::En).say("certificate-page", &[("page", &page), ("pages", &pages)]);
        prop_assert_eq!(said, format!("Page {page} of {pages}"));
    }
}
