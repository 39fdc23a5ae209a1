//! What would close the gaps of a coverage: the cheapest of what was proposed.

use jiff::civil::Date;

use super::cover::{Candidate, ClosingSet, closing_set};
use super::evidence::Evidence;
use super::measure::Measure;
use super::read::Plan;

/// The number of a proposal that says what it costs.
const COST: &str = "cost";

impl Plan {
    /// The cheapest set of proposals that closes the gaps of an indicator on a day; nothing where it is no coverage, has no gap, or where nothing
    /// is proposed.
    pub fn closing(&self, indicator: &str, evidence: &Evidence, day: Date) -> Option<ClosingSet> {
        let Measure::Coverage(_, covering) = self.measure(indicator)? else { return None };
        let proposes = |kind: &&super::stated::Entry<super::text::EvidenceKind>| {
            kind.proposes.as_ref().is_some_and(|of| **of == *covering.facts.kind)
        };
        let kind = self.evidence.iter().find(proposes)?;
        let gaps = self.amount(indicator, evidence, day, &|_| true).gaps;
        let proposed = evidence.of_kind(&kind.id).filter(|(_, fact)| fact.holds(day));
        let candidates: Vec<Candidate> = proposed
            .map(|(_, fact)| Candidate {
                id: fact.subject.clone(),
                // A cost is in whole yuan; what is stated otherwise costs the most.
                cost: fact.numbers.get(COST).and_then(|cost| cost.to_string().parse().ok()).unwrap_or(u64::MAX >> 16),
                covers: fact.stated(&covering.name).map(str::to_owned).collect(),
            })
            .collect();
        (!gaps.is_empty() && !candidates.is_empty()).then(|| closing_set(&gaps, &candidates))
    }
}
