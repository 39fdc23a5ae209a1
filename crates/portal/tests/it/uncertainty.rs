//! The page of models: published digits in both languages, and every bad model a finding with its place, in bounded time.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use heng_office::clock;
use serde_json::Value;

use crate::city::{Answer, City};
use crate::work::form;

const HEAD: &str = "format = \"heng-model/1\"\n";

async fn typed(city: &City, language: &str, text: &str) -> Answer {
    city.fill(&format!("/uncertainty?lang={language}"), "", &form(&[("model", text)])).await
}

async fn asked(city: &City, kind: &str, body: Vec<u8>) -> Answer {
    let request = Request::post("/api/uncertainty?lang=en").header("content-type", kind);
    city.ask(request.body(Body::from(body)).unwrap()).await
}

fn example(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/uncertainty");
    std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap()
}

fn names() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/uncertainty");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = files.filter_map(|file| Some(file.strip_suffix(".toml")?.to_owned()));
    // A thousand inputs are more than a page takes.
    let mut names: Vec<String> = names.filter(|name| name != "chain-of-a-thousand").collect();
    names.sort();
    names
}

/// Far more than any answer may take on a busy machine, and far less than one without bounds would take.
fn is_bounded(begun: jiff::Timestamp) -> bool {
    clock::now().duration_since(begun).as_secs() < 60
}

/// JCGM 100:2008, H.1.7: l = 50.000 838 mm, u = 32 nm; H.1.6: ν_eff = 16, t = 2.92, U₉₉ = 93 nm from the rounded
/// u = 32 nm, 92 nm from the unrounded one. JCGM 101:2008, 9.5.4: u = 36 nm by Monte Carlo, which
/// does not validate the linear u = 32 nm. JCGM 100:2008, H.2.4, table H.4: R = 127.732, X = 219.847, Z = 254.260; r(R, X) = −0.588. JCGM 100, H.5.2.5:
/// 10.000 097 V, u = 18 µV. JCGM 101, 9.3.2.3: u = 0.0539 mg to first and 0.0750 mg to second order. EA-4/02 M:2022, S2.10: m = 10.000 025 kg,
/// U = 59 mg. Eurachem CG 4, A1: 1002.7 mg/L.
#[tokio::test]
async fn worked_examples_show_the_published_digits_in_both_languages() {
    let city = City::founded();
    let space = |text: &str| text.replace('\u{a0}', " ");
    for (name, digits) in [
        ("gauge-block-gum-h1", &["(50 000 838 ± 92) nm", "<dd>31.7 nm</dd>", "ν = 16", "k = 2.92", "U = 92 nm"][..]),
        ("gauge-block-jcgm-101", &["838 nm", "<dd>86.2 nm</dd>", "<dd>32.1 nm</dd>", ">35.9<", "28.9 %"]),
        ("impedance-gum-h2", &["(127.732 ± 0.071)", ">219.847<", ">254.260<", "−0.588"]),
        ("impedance-gum-h2-observations", &["(0.127 732 ± 0.000 071)", ">0.219 847<", ">0.254 260<", "−0.588"]),
        ("impedance-gum-h2-complex", &["(127.732 ± 0.071)", ">219.847<", ">254.260<", "−0.588"]),
        ("zener-voltage-gum-h5", &["(10.000 097 ± 0.000 041) V", "<dd>0.000 018 1 V</dd>"]),
        ("mass-calibration-jcgm-101", &["<dd>0.0539 mg</dd>", "u = 0.0750 mg"]),
        ("mass-ea-4-02-s2", &["(10 000.025 ± 0.059) g"]),
        ("cadmium-standard-eurachem-a1", &["(1002.7 ± 1.6)"]),
    ] {
        for (language, word) in [("zh", "不确定度预算"), ("en", "Uncertainty budget")] {
            let shown = city.page(&format!("/uncertainty?example={name}&lang={language}")).await;
            assert_eq!(shown.status, StatusCode::OK);
            let text = space(&shown.text());
            for digit in digits.iter().chain(&[word, "<math"]) {
                assert!(text.contains(digit), "{name} {language} {digit}: {text}");
            }
            let sent = typed(&city, language, &example(name)).await;
            assert_eq!(sent.status, StatusCode::OK);
            let answered = |text: &str| {
                let answer = text.split("id=\"model-answer\"").nth(1).unwrap();
                answer.split("id=\"model-examples\"").next().unwrap().to_owned()
            };
            assert_eq!(answered(&space(&sent.text())), answered(&text), "the same text has the same answer");
        }
    }
}

#[tokio::test]
async fn every_example_is_offered_and_each_evaluates() {
    let city = City::founded();
    let first = city.page("/uncertainty").await.text();
    for name in names() {
        assert!(first.contains(&format!("href=\"/uncertainty?example={name}\"")), "{name} is offered");
        assert_eq!(city.page(&format!("/uncertainty?example={name}")).await.status, StatusCode::OK, "{name}");
        let facts = asked(&city, "text/plain", example(&name).into_bytes()).await;
        assert_eq!(facts.status, StatusCode::OK, "{name}: {}", facts.text());
    }
    assert_eq!(city.page("/uncertainty?example=none").await.status, StatusCode::NOT_FOUND);
    assert!(city.page("/").await.text().contains("href=\"/uncertainty\""), "the first page leads there");
}

/// The first model of JCGM 100:2008, H.1, by program: unrounded 31.7 nm and 16.7.
#[tokio::test]
async fn a_program_gets_the_same_facts_with_every_digit() {
    let city = City::founded();
    let body = serde_json::json!({ "model": example("gauge-block-gum-h1") }).to_string();
    let facts = asked(&city, "application/json; charset=utf-8", body.into_bytes()).await;
    assert_eq!((facts.status, facts.header("content-type")), (StatusCode::OK, "application/json"));
    let output = &facts.json()["outputs"][0];
    let close = |value: &Value, expected: f64, within: f64| {
        assert!((value.as_f64().unwrap() - expected).abs() <= within, "{value} is not {expected}");
    };
    close(&output["estimate"], 50_000_838.0, 0.5);
    close(&output["standard_uncertainty"], 31.7, 0.1);
    close(&output["effective_degrees_of_freedom"], 16.7, 0.2);
    close(&output["monte_carlo"]["mean"], 50_000_838.0, 0.5);
    assert_eq!(output["budget"].as_array().unwrap().len(), 9);
    let wrong = asked(
        &city,
        "application/json",
        br#"{"model": "format = 'heng-model/1'\nmodel = 'y = a'\n[inputs]"}"#.to_vec(),
    )
    .await;
    assert_eq!(
        (wrong.status, wrong.header("content-type")),
        (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json")
    );
    let finding = &wrong.json()["findings"][0];
    assert_eq!((&finding["line"], &finding["column"], &finding["length"]), (&2.into(), &14.into(), &1.into()));
    for (kind, body) in
        [("application/json", "{"), ("application/json", "{\"text\": 1}"), ("text/html", "x"), ("", "x")]
    {
        let refused = asked(&city, kind, body.as_bytes().to_vec()).await;
        assert!(refused.status.is_client_error(), "{kind} {body}: {}", refused.status);
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
}

/// Bad models: the underlined text, and a word of the sentence in English.
fn bad() -> Vec<(String, String, &'static str)> {
    let a = "[inputs.a]\nvalue = \"1 mm\"\n";
    let model = |model: &str, inputs: &str| format!("{HEAD}model = \"{model}\"\n{inputs}");
    let mark = |text: &str| format!("<mark>{text}</mark>");
    vec![
        (model("y = a + thetta", a), mark("thetta"), "thetta is not given"),
        (model("y = a + b", &format!("{a}[inputs.b]\nvalue = \"1 s\"\n")), mark("a + b"), "cannot be added"),
        (model("y = 2*y + a", a), mark("y"), "computed from itself"),
        (model("y = 1/(a - a)", a), mark("1/(a - a)"), "zero"),
        (model("y = ln(0*a/a)", a), mark("ln(0*a/a)"), "not a finite number"),
        (model(&format!("y = {}a{}", "(".repeat(5_000), ")".repeat(5_000)), a), "<mark>(".to_owned(), "nested"),
        (
            format!("{HEAD}model = \"y = a\"\n[inputs.a]\nvalue = \"1,5 mm\"\n"),
            mark("&#34;1,5 mm&#34;"),
            "no number with a unit",
        ),
        (
            format!("{HEAD}model = \"y = a\"\n[inputs.a]\nvalue = \"1 mm\"\nwidth = 1\n"),
            mark("width"),
            "There is no key width",
        ),
        (format!("{HEAD}model = \"y = a\"\ncoverage_probability = 2\n{a}"), mark("2"), "between 0 and 1"),
        (format!("{HEAD}model = \"y = a\"\nx = {}\n", "[".repeat(20_000)), "<mark>".to_owned(), "nested too deep"),
        (String::new(), "<mark>".to_owned(), "is missing"),
        (
            format!("{HEAD}model = \"y = 2*sum(a)\"\n{}", "[[inputs.a]]\nvalue = \"1 mm\"\n".repeat(201)),
            "<mark>".to_owned(),
            "more than 200 inputs",
        ),
        (
            model(&(0..30).map(|n| format!("y{n} = {n}*a")).collect::<Vec<_>>().join(";"), a),
            "<mark>".to_owned(),
            "more than 20 results",
        ),
        (model("y = sum(a for i in 1..99999)", a), "<mark>".to_owned(), "operations"),
    ]
}

#[tokio::test]
async fn bad_models_are_underlined_in_bounded_time_and_the_text_stays() {
    let city = City::founded();
    for (text, marked, said) in bad() {
        let begun = clock::now();
        let answer = typed(&city, "en", &text).await;
        assert!(is_bounded(begun), "{said}");
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}: {page}");
        assert!(page.contains(&marked) && page.contains(said), "{marked} {said}: {page}");
        let kept = page.split("<textarea").nth(1).unwrap().split_once(">\n").unwrap().1;
        let kept = kept.split("</textarea>").next().unwrap();
        assert_eq!(kept.replace("&#34;", "\"").replace("&#39;", "'"), text, "what was typed is kept");
        let chinese = typed(&city, "zh", &text).await.text();
        assert!(chinese.contains(&marked) && chinese.contains("aria-invalid"), "{said}: {chinese}");
    }
}

#[tokio::test]
async fn a_sum_of_ten_thousand_terms_is_evaluated_or_refused_in_bounded_time() {
    let city = City::founded();
    for terms in [9_000, 10_001] {
        let text = format!(
            "{HEAD}model = \"\"\"y = {}a\"\"\"\n[inputs.a]\nvalue = \"1 mm\"\nstandard_uncertainty = \"1 um\"\n",
            "a +\\\n".repeat(terms - 1)
        );
        let text = text.replace("+\\\n", "+ ");
        let begun = clock::now();
        let answer = typed(&city, "en", &text).await;
        assert!(is_bounded(begun), "{terms}");
        assert!(!answer.status.is_server_error(), "{}", answer.status);
    }
}

#[tokio::test]
async fn many_correlated_inputs_are_refused_before_they_take_long() {
    let city = City::founded();
    let names: Vec<String> = (0..200).map(|n| format!("a{n}")).collect();
    let inputs: String = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("[inputs.{name}]\nobservations = [\"{n}\", \"1\", \"7\"]\n"))
        .collect();
    let lines: String = (0..20).map(|n| format!("y{n} = {n} + {}\n", names.join("+"))).collect();
    let group = format!("{names:?}");
    let text = format!("{HEAD}model = \"\"\"\n{lines}\"\"\"\nsimultaneous = [{group}]\n{inputs}");
    assert!(text.len() < 64 * 1024);
    let begun = clock::now();
    let answer = typed(&city, "en", &text).await;
    assert!(is_bounded(begun), "it took too long");
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn markup_in_names_and_titles_is_only_text() {
    let city = City::founded();
    let script = "<script>alert(1)</script>";
    let title = format!("{HEAD}title = '{script}'\nsource = '{script}'\nmodel = 'y = a'\n[inputs.a]\nvalue = '1 mm'\n");
    let name = format!("{HEAD}model = 'y = a'\n[inputs.\"{script}\"]\nvalue = '1 mm'\n[inputs.a]\nvalue = '1 mm'\n");
    let model = format!("{HEAD}model = 'y = a {script}'\n[inputs.a]\nvalue = '1 mm'\n");
    let area = format!("</textarea>{script}");
    for text in [title.as_str(), &name, &model, script, &area] {
        let page = typed(&city, "en", text).await;
        assert!(!page.text().contains("<script>alert"), "{}", page.text());
        assert!(page.text().contains("&#60;script&#62;alert(1)"), "it is shown as it was typed");
    }
}

#[tokio::test]
async fn what_is_too_large_is_refused_clearly() {
    let city = City::founded();
    let long = format!("# {}\n", "x".repeat(70_000));
    let page = typed(&city, "en", &long).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("longer than 64 KB"));
    for address in ["/uncertainty?lang=en", "/api/uncertainty?lang=en"] {
        let kind = if address.starts_with("/api") { "text/plain" } else { "application/x-www-form-urlencoded" };
        let request = Request::post(address).header("content-type", kind);
        let answer = city.ask(request.body(Body::from(format!("model={}", "x".repeat(300_000)))).unwrap()).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{address}");
        assert!(answer.text().contains("larger than 64 KB"), "{}", answer.text());
    }
}

#[tokio::test]
async fn line_ends_of_a_browser_do_not_move_the_place() {
    let city = City::founded();
    let text = format!("{HEAD}model = \"y = a +\"\n[inputs.a]\nvalue = \"1 mm\"\n");
    let one = typed(&city, "en", &text).await.text();
    let other = typed(&city, "en", &text.replace('\n', "\r\n")).await.text();
    assert_eq!(one, other);
    assert!(one.contains("Line 2, column 17"), "{one}");
}

#[tokio::test]
async fn limits_give_conformance_probabilities_by_both_methods() {
    let city = City::founded();
    // Within ± 1.96 u of the estimate: 95 % of a normal quantity.
    let text = format!(
        "{HEAD}model = \"y = a\"\n[inputs.a]\nvalue = \"10 mm\"\nstandard_uncertainty = \"1 mm\"\n[specifications.y]\nlower = \"8.04 mm\"\nupper = \"11.96 mm\"\n"
    );
    let facts = asked(&city, "text/plain", text.clone().into_bytes()).await.json();
    let output = &facts["outputs"][0];
    for probability in [&output["conformance_probability"], &output["monte_carlo"]["conformance_probability"]] {
        assert!((probability.as_f64().unwrap() - 0.95).abs() < 0.002, "{probability}");
    }
    let page = typed(&city, "zh", &text).await.text().replace('\u{a0}', " ");
    assert!(page.contains("合格概率 95.00 %（正态分布）") && page.contains("规范限 8.04 mm 到 11.96 mm"), "{page}");
}
