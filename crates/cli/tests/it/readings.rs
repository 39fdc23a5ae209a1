//! Readings from the command line: taken once, counted, sealed, and one of them proved to someone who has only the file.

use serde_json::Value;

use crate::city::City;

fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    })
}

const FEEDS: &str = r#"
format = "heng-feeds/1"
[[feed]]
id = "heping-01"
district = "120101"
utc_offset = "+08:00"
interval_s = 43200
late_after_s = 3600
meters = ["津电0001"]
[[feed.register]]
id = "1-0:1.8.0"
unit = "kWh"
"#;

#[test]
fn a_folder_without_readings_has_no_quality() {
    let city = City::founded();
    for (command, data) in [("quality", city.path("nowhere")), ("quality", city.path("data"))] {
        let output = city.heng(&["readings", command, "--data", &data]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{said}");
        assert!(said.contains(&data), "{said}");
    }
    let output = city.heng(&["readings", "show", "津电0001", "--data", &city.path("nowhere")]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_token_is_given_to_a_party_that_the_log_knows() {
    let city = City::founded();
    let data = city.path("data");
    for token in [&["--token"][..], &[]] {
        let add = ["account", "add", "collector", "--party", "party:machine:f1", "--data", &data];
        let refused = city.heng(&[&add[..], token].concat());
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!((refused.status.code(), refused.stdout.is_empty()), (Some(2), true), "{said}");
        assert!(said.contains("party:machine:f1") && said.contains("party:lab-power"), "{said}");
        assert!(!std::path::Path::new(&city.path("data/accounts/collector.json")).exists());
    }
    let given = city.heng(&["account", "add", "collector", "--token", "--party", "party:lab-power", "--data", &data]);
    assert!(given.status.success() && String::from_utf8_lossy(&given.stdout).contains("collector."));
}

#[test]
fn a_reading_is_kept_once_sealed_and_proved() {
    let city = City::founded();
    let data = city.path("data");
    let folder = std::path::PathBuf::from(city.path("data/readings"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("feeds.toml"), FEEDS).unwrap();
    let table = city.path("读数.csv");
    let text = "meter,register,unit,at,value\n津电0001,1-0:1.8.0,kWh,2026-03-01 00:00:00,12.50\n\
                津电0001,1-0:1.8.0,kWh,2026-03-01 12:00:00,13.5\n津电0001,1-0:1.8.0,kWh,2026-03-01 12:00:00,一\n";
    std::fs::write(&table, text).unwrap();
    let ingest = ["readings", "ingest", "--data", &data, "--feed", "heping-01", &table, "--json"];
    let output = city.heng(&ingest);
    assert_eq!(output.status.code(), Some(1), "a line was not taken");
    let total = json(&output)["total"].clone();
    assert_eq!((&total["added"], &total["rejected"]), (&2.into(), &1.into()));
    assert_eq!(json(&city.heng(&ingest))["total"]["again"], 2);

    let verified = city.path("verified.csv");
    std::fs::write(&verified, "meter,valid_from,valid_through\n津电0001,2020-01-01,2026-03-01\n").unwrap();
    let quality = json(&city.heng(&["readings", "quality", "--data", &data, "--json", "--verified", &verified]));
    let row = &quality["rows"][0];
    assert_eq!((&row["feed"], &row["day"]), (&"heping-01".into(), &"2026-03-01".into()));
    assert_eq!((&row["completeness"], &row["accuracy"], &row["timeliness"]), (&1.0.into(), &1.0.into(), &0.0.into()));
    assert_eq!((&row["index"], &row["again"], &quality["rejected"]), (&0.0.into(), &2.into(), &2.into()));
    let shown = city.heng(&["readings", "show", "津电0001", "--data", &data, "--json"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("\"value\":\"12.50\""));

    let proof = city.path("proof.json");
    let prove =
        ["readings", "prove", "津电0001", "--at", "2026-03-01T00:00:00+08:00", "--data", &data, "--out", &proof];
    assert_eq!(city.heng(&prove).status.code(), Some(1), "it is not sealed yet");
    let sealed = json(&city.heng(&["readings", "seal", "--data", &data, "--json"]));
    assert_eq!(sealed[0]["readings"], 2);
    assert_eq!(json(&city.heng(&["readings", "seal", "--data", &data, "--json"])), Value::Array(Vec::new()));
    assert_eq!(city.heng(&prove).status.code(), Some(0));

    let policy = city.path("data/policy.toml");
    let output = city.heng(&["check", &proof, "--policy", &policy, "--json"]);
    let checks = json(&output);
    assert_eq!(output.status.code(), Some(0), "{checks:#}");
    let names: Vec<&str> =
        checks["checks"].as_array().unwrap().iter().map(|check| check["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["bundle", "checkpoint", "witnesses", "inclusion", "receipt", "signature", "key", "standing", "reading"]
    );
    let altered = std::fs::read_to_string(&proof).unwrap().replace("12.50", "12.51");
    std::fs::write(&proof, altered).unwrap();
    let output = city.heng(&["check", &proof, "--policy", &policy, "--json"]);
    let failed: Vec<String> = json(&output)["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["outcome"] == "failed")
        .map(|check| check["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((output.status.code(), failed), (Some(1), vec!["reading".to_owned()]));
}
