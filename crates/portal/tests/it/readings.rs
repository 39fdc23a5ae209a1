//! Readings over HTTP: whose feed it is, what is answered, and that what was answered is there.

use std::sync::Arc;

use axum::body::Body as Bytes;
use axum::http::{Request, StatusCode};
use heng_portal::{Portal, router};
use heng_store::LocalDisk;
use heng_telemetry::readings::Readings;
use heng_telemetry::readings::report::{Days, report};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::city::City;

const FEEDS: &str = "format = \"heng-feeds/1\"\n[[feed]]\nid = \"heping-01\"\nparty = \"party:lab-tj\"\nutc_offset = \"+08:00\"\n\
                     [[feed]]\nid = \"others\"\nparty = \"party:nmi\"\n";

const TABLE: &str =
    "meter,register,unit,at,value\n津电0001,1-0:1.8.0,kWh,2026-03-01 00:00:00,12.50\n津电0001,1-0:1.8.0,kWh,昨天,1\n";

async fn asked(
    city: &City,
    readings: Option<&Arc<Readings>>,
    request: Request<Bytes>,
) -> (StatusCode, serde_json::Value) {
    let (status, bytes) = answered(city, readings, request).await;
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

async fn answered(city: &City, readings: Option<&Arc<Readings>>, request: Request<Bytes>) -> (StatusCode, Vec<u8>) {
    let mut portal = Portal::open(city.desk().refreshed(heng_office::ANCHOR).unwrap()).unwrap();
    if let Some(readings) = readings {
        portal = portal.with_readings(Arc::clone(readings));
    }
    let response = router(Arc::new(portal)).oneshot(request).await.unwrap();
    let status = response.status();
    (status, response.into_body().collect().await.unwrap().to_bytes().to_vec())
}

fn post(feed: &str, token: &str, text: &'static str) -> Request<Bytes> {
    let request = Request::post(format!("/api/readings?feed={feed}&lang=en"));
    request.header("authorization", format!("Bearer {token}")).body(Bytes::from(text)).unwrap()
}

#[tokio::test]
async fn a_machine_sends_its_own_feed_and_no_other() {
    let city = City::founded();
    let data = city.folder.path();
    std::fs::create_dir_all(data.join("readings")).unwrap();
    std::fs::write(data.join("readings/feeds.toml"), FEEDS).unwrap();
    let readings = Arc::new(Readings::open(data).unwrap());
    let open = Some(&readings);
    let token = city.office().accounts().add_machine("collector-1", "party:lab-tj").unwrap();

    let (status, answer) = asked(&city, open, post("heping-01", &token, TABLE)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!((&answer["readings"], &answer["added"], &answer["rejected"]), (&1.into(), &1.into(), &1.into()));
    assert_eq!(answer["findings"][0]["code"], "reading-time");
    assert_eq!(answer["findings"][0]["data"]["line"], "3");
    let (_, again) = asked(&city, open, post("heping-01", &token, TABLE)).await;
    assert_eq!((&again["added"], &again["again"]), (&0.into(), &1.into()));
    let counted = answered(&city, open, Request::get("/metrics").body(Bytes::empty()).unwrap()).await;
    let counted = String::from_utf8(counted.1).unwrap();
    for line in ["heng_reading_seconds_count 1", "heng_reading_seconds_bucket{le=\"86400\"} 0", "heng_reading_feeds 1"]
    {
        assert!(counted.lines().any(|one| one == line), "{line} is not in {counted}");
    }
    assert!(!counted.contains("heping-01"), "which feeds there are is nobody's business");

    for (feed, token, wanted) in [
        ("others", token.as_str(), StatusCode::FORBIDDEN),
        ("nobody-said", &token, StatusCode::FORBIDDEN),
        ("heping-01", "collector-1.0000", StatusCode::UNAUTHORIZED),
        ("heping-01", "collector-1.", StatusCode::UNAUTHORIZED),
        ("heping-01", "", StatusCode::UNAUTHORIZED),
    ] {
        let (status, answer) = asked(&city, open, post(feed, token, TABLE)).await;
        assert_eq!(status, wanted, "{feed} {token}: {answer}");
    }
    let other =
        Request::get("/api/day").header("authorization", format!("Bearer {token}")).body(Bytes::empty()).unwrap();
    assert_eq!(asked(&city, open, other).await.0, StatusCode::UNAUTHORIZED, "a token counts at one address");
    let (status, answer) = asked(&city, None, post("heping-01", &token, TABLE)).await;
    assert_eq!((status, &answer["code"]), (StatusCode::SERVICE_UNAVAILABLE, &"readings-closed".into()));
    let account = city.office().accounts().named("collector-1").unwrap().unwrap();
    let changed = city.office().accounts().change_token(&account).unwrap();
    assert_eq!(asked(&city, open, post("heping-01", &token, TABLE)).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(asked(&city, open, post("heping-01", &changed, TABLE)).await.0, StatusCode::OK);
    drop(readings);
    assert_eq!(report(&LocalDisk::default(), data, Days::default(), None).unwrap().total.readings, 1);
}
