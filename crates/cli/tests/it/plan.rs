//! A plan from the command line: bad files are refused by place, and a frozen report is checked from its own bytes alone.

use std::fs;
use std::path::PathBuf;

use heng_exchange::document::Renderer;
use heng_exchange::plan_report::{FIELDS, Which};
use heng_office::plan::report::{content, renderings};
use heng_office::plan::{followed, in_force};
use heng_office::{ANCHOR, Office, fonts};
use heng_statement::Body;
use heng_statement::body::PartyKind;
use jiff::civil::{Date, date};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::city::{City, failed, root};

const TODAY: Date = date(2026, 11, 30);

/// Every file of a report but the bundle.
const ENDINGS: [&str; 8] =
    [".html", ".pdf", ".en.pdf", ".xlsx", "-figures.csv", "-evidence.csv", "-fields.json", ".json"];

/// The example city with a report in `out`, and whom to trust beside it.
fn reported() -> City {
    let city = City::example(&TODAY.to_string());
    let (data, out) = (city.path("data"), city.path("out"));
    let day = TODAY.to_string();
    let output = city.heng(&["plan", "report", "--as-of", &day, "--data", &data, "--today", &day, "--out", &out]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::copy(city.path("data/policy.toml"), city.path("policy.toml")).unwrap();
    city
}

fn file(ending: &str) -> String {
    format!("out/plan-{TODAY}{ending}")
}

#[test]
fn what_a_plan_has_come_to_is_read_beside_whoever_writes_in_the_store() {
    let city = City::example(&TODAY.to_string());
    let data = city.path("data");
    let _writing = Office::open(&PathBuf::from(&data)).unwrap();
    for asked in [["plan", "status"].as_slice(), &["plan", "why", "N9"], &["norm", "used"], &["forecast", "verify"]] {
        let output = city.heng(&[asked, &["--data", &data, "--as-of", "2026-11-30", "--json"]].concat());
        assert!(output.status.success(), "{asked:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok());
    }
    let refused = city.heng(&["plan", "report", "--as-of", "2026-11-30", "--data", &data, "--out", &city.path("out")]);
    assert!(!refused.status.success(), "two cannot write");
}

/// The code and the checks of files, by the policy beside them.
fn checked(city: &City, files: &[&str]) -> (i32, Vec<(String, String)>) {
    let policy = city.path("policy.toml");
    let paths: Vec<String> = files.iter().map(|name| city.path(name)).collect();
    let mut arguments = vec!["--policy", policy.as_str()];
    arguments.extend(paths.iter().map(String::as_str));
    city.checked(&arguments)
}

fn passed(answers: &[(String, String)], name: &str) -> bool {
    answers.contains(&(name.to_owned(), "passed".to_owned()))
}

#[test]
fn a_report_passes_every_check_without_its_store_and_a_changed_byte_is_named() {
    let city = reported();
    // Nothing but the files and the policy is left.
    fs::rename(city.path("data"), city.path("gone")).unwrap();
    let bundle = file(".heng");
    for ending in ENDINGS {
        let given = file(ending);
        let files = if ending.ends_with(".pdf") { vec![given.as_str()] } else { vec![given.as_str(), &bundle] };
        let (code, answers) = checked(&city, &files);
        assert_eq!((code, failed(&answers)), (0, Vec::new()), "{ending}: {answers:?}");
        for name in ["document", "inclusion", "plan-as-published", "evidence-before-report", "figures-recomputed"] {
            assert!(passed(&answers, name), "{ending}: {name} is not among {answers:?}");
        }
    }
    let (code, answers) = checked(&city, &[&bundle]);
    assert!(code == 0 && passed(&answers, "figures-recomputed"), "{answers:?}");

    // One byte of what people read.
    for ending in ENDINGS {
        let mut bytes = fs::read(city.path(&file(ending))).unwrap();
        let place = if ending.ends_with(".pdf") { 20_000 } else { bytes.len() / 2 };
        let place = (place..).find(|place| bytes[*place].is_ascii_alphanumeric()).unwrap();
        bytes[place] = if bytes[place] == b'7' { b'8' } else { b'7' };
        let changed = format!("changed{ending}");
        fs::write(city.path(&changed), bytes).unwrap();
        let files = if ending.ends_with(".pdf") { vec![changed.as_str()] } else { vec![changed.as_str(), &bundle] };
        let (code, answers) = checked(&city, &files);
        assert_eq!((code, failed(&answers)), (1, vec!["document"]), "{ending} {place}: {answers:?}");
    }

    // A figure that was typed into the page.
    let page = fs::read_to_string(city.path(&file(".html"))).unwrap();
    let typed = page.replacen(">700<", ">800<", 1);
    assert_ne!(page, typed);
    fs::write(city.path("typed.html"), typed).unwrap();
    let (code, answers) = checked(&city, &["typed.html", &bundle]);
    assert_eq!((code, failed(&answers)), (1, vec!["document"]));

    // One byte of the bundle, by itself and inside the PDF.
    for (name, count) in [(&bundle, 9), (&file(".pdf"), 3)] {
        let bytes = fs::read(city.path(name)).unwrap();
        for part in 1..=count {
            let mut changed = bytes.clone();
            // Of the PDF, only what was appended.
            let from = if name.ends_with(".pdf") { bytes.len() / 2 } else { 0 };
            let place = from + (bytes.len() - from) * part / (count + 1);
            changed[place] ^= 1;
            let path = format!("changed-{part}");
            fs::write(city.path(&path), changed).unwrap();
            let (code, answers) = checked(&city, &[&path]);
            assert_ne!(code, 0, "{name}: byte {place} is free: {answers:?}");
        }
    }
}

#[test]
fn open_files_say_nothing_of_people_and_are_the_same_bytes_again() {
    let city = reported();
    let office = Office::open(&PathBuf::from(city.path("data"))).unwrap();
    let inventory = followed(office.store()).unwrap();
    let reported = inventory.plan().reports().last().unwrap().clone();
    let report = &reported.report;
    let people: Vec<&str> =
        inventory.parties().filter(|party| party.kind == PartyKind::Person).map(|party| party.id.as_str()).collect();
    assert!(people.len() > 10);
    let mut secrets: Vec<String> = people.iter().map(|id| (*id).to_owned()).collect();
    secrets.extend(people.iter().flat_map(|id| inventory.authorizations(id)).map(|granted| granted.hash.clone()));
    for ending in [".html", ".json", "-figures.csv", "-evidence.csv", "-fields.json"] {
        let text = fs::read_to_string(city.path(&file(ending))).unwrap();
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{ending} has {secret}");
        }
    }
    let plan = in_force(office.store(), &inventory, TODAY).unwrap().unwrap();
    assert_eq!(plan.plan.id, "tianjin-2035");
    let evidence = plan.evidence(&inventory);
    // Workbook and PDF have nothing that is not in this.
    let said = format!("{:?}", content(&plan.plan, report, &evidence, &inventory, ANCHOR));
    assert!(secrets.iter().all(|secret| !said.contains(secret.as_str())));

    // Every heading is a field that was declared public, and they are all there.
    for (ending, table) in [("-figures.csv", Which::Figures), ("-evidence.csv", Which::Evidence)] {
        let text = fs::read_to_string(city.path(&file(ending))).unwrap();
        let headings: Vec<&str> = text.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
        let of_table = FIELDS.iter().filter(|field| field.table == table);
        let public: Vec<&str> = of_table.filter(|field| field.is_public).map(|field| field.name).collect();
        assert_eq!(headings, public);
    }
    assert!(FIELDS.iter().any(|field| field.table == Which::Evidence && !field.is_public));

    let json: Value = serde_json::from_str(&fs::read_to_string(city.path(&file(".json"))).unwrap()).unwrap();
    let counted = json["counted_and_not_shown"].as_array().unwrap();
    let technicians = counted.iter().find(|one| one["kind"] == "technician").unwrap();
    assert!(technicians["facts"].as_u64().unwrap() > 0, "people are counted");
    for fact in json["evidence"].as_array().unwrap() {
        assert_ne!(fact["kind"], "technician");
        for hash in fact["statements"].as_str().unwrap().split(' ') {
            assert!(office.store().statement(hash).unwrap().is_some(), "{hash}");
        }
    }
    // The figures that people read are the ones that were signed.
    let shown = json["figures"].as_array().unwrap();
    assert_eq!(shown.len(), report.figures.len());
    for (shown, stated) in shown.iter().zip(&report.figures) {
        assert_eq!(shown["indicator"], stated.indicator.as_str());
        assert_eq!(shown["exact_value"].as_str(), stated.exact_value.as_deref());
        assert_eq!(shown["status"], stated.status.as_str());
    }

    // Rendered again, the same bytes; and those are what the statement fixes.
    let renderer = Renderer::new(fonts::fonts(None).unwrap()).unwrap();
    let again = renderings(&plan, report, &evidence, &inventory, ANCHOR, &renderer).unwrap();
    assert_eq!(again.len(), ENDINGS.len());
    for (rendering, document) in again.iter().zip(&report.documents) {
        assert_eq!(rendering.name, document.name);
        assert_eq!(hex::encode(Sha256::digest(&rendering.bytes)), document.sha256, "{}", document.name);
    }
    let statement = office.store().statement(&reported.said.hash).unwrap().unwrap().statement;
    assert!(matches!(statement.body, Body::Report(_)));
}

#[test]
fn a_bad_plan_file_is_refused_with_line_and_column() {
    let city = City::empty();
    let good = fs::read_to_string(root().join("examples/plan/plan.toml")).unwrap();
    let cases = [
        ("an unknown indicator", "indicator = \"I1\"", "indicator = \"I9\"", "plan-indicator-unknown"),
        ("a sum", "value = \"6\"", "value = \"7\"", "plan-sum-unreconciled"),
        ("a cycle", "\"count(standard)\"", "\"indicator(I1)\"", "plan-cycle"),
        (
            "a quote that is not there",
            "text = \"社会公用计量标准达到12项\"",
            "text = \"达到13项\"",
            "plan-quote-not-found",
        ),
        ("a unit", "unit = \"count\"", "unit = \"percent\"", "plan-unit-wrong"),
        ("no TOML", "[plan-title]", "[plan-title", "plan-unreadable"),
    ];
    for (what, from, to, code) in cases {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good, "{what}");
        fs::write(city.path("bad.toml"), &bad).unwrap();
        let place = bad.find(to).unwrap();
        let line = bad[..place].matches('\n').count() + 1;
        let output = city.heng(&["--language", "en", "plan", "check", &city.path("bad.toml")]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        let finding = said.lines().find(|line| line.contains(&format!("[{code}]")));
        let finding = finding.unwrap_or_else(|| panic!("{what}: {said}"));
        let mut parts = finding.strip_prefix("bad.toml:").unwrap().split(':');
        let (at, column): (usize, usize) =
            (parts.next().unwrap().parse().unwrap(), parts.next().unwrap().parse().unwrap());
        assert!(at >= 1 && column >= 1, "{finding}");
        // What shares do not sum to is said where the goal stands.
        if !["plan-sum-unreconciled", "plan-cycle"].contains(&code) {
            assert_eq!(at, line, "{what}: {finding}");
        }
    }
    let output = city.heng(&["plan", "check", &root().join("examples/plan/plan.toml").display().to_string()]);
    assert_eq!(output.status.code(), Some(0));
    let folder = root().join("rules/plans/tianjin-2035").display().to_string();
    let output = city.heng(&["plan", "check", &folder, "--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), answer["findings"].as_array().map(Vec::len)), (Some(0), Some(0)));
}

#[test]
fn why_says_how_a_goal_is_divided_among_bodies() {
    let city = City::founded();
    let (data, plan) = (city.path("data"), root().join("examples/plan").display().to_string());
    let imported = city.heng(&["plan", "import", &plan, "--data", &data]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let why = |arguments: &[&str]| {
        let output = city.heng(&[&["--language", "en", "plan", "why", "I1", "--data", &data][..], arguments].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    let said = why(&[]);
    assert!(said.contains("The goal is divided, 12 in all:\n市计量局: share 6, evidenced 0"), "{said}");
    let answer: Value = serde_json::from_str(&why(&["--json"])).unwrap();
    let shares: Vec<_> = answer["shares"]["bodies"].as_array().unwrap().iter().map(|one| &one["share"]).collect();
    // The standards of the store are of no body of this plan.
    assert_eq!(shares, ["6", "4", "2"].map(Value::from).iter().chain([&Value::Null]).collect::<Vec<_>>());
    assert_eq!(answer["shares"]["reconcile"], true);
}
