//! Every address of the service, attacked by everyone: a clear refusal or harmless text, never a failure, and no trace in the log.
//!
//! The addresses are those of the policy's own table, so a new one is attacked without anybody thinking of it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::city::{Answer, City};
use crate::work::{SCALE, form, measured, town};

/// What stands where an identifier is expected.
const STRANGE: [&str; 11] = [
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "%2e%2e",
    "%2e%2e%2fkeys%2fparty%3Alog",
    "%00",
    "a%00b",
    "%FF%FE",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%27%22--%3B%20DROP%20TABLE%20statement",
    "%7B%7B7*7%7D%7D%7B%20%24x%20%7D",
    "%E2%80%AE%E2%80%8B%E8%A1%A1",
    "-1",
];

/// Texts that are something else to a browser, a template, a spreadsheet or a terminal.
const TEXTS: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{7*7}}{ $x }",
    "=cmd|'/c calc'!A1",
    "\u{202E}衡\u{200B}",
    "\u{1b}[2J\0",
];

/// The method and the pattern of every address.
fn addresses() -> Vec<(Method, String)> {
    let table = heng_portal::policy_table().unwrap();
    let asked = table.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next()?.split_once(' '));
    let found: Vec<_> = asked
        .filter(|(_, path)| path.starts_with('/'))
        .filter_map(|(method, path)| Some((method.parse().ok()?, path.to_owned())))
        .collect();
    assert!(found.len() > 40, "the table has them all: {found:?}");
    found
}

/// The pattern with every identifier replaced.
fn filled(pattern: &str, with: &str) -> String {
    let parts = pattern.split('/').map(|part| if part.starts_with('{') { with } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn harmless(what: &str, answer: &Answer) {
    assert!(!answer.status.is_server_error(), "{what}: {}", answer.status);
    let text = String::from_utf8_lossy(&answer.bytes);
    // A browser that is told it is JSON, and told not to guess, runs nothing of it.
    let is_json =
        answer.header("content-type").contains("json") && answer.header("x-content-type-options") == "nosniff";
    let secrets = ["root:x:0", "BEGIN PRIVATE KEY"];
    for live in if is_json { &[][..] } else { &["<script>alert", "<img src=x"] }.iter().chain(&secrets) {
        assert!(!text.contains(live), "{what}: {text}");
    }
    let leads_to = answer.header("location");
    assert!(leads_to.is_empty() || (leads_to.starts_with('/') && !leads_to.starts_with("//")), "{what}: {leads_to}");
}

async fn readers(city: &City) -> Vec<(&'static str, String)> {
    let mut readers = vec![("visitor", String::new()), ("invented", "heng-session=0123456789abcdef".to_owned())];
    for (who, named) in [
        ("owner", "party:person:owner"),
        ("supervisor", "party:person:supervisor"),
        ("verifier", "赵敏"),
        ("reviewer", "孙丽"),
    ] {
        readers.push((who, city.session(&city.member(named)).await));
    }
    readers
}

#[tokio::test]
async fn no_identifier_in_any_address_fails_the_service_or_shows_what_is_not_its_own() {
    let city = town();
    let size = city.office().store().size().unwrap();
    let long = "a".repeat(6_000);
    for (who, cookie) in readers(&city).await {
        for (method, pattern) in addresses() {
            for strange in STRANGE.into_iter().chain([long.as_str()]).take(if pattern.contains('{') { 12 } else { 1 }) {
                for query in
                    ["", "?number=%3Cscript%3Ealert(1)%3C%2Fscript%3E&thing=%00&to=%2F%2Fevil.example&lang=%FF"]
                {
                    let address = format!("{}{query}", filled(&pattern, strange));
                    let request = Request::builder().method(&method).uri(&address).header("cookie", &cookie);
                    let request = request.header("sec-fetch-site", "same-origin");
                    let answer = city.ask(request.body(Body::empty()).unwrap()).await;
                    harmless(&format!("{who} {method} {address}"), &answer);
                }
            }
        }
    }
    assert_eq!(city.office().store().size().unwrap(), size, "nobody left a trace");
}

#[tokio::test]
async fn no_form_fails_the_service_and_none_that_is_refused_leaves_a_trace() {
    let city = town();
    let record = measured(&city);
    let size = city.office().store().size().unwrap();
    let names = [
        "act",
        "revision",
        "reviewer",
        "remark",
        "thing",
        "rule",
        "occasion",
        "reason",
        "answer",
        "from",
        "wanted_on",
        "to",
        "kind",
        "name",
        "manufacturer",
        "model",
        "serial",
        "class",
        "range",
        "purpose",
        "district",
        "address",
    ];
    let mut bodies: Vec<(&str, Vec<u8>)> = vec![
        ("application/x-www-form-urlencoded", Vec::new()),
        ("application/x-www-form-urlencoded", b"%FF%FE=%00&&&=;===".to_vec()),
        ("application/x-www-form-urlencoded", "act=sign&".repeat(4_000).into_bytes()),
        ("application/json", b"{\"act\":\"sign\"}".to_vec()),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\n%PDF-1.7 <script>alert(1)</script>\r\n--b--\r\n".to_vec()),
        ("multipart/form-data", b"--b\r\n".to_vec()),
        ("text/plain", vec![0; 100]),
    ];
    for text in TEXTS {
        bodies.push(("application/x-www-form-urlencoded", form(&names.map(|name| (name, text))).into_bytes()));
    }
    for (who, cookie) in readers(&city).await {
        for (method, pattern) in addresses().into_iter().filter(|(method, _)| *method == Method::POST) {
            // Nobody is signed out by an attack on another address, and a wrong password is another test's matter.
            if pattern.starts_with("/sign-") {
                continue;
            }
            for id in [record.as_str(), "no-such-thing"] {
                let address = filled(&pattern, id);
                let request = |kind: &str, site: &str| {
                    let request = Request::builder().method(&method).uri(&address).header("cookie", &cookie);
                    request.header("content-type", kind).header("sec-fetch-site", site)
                };
                for (kind, body) in &bodies {
                    let answer = city.ask(request(kind, "same-origin").body(Body::from(body.clone())).unwrap()).await;
                    harmless(&format!("{who} {address} {kind}"), &answer);
                    let is_refused = !answer.status.is_success() || pattern.ends_with("check");
                    assert!(is_refused, "{who} {address} {kind}: {} {}", answer.status, answer.text());
                }
                if !cookie.is_empty() {
                    let elsewhere = request("application/x-www-form-urlencoded", "cross-site");
                    let answer = city.ask(elsewhere.body(Body::from("answer=approve")).unwrap()).await;
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who} {address} from another site");
                }
            }
        }
    }
    assert_eq!(city.office().store().size().unwrap(), size, "nobody left a trace");
}

#[tokio::test]
async fn an_upload_that_is_too_large_is_refused_everywhere() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    for (method, pattern) in addresses().into_iter().filter(|(method, _)| *method == Method::POST) {
        // What reads no body cannot be given too much of it.
        if pattern == "/sign-out" {
            continue;
        }
        let request = Request::builder().method(&method).uri(filled(&pattern, "x")).header("cookie", &verifier);
        let request = request.header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let body = [b"thing=".to_vec(), vec![b'x'; 17 * 1024 * 1024]].concat();
        let answer = city.ask(request.body(Body::from(body)).unwrap()).await;
        assert!(answer.status.is_client_error(), "{pattern}: {} {}", answer.status, answer.text());
    }
}

#[tokio::test]
async fn what_an_owner_writes_is_only_words_to_everyone() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    for text in TEXTS {
        let asked =
            form(&[("thing", SCALE), ("laboratory", "party:lab-tj"), ("wanted_on", "2036-01-01"), ("remark", text)]);
        let sent = city.fill("/holdings/request", &owner, &asked).await;
        harmless(text, &sent);
        for (cookie, address) in [(&reviewer, "/laboratory".to_owned()), (&owner, format!("/thing/{SCALE}"))] {
            let page = city.page_of(cookie, &address).await;
            assert_eq!(page.status, StatusCode::OK);
            harmless(text, &page);
        }
    }
}

#[tokio::test]
async fn a_form_that_was_sent_once_does_nothing_when_it_is_sent_again() {
    let city = town();
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;
    let chosen = form(&[("thing", SCALE), ("rule", "jjg-539-2016"), ("occasion", "subsequent")]);
    let sheet = city.fill("/laboratory/new", &verifier, &chosen).await.header("location").to_owned();
    let signing = form(&crate::scale::whole_scale_sheet("1"));
    let signed = city.fill(&sheet, &verifier, &signing).await;
    let record = signed.header("location").to_owned();
    let size = city.office().store().size().unwrap();
    assert_eq!(city.fill(&sheet, &verifier, &signing).await.header("location"), record, "it is signed already");
    assert_eq!(city.office().store().size().unwrap(), size);
    let approved = city.fill(&record, &reviewer, "answer=approve").await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER);
    let size = city.office().store().size().unwrap();
    for answer in ["answer=approve", "answer=return&reason=no"] {
        city.fill(&record, &reviewer, answer).await;
        assert_eq!(city.office().store().size().unwrap(), size, "{answer} again");
    }
}
