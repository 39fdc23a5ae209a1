//! Every example record becomes a certificate, or a notice where its name says that it fails, that passes every check.

use std::collections::BTreeSet;
use std::fs;

use crate::city::{City, root};

#[test]
fn every_example_record_is_certified_and_checked() {
    let city = City::founded();
    let mut examples: Vec<_> = fs::read_dir(root().join("examples/records"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    examples.sort();
    let mut rules = BTreeSet::new();
    for path in &examples {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let out = city.path(&format!("out-{name}"));
        let record = path.display().to_string();
        let output = city.heng(&["certify", &record, "--data", &city.path("data"), "--out", &out]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let bundles: Vec<String> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "heng"))
            .map(|path| path.display().to_string())
            .collect();
        assert_eq!(bundles.len(), 1, "{name}");
        let bundle = &bundles[0];
        let (code, answers) = city.checked(&[bundle]);
        assert_eq!(code, 0, "{name}: {answers:?}");
        assert!(answers.len() > 20 && answers.iter().all(|(_, outcome)| outcome == "passed"), "{name}");
        let html = fs::read_to_string(bundle.replace(".heng", ".html")).unwrap();
        let fails = html.contains("检定结果通知书");
        assert_eq!(fails, name.ends_with("-failing"), "{name}");
        rules.insert(
            fs::read_to_string(path).unwrap().lines().find(|line| line.starts_with("rule = ")).unwrap().to_owned(),
        );
    }
    assert!(rules.len() >= 9, "{rules:?}");
}
