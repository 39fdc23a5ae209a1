//! Two persons make a certificate, and everyone else's pages change at once.

use axum::http::StatusCode;
use heng_office::{Moment, clock};
use heng_statement::body::{Place, Purpose, Role};
use heng_statement::{Authorization, Body, KeyCertificate, Party, PartyKind, Registration, Scope, SigningKey, Suite};
use jiff::civil::date;
use sha2::{Digest, Sha256};

use crate::city::City;
use crate::scale::{scale_sheet, whole_scale_sheet};

pub const SHOP: &str = "party:shop:示例";
const OTHER_SHOP: &str = "party:shop:别家";
pub const SCALE: &str = "thing:scale:示例-8";

fn words(text: &str) -> heng_rule::Words {
    heng_rule::Words { zh: text.to_owned(), en: text.to_owned() }
}

/// Somebody whom the authority introduces, with a key.
pub fn introduce(city: &City, id: &str, kind: PartyKind, of: Option<&str>) {
    let key = SigningKey::generate(Suite::Ed25519, &Sha256::digest(id).into()).unwrap();
    let party = Party {
        id: id.to_owned(),
        kind,
        name: words(&format!("{id} <b>&")),
        address: None,
        of: of.map(str::to_owned),
        district: None,
        standing: None,
        synthetic: true,
    };
    city.says("party:authority", id, Body::Party(party));
    let introduced = KeyCertificate::new(id, key.public_key(), date(2026, 1, 1), date(2036, 12, 31));
    city.says("party:authority", id, Body::Key(introduced));
    city.office().keys().keep(id, &std::sync::Arc::new(key)).unwrap();
}

fn register_scale(city: &City, id: &str, keeper: &str, district: &str) {
    register_scale_for(Purpose::Trade, city, id, keeper, district);
}

fn register_scale_for(purpose: Purpose, city: &City, id: &str, keeper: &str, district: &str) {
    let mut instrument = City::record("scale.toml").instrument;
    instrument.id = Some(id.to_owned());
    register_in(city, id, keeper, (district, purpose), instrument);
}

/// An instrument of a keeper in the first district.
pub fn register(city: &City, id: &str, keeper: &str, instrument: heng_rule::Instrument) {
    register_in(city, id, keeper, ("120101", Purpose::Trade), instrument);
}

fn register_in(
    city: &City,
    id: &str,
    keeper: &str,
    (district, purpose): (&str, Purpose),
    instrument: heng_rule::Instrument,
) {
    let registration = Registration {
        id: id.to_owned(),
        kind: "instrument".to_owned(),
        name: words("电子秤 <script>alert(1)</script>"),
        keeper: keeper.to_owned(),
        instrument: Some(instrument),
        place: Some(Place { district: district.to_owned(), address: words("和平区示例路 8 号") }),
        purpose: Some(purpose),
        synthetic: true,
    };
    city.says(keeper, id, Body::Reg(Box::new(registration)));
}

/// A shop with a scale, its contact, and the supervisor of its district.
pub fn town() -> City {
    let mut city = City::founded();
    for shop in [SHOP, OTHER_SHOP] {
        introduce(&city, shop, PartyKind::Organisation, None);
    }
    introduce(&city, "party:person:owner", PartyKind::Person, Some(SHOP));
    introduce(&city, "party:person:other-owner", PartyKind::Person, Some(OTHER_SHOP));
    introduce(&city, "party:person:supervisor", PartyKind::Person, Some("party:authority"));
    let granted = Authorization {
        party: "party:person:supervisor".to_owned(),
        roles: vec![Role::Supervise],
        scope: vec![Scope { district: Some("120101".to_owned()), ..Scope::default() }],
        valid_from: date(2026, 1, 1),
        valid_through: date(2036, 12, 31),
        number: None,
    };
    city.says("party:authority", "party:person:supervisor", Body::Auth(granted));
    register_scale(&city, SCALE, SHOP, "120101");
    register_scale(&city, "thing:scale:别家", OTHER_SHOP, "120102");
    city.refresh();
    city
}

/// The record of the shop's scale, waiting for its review.
pub fn measured(city: &City) -> String {
    let mut record = City::record("scale.toml");
    record.instrument.id = Some(SCALE.to_owned());
    let at = clock::now();
    match city.desk().measure(record, Moment { at, day: clock::day(at) }) {
        Ok(hash) => hash,
        Err(_) => panic!("the record must be taken"),
    }
}

#[tokio::test]
async fn only_what_must_be_verified_is_in_the_matrix_and_the_others_are_counted_beside_it() {
    let city = town();
    register_scale_for(Purpose::Other, &city, "thing:scale:自用", SHOP, "120101");
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let counted = city.page_of(&supervisor, "/api/districts?district=120101").await.json();
    assert_eq!((&counted["total"]["all"], &counted["others"]), (&2.into(), &1.into()));
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        let list = answer["instruments"].as_array().unwrap();
        list.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&counted), [SCALE], "the list is what the cell counts");
    let others = city.page_of(&supervisor, "/api/districts?obligation=other").await.json();
    assert_eq!(ids(&others), ["thing:scale:自用"]);
    let page = city.page_of(&supervisor, "/districts").await.text();
    assert!(page.contains("另有 1 台") && page.contains("按时受检率 = "), "{page}");
}

#[tokio::test]
async fn the_keepers_of_one_kind_are_a_matrix_by_district() {
    let city = town();
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let address = "by=keeper&kind=digital-indicating-scale";
    let counted = city.page_of(&supervisor, &format!("/api/districts?{address}")).await.json();
    let keepers = counted["keepers"].as_array().unwrap();
    assert_eq!(keepers.len(), 2, "{counted}");
    assert_eq!(counted["total"]["all"], 2);
    assert!(counted["instruments"].is_null(), "the kind whose keepers are shown is no cell");
    let page = city.page_of(&supervisor, "/districts").await.text();
    assert!(page.contains("/districts?by=keeper&#38;kind=digital-indicating-scale"), "{page}");
    let page = city.page_of(&supervisor, &format!("/districts?{address}")).await.text();
    assert!(page.contains("按持有单位看按时受检率") && page.contains("各持有单位"), "{page}");
    let cell = format!("{address}&keeper={}&district=120101", SHOP.replace(':', "%3A"));
    let list = city.page_of(&supervisor, &format!("/api/districts?{cell}")).await.json();
    assert_eq!(list["instruments"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!(list["instruments"][0]["keeper"], SHOP);
    let other = city.page_of(&supervisor, &format!("/districts?{address}&keeper=x&district=120102")).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN, "the districts of others stay closed");
}

#[tokio::test]
async fn a_certificate_that_two_persons_make_changes_every_page_at_once() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;

    let before = city.page_of(&owner, "/holdings").await.text();
    assert!(before.contains("未检") && !before.contains("<script>alert"), "names are only words");
    assert!(before.contains("强制检定 · 贸易结算"), "a scale in a shop must be verified");
    let thing = city.page(&format!("/thing/{SCALE}")).await.text();
    assert!(thing.contains("两条都满足") && thing.contains("列在“非自动衡器”"), "{thing}");
    let facts = city.page(&format!("/api/thing/{SCALE}")).await.json();
    assert_eq!(facts["identity"]["must"]["obligation"], "mandatory");
    assert!(!before.contains("别家"), "nobody sees what others keep");
    let matrix = city.page_of(&supervisor, "/districts?district=120101").await.text();
    assert!(matrix.contains("未检") && matrix.contains("1 台中 1 台"), "{matrix}");

    let record = measured(&city);
    let address = format!("/laboratory/record/{record}");
    assert!(city.page_of(&verifier, "/laboratory").await.text().contains("等别人核验"));
    assert!(city.page_of(&reviewer, "/laboratory").await.text().contains("等我核验"));
    assert!(city.page_of(&owner, "/holdings").await.text().contains("未检"), "a record is no certificate");

    let own = city.fill(&address, &verifier, "answer=approve").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "nobody approves their own act");
    let size = city.office().store().size().unwrap();
    let approved = city.fill(&address, &reviewer, "answer=approve").await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.text());
    assert_eq!(city.office().store().size().unwrap(), size + 2, "the review and the certificate");
    let page = approved.header("location").to_owned();
    let number = page.rsplit('/').next().unwrap().to_owned();

    assert!(city.page_of(&owner, "/holdings").await.text().contains(&number));
    let matrix = city.page_of(&supervisor, "/districts?district=120101").await.text();
    assert!(matrix.contains("1 台中 0 台"), "{matrix}");
    assert!(city.page(&format!("/check/{number}")).await.text().contains("可信"));
    assert!(city.page(&format!("/thing/{SCALE}")).await.text().contains(&number));
    let calendar = city.page_of(&owner, "/holdings/due.ics").await.text();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.contains("DTSTART;VALUE=DATE:2027"), "{calendar}");
    let again = city.fill(&address, &reviewer, "answer=approve").await;
    assert_eq!(again.header("location"), page, "a second answer finds the certificate");
    assert_eq!(city.office().store().size().unwrap(), size + 2);

    let form = "reason=%E8%AF%BB%E9%94%99%E4%BA%86&from=2026-11-01";
    let taken = city.fill(&format!("/laboratory/withdraw/{number}"), &verifier, form).await;
    assert_eq!(taken.status, StatusCode::FORBIDDEN, "a verifier alone withdraws nothing");
    let taken = city.fill(&format!("/laboratory/withdraw/{number}"), &reviewer, form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    assert!(city.page_of(&owner, "/holdings").await.text().contains("证书失效"));
    assert!(city.page(&format!("/check/{number}")).await.text().contains("存疑"));
}

#[tokio::test]
async fn a_record_that_is_sent_back_is_with_its_verifier_and_cannot_be_certified() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let address = format!("/laboratory/record/{}", measured(&city));
    let silent = city.fill(&address, &reviewer, "answer=return&reason=+").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is owed");
    let back = city.fill(&address, &reviewer, "answer=return&reason=%E6%B8%A9%E5%BA%A6%E6%BC%8F%E5%A1%AB").await;
    assert_eq!(back.header("location"), "/laboratory");
    let tasks = city.page_of(&verifier, "/laboratory").await.text();
    assert!(tasks.contains("退回给我的") && tasks.contains("温度漏填"));
    let approved = city.fill(&address, &reviewer, "answer=approve").await;
    assert_eq!(approved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(approved.text().contains("退回"), "{}", approved.text());
}

#[tokio::test]
async fn a_request_of_the_owner_is_in_the_log_and_on_the_laboratorys_list() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let size = city.office().store().size().unwrap();
    let form =
        |thing: &str, day: &str| format!("thing={thing}&laboratory=party%3Alab-tj&wanted_on={day}&remark=%3Cb%3E");
    let refused =
        city.fill("/holdings/request", &owner, &form("thing%3Ascale%3A%E5%88%AB%E5%AE%B6", "2036-01-01")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "it is another shop's");
    let refused =
        city.fill("/holdings/request", &owner, &form("thing%3Ascale%3A%E7%A4%BA%E4%BE%8B-8", "2020-01-01")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(city.office().store().size().unwrap(), size, "what was refused leaves no trace");
    let sent =
        city.fill("/holdings/request", &owner, &form("thing%3Ascale%3A%E7%A4%BA%E4%BE%8B-8", "2036-01-01")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(city.page_of(&owner, "/holdings").await.text().contains("已申请"));
    let tasks = city.page_of(&reviewer, "/laboratory").await.text();
    assert!(tasks.contains("新委托") && tasks.contains("2036-01-01"));
}

#[tokio::test]
async fn everyone_stays_in_their_own_rooms() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let stranger = city.session(&city.member("林岳")).await;
    let record = format!("/laboratory/record/{}", measured(&city));
    for (cookie, address) in [
        (&owner, "/laboratory"),
        (&owner, "/districts"),
        (&owner, record.as_str()),
        (&supervisor, "/holdings"),
        (&supervisor, "/districts?district=120102"),
        (&reviewer, "/holdings"),
        (&reviewer, "/districts"),
        (&stranger, record.as_str()),
    ] {
        let answer = city.page_of(cookie, address).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}");
        assert!(answer.text().contains("不能做这件事"), "{address}");
    }
    for address in ["/laboratory", "/holdings", "/districts", record.as_str()] {
        assert_eq!(city.page(address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
}

/// A form's text.
pub fn form(fields: &[(&str, &str)]) -> String {
    let plain = percent_encoding::NON_ALPHANUMERIC;
    let coded = |text: &str| percent_encoding::utf8_percent_encode(text, plain).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn a_sheet_is_filled_row_by_row_and_signed_only_when_nothing_is_missing() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let page = city.page_of(&verifier, &format!("/laboratory/new?thing={SCALE}")).await.text();
    assert!(page.contains("JJG 539-2016"), "{page}");
    let chosen = form(&[("thing", SCALE), ("rule", "jjg-539-2016"), ("occasion", "subsequent")]);
    let begun = city.fill("/laboratory/new", &verifier, &chosen).await;
    let sheet = begun.header("location").to_owned();
    assert!(sheet.starts_with("/laboratory/sheet/"), "{}", begun.text());
    let page = city.page_of(&verifier, &sheet).await.text();
    assert!(page.contains("value=\"100\"") && page.contains("value=\"15000\""), "the rule's own points are there");
    assert_eq!(city.page_of(&reviewer, &sheet).await.status, StatusCode::OK, "a colleague may look");
    assert_eq!(city.fill(&sheet, &reviewer, &form(&scale_sheet("save", "1"))).await.status, StatusCode::FORBIDDEN);

    let live = city.fill(&format!("{sheet}/live"), &verifier, &form(&scale_sheet("save", "1"))).await.text();
    assert!(live.contains("class=\"band small\"") && live.contains("合格"), "{live}");
    let wrong = form(&[("revision", "1"), ("weighing.1.indication", "１００")]);
    let live = city.fill(&format!("{sheet}/live"), &verifier, &wrong).await.text();
    assert!(live.contains("是不是 100") && live.contains("id=\"weighing.1.indication-said\" data-live"), "{live}");

    let size = city.office().store().size().unwrap();
    let early = city.fill(&sheet, &verifier, &form(&scale_sheet("sign", "1"))).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("没填完"), "eccentricity and repeatability are not filled");
    assert_eq!(city.office().store().size().unwrap(), size, "what is not signed is in no log");
    let stale = city.fill(&sheet, &verifier, &form(&scale_sheet("save", "1"))).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "somebody saved in between");

    let signed = city.fill(&sheet, &verifier, &form(&whole_scale_sheet("2"))).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let record = signed.header("location").to_owned();
    assert_eq!(city.page_of(&verifier, &sheet).await.header("location"), record, "the sheet is with its reviewer");
    let approved = city.fill(&record, &reviewer, "answer=approve").await;
    assert!(approved.header("location").starts_with("/certificate/"), "{}", approved.text());
}

/// Calibrates the laboratory's weights again: after the work that the world began with, good through a day.
fn calibrated_again(city: &City, performed_on: jiff::civil::Date, through: jiff::civil::Date) {
    let world = heng_supervision::founding::world().unwrap();
    let mut record = world.record(world.standard("thing:standard:tj-f2").unwrap());
    record.number = None;
    record.performed_on = performed_on;
    record.recalibrate_by = Some(through);
    city.certified(record);
}

#[tokio::test]
async fn a_lapsed_standard_blocks_signing_with_its_clause_but_not_the_calibration_that_repairs_it() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let today = clock::day(clock::now());
    let yesterday = today.yesterday().unwrap();
    calibrated_again(&city, yesterday, yesterday);
    let chosen = form(&[("thing", SCALE), ("rule", "jjg-539-2016"), ("occasion", "subsequent")]);
    let begun = city.fill("/laboratory/new", &verifier, &chosen).await;
    let sheet = begun.header("location").to_owned();
    let size = city.office().store().size().unwrap();
    let refused = city.fill(&sheet, &verifier, &form(&whole_scale_sheet("1"))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = refused.text();
    let sentence = format!("的证书到 {yesterday} 为止，{today} 不能再用");
    assert!(said.contains(&sentence) && said.contains("计量法实施细则 第二十二条"), "{said}");
    assert!(said.contains("证书已过期"), "the standard itself is marked");
    assert_eq!(city.office().store().size().unwrap(), size, "what was refused leaves no trace");
    assert!(city.page_of(&verifier, &sheet).await.text().contains("value=\"7500\""), "what was typed is still there");
    let blind = city.fill(&sheet, &verifier, &form(&[("act", "save")])).await;
    assert_eq!(blind.status, StatusCode::BAD_REQUEST, "nobody overwrites what they have not seen");

    // A crash may come after the record was named and before it is in the log: the sheet is open as before.
    let drafts = city.office().drafts();
    let mut draft = drafts.all().unwrap().into_iter().next().unwrap();
    draft.signed = Some("ab".repeat(32));
    let revision = (draft.revision + 1).to_string();
    drafts.save(draft, clock::now()).unwrap();
    assert_eq!(city.page_of(&verifier, &sheet).await.status, StatusCode::OK);
    assert!(city.page_of(&verifier, "/laboratory").await.text().contains(&sheet));

    // The weights are calibrated at the portal's own bench, although they have lapsed, and work again.
    let page = city.page_of(&verifier, &sheet).await.text();
    assert!(page.contains("/laboratory/new?thing=thing:standard:tj-f2"), "the way to the repair: {page}");
    let end = today.checked_add(jiff::Span::new().years(1)).unwrap();
    let number = crate::calibration::calibrated(&city, (&verifier, &reviewer), end).await;
    assert!(city.page(&format!("/check/{number}")).await.text().contains("可信"));
    let page = city.page_of(&verifier, &sheet).await.text();
    let weights = page.split("for=\"standard:thing:standard:tj-f2\"").nth(1).unwrap().split("</label>").next().unwrap();
    assert!(weights.contains(&format!("{number} · 有效期至 {end}")) && !weights.contains("证书已过期"), "{weights}");
    let signed = city.fill(&sheet, &verifier, &form(&whole_scale_sheet(&revision))).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    assert!(signed.header("location").starts_with("/laboratory/record/"));
}

#[tokio::test]
async fn a_withdrawal_reaches_back_and_never_ahead_and_is_said_once() {
    let city = town();
    let number = city.certified(City::record("scale.toml"));
    let reviewer = city.session(&city.member("孙丽")).await;
    let address = format!("/laboratory/withdraw/{number}");
    let size = || city.office().store().size().unwrap();
    let before = size();
    let withdrawn = async |from: &str| city.fill(&address, &reviewer, &format!("reason=x&from={from}")).await;
    for day in ["9999-12-31", "2000-01-01"] {
        let answer = withdrawn(day).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(answer.text().contains("不晚于今天"), "{}", answer.text());
    }
    assert_eq!(size(), before);
    let today = clock::day(clock::now());
    let performed = City::record("scale.toml").performed_on;
    assert_eq!(withdrawn(&today.to_string()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(withdrawn(&today.to_string()).await.status, StatusCode::SEE_OTHER, "the same click again");
    assert_eq!(size(), before + 1);
    // A day that was too late is mended by an earlier one, and not the other way round.
    assert_eq!(withdrawn(&performed.to_string()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(size(), before + 2);
    let facts = city.page(&format!("/api/certificate/{number}")).await.json();
    assert_eq!(facts["certificate"]["from"], performed.to_string(), "{facts}");
    let later = withdrawn(&today.to_string()).await;
    assert_eq!(later.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(later.text().contains("只能更早"), "{}", later.text());
    assert_eq!(size(), before + 2);
}
