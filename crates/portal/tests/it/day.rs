//! My day: what each has to do follows from the log, and is gone once it is done.

use heng_office::{Moment, clock};
use serde_json::Value;

use crate::city::City;
use crate::work::{SCALE, form, measured, town};

/// A standard whose certificate lapsed is the business of everybody at the bench.
const LAPSED: &str = "/thing/thing:standard:tj-m1-lapsed";

/// The duties of somebody apart from that: kind and page.
async fn duties(city: &City, cookie: &str) -> Vec<(String, String)> {
    all_duties(city, cookie).await.into_iter().filter(|(_, page)| page != LAPSED).collect()
}

/// The duties of somebody: kind and page.
async fn all_duties(city: &City, cookie: &str) -> Vec<(String, String)> {
    let day = city.page_of(cookie, "/api/day").await.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let of = |one: &Value| {
        let kind = text(&one["kind"]);
        let list = one["duties"].as_array().expect("a list").clone();
        list.into_iter().map(move |duty| (kind.clone(), duty["page"].as_str().expect("a page").to_owned()))
    };
    day["duties"].as_array().expect("a list").iter().flat_map(of).collect()
}

fn is(kind: &str, page: &str) -> Vec<(String, String)> {
    vec![(kind.to_owned(), page.to_owned())]
}

#[tokio::test]
async fn each_has_what_waits_for_them_with_the_step_that_does_it_and_it_is_gone_once_done() {
    let city = town();
    let owner = city.session(&city.member("party:person:owner")).await;
    let supervisor = city.session(&city.member("party:person:supervisor")).await;
    let verifier = city.session(&city.member("赵敏")).await;
    let reviewer = city.session(&city.member("孙丽")).await;

    let ask = format!("/holdings/request?thing={SCALE}").replace("示例", "%E7%A4%BA%E4%BE%8B");
    assert_eq!(duties(&city, &owner).await, is("unverified", &ask));
    let list = "/districts?district=120101&condition=unverified#list";
    assert_eq!(duties(&city, &supervisor).await, is("district-unverified", list));
    assert_eq!(duties(&city, &verifier).await, []);
    let page = city.page_of(&owner, "/day").await.text();
    assert!(page.contains("有 1 件事要办") && page.contains("强制检定，还没有检过"), "{page}");
    assert_eq!(all_duties(&city, &verifier).await, is("standards", LAPSED));
    let page = city.page_of(&verifier, "/day").await.text();
    assert!(page.contains("计量标准要送校或重新校准") && page.contains("过期"), "{page}");
    assert!(city.page_of(&verifier, "/laboratory").await.text().contains(LAPSED));

    let asked = form(&[("thing", SCALE), ("laboratory", "party:lab-tj"), ("wanted_on", "2036-01-01")]);
    city.fill("/holdings/request", &owner, &asked).await;
    assert_eq!(duties(&city, &owner).await, [], "it is asked for");
    let begin = ask.replace("/holdings/request", "/laboratory/new");
    assert_eq!(duties(&city, &verifier).await, is("asked", &begin));

    let record = measured(&city);
    let waiting = format!("/laboratory/record/{record}");
    assert!(duties(&city, &reviewer).await.contains(&("review".to_owned(), waiting.clone())));
    assert!(
        !duties(&city, &verifier).await.contains(&("review".to_owned(), waiting.clone())),
        "nobody reviews their own"
    );
    city.fill(&waiting, &reviewer, &form(&[("answer", "return"), ("reason", "温度漏填")])).await;
    let back = duties(&city, &verifier).await;
    assert!(back.contains(&("returned".to_owned(), waiting.clone())), "{back:?}");
    assert!(city.page_of(&verifier, "/day").await.text().contains("温度漏填"));

    let second = {
        let mut again = City::record("scale.toml");
        again.instrument.id = Some(SCALE.to_owned());
        let at = clock::now();
        let moment = Moment { at, day: clock::day(at) };
        city.desk().measure(again, moment).map_err(|_| "refused").expect("the record is taken")
    };
    city.fill(&format!("/laboratory/record/{second}"), &reviewer, "answer=approve").await;
    let answered = duties(&city, &owner).await;
    assert_eq!(answered.len(), 1, "{answered:?}");
    assert!(answered[0].0 == "answered" && answered[0].1.starts_with("/certificate/"), "{answered:?}");
    assert_eq!(duties(&city, &supervisor).await, []);
}
