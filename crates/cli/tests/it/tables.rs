//! Many instruments at once: from a table to certificates, and the rows that gave none.

use std::collections::BTreeSet;
use std::fs;

use crate::city::{City, root};

fn example(name: &str) -> String {
    root().join("examples/records").join(name).display().to_string()
}

/// Standard output and error, and the exit code.
fn certify(city: &City, record: &str, out: &str) -> (i32, String, String) {
    let arguments = ["certify", record, "--language", "en", "--data", &city.path("data"), "--out", &city.path(out)];
    let output = city.heng(&arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// The certificate numbers in a folder.
fn numbers(city: &City, out: &str) -> BTreeSet<String> {
    let files = fs::read_dir(city.path(out)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter_map(|name| name.strip_suffix(".heng").map(str::to_owned)).collect()
}

fn every_bundle_passes(city: &City, out: &str) {
    for number in numbers(city, out) {
        let (code, answers) = city.checked(&[&city.path(&format!("{out}/{number}.heng"))]);
        assert_eq!(code, 0, "{number}: {answers:?}");
        assert!(answers.len() > 20 && answers.iter().all(|(_, outcome)| outcome == "passed"), "{number}");
    }
}

#[test]
fn a_bad_row_loses_only_itself_and_can_be_repaired_and_fed_again() {
    let city = City::founded();
    let table = fs::read_to_string(example("scales.csv")).unwrap();
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 7);
    lines[3] = lines[3].replace("2026-05-20", "昨天");
    let path = city.path("shops.csv");
    fs::write(&path, lines.join("\n")).unwrap();

    let (code, stdout, stderr) = certify(&city, &path, "out");
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(numbers(&city, "out").len(), 5, "{stdout}");
    assert!(stdout.contains("5 certified, 1 of them not conforming; 1 row lost."), "{stdout}");
    assert!(stderr.contains(":I4: error:") && stderr.contains("[record-cell-no-day]"), "{stderr}");
    every_bundle_passes(&city, "out");

    let report = city.path("out/shops.csv.findings.csv");
    let lost = fs::read_to_string(&report).unwrap();
    assert_eq!(lost.lines().count(), 2, "{lost}");
    assert!(lost.contains("示例-2026-0103") && lost.contains("昨天"), "{lost}");
    fs::write(&report, lost.replacen(",昨天,", ",2026-05-20,", 1)).unwrap();
    let (code, stdout, stderr) = certify(&city, &report, "repaired");
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert_eq!(numbers(&city, "repaired").len(), 1);
    assert!(numbers(&city, "repaired").is_disjoint(&numbers(&city, "out")));
    every_bundle_passes(&city, "repaired");
    let fsck = city.heng(&["log", "fsck", "--data", &city.path("data")]);
    assert!(fsck.status.success(), "{}", String::from_utf8_lossy(&fsck.stdout));
}

#[test]
fn the_workbook_says_the_same_as_the_csv() {
    let city = City::founded();
    let (code, stdout, stderr) = certify(&city, &example("scales.xlsx"), "out");
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    assert!(stdout.contains("6 certified, 1 of them not conforming; 0 rows lost."), "{stdout}");
    every_bundle_passes(&city, "out");
}

#[test]
fn rows_that_a_gate_refuses_are_handed_back_with_the_others() {
    let city = City::founded();
    let table = fs::read_to_string(example("scales.csv")).unwrap();
    let mut lines: Vec<String> = table.lines().map(str::to_owned).collect();
    lines[1] = lines[1].replace("2026-05-20", "2999-01-01");
    lines[2] = lines[2].replace("孙丽", "赵敏");
    lines[3] = lines[3].replace("thing:standard:tj-f2", "thing:standard:none");
    lines[4] = lines[4].replace(",III,", ",IX,");
    lines[5] = lines[5].replace("JJG 539-2016", "JJG 1-1900");
    let path = city.path("shops.csv");
    fs::write(&path, lines.join("\n")).unwrap();
    let (code, stdout, stderr) = certify(&city, &path, "out");
    assert_eq!(code, 1);
    assert!(stdout.contains("1 certified, 0 of them not conforming; 5 rows lost."), "{stdout}\n{stderr}");
    let lost = fs::read_to_string(city.path("out/shops.csv.findings.csv")).unwrap();
    assert_eq!(lost.lines().count(), 6, "{lost}");
    for (line, said) in lost.lines().skip(1).zip(["2999-01-01", "", "thing:standard:none", "IX", "JJG 1-1900"]) {
        let (why, _) = line.split_once(",JJG").unwrap();
        assert!(why.contains(said) && why.len() > 20, "{line}");
    }
}

#[test]
fn a_number_asked_for_must_be_free_and_must_not_leave_the_folder() {
    let city = City::founded();
    let record = fs::read_to_string(example("scale.toml")).unwrap();
    let path = city.path("one.toml");
    let numbered = |number: &str| {
        let line = format!("number = \"{number}\"\nplace =");
        fs::write(&path, record.replacen("place =", &line, 1)).unwrap();
        certify(&city, &path, "out")
    };
    assert_eq!(numbered("津检衡字第20260520001号").0, 0);
    for ending in ["heng", "pdf"] {
        let (code, answers) = city.checked(&[&city.path(&format!("out/津检衡字第20260520001号.{ending}"))]);
        assert_eq!(code, 0, "{answers:?}");
    }
    let (code, _, stderr) = numbered("津检衡字第20260520001号");
    assert_eq!(code, 1);
    assert!(stderr.contains("is taken"), "{stderr}");
    for number in ["../escaped", "a/b", ".hidden", "a\\\\b", "", "a\\nb"] {
        let (code, _, stderr) = numbered(number);
        assert_eq!(code, 1, "{number}");
        assert!(stderr.contains("cannot be used"), "{number}: {stderr}");
    }
    assert_eq!(numbers(&city, "out").len(), 1);
    assert!(!fs::exists(city.path("escaped.heng")).unwrap());
}

#[test]
fn a_template_is_written_by_its_extension_and_to_standard_output() {
    let city = City::founded();
    let sheet = city.path("empty.xlsx");
    let written = city.heng(&["record", "template", "jjg-52-2013", "--out", &sheet]);
    assert!(written.status.success());
    let (code, stdout, stderr) = certify(&city, &sheet, "out");
    assert_eq!(code, 1);
    assert!(stderr.is_empty() && stdout.contains("0 certified"), "{stdout}{stderr}");
    let printed = city.heng(&["record", "template", "jjg-52-2013", "--language", "en"]);
    assert!(String::from_utf8_lossy(&printed.stdout).contains("Error of indication 1 "));
    assert_eq!(city.heng(&["record", "template", "jjg-52-2013", "--out", "x.txt"]).status.code(), Some(2));
    assert_eq!(city.heng(&["record", "template", "no-rule"]).status.code(), Some(1));
}
