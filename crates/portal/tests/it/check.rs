//! The public check gives the answer that a checker gives offline.

use axum::http::StatusCode;
use heng_checker::{Answer, Given};

use crate::city::City;

#[tokio::test]
async fn a_certificate_is_trusted_until_it_is_withdrawn_and_the_next_request_sees_it() {
    let city = City::founded();
    let number = city.certified(City::record("scale.toml"));
    let page = city.page(&format!("/check/{number}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("<span>可信</span>"), "{}", page.text());
    assert!(page.text().contains("有效至"));
    assert!(page.text().len() < 60_000, "{} bytes", page.text().len());

    city.withdraw(&number, "示例：砝码用错");
    let page = city.page(&format!("/check/{number}?lang=en")).await.text();
    assert!(page.contains("<span>Doubtful</span>"));
    assert!(page.contains("Withdrawn from") && page.contains("示例：砝码用错"));
}

#[tokio::test]
async fn a_page_has_every_check_that_the_checker_has() {
    let city = City::founded();
    let number = city.certified(City::record("scale.toml"));
    let hash = city.office().store().certificate(&number).unwrap().unwrap().hash();
    let bytes = city.office().bundle(&hash).unwrap();
    let policy = city.office().policy(heng_office::ANCHOR).unwrap();
    let reports = heng_checker::check(&[Given { name: "a.heng", bytes: &bytes }], Some(&policy)).unwrap();
    assert_eq!(reports[0].answer(), Answer::Trusted);
    let page = city.page(&format!("/check/{number}")).await.text();
    assert_eq!(page.matches("<details class=\"check good\"").count(), reports[0].checks.len());

    let sent = city.send("/check", &[("a.heng", &bytes)]).await;
    assert!(sent.text().contains("<span>可信</span>"));
    let mut altered = bytes.clone();
    let middle = altered.len() / 2;
    altered[middle] = if altered[middle] == b'A' { b'B' } else { b'A' };
    let sent = city.send("/check", &[("a.heng", &altered)]).await;
    assert!(!sent.text().contains("<span>可信</span>"));
}

#[tokio::test]
async fn an_instrument_that_does_not_conform_has_a_true_notice_that_says_so() {
    let city = City::founded();
    let number = city.certified(City::record("scale-failing.toml"));
    let page = city.page(&format!("/check/{number}")).await.text();
    assert!(page.contains("<span>可信</span>") && page.contains("<b>不合格</b>"));
}

#[tokio::test]
async fn what_is_not_known_is_said_clearly() {
    let city = City::founded();
    let unknown = city.page("/check/%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text().contains("&#60;script&#62;") && !unknown.text().contains("<script>"));
    assert!(unknown.text().contains("留好它"));
    let asked = city.page("/check?number=%20JJG%201%20").await;
    assert_eq!((asked.status, asked.header("location")), (StatusCode::SEE_OTHER, "/check/JJG%201"));
    let nothing = city.send("/check", &[("", b"")]).await;
    assert!(nothing.status == StatusCode::BAD_REQUEST && nothing.text().contains("没有选文件"));
    let other = city.send("/check", &[("photo.jpg", b"\xff\xd8\xff")]).await;
    assert!(other.status == StatusCode::UNPROCESSABLE_ENTITY && other.text().contains("photo.jpg"));
}
