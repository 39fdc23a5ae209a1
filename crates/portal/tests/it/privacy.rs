//! What is not public is shown to nobody but those whom it concerns, on no page and in no answer.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use heng_rule::{Occasion, Words};
use heng_statement::{Body, PartyKind, Statement, published};
use serde_json::Value;

use crate::city::City;
use crate::work::{SCALE, SHOP, form, town};

const CLIENT: &str = "私房客户";
const PLACE: &str = "私房车间三号线";
const REMARK: &str = "私房备注，不要外传";

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

/// The shop's scale with a certificate that says more than anyone needs to know.
fn certified(city: &City) -> String {
    let mut record = City::record("scale.toml");
    record.instrument.id = Some(SCALE.to_owned());
    record.client.id = Some(SHOP.to_owned());
    record.client.name = words(CLIENT);
    record.place = words(PLACE);
    record.remark = Some(words(REMARK));
    city.certified(record)
}

/// Everything the log says.
fn statements(city: &City) -> Vec<(String, Statement)> {
    let store = city.office().store();
    let all = (0..store.size().unwrap()).map(|index| store.statement_at(index).unwrap().unwrap());
    all.map(|signed| (signed.hash(), signed.statement.clone())).collect()
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        _ => {}
    }
}

/// The private texts of the whole log that no public field says as well.
fn secrets(all: &[(String, Statement)]) -> BTreeSet<String> {
    let people: BTreeSet<&str> = all
        .iter()
        .filter_map(|(_, said)| match &said.body {
            Body::Party(party) if party.kind == PartyKind::Person => Some(party.id.as_str()),
            _ => None,
        })
        .collect();
    let (mut private, mut public) = (BTreeSet::new(), String::new());
    for (_, statement) in all {
        let whole = serde_json::to_value(statement).unwrap();
        let shown = published(statement, &|id| people.contains(id)).unwrap();
        shown.not_public.iter().for_each(|field| texts(whole.pointer(field).unwrap(), &mut private));
        public.push_str(&shown.content.to_string());
    }
    // A digit or a "yes" is said everywhere.
    private.retain(|text| (!text.is_ascii() || text.len() > 7) && !public.contains(text));
    private
}

/// The address of every public page and answer about anything in the log.
fn public_addresses(all: &[(String, Statement)]) -> BTreeSet<String> {
    let mut addresses: BTreeSet<String> = ["/", "/register", "/api/register"].map(str::to_owned).into();
    for (hash, statement) in all {
        let things = statement.about.iter().chain([&statement.issuer]);
        let mut pages: Vec<String> = things.map(|thing| format!("thing/{}", encoded(thing))).collect();
        pages.push(format!("statement/{hash}"));
        if let Body::Cert(certificate) = &statement.body {
            let number = encoded(&certificate.number);
            pages.extend([format!("check/{number}"), format!("certificate/{number}")]);
        }
        addresses.extend(pages.into_iter().flat_map(|page| [format!("/{page}"), format!("/api/{page}")]));
    }
    addresses
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn no_public_page_or_answer_holds_a_private_text_of_anything_in_the_log() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let number = certified(&city);
    let asked =
        form(&[("thing", SCALE), ("laboratory", "party:lab-tj"), ("wanted_on", "2036-01-01"), ("remark", "私房话")]);
    assert_eq!(city.fill("/holdings/request", &owner, &asked).await.status, StatusCode::SEE_OTHER);
    let all = statements(&city);
    let secrets = secrets(&all);
    for secret in [CLIENT, PLACE, REMARK, "私房话", "赵敏", "孙丽", "和平区示例路 8 号"] {
        assert!(secrets.contains(secret), "{secret} is among {secrets:?}");
    }
    // What its owner saw before is kept for nobody.
    assert!(city.page_of(&owner, &format!("/certificate/{number}")).await.text().contains(CLIENT));
    let verifier = city.session(&city.member("赵敏")).await;
    assert!(city.page_of(&verifier, "/thing/party:person:zhao-min").await.text().contains("赵敏"));
    for address in public_addresses(&all) {
        // The second answer is one that was kept.
        for _ in 0..2 {
            let answer = city.page(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            let text = answer.text();
            let found: Vec<&String> = secrets.iter().filter(|secret| text.contains(secret.as_str())).collect();
            assert_eq!(found, Vec::<&String>::new(), "{address}");
        }
    }
}

#[tokio::test]
async fn those_whom_it_concerns_see_all_and_others_are_told_who_may() {
    let city = town();
    let number = certified(&city);
    let certificate = city.office().store().certificate(&number).unwrap().unwrap();
    let record = certificate.statement.cites[0].clone();
    let owner = city.session(&city.member("party:person:owner")).await;
    let verifier = city.session(&city.member("赵敏")).await;
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let page = format!("/certificate/{number}");
    for (who, cookie) in [("owner", &owner), ("verifier", &verifier), ("supervisor", &supervisor)] {
        assert!(city.page_of(cookie, &page).await.text().contains(CLIENT), "{who}");
        let facts = city.page_of(cookie, &format!("/api{page}")).await;
        assert_eq!(facts.json()["certificate"]["certificate"]["client"]["name"]["zh"], CLIENT, "{who}");
        assert_eq!(facts.header("cache-control"), "no-store", "{who}");
        let raw = city.page_of(cookie, &format!("/api/statement/{record}")).await.json();
        assert!(raw["content"]["body"]["observations"].is_object() && raw["not_public"].is_null(), "{who}");
        let bundle = city.page_of(cookie, &format!("{page}/{number}.heng")).await;
        assert_eq!(bundle.status, StatusCode::OK, "{who}");
    }

    let stranger = city.page(&page).await.text();
    assert!(stranger.contains("持证单位、出证机构和所在区的监管人员登录后能看到"), "{stranger}");
    let facts = city.page(&format!("/api{page}")).await.json();
    let not_public = &facts["certificate"]["not_public"];
    assert!(not_public.as_array().unwrap().contains(&Value::from("/client")), "{not_public}");
    assert!(facts["certificate"]["certificate"]["client"].is_null());
    let raw = city.page(&format!("/api/statement/{record}")).await.json();
    assert!(raw["content"]["body"]["observations"].is_null() && raw["content"]["body"]["rule"].is_string());
    assert!(raw["not_public"].as_array().unwrap().contains(&Value::from("/body/observations")));
    let statement = city.page(&format!("/statement/{record}")).await.text();
    assert!(statement.contains("省去了不公开的字段") && statement.contains("/body/observations"), "{statement}");
    assert!(stranger.contains("文件里有网页上没有列出的内容"), "{stranger}");
    assert_eq!(
        city.page(&format!("{page}/{number}.heng")).await.status,
        StatusCode::OK,
        "anyone may check by themselves"
    );
}

#[tokio::test]
async fn the_files_of_what_a_natural_person_has_verified_are_for_those_whom_it_concerns() {
    let city = town();
    let mut record = City::record("scale.toml");
    record.instrument.id = Some(SCALE.to_owned());
    record.client.id = Some("party:person:other-owner".to_owned());
    let number = city.certified(record);
    let page = format!("/certificate/{number}");
    for file in [format!("{number}.heng"), format!("{number}.xml"), "no-such-file".to_owned()] {
        let refused = city.page(&format!("{page}/{file}")).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{file}");
        assert!(refused.text().contains("文件不公开"), "{}", refused.text());
    }
    assert!(city.page(&page).await.text().contains("登录后能下载"));
    assert!(!city.page(&format!("/check/{number}")).await.text().contains(&format!("{number}.heng\" download")));
    let verifier = city.session(&city.member("赵敏")).await;
    assert_eq!(city.page_of(&verifier, &format!("{page}/{number}.heng")).await.status, StatusCode::OK);
    let stranger = city.session(&city.member("party:person:owner")).await;
    assert_eq!(city.page_of(&stranger, &format!("{page}/{number}.heng")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn another_laboratory_s_people_and_another_shop_s_contact_see_what_everyone_sees() {
    let city = town();
    let number = certified(&city);
    let record = city.office().store().certificate(&number).unwrap().unwrap().statement.cites[0].clone();
    let other = city.session(&city.member("party:person:other-owner")).await;
    let page = format!("/certificate/{number}");
    assert!(!city.page_of(&other, &page).await.text().contains(CLIENT));
    let raw = city.page_of(&other, &format!("/api/statement/{record}")).await.json();
    assert!(raw["content"]["body"]["observations"].is_null());
}

#[tokio::test]
async fn the_results_of_a_calibration_that_passes_nothing_on_are_the_client_s() {
    let city = town();
    let mut record = City::record("reference-solution-eurachem-a1.toml");
    record.client.id = Some(SHOP.to_owned());
    record.occasion = Occasion::Calibration;
    let number = city.certified(record);
    let owner = city.session(&city.member("party:person:owner")).await;
    let address = format!("/api/certificate/{number}");
    let certificate = city.page(&address).await.json()["certificate"].clone();
    assert_eq!(certificate["certificate"]["kind"], "calibration");
    assert!(certificate["certificate"]["results"].is_null(), "{certificate}");
    assert!(city.page(&format!("/certificate/{number}")).await.text().contains("校准的结果只属于客户"));
    let own = city.page_of(&owner, &address).await.json();
    assert!(own["certificate"]["certificate"]["results"][0].is_object());
}
