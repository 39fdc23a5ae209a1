//! Which of a document's languages is shown, and which had to stand in.

use std::collections::BTreeMap;

use heng_wording::{Language, Words};

use crate::dcc::whole::Element;

/// Chooses texts and remembers where the asked language was missing.
pub(super) struct Speech<'a> {
    pub words: &'a Words,
    asked: &'static str,
    fallbacks: BTreeMap<String, usize>,
}

impl<'a> Speech<'a> {
    pub fn new(words: &'a Words) -> Self {
        let asked = match words.language() {
            Language::Zh => "zh",
            Language::En => "en",
        };
        Self { words, asked, fallbacks: BTreeMap::new() }
    }

    /// The text of the asked language, else the one that names none, else English, else the first language's.
    /// Rich content may have a name of its own, which goes first.
    pub fn text(&mut self, holder: &Element) -> String {
        let name = self.child(holder, &["name"]);
        let own = self.own_text(holder);
        name.into_iter().chain([own]).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn own_text(&mut self, holder: &Element) -> String {
        let stated: Vec<(&str, String)> = holder
            .all("content")
            .map(|content| (content.attribute("lang").unwrap_or_default(), content.text()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        if stated.is_empty() {
            return holder.text();
        }
        let has = |wanted: &str| stated.iter().any(|(language, _)| speaks(language, wanted));
        let first = stated.first().map(|(language, _)| *language).unwrap_or_default();
        let wanted = [self.asked, "", "en"].into_iter().find(|wanted| has(wanted)).unwrap_or(first);
        let chosen: Vec<&str> =
            stated.iter().filter(|(language, _)| speaks(language, wanted)).map(|(_, text)| text.as_str()).collect();
        if !wanted.is_empty() && wanted != self.asked {
            let count = self.fallbacks.entry(wanted.to_owned()).or_default();
            *count = count.saturating_add(1);
        }
        chosen.join("\n")
    }

    /// The text of a child of one of these names, where it has any.
    pub fn child(&mut self, element: &Element, names: &[&str]) -> Option<String> {
        let holder = element.child(names)?;
        Some(self.text(holder)).filter(|text| !text.is_empty())
    }

    /// The label of an element or a refType; its name as it stands where there are no words for it.
    pub fn label(&self, name: &str) -> String {
        let code = format!("dcc-label-{}", name.trim_end_matches("XMLList"));
        if self.words.knows(&code) { self.words.say(&code, &[]) } else { name.to_owned() }
    }

    /// What a keyword of the schema means, with the keyword itself; other texts as they stand.
    pub fn keyword(&self, keyword: &str) -> String {
        let code = format!("dcc-keyword-{keyword}");
        let is_code = !keyword.is_empty() && keyword.chars().all(|letter| letter.is_ascii_alphanumeric());
        match self.words.say(&code, &[]) {
            said if is_code && said != code && said != keyword => format!("{said} ({keyword})"),
            _ => keyword.to_owned(),
        }
    }

    /// Which languages stood in for the asked one, and how often.
    pub fn fallbacks(&self) -> Option<String> {
        let listed = self.fallbacks.iter().map(|(language, count)| format!("{language} × {count}"));
        let listed: Vec<String> = listed.collect();
        let languages = listed.join(", ");
        (!listed.is_empty()).then(|| self.words.say("dcc-show-fallback", &[("languages", &languages)]))
    }
}

/// Whether a text marked so is in the language: `zh-CN` is `zh`.
fn speaks(marked: &str, language: &str) -> bool {
    marked.split('-').next().unwrap_or_default().eq_ignore_ascii_case(language)
}
