//! The plan in the portal: all of it on one page, every figure open down to a certificate, and what its documents say differently side by side.

use axum::http::StatusCode;
use heng_office::plan::report::name;
use heng_office::plan::{Acts, Rendering, followed, in_force};
use heng_office::{ANCHOR, clock};
use heng_rule::Words;
use heng_statement::Attestation;
use heng_view::Inventory;
use jiff::civil::date;

use crate::city::City;
use crate::described::assert_described;

/// The authority of a city, as it speaks now.
fn authority<'a>(city: &'a City, inventory: &'a Inventory) -> Acts<'a> {
    Acts { office: city.office(), inventory, issuer: ANCHOR, at: clock::now() }
}

/// A city whose authority has published a plan.
fn published(files: &[(&str, &str)]) -> City {
    let city = City::founded();
    assert!(authority(&city, &Inventory::new(ANCHOR)).publish(files, true).is_ok());
    city
}

/// A city whose authority has published the plan of Tianjin.
fn planned() -> City {
    published(&heng_rule::plan::TIANJIN)
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[tokio::test]
async fn the_whole_plan_is_on_one_page_and_every_row_says_how_it_is_served() {
    let city = planned();
    for (language, not_yet, asks) in [("zh", "尚未", "出具机器可读"), ("en", "not yet", "issue machine-readable")]
    {
        let page = city.page(&format!("/plan?lang={language}")).await.text();
        assert_eq!(count(&page, "id=\"row-"), 342, "{language}");
        assert_eq!(count(&page, "class=\"served "), 342);
        assert_eq!(count(&page, "id=\"N"), 57);
        assert!(page.contains(not_yet) && page.contains("class=\"badge data\""));
        assert!(page.contains(asks) && page.contains("推动计量校准证书数字化"), "what is asked for, and its words");
    }
    let facts = city.page("/api/plan").await.json();
    assert_eq!(facts["rows"].as_array().unwrap().len(), 342);
    assert_eq!(facts["indicators"].as_array().unwrap().len(), 57);
}

#[tokio::test]
async fn a_part_of_the_plan_is_asked_for_by_department_state_row_and_day() {
    let city = planned();
    let rows = |page: &str| count(page, "id=\"row-");
    let one = city.page("/plan?row=A1").await.text();
    assert_eq!((rows(&one), count(&one, "id=\"N")), (1, 0));
    let letter = city.page("/plan?row=J").await.text();
    assert_eq!(rows(&letter), 6);
    let served = city.page("/plan?state=configured").await.text();
    assert_eq!(rows(&served), 10);
    let missed = city.page("/plan?state=no-measure").await.text();
    assert_eq!((rows(&missed), count(&missed, "id=\"N")), (0, 1), "N40 has no definition");
    let weather = city.page("/plan?department=%E5%B8%82%E6%B0%94%E8%B1%A1%E5%B1%80&row=H").await.text();
    assert!(rows(&weather) > 0 && rows(&weather) < 342);
    assert!(city.page("/plan?on=2024-12-31").await.text().contains("2024-12-31"));
    for address in ["/plan?on=soon", "/api/plan?on=2024-13-01", "/plan/N2?on=99999-01-01"] {
        assert_eq!(city.page(address).await.status, StatusCode::BAD_REQUEST, "{address}");
    }
    let hostile = city.page("/plan?row=%3Cscript%3E&department=%22%3E%3Cscript%3E").await.text();
    assert!(!hostile.contains("<script>"));
}

#[tokio::test]
async fn every_trap_of_the_documents_can_be_seen_on_a_page() {
    let city = planned();
    let page = city.page("/plan/conflicts").await.text();
    for number in 1..=10 {
        assert!(page.contains(&format!("id=\"X{number}\"")), "X{number}");
    }
    assert!(page.contains("诚信计量示范单位300家以上") && page.contains("350家以上诚信计量示范单位"), "X1, both texts");
    assert!(page.contains("每年 20.40") && page.contains("每年 20<"), "X9, the pace that the plan needs: {page}");
    assert!(page.contains("当年目标 ≥\u{a0}15") && page.contains("当年目标 ≥\u{a0}10"), "X9, the targets of 2023");
    for share in ["/plan/N7\"", "/plan/N12\"", "/plan/N9\""] {
        assert!(page.contains(share), "X3, three coverages: {share}");
    }
    assert!(page.contains("揭榜制+里程碑"), "X5");
    for (indicator, conflict) in [("N27a", "X1"), ("N27b", "X1"), ("N12", "X3"), ("N11", "X9"), ("N1", "X7")] {
        let one = city.page(&format!("/plan/{indicator}")).await.text();
        assert!(one.contains(&format!("/plan/conflicts#{conflict}")), "{indicator}");
    }
}

#[tokio::test]
async fn a_figure_opens_into_its_standards_and_a_standard_into_its_certificates() {
    let city = planned();
    let facts = city.page("/api/plan/N2").await.json();
    let value = facts["value"].as_f64().unwrap();
    assert!(value > 0.0);
    let subjects: std::collections::BTreeSet<&str> =
        facts["facts"].as_array().unwrap().iter().map(|fact| fact["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects.len() as f64, value, "each standard once");
    let page = city.page("/plan/N2").await.text();
    for subject in &subjects {
        assert!(page.contains(&format!("href=\"/thing/{subject}\"")), "{subject}");
    }
    let thing = city.page(&format!("/thing/{}", subjects.first().unwrap())).await.text();
    assert!(thing.contains("href=\"/certificate/"), "a standard opens into its certificates");
    assert!(page.contains("picture-wide") && page.contains("picture-narrow"));
    assert!(page.contains("社会公用计量标准数量(项) 598 700 预期性"), "the words of the document");
    assert!(page.contains("count(standard where class = social-public)"), "the measure as it is written");
}

#[tokio::test]
async fn what_is_counted_of_people_names_nobody() {
    let city = planned();
    let facts = city.page("/api/plan/N10").await.text();
    assert!(facts.contains("technician") && !facts.contains("party:person"), "{facts}");
    assert!(!city.page("/plan/N10").await.text().contains("party:person"));
}

#[tokio::test]
async fn a_department_finds_its_duties_with_its_part_in_each() {
    let city = planned();
    let page = city.page("/plan/department/%E5%B8%82%E6%B0%94%E8%B1%A1%E5%B1%80").await.text();
    assert!(page.contains("id=\"part-lead\"") && page.contains("id=\"part-sole\""));
    let districts = city.page("/plan/department/%E5%90%84%E5%8C%BA%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C").await.text();
    assert!(
        districts.contains("以下均需各区人民政府负责"),
        "X4: the sentence by which they are responsible without being named"
    );
    let unknown = city.page("/plan/department/%E5%B8%82%E6%B0%94%E8%B1%A1").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text().contains("市气象局"), "the nearest name is offered");
}

#[tokio::test]
async fn every_page_of_the_plan_answers_in_both_languages_and_its_facts_are_as_described() {
    let city = planned();
    for page in ["", "/conflicts", "/forecasts", "/norms", "/progress", "/N1", "/N36", "/N56"] {
        for language in ["zh", "en"] {
            let answer = city.page(&format!("/plan{page}?lang={language}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            let text = answer.text();
            let unsaid = text.split(['<', '>']).find(|part| part.trim().starts_with("plan-"));
            assert_eq!(unsaid, None, "a code without words on {page}");
        }
    }
    for address in ["", "/conflicts", "/forecasts", "/norms", "/progress"] {
        let path = format!("/api/plan{address}");
        assert_described(&city, "", &path, &path).await;
    }
    for id in ["N1", "N2", "N7", "N10", "N36", "N47", "N56"] {
        assert_described(&city, "", "/api/plan/{indicator}", &format!("/api/plan/{id}")).await;
    }
    let address = "/api/plan/department/%E5%B8%82%E6%B0%94%E8%B1%A1%E5%B1%80";
    assert_described(&city, "", "/api/plan/department/{name}", address).await;
}

#[tokio::test]
async fn where_nothing_was_published_the_page_says_so() {
    let city = City::founded();
    for address in ["/plan", "/plan/N2", "/plan/progress", "/api/plan"] {
        let answer = city.page(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert!(city.page("/plan?lang=en").await.text().contains("No plan is in force"));
}

#[tokio::test]
async fn a_frozen_report_is_listed_and_its_files_are_for_everyone_while_the_proof_is_not() {
    let city = planned();
    assert!(!city.page("/plan").await.text().contains("id=\"reports\""));
    let inventory = followed(city.office().store()).unwrap();
    let acts = authority(&city, &inventory);
    let today = clock::day(acts.at);
    let found = in_force(city.office().store(), &inventory, today).unwrap().unwrap();
    let frozen = acts.freeze(&found, today, &|report, _| {
        let bytes = format!("<p>{} figures</p>", report.figures.len()).into_bytes();
        Ok(vec![Rendering { name: format!("{}.html", name(report)), media_type: "text/html", bytes }])
    });
    let statement = frozen.unwrap_or_else(|_| panic!("it was refused")).statement;

    let facts = city.page("/api/plan").await.json();
    assert_eq!(facts["reports"][0]["statement"], statement.as_str());
    let folder = format!("/plan/report/{statement}");
    for language in ["zh", "en"] {
        let page = city.page(&format!("/plan?lang={language}")).await.text();
        assert!(page.contains(&format!("href=\"/statement/{statement}\"")), "{language}");
        assert!(page.contains(&format!("href=\"{folder}/plan-{today}.html\"")), "{language}");
    }
    assert_eq!(city.page(&format!("{folder}/plan-{today}.html")).await.text(), "<p>57 figures</p>");
    for missing in [format!("{folder}/plan-{today}.heng"), format!("/plan/report/soon/plan-{today}.html")] {
        assert_eq!(city.page(&missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

/// A city whose authority has published the made-up plan, whose districts are known to evidence by code, and has attested of standards which body
/// or which district each is of.
fn divided(standards: &[(&str, Option<&str>, Option<&str>)]) -> City {
    let coded = |text: String, name: &str, code: &str| {
        text.replace(&format!("name = \"{name}\"\n"), &format!("name = \"{name}\"\naliases = [\"{code}\"]\n"))
    };
    let text = include_str!("../../../../examples/plan/plan.toml").replacen("\"log\"", "\"statement\"", 1);
    let text = coded(coded(text, "东区", "990101"), "西区", "990102");
    let city = published(&[("plan.toml", &text)]);
    let inventory = followed(city.office().store()).unwrap();
    let found = in_force(city.office().store(), &inventory, clock::day(clock::now())).unwrap().unwrap();
    for (subject, body, district) in standards {
        let attestation = Attestation {
            kind: "standard".to_owned(),
            subject: format!("unit:示例-{subject}"),
            name: Words { zh: format!("示例标准 {subject}"), en: format!("example standard {subject}") },
            district: district.map(str::to_owned),
            body: body.map(str::to_owned),
            words: Default::default(),
            numbers: Default::default(),
            from: date(2026, 1, 1),
            through: None,
            documents: Vec::new(),
            synthetic: true,
        };
        assert!(authority(&city, &inventory).attest(&found.plan, attestation).is_ok(), "{subject}");
    }
    city
}

/// The cells of the table under `id="shares"`, row by row; nothing where there is none.
fn shares(page: &str) -> Vec<Vec<String>> {
    let Some((_, section)) = page.split_once("id=\"shares\"") else { return Vec::new() };
    let section = section.split("</tbody>").next().unwrap();
    let text = |cell: &str| {
        let inside = cell.split('<').filter_map(|part| Some(part.split_once('>')?.1));
        inside.collect::<String>().trim().to_owned()
    };
    let cells = |row: &str| row.split("<td").skip(1).map(|cell| text(&format!("<td{cell}"))).collect::<Vec<_>>();
    section.split("<tr").skip(2).map(cells).collect()
}

const DIVIDED: [(&str, Option<&str>, Option<&str>); 8] = [
    ("1", Some("市计量局"), None),
    ("2", Some("市计量局"), Some("990101")),
    ("3", None, Some("990101")),
    ("4", None, Some("990101")),
    ("5", None, Some("990101")),
    ("6", None, Some("990101")),
    ("7", None, Some("990102")),
    ("8", None, None),
];

#[tokio::test]
async fn a_goal_that_is_divided_shows_each_bodys_share_beside_what_is_evidenced_of_it() {
    let city = divided(&DIVIDED);
    let page = city.page("/plan/I1?on=2026-06-30").await.text();
    let expected = [
        ["市计量局", "6", "2", "尚早"],
        ["东区", "4", "4", "达到"],
        ["西区", "2", "1", "尚早"],
        ["不属于任何单位", "–", "1", "–"],
        ["合计", "12", "8", "按进度"],
    ];
    assert_eq!(shares(&page), expected);
    assert!(page.contains("href=\"/plan/department/%E4%B8%9C%E5%8C%BA?on=2026-06-30\""), "{page}");
    assert!(page.contains("各单位的份额加起来就是目标"));
    let english = city.page("/plan/I1?on=2026-06-30&lang=en").await.text();
    assert_eq!(shares(&english).last().unwrap(), &["All together", "12", "8", "on pace"]);
    let divides_not = city.page("/plan/I2?on=2026-06-30").await.text();
    assert!(!divides_not.contains("id=\"shares\""), "the plan does not divide it");

    let facts = assert_described(&city, "", "/api/plan/{indicator}", "/api/plan/I1?on=2026-06-30").await;
    let facts = &facts["shares"];
    assert_eq!((&facts["sum"], &facts["goal"], &facts["reconcile"]), (&"12".into(), &"12".into(), &true.into()));
    let east = serde_json::json!({ "body": "东区", "share": "4", "value": "4", "status": "reached" });
    assert_eq!((&facts["bodies"][1], facts["bodies"].as_array().unwrap().len()), (&east, 4));
    assert!(city.page("/api/plan/I2").await.json()["shares"].is_null());
}

#[tokio::test]
async fn a_department_finds_its_shares_of_goals() {
    let city = divided(&DIVIDED);
    let address = "/plan/department/%E4%B8%9C%E5%8C%BA?on=2026-06-30";
    let page = city.page(address).await.text();
    assert_eq!(shares(&page), [["I1 社会公用计量标准", "4", "4", "达到"]]);
    assert!(page.contains("href=\"/plan/I1?on=2026-06-30#shares\""), "{page}");
    let facts = assert_described(&city, "", "/api/plan/department/{name}", &format!("/api{address}")).await;
    let own = serde_json::json!([{ "indicator": "I1", "share": "4", "value": "4", "status": "reached" }]);
    assert_eq!(facts["shares"], own);
    // The plan of Tianjin divides no goal among bodies, and so nothing is shown.
    let city = planned();
    for address in ["/plan/N2", "/plan/department/%E5%B8%82%E5%B8%82%E5%9C%BA%E7%9B%91%E7%AE%A1%E5%A7%94"] {
        let page = city.page(address).await;
        assert_eq!((page.status, page.text().contains("id=\"shares\"")), (StatusCode::OK, false), "{address}");
    }
}

#[tokio::test]
async fn shares_that_do_not_add_up_are_said() {
    let city = divided(&[("1", Some("市计量局"), None), ("1", None, Some("990102"))]);
    let page = city.page("/plan/I1?on=2026-06-30").await.text();
    assert!(
        page.contains("各单位有证据的加起来与现值对不上") && !page.contains("各单位的份额加起来就是目标"),
        "{page}"
    );
    let figures: Vec<String> = shares(&page).into_iter().filter_map(|row| row.get(2).cloned()).collect();
    assert_eq!(figures, ["1", "0", "1", "1"], "one standard is counted of two bodies");
    let facts = city.page("/api/plan/I1?on=2026-06-30").await.json();
    assert_eq!((&facts["shares"]["reconcile"], &facts["shares"]["difference"]), (&false.into(), &"-1".into()));
}
