//! Piles whose error the log knows: those with a standing certificate before the first session.

use heng_inference::piles::{Anchor, WANDERS_PERCENT_A_YEAR};
use heng_office::Office;
use heng_telemetry::district::years_before;
use heng_telemetry::meter_rows::begin_s;
use heng_view::Inventory;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::infer::certified::last_found;

/// What the log knows of the piles of the sessions, up to the first day of them. `things` are the instruments by the rank of their piles.
///
/// With the mean error e of the loads of a certificate, its standard uncertainty u, half the width h between the lowest and the highest load, and the age a:
/// e ± √(u² + h²/3 + (w·a)²). Which load is charged at is not known, so that the error in service lies anywhere between (rectangular, JCGM 100, 4.3.7).
pub fn from_log(
    things: &[Option<String>],
    office: &Office,
    inventory: &Inventory,
    begins_on: Date,
) -> Result<Vec<Anchor>, Failure> {
    let mut anchors = Vec::new();
    for (thing, pile) in things.iter().zip(0..) {
        let Some(thing) = thing else { continue };
        let Some((found, on)) = last_found(office, inventory, thing, begins_on)? else { continue };
        let Some(years) = begin_s(begins_on).and_then(|first_s| years_before(first_s, on)) else { continue };
        let (u, wander) = (found.error.standard_uncertainty, WANDERS_PERCENT_A_YEAR * years);
        let variance = u * u + found.half_range * found.half_range / 3.0 + wander * wander;
        anchors.push(Anchor { pile, error_percent: found.error.value, u_percent: variance.sqrt() });
    }
    Ok(anchors)
}
