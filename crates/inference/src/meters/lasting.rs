//! What happened to meters and lasts: it is kept with what is known of them, for readings to come.

use serde::{Deserialize, Serialize};

use super::assessment::{MeterAssessment, State};
use super::change::{Change, Kind};
use super::district::District;
use super::energy::Energies;
use super::still::Still;

/// A stop or a bypass that had not ended when the readings did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lasting {
    /// The meter.
    pub meter: String,
    /// What happened.
    pub kind: Kind,
    /// Since when, in seconds of the readings' clock.
    pub since_s: i64,
    /// What the home drew before its register stood still.
    pub used_kw: f64,
}

fn of<'a>(known: &'a [Lasting], meter: &str, kind: Kind) -> Option<&'a Lasting> {
    known.iter().find(|lasting| lasting.meter == meter && lasting.kind == kind)
}

/// Readings in which a register that stood still moves again: what it said before that was never read.
pub fn without_stands(district: &District, known: &[Lasting]) -> Option<District> {
    let mut mended: Option<District> = None;
    for (row, meter) in district.meters.iter().enumerate() {
        if of(known, &meter.id, Kind::Stop).is_none() {
            continue;
        }
        let mut read = meter.register_kwh.iter().copied().enumerate().filter(|(_, value)| value.is_finite());
        let Some((_, first)) = read.next() else { continue };
        // The last reading before it moves stays: the register was exchanged or freed between the two.
        if let Some((moved, _)) = read.find(|(_, value)| (value - first).abs() > 1e-9) {
            let meter = mended.get_or_insert_with(|| district.clone()).meters.get_mut(row);
            meter.into_iter().flat_map(|meter| meter.register_kwh.iter_mut().take(moved)).for_each(|v| *v = f64::NAN);
        }
    }
    mended
}

/// What is known of those that stand still, and the bypasses that go on from the beginning.
pub fn carried(known: &[Lasting], district: &District, energies: &mut Energies) -> Vec<Change> {
    let mut changes = Vec::new();
    for (row, meter) in district.meters.iter().enumerate() {
        let stopped = of(known, &meter.id, Kind::Stop).map(|stop| stop.used_kw);
        if let (Some(Some(Still { used_kw, .. })), Some(_)) = (energies.still.get_mut(row), stopped) {
            *used_kw = stopped;
        } else if of(known, &meter.id, Kind::Bypass).is_some() {
            changes.push(Change { meter: row, kind: Kind::Bypass, from: 0, evidence: 0.0, rival: None });
        }
    }
    changes
}

/// Since when a meter has been what it is, where that began before these readings.
pub fn since_s(known: &[Lasting], meter: &str, kind: Kind, from: usize) -> Option<i64> {
    of(known, meter, kind).filter(|_| from == 0).map(|lasting| lasting.since_s)
}

/// What lasts at the end of these readings.
pub fn lasting(meters: &[MeterAssessment], energies: &Energies, known: &[Lasting]) -> Vec<Lasting> {
    let of_row = |(row, meter): (usize, &MeterAssessment)| {
        let kind = match meter.state {
            State::Stopped => Kind::Stop,
            State::Bypassed => Kind::Bypass,
            _ => return None,
        };
        let usual = energies.usual.get(row).and_then(Option::as_ref);
        let mean = usual.map(|usual| usual.iter().sum::<f64>() / usual.len().max(1) as f64 / energies.hours);
        let before = of(known, &meter.meter, kind).map(|lasting| lasting.used_kw);
        let since_s = meter.since_s?;
        Some(Lasting { meter: meter.meter.clone(), kind, since_s, used_kw: mean.or(before).unwrap_or(0.0) })
    };
    meters.iter().enumerate().filter_map(of_row).collect()
}
