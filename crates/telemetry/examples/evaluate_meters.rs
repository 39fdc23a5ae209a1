//! How well the meters of the feeders in a folder are judged, beside the truth.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, clippy::string_slice)]
use heng_inference::meters::{Settings, State, assessment};
use heng_telemetry::district::{Source, read};
use heng_telemetry::table::Table;

const FEEDERS: [&str; 5] = ["sb_rural1_13", "sb_semiurb4_41", "eulv55", "sb_urban6_111", "sb_urban6x2_222"];

fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let dir = arguments.next().unwrap();
    let mut settings = Settings::for_limit(2.0);
    let mut verbose = 0;
    let mut only = None;
    let mut volts = true;
    for argument in arguments {
        let (key, value) = argument.split_once('=').unwrap();
        let number = || value.parse::<f64>().unwrap();
        match key {
            "head" => settings.head_percent = number(),
            "usual" => settings.usual_percent = number(),
            "unusual" => settings.unusual_percent = number(),
            "share" => settings.unusual_share = number(),
            "loss" => settings.loss_relative = number(),
            "square" => settings.square_relative = number(),
            "day" => settings.day_relative = number(),
            "bypass" => settings.bypass_share = number(),
            "drift" => settings.drift_percent = number(),
            "driftshare" => settings.drift_share = number(),
            "own" => settings.own_loss_relative = number(),
            "clock" => settings.clock_percent = number(),
            "wrong" => settings.wrong_share = number(),
            "reach" => settings.reach = number(),
            "conf" => settings.confidence = number(),
            "v" => verbose = value.parse().unwrap(),
            "volts" => volts = value == "1",
            "only" => only = Some(value.to_owned()),
            _ => panic!(),
        }
    }
    for suffix in ["_sync", "_synchp", ""] {
        println!("== {}", if suffix.is_empty() { "raw" } else { suffix });
        let (mut found, mut total, mut flagged, mut right) = (0, 0, 0, 0);
        let (mut covered, mut decidable, mut all_covered, mut all, mut absolute) = (0, 0, 0, 0, 0.0);
        let (mut changes_found, mut changes_total, mut false_bypass, mut drift_found, mut drift_total, mut false_drift) =
            (0, 0, 0, 0, 0, 0);
        for feeder in FEEDERS {
            if only.as_ref().is_some_and(|o| o != feeder) {
                continue;
            }
            let source = |name: String| Source { bytes: std::fs::read(format!("{dir}/{name}")).unwrap(), name };
            let start = cpu();
            let district = read(
                source(format!("{feeder}_readings{suffix}.parquet")),
                volts.then(|| source(format!("{feeder}_voltages.parquet"))),
                Some(source(format!("{feeder}_meters_public.csv"))),
            )
            .unwrap();
            let middle = cpu();
            let Some(result) = assessment(&district, &settings) else {
                println!("{feeder}: none");
                continue;
            };
            let end = cpu();
            let truth = std::fs::read_to_string(format!("{dir}/truth/{feeder}_meters.csv")).unwrap();
            let energy =
                Table::read("truth", std::fs::read(format!("{dir}/truth/{feeder}_truth_energy.parquet")).unwrap())
                    .unwrap();
            let ends = &energy.column("ts_end").unwrap().values;
            let scale = if ends[0] > 1e14 {
                1e6
            } else if ends[0] > 1e11 {
                1e3
            } else {
                1.0
            };
            let first = ends.iter().position(|x| (*x / scale) as i64 == district.times_s[1]).unwrap();
            let loss = &energy.column("loss_true").unwrap().values[first..first + district.times_s.len() - 1];
            let fit = &result.district.loss_kwh;
            let mean = loss.iter().sum::<f64>() / loss.len() as f64;
            let square: f64 = loss.iter().map(|l| (l - mean) * (l - mean)).sum();
            let off = loss.iter().zip(fit).map(|(l, f)| l - f).sum::<f64>() / loss.len() as f64;
            let rest: f64 = loss.iter().zip(fit).map(|(l, f)| (l - f - off) * (l - f - off)).sum();
            let d = &result.district;
            println!(
                "{feeder}: read {:.3} s, infer {:.3} s; loss R² {:.4} true {:.3} % mean fit/true {:.4}, sd {:.4} kWh",
                middle - start,
                end - middle,
                1.0 - rest / square,
                100.0 * loss.iter().sum::<f64>() / energy.column("head_true").unwrap().values.iter().sum::<f64>(),
                1.0 - off / mean,
                (rest / loss.len() as f64).sqrt()
            );
            println!(
                "   head {:.3} ± {:.3} clock {:.2} jitter {:.2} disp {:.2} loss-unexpl {:.3} clocks {} scale {:.2} missing {:.2} usual {:.3} shapes {:?}",
                d.head_percent,
                d.head_u_percent,
                d.head_clock_s,
                d.head_jitter_s,
                d.dispersion,
                d.loss_unexplained,
                d.clocks_applied,
                d.clock_scale,
                d.missing_scale,
                d.usual_percent,
                d.shapes.iter().map(|(n, c)| format!("{n} {c:.3}")).collect::<Vec<_>>()
            );
            let mut z2 = 0.0;
            let mut nz = 0.0;
            for (line, meter) in truth.lines().skip(1).zip(&result.meters) {
                let cells: Vec<&str> = line.split(',').collect();
                assert_eq!(cells[0], meter.meter);
                let kind = cells[2];
                let mean: f64 = cells[4].parse().unwrap();
                let beyond = mean.abs() > 2.0;
                let changed = kind == "stopped" || kind == "theft";
                if kind == "out" {
                    total += 1;
                    found += usize::from(meter.state == State::Beyond);
                }
                if meter.state == State::Beyond {
                    flagged += 1;
                    right += usize::from(beyond);
                }
                if changed {
                    changes_total += 1;
                    changes_found += usize::from(
                        (kind == "stopped" && meter.state == State::Stopped)
                            || (kind == "theft" && meter.state == State::Bypassed),
                    );
                } else if matches!(meter.state, State::Stopped | State::Bypassed) {
                    false_bypass += 1;
                }
                if kind == "drift" {
                    drift_total += 1;
                    drift_found += usize::from(meter.state == State::Drifting);
                } else if meter.state == State::Drifting {
                    false_drift += 1;
                }
                let inside = mean >= meter.low_percent && mean <= meter.high_percent;
                if meter.decidable {
                    decidable += 1;
                    covered += usize::from(inside);
                }
                all += 1;
                all_covered += usize::from(inside);
                if (kind == "ok" || kind == "out")
                    && !matches!(meter.state, State::Bypassed | State::Stopped | State::Drifting)
                {
                    absolute += (meter.error_percent - mean).abs();
                    let z = (meter.error_percent - mean) / meter.u_percent;
                    z2 += z * z;
                    nz += 1.0;
                }
                if verbose > 1
                    || (verbose > 0
                        && (kind != "ok"
                            || matches!(
                                meter.state,
                                State::Beyond | State::Drifting | State::Stopped | State::Bypassed
                            )))
                {
                    println!(
                        "   {} {:7} true {:8.3} end {:>9} {:>7} | {:?} {:.3} ± {:.3} [{:.3}, {:.3}] now {:.2} p {:.3} {} {:?} since {:?} data u {:.3} mean kW {}",
                        meter.meter,
                        kind,
                        mean,
                        cells[5],
                        cells[6],
                        meter.state,
                        meter.error_percent,
                        meter.u_percent,
                        meter.low_percent,
                        meter.high_percent,
                        meter.now_percent,
                        meter.p_beyond_limit,
                        meter.decidable,
                        meter.reason,
                        meter.since_s.map(|s| (s - district.times_s[0]) as f64 / 86400.0),
                        meter.data_u_percent,
                        cells[15]
                    );
                }
            }
            let mut us: Vec<f64> = result.meters.iter().map(|m| m.data_u_percent).collect();
            us.sort_by(f64::total_cmp);
            println!(
                "   z rms {:.3}; data u quartiles {:.3} {:.3} {:.3}; states g {} b {} u {}",
                f64::sqrt(z2 / nz),
                us[us.len() / 4],
                us[us.len() / 2],
                us[us.len() * 3 / 4],
                result.meters.iter().filter(|m| m.state == State::Good).count(),
                result.meters.iter().filter(|m| m.state == State::Beyond).count(),
                result.meters.iter().filter(|m| m.state == State::Undecided).count()
            );
        }
        println!(
            "recall {found}/{total}; precision {right}/{flagged}; changes {changes_found}/{changes_total} false {false_bypass}; drift {drift_found}/{drift_total} false {false_drift}; coverage decidable {covered}/{decidable} = {:.3}, all {all_covered}/{all} = {:.3}; MAE ok+out {:.3}",
            covered as f64 / decidable.max(1) as f64,
            all_covered as f64 / all.max(1) as f64,
            absolute / all as f64
        );
    }
}
