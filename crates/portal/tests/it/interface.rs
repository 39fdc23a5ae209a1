//! The interface has the facts of the pages, and its description lists what there is.

use std::collections::BTreeSet;

use axum::http::StatusCode;

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
    let found = city.page("/api/register?quantity=mass&value=5%20kg&uncertainty=1%20g").await.json();
    let institutes = found["institutes"].as_array().unwrap();
    assert!(!institutes.is_empty());
    assert!(
        institutes.iter().all(|one| one["capabilities"].as_array().unwrap().iter().all(|c| c["quantity"] == "mass"))
    );
    let none = city.page("/api/register?quantity=mass&value=5%20kg&uncertainty=1%20ng").await.json();
    assert!(none["institutes"].as_array().unwrap().is_empty());
    let other = city.page("/api/register?quantity=mass&value=5%20MPa").await.json();
    assert!(other["institutes"].as_array().unwrap().is_empty(), "a pressure is no mass");
    let page = city.page("/register?value=heavy").await.text();
    assert!(page.contains("aria-invalid"));
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
