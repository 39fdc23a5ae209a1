//! Somebody as a page names them: by name, or by the house of a person whose name is not public.

use heng_rule::Words as Said;
use heng_wording::Words;

use crate::frame::one_of;

/// The name, or what stands for it.
pub(crate) fn who(id: &str, name: Option<&Said>, of: Option<&Said>, words: &Words) -> String {
    match (name, of) {
        (Some(name), _) => one_of(name, words.language()).to_owned(),
        (None, Some(of)) => words.say("portal-person-of", &[("organisation", one_of(of, words.language()))]),
        (None, None) => id.to_owned(),
    }
}
