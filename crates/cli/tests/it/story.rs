//! From a record to a checked certificate, and what happens to it afterwards.

use std::process::Command;

use sha2::Digest;

use crate::city::{City, failed, root};

fn scale() -> String {
    root().join("examples/records/scale.toml").display().to_string()
}

#[test]
fn a_record_becomes_a_certificate_that_passes_every_check() {
    let city = City::founded();
    let number = city.certified(&scale());
    let out = |ending: &str| city.path(&format!("out/{number}{ending}"));
    for files in [
        vec![out(".heng")],
        vec![out(".pdf")],
        vec![out(".en.pdf")],
        vec![out(".heng"), out(".xml"), out(".html"), out(".en.html")],
    ] {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let (code, answers) = city.checked(&files);
        assert_eq!(code, 0, "{files:?}: {answers:?}");
        assert!(answers.len() > 20 && answers.iter().all(|(_, outcome)| outcome == "passed"));
    }
    let chain = city.heng(&["chain", &number, "--data", &city.path("data")]);
    assert!(chain.status.success());
    let fsck = city.heng(&["log", "fsck", "--data", &city.path("data")]);
    assert!(fsck.status.success(), "{}", String::from_utf8_lossy(&fsck.stdout));
}

#[test]
fn an_xml_alone_proves_nothing_and_says_so() {
    let city = City::founded();
    let number = city.certified(&scale());
    let (code, answers) = city.checked(&[&city.path(&format!("out/{number}.xml"))]);
    assert_eq!(code, 1);
    assert!(answers.iter().all(|(_, outcome)| outcome == "not-possible"));
}

#[test]
fn nobody_is_trusted_whom_nobody_named() {
    let city = City::founded();
    let number = city.certified(&scale());
    let stranger = City::founded();
    std::fs::remove_dir_all(stranger.path(".config")).unwrap();
    let (code, answers) = stranger.checked(&[&city.path(&format!("out/{number}.heng"))]);
    assert_eq!(code, 1);
    assert!(failed(&answers).is_empty(), "{answers:?}");
    assert!(answers.contains(&("signature".to_owned(), "not-possible".to_owned())));
}

#[test]
fn a_withdrawn_certificate_fails_by_its_standing_and_nothing_else() {
    let city = City::founded();
    let number = city.certified(&scale());
    let data = city.path("data");
    let withdrawn = city.heng(&["withdraw", &number, "--reason", "标准砝码受损（示例）", "--data", &data]);
    assert!(withdrawn.status.success(), "{}", String::from_utf8_lossy(&withdrawn.stderr));
    // The old bundle knows nothing of it yet; a new one does.
    assert_eq!(city.checked(&[&city.path(&format!("out/{number}.heng"))]).0, 0);
    let again = city.heng(&["bundle", &number, "--data", &data, "--out", &city.path("again")]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let (code, answers) = city.checked(&[&city.path(&format!("again/{number}.heng"))]);
    assert_eq!((code, failed(&answers)), (1, vec!["standing"]));
}

#[test]
fn a_lapsed_standard_is_refused_with_its_day() {
    let city = City::founded();
    let record = std::fs::read_to_string(scale())
        .unwrap()
        .replace("thing:standard:tj-f2", "thing:standard:tj-m1-lapsed")
        .replace("2026-05-20", "2026-08-20");
    std::fs::write(city.path("record.toml"), record).unwrap();
    let refused =
        city.heng(&["certify", &city.path("record.toml"), "--data", &city.path("data"), "--out", &city.path("out")]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("thing:standard:tj-m1-lapsed") && said.contains("2026-06-30"), "{said}");
}

#[test]
fn nobody_reviews_their_own_record() {
    let city = City::founded();
    let record = std::fs::read_to_string(scale()).unwrap().replace("reviewer = \"孙丽\"", "reviewer = \"赵敏\"");
    std::fs::write(city.path("record.toml"), record).unwrap();
    let refused =
        city.heng(&["certify", &city.path("record.toml"), "--data", &city.path("data"), "--out", &city.path("out")]);
    assert_eq!(refused.status.code(), Some(1));
}

#[test]
fn a_scale_beyond_its_limits_gets_a_notice_that_can_be_checked_too() {
    let city = City::founded();
    let record =
        std::fs::read_to_string(scale()).unwrap().replacen("indication = \"15005 g\"", "indication = \"15030 g\"", 1);
    std::fs::write(city.path("record.toml"), record).unwrap();
    let number = city.certified(&city.path("record.toml"));
    let (code, answers) = city.checked(&[&city.path(&format!("out/{number}.pdf"))]);
    assert_eq!(code, 0, "{answers:?}");
    let xml = std::fs::read_to_string(city.path(&format!("out/{number}.xml"))).unwrap();
    assert!(xml.contains("<dcc:conformity>fail</dcc:conformity>"));
}

#[test]
fn a_reader_who_has_seen_enough_stops_nothing() {
    let city = City::founded();
    let number = city.certified(&scale());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let unread = Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["chain", &number, "--data", &city.path("data")])
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(unread.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&unread.stderr), "");
}

#[test]
fn a_full_disk_under_standard_output_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full");
        return;
    };
    let city = City::founded();
    let number = city.certified(&scale());
    let lost = Command::new(env!("CARGO_BIN_EXE_heng"))
        .args(["chain", &number, "--data", &city.path("data")])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(lost.status.code(), Some(1));
    assert!(!lost.stderr.is_empty());
}

#[test]
fn lost_files_are_written_again_as_they_were_signed() {
    let city = City::founded();
    let number = city.certified(&scale());
    let bundle = || city.heng(&["bundle", &number, "--data", &city.path("data"), "--out", &city.path("again")]);
    let again = bundle();
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let read = |folder: &str, ending: &str| std::fs::read(city.path(&format!("{folder}/{number}{ending}"))).unwrap();
    for ending in [".xml", ".html", ".en.html"] {
        assert_eq!(read("out", ending), read("again", ending), "{ending}");
    }
    for ending in [".pdf", ".en.pdf"] {
        let (first, second) = (read("out", ending), read("again", ending));
        let signed = heng_exchange::pdf::split(&first).unwrap().base;
        assert_eq!(signed, heng_exchange::pdf::split(&second).unwrap().base, "{ending}");
        let (code, answers) = city.checked(&[&city.path(&format!("again/{number}{ending}"))]);
        assert_eq!(code, 0, "{ending}: {answers:?}");
    }
    // A document that the store has lost is named, and the others are written.
    let sha256 = hex::encode(sha2::Sha256::digest(read("out", ".html")));
    std::fs::remove_file(city.path(&format!("data/blobs/{}/{sha256}", sha256.get(..2).unwrap()))).unwrap();
    std::fs::remove_dir_all(city.path("again")).unwrap();
    let partly = bundle();
    assert_eq!(partly.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&partly.stderr).contains(&format!("{number}.html")));
    assert_eq!(read("out", ".xml"), read("again", ".xml"));
}
