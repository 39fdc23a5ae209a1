//! What is wrong with a document is said by a code, never in the English of a library.

use heng_uncertainty::ModelFile;

const HEAD: &str = "format = \"heng-model/1\"\nmodel = \"y = a\"\n";

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    let input = |line: &str| format!("{HEAD}[inputs.a]\n{line}\n");
    for (text, code, line, column, length) in [
        (input("value = '1 mm'\nunit = 'mm'"), "document-key-unknown", 5, 1, 4),
        (input("value = '1 mm'\nstandard_uncertanty = '1 mm'"), "document-key-unknown-near", 5, 1, 19),
        (input("value = 1"), "document-kind", 4, 9, 1),
        (input("value = '1 mm'\ndegrees_of_freedom = 'many'"), "document-kind", 5, 22, 6),
        (input("value = '1 mm'\nhalf_width = '1 mm'\ndistribution = 'square'"), "document-word-unknown", 6, 16, 8),
        (input("value = '1 mm'\nvalue = '2 mm'"), "document-key-twice", 5, 1, 5),
        (input("value = '1 mm"), "document-quotes", 4, 14, 0),
        (input("value = mm"), "document-quotes", 4, 9, 2),
        (input("observations = ['1 mm'"), "document-brackets", 4, 23, 0),
        (input("value"), "document-value-missing", 4, 6, 0),
    ] {
        let finding = ModelFile::parse(&text).err().unwrap();
        assert_eq!(finding.code, code, "{text}");
        let place = finding.position.unwrap();
        assert_eq!((place.line, place.column), (line, column), "{text}: {finding:?}");
        if length > 0 {
            assert_eq!(finding.data["length"], length.to_string(), "{text}");
        }
        assert!(!finding.data.contains_key("reason"), "{text}");
    }
    let finding = ModelFile::parse("format = 'heng-model/1'\n[inputs]\n").err().unwrap();
    assert_eq!((finding.code.as_str(), finding.data["key"].as_str()), ("document-key-missing", "model"));
}

/// Whatever the library says, its sentence is sorted: random damage to a good document never leaves a code that has no words.
#[test]
fn damage_of_every_kind_is_sorted() {
    let good = format!("{HEAD}[inputs.a]\nvalue = '1 mm'\nobservations = ['1 mm', '2 mm']\nexact = true\n");
    for at in good.char_indices().map(|(at, _)| at) {
        for sign in ["'", "[", "]", "=", "\u{1}", "\n", "{", ",", "#", "é"] {
            let text = {
                let (before, after) = good.split_at(at);
                format!("{before}{sign}{after}")
            };
            if let Some(finding) = ModelFile::parse(&text).err() {
                assert!(
                    finding.code.starts_with("document-")
                        || finding.code.contains("model")
                        || finding.code.starts_with("evaluation"),
                    "{finding:?}"
                );
            }
        }
    }
}
