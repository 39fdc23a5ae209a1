//! How measurement standards change between their calibrations, so that an earlier certificate does not say what a later one says.
//!
//! A standard of the earlier generation is off by less than what its own comparison allows for drift; one that realises its unit, by less than a
//! third of its U. What is compared with it is moved along, so that every value is still the result of the certificate above it.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use heng_rule::record::Input;
use heng_rule::{Cell, Row};

use super::chance::Chance;
use crate::founding::FoundingStandard;

/// Moves the values of standards to what they were a generation earlier; each stands after those it was compared with.
pub(super) fn earlier(standards: &mut [FoundingStandard], chance: &mut Chance) {
    let mut moved: BTreeMap<(String, String), Decimal> = BTreeMap::new();
    for FoundingStandard { id, against, observations, .. } in standards {
        for row in observations.values_mut().flatten() {
            let Some(nominal) = nominal(row) else { continue };
            let own = off(row, chance);
            let above = against.iter().find_map(|above| moved.get(&(above.clone(), nominal.clone())));
            let above = above.cloned().unwrap_or_else(Decimal::zero);
            shift(row, "value", &own);
            shift(row, "standard", &above);
            shift(row, "difference", &(&own - &above));
            moved.insert((id.clone(), nominal), own);
        }
    }
}

fn nominal(row: &Row) -> Option<String> {
    match row.get("nominal")? {
        Cell::Quantity(nominal) => Some(nominal.value.to_string()),
        _ => None,
    }
}

/// How far a value was from what it is now: whole steps of a digit that its certificate states, at least one.
fn off(row: &Row, chance: &mut Chance) -> Decimal {
    let (most, exponent) = match (row.get("drift"), row.get("value")) {
        // The first digit of what is allowed for drift is never finer than the last one of U, of which it is a part.
        (Some(Cell::Input(Input { half_width: Some(allowed), .. })), _) => {
            let digits = allowed.coefficient().to_string();
            (digits.get(..1).and_then(|first| first.parse().ok()), allowed.leading_exponent())
        }
        (_, Some(Cell::Input(Input { expanded_uncertainty: Some(expanded), .. }))) => {
            let steps = expanded.coefficient().to_string().parse::<u64>().ok();
            (steps.map(|steps| steps / 3), Some(expanded.exponent()))
        }
        _ => (None, None),
    };
    let (Some(most), Some(exponent)) = (most, exponent) else { return Decimal::zero() };
    let sign = if chance.happens(500) { "-" } else { "" };
    let text = format!("{sign}{}e{exponent}", chance.between(1, most.max(1)));
    text.parse().unwrap_or_else(|_| Decimal::zero())
}

fn shift(row: &mut Row, column: &str, by: &Decimal) {
    if let Some(Cell::Input(input)) = row.get_mut(column) {
        input.value = &input.value + by;
    }
}
