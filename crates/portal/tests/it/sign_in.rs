//! Signing in: with the right password only, not too often, from our own page, and until the session ends.

use std::sync::Arc;

use axum::body::Body as Bytes;
use axum::http::{Request, StatusCode};
use tokio::task::JoinSet;

use crate::city::{Answer, City};

const NAME: &str = "zhang.min";
const PASSWORD: &str = "sixteen signs are enough";

fn city() -> City {
    let city = City::founded();
    city.office().accounts().add(NAME, &City::record("scale.toml").verifier_party(&city), PASSWORD).unwrap();
    city
}

trait Verifier {
    fn verifier_party(&self, city: &City) -> String;
}

impl Verifier for heng_rule::Record {
    fn verifier_party(&self, city: &City) -> String {
        let known = |party: &&heng_statement::Party| {
            party.id == self.verifier || party.name.zh == self.verifier || party.name.en == self.verifier
        };
        city.desk().parties().find(known).unwrap().id.clone()
    }
}

async fn tries(city: &City, password: &str) -> Answer {
    let form = format!("name={NAME}&password={}&to=%2Fday", password.replace(' ', "+"));
    let request = Request::post("/sign-in").header("content-type", "application/x-www-form-urlencoded");
    city.ask(request.header("sec-fetch-site", "same-origin").body(Bytes::from(form)).unwrap()).await
}

async fn with_session(city: &City, address: &str, cookie: &str) -> Answer {
    city.ask(Request::get(address).header("cookie", cookie).body(Bytes::empty()).unwrap()).await
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_right_password_opens_a_session_and_signing_out_ends_it() {
    let city = city();
    let closed = city.page("/day").await;
    assert_eq!((closed.status, closed.header("location")), (StatusCode::SEE_OTHER, "/sign-in?to=%2Fday"));
    let opened = tries(&city, PASSWORD).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, "/day"), "{}", opened.text());
    let set = opened.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    let session = cookie(&opened);
    let day = with_session(&city, "/day", &session).await;
    assert_eq!(day.status, StatusCode::OK);
    assert_eq!(day.header("cache-control"), "no-store");

    let out = Request::post("/sign-out").header("cookie", &session).header("sec-fetch-site", "same-origin");
    assert_eq!(city.ask(out.body(Bytes::empty()).unwrap()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(with_session(&city, "/day", &session).await.status, StatusCode::SEE_OTHER, "the session has ended");
}

#[tokio::test]
async fn a_wrong_password_is_not_told_from_an_unknown_name_and_the_sixth_try_waits() {
    let city = city();
    for _ in 0..5 {
        let wrong = tries(&city, "fifteen signs or more").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("登录名和密码对不上") && wrong.header("set-cookie").is_empty());
    }
    let waits = tries(&city, PASSWORD).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "even the right one waits");
    assert!(waits.header("retry-after").parse::<u32>().unwrap() <= 31);
}

#[tokio::test]
async fn another_site_cannot_act_in_somebodys_name() {
    let city = city();
    let session = cookie(&tries(&city, PASSWORD).await);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("x-none", "")] {
        let request = Request::post("/sign-out").header("cookie", &session).header("host", "heng.example");
        let answer = city.ask(request.header(name, value).body(Bytes::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        assert!(answer.text().contains("别的网站"));
    }
    assert_eq!(with_session(&city, "/day", &session).await.status, StatusCode::OK, "the session goes on");
}

#[tokio::test]
async fn the_door_leads_nowhere_else() {
    let city = city();
    for to in [
        "//evil.example/",
        "https://evil.example/",
        "\\\\evil",
        "javascript:alert(1)",
        "/%09/evil.example",
        "/%5C/evil.example",
    ] {
        let page = city.page(&format!("/sign-in?to={to}")).await;
        assert!(page.text().contains("name=\"to\" value=\"/day\""), "{to}");
    }
}

#[tokio::test]
async fn another_password_ends_the_sessions_that_the_old_one_opened() {
    let city = city();
    let session = cookie(&tries(&city, PASSWORD).await);
    assert_eq!(with_session(&city, "/day", &session).await.status, StatusCode::OK);
    let account = city.office().accounts().named(NAME).unwrap().unwrap();
    city.office().accounts().change_password(&account, "another one of many signs").unwrap();
    assert_eq!(with_session(&city, "/day", &session).await.status, StatusCode::SEE_OTHER);
    let session = cookie(&tries(&city, "another one of many signs").await);
    assert_eq!(with_session(&city, "/day", &session).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_tries_many_at_once_has_no_more_tries() {
    let city = Arc::new(city());
    let mut trying = JoinSet::new();
    for place in 0..12 {
        let city = Arc::clone(&city);
        trying.spawn(async move { tries(&city, &format!("fifteen signs or more {place}")).await });
    }
    let answers = trying.join_all().await;
    let looked_at = answers.iter().filter(|answer| answer.status == StatusCode::UNPROCESSABLE_ENTITY).count();
    let waiting = answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).count();
    assert_eq!((looked_at, waiting), (5, 7));
}

#[tokio::test]
async fn a_form_as_long_as_no_name_is_refused_unread() {
    let city = city();
    let form = format!("name={}&password=x", "n".repeat(20_000));
    let answer = city.fill("/sign-in", "", &form).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
