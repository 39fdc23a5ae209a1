//! What sessions say of charging piles of several operators: each sees their own, a supervisor the district's, whoever watches them all.

use axum::body::Body as Bytes;
use axum::http::{Request, StatusCode};
use heng_office::service::{Judged, record};
use heng_office::{clock, follow};
use heng_quantity::text;
use heng_statement::body::{Place, Purpose};
use heng_statement::service::{
    InstrumentResult, Level, LevelKind, RESULTS, ServiceResults, ServiceState, SessionCounts,
};
use heng_statement::{Body, PartyKind, Registration};
use heng_supervision::service::Asked;
use jiff::civil::date;
use serde_json::{Value, json};

use crate::city::City;
use crate::described::assert_described;
use crate::work::{SHOP, introduce, town};

const PLATFORM: &str = "party:platform:示例";
const OTHER_SHOP: &str = "party:shop:别家";
const NETWORK: &str = "thing:network:示例-piles";

/// The piles: whose, where, and how they are.
const PILES: [(&str, &str, &str, ServiceState); 4] = [
    ("thing:pile:1", SHOP, "120101", ServiceState::Beyond),
    ("thing:pile:2", OTHER_SHOP, "120102", ServiceState::Beyond),
    ("thing:pile:3", SHOP, "120102", ServiceState::Good),
    ("thing:pile:4", OTHER_SHOP, "120101", ServiceState::Undecided),
];

fn registered(city: &City, id: &str, kind: &str, keeper: &str, district: Option<&str>) {
    let name = heng_rule::Words { zh: "示例桩 <b>".to_owned(), en: "Example <b>".to_owned() };
    let instrument = district.map(|_| {
        let mut instrument = City::record("dc-charging-pile.toml").instrument;
        instrument.id = Some(id.to_owned());
        instrument.serial = id.replace("thing:", "");
        if id.contains("worn") {
            instrument.model = "DC-120B".to_owned();
        }
        instrument
    });
    let place = district.map(|district| Place { district: district.to_owned(), address: name.clone() });
    let registration = Registration {
        id: id.to_owned(),
        kind: kind.to_owned(),
        name,
        keeper: keeper.to_owned(),
        purpose: instrument.is_some().then_some(Purpose::Trade),
        instrument,
        place,
        synthetic: true,
    };
    city.says(keeper, id, Body::Reg(Box::new(registration)));
}

fn result((thing, _, _, state): &(&str, &str, &str, ServiceState)) -> InstrumentResult {
    let percent = |value: &str| {
        let uncertainty = json!({ "kind": "interval", "lower": "-1.00", "upper": "3.00", "coverage_probability": "0.95", "standard": "0.20" });
        serde_json::from_value(json!({ "value": value, "unit": r"\percent", "uncertainty": uncertainty })).unwrap()
    };
    InstrumentResult {
        thing: (*thing).to_owned(),
        state: *state,
        decidable: *state != ServiceState::Undecided,
        reason: if *state == ServiceState::Undecided { "few-sessions" } else { "decided" }.to_owned(),
        error: percent(if *state == ServiceState::Beyond { "2.40" } else { "0.10" }),
        probability: "0.9990".parse().unwrap(),
        own_limit: None,
        since: None,
        registered: text::parse("1200.00 kWh").unwrap(),
        sessions: Some(SessionCounts {
            sessions: 60,
            vehicles: 31,
            timed: 60,
            beyond_power: 0,
            priced: 60,
            wrong_amount: 3,
        }),
    }
}

/// A town whose charging piles are watched.
fn watched() -> City {
    let mut city = town();
    introduce(&city, PLATFORM, PartyKind::Organisation, None);
    introduce(&city, "party:person:analyst", PartyKind::Person, Some(PLATFORM));
    registered(&city, NETWORK, Registration::NETWORK, PLATFORM, None);
    for (id, keeper, district, _) in PILES {
        registered(&city, id, Registration::INSTRUMENT, keeper, Some(district));
    }
    inferred(&mut city, &PILES);
    city
}

/// What sessions say of piles is signed, and alarms are raised.
fn inferred(city: &mut City, piles: &[(&str, &str, &str, ServiceState)]) {
    city.refresh();
    let inventory = follow::inventory(city.office().store(), heng_office::ANCHOR).unwrap();
    let judged = Judged {
        begins_on: date(2026, 4, 1),
        ends_on: date(2026, 6, 30),
        readings: Vec::new(),
        program: "heng".to_owned(),
        limit: "jjg-1149-2022:1".to_owned(),
        largest_error: text::parse("1 %").unwrap(),
        balance: None,
        level: Some(Level {
            against: LevelKind::Verified,
            verified: 2,
            standard_uncertainty: text::parse("0.03 %").unwrap(),
        }),
        results: ServiceResults {
            format: RESULTS.to_owned(),
            network: NETWORK.to_owned(),
            instruments: piles.iter().map(result).collect(),
            days: Vec::new(),
        },
        synthetic: true,
    };
    let asked = Asked { addressee: None, answer_by: date(2036, 1, 1) };
    record(city.office(), &inventory, judged, PLATFORM, Some(asked), clock::now()).unwrap();
    city.refresh();
}

/// The counts of a matrix by keeper and district: all, alarming, undecided.
fn counts(matrix: &Value) -> Vec<(String, String, [u64; 3])> {
    let mut found = Vec::new();
    for keeper in matrix["keepers"].as_array().unwrap() {
        for district in keeper["districts"].as_array().unwrap() {
            let counts = ["all", "alarming", "undecided"].map(|name| district[name].as_u64().unwrap());
            let [keeper, district] = [&keeper["keeper"], &district["district"]].map(|one| one.as_str().unwrap());
            found.push((keeper.to_owned(), district.to_owned(), counts));
        }
    }
    found.sort();
    found
}

fn cell(keeper: &str, district: &str, counts: [u64; 3]) -> (String, String, [u64; 3]) {
    (keeper.to_owned(), district.to_owned(), counts)
}

#[tokio::test]
async fn each_operator_sees_their_own_piles_a_supervisor_the_districts_and_whoever_watches_them_all() {
    let city = watched();
    let all = [
        cell(OTHER_SHOP, "120101", [1, 0, 1]),
        cell(OTHER_SHOP, "120102", [1, 1, 0]),
        cell(SHOP, "120101", [1, 1, 0]),
        cell(SHOP, "120102", [1, 0, 0]),
    ];
    for (person, seen) in [
        ("party:person:owner", vec![2, 3]),
        ("party:person:other-owner", vec![0, 1]),
        ("party:person:supervisor", vec![0, 2]),
        ("party:person:analyst", vec![0, 1, 2, 3]),
    ] {
        let session = city.session(&city.member(person)).await;
        let matrix = city.page_of(&session, "/api/service/matrix").await;
        assert_eq!(matrix.status, StatusCode::OK, "{person}: {}", matrix.text());
        let expected: Vec<_> = seen.iter().map(|place: &usize| all[*place].clone()).collect();
        assert_eq!(counts(&matrix.json()), expected, "{person}");
        let own = |(id, keeper, district, _): &&(&str, &str, &str, ServiceState)| {
            expected.iter().any(|(of, at, _)| of == keeper && at == district) && !id.is_empty()
        };
        let pages = [
            "/service/matrix?district=120101",
            "/service/matrix?district=120102",
            "/service/network/thing:network:%E7%A4%BA%E4%BE%8B-piles",
        ];
        for address in pages {
            let page = city.page_of(&session, address).await;
            assert_eq!(page.status, StatusCode::OK, "{person}: {address}");
            assert!(!page.text().contains("Example <b>"), "names are text");
            for pile in PILES {
                let is_here = address.ends_with("piles") || address.ends_with(pile.2);
                let shown = page.text().contains(&format!("/thing/{}\"", pile.0.replace(':', "%3A")))
                    || page.text().contains(&format!("/thing/{}\"", pile.0));
                assert_eq!(shown, is_here && own(&&pile), "{person}: {address}: {}", pile.0);
            }
        }
        // The alarms that wait: everybody sees those of their own piles and districts, and answers those that they are asked.
        let alarms = city.page_of(&session, "/service/alarms").await.text();
        for pile in PILES.iter().filter(|pile| pile.3 == ServiceState::Beyond) {
            assert_eq!(alarms.contains(&pile.0.replace("thing:", "")), own(&pile), "{person}: {}", pile.0);
        }
        let is_asked = person.ends_with("owner");
        assert_eq!(alarms.contains("name=\"done_on\""), is_asked, "{person}");
    }
    let visitor = city.page("/service/matrix").await;
    assert_ne!(visitor.status, StatusCode::OK);
}

#[tokio::test]
async fn an_operator_answers_their_own_alarm_and_nobody_elses() {
    let city = watched();
    let inventory = || follow::inventory(city.office().store(), heng_office::ANCHOR).unwrap();
    let alert_of = |thing: &str| inventory().service().alerts_of(thing).next().unwrap().hash.clone();
    let today = clock::day(clock::now());
    let form = |alert: &str| format!("alert={alert}&action=repaired&done_on={today}&replaced_by=&remark=");
    let session = city.session(&city.member("party:person:owner")).await;
    let foreign = city.fill("/service/alarms", &session, &form(&alert_of("thing:pile:2"))).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let own = city.fill("/service/alarms", &session, &form(&alert_of("thing:pile:1"))).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.text());
    let service = inventory().service().clone();
    assert_eq!(service.done().len(), 1);
    assert_eq!(service.done()[0].issuer, SHOP);
    assert_eq!(service.done()[0].fix.thing, "thing:pile:1");
}

#[tokio::test]
async fn bills_and_the_level_are_said_on_the_page() {
    let city = watched();
    let session = city.session(&city.member("party:person:analyst")).await;
    let request =
        Request::get("/service/network/thing:network:%E7%A4%BA%E4%BE%8B-piles").header("accept-language", "en");
    let page = city.ask(request.header("cookie", &session).body(Bytes::empty()).unwrap()).await.text();
    for said in ["60 sessions of 31 vehicles", "3 of 60 bills", "2 verified piles", "too few sessions"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Balance by day"), "sessions have no balance");
    let address = "/api/service/matrix?district=120101";
    let matrix = assert_described(&city, &session, "/api/service/matrix", address).await;
    assert_eq!(matrix["instruments"].as_array().unwrap().len(), 2);
    assert_described(&city, &session, "/api/service/matrix", "/api/service/matrix?of=meters").await;
}

#[tokio::test]
async fn a_network_has_a_page_though_it_is_no_instrument() {
    let city = watched();
    let thing =
        assert_described(&city, "", "/api/thing/{id}", "/api/thing/thing:network:%E7%A4%BA%E4%BE%8B-piles").await;
    assert_eq!(thing["identity"]["kind"], "other");
    assert_eq!(thing["identity"]["keeper"], PLATFORM);
    let said: Vec<&str> =
        thing["events"].as_array().unwrap().iter().map(|event| event["said"].as_str().unwrap()).collect();
    assert_eq!(said, ["inferred", "registered"]);
    let page = city.page("/thing/thing:network:%E7%A4%BA%E4%BE%8B-piles").await;
    assert!(page.status == StatusCode::OK && page.text().contains("示例桩"), "{}", page.text());
    assert_eq!(city.page("/api/thing/thing:network:none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_private_person_answers_the_alarm_about_what_they_keep_and_sees_nothing_else() {
    let mut city = watched();
    let private = "party:person:private";
    introduce(&city, private, PartyKind::Person, None);
    registered(&city, "thing:pile:own", Registration::INSTRUMENT, private, Some("120101"));
    inferred(&mut city, &[("thing:pile:own", private, "120101", ServiceState::Beyond)]);
    let inventory = || follow::inventory(city.office().store(), heng_office::ANCHOR).unwrap();
    let alert_of = |thing: &str| inventory().service().alerts_of(thing).next().unwrap().hash.clone();
    let session = city.session(&city.member(private)).await;
    let alarms = city.page_of(&session, "/service/alarms").await.text();
    assert!(alarms.contains("pile:own") && !alarms.contains("pile:1"), "{alarms}");
    let today = clock::day(clock::now());
    let form = |alert: &str| format!("alert={alert}&action=repaired&done_on={today}&replaced_by=&remark=");
    let foreign = city.fill("/service/alarms", &session, &form(&alert_of("thing:pile:1"))).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let own = city.fill("/service/alarms", &session, &form(&alert_of("thing:pile:own"))).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.text());
    assert_eq!(inventory().service().done()[0].issuer, private);
    // Who belongs to a laboratory keeps nothing of it for themselves.
    let verifier = city.session(&city.member("赵敏")).await;
    assert_eq!(city.page_of(&verifier, "/service/alarms").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_model_that_fails_more_often_than_the_others_is_named_to_those_who_may_see_it() {
    let mut city = watched();
    let names: Vec<String> =
        (0..30).map(|n| if n < 8 { format!("thing:pile:worn:{n}") } else { format!("thing:pile:sound:{n}") }).collect();
    for name in &names {
        registered(&city, name, Registration::INSTRUMENT, OTHER_SHOP, Some("120101"));
    }
    let state = |n: usize| if n < 6 { ServiceState::Beyond } else { ServiceState::Good };
    let piles: Vec<(&str, &str, &str, ServiceState)> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), OTHER_SHOP, "120101", state(n))).collect();
    inferred(&mut city, &piles);
    for (person, is_seen) in
        [("party:person:analyst", true), ("party:person:other-owner", true), ("party:person:owner", false)]
    {
        let session = city.session(&city.member(person)).await;
        let causes = assert_described(&city, &session, "/api/service/causes", "/api/service/causes").await;
        let found = causes["found"].as_array().unwrap();
        assert_eq!(found.len(), usize::from(is_seen), "{person}: {causes}");
        let page = city.page_of(&session, "/service/causes").await.text();
        assert_eq!(page.contains("DC-120B"), is_seen, "{person}: {page}");
        if is_seen {
            assert_eq!((&found[0]["share"]["count"], &found[0]["share"]["of"]), (&json!(6), &json!(8)));
            assert_eq!(found[0]["shared"]["model"], "DC-120B");
            assert!(found[0]["probability"].as_f64().unwrap() < 0.01, "{causes}");
            assert!(page.contains("pile:worn:0") && !page.contains("pile:worn:7"), "those that failed: {page}");
        }
    }
    assert_ne!(city.page("/service/causes").await.status, StatusCode::OK);
}
