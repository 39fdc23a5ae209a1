//! What was proposed and would close the gaps of a coverage.

use heng_rule::plan::cover::{Bound, ClosingSet};
use heng_wording::Words;

/// The cheapest proposals, as the page says them.
pub(crate) struct Closing {
    /// How many, what they cost, and how sure it is that nothing is cheaper.
    pub(crate) said: String,
    /// Their names.
    pub(crate) chosen: Vec<String>,
    /// The gaps for which nothing is proposed.
    pub(crate) not_proposed: Option<String>,
}

/// The sentences of a closing set.
pub(crate) fn closing(set: &ClosingSet, named: &dyn Fn(&str) -> String, words: &Words) -> Closing {
    let bound = match set.bound {
        Bound::Exact => words.say("plan-why-closing-exact", &[]),
        Bound::Greedy { factor, .. } => {
            words.say("plan-why-closing-greedy", &[("factor", format!("{factor:.2}").as_str())])
        }
    };
    let count = set.chosen.len().to_string();
    let cost = set.cost.to_string();
    let open = set.impossible.len();
    Closing {
        said: words.say("plan-why-closing", &[("count", &count), ("cost", &cost), ("bound", &bound)]),
        chosen: set.chosen.iter().map(|id| named(id)).collect(),
        not_proposed: (open > 0).then(|| words.say("plan-why-not-proposed", &[("count", open.to_string().as_str())])),
    }
}
