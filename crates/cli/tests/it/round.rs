//! A comparison round from the command line, and what becomes of those who cheat.

use heng_checker::{Answer, Given, Policy, check};
use heng_office::{Office, round};
use heng_statement::round::{NamesPublished, Opening, RoundReport, Seal};
use heng_statement::{Body, RoundStep, Statement};
use serde_json::Value;

use crate::city::{City, failed, root};

const NUMBER: &str = "JB-2026-01";
const LABORATORIES: [&str; 3] = ["nmi", "lab-tj", "lab-power"];

fn example(name: &str) -> String {
    root().join("examples/round").join(name).display().to_string()
}

/// Runs a step on a day; gives the code and what was said.
fn step(city: &City, today: &str, arguments: &[&str]) -> (i32, String) {
    let data = city.path("data");
    let mut all = vec!["--language", "zh", "round"];
    all.extend(arguments);
    all.extend(["--data", &data, "--today", today]);
    let output = city.heng(&all);
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), said)
}

fn taken(city: &City, today: &str, arguments: &[&str]) -> String {
    let (code, said) = step(city, today, arguments);
    assert_eq!(code, 0, "{arguments:?}: {said}");
    said
}

fn refused(city: &City, today: &str, arguments: &[&str], finding: &str) {
    let (code, said) = step(city, today, arguments);
    assert!(code == 1 && said.contains(&format!("[{finding}]")), "{arguments:?}: {code} {said}");
}

fn seal(city: &City, today: &str, laboratory: &str) {
    let party = format!("party:{laboratory}");
    taken(city, today, &["seal", NUMBER, "--result", &example(&format!("result-{laboratory}.toml")), "--as", &party]);
}

fn reveal(city: &City, today: &str, laboratory: &str) {
    taken(city, today, &["reveal", NUMBER, "--as", &format!("party:{laboratory}")]);
}

fn shown(city: &City, today: &str) -> Value {
    serde_json::from_str(&taken(city, today, &["show", NUMBER, "--json"])).unwrap()
}

fn exported(city: &City, today: &str, name: &str) -> String {
    let path = city.path(name);
    taken(city, today, &["export", NUMBER, "--out", &path]);
    path
}

/// A round in which all have sealed.
fn sealed() -> City {
    let city = City::founded();
    taken(&city, "2026-03-01", &["open", &example("weights.toml")]);
    for laboratory in LABORATORIES {
        seal(&city, "2026-03-15", laboratory);
    }
    city
}

fn reported() -> City {
    let city = sealed();
    for laboratory in LABORATORIES {
        reveal(&city, "2026-04-01", laboratory);
    }
    taken(&city, "2026-04-10", &["report", NUMBER, "--as", "party:nmi"]);
    city
}

#[test]
fn a_round_goes_through_all_its_steps_and_its_file_passes_every_check() {
    let city = reported();
    let (code, answers) = city.checked(&[&exported(&city, "2026-04-10", "reported.heng")]);
    assert_eq!(code, 0, "{answers:?}");
    for name in ["sealed-before-opening", "opened-as-sealed", "report-recomputed", "inclusion", "authorization"] {
        assert!(answers.contains(&(name.to_owned(), "passed".to_owned())), "{name}: {answers:?}");
    }
    let state = shown(&city, "2026-04-10");
    assert_eq!(state["phase"], "follow-up");
    let wells: Vec<&Value> =
        state["participants"].as_array().unwrap().iter().map(|one| &one["is_satisfactory"]).collect();
    assert_eq!(wells, [&Value::Null, &Value::Bool(true), &Value::Bool(false)], "the pilot is the reference");

    let follow_up = [
        "follow-up",
        NUMBER,
        "--as",
        "party:lab-power",
        "--cause",
        "空气浮力修正用错了密度（示例）",
        "--action",
        "改正修正，重测（示例）",
        "--done-by",
        "2026-06-01",
        "--by",
        "party:person:he-jing",
    ];
    taken(&city, "2026-05-01", &follow_up);
    let close = |by: &'static str, party: &'static str| {
        ["close", NUMBER, "--laboratory", "L3", "--reason", "重测结果已看过（示例）", "--as", party, "--by", by]
    };
    refused(&city, "2026-06-02", &close("party:person:he-jing", "party:authority"), "round-self-approval");
    refused(&city, "2026-06-02", &close("party:person:sun-li", "party:lab-power"), "round-stranger");
    taken(&city, "2026-06-02", &close("party:person:sun-li", "party:authority"));
    assert_eq!(shown(&city, "2026-06-02")["phase"], "closed");
    let (code, answers) = city.checked(&[&exported(&city, "2026-06-02", "closed.heng")]);
    assert_eq!(code, 0, "{answers:?}");
    assert!(city.heng(&["log", "fsck", "--data", &city.path("data")]).status.success());
}

#[test]
fn nobody_sees_a_sealed_result_and_nobody_opens_too_early() {
    let city = City::founded();
    taken(&city, "2026-03-01", &["open", &example("weights.toml")]);
    seal(&city, "2026-03-15", "nmi");
    refused(&city, "2026-03-16", &["reveal", NUMBER, "--as", "party:nmi"], "round-opened-early");
    refused(&city, "2026-03-16", &["report", NUMBER, "--as", "party:nmi"], "round-not-opened-yet");
    let state = shown(&city, "2026-03-16");
    assert_eq!((&state["phase"], &state["computed"]), (&Value::from("sealing"), &Value::Null));
    let path = exported(&city, "2026-03-16", "sealing.heng");
    let bundle = std::fs::read_to_string(&path).unwrap();
    assert!(!bundle.contains("1.020"));
    let (code, answers) = city.checked(&[&path]);
    assert!(code == 1 && failed(&answers).is_empty(), "what is not reported yet cannot be checked yet: {answers:?}");
    let compared = city.heng(&["compare", &path]);
    assert_eq!(compared.status.code(), Some(2));
    // The value itself lies beside the store, for nobody but its owner.
    let secrets: Vec<_> = std::fs::read_dir(city.path("data/sealed")).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(secrets.len(), 1);
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(secrets[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_late_seal_is_refused_and_who_has_not_sealed_is_said() {
    let city = City::founded();
    taken(&city, "2026-03-01", &["open", &example("weights.toml")]);
    seal(&city, "2026-03-15", "nmi");
    seal(&city, "2026-03-15", "lab-tj");
    let late = ["seal", NUMBER, "--result", &example("result-lab-power.toml"), "--as", "party:lab-power"];
    refused(&city, "2026-04-01", &late, "round-sealed-late");
    reveal(&city, "2026-04-01", "nmi");
    // Another one dates its seal back behind an opening.
    refused(&city, "2026-03-30", &late, "round-sealed-after-opening");
    reveal(&city, "2026-04-01", "lab-tj");
    taken(&city, "2026-04-10", &["report", NUMBER, "--as", "party:nmi"]);
    let state = shown(&city, "2026-04-10");
    assert_eq!(state["computed"]["without_result"][0]["reason"], "round-not-sealed");
    let (code, answers) = city.checked(&[&exported(&city, "2026-04-10", "reported.heng")]);
    assert_eq!(code, 0, "{answers:?}");
}

#[test]
fn a_result_that_was_changed_after_sealing_does_not_open() {
    let city = sealed();
    // Somebody with the machine in hand moves the sealed value nearer to the others.
    let secret = std::fs::read_dir(city.path("data/sealed"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .find(|path| std::fs::read_to_string(path).unwrap().contains("1.350"))
        .unwrap();
    let kept = std::fs::read_to_string(&secret).unwrap();
    std::fs::write(&secret, kept.replace("1.350", "1.050")).unwrap();
    refused(&city, "2026-04-01", &["reveal", NUMBER, "--as", "party:lab-power"], "round-not-as-sealed");
    std::fs::write(&secret, kept).unwrap();
    reveal(&city, "2026-04-01", "lab-power");
}

#[test]
fn only_the_pilot_reports_and_only_who_takes_part_seals() {
    let city = sealed();
    for laboratory in LABORATORIES {
        reveal(&city, "2026-04-01", laboratory);
    }
    refused(&city, "2026-04-10", &["report", NUMBER, "--as", "party:lab-tj"], "round-stranger");
    let stranger = ["seal", NUMBER, "--result", &example("result-nmi.toml"), "--as", "party:authority"];
    refused(&city, "2026-03-20", &stranger, "round-stranger");
    refused(&city, "2026-03-20", &["open", &example("weights.toml"), "--as", "party:lab-tj"], "not-authorized");
    refused(&city, "2026-03-20", &["open", &example("weights.toml")], "round-number-taken");
}

#[test]
fn a_round_of_the_log_is_compared_as_its_report_says() {
    let city = reported();
    let path = exported(&city, "2026-04-10", "reported.heng");
    let output = city.heng(&["compare", &path, "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let compared: Value = serde_json::from_slice(&output.stdout).unwrap();
    let state = shown(&city, "2026-04-10");
    let stated = state["computed"]["items"][0]["laboratories"][1]["scores"][0]["exact_value"].as_str().unwrap();
    let again = compared["scores"][1]["e_n"]["value"].as_f64().unwrap();
    assert_eq!(stated.parse::<f64>().unwrap().to_bits(), again.to_bits());
    // (1.350 − 1.020)/√(0.100² + 0.030²)
    assert!((again - 0.33 / 0.0109_f64.sqrt()).abs() < 1e-12);
    let other = city.heng(&["compare", &path, "--item", "thing:transfer:示例-1kg-B", "--estimator", "median"]);
    assert!(other.status.success());
}

#[test]
fn a_file_of_a_round_with_a_changed_byte_is_never_trusted() {
    let city = reported();
    let bytes = std::fs::read(exported(&city, "2026-04-10", "reported.heng")).unwrap();
    let policy = Policy::parse(&std::fs::read_to_string(city.path("data/policy.toml")).unwrap()).unwrap();
    let trusted = |bytes: &[u8]| match check(&[Given { name: "比对", bytes }], Some(&policy)) {
        Ok(reports) => reports.iter().all(|report| report.answer() == Answer::Trusted),
        Err(_) => false,
    };
    assert!(trusted(&bytes));
    let mut changed = bytes.clone();
    for place in (0..bytes.len()).step_by(97) {
        changed[place] ^= 1 << (place % 7);
        assert!(!trusted(&changed), "byte {place} is free");
        changed[place] = bytes[place];
    }
}

#[test]
fn files_that_are_not_understood_say_where() {
    let city = City::founded();
    let announcement = std::fs::read_to_string(example("weights.toml")).unwrap();
    std::fs::write(city.path("round.toml"), announcement.replace("unit = \"mg\"", "unit = \"毫克\"")).unwrap();
    let (code, said) = step(&city, "2026-03-01", &["open", &city.path("round.toml")]);
    assert!(code == 2 && said.contains("round.toml:8:8"), "{code} {said}");
    std::fs::write(city.path("round.toml"), announcement.replace("seal_by = 2026-03-31", "seal_by = 2026-05-31"))
        .unwrap();
    refused(&city, "2026-03-01", &["open", &city.path("round.toml")], "round-days");
    taken(&city, "2026-03-01", &["open", &example("weights.toml")]);
    let result = std::fs::read_to_string(example("result-nmi.toml")).unwrap();
    std::fs::write(city.path("result.toml"), result.replacen("0.030 mg", "0.030 kPa", 1)).unwrap();
    let seal = ["seal", NUMBER, "--result", &city.path("result.toml"), "--as", "party:nmi"];
    let (code, said) = step(&city, "2026-03-01", &seal);
    assert!(code == 2 && said.contains("[round-file-uncertainty-unit]"), "{code} {said}");
    std::fs::write(city.path("result.toml"), result.replacen("1kg-A", "1kg-C", 1)).unwrap();
    refused(&city, "2026-03-01", &seal, "round-result-item");
}

/// A step that no command would take: signed with the party's own key and appended past every gate.
fn forged(city: &City, issuer: &str, on: &str, step: RoundStep) -> String {
    let office = Office::open(city.path("data").as_ref()).unwrap();
    let statement = Statement::of(
        issuer,
        vec![format!("round:{NUMBER}")],
        format!("{on}T12:00:00+08:00").parse().unwrap(),
        Body::Comp(Box::new(step)),
    )
    .citing(vec![round::numbered(&office, NUMBER).unwrap().hash]);
    let signed = office.signed(&statement).unwrap();
    let hash = signed.hash();
    office.append(vec![signed]).unwrap();
    hash
}

/// What would be reported on a day.
fn computed(city: &City, on: &str) -> RoundReport {
    let office = Office::open(city.path("data").as_ref()).unwrap();
    let state = round::numbered(&office, NUMBER).unwrap().state(on.parse().unwrap());
    state.computed.unwrap().unwrap()
}

fn opening_of(city: &City, laboratory: &str) -> Opening {
    let office = Office::open(city.path("data").as_ref()).unwrap();
    let log = round::numbered(&office, NUMBER).unwrap();
    let sealed = log.steps.iter().rfind(|step| step.issuer == laboratory && step.step.name() == "seal").unwrap();
    let secret = office.sealed().secret(&sealed.hash).unwrap().unwrap();
    Opening {
        round: log.hash,
        seal: sealed.hash.clone(),
        result: secret.result,
        salt: secret.salt,
        names: NamesPublished::Names,
        decided_by: None,
    }
}

#[test]
fn a_typed_figure_in_a_report_fails_by_name() {
    let city = sealed();
    for laboratory in LABORATORIES {
        reveal(&city, "2026-04-01", laboratory);
    }
    let mut report = computed(&city, "2026-04-02");
    report.items[0].laboratories[1].is_satisfactory = true;
    forged(&city, "party:nmi", "2026-04-10", RoundStep::Report(report));
    let (code, answers) = city.checked(&[&exported(&city, "2026-04-10", "typed.heng")]);
    assert_eq!((code, failed(&answers)), (1, vec!["report-recomputed"]));
}

#[test]
fn a_pilot_that_counts_a_changed_result_fails_by_name() {
    let city = sealed();
    reveal(&city, "2026-04-01", "nmi");
    reveal(&city, "2026-04-01", "lab-tj");
    let mut opening = opening_of(&city, "party:lab-power");
    opening.result.values[0].value.value = "1.050".parse().unwrap();
    let hash = forged(&city, "party:lab-power", "2026-04-02", RoundStep::Opening(opening));
    let mut report = computed(&city, "2026-04-10");
    report.openings.push(hash);
    report.openings.sort();
    forged(&city, "party:nmi", "2026-04-10", RoundStep::Report(report));
    let (code, answers) = city.checked(&[&exported(&city, "2026-04-10", "changed.heng")]);
    assert_eq!((code, failed(&answers)), (1, vec!["opened-as-sealed", "report-recomputed"]));
}

#[test]
fn a_pilot_that_counts_a_late_result_fails_by_name() {
    let city = City::founded();
    taken(&city, "2026-03-01", &["open", &example("weights.toml")]);
    seal(&city, "2026-03-15", "nmi");
    seal(&city, "2026-03-15", "lab-tj");
    reveal(&city, "2026-04-01", "nmi");
    // It has seen the first result, seals and dates that back.
    let office = Office::open(city.path("data").as_ref()).unwrap();
    let log = round::numbered(&office, NUMBER).unwrap();
    drop(office);
    let result = heng_exchange::round::read_result(&std::fs::read(example("result-lab-power.toml")).unwrap()).unwrap();
    let salt = "0".repeat(64);
    let sha256 = result.sealed(&log.hash, "party:lab-power", &salt).unwrap();
    let late = RoundStep::Seal(Seal { round: log.hash.clone(), sha256, decided_by: None });
    let seal = forged(&city, "party:lab-power", "2026-03-30", late);
    let opening = Opening { round: log.hash, seal, result, salt, names: NamesPublished::Names, decided_by: None };
    let hash = forged(&city, "party:lab-power", "2026-04-02", RoundStep::Opening(opening));
    reveal(&city, "2026-04-02", "lab-tj");
    let mut report = computed(&city, "2026-04-10");
    report.openings.push(hash);
    report.openings.sort();
    forged(&city, "party:nmi", "2026-04-10", RoundStep::Report(report));
    let (code, answers) = city.checked(&[&exported(&city, "2026-04-10", "late.heng")]);
    assert_eq!((code, failed(&answers)), (1, vec!["sealed-before-opening", "report-recomputed"]));
}

#[test]
fn a_step_of_somebody_who_has_no_such_part_counts_for_nobody_and_breaks_nothing() {
    let city = sealed();
    for laboratory in LABORATORIES {
        reveal(&city, "2026-04-01", laboratory);
    }
    let mut report = computed(&city, "2026-04-02");
    report.items.clear();
    forged(&city, "party:lab-power", "2026-04-02", RoundStep::Report(report));
    taken(&city, "2026-04-10", &["report", NUMBER, "--as", "party:nmi"]);
    let path = exported(&city, "2026-04-10", "stranger.heng");
    let (code, answers) = city.checked(&[&path]);
    assert_eq!((code, failed(&answers)), (0, Vec::<&str>::new()), "{answers:?}");
    let said = city.heng(&["check", "--json", &path]);
    assert!(String::from_utf8_lossy(&said.stdout).contains("round-stranger"));
}
