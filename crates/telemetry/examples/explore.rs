//! scratch
use heng_inference::linear::*;
use heng_inference::meters::{energy::Energies, physics};
use heng_telemetry::district::{Source, read};
use heng_telemetry::table::Table;
fn fit(names: &[&str], cols: &[Vec<f64>], y: &[f64]) {
    let n = y.len();
    let m = cols.len();
    let mut x = Matrix::zero(m + 1, n);
    x.row_mut(0).fill(1.0);
    for (i, c) in cols.iter().enumerate() { x.row_mut(i + 1).copy_from_slice(c); }
    let mut g = Matrix::zero(m + 1, m + 1);
    add_gram(&mut g, &x, 0, n);
    let mut b: Vec<f64> = (0..=m).map(|i| dot(x.row(i), y)).collect();
    for i in 0..=m { let d = g.at(i, i); g.add(i, i, d * 1e-9); }
    Cholesky::new(&g).unwrap().solve(&mut b);
    let mean = y.iter().sum::<f64>() / n as f64;
    let (mut r, mut t) = (0.0, 0.0);
    for k in 0..n { let p: f64 = (0..=m).map(|i| b[i] * x.at(i, k)).sum(); r += (y[k] - p).powi(2); t += (y[k] - mean).powi(2); }
    println!("   {names:?} R² {:.4} rest sd {:.4} of mean {:.4} sd {:.4}: {:?}", 1.0 - r / t, (r / n as f64).sqrt(), mean, (t / n as f64).sqrt(), b.iter().map(|v| format!("{v:.4}")).collect::<Vec<_>>());
}
fn main() {
    let dir = "/work/shared/data/meters";
    for feeder in ["sb_rural1_13", "sb_semiurb4_41", "eulv55", "sb_urban6_111", "sb_urban6x2_222"] {
        let source = |name: String| Source { bytes: std::fs::read(format!("{dir}/{name}")).unwrap(), name };
        let mut d = read(source(format!("{feeder}_readings_synchp.parquet")), Some(source(format!("{feeder}_voltages.parquet"))), Some(source(format!("{feeder}_meters_public.csv")))).unwrap();
        let t = Table::read("t", std::fs::read(format!("{dir}/truth/{feeder}_truth_energy.parquet")).unwrap()).unwrap();
        println!("{feeder} V head {:?} nan {} Vm nan {} gaps {}", d.head_voltage_v.iter().map(|v| v[5]).collect::<Vec<_>>(), d.head_voltage_v[0].iter().filter(|v| v.is_nan()).count(), d.meters.iter().map(|m| m.voltage_v.iter().filter(|v| v.is_nan()).count()).sum::<usize>(), Energies::new(&d).gaps.len());
        let te = t.column("ts_end").map(|c| c.values.clone()); println!("   times {} {} first {:?} truth {} ts_end {:?} ts {:?}", d.times_s.len(), d.times_s[0], &d.times_s[..2], t.times_s.len(), te.as_ref().map(|v| v[..2].to_vec()), t.times_s.get(..2));
        let te = te.unwrap_or_default();
        let scale = if te[0] > 1e14 { 1e6 } else if te[0] > 1e11 { 1e3 } else { 1.0 };
        let first = te.iter().position(|x| (*x / scale) as i64 == d.times_s[1]).unwrap();
        let take = d.times_s.len() - 1;
        println!("   first {first}");
        let t = Table { times_s: vec![], columns: t.columns.iter().map(|c| heng_telemetry::table::Column { name: c.name.clone(), values: c.values[first..first + take].to_vec() }).collect() };
        for m in &mut d.meters { m.clock_offset_s = None; let mut s = 0.0; m.register_kwh = std::iter::once(0.0).chain(t.column(&m.id).unwrap().values.iter().map(|e| { s += e; (s * 1e5).round() / 1e5 })).collect(); }
        let e = Energies::new(&d);
        let loss = t.column("loss_true").unwrap().values.clone();
        let i = physics::currents(&d, &e);
        let z = physics::impedances(&d, &i).unwrap();
        let n = i.rows; let tt = i.columns;
        let mut diag: Vec<f64> = (0..n).map(|a| z.at(a, a)).collect(); diag.sort_by(f64::total_cmp);
        println!("   Zii quartiles {:.4} {:.4} {:.4}", diag[n / 4], diag[n / 2], diag[3 * n / 4]);
        let (shapes, marginal) = physics::shapes(&d, &e, 0.1, 0.002); let mut mm = marginal.clone(); mm.sort_by(f64::total_cmp); println!("marginal {:.2} {:.2} {:.2}", mm[n/10], mm[n/2], mm[9*n/10]);
        let get = |name: &str| shapes.iter().find(|s| s.name == name).unwrap().energy_kwh.clone();
        let (q, w, l) = (get("impedance"), get("within"), get("level"));
        fit(&["Q"], &[q.clone()], &loss);
        fit(&["Q", "within"], &[q.clone(), w.clone()], &loss);
        fit(&["Q", "within", "level"], &[q.clone(), w.clone(), l.clone()], &loss);
        let h2: Vec<f64> = t.column("head_true").unwrap().values.iter().map(|v| v * v).collect();
        fit(&["P2"], &[h2.clone()], &loss);
        fit(&["Q", "P2", "within"], &[q.clone(), h2.clone(), w.clone()], &loss);
        // direct: drops at boundaries
        let mean = |v: &[f64]| v.iter().filter(|x| x.is_finite()).sum::<f64>() / v.iter().filter(|x| x.is_finite()).count() as f64;
        for lag in [-1i64, 0, 1] {
            let mut direct = vec![0.0; tt];
            for a in 0..n {
                let m = &d.meters[a]; let hv = &d.head_voltage_v[m.phase.unwrap() as usize - 1];
                let _ = mean(hv);
                for k in 2..tt - 2 { let at = |x: usize| { let x = (x as i64 + lag) as usize; let v = hv[x] - m.voltage_v[x]; if v.is_finite() { v } else { 0.0 } }; direct[k] += 0.5 * (at(k) + at(k + 1)) * i.at(a, k) * 0.25 / 1000.0; }
            }
            fit(&["direct", "level"], &[direct.clone(), l.clone()], &loss);
        }
        // by phase sums
        let mut ph = vec![vec![0.0; tt]; 3];
        for a in 0..n { for k in 0..tt { ph[d.meters[a].phase.unwrap() as usize - 1][k] += i.at(a, k); } }
        let mut cols = vec![]; for a in 0..3 { for b in 0..=a { cols.push((0..tt).map(|k| ph[a][k] * ph[b][k] / 1000.0).collect::<Vec<f64>>()); } }
        fit(&["phase quad"], &cols, &loss);
        // voltage prediction quality of one meter
        let m = &d.meters[n / 2]; let hv = &d.head_voltage_v[m.phase.unwrap() as usize - 1];
        let y: Vec<f64> = (1..tt).map(|x| { let v = hv[x] - m.voltage_v[x]; if v.is_finite() { v } else { 1.0 } }).collect();
        for lag in [0usize, 1] { let drop: Vec<f64> = (1..tt).map(|x| (0..n).map(|b| z.at(n / 2, b) * if lag == 0 { 0.5 * (i.at(b, x - 1) + i.at(b, x)) } else { i.at(b, x - 1) }).sum()).collect(); fit(&["drop model"], &[drop], &y); }
        let drop: Vec<f64> = (1..tt).map(|x| (0..n).map(|b| z.at(n / 2, b) * i.at(b, x)).sum()).collect(); fit(&["drop model after"], &[drop], &y);
    }
}
