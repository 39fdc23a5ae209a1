//! What holds for every answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use heng_statement::PartyKind;

use crate::city::City;
use crate::work::{introduce, town};

#[tokio::test]
async fn every_answer_is_guarded_and_in_the_reader_s_language() {
    let city = City::founded();
    for address in ["/", "/no-such-page", "/check/NO-SUCH", "/health/live"] {
        let answer = city.page(address).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{address}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{address}: {policy}");
    }
    let home = city.page("/").await;
    assert!(home.text().contains("这份证书是真的吗"));
    assert!(home.text().contains("示例数据"), "the founded city is synthetic and every page says so");
    assert!(!home.text().contains("<script"));

    let english = city.page("/?lang=en").await;
    assert!(english.text().contains("Is this certificate true?"));
    assert!(english.header("set-cookie").starts_with("lang=en;"));
    let by = async |name: &str, value: &str| {
        let request = Request::get("/").header(name, value).body(Body::empty()).unwrap();
        city.ask(request).await.header("content-language").to_owned()
    };
    assert_eq!(by("cookie", "other=1; lang=en").await, "en");
    assert_eq!(by("accept-language", "de, en;q=0.8, zh;q=0.5").await, "en");
    assert_eq!(by("accept-language", "zh-CN, en;q=0.8").await, "zh-Hans");
    assert_eq!(by("accept-language", "de").await, "zh-Hans");
}

#[tokio::test]
async fn every_problem_is_a_page_that_says_what_to_do_next() {
    let city = City::founded();
    let missing = city.page("/no-such-page").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains("没有这一页") && missing.text().contains("name=\"number\""));
    let wrong = city.ask(Request::delete("/").body(Body::empty()).unwrap()).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.text().contains("不接受这种请求"));
    assert!(!wrong.header("allow").is_empty());
    let broken = Request::post("/check").header("content-type", "multipart/form-data; boundary=b");
    let broken = city.ask(broken.body(Body::from("no form")).unwrap()).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.text().contains("看不懂这个请求"));
    let large = vec![b'x'; 17 * 1024 * 1024];
    let large = city.send("/check", &[("large.pdf", &large)]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.text().contains("16 MB"));
}

#[tokio::test]
async fn the_service_says_whether_it_lives_and_is_ready() {
    let city = City::founded();
    assert_eq!(city.page("/health/live").await.status, StatusCode::OK);
    assert_eq!(city.page("/health/ready").await.status, StatusCode::OK);

    // It counts its answers, those that were at hand among them, and shows numbers only.
    city.page("/register").await;
    city.page("/register").await;
    city.page("/no-such-page").await;
    let counted = city.page("/metrics").await;
    assert!(counted.header("content-type").starts_with("application/openmetrics-text"));
    let counted = counted.text();
    for line in [
        "heng_answers_total{class=\"2xx\"} 4",
        "heng_answers_total{class=\"4xx\"} 1",
        "heng_answers_kept_total 1",
        "heng_answer_seconds_count 5",
        "heng_answer_seconds_bucket{le=\"+Inf\"} 5",
        "heng_sessions 0",
        "# EOF",
    ] {
        assert!(counted.lines().any(|other| other == line), "{line}\n{counted}");
    }
    let size = city.office().store().size().unwrap();
    assert!(counted.contains(&format!("heng_log_statements {size}\n")));
    std::fs::remove_file(city.folder.path().join("log/checkpoint")).unwrap();
    assert_eq!(city.page("/health/live").await.status, StatusCode::OK);
    assert_eq!(city.page("/health/ready").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn the_style_sheet_may_be_kept_for_ever_because_its_address_is_its_hash() {
    let city = City::founded();
    let home = city.page("/").await.text();
    let start = home.find("/assets/style-").unwrap();
    let address = home[start..].split('"').next().unwrap();
    let style = city.page(address).await;
    assert_eq!(style.header("content-type"), "text/css");
    assert!(style.header("cache-control").contains("immutable"));
    assert_eq!(city.page("/assets/style-0000000000000000.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_answer_is_kept_for_visitors_only_and_until_the_log_grows() {
    let city = City::founded();
    let number = city.certified(City::record("scale.toml"));
    let address = format!("/certificate/{number}");
    let (first, second) = (city.page(&address).await, city.page(&address).await);
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(first.headers, second.headers, "a kept answer is guarded like any other");
    assert!(city.page(&format!("{address}?lang=en")).await.text().contains("lang=\"en\""), "each language is its own");
    city.withdraw(&number, "读错了数");
    let after = city.page(&address).await;
    assert_ne!(first.bytes, after.bytes, "one more statement, and it is made again");
    assert!(after.text().contains("读错了数"), "the reason is there at once");
}

/// Pages that read what was followed of the log in more than one place, while others add to it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_reads_while_others_write_is_answered() {
    let city = Arc::new(town());
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let readers: Vec<_> = ["/districts?by=keeper&kind=digital-indicating-scale", "/districts", "/day"]
        .into_iter()
        .map(|address| {
            let (city, supervisor) = (Arc::clone(&city), supervisor.clone());
            tokio::spawn(async move {
                for _ in 0..60 {
                    assert_eq!(city.page_of(&supervisor, address).await.status, StatusCode::OK, "{address}");
                }
            })
        })
        .collect();
    // Each of them grows the log, and says who is who besides.
    for place in 0..30 {
        introduce(&city, &format!("party:shop:{place}"), PartyKind::Organisation, None);
    }
    for reader in readers {
        tokio::time::timeout(Duration::from_secs(120), reader).await.expect("an answer").unwrap();
    }
}
