//! `heng dcc` on the command line: to JSON and back, and shown in the asked language.

use crate::city::{City, root};

#[test]
fn a_certificate_goes_to_json_and_back_byte_by_byte_and_is_shown() {
    let city = City::founded();
    let number = city.certified(&root().join("examples/records/scale.toml").display().to_string());
    let xml = city.path(&format!("out/{number}.xml"));
    let json = city.heng(&["dcc", "json", &xml]);
    assert!(json.status.success() && json.stdout.starts_with(b"{"));
    let form = city.path("form.json");
    std::fs::write(&form, &json.stdout).unwrap();
    let again = city.heng(&["dcc", "xml", &form]);
    assert!(again.status.success());
    assert_eq!(again.stdout, std::fs::read(&xml).unwrap());
    for (language, word) in [("zh", "称量性能"), ("en", "Acceptance limit")] {
        let shown = city.heng(&["dcc", "show", &xml, "--lang", language, "--all"]);
        let text = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.status.success() && text.contains(&number) && text.contains(word), "{text}");
    }
}

#[test]
fn what_is_no_document_ends_with_2_and_a_reason() {
    let city = City::founded();
    let path = city.path("wrong.json");
    std::fs::write(&path, "{\"format\": \"heng-dcc/1\",\n \"root\": 7}").unwrap();
    for command in ["json", "xml", "show"] {
        let refused = city.heng(&["--language", "en", "dcc", command, &path]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{command}: {said}");
        assert!(command != "xml" || said.contains("line 2, column"), "{said}");
    }
}
