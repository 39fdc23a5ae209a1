//! The words people read, by code, in Chinese and in English.
//!
//! The core speaks in codes with data; the sentences lie in `locales/{zh,en}/*.ftl` at the project's root, are compiled
//! into the program, and are asked for by code:
//!
//! ```
//! use heng_wording::{Language, Words};
//!
//! let words = Words::new(Language::En);
//! assert_eq!(words.say("certificate-page", &[("page", "1"), ("pages", "3")]), "Page 1 of 3");
//! ```

mod locales;
mod words;

pub use locales::{LOCALES, Locale};
pub use words::{Language, ParseLanguageError, Words};
