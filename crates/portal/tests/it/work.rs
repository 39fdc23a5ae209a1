//! Two persons make a certificate, and everyone else's pages change at once.

use axum::http::StatusCode;
use heng_office::{Moment, clock};
use heng_statement::body::{Place, Purpose, Role};
use heng_statement::{Authorization, Body, KeyCertificate, Party, PartyKind, Registration, Scope, SigningKey, Suite};
use jiff::civil::date;
use sha2::{Digest, Sha256};

use crate::city::City;

const SHOP: &str = "party:shop:示例";
const OTHER_SHOP: &str = "party:shop:别家";
const SCALE: &str = "thing:scale:示例-8";

fn words(text: &str) -> heng_rule::Words {
    heng_rule::Words { zh: text.to_owned(), en: text.to_owned() }
}

/// Somebody whom the authority introduces, with a key.
fn introduce(city: &City, id: &str, kind: PartyKind, of: Option<&str>) {
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
    city.office().keys().keep(id, &key).unwrap();
}

fn register(city: &City, id: &str, keeper: &str, district: &str) {
    let mut instrument = City::record("scale.toml").instrument;
    instrument.id = Some(id.to_owned());
    let registration = Registration {
        id: id.to_owned(),
        kind: "instrument".to_owned(),
        name: words("电子秤 <script>alert(1)</script>"),
        keeper: keeper.to_owned(),
        instrument: Some(instrument),
        place: Some(Place { district: district.to_owned(), address: words("和平区示例路 8 号") }),
        purpose: Some(Purpose::Trade),
        synthetic: true,
    };
    city.says(keeper, id, Body::Reg(Box::new(registration)));
}

/// A shop with a scale, its contact, and the supervisor of its district.
fn town() -> City {
    let mut city = City::founded();
    for shop in [SHOP, OTHER_SHOP] {
        introduce(&city, shop, PartyKind::Organisation, None);
    }
    introduce(&city, "party:person:owner", PartyKind::Person, Some(SHOP));
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
    register(&city, SCALE, SHOP, "120101");
    register(&city, "thing:scale:别家", OTHER_SHOP, "120102");
    city.refresh();
    city
}

/// The record of the shop's scale, waiting for its review.
fn measured(city: &City) -> String {
    let mut record = City::record("scale.toml");
    record.instrument.id = Some(SCALE.to_owned());
    let at = clock::now();
    match city.desk().measure(record, Moment { at, day: clock::day(at) }) {
        Ok(hash) => hash,
        Err(_) => panic!("the record must be taken"),
    }
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
fn form(fields: &[(&str, &str)]) -> String {
    let plain = percent_encoding::NON_ALPHANUMERIC;
    let coded = |text: &str| percent_encoding::utf8_percent_encode(text, plain).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect::<Vec<_>>().join("&")
}

/// What a verifier types for the example's scale: it reads right at every load, changing over at half a division.
fn scale_sheet<'a>(act: &'a str, revision: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("act", act),
        ("revision", revision),
        ("environment.temperature", "21.5"),
        ("environment.relative_humidity", "48"),
        ("standard:thing:standard:tj-f2", "on"),
        ("reviewer", "party:person:sun-li"),
        ("appearance.1.marking_complete", "yes"),
        ("appearance.1.seal_intact", "yes"),
        ("zero.1.load", "0"),
        ("zero.1.indication", "0"),
        ("zero.1.additional", "2.5"),
    ];
    for (load, names) in [
        ("100", ["weighing.1.load", "weighing.1.indication", "weighing.1.additional"]),
        ("500", ["weighing.2.load", "weighing.2.indication", "weighing.2.additional"]),
        ("2500", ["weighing.3.load", "weighing.3.indication", "weighing.3.additional"]),
        ("10000", ["weighing.4.load", "weighing.4.indication", "weighing.4.additional"]),
        ("15000", ["weighing.5.load", "weighing.5.indication", "weighing.5.additional"]),
    ] {
        fields.extend([(names[0], load), (names[1], load), (names[2], "2.5")]);
    }
    fields
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

    let mut fields = scale_sheet("sign", "2");
    for names in [
        ["eccentricity.1.load", "eccentricity.1.indication", "eccentricity.1.additional"],
        ["eccentricity.2.load", "eccentricity.2.indication", "eccentricity.2.additional"],
        ["eccentricity.3.load", "eccentricity.3.indication", "eccentricity.3.additional"],
        ["eccentricity.4.load", "eccentricity.4.indication", "eccentricity.4.additional"],
    ] {
        fields.extend([(names[0], "5000"), (names[1], "5000"), (names[2], "2.5")]);
    }
    for (position, name) in [
        ("1", "eccentricity.1.position"),
        ("2", "eccentricity.2.position"),
        ("3", "eccentricity.3.position"),
        ("4", "eccentricity.4.position"),
    ] {
        fields.push((name, position));
    }
    for names in [
        ["repeatability.1.load", "repeatability.1.indication"],
        ["repeatability.2.load", "repeatability.2.indication"],
        ["repeatability.3.load", "repeatability.3.indication"],
    ] {
        fields.extend([(names[0], "7500"), (names[1], "7500")]);
    }
    fields.push(("discrimination.1.changes_by_d", "yes"));
    let signed = city.fill(&sheet, &verifier, &form(&fields)).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let record = signed.header("location").to_owned();
    assert_eq!(city.page_of(&verifier, &sheet).await.header("location"), record, "the sheet is with its reviewer");
    let approved = city.fill(&record, &reviewer, "answer=approve").await;
    assert!(approved.header("location").starts_with("/certificate/"), "{}", approved.text());
}
