//! Lots, conditions of districts, the self-test and recorded sessions from the command line.

use std::fmt::Write as _;
use std::process::{Command, Output};

use heng_rule::sampling::builtin_sampling_plans;
use heng_sampling::Plan;
use serde_json::Value;

use crate::city::root;

fn heng(arguments: &[&str]) -> Output {
    // A policy of whoever runs the tests must not decide them.
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(arguments)
        .env("LC_ALL", "en_GB.UTF-8")
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    })
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn every_plan_of_the_table_keeps_the_largest_consumer_s_risk_exactly() {
    let plans = builtin_sampling_plans().unwrap();
    let largest = plans.largest_risk.value.value.to_f64() / 100.0;
    let mut above_usual = 0;
    for tabled in &plans.plans {
        let (sample, accept) = tabled.sample_and_accept.value;
        let quality = tabled.quality.value.to_f64() / 100.0;
        for lot in [tabled.lots.0, tabled.lots.1] {
            let risk = Plan { sample, accept }.consumer_risk(lot, quality);
            assert!(risk <= largest, "{tabled:?}: {risk} for {lot}");
            above_usual += usize::from(risk > plans.usual_risk.value.value.to_f64() / 100.0);
        }
    }
    assert!(above_usual < plans.plans.len() / 3, "usually below 10 %: {above_usual}");
}

#[test]
fn the_example_lot_is_accepted_and_says_why() {
    let lot = root().join("examples/lot/lot.toml").display().to_string();
    let output = heng(&["lot", "grade", &lot, "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let found = json(&output);
    assert_eq!((&found["decision"], &found["ground"]), (&"extended".into(), &"within-plan".into()));
    assert_eq!(
        (&found["lot"], &found["plan"]["sample"], &found["plan"]["accept"]),
        (&600.into(), &80.into(), &1.into())
    );
    assert_eq!((&found["examined"], &found["failed"]), (&80.into(), &1.into()));
    assert_eq!(found["draw"]["list_as_fixed"], true);
    let spread = |source: &str| found["share"][source]["standard_deviation"].as_f64().unwrap();
    // The one that failed could not be decided by inference, so that the estimates alone were too sure.
    assert!(spread("both") < spread("sample") && spread("both") > spread("estimates"));
    assert!(found["record"]["precision"]["of"].as_u64().unwrap() >= 9);
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("lot.html");
    for language in ["zh", "en"] {
        let output = heng(&["--language", language, "lot", "grade", &lot, "--html", &page.display().to_string()]);
        assert!(output.status.success());
        let page = std::fs::read_to_string(&page).unwrap();
        assert!(page.contains("<svg") && !page.contains("{$") && !page.contains("<script"));
        assert!(!text(&output).contains("{$"), "{}", text(&output));
    }
}

#[test]
fn a_lot_with_another_list_or_without_a_seed_is_not_decided() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["lot.toml", "estimates.csv", "laboratory.csv", "replaced.csv"] {
        std::fs::copy(root().join("examples/lot").join(name), folder.path().join(name)).unwrap();
    }
    let lot = folder.path().join("lot.toml");
    let original = std::fs::read_to_string(&lot).unwrap();
    let graded = |text: &str| {
        std::fs::write(&lot, text).unwrap();
        heng(&["lot", "grade", &lot.display().to_string(), "--json"])
    };
    let output = graded(&original.replace("population = \"", "population = \"00"));
    assert_eq!((output.status.code(), &json(&output)["ground"]), (Some(1), &"list-changed".into()));
    let output = graded(&original.lines().filter(|line| !line.starts_with("seed")).collect::<Vec<_>>().join("\n"));
    assert_eq!((output.status.code(), &json(&output)["ground"]), (Some(1), &"draw-not-shown".into()));
    let output =
        graded(&original.lines().filter(|line| !line.starts_with("population")).collect::<Vec<_>>().join("\n"));
    assert_eq!((output.status.code(), &json(&output)["ground"]), (Some(1), &"list-not-fixed".into()));
    for (plan, hint) in [
        ("sample = 80", "State sample and accept"),
        ("risk = \"5 %\"", "State sample and accept"),
        ("sample = 80\naccept = 1\nrisk = \"5 %\"", "State sample and accept"),
        ("sample = 0\naccept = 0", "accepts every lot"),
        ("sample = 80\naccept = 80", "accepts every lot"),
        ("sample = 9999\naccept = 600", "accepts every lot"),
    ] {
        let output = graded(&original.replace("quality = \"5 %\"", plan));
        assert_eq!(output.status.code(), Some(2), "{plan}: {}", text(&output));
        assert!(text(&output).contains(hint), "{plan}: {}", text(&output));
    }
    let output = graded(&original.replace("quality = \"5 %\"", "quality = \"5 %\"\naccept = 0"));
    assert_eq!((output.status.code(), &json(&output)["decision"]), (Some(1), &"replaced".into()), "one failed");
    assert!(json(&output)["consumer_risk"].as_f64().unwrap() <= 0.1);
    let output = graded(&original.replace("quality = \"5 %\"", "quality = \"7 %\""));
    assert_eq!(output.status.code(), Some(2), "the table has no such plan");
    let output = graded(&original.replace("format =", "formal ="));
    assert_eq!((output.status.code(), &json(&output)["findings"][0]["code"]), (Some(2), &"lot-unreadable".into()));
}

/// A synthetic district of ten customers and twenty days, one of whose meters registers 6 % too much.
fn district(folder: &std::path::Path) {
    let mut state = 42_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    let errors: Vec<f64> = (0..10).map(|meter| if meter == 3 { 20.0 } else { (next() - 0.5) * 0.6 }).collect();
    let mut registers = [0.0; 11];
    let mut csv = String::from("ts,head_kwh");
    for meter in 1..=10 {
        let _ = write!(csv, ",m{meter:02}");
    }
    csv.push('\n');
    for hour in 0..480_i64 {
        let _ = write!(csv, "{},{:.2}", 1_767_225_600 + hour * 3_600, registers[10]);
        for register in registers.iter().take(10) {
            let _ = write!(csv, ",{register:.2}");
        }
        csv.push('\n');
        let mut all = 0.0;
        for (meter, error) in errors.iter().enumerate() {
            let energy = 0.2 + 3.0 * next() * next();
            registers[meter] += energy * (1.0 + error / 100.0);
            all += energy;
        }
        registers[10] += all * 1.03;
    }
    std::fs::write(folder.join("sim_readings.csv"), csv).unwrap();
    let mut truth = String::from("meter,kind,err_pct\n");
    for (meter, error) in errors.iter().enumerate() {
        let kind = if meter == 3 { "out" } else { "ok" };
        let _ = writeln!(truth, "m{:02},{kind},{error}", meter + 1);
    }
    std::fs::write(folder.join("sim_meters.csv"), truth).unwrap();
}

#[test]
fn a_specification_s_conditions_are_held_against_each_district() {
    let folder = tempfile::tempdir().unwrap();
    district(folder.path());
    let readings = folder.path().join("sim_readings.csv").display().to_string();
    let of = |arguments: &[&str]| {
        let all = [&["infer", "meters", "--readings", &readings, "--json"], arguments].concat();
        let output = heng(&all);
        assert!(output.status.success(), "{}", text(&output));
        json(&output)
    };
    let found = of(&[]);
    assert_eq!(found["districts"][0]["conditions"]["conditions"], Value::Array(Vec::new()), "no source gave any");
    assert_eq!(found["districts"][0]["conditions"]["valid"], Value::Null, "what is not stated is not met either");
    let found = of(&["--conditions", "jjf-gan-017-2020"]);
    let held = &found["districts"][0]["conditions"];
    assert_eq!((&held["valid"], &held["readings"]), (&true.into(), &480.into()));
    let loss = held["monthly_loss_percent"][0].as_f64().unwrap();
    assert!((-2.0..2.0).contains(&loss), "{loss}");
    assert_eq!(found["duties"].as_array().unwrap().len(), 2);
    // Fewer readings, and some that were not collected.
    let short: Vec<String> = std::fs::read_to_string(&readings)
        .unwrap()
        .lines()
        .take(200)
        .enumerate()
        .map(|(line, text)| match (line, text.rsplit_once(',')) {
            (51..150, Some((rest, _))) => format!("{rest},"),
            _ => text.to_owned(),
        })
        .collect();
    std::fs::write(&readings, short.join("\n")).unwrap();
    let found = of(&["--limits", "jjf-ji-174-2020:2"]);
    assert_eq!(found["districts"][0]["conditions"]["valid"], false, "the conditions are those of the limit");
    let output = heng(&["infer", "meters", "--readings", &readings, "--conditions", "jjf-dian-21-2022"]);
    let said = text(&output);
    assert!(said.matches("Condition not met (JJF(滇)21-2022)").count() == 2, "{said}");
    assert!(said.contains("confirmed on site"), "{said}");
    let output = heng(&["infer", "meters", "--readings", &readings, "--conditions", "jjf-wan-111-2021"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_platform_tests_itself_on_a_district_whose_truth_is_known() {
    let folder = tempfile::tempdir().unwrap();
    district(folder.path());
    let path = folder.path().display().to_string();
    let output = heng(&["infer", "selftest", "--readings", &path, "--truth", &path, "--json"]);
    assert!(output.status.success(), "{}", text(&output));
    let found = json(&output);
    let record = &found["record"];
    assert_eq!((&record["recall"]["count"], &record["recall"]["of"]), (&1.into(), &1.into()), "{record:#}");
    assert_eq!(record["precision"]["share"], 1.0);
    assert_eq!(found["norm"]["norm"], "JJF(京)168-2025");
    assert_eq!(found["districts"][0]["conditions"]["valid"], Value::Null);
    let said = text(&heng(&["infer", "selftest", "--readings", &path, "--truth", &path]));
    assert!(said.contains("none stated"), "{said}");
    let page = folder.path().join("selftest.html");
    let output =
        heng(&["infer", "selftest", "--readings", &path, "--truth", &path, "--html", &page.display().to_string()]);
    assert!(output.status.success() && !text(&output).contains("{$"), "{}", text(&output));
    assert!(std::fs::read_to_string(&page).unwrap().contains("JJF(京)168-2025"));
    std::fs::remove_file(folder.path().join("sim_meters.csv")).unwrap();
    let output = heng(&["infer", "selftest", "--readings", &path, "--truth", &path]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn recorded_sessions_are_checked_with_what_is_signed_in_them() {
    let example = |name: &str| root().join("examples/ocpp").join(name).display().to_string();
    let output = heng(&["ocpp", "check", &example("session-2.0.1.jsonl"), "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let found = json(&output);
    assert_eq!(found["sessions"][0]["energy"]["value"], "14.75");
    assert_eq!(found["sessions"][0]["readings"], serde_json::json!([0, 1, 2]));
    let signed: Vec<&Value> =
        found["checks"].as_array().unwrap().iter().filter(|check| check["name"] == "signature").collect();
    assert!(signed.len() == 3 && signed.iter().all(|check| check["outcome"] == "passed"));
    let key = std::fs::read_to_string(example("session.key")).unwrap();
    let output = heng(&["ocpp", "check", &example("session-1.6.jsonl"), "--key", key.trim()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("14.75") && !text(&output).contains("{$"), "{}", text(&output));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.jsonl");
    let changed = std::fs::read_to_string(example("session-1.6.jsonl")).unwrap().replace("102850", "104850");
    std::fs::write(&path, changed).unwrap();
    let output = heng(&["ocpp", "check", &path.display().to_string(), "--key", key.trim()]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    let output = heng(&["ocpp", "check", &example("README.md")]);
    assert_eq!(output.status.code(), Some(2));
}
