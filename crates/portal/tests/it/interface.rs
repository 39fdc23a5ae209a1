//! The interface has the facts of the pages, and its description lists what there is.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use heng_rule::Words;
use heng_statement::{Body, Registration};

use crate::city::City;

#[tokio::test]
async fn the_description_and_the_router_list_the_same_addresses() {
    let city = City::founded();
    let description: serde_json::Value = city.page("/api/openapi.json").await.json();
    assert_eq!(description["openapi"], "3.1.0");
    let described: BTreeSet<&str> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let router = include_str!("../../src/router.rs");
    let routed = router.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let routed: BTreeSet<&str> = routed.filter(|path| path.starts_with("/api/")).collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn the_facts_of_a_page_come_as_json() {
    let city = City::founded();
    let number = city.certified(City::record("scale.toml"));
    let check = city.page(&format!("/api/check/{number}")).await;
    assert_eq!(check.header("content-type"), "application/json");
    assert_eq!(check.json()["reports"][0]["answer"], "trusted");
    let certificate = city.page(&format!("/api/certificate/{number}")).await.json();
    assert_eq!(certificate["certificate"]["status"], "conforms");
    assert_eq!(certificate["chain"]["complete"], true);
    let hash = certificate["certificate"]["statement"].as_str().unwrap();
    let statement = city.page(&format!("/api/statement/{hash}")).await.json();
    assert_eq!(statement["kind"], "cert");
    let laboratory = city.page("/api/thing/party:lab-tj").await.json();
    assert_eq!(laboratory["identity"]["kind"], "party");

    city.withdraw(&number, "示例");
    let certificate = city.page(&format!("/api/certificate/{number}")).await.json();
    assert_eq!(certificate["certificate"]["status"], "withdrawn");
    let unknown = city.page("/api/check/NO-SUCH?lang=en").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.header("content-type"), "application/problem+json");
    assert_eq!(unknown.json()["code"], "no-certificate");
}

#[tokio::test]
async fn the_register_finds_who_can_measure_a_value_well_enough() {
    let city = City::founded();
    let found = city.page("/api/register?quantity=mass&value=20%20kg&uncertainty=0.1%20g").await.json();
    let offers = found["offers"].as_array().unwrap();
    let best: Vec<(&str, &str)> = offers
        .iter()
        .map(|one| (one["institute"].as_str().unwrap(), one["uncertainty"]["value"].as_str().unwrap()))
        .collect();
    assert_eq!(best[..2], [("party:nmi", "1.5"), ("party:nmi", "2.5")], "the best comes first");
    assert!(best.contains(&("party:lab-tj", "0.05")), "a scale of 20 kg: {best:?}");
    assert!(offers.iter().all(|one| one["line"]["quantity"] == "mass" && one["standing"] == "statutory"));
    let institutes = found["institutes"].as_array().unwrap();
    assert!(
        institutes.iter().all(|one| one["capabilities"].as_array().unwrap().iter().all(|c| c["quantity"] == "mass"))
    );
    let finer = city.page("/api/register?quantity=mass&value=20%20kg&uncertainty=0.0016%20g").await.json();
    assert_eq!(finer["offers"].as_array().unwrap().len(), 1, "only the realisation is as good as that");
    let none = city.page("/api/register?quantity=mass&value=5%20kg&uncertainty=1%20ng").await.json();
    assert!(none["offers"].as_array().unwrap().is_empty() && none["institutes"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_register_compares_a_relative_uncertainty_at_the_value() {
    let city = City::founded();
    let found = city.page("/api/register?quantity=pressure&value=2%20MPa&uncertainty=0.0001%20MPa").await.json();
    let offers: Vec<(&str, &str)> = found["offers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["institute"].as_str().unwrap(), one["uncertainty"]["value"].as_str().unwrap()))
        .collect();
    assert_eq!(offers, [("party:nmi", "0.000060")], "0.003 % of 2 MPa; 0.008 % is too much");
    let relative = city.page("/api/register?quantity=mass&value=1%20kg&uncertainty=0.000005%20%25").await.json();
    let offers = relative["offers"].as_array().unwrap();
    assert!(offers.iter().all(|one| one["institute"] == "party:nmi") && !offers.is_empty(), "0.05 mg of 1 kg");
}

#[tokio::test]
async fn the_register_says_what_to_write_where_a_field_cannot_be_read() {
    let city = City::founded();
    let problem = |address: &str| {
        let address = format!("/api/register?lang=en&{address}");
        let city = &city;
        async move {
            let answer = city.page(&address).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
            answer.json()
        }
    };
    let unreadable = problem("value=heavy").await;
    assert_eq!(unreadable["code"], "register-unreadable");
    assert_eq!(unreadable["next"], "For example 5 kg.");
    let other = problem("quantity=mass&value=5%20MPa").await;
    assert_eq!(other["code"], "register-other-quantity");
    assert!(other["next"].as_str().unwrap().contains("10\u{a0}g"), "{other}");
    assert_eq!(problem("quantity=mass&value=5%20kg&uncertainty=1%20K").await["code"], "register-other-quantity");
    let page = city.page("/register?value=heavy&quantity=mass").await.text();
    assert!(page.contains("aria-invalid") && page.contains("例如 5 kg"), "{page}");
    let page = city.page("/register?quantity=mass&value=5+MPa").await.text();
    assert!(page.contains("aria-invalid") && page.contains("这个单位不是所选的量的"));
    assert!(page.contains("party:nmi"), "everything is shown rather than what was not asked for");
}

#[tokio::test]
async fn an_unknown_name_leads_to_the_nearest_known_ones() {
    let city = City::founded();
    let number = city.certified(City::record("scale.toml"));
    let slipped = number.replacen('0', "O", 1);
    let answer = city.page(&format!("/api/check/{slipped}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let near = &answer.json()["near"][0];
    assert_eq!(near["name"], number.as_str());
    assert_eq!(near["address"], format!("/check/{number}"));
    for page in ["/check/", "/certificate/"] {
        let text = city.page(&format!("{page}{slipped}")).await.text();
        assert!(text.contains(&format!("href=\"/check/{number}\"")), "{text}");
    }
    let thing = city.page("/api/thing/thing:standard:tj-f3").await.json();
    let names: Vec<&str> = thing["near"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"thing:standard:tj-f1") && names.contains(&"thing:standard:tj-f2"), "{names:?}");
    let person = city.page("/api/thing/party:person:zhao-mim").await.json();
    assert_eq!(person["near"].as_array().unwrap().len(), 0, "nobody is led to a person");
    for number in ["1", "2"] {
        let id = format!("thing:network:示例-{number}");
        let network = Registration {
            id: id.clone(),
            kind: Registration::NETWORK.to_owned(),
            name: Words { zh: "示例台区".to_owned(), en: "Example network".to_owned() },
            keeper: "party:lab-tj".to_owned(),
            instrument: None,
            place: None,
            purpose: None,
            synthetic: true,
        };
        city.says("party:lab-tj", &id, Body::Reg(Box::new(network)));
    }
    assert_eq!(city.page("/api/thing/thing:network:示例-1").await.status, StatusCode::OK);
    let network = city.page("/api/thing/thing:network:示例-3").await;
    assert_eq!(network.status, StatusCode::NOT_FOUND);
    assert_eq!(network.json()["near"].as_array().unwrap().len(), 0, "nobody is led to a network");
    let far = city.page("/api/check/NO-SUCH").await.json();
    assert_eq!(far["near"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn the_log_is_served_by_its_standard_paths_and_nothing_beside_it() {
    let city = City::founded();
    let checkpoint = city.page("/checkpoint").await.text();
    let size: u64 = checkpoint.lines().nth(1).unwrap().parse().unwrap();
    assert_eq!(checkpoint.lines().next().unwrap(), city.office().store().origin());
    let width = size % 256;
    let tile = city.page(&format!("/tile/0/000.p/{width}")).await;
    assert_eq!((tile.status, tile.bytes.len() as u64), (StatusCode::OK, width * 32));
    for path in ["/tile/../origin", "/tile/0/..%2F..%2Forigin", "/tile/0", "/tile/0/000.p", "/tile/0/%00"] {
        assert!(city.page(path).await.status.is_client_error(), "{path}");
    }
}
