//! What the uncertainty of one row is made of, down to what the rule demands of it.

use heng_quantity::{Decimal, Reported, RoundingRule, Uncertainty};
use heng_rule::rule::Item;
use heng_rule::{Demand, PointResult, Rule, Sufficiency};

use super::view::Drawing;
use crate::frame::one_of;
use crate::laboratory::refusal::clause;
use crate::public::answer::shape;

/// The budget of one row.
pub(super) struct Budget {
    pub(super) row: String,
    /// Source, its contribution, its share of the variance in per cent.
    pub(super) lines: Vec<(String, String, u32)>,
    /// u, where it is the root of the sum of the squares: where the inputs are not correlated.
    pub(super) combined: Option<String>,
    /// U, and k.
    pub(super) expanded: Option<(String, String)>,
    /// What the rule demands: what, as a sentence; shape and word of the answer; the clause; whether nobody has read it.
    pub(super) tests: Vec<Test>,
}

/// One demand on the uncertainty.
pub(super) struct Test {
    pub(super) what: String,
    pub(super) sentence: String,
    pub(super) shape: &'static str,
    pub(super) word: String,
    pub(super) clause: String,
    pub(super) is_unread: bool,
}

impl Drawing<'_> {
    /// The budget of the row whose uncertainty is largest.
    pub(super) fn budget(
        &self,
        (rule, item): (&Rule, &Item),
        points: &[Option<PointResult>],
        numbers: &[usize],
    ) -> Option<Budget> {
        let size = |point: &PointResult| -> f64 {
            point.budget.iter().map(|line| line.contribution.value.to_f64()).map(|one| one * one).sum()
        };
        let (number, point) = numbers
            .iter()
            .zip(points)
            .filter_map(|(number, point)| Some((number, point.as_ref()?)))
            .filter(|(_, point)| !point.budget.is_empty())
            .max_by(|one, other| size(one.1).total_cmp(&size(other.1)))?;
        let total = size(point);
        let lines = point.budget.iter().map(|line| {
            let contribution = line.contribution.value.to_f64();
            let share = if total > 0.0 { contribution * contribution / total * 100.0 } else { 0.0 };
            (
                one_of(&line.label, self.words.language()).to_owned(),
                line.contribution.value_text(),
                // A share of a picture: whole per cents are as fine as a bar can be drawn.
                share.clamp(0.0, 100.0) as u32,
            )
        });
        Some(Budget {
            row: self.words.say("sheet-budget-row", &[("row", &number.to_string())]),
            lines: lines.collect(),
            combined: combined(point).map(|u| u.value_text()).filter(|_| item.line.is_none()),
            expanded: match &point.result.quantity.uncertainty {
                Some(Uncertainty::Expanded { coverage_factor, .. }) => {
                    Some((point.result.quantity.uncertainty_text().unwrap_or_default(), coverage_factor.to_string()))
                }
                _ => None,
            },
            tests: rule.sufficiencies(item, point).iter().map(|one| self.test(one)).collect(),
        })
    }

    fn test(&self, one: &Sufficiency) -> Test {
        let what = match one.demand {
            Demand::OfStandards => "sheet-demand-standards",
            Demand::OfResult => "sheet-demand-result",
            Demand::ToDecide => "sheet-demand-decide",
        };
        // What is not good enough to decide by itself forbids nothing: the interval decides then.
        let (shape, word) = match (one.demand, one.holds) {
            (_, true) => (shape::GOOD, "sheet-demand-met"),
            (Demand::ToDecide, false) => (shape::UNKNOWN, "sheet-demand-by-interval"),
            (_, false) => (shape::BAD, "sheet-demand-not-met"),
        };
        let condition = one.condition.replace('*', "\u{a0}").replace("<=", "≤").replace("mpev", "MPEV");
        let data = [
            ("condition", condition.as_str()),
            ("expanded", &one.expanded.value_text()),
            ("mpev", &one.mpev.value_text()),
        ];
        Test {
            what: self.say(what),
            sentence: self.words.say("sheet-demand", &data),
            shape,
            word: self.say(word),
            clause: clause(&one.citation),
            is_unread: one.citation.confidence != heng_rule::Confidence::Read,
        }
    }
}

/// u from the lines of the budget, with as many digits as they have: three.
fn combined(point: &PointResult) -> Option<Reported> {
    let unit = point.budget.first()?.contribution.unit.clone();
    let squares: f64 = point.budget.iter().map(|line| line.contribution.value.to_f64()).map(|one| one * one).sum();
    let exact = Decimal::from_f64(libm::sqrt(squares))?;
    let value = exact.rounded(exact.leading_exponent()? - 2, RoundingRule::Gbt8170).normalized();
    Some(Reported { value, unit, uncertainty: None })
}
