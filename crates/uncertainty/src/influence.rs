//! Uncertainty budgets whose lines have identities, so that results of different files are correlated where they rest on the same thing.

mod crossed;
mod distribution;
mod joined;
mod number;

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Finding, Unit};
use serde::{Deserialize, Serialize};

use crate::correlation::Correlations;
use crate::input::{Input, Shape};
use crate::linear::OutputEvaluation;

use crossed::Crossed;
pub(crate) use joined::{Clash, Joined, Own, joined};

/// A stated u² must be the sum of its components to this part of their squares: above the rounding of sums, below any digit that is read.
const ROUNDING: f64 = 1e-9;

/// A quantity at the bottom of budgets. One identity is one quantity, in whatever file.
///
/// It is what GTC calls an elementary uncertain number; in the words of VIM 2.50 an input quantity that no other one was found from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Influence {
    /// Which thing it is, for example a result of a certificate by the hash of that.
    pub identity: String,
    /// What people call it; nothing follows from it.
    pub label: String,
    /// What was evaluated, where that is known; else only what it contributes is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<InfluenceEvaluation>,
    /// ν; infinite where it is absent.
    #[serde(default = "number::infinite", with = "number", skip_serializing_if = "number::is_infinite")]
    pub degrees_of_freedom: f64,
}

/// The estimate of an influence and what is known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfluenceEvaluation {
    /// x.
    #[serde(with = "number")]
    pub estimate: f64,
    /// Its unit; widths are in the unit of differences.
    pub unit: Unit,
    /// The distribution about it.
    #[serde(with = "distribution")]
    pub distribution: Shape,
}

/// What an influence contributes to a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Of which influence.
    pub identity: String,
    /// c u(x) with the sign of c, in the unit of the result's differences.
    ///
    /// Source: JCGM 100:2008, 5.1.3, where it is without its sign, and F.1.2.3, which needs the sign.
    #[serde(with = "number")]
    pub component: f64,
}

/// A result with what its uncertainty is made of (VIM 2.33, uncertainty budget).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Its name in the file.
    pub result: String,
    /// Its unit; absent where the file knows no units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// y.
    #[serde(with = "number")]
    pub estimate: f64,
    /// u(y), in the unit of differences.
    #[serde(with = "number")]
    pub standard_uncertainty: f64,
    /// ν_eff; infinite, or not known by the formula of Welch and Satterthwaite, where it is absent.
    #[serde(default = "number::infinite", with = "number", skip_serializing_if = "number::is_infinite")]
    pub degrees_of_freedom: f64,
    /// What the influences contribute, those that contribute nothing left out.
    pub components: Vec<Component>,
}

/// r of two influences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfluenceCorrelation {
    /// Their identities.
    pub between: [String; 2],
    /// r.
    #[serde(with = "number")]
    pub coefficient: f64,
}

/// What a file says of its results: the budgets, and the influences that they share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    /// Each once.
    pub influences: Vec<Influence>,
    /// Of influences; pairs that are not named are independent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<InfluenceCorrelation>,
    /// The results.
    pub results: Vec<Budget>,
}

impl Influence {
    /// u of what was evaluated; 1 where only contributions are known.
    pub fn standard_uncertainty(&self) -> f64 {
        self.evaluation.as_ref().map_or(1.0, |evaluation| evaluation.distribution.standard_uncertainty())
    }
}

impl Budget {
    /// u² = Σᵢ Σⱼ uᵢ(y) uⱼ(y) r(xᵢ, xⱼ), from the components and the correlations of their influences.
    ///
    /// Source: JCGM 100:2008, 5.2.2 (16).
    pub fn combined(&self, correlations: &[InfluenceCorrelation]) -> f64 {
        Crossed::of(correlations).combined(&self.components).0
    }
}

impl Budgets {
    /// The results of an evaluation by the law of propagation, with the identities that `identity` gives to its inputs and the influences that
    /// some of them already are.
    pub fn of(
        outputs: &[OutputEvaluation],
        correlations: &Correlations,
        identity: &dyn Fn(&str) -> String,
        known: &dyn Fn(&str) -> Option<Influence>,
    ) -> Self {
        let mut budgets = Self::default();
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for output in outputs {
            let lines = output.budget.iter().filter(|line| line.contribution > 0.0);
            let mut components = Vec::new();
            for line in lines {
                let found = known(&line.input);
                let identity = found.as_ref().map_or_else(|| identity(&line.input), |known| known.identity.clone());
                let component = line.sensitivity * line.standard_uncertainty;
                components.push(Component { identity: identity.clone(), component });
                if names.insert(&line.input) {
                    budgets.influences.push(found.unwrap_or_else(|| Influence {
                        identity,
                        label: line.input.clone(),
                        evaluation: Some(InfluenceEvaluation {
                            estimate: line.estimate,
                            unit: line.unit.clone(),
                            distribution: line.shape,
                        }),
                        degrees_of_freedom: line.degrees_of_freedom,
                    }));
                }
            }
            let estimate = &output.estimate;
            budgets.results.push(Budget {
                result: output.name.clone(),
                unit: Some(estimate.unit.clone()),
                estimate: estimate.value,
                standard_uncertainty: estimate.standard_uncertainty,
                degrees_of_freedom: if output.effective_degrees_hold {
                    estimate.degrees_of_freedom
                } else {
                    f64::INFINITY
                },
                components,
            });
        }
        let of = |name: &str| known(name).map_or_else(|| identity(name), |known| known.identity);
        let pairs = correlations
            .pairs()
            .iter()
            .filter(|(one, other, r)| *r != 0.0 && names.contains(one.as_str()) && names.contains(other.as_str()));
        budgets.correlations = pairs
            .map(|(one, other, r)| InfluenceCorrelation { between: [of(one), of(other)], coefficient: *r })
            .collect();
        budgets
    }

    /// The same with u and ν of every result computed from its components.
    ///
    /// u as in [`Budget::combined`]; ν_eff = u⁴/Σᵢ uᵢ⁴/νᵢ where no influence of finite ν is correlated, else it is left out.
    ///
    /// Source: JCGM 100:2008, 5.2.2 (16), G.4.1 (G.2b).
    pub fn summed(mut self) -> Self {
        let degrees: BTreeMap<&str, f64> =
            self.influences.iter().map(|one| (one.identity.as_str(), one.degrees_of_freedom)).collect();
        let of = |identity: &str| degrees.get(identity).copied().unwrap_or(f64::INFINITY);
        let crossed = Crossed::of(&self.correlations);
        for budget in &mut self.results {
            let (combined, correlations) = crossed.combined(&budget.components);
            budget.standard_uncertainty = combined;
            let holds = correlations.iter().all(|correlation| {
                let [one, other] = &correlation.between;
                correlation.coefficient == 0.0 || (of(one).is_infinite() && of(other).is_infinite())
            });
            let fourth = |x: f64| x * x * x * x;
            let denominator: f64 = budget.components.iter().map(|one| fourth(one.component) / of(&one.identity)).sum();
            budget.degrees_of_freedom = if holds && denominator > 0.0 {
                fourth(budget.standard_uncertainty) / denominator
            } else {
                f64::INFINITY
            };
        }
        self
    }

    /// The result with this name; the only one where none is named.
    ///
    /// Errors: none of this name; several, of which none is named.
    pub fn result(&self, name: Option<&str>) -> Result<&Budget, Finding> {
        let names = || self.results.iter().map(|budget| budget.result.as_str()).collect::<Vec<_>>().join(", ");
        match (name, self.results.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(Finding::error("model-from-which").with("known", names())),
            (Some(name), results) => results
                .iter()
                .find(|budget| budget.result == name)
                .ok_or_else(|| Finding::error("model-from-result").with("result", name).with("known", names())),
        }
    }

    /// Whether it can be true: identities once, every component of an influence that is named, numbers that quantities can have, and each u
    /// the sum of its components.
    ///
    /// Errors: what is wrong, with the result or the identity that it is about.
    pub fn check(&self) -> Result<(), Finding> {
        let wrong = |about: &str, code: &str| Err(Finding::error(code).with("about", about));
        let mut known = BTreeSet::new();
        for influence in &self.influences {
            let u = influence.standard_uncertainty();
            let degrees = influence.degrees_of_freedom;
            if !(u.is_finite() && u >= 0.0 && degrees > 0.0) {
                return wrong(&influence.identity, "budget-uncertainty");
            }
            if !known.insert(influence.identity.as_str()) {
                return wrong(&influence.identity, "budget-identity-twice");
            }
        }
        for correlation in &self.correlations {
            let [one, other] = &correlation.between;
            let is_known = known.contains(one.as_str()) && known.contains(other.as_str()) && one != other;
            if !is_known || !(-1.0..=1.0).contains(&correlation.coefficient) {
                return wrong(one, "budget-correlation");
            }
        }
        let mut names = BTreeSet::new();
        let crossed = Crossed::of(&self.correlations);
        for budget in &self.results {
            if !names.insert(budget.result.as_str()) {
                return wrong(&budget.result, "budget-result-twice");
            }
            if budget.components.iter().any(|one| !known.contains(one.identity.as_str())) {
                return wrong(&budget.result, "budget-component-unknown");
            }
            let (u, sum) = (budget.standard_uncertainty, crossed.combined(&budget.components).0);
            // Where components cancel, what is left has their rounding.
            let all: f64 = budget.components.iter().map(|one| one.component * one.component).sum();
            if !(u >= 0.0 && libm::fabs(sum * sum - u * u) <= ROUNDING * all) {
                return wrong(&budget.result, "budget-sum");
            }
        }
        Ok(())
    }
}

impl InfluenceEvaluation {
    /// The evaluation of an input.
    pub fn of(input: &Input) -> Self {
        Self { estimate: input.estimate, unit: input.unit.clone(), distribution: input.shape }
    }
}
