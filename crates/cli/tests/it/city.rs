//! A store of its own for each test.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

/// A store with its output folder, gone when dropped.
pub struct City {
    folder: tempfile::TempDir,
}

/// The store as it was founded, with what its founder trusts. To found it takes seconds, to copy it does not.
static FOUNDED: LazyLock<City> = LazyLock::new(|| {
    let city = City::empty();
    let init = city.heng(&["init", "--seed", "7", "--data", &city.path("data")]);
    assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
    city
});

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copy = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            self::copy(&entry.path(), &copy);
        } else {
            std::fs::copy(entry.path(), copy).unwrap();
        }
    }
}

/// The project's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl City {
    /// A folder without a store.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Founded from a seed.
    pub fn founded() -> Self {
        let city = Self::empty();
        copy(FOUNDED.folder.path(), city.folder.path());
        city
    }

    /// The example city, made small and founded on a day, with nothing said to this user about whom to trust.
    pub fn example(today: &str) -> Self {
        let city = Self::empty();
        let data = city.path("data");
        let made = city.heng(&["demo", "--only-make", "--data", &data, "--instruments", "60", "--today", today]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        city
    }

    /// A path inside the city's folder.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Runs `heng`; nothing of this user's own configuration is read or written.
    pub fn heng(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_heng"))
            .args(arguments)
            .env("HOME", self.folder.path())
            .env_remove("XDG_CONFIG_HOME")
            .output()
            .unwrap()
    }

    /// Certifies a record and gives the one number that came out.
    pub fn certified(&self, record: &str) -> String {
        let output = self.heng(&["certify", record, "--data", &self.path("data"), "--out", &self.path("out")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut numbers: Vec<String> = std::fs::read_dir(self.path("out"))
            .unwrap()
            .filter_map(|entry| {
                entry.unwrap().file_name().into_string().unwrap().strip_suffix(".heng").map(str::to_owned)
            })
            .collect();
        numbers.sort();
        numbers.pop().unwrap()
    }

    /// The exit code of a check, and how each named check came out.
    pub fn checked(&self, files: &[&str]) -> (i32, Vec<(String, String)>) {
        let mut arguments = vec!["check", "--json"];
        arguments.extend(files);
        let output = self.heng(&arguments);
        let answers = match serde_json::from_slice::<Value>(&output.stdout) {
            Ok(answer) => answer["checks"].as_array().unwrap().iter().map(answered).collect(),
            Err(_) => Vec::new(),
        };
        (output.status.code().unwrap(), answers)
    }
}

impl City {
    /// The checks that failed, each with what it is about: from the bundle that the program makes of a logged certificate.
    pub fn failed_checks_of(&self, number: &str) -> Vec<(String, String)> {
        let folder = self.path("bundles");
        let made = self.heng(&["bundle", number, "--data", &self.path("data"), "--out", &folder]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let output = self.heng(&["check", "--json", &format!("{folder}/{number}.heng")]);
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let checks = answer["checks"].as_array().unwrap();
        let failed: Vec<(String, String)> = checks
            .iter()
            .filter(|check| check["outcome"] == "failed")
            .inspect(|check| println!("{check}"))
            .map(|check| (check["name"].as_str().unwrap().to_owned(), check["subject"].as_str().unwrap().to_owned()))
            .collect();
        assert_eq!(output.status.code() == Some(1), !failed.is_empty(), "{answer}");
        failed
    }
}

fn answered(check: &Value) -> (String, String) {
    (check["name"].as_str().unwrap().to_owned(), check["outcome"].as_str().unwrap().to_owned())
}

/// The names of the checks that failed, once each.
pub fn failed(answers: &[(String, String)]) -> Vec<&str> {
    let mut names: Vec<&str> =
        answers.iter().filter(|(_, outcome)| outcome == "failed").map(|(name, _)| name.as_str()).collect();
    names.dedup();
    names
}
