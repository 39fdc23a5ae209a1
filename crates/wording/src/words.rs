//! One language's words, asked for by code.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

use crate::LOCALES;

/// The languages that every word exists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

/// The text names no language that Heng speaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is neither zh nor en")]
pub struct ParseLanguageError {
    /// The text as given.
    pub text: String,
}

impl Language {
    /// The one of two, Chinese and English, that is in this language.
    pub fn of<T>(self, (zh, en): (T, T)) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl FromStr for Language {
    type Err = ParseLanguageError;

    fn from_str(text: &str) -> Result<Self, ParseLanguageError> {
        match text {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(ParseLanguageError { text: text.to_owned() }),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Zh => "zh",
            Self::En => "en",
        })
    }
}

/// All messages of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// The messages in which nothing is to be filled in: most of a page.
    plain: HashMap<&'static str, String>,
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language, read once for the whole program.
    pub fn of(language: Language) -> &'static Self {
        static ZH: LazyLock<Words> = LazyLock::new(|| Words::new(Language::Zh));
        static EN: LazyLock<Words> = LazyLock::new(|| Words::new(Language::En));
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// The words of one language.
    pub fn new(language: Language) -> Self {
        let identifier = match language {
            Language::Zh => langid!("zh-Hans"),
            Language::En => langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Isolation marks are invisible characters; they would make a printed digit differ from the signed one.
        bundle.set_use_isolating(false);
        for locale in LOCALES.iter().filter(|locale| locale.language == language) {
            // The readable part of a broken file is still worth having; a test finds every broken file.
            let resource = match FluentResource::try_new(locale.source.to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        let plain = codes(language).filter_map(|code| Some((code, plain(&bundle, code)?))).collect();
        Self { language, bundle, plain }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a message of this code.
    pub fn knows(&self, code: &str) -> bool {
        self.bundle.has_message(code)
    }

    /// The codes of messages that begin so, in the order of the locale files: every `district-`, say.
    pub fn codes(&self, beginning: &str) -> impl Iterator<Item = &'static str> {
        codes(self.language).filter(move |code| code.starts_with(beginning))
    }

    /// The message of a code, with its placeables filled in. An unknown code is returned as it is, so that what is
    /// missing can be seen. A value that is a plain whole number may choose a plural form.
    pub fn say(&self, code: &str, data: &[(&str, &str)]) -> String {
        self.message(code, data.iter().copied())
    }

    /// The message `finding-CODE`, with the finding's data as its placeables.
    pub fn finding(&self, code: &str, data: &BTreeMap<String, String>) -> String {
        self.message(&format!("finding-{code}"), data.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The message `refusal-CODE`, with the refusal's data as its placeables.
    pub fn refusal(&self, code: &str, data: &BTreeMap<String, String>) -> String {
        self.message(&format!("refusal-{code}"), data.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    fn message<'data>(&self, code: &str, data: impl Iterator<Item = (&'data str, &'data str)>) -> String {
        if let Some(plain) = self.plain.get(code) {
            return plain.clone();
        }
        let Some(pattern) = self.bundle.get_message(code).and_then(|message| message.value()) else {
            return code.to_owned();
        };
        let data: BTreeMap<&str, &str> = data.collect();
        let arguments: FluentArgs<'_> = data
            .iter()
            .filter(|(name, _)| !name.ends_with(ENGLISH))
            .map(|(name, value)| (*name, argument(self.in_language(&data, name).unwrap_or(value))))
            .collect();
        // A placeable without a value is printed as `{$name}`, which shows what is missing and where.
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }
}

/// The codes of a language's messages, in the order of the locale files.
fn codes(language: Language) -> impl Iterator<Item = &'static str> {
    let of_language = LOCALES.iter().filter(move |locale| locale.language == language);
    of_language.flat_map(|locale| locale.source.lines()).filter_map(|line| Some(line.split_once(" =")?.0))
}

/// A message that says the same whatever it is given.
fn plain(bundle: &FluentBundle<FluentResource>, code: &str) -> Option<String> {
    let pattern = bundle.get_message(code)?.value()?;
    let mut missing = Vec::new();
    let said = bundle.format_pattern(pattern, None, &mut missing).into_owned();
    missing.is_empty().then_some(said)
}

impl Words {
    /// The words of a rule come in both languages: `item` and, beside it, `item-en`. Messages name `item`; English ones get the English.
    fn in_language<'data>(&self, data: &BTreeMap<&str, &'data str>, name: &str) -> Option<&'data str> {
        match self.language {
            Language::Zh => None,
            Language::En => data.get(format!("{name}{ENGLISH}").as_str()).copied(),
        }
    }
}

/// What the name of a fact ends with that says in English what the fact without it says in Chinese.
const ENGLISH: &str = "-en";

/// Only a number that prints as it was given becomes a number: every other text keeps its characters.
fn argument(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}
