//! Words of a document as a page shows them.

use heng_rule::plan::{Plan, Quote};
use heng_wording::Words;

use crate::frame::one_of;

/// A quote.
pub(crate) struct QuoteShown {
    /// The words, as they should read.
    pub(crate) text: String,
    /// The words as the copy has them, where those differ.
    pub(crate) copy: Option<String>,
    /// Where they stand: the document, its number, the section.
    pub(crate) place: String,
    /// Who is responsible, as the document says it.
    pub(crate) duties: String,
}

/// A quote in the reader's language; its words stay Chinese.
pub(crate) fn quote(plan: &Plan, quote: &Quote, words: &Words) -> QuoteShown {
    let document = plan.document(&quote.document);
    let title = document.map_or(&*quote.document, |document| one_of(&document.title, words.language()));
    let number = document.and_then(|document| document.number.clone()).unwrap_or_default();
    let data = [("document", title), ("number", number.as_str()), ("section", &*quote.section)];
    let code = if number.is_empty() { "plan-quote-place" } else { "plan-quote-place-numbered" };
    QuoteShown {
        text: quote.reads.clone().unwrap_or_else(|| quote.text.to_string()),
        copy: quote.reads.as_ref().map(|_| quote.text.to_string()),
        place: words.say(code, &data),
        duties: quote.duties.iter().map(|duty| duty.to_string()).collect::<Vec<_>>().join("；"),
    }
}

/// All of them.
pub(crate) fn quotes(plan: &Plan, all: &[Quote], words: &Words) -> Vec<QuoteShown> {
    all.iter().map(|one| quote(plan, one, words)).collect()
}
