//! Errors of piles from a file of sessions, held against a table of the truth.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::print_stdout)]

use heng_inference::piles::{Settings, infer};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let start = Instant::now();
    let table = heng_telemetry::sessions::read(arguments[1].as_ref(), 2.0).unwrap();
    println!("read {:?}", start.elapsed());
    let inference = infer(&table.sessions, &[], &Settings::of_limit(2.0));
    println!("inferred {:?}", start.elapsed());
    let mut shown = inference.clone();
    shown.piles.clear();
    println!("{shown:#?}");
    let Some(truth) = arguments.get(2) else { return };
    let truth: std::collections::BTreeMap<String, (f64, i64, bool)> = std::fs::read_to_string(truth)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0].to_owned(), (cells[1].parse().unwrap(), cells[4].parse().unwrap(), cells[2] == "True"))
        })
        .collect();
    for (name, is_of) in [("all", 0), ("public", 1), ("depot", 2)] {
        let rows: Vec<_> = table
            .piles
            .iter()
            .zip(&inference.piles)
            .map(|(name, row)| (row, truth[&name.to_string()]))
            .filter(|(_, (_, fleet, _))| is_of == 0 || (*fleet >= 0) == (is_of == 2))
            .collect();
        let n = rows.len() as f64;
        let rmse = (rows.iter().map(|(row, (t, _, _))| (row.error_percent - t).powi(2)).sum::<f64>() / n).sqrt();
        let mean = rows.iter().map(|(row, (t, _, _))| row.error_percent - t).sum::<f64>() / n;
        let u = (rows.iter().map(|(row, _)| row.u_percent.powi(2)).sum::<f64>() / n).sqrt();
        let covered = rows.iter().filter(|(row, (t, _, _))| row.low_percent <= *t && *t <= row.high_percent).count();
        println!("{name}: n {n} rmse {rmse:.4} u {u:.4} mean {mean:.4} coverage {:.4}", covered as f64 / n);
        let beyond = rows.iter().filter(|(_, (t, _, _))| t.abs() > 2.0).count() as f64;
        let listed = rows.iter().filter(|(row, _)| row.listed).count() as f64;
        let hits = rows.iter().filter(|(row, (t, _, _))| row.listed && t.abs() > 2.0).count() as f64;
        println!("   listed: recall {:.3} precision {:.3}", hits / beyond, hits / listed);
        for threshold in [0.3, 0.4, 0.5, 0.7, 0.9, 0.95] {
            let flagged = rows.iter().filter(|(row, _)| row.p_beyond_limit >= threshold);
            let (mut hit, mut all, mut hit_bad) = (0, 0, 0);
            for (_, (t, _, bad)) in flagged {
                all += 1;
                hit += usize::from(t.abs() > 2.0);
                hit_bad += usize::from(*bad);
            }
            let beyond = rows.iter().filter(|(_, (t, _, _))| t.abs() > 2.0).count();
            let bad = rows.iter().filter(|(_, (_, _, bad))| *bad).count();
            println!(
                "   p≥{threshold}: |e|>2 recall {:.3} precision {:.3}; bad recall {:.3} precision {:.3} ({beyond} {bad})",
                hit as f64 / beyond as f64,
                hit as f64 / all as f64,
                hit_bad as f64 / bad as f64,
                hit_bad as f64 / all as f64
            );
        }
        let mut reasons = std::collections::BTreeMap::<&str, usize>::new();
        for (row, _) in &rows {
            *reasons.entry(row.reason.code()).or_default() += 1;
        }
        println!("   {reasons:?}");
        let mut bands = std::collections::BTreeMap::<u32, (usize, usize, f64)>::new();
        for (row, (t, _, _)) in &rows {
            let band = bands.entry(row.sessions.max(1).ilog2()).or_default();
            band.0 += 1;
            band.1 += usize::from(row.low_percent <= *t && *t <= row.high_percent);
            band.2 += ((row.error_percent - t) / row.u_percent).powi(2);
        }
        for (band, (n, covered, z)) in bands {
            println!("   sessions≥{}: {n} coverage {:.3} z² {:.3}", 1 << band, covered as f64 / n as f64, z / n as f64);
        }
    }
}
