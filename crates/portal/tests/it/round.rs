//! A comparison round in the portal: what a laboratory seals is seen by nobody else until all is open.

use axum::http::StatusCode;
use heng_exchange::round::{read_announcement, read_result};
use heng_office::clock;
use heng_office::round::{Acting, Committed};
use heng_rule::Words;
use heng_statement::round::{Announcement, NamesPublished, RoundResult};
use jiff::ToSpan;

use crate::city::City;
use crate::work::register;

const NUMBER: &str = "JB-2026-01";
const PAGE: &str = "/round/JB-2026-01";
const OWN: &str = "/laboratory/round/JB-2026-01";

fn example(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../examples/round/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn announcement(names: NamesPublished) -> Announcement {
    let mut round = read_announcement(&example("weights.toml")).unwrap();
    let today = clock::day(clock::now());
    let after = |days: i64| today.checked_add(days.days()).unwrap();
    (round.seal_by, round.open_by, round.report_by, round.follow_up_by) = (after(10), after(20), after(30), after(40));
    round.names = names;
    round
}

fn result(laboratory: &str) -> RoundResult {
    read_result(&example(&format!("result-{laboratory}.toml"))).unwrap()
}

fn acting(party: &str) -> Acting<'_> {
    Acting { party, person: None, at: clock::now() }
}

/// A round in which all but the city's institute have sealed.
fn announced(names: NamesPublished) -> City {
    let city = City::founded();
    register(&city, "thing:transfer:示例-1kg-A", "party:nmi", City::record("scale.toml").instrument);
    let rounds = city.desk().rounds();
    rounds.announce("party:authority", announcement(names), clock::now()).unwrap();
    for laboratory in ["nmi", "lab-power"] {
        rounds.seal(NUMBER, acting(&format!("party:{laboratory}")), result(laboratory)).unwrap();
    }
    city
}

const SEAL: &str = "act=seal&measured_on=2026-06-01&value_0=1.0457+mg&expanded_0=0.060+mg&value_1=-0.3951+mg&expanded_1=0.060+mg\
                    &factor=2&probability=0.95";

#[tokio::test]
async fn a_laboratory_seals_opens_and_everyone_sees_the_result_only_then() {
    let city = announced(NamesPublished::Names);
    let reviewer = city.session(&city.member("孙丽")).await;
    let day = city.page_of(&reviewer, "/day").await.text();
    assert!(day.contains(OWN), "what is owed stands in one's day: {day}");
    let sealed = city.fill(OWN, &reviewer, SEAL).await;
    assert_eq!(sealed.status, StatusCode::SEE_OTHER, "{}", sealed.text());
    assert!(city.page_of(&reviewer, OWN).await.text().contains("1.0457"), "who sealed sees what was sealed");

    let other = city.session(&city.member("party:person:he-jing")).await;
    let verifier = city.session(&city.member("赵敏")).await;
    for cookie in ["", &other, &verifier] {
        for address in [PAGE, "/rounds", "/register", "/laboratory/rounds", OWN, "/round/JB-2026-01/JB-2026-01.heng"] {
            let answer = city.page_of(cookie, address).await;
            assert!(!String::from_utf8_lossy(&answer.bytes).contains("1.0457"), "{address}");
        }
    }
    assert_eq!(city.page_of(&verifier, OWN).await.status, StatusCode::FORBIDDEN, "a reviewer decides");

    let opened = city.fill(OWN, &reviewer, "act=open").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "all have sealed: {}", opened.text());
    assert!(!city.page(PAGE).await.text().contains("1.0457"), "not before all are open");
    let again = city.fill(OWN, &reviewer, SEAL).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is blind any more");
    let rounds = city.desk().rounds();
    for laboratory in ["party:nmi", "party:lab-power"] {
        rounds.reveal(NUMBER, acting(laboratory)).unwrap();
    }
    rounds.report(NUMBER, acting("party:nmi")).unwrap();
    let page = city.page(PAGE).await.text();
    assert!(page.contains("1.046") && page.contains("class=\"picture\""), "{page}");
    assert!(page.contains("不满意，没有答复") && page.contains("整改中"), "{page}");
    let bundle = city.page("/round/JB-2026-01/JB-2026-01.heng").await;
    assert_eq!(bundle.status, StatusCode::OK);
    let answer = city.send("/check", &[("JB-2026-01.heng", &bundle.bytes)]).await.text();
    assert!(answer.contains("报告重新算过") && answer.contains("可信"), "{answer}");
    assert!(city.page("/register").await.text().contains(PAGE));
    assert!(city.page("/thing/thing:transfer:%E7%A4%BA%E4%BE%8B-1kg-A").await.text().contains(NUMBER));

    let follow = "act=follow-up&cause=%E6%B5%AE%E5%8A%9B&action=%E9%87%8D%E6%B5%8B&done_by=2036-01-01";
    let committed = city.fill(OWN, &other, follow).await;
    assert_eq!(committed.status, StatusCode::SEE_OTHER, "{}", committed.text());
    assert!(city.page(PAGE).await.text().contains("不满意，正在整改"));
}

#[tokio::test]
async fn what_cannot_be_sealed_is_said_and_kept_as_typed() {
    let city = announced(NamesPublished::Names);
    let reviewer = city.session(&city.member("孙丽")).await;
    let wrong = SEAL.replace("1.0457+mg", "1,0457+mg");
    let answer = city.fill(OWN, &reviewer, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("value=\"1,0457 mg\""), "{}", answer.text());
    let early = city.fill(OWN, &reviewer, "act=open").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(city.page("/round/JB-1999-01").await.status, StatusCode::NOT_FOUND);
    assert_eq!(city.page_of("", OWN).await.status, StatusCode::SEE_OTHER, "who are you");
}

#[tokio::test]
async fn of_a_round_by_code_nobody_learns_whose_code_it_is() {
    let city = announced(NamesPublished::Codes);
    let rounds = city.desk().rounds();
    rounds.seal(NUMBER, acting("party:lab-tj"), result("lab-tj")).unwrap();
    let laboratories = ["party:nmi", "party:lab-tj", "party:lab-power"];
    let opened: Vec<String> = laboratories.iter().map(|one| rounds.reveal(NUMBER, acting(one)).unwrap()).collect();
    rounds.report(NUMBER, acting("party:nmi")).unwrap();
    let words = Words { zh: "私房原因".to_owned(), en: "私房原因".to_owned() };
    let today = clock::day(clock::now());
    let committed = Committed { cause: words.clone(), action: words, done_by: today };
    rounds.follow_up(NUMBER, acting("party:lab-power"), committed).unwrap();
    let page = city.page(PAGE).await.text();
    assert!(page.contains("L3") && page.contains("1.350"), "{page}");
    let table = page.split("<tbody>").last().unwrap().split("</tbody>").next().unwrap();
    assert_eq!(table.matches("<tr>").count(), 6, "three names, then three codes");
    for row in table.split("<tr>") {
        assert!(!(row.contains("party:") && (row.contains("L1") || row.contains("L2") || row.contains("L3"))), "{row}");
    }
    for hash in &opened {
        let shown = city.page(&format!("/api/statement/{hash}")).await.text();
        assert!(!shown.contains("1.350") && !shown.contains("1.045"), "{shown}");
        assert!(!page.contains(hash.as_str()), "a code does not lead to the statement of a laboratory");
    }
    assert_eq!(city.page("/round/JB-2026-01/JB-2026-01.heng").await.status, StatusCode::UNAUTHORIZED);
    let reviewer = city.session(&city.member("孙丽")).await;
    assert_eq!(city.page_of(&reviewer, "/round/JB-2026-01/JB-2026-01.heng").await.status, StatusCode::OK);
}
