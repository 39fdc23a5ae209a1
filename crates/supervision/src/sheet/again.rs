//! What a sheet begins with where the thing was calibrated before: the places at which it was, and nothing that is to be found out.

use heng_quantity::Reported;
use heng_rule::Rule;
use heng_statement::Certificate;

use super::{Typed, field};

/// The places of an earlier calibration by the same rule, as one types them. Whoever calibrates may clear, change and add.
pub fn again(rule: &Rule, earlier: &Certificate) -> Typed {
    let mut typed = Typed::new();
    for item in rule.items() {
        let points = earlier.results.iter().find(|result| result.item == item.name).map(|result| &result.points);
        for (place, point) in points.into_iter().flatten().enumerate() {
            for set in &point.conditions {
                let column = item.column.iter().find(|column| column.name == set.name);
                let text = match column.and_then(|column| column.unit.as_ref()) {
                    Some(unit) => set.quantity.converted_to(unit).ok().map(|stated| stated.value.to_string()),
                    None => Some(with_unit(&set.quantity)),
                };
                typed.extend(text.map(|text| (field(&item.name, place + 1, &set.name), text)));
            }
        }
    }
    typed
}

/// A quantity as one types it, all its digits with the unit behind them.
pub fn with_unit(stated: &Reported) -> String {
    format!("{} {}", stated.value, stated.unit.symbol())
}
