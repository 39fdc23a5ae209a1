//! The owner's ledger: out, changed, looked at, and in.

use axum::http::StatusCode;

use crate::city::City;
use crate::work::{SCALE, town};

const LEDGER: &str = "/holdings/ledger";

/// What the page's form would send to confirm.
fn confirmation(page: &str) -> String {
    let value = |name: &str| {
        let start = page.find(&format!("name=\"{name}\" value=\"")).expect("the field") + name.len() + 15;
        page[start..].split('"').next().expect("its value").to_owned()
    };
    format!("shown={}&ledger={}", value("shown"), value("ledger"))
}

async fn owner(city: &City) -> String {
    city.session(&city.member("party:person:owner")).await
}

#[tokio::test]
async fn a_ledger_goes_out_and_comes_in_and_a_bad_row_loses_only_itself() {
    let city = town();
    let owner = owner(&city).await;
    let size = || city.office().store().size().expect("the store");
    let written = city.page_of(&owner, "/holdings/ledger/ledger.csv").await.text();
    assert!(written.contains(SCALE) && written.contains("器具名称") && !written.contains("别家"), "{written}");

    let before = size();
    let same = city.send_as(&owner, LEDGER, &[("ledger.csv", written.as_bytes())]).await.text();
    assert!(same.contains("将新登记 0 台，更改 0 台，1 台不变，0 行收不了"), "{same}");
    assert!(!same.contains("/holdings/ledger/enter"), "there is nothing to confirm");
    assert!(same.contains("<summary>不变的 1 台</summary>"), "and what was understood can be unfolded: {same}");

    let new = "器具名称,型号,测量范围,准确度等级,出厂编号,制造厂,使用区,使用地点,用途,器具标识\n\
               电子秤,ACS-15,最大秤量 Max = 15 kg；e = 5 g,III,N-1,津衡,和平,二号摊 <script>alert(2)</script>,贸易结算,\n\
               电子秤,ACS-15,,III,,津衡,和平,三号摊,贸易结算,\n\
               电子秤,ACS-15,,III,N-2,津衡,和平,三号摊,贸易结算,thing:scale:别家\n";
    let looked = city.send_as(&owner, LEDGER, &[("new.csv", new.as_bytes())]).await.text();
    assert!(looked.contains("将新登记 1 台，更改 0 台，0 台不变，2 行收不了"), "{looked}");
    assert!(looked.contains("没有填出厂编号") && looked.contains("登记在别的单位名下"), "{looked}");
    assert!(!looked.contains("<script>alert"), "names are only words");
    assert_eq!(size(), before, "a look says nothing");

    let entered = city.fill("/holdings/ledger/enter", &owner, &confirmation(&looked)).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text());
    assert!(entered.text().contains("新登记 1 台"), "{}", entered.text());
    assert_eq!(size(), before + 1);
    assert!(city.page_of(&owner, "/holdings").await.text().contains("N-1"));
    let thing = city.page("/thing/thing:instrument:津衡:ACS-15:N-1").await;
    assert_eq!(thing.status, StatusCode::OK, "anyone finds it under its nameplate");

    let again = city.fill("/holdings/ledger/enter", &owner, &confirmation(&looked)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what was looked at is no longer so");
    assert!(again.text().contains("请再看一遍"), "{}", again.text());
    assert_eq!(size(), before + 1, "nothing is registered twice");

    let workbook = city.page_of(&owner, "/holdings/ledger/ledger.xlsx").await;
    let same = city.send_as(&owner, LEDGER, &[("ledger.xlsx", &workbook.bytes)]).await.text();
    assert!(same.contains("2 台不变"), "{same}");
}

#[tokio::test]
async fn a_nameplate_that_a_certificate_states_stays() {
    let city = town();
    let owner = owner(&city).await;
    let table = format!("器具标识,型号,使用地点\n{SCALE},另一型,新址\n");
    let looked = city.send_as(&owner, LEDGER, &[("a.csv", table.as_bytes())]).await.text();
    assert!(looked.contains("更改 1 台") && looked.contains("铭牌、使用地点"), "{looked}");
    let mut record = City::record("scale.toml");
    record.instrument.id = Some(SCALE.to_owned());
    city.certified(record);
    let looked = city.send_as(&owner, LEDGER, &[("a.csv", table.as_bytes())]).await.text();
    assert!(looked.contains("1 行收不了") && looked.contains("已有证书"), "{looked}");
    let table = format!("器具标识,型号,使用地点\n{SCALE},,新址\n");
    let looked = city.send_as(&owner, LEDGER, &[("a.csv", table.as_bytes())]).await.text();
    assert!(looked.contains("更改 1 台") && looked.contains("0 行收不了"), "{looked}");
}

#[tokio::test]
async fn only_owners_have_a_ledger() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    for address in [LEDGER, "/holdings/ledger/ledger.csv"] {
        assert_eq!(city.page_of(&verifier, address).await.status, StatusCode::FORBIDDEN);
        assert_eq!(city.page(address).await.status, StatusCode::SEE_OTHER, "a visitor is sent to the door");
    }
    let table = b"\xe5\x99\xa8\xe5\x85\xb7";
    assert_eq!(city.send_as(&verifier, LEDGER, &[("a.csv", table)]).await.status, StatusCode::FORBIDDEN);
    let owner = owner(&city).await;
    let unknown = city.page_of(&owner, "/holdings/ledger/other.csv").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let nothing = city.send_as(&owner, LEDGER, &[("a.csv", b"hello")]).await;
    assert!(nothing.text().contains("没有找到表头"), "{}", nothing.text());
    let bad = city.fill("/holdings/ledger/enter", &owner, "shown=x&ledger=%21").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_was_certified_for_another_is_not_claimed_by_its_identifier() {
    let city = town();
    let owner = owner(&city).await;
    let mut record = City::record("scale.toml");
    record.instrument.serial = "示例-别人的".to_owned();
    let (maker, model, serial) =
        (record.instrument.manufacturer.zh.clone(), record.instrument.model.clone(), record.instrument.serial.clone());
    let number = city.certified(record);
    let thing = city.page(&format!("/api/certificate/{number}")).await.json();
    let thing = thing["certificate"]["certificate"]["instrument"]["id"].as_str();
    let thing = thing.map_or_else(|| format!("thing:instrument:{maker}:{model}:{serial}"), str::to_owned);
    let heading = "器具名称,器具种类,型号,出厂编号,制造厂,使用区,使用地点,器具标识";
    let claim = format!("{heading}\n电子秤,digital-indicating-scale,X,1,Y,和平,某处,{thing}\n");
    let looked = city.send_as(&owner, LEDGER, &[("claim.csv", claim.as_bytes())]).await.text();
    assert!(looked.contains("1 行收不了") && looked.contains("已有证书"), "{looked}");
    // With its own nameplate it is taken; that says nothing of the papers that were written for another.
    let own = format!("{heading}\n电子秤,digital-indicating-scale,{model},{serial},{maker},和平,某处,\n");
    let looked = city.send_as(&owner, LEDGER, &[("own.csv", own.as_bytes())]).await.text();
    let entered = city.fill("/holdings/ledger/enter", &owner, &confirmation(&looked)).await;
    assert!(entered.text().contains("新登记 1 台"), "{}", entered.text());
    let seen = city.page_of(&owner, &format!("/api/certificate/{number}")).await.json();
    assert_eq!(seen["certificate"]["certificate"]["client"], serde_json::Value::Null, "{seen}");
}
