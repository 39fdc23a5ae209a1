//! The locale files, compiled in; a test compares this list with the folder.

use crate::Language;

/// One locale file.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    /// The language it is written in.
    pub language: Language,
    /// The file's name without its ending.
    pub name: &'static str,
    /// Its Fluent source.
    pub source: &'static str,
}

macro_rules! locale {
    ($language:ident, $folder:literal, $name:literal) => {
        Locale {
            language: Language::$language,
            name: $name,
            source: include_str!(concat!("../../../locales/", $folder, "/", $name, ".ftl")),
        }
    };
}

macro_rules! locales {
    ($($name:literal),* $(,)?) => {
        /// Every locale file, one pair for each name.
        pub const LOCALES: &[Locale] = &[$(locale!(Zh, "zh", $name), locale!(En, "en", $name)),*];
    };
}

locales![
    "checker",
    "cli",
    "cluster",
    "comparison",
    "conditions",
    "dcc",
    "document",
    "evidence",
    "exchange",
    "ledger",
    "list",
    "lot",
    "obligation",
    "ocmf",
    "ocpp",
    "office",
    "picture",
    "piles",
    "plan",
    "portal",
    "quantity",
    "readings",
    "round",
    "rule",
    "service",
    "session",
    "sheet",
    "show",
    "statement",
    "store",
    "supervision",
    "tasks",
    "uncertainty",
    "view",
];
