//! Signed readings from the command line: alone, with the meter's certificate, and with the log of a store.

use heng_statement::{SigningKey, Suite};
use serde_json::Value;

use crate::city::{City, root};

fn json(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    })
}

/// Name and outcome of every check.
fn checks(output: &std::process::Output) -> Vec<(String, String)> {
    let json = json(output);
    let text = |check: &Value, name: &str| check[name].as_str().unwrap().to_owned();
    json["checks"].as_array().unwrap().iter().map(|check| (text(check, "name"), text(check, "outcome"))).collect()
}

fn example(name: &str) -> String {
    root().join("examples/ocmf").join(name).display().to_string()
}

#[test]
fn a_receipt_alone_shows_its_signature_and_says_what_it_cannot_show() {
    let city = City::founded();
    let output = city.heng(&["ocmf", "check", &example("secp192k1.xml"), "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let checks = checks(&output);
    assert_eq!(checks[0], ("signature".to_owned(), "passed".to_owned()));
    assert!(checks.contains(&("certificate".to_owned(), "not-possible".to_owned())));
    let read = json(&output);
    assert_eq!(read["readings"][0]["energy"]["value"], "30.25");
    assert_eq!(read["readings"][0]["answer"], "cannot-check");
    let output = city.heng(&["ocmf", "check", &example("session.ocmf")]);
    assert_eq!(output.status.code(), Some(1), "without a key nothing is shown");
    let key = std::fs::read_to_string(example("session.key")).unwrap();
    let output = city.heng(&["ocmf", "check", &example("session.ocmf"), "--key", key.trim()]);
    assert_eq!(output.status.code(), Some(0));
    let output = city.heng(&["ocmf", "check", &example("README.md")]);
    assert_eq!(output.status.code(), Some(2), "no signed reading");
}

#[test]
fn with_the_piles_certificate_every_line_is_green_and_another_key_is_found_out() {
    let city = City::founded();
    let key = |seed: u8| SigningKey::generate(Suite::Es256, &[seed; 32]).unwrap();
    let public = |key: &SigningKey| hex::encode(key.public_key().to_spki_der());
    let record = std::fs::read_to_string(root().join("examples/records/dc-charging-pile.toml")).unwrap();
    let serial =
        record.lines().find_map(|line| line.strip_prefix("serial = \"")?.strip_suffix('"')).unwrap().to_owned();
    let named = record.replace(
        "[instrument.characteristics]\n",
        &format!("[instrument.characteristics]\nmeter_public_key = \"{}\"\n", public(&key(1))),
    );
    std::fs::write(city.path("pile.toml"), named).unwrap();
    let number = city.certified(&city.path("pile.toml"));
    let receipt = |signer: &SigningKey| {
        let reading = |time: &str, reason: &str, kwh: &str| {
            format!(
                r#"{{"TM":"2026-07-01T{time},000+0800 S","TX":"{reason}","RV":{kwh},"RI":"1-0:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"}}"#
            )
        };
        let readings = [reading("09:00:00", "B", "10.00"), reading("09:30:00", "E", "40.50")].join(",");
        let payload = format!(
            r#"{{"FV":"1.4","GS":"{serial}","PG":"T12","MS":"SYN-M-12","IS":false,"IT":"NONE","RD":[{readings}]}}"#
        );
        let signature = hex::encode(signer.sign_der(payload.as_bytes()).unwrap());
        let key = public(signer);
        format!(
            "<values><value><signedData format=\"OCMF\">OCMF|{payload}|{{\"SD\":\"{signature}\"}}</signedData><publicKey>{key}</publicKey></value></values>"
        )
    };
    std::fs::write(city.path("receipt.xml"), receipt(&key(1))).unwrap();
    std::fs::write(city.path("forged.xml"), receipt(&key(2))).unwrap();
    let bundle = city.path(&format!("out/{number}.heng"));
    let data = city.path("data");
    for with in [vec![bundle.as_str()], vec!["--data", &data]] {
        let check = |file: &str| {
            let file = city.path(file);
            city.heng(&[&["ocmf", "check", &file, "--json"][..], &with].concat())
        };
        let output = check("receipt.xml");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(json(&output)["readings"][0]["answer"], "trusted", "{}", String::from_utf8_lossy(&output.stdout));
        let output = check("forged.xml");
        assert_eq!(output.status.code(), Some(1));
        let failed: Vec<String> =
            checks(&output).into_iter().filter(|(_, outcome)| outcome == "failed").map(|(name, _)| name).collect();
        assert_eq!(failed, ["meter"]);
    }
}
