//! What a rule makes of a record: results with their limits, and the verdict.

use heng_quantity::{Decimal, Reported};
use serde::{Deserialize, Serialize};

use crate::{Citation, RuleReference, Words};

/// What a comparison with a limit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 合格.
    Conforms,
    /// 不合格.
    DoesNotConform,
    /// The decision rule cannot decide with this uncertainty.
    NotDecidable,
}

/// A quantity value with the name it has in the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The rule's name, for example `load`.
    pub name: String,
    /// The symbol a reader knows, for example `L` or `E`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The column's heading.
    pub label: Words,
    /// The value.
    pub quantity: Reported,
}

/// A word with the name it has in the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedWord {
    /// The rule's name, for example `position`.
    pub name: String,
    /// The column's heading.
    pub label: Words,
    /// The word, as recorded.
    pub word: String,
}

/// The permitted interval of a result, in the result's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Not below this, if bounded below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<Reported>,
    /// Not above this, if bounded above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<Reported>,
    /// Where the limit comes from.
    pub citation: Citation,
}

impl Limit {
    /// Whether it is of an error: it permits values on both sides of zero, so that a sign is always shown.
    pub fn is_of_error(&self) -> bool {
        self.lower.as_ref().is_some_and(|end| end.value.is_negative())
            && self.upper.as_ref().is_some_and(|end| !end.value.is_negative() && !end.value.is_zero())
    }
}

impl Limit {
    /// The larger bound (MPEV), whatever its sign; nothing where there is no bound.
    pub fn larger_bound(&self) -> Option<Decimal> {
        let bounds = [&self.lower, &self.upper].into_iter().flatten();
        bounds.map(|bound| bound.value.abs()).max_by(Decimal::numeric_cmp)
    }

    /// Whether a value in the limit's unit keeps to it by a margin, which may be below zero.
    pub fn is_kept_by(&self, value: &Decimal, margin: &Decimal) -> bool {
        let above = self.lower.as_ref().is_none_or(|lower| (value - margin).numeric_cmp(&lower.value).is_ge());
        let below = self.upper.as_ref().is_none_or(|upper| (value + margin).numeric_cmp(&upper.value).is_le());
        above && below
    }
}

/// One line of an uncertainty budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The input's name in the model.
    pub input: String,
    /// What it is.
    pub label: Words,
    /// xᵢ.
    pub estimate: Reported,
    /// u(xᵢ), in the unit of the estimate.
    pub standard_uncertainty: Decimal,
    /// ν; absent means infinite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<Decimal>,
    /// |cᵢ|·u(xᵢ), in the unit of the result.
    pub contribution: Reported,
    /// Which thing the input is: the value of a standard by its certificate, `statement:HASH#item/point`; what was observed or evaluated here by its
    /// place in the record, `#item/point/input`. Absent in what was certified before budgets had identities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// cᵢ = ∂f/∂xᵢ with its sign, in the unit of the result for one unit of the estimate; there with the identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Decimal>,
}

/// r of two inputs of a budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetCorrelation {
    /// Their names in the budget.
    pub between: [String; 2],
    /// r.
    pub coefficient: Decimal,
}

/// The result at one point of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointResult {
    /// What was set: load, flow, nominal value …
    pub conditions: Vec<Named>,
    /// What was set and is no quantity: position, kind of load …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<NamedWord>,
    /// What was observed, as recorded (means where the rule asks for them).
    pub observed: Vec<Named>,
    /// What was computed, rounded by the rule, with its uncertainty.
    pub result: Named,
    /// The permitted interval, where the rule has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Effective degrees of freedom of the result's uncertainty, where the rule states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees_of_freedom: Option<Decimal>,
    /// How the uncertainty is made up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budget: Vec<Contribution>,
    /// Which inputs of the budget are correlated; there with the identities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<BudgetCorrelation>,
    /// What the trials gave, where the result is by a Monte Carlo method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trials: Option<TrialsResult>,
}

/// The trials of a Monte Carlo method (JCGM 101:2008, 7), as far as a reader sees them. Whoever runs the rule again gets the same counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialsResult {
    /// How many there were.
    pub count: u64,
    /// The seed of their random numbers.
    pub seed: u64,
    /// Where the first bin begins, in the unit of the result.
    pub from: Decimal,
    /// Where the last bin ends.
    pub to: Decimal,
    /// How many values fell into each bin; all bins are equally wide.
    pub bins: Vec<u64>,
}

impl PointResult {
    /// Whether the lines of its budget have identities.
    pub fn is_identified(&self) -> bool {
        self.budget.iter().any(|line| line.identity.is_some())
    }

    /// The same without identities, as it was certified before budgets had them.
    pub fn without_identities(&self) -> Self {
        let mut plain = self.clone();
        for line in &mut plain.budget {
            line.identity = None;
            line.sensitivity = None;
        }
        plain.correlations.clear();
        plain
    }
}

/// One item of a rule (检定项目, 校准项目), carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemResult {
    /// The rule's name, for example `weighing`.
    pub item: String,
    /// Its title.
    pub title: Words,
    /// Where the item comes from.
    pub citation: Citation,
    /// The measurement model as text, where the item has one: `E = I + e/2 - dL - L`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Point by point; empty for a qualitative item.
    pub points: Vec<PointResult>,
    /// The item as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// What the rule says of the whole record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The answer.
    pub outcome: Outcome,
    /// The rule that gave it.
    pub rule: RuleReference,
    /// The class or grade it was given for, where the rule has classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Items that did not conform or could not be decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because_of: Vec<String>,
}
