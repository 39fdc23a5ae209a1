//! Whether an authorization covers what is done.

use std::cmp::Ordering;

use heng_quantity::Reported;

use crate::Scope;

/// What is done, as far as a scope can limit it. What is absent is not asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The rule applied, for example `jjg-539-2016`.
    pub rule: Option<String>,
    /// The kind of quantity, for example `mass`.
    pub quantity: Option<String>,
    /// The smallest value.
    pub from: Option<Reported>,
    /// The largest value.
    pub to: Option<Reported>,
    /// The smallest expanded uncertainty claimed.
    pub uncertainty: Option<Reported>,
    /// The district, as a code of GB/T 2260.
    pub district: Option<String>,
}

impl Subject {
    /// The application of a rule.
    pub fn rule(id: &str) -> Self {
        Self { rule: Some(id.to_owned()), ..Self::default() }
    }

    /// What happens in a district.
    pub fn district(code: &str) -> Self {
        Self { district: Some(code.to_owned()), ..Self::default() }
    }

    /// Whether the scopes cover it; an empty list covers everything.
    pub(super) fn is_covered_by(&self, scopes: &[Scope]) -> bool {
        scopes.is_empty() || scopes.iter().any(|scope| self.is_within(scope))
    }

    fn is_within(&self, scope: &Scope) -> bool {
        let same = |asked: &Option<String>, granted: &Option<String>| match (asked, granted) {
            (Some(asked), Some(granted)) => asked == granted,
            _ => true,
        };
        // A bound is compared only with what is asked; a value in a unit that cannot be compared is not covered.
        let ordered =
            |smaller: &Option<Reported>, larger: &Option<Reported>, compare: Comparison| match (smaller, larger) {
                (Some(smaller), Some(larger)) => {
                    matches!(compare(smaller, larger), Some(Ordering::Less | Ordering::Equal))
                }
                _ => true,
            };
        same(&self.rule, &scope.rule)
            && same(&self.quantity, &scope.quantity)
            && same(&self.district, &scope.district)
            && ordered(&scope.from, &self.from, of_values)
            && ordered(&scope.from, &self.to, of_values)
            && ordered(&self.from, &scope.to, of_values)
            && ordered(&self.to, &scope.to, of_values)
            && ordered(&scope.best_uncertainty, &self.uncertainty, of_differences)
    }
}

type Comparison = fn(&Reported, &Reported) -> Option<Ordering>;

fn of_values(left: &Reported, right: &Reported) -> Option<Ordering> {
    let conversion = left.unit.conversion_to(&right.unit).ok()?;
    Some(conversion.value(&left.value).cmp(&right.value.to_rational()))
}

/// An uncertainty is a difference: 1 °C of it is 1 K.
fn of_differences(left: &Reported, right: &Reported) -> Option<Ordering> {
    let conversion = left.unit.conversion_to(&right.unit).ok()?;
    Some(conversion.difference(&left.value).cmp(&right.value.to_rational()))
}
