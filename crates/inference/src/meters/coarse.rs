//! Readings that are too close for their registers: where most move by less than a few steps from one to the next, fewer readings say more.

use super::District;
use super::assessment::Assessment;
use super::energy::resolution;
use super::register::Register;

/// By how many steps half of the registers must move at least in an interval. Below that the steps of neighbouring readings depend on one another, and are no noise of boundaries any more.
const MOVES: f64 = 3.0;

/// Into how many of the readings one in so many is kept: parts of a day.
const EVERY: [usize; 10] = [2, 3, 4, 6, 8, 12, 16, 24, 48, 96];

/// How many intervals have to be taken together.
pub fn together(district: &District) -> usize {
    let intervals = district.times_s.len().saturating_sub(1);
    let day = district.times_s.first().zip(district.times_s.get(1)).map_or(0, |(a, b)| 86_400 / (b - a).max(1));
    let per_day = usize::try_from(day).unwrap_or(0);
    let steps: Vec<Option<f64>> = district.meters.iter().map(|meter| resolution(&meter.register_kwh)).collect();
    let moves = |register: &[f64], step: f64| {
        let read = |value: &&f64| value.is_finite();
        let moved = register.iter().rfind(read).zip(register.iter().find(read)).map_or(0.0, |(b, a)| (b - a).abs());
        moved / step / intervals.max(1) as f64
    };
    let mut seen: Vec<f64> = district
        .meters
        .iter()
        .zip(&steps)
        .filter_map(|(meter, step)| step.map(|step| moves(&meter.register_kwh, step)))
        .collect();
    seen.sort_by(f64::total_cmp);
    let Some(usual) = seen.get(seen.len() / 2).copied() else { return 1 };
    if usual >= MOVES {
        return 1;
    }
    let fits = |every: &&usize| per_day.is_multiple_of(**every) && **every <= per_day;
    let enough = EVERY.iter().filter(fits).find(|every| usual * **every as f64 >= MOVES);
    enough.or(EVERY.iter().rfind(fits)).copied().unwrap_or(1)
}

/// One reading in so many.
pub fn thinned(district: &District, every: usize) -> District {
    let of = |values: &[f64]| values.iter().copied().step_by(every).collect::<Vec<f64>>();
    let mut thin = district.clone();
    thin.times_s = district.times_s.iter().copied().step_by(every).collect();
    thin.head_kwh = of(&district.head_kwh);
    thin.head_voltage_v.iter_mut().for_each(|values| *values = of(values));
    for meter in &mut thin.meters {
        meter.register_kwh = of(&meter.register_kwh);
        meter.voltage_v = of(&meter.voltage_v);
    }
    thin
}

/// What is stated of all readings: the loss evenly over their intervals, and what they register.
pub fn restore(found: &mut Assessment, district: &District, every: usize) {
    let intervals = district.times_s.len().saturating_sub(1);
    let thin = std::mem::take(&mut found.district.loss_kwh);
    let of = |k: usize| thin.get(k / every).map_or(0.0, |kwh| kwh / every as f64);
    found.district.loss_kwh = (0..intervals).map(of).collect();
    let hours = district.times_s.first().zip(district.times_s.get(1)).map_or(0.25, |(a, b)| (b - a) as f64 / 3600.0);
    for (row, meter) in found.meters.iter_mut().zip(&district.meters) {
        if row.registered_kwh > 0.0 {
            row.registered_kwh = Register::new(&meter.register_kwh, hours).registered();
        }
    }
}
