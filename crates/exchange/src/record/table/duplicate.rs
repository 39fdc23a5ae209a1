//! The same instrument, or the same certificate number, twice in one file: nobody can say which is meant, so neither is used.

use std::collections::BTreeMap;

use heng_quantity::Finding;

use crate::record::{RecordAt, Records};

/// The records that stand once; each of the others gives a finding.
pub(in crate::record) fn without_duplicates(mut read: Records) -> Records {
    let mut instruments: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    let mut numbers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, at) in read.records.iter().enumerate() {
        let instrument = &at.record.instrument;
        let serial = vec![instrument.manufacturer.zh.clone(), instrument.model.clone(), instrument.serial.clone()];
        let key = instrument.id.clone().map_or(serial, |id| vec![id]);
        instruments.entry([vec![at.record.rule.clone()], key].concat()).or_default().push(place);
        if let Some(number) = &at.record.number {
            numbers.entry(number.clone()).or_default().push(place);
        }
    }
    let mut lost: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    let groups = instruments.values().map(|places| ("record-instrument-twice", places));
    for (code, places) in groups.chain(numbers.values().map(|places| ("record-number-twice", places))) {
        if places.len() < 2 {
            continue;
        }
        let rows: Vec<String> =
            places.iter().filter_map(|place| read.records.get(*place)).map(|at| at.row.to_string()).collect();
        let listed = if rows.len() > 10 {
            format!("{} …", rows.iter().take(10).cloned().collect::<Vec<_>>().join(", "))
        } else {
            rows.join(", ")
        };
        for place in places {
            if let Some(at) = read.records.get(*place) {
                lost.entry(*place).or_default().push(finding(code, at, &listed));
            }
        }
    }
    let mut place = 0;
    read.records.retain(|_| {
        place += 1;
        !lost.contains_key(&(place - 1))
    });
    read.findings.extend(lost.into_values().flatten());
    read
}

fn finding(code: &str, at: &RecordAt, rows: &str) -> Finding {
    let value = if code == "record-number-twice" {
        at.record.number.clone().unwrap_or_default()
    } else {
        at.record.instrument.serial.clone()
    };
    let finding = Finding::error(code).with("value", value).with("rows", rows).with("row", at.row);
    match &at.sheet {
        Some(sheet) => finding.with("sheet", sheet),
        None => finding,
    }
}
