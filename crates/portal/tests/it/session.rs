//! A receipt of a charging session is checked with the certificate that the log has of its meter.

use axum::http::StatusCode;
use heng_office::clock;
use heng_rule::{Cell, Record};
use heng_statement::{SigningKey, Suite};
use jiff::ToSpan;

use crate::city::City;

const SERIAL: &str = "示例-2025-3102";

fn key(first: u8) -> SigningKey {
    SigningKey::generate(Suite::Es256, &[first; 32]).unwrap()
}

/// A pile whose certificate names the key of its meter.
fn pile(key: &SigningKey) -> Record {
    let mut record = City::record("dc-charging-pile.toml");
    assert_eq!(record.instrument.serial, SERIAL);
    let named = hex::encode(key.public_key().to_spki_der());
    record.instrument.characteristics.insert("meter_public_key".to_owned(), Cell::Text(named));
    record
}

/// A session of half an hour today.
fn receipt(ends_at: &str) -> String {
    let day = clock::day(clock::now()).to_string();
    let reading = |time: &str, kind: &str, value: &str| {
        format!(
            r#"{{"TM":"{day}T{time},000+0800 S","TX":"{kind}","RV":{value},"RI":"1-0:1.8.0","RU":"kWh","RT":"DC","EF":"","ST":"G"}}"#
        )
    };
    format!(
        r#"{{"FV":"1.4","GI":"示例","GS":"{SERIAL}","PG":"T9","MV":"示例","MM":"D","MS":"{SERIAL}","MF":"1","IS":false,"IL":"NONE","IF":[],"IT":"NONE","RD":[{},{}]}}"#,
        reading("10:00:00", "B", "100.00"),
        reading("10:30:00", "E", ends_at)
    )
}

fn signed(payload: &str, key: &SigningKey) -> String {
    let signature = hex::encode(key.sign_der(payload.as_bytes()).unwrap());
    format!(r#"OCMF|{payload}|{{"SA":"ECDSA-secp256r1-SHA256","SD":"{signature}"}}"#)
}

async fn outcome(city: &City, receipt: &str, check: &str) -> String {
    let answer = city.send("/api/session", &[("receipt.ocmf", receipt.as_bytes())]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let answer = answer.json();
    let checks = answer["checks"].as_array().unwrap();
    checks.iter().find(|one| one["name"] == check).unwrap()["outcome"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_receipt_is_trusted_with_the_certificate_of_its_meter_in_the_log_and_one_changed_digit_turns_its_line_red() {
    let city = City::founded();
    let key = key(3);
    let receipt_text = receipt("123.45");
    let good = signed(&receipt_text, &key);
    let page = city.send("/session", &[("receipt.ocmf", good.as_bytes())]).await;
    assert!(page.text().contains("<span>无法核验</span>"), "no certificate names the meter yet");

    let number = city.certified(pile(&key));
    let page = city.send("/session", &[("receipt.ocmf", good.as_bytes())]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("<span>可信</span>"), "{}", page.text());
    assert!(page.text().contains("23.45\u{a0}kW·h"), "{}", page.text());
    assert!(page.text().contains(&format!("/certificate/{number}")), "the certificate is named");
    assert!(page.text().contains("1 kWh = 3.6 MJ"));

    let altered = good.replace("123.45", "125.45");
    assert_eq!(outcome(&city, &altered, "signature").await, "failed");
    assert_eq!(outcome(&city, &good, "signature").await, "passed");
    let page = city.send("/session?lang=en", &[("receipt.ocmf", altered.as_bytes())]).await.text();
    assert!(page.contains("<span>Doubtful</span>") && page.contains("<details class=\"check bad\" open>"));
    let other = signed(&receipt_text, &self::key(4));
    assert_eq!(outcome(&city, &other, "signature").await, "failed", "another meter's key");
    let too_much = signed(&receipt("9923.45"), &key);
    assert_eq!(outcome(&city, &too_much, "plausibility").await, "failed");

    city.withdraw(&number, "示例：检定装置用错");
    assert_eq!(outcome(&city, &good, "certificate").await, "failed", "a withdrawn certificate vouches for nothing");
}

#[tokio::test]
async fn a_receipt_of_another_day_than_the_verification_covers_is_not_trusted() {
    let city = City::founded();
    let key = key(3);
    city.certified(pile(&key));
    let day = clock::day(clock::now()).to_string();
    let before = clock::day(clock::now()).checked_sub(400.days()).unwrap().to_string();
    let early = signed(&receipt("123.45").replace(&day, &before), &key);
    assert_eq!(outcome(&city, &early, "signature").await, "passed");
    assert_eq!(outcome(&city, &early, "certificate").await, "failed");
}

#[tokio::test]
async fn what_holds_no_signed_reading_is_said_to_hold_none_and_nothing_is_kept() {
    let city = City::founded();
    let before = city.office().size();
    for text in ["", "OCMF|", "充电 23.4 kWh", "<script>alert(1)</script>"] {
        let answer = city.send("/session", &[("a.txt", text.as_bytes())]).await;
        assert!(
            matches!(answer.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST | StatusCode::OK),
            "{text}"
        );
        assert!(!answer.text().contains("<span>可信</span>") && !answer.text().contains("<script>alert"), "{text}");
    }
    assert_eq!(city.page("/session?example=..%2Flog%2Forigin").await.status, StatusCode::NOT_FOUND);
    assert_eq!(city.page("/session").await.status, StatusCode::OK);
    assert_eq!(city.office().size(), before);
}
