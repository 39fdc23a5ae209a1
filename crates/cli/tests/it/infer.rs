//! Meters judged from readings on the command line: a city of districts in Parquet, and days that are not needed again.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use heng_inference::meters::{District, MeterReadings};
use heng_telemetry::districts::Districts;

const HOMES: usize = 6;

fn heng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["infer", "meters", "--language", "en"])
        .args(arguments)
        .output()
        .unwrap()
}

/// Homes with spikes of their own rhythm; meter 2 registers 6 % too little.
fn district(days: usize, seed: usize) -> District {
    let mut registers = [0.0; HOMES];
    let mut head = 0.0;
    let mut state = seed as u64 + 1;
    let mut uniform = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut district =
        District { times_s: (0..=days as i64 * 96).map(|k| 1_767_196_800 + 900 * k).collect(), ..District::default() };
    district.meters = (0..HOMES)
        .map(|i| MeterReadings {
            id: format!("表{seed}-{i}"),
            phase: Some(i as u8 % 3 + 1),
            ..MeterReadings::default()
        })
        .collect();
    for _ in 0..=days * 96 {
        district.head_kwh.push((head * 100.0_f64).floor() / 100.0);
        for (i, register) in registers.iter_mut().enumerate() {
            district.meters[i].register_kwh.push((*register * 100.0_f64).floor() / 100.0);
            let kwh = 0.04 + if uniform() < 0.2 { uniform() } else { 0.0 };
            *register += kwh * if i == 2 { 0.94 } else { 1.0 };
            head += kwh * 1.01;
        }
    }
    district
}

fn written(path: &Path, districts: &[(&str, District)]) {
    let mut file = Districts::new(fs::File::create(path).unwrap()).unwrap();
    for (name, district) in districts {
        file.write(name, district).unwrap();
    }
    file.close().unwrap();
}

fn csv(path: &Path, district: &District, from: usize, to: usize) {
    let names: Vec<&str> = district.meters.iter().map(|meter| meter.id.as_str()).collect();
    let mut text = format!("ts,head_kwh,{}\n", names.join(","));
    for k in from..=to {
        let cells: Vec<String> = district.meters.iter().map(|meter| meter.register_kwh[k].to_string()).collect();
        text += &format!("{},{},{}\n", district.times_s[k], district.head_kwh[k], cells.join(","));
    }
    fs::write(path, text).unwrap();
}

#[test]
fn a_city_is_judged_in_the_order_of_its_files_and_twice_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let districts: Vec<(String, District)> = (0..9).map(|seed| (format!("区{seed}"), district(10, seed))).collect();
    let named = |from: usize, to: usize| -> Vec<(&str, District)> {
        districts[from..to].iter().map(|(name, district)| (name.as_str(), district.clone())).collect()
    };
    written(&at("districts-00000.parquet"), &named(0, 5));
    written(&at("districts-00001.parquet"), &named(5, 9));
    let readings = folder.path().display().to_string();
    let run = |out: &str, since: &str, counted: &str| {
        let path = at(out);
        let output = heng(&["--readings", &readings, "--since", since, "--parquet", &path.display().to_string()]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(counted), "{said}");
        fs::read(path).unwrap()
    };
    let whole = "9 districts, 54 meters, 51894 readings";
    assert_eq!(run("one.parquet.out", "2026-01-01", whole), run("two.parquet.out", "2025-12-31", whole));
    run("later.parquet.out", "2026-01-06", "9 districts, 54 meters, 25974 readings");
}

#[test]
fn a_city_prints_what_it_is_asked_for_or_says_that_it_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (first, second) = (district(5, 1), district(5, 2));
    written(Path::new(&at("districts-00000.parquet")), &[("甲", first.clone()), ("乙", second.clone())]);
    let readings = folder.path().display().to_string();
    for (option, value) in [
        ("--html", Some("page.html")),
        ("--state", Some("state.json")),
        ("--voltages", Some("nowhere.csv")),
        ("--meters", Some("nowhere.csv")),
    ] {
        let output = heng(&["--readings", &readings, option].into_iter().chain(value).collect::<Vec<_>>());
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{option}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(option) && said.contains("Leave it out"), "{option}: {said}");
    }
    // The same rows, of the folder and of its one file.
    let (of_folder, of_file) = (heng(&["--readings", &readings, "--csv"]), at("districts-00000.parquet"));
    let rows = String::from_utf8(of_folder.stdout).unwrap();
    assert_eq!(rows.lines().count(), 1 + 2 * HOMES, "{rows}");
    assert!(rows.starts_with("district,meter,state,") && rows.lines().last().unwrap().starts_with("乙,表2-5,"));
    assert_eq!(String::from_utf8(heng(&["--readings", &of_file, "--csv"]).stdout).unwrap(), rows);
    let document = heng(&["--readings", &readings, "--json", "--conditions", "jjf-gan-017-2020"]);
    let said = String::from_utf8_lossy(&document.stderr).into_owned();
    assert!(
        said.contains("Conditions of jjf-gan-017-2020: ") && said.contains("2 districts meet them, 0 do not, of 0"),
        "{said}"
    );
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).unwrap();
    let [meters, districts] = ["meters", "districts"].map(|name| document[name].as_array().unwrap());
    for (line, meter) in rows.lines().skip(1).zip(meters) {
        let row = format!("{},{},{},{}", meter["district"], meter["meter"], meter["state"], meter["error_percent"]);
        assert!(line.starts_with(&row.replace('"', "")), "{line} {row}");
    }
    assert_eq!((meters.len(), districts.len()), (2 * HOMES, 2));
    assert_eq!((&districts[1]["district"], &districts[1]["conditions"]["valid"]), (&"乙".into(), &true.into()));
    assert!(districts[0]["loss_percent"].is_number() && document["limit"]["class"] == "2", "{document}");
    let alone = heng(&["--readings", &of_file]);
    assert!(String::from_utf8_lossy(&alone.stdout).contains("12 meters"), "{alone:?}");
    csv(Path::new(&at("丙_readings.csv")), &first, 0, 480);
    let mixed = heng(&["--readings", &readings]);
    assert_eq!(mixed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&mixed.stderr).contains("丙_readings"));
}

#[test]
fn one_file_of_meters_is_not_joined_to_several_districts() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    csv(Path::new(&at("甲_readings.csv")), &district(5, 1), 0, 480);
    csv(Path::new(&at("乙_readings.csv")), &district(5, 2), 0, 480);
    fs::write(at("m.csv"), "meter,phase\n表1-0,1\n").unwrap();
    let readings = folder.path().display().to_string();
    for option in ["--meters", "--voltages"] {
        let output = heng(&["--readings", &readings, option, &at("m.csv"), "--csv"]);
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{option}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("2 districts"), "{output:?}");
    }
    fs::remove_file(at("乙_readings.csv")).unwrap();
    let output = heng(&["--readings", &readings, "--meters", &at("m.csv"), "--csv"]);
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn days_that_the_state_holds_are_not_needed_and_not_counted_twice() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let whole = district(40, 3);
    csv(Path::new(&at("a_readings_1.csv")), &whole, 0, 20 * 96);
    csv(Path::new(&at("a_readings_2.csv")), &whole, 20 * 96, 40 * 96);
    let run = |readings: &str, state: bool| {
        let (readings, kept) = (at(readings), at("state.json"));
        let mut arguments = vec!["--readings", &readings, "--csv"];
        if state {
            arguments.extend(["--state", &kept]);
        }
        heng(&arguments)
    };
    let u = |output: &Output| {
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let row = text.lines().find(|line| line.contains("表3-1,")).unwrap().to_owned();
        row.split(',').nth(4).unwrap().parse::<f64>().unwrap()
    };
    assert!(run("a_readings_1.csv", true).status.success());
    let (with, without) = (run("a_readings_2.csv", true), run("a_readings_2.csv", false));
    assert!(u(&with) < u(&without), "{} {}", u(&with), u(&without));
    let again = run("a_readings_1.csv", true);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("would count twice"));
}

/// The same days read in two ways lie beside each other, as in folders of test material.
#[test]
fn a_folder_with_the_same_days_twice_is_judged_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let whole = district(20, 3);
    for name in ["a_readings.csv", "a_readings_sync.csv"] {
        csv(&folder.path().join(name), &whole, 0, 20 * 96);
    }
    let path = folder.path().display().to_string();
    let judged = heng(&["--readings", &path, "--csv"]);
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
    let text = String::from_utf8(judged.stdout).unwrap();
    let rows = |name: &str| -> Vec<&str> {
        let of = text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(','));
        of.collect()
    };
    assert_eq!(rows("a_readings").len(), HOMES);
    assert_eq!(rows("a_readings"), rows("a_readings_sync"), "neither is held to be later than the other");
    let kept = folder.path().join("state.json").display().to_string();
    let counted = heng(&["--readings", &path, "--csv", "--state", &kept]);
    assert!(String::from_utf8_lossy(&counted.stderr).contains("would count twice"));
}

#[test]
fn one_of_a_kind_is_said_in_the_singular() {
    use heng_wording::{Language, Words};
    let words = Words::new(Language::En);
    let say = |code: &str, names: &[&str], count: &str| {
        words.say(code, &names.iter().map(|name| (*name, count)).collect::<Vec<_>>())
    };
    let city = ["districts", "meters", "readings", "seconds", "rate", "hours"];
    assert!(say("infer-city", &city, "1").starts_with("1 district, 1 meter, 1 reading in 1 s"));
    assert!(say("infer-city", &city, "2").starts_with("2 districts, 2 meters, 2 readings in 2 s"));
    assert!(say("infer-recorded", &["network", "statement", "alerts"], "1").ends_with("statement 1, 1 alarm."));
    assert!(say("infer-recorded", &["network", "statement", "alerts"], "0").ends_with("statement 0, 0 alarms."));
    assert!(
        say("infer-piles-read", &["sessions", "piles", "vehicles", "pairs"], "1")
            .ends_with("1 pair of a vehicle and a pile.")
    );
}
