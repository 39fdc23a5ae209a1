//! Holds the workspace to the table in ARCHITECTURE.md. The table is the rule; nothing repeats it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// A crate of the product: its folder and its manifest.
struct Package {
    folder: PathBuf,
    manifest: Table,
}

/// One line of the table.
struct Row {
    name: String,
    purpose: String,
    may_use: BTreeSet<String>,
    alone_may_name: BTreeSet<String>,
}

#[test]
fn every_crate_keeps_to_its_row() {
    let crates = crates();
    let table = table();
    let mut faults = Vec::new();
    for package in &crates {
        let Some(row) = table.iter().find(|row| row.name == name(package)) else {
            let name = name(package);
            faults.push(format!("{name} has no row: add one, or use the crate whose sentence covers it"));
            continue;
        };
        if purpose(package) != row.purpose {
            faults.push(format!("{} opens with {:?}, the table says {:?}", row.name, purpose(package), row.purpose));
        }
        for used in used(package) {
            let is_ours = table.iter().any(|other| other.name == used);
            if is_ours && !row.may_use.contains(&used) {
                faults.push(format!("{} must not use {used}", row.name));
            }
            let is_guarded = table.iter().any(|other| other.alone_may_name.contains(&used));
            if is_guarded && !row.alone_may_name.contains(&used) {
                faults.push(format!("{} must not name {used}", row.name));
            }
        }
    }
    for row in &table {
        if !crates.iter().any(|package| name(package) == row.name) {
            faults.push(format!("{} has a row and no crate", row.name));
        }
    }
    assert!(faults.is_empty(), "against ARCHITECTURE.md:\n{}", faults.join("\n"));
}

#[test]
fn the_table_reads_downwards() {
    let mut above = BTreeSet::new();
    for row in table() {
        assert!(row.may_use.is_subset(&above), "{} looks down the table", row.name);
        above.insert(row.name);
    }
}

#[test]
fn every_module_says_what_it_is_and_is_a_chapter() {
    let mut faults = Vec::new();
    for file in ["crates", "cluster/src", "xtask"].iter().flat_map(|folder| rust_files(&root().join(folder))) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        if !text.starts_with("//! ") {
            faults.push(format!("{name} does not open with a //! sentence"));
        }
        if text.lines().count() > 800 {
            faults.push(format!("{name} is longer than a chapter: split it by subject"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_cluster_keeps_the_lints_and_the_profile_of_the_others() {
    let (ours, its) = (table_of(&root().join("Cargo.toml")), table_of(&root().join("cluster/Cargo.toml")));
    assert_eq!(its["lints"], ours["workspace"]["lints"]);
    for key in ["version", "edition", "rust-version", "license", "publish"] {
        assert_eq!(its["package"][key], ours["workspace"]["package"][key], "{key}");
    }
    for key in ["debug", "lto", "codegen-units", "panic"] {
        assert_eq!(its["profile"]["release"][key], ours["profile"]["release"][key], "{key}");
    }
}

#[test]
fn the_cluster_judges_and_writes_with_the_same_versions_as_heng() {
    // Another version of an encoder or of a mathematical function may write other bytes.
    let [ours, its] = ["Cargo.lock", "cluster/Cargo.lock"].map(|lock| locked(&root().join(lock)));
    // What is in one alone is a feature that the query engine switches on.
    let is_in_both = |name: &str| ours.iter().any(|(other, _)| other == name);
    let odd: Vec<_> = its.difference(&ours).filter(|(name, _)| is_in_both(name)).collect();
    assert!(is_in_both("parquet") && is_in_both("libm"));
    assert!(odd.is_empty(), "cluster/Cargo.lock has other versions than Cargo.lock of what decides results: {odd:?}");
}

/// The versions of all that reading, judging and writing districts is made of, by a lock file.
fn locked(lock: &Path) -> BTreeSet<(String, String)> {
    let lock = table_of(lock);
    let text = |package: &Table, key: &str| package[key].as_str().unwrap().to_owned();
    let packages: Vec<Table> =
        lock["package"].as_array().unwrap().iter().map(|package| package.as_table().unwrap().clone()).collect();
    let mut due = vec!["heng-telemetry".to_owned()];
    let mut found = BTreeSet::new();
    while let Some(wanted) = due.pop() {
        let (name, version) = wanted.split_once(' ').map_or((wanted.as_str(), None), |(name, rest)| (name, Some(rest)));
        for package in packages.iter().filter(|package| package["name"].as_str() == Some(name)) {
            let its = text(package, "version");
            if version.is_none_or(|version| version == its) && found.insert((name.to_owned(), its)) {
                let needs = package.get("dependencies").and_then(|needs| needs.as_array());
                due.extend(needs.into_iter().flatten().map(|need| need.as_str().unwrap().to_owned()));
            }
        }
    }
    found
}

#[test]
fn people_s_words_stay_out_of_the_pure_crates() {
    // Names of units and of columns are data with a Chinese side; sentences are not, and end in a full stop.
    let mut faults = Vec::new();
    for folder in [
        "quantity",
        "uncertainty",
        "inference",
        "comparison",
        "sampling",
        "rule",
        "statement",
        "evidence",
        "view",
        "supervision",
        "checker",
        "picture",
    ] {
        for file in rust_files(&root().join("crates").join(folder).join("src")) {
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let code = line.split("//").next().unwrap_or("");
                // A single sign in quotes is a character that a reader looks for, not a sentence.
                let code = code.replace("'。'", "").replace("'，'", "");
                if code.contains('。') || code.contains('，') {
                    faults.push(format!("{}:{}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "sentences belong in locales/:\n{}", faults.join("\n"));
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// All crates, that of the cluster among them, which is a workspace of its own.
fn crates() -> Vec<Package> {
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let package = |folder: PathBuf| {
        let manifest = table_of(&folder.join("Cargo.toml"));
        Package { folder, manifest }
    };
    folders.chain([root().join("cluster")]).map(package).collect()
}

fn table_of(file: &Path) -> Table {
    fs::read_to_string(file).unwrap().parse().unwrap()
}

fn name(package: &Package) -> &str {
    package.manifest["package"]["name"].as_str().unwrap()
}

fn table() -> Vec<Row> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| crate ")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let ours = |cell: &str| quoted(cell).map(|name| format!("heng-{name}")).collect();
            Row {
                name: format!("heng-{}", cells[0].trim_matches('`')),
                purpose: cells[1].to_owned(),
                may_use: ours(cells[2]),
                alone_may_name: quoted(cells[3]).map(str::to_owned).collect(),
            }
        })
        .collect()
}

fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn purpose(package: &Package) -> String {
    let roots = ["src/lib.rs", "src/main.rs"].map(|name| package.folder.join(name));
    let file = roots.iter().find(|file| file.exists()).unwrap();
    let text = fs::read_to_string(file).unwrap();
    text.lines().next().unwrap_or("").trim_start_matches("//! ").to_owned()
}

fn used(package: &Package) -> BTreeSet<String> {
    let normal = package.manifest.get("dependencies").and_then(|dependencies| dependencies.as_table());
    normal.into_iter().flat_map(Table::keys).cloned().collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
