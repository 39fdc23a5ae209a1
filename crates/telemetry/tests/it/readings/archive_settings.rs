//! The settings of an object store, and what is said of those that cannot be used.

use std::fs;

use heng_store::LocalDisk;
use heng_telemetry::readings::archive::{ArchiveError, S3, Settings};

const GOOD: &str = r#"
format = "heng-archive/1"
endpoint = "https://oss.example"
region = "cn-north-1"
bucket = "readings"
prefix = "heng/tianjin"
access_key_variable = "HENG_ACCESS_KEY"
secret_key_file = "secret.txt"
"#;

fn read(text: &str) -> Result<Option<Settings>, ArchiveError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("archive.toml"), text).unwrap();
    fs::write(folder.path().join("secret.txt"), "机密\n").unwrap();
    let variable = |name: &str| (name == "HENG_ACCESS_KEY").then(|| "who".to_owned());
    Settings::read(&LocalDisk::default(), folder.path(), &variable)
}

fn fault(text: &str) -> String {
    match read(text) {
        Err(error @ ArchiveError::Settings { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("taken: {text}"),
    }
}

#[test]
fn keys_come_from_files_and_variables() {
    let settings = read(GOOD).unwrap().unwrap();
    assert_eq!((settings.access_key.as_str(), settings.secret_key.as_str()), ("who", "机密"));
    assert_eq!((settings.prefix.as_str(), settings.path_style), ("heng/tianjin/", false));
    assert!(S3::new(&settings).is_ok());
    let folder = tempfile::tempdir().unwrap();
    assert!(Settings::read(&LocalDisk::default(), folder.path(), &|_| None).unwrap().is_none());
}

#[test]
fn what_cannot_be_used_is_named_with_what_to_do() {
    let with = |from: &str, to: &str| fault(&GOOD.replace(from, to));
    assert!(with("heng-archive/1", "heng-archive/9").contains("heng-archive/9 ≠ heng-archive/1"));
    assert!(with("https://", "http://").contains("endpoint: only https, or http on this machine"));
    assert!(with("https://oss.example", "http://127.0.0.1:80@oss.example").contains("endpoint"));
    assert!(with("heng/tianjin", "../other").contains("prefix"));
    assert!(with("\"readings\"", "\"\"").contains("bucket"));
    assert!(with("HENG_ACCESS_KEY", "HENG_OTHER").contains("no variable HENG_OTHER"));
    assert!(with("secret.txt", "nothing.txt").contains("nothing.txt"));
    assert!(
        with("secret_key_file = \"secret.txt\"", "").contains("exactly one of secret_key_file and secret_key_variable")
    );
    // A key never stands in the file, and what stood there is not repeated.
    let said = with("secret_key_file = \"secret.txt\"", "secret_key = \"机密\"");
    assert!(said.contains("unknown field") && !said.contains("机密"), "{said}");
    assert!(said.ends_with("correct the file as docs/readings.md shows it"), "{said}");
}
