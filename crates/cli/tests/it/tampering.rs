//! No byte of a bundle is free, and no digit of a rendering.

use heng_checker::{Answer, Given, Policy, check};

use crate::city::{City, failed, root};

fn scale() -> String {
    root().join("examples/records/scale.toml").display().to_string()
}

#[test]
fn a_bundle_with_any_byte_changed_is_never_trusted() {
    let city = City::founded();
    // The bundle of a unit's realisation has every part that a bundle can have, and is small enough to try each of its bytes.
    let made = city.heng(&["bundle", "SYN-NMI-2026-0001", "--data", &city.path("data"), "--out", &city.path("out")]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let bytes = std::fs::read(city.path("out/SYN-NMI-2026-0001.heng")).unwrap();
    assert_no_byte_is_free(&city, &bytes, &(0..bytes.len()).collect::<Vec<_>>());
}

#[test]
fn a_bundle_with_a_long_chain_and_a_changed_byte_is_never_trusted() {
    let city = City::founded();
    let number = city.certified(&scale());
    let bytes = std::fs::read(city.path(&format!("out/{number}.heng"))).unwrap();
    // The parts outside the signed statements densely, the rest sparsely.
    let begin = String::from_utf8(bytes.clone()).unwrap().find("\"statements\"").unwrap();
    let places: Vec<usize> =
        (0..bytes.len()).filter(|place| place.is_multiple_of(if *place < begin { 5 } else { 499 })).collect();
    assert_no_byte_is_free(&city, &bytes, &places);
}

/// Flips a bit of each of these bytes in turn; which bit goes round.
fn assert_no_byte_is_free(city: &City, bytes: &[u8], places: &[usize]) {
    let policy = Policy::parse(&std::fs::read_to_string(city.path("data/policy.toml")).unwrap()).unwrap();
    let trusted = |bytes: &[u8]| match check(&[Given { name: "证明包", bytes }], Some(&policy)) {
        Ok(reports) => reports.iter().all(|report| report.answer() == Answer::Trusted),
        Err(_) => false,
    };
    assert!(trusted(bytes));
    let (left, right) = places.split_at(places.len() / 2);
    std::thread::scope(|scope| {
        for half in [left, right] {
            scope.spawn(|| {
                let mut changed = bytes.to_vec();
                for (turn, place) in half.iter().enumerate() {
                    changed[*place] ^= 1 << (turn % 7);
                    assert!(!trusted(&changed), "byte {place} is free");
                    changed[*place] = bytes[*place];
                }
            });
        }
    });
}

#[test]
fn a_changed_digit_in_a_file_fails_at_the_check_of_that_file() {
    let city = City::founded();
    let number = city.certified(&scale());
    let out = |ending: &str| city.path(&format!("out/{number}{ending}"));
    let xml = std::fs::read_to_string(out(".xml")).unwrap();
    let place = xml.find("<si:value>2500</si:value>").unwrap();
    let changed =
        format!("{}<si:value>2600</si:value>{}", &xml[..place], &xml[place + "<si:value>2500</si:value>".len()..]);
    std::fs::write(city.path("changed.xml"), changed).unwrap();
    let (code, answers) = city.checked(&[&out(".heng"), &city.path("changed.xml")]);
    assert_eq!((code, failed(&answers)), (1, vec!["document"]));

    let mut pdf = std::fs::read(out(".pdf")).unwrap();
    let middle = pdf.len() / 4;
    pdf[middle] ^= 1;
    std::fs::write(city.path("changed.pdf"), pdf).unwrap();
    let (code, answers) = city.checked(&[&city.path("changed.pdf")]);
    assert_eq!((code, failed(&answers)), (1, vec!["document"]));
}

#[test]
fn files_that_are_nothing_of_the_kind_are_unreadable() {
    let city = City::founded();
    for (name, bytes) in [
        ("空的", &b""[..]),
        ("数字", b"123"),
        ("json", b"{\"format\":\"heng-bundle/1\"}"),
        ("xml", b"<html></html>"),
        ("bom", b"\xff\xfe<\0a\0>\0"),
    ] {
        std::fs::write(city.path(name), bytes).unwrap();
        assert_eq!(city.checked(&[&city.path(name)]).0, 2, "{name}");
    }
}
