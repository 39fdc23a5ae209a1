//! A measurement standard is calibrated at the portal's bench: places from its last certificate, values from the standard above, a certificate.

use axum::http::StatusCode;
use jiff::civil::Date;

use crate::city::City;
use crate::work::{form, town};

const WEIGHTS: &str = "thing:standard:tj-f2";
const RULE: &str = "calibration-of-a-standard";

/// Nominal value, what the certificate of the standard above says, the difference with its u, the half-width of the drift.
const ROWS: [[&str; 5]; 6] = [
    ["1 g", "0.999993 g", "0.000027 g", "0.000015", "0.00003"],
    ["10 g", "10.000006 g", "0.000102 g", "0.00003", "0.00006"],
    ["100 g", "100.000107 g", "-0.000368 g", "0.00008", "0.00016"],
    ["1000 g", "999.99924 g", "0.00176 g", "0.0008", "0.0016"],
    ["10000 g", "10000.0007 g", "0.0336 g", "0.008", "0.016"],
    ["20000 g", "20000.027 g", "-0.042 g", "0.015", "0.03"],
];

/// What a verifier types for the class F2 weights, compared with the class F1 ones.
fn weights_sheet(act: &str, revision: &str, end: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = [
        ("act", act),
        ("revision", revision),
        ("environment.temperature", "20.1"),
        ("environment.relative_humidity", "45"),
        ("standard:thing:standard:tj-f1", "on"),
        ("reviewer", "party:person:sun-li"),
        ("recalibrate_by", end),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (row, [nominal, standard, difference, u, drift]) in ROWS.iter().enumerate() {
        for (column, value) in [
            ("nominal", *nominal),
            ("standard", *standard),
            ("difference", *difference),
            ("difference:spread", *u),
            ("difference:as", "standard"),
            ("drift", "0 g"),
            ("drift:spread", *drift),
            ("drift:as", "half-width"),
        ] {
            fields.push((format!("comparison.{}.{column}", row + 1), value.to_owned()));
        }
    }
    // The same u of the first difference, stated as some certificates do: U with its k.
    for (column, value) in
        [("difference:spread", "0.000045"), ("difference:as", "expanded"), ("difference:factor", "3")]
    {
        let name = format!("comparison.1.{column}");
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value.to_owned()));
    }
    fields
}

fn posted(fields: &[(String, String)]) -> String {
    form(&fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

async fn begun(city: &City, verifier: &str) -> String {
    let page = city.page_of(verifier, &format!("/laboratory/new?thing={WEIGHTS}")).await.text();
    assert!(page.contains("HENG-C 1") && page.contains("开始校准"), "{page}");
    let begun = city.fill("/laboratory/new", verifier, &form(&[("thing", WEIGHTS), ("rule", RULE)])).await;
    let sheet = begun.header("location").to_owned();
    assert!(sheet.starts_with("/laboratory/sheet/"), "{}", begun.text());
    sheet
}

/// Calibrates the laboratory's weights through the sheet and the review; the number of the certificate.
pub async fn calibrated(city: &City, (verifier, reviewer): (&str, &str), end: Date) -> String {
    let sheet = begun(city, verifier).await;
    let signed = city.fill(&sheet, verifier, &posted(&weights_sheet("sign", "1", &end.to_string()))).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let record = signed.header("location").to_owned();
    let page = city.page_of(reviewer, &record).await.text();
    assert!(
        page.contains("0.999\u{a0}99") && page.contains(&end.to_string()),
        "the reviewer sees what it would say: {page}"
    );
    let approved = city.fill(&record, reviewer, "answer=approve").await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.text());
    approved.header("location").rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_standard_is_calibrated_at_the_places_of_its_last_certificate_against_what_the_one_above_says() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let sheet = begun(&city, &verifier).await;
    let page = city.page_of(&verifier, &sheet).await.text();
    for [nominal, ..] in ROWS {
        assert!(page.contains(&format!("value=\"{nominal}\"")), "{nominal}: {page}");
    }
    assert!(!page.contains("standard:thing:standard:tj-f2\""), "nothing is its own standard");
    assert!(page.contains("不写，这件标准器出了证也用不上"), "a standard needs an end: {page}");

    let places: Vec<(String, String)> = weights_sheet("save", "1", "")
        .into_iter()
        .filter(|(name, _)| !name.starts_with("comparison") || name.ends_with("nominal"))
        .collect();
    let live = city.fill(&format!("{sheet}/live"), &verifier, &posted(&places)).await.text();
    for [_, standard, ..] in ROWS {
        assert!(live.contains(&format!("value=\"{standard}\"")), "{standard} stands in its certificate: {live}");
    }
}

#[tokio::test]
async fn a_calibration_asks_about_a_slip_and_names_what_cannot_be_taken_with_the_way_to_it() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let sheet = begun(&city, &verifier).await;
    let mut fields = weights_sheet("save", "1", "2026-13-45");
    let change = |fields: &mut Vec<(String, String)>, name: &str, value: &str| {
        fields.iter_mut().find(|(field, _)| field == name).unwrap().1 = value.to_owned();
    };
    change(&mut fields, "comparison.2.standard", "1.0000006 g");
    change(&mut fields, "comparison.3.drift:as", "");
    change(&mut fields, "comparison.1.difference:factor", "0");
    fields.push(("comparison.4.difference:factor".to_owned(), "2".to_owned()));
    fields.push(("performed_on".to_owned(), "昨天".to_owned()));
    let saved = city.fill(&sheet, &verifier, &posted(&fields)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "a question and a fault hold up no draft");
    let page = city.page_of(&verifier, &sheet).await.text();
    assert!(page.contains("是不是 10.000\u{a0}006\u{a0}g？"), "{page}");
    let factors = ["comparison.1.difference:factor", "comparison.4.difference:factor"];
    for field in ["performed_on", "recalibrate_by", "comparison.3.drift:spread"].iter().chain(&factors) {
        assert!(page.contains(&format!("<a href=\"#{field}\">")), "{field}: {page}");
    }
    assert!(page.contains("“昨天”不是日期") && page.contains("value=\"昨天\""), "{page}");
    let more = city.fill(&sheet, &verifier, &posted(&weights_sheet("rows:comparison:7", "2", ""))).await;
    assert!(more.header("location").ends_with("#item-comparison"), "{}", more.text());
    assert!(city.page_of(&verifier, &sheet).await.text().contains("comparison.7.nominal"));
}

#[tokio::test]
async fn an_ordinary_instrument_has_its_procedures_besides_its_regulation() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let mut record = City::record("weight.toml");
    record.instrument.id = Some("thing:weight:示例-9".to_owned());
    crate::work::register(&city, "thing:weight:示例-9", "party:shop:示例", record.instrument);
    let page = city.page_of(&verifier, "/laboratory/new?thing=thing:weight:示例-9").await.text();
    assert!(page.contains("JJG 99-2022") && page.contains("HENG-C 4"), "{page}");
    let chosen = form(&[("thing", "thing:weight:示例-9"), ("rule", "mass-calibration")]);
    let sheet = city.fill("/laboratory/new", &verifier, &chosen).await.header("location").to_owned();
    let fields: Vec<(String, String)> = [
        ("act", "save"),
        ("revision", "1"),
        ("standard:thing:standard:tj-f1", "on"),
        ("mass.1.nominal", "1000"),
        ("mass.1.drift", "0"),
        ("mass.1.drift:spread", "0.0005"),
        ("mass.1.drift:as", "half-width"),
        ("mass.1.difference", "0.021; 0.019; 0.020"),
        ("mass.1.comparator", "0"),
        ("mass.1.buoyancy", "0"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let live = city.fill(&format!("{sheet}/live"), &verifier, &posted(&fields)).await.text();
    assert!(live.contains("id=\"live-mass-1\" data-live><span class=\"value q\">1000.01"), "{live}");
    assert!(live.contains("合成标准不确定度"), "{live}");
    let without = form(&[("thing", SCALE_WITHOUT_RULE), ("rule", "mass-calibration")]);
    assert_eq!(city.fill("/laboratory/new", &verifier, &without).await.status, StatusCode::FORBIDDEN);
}

const SCALE_WITHOUT_RULE: &str = crate::work::SCALE;
