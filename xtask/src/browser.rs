//! What is seen in a browser: a store at work, served to Chromium, judged by the scripts of `interop/browser`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, command, found, heng, root, run, run_expecting, target};
use crate::serving::{Serving, free_port};
use crate::setup;

/// What becomes certificates in the store that is looked at: records under `examples/records`.
const RECORDS: [&str; 6] =
    ["scale", "scale-failing", "gauge-block-gum-h1", "weight", "dc-charging-pile-failing", "thermometer"];

/// The day of the report on the plan that is frozen in it: a past one, so that it can be reported on whenever this runs.
const REPORTED_ON: &str = "2025-12-31";

/// What may be said besides the names of pages.
const OPTIONS: [&str; 3] = ["--accept", "--dark", "--readme"];

/// Builds, then looks at every page; or, told so, takes what is seen now as what ought to be seen.
pub fn browser(arguments: impl Iterator<Item = String>) -> Outcome {
    let (built, arguments): (Vec<String>, Vec<String>) = arguments.partition(|word| word == "--built");
    if let Some(unknown) = arguments.iter().find(|word| word.starts_with('-') && !OPTIONS.contains(&word.as_str())) {
        return Err(format!("there is no option {unknown}; what there is: --built, {}", OPTIONS.join(", ")));
    }
    setup::install_for_tests()?;
    setup::install_for_browser()?;
    if built.is_empty() {
        // The whole workspace, so that this build and the tests' build are one.
        run(command("cargo").args(["build", "--release", "--all-targets", "--locked"]))?;
    }
    look(&arguments)
}

/// Looks at every page with the program that was built.
pub fn look(arguments: &[String]) -> Outcome {
    let place = target().join("browser-tests");
    let stage = Stage::new(&place)?;
    stage.make_store()?;
    let serving = Serving::heng(&stage.data, stage.port, &[])?;
    let says = |word: &str| arguments.iter().any(|argument| argument == word);
    if says("--readme") {
        make(&root().join("docs/pictures"))?;
        run(&mut stage.script("readme.mjs", serving.address()))?;
        return serving.stop();
    }
    let tells_only = says("story") || says("interface") || says("sign-in-by-provider");
    if !tells_only {
        run(stage.script("judge.mjs", serving.address()).args(arguments))?;
    }
    if arguments.is_empty() || says("interface") {
        ask_by_the_description(&stage, &serving)?;
    }
    if arguments.is_empty() || says("story") {
        run(&mut stage.script("story.mjs", serving.address()))?;
        serving.stop()?;
        check_what_was_kept(&stage)?;
    } else {
        serving.stop()?;
    }
    if arguments.is_empty() || says("sign-in-by-provider") { sign_in_by_provider(&stage) } else { Ok(()) }
}

/// Asks whatever the description of the interface allows, and some of what it forbids: nothing may fail, and each answer must be as described.
fn ask_by_the_description(stage: &Stage, serving: &Serving) -> Outcome {
    run(command("schemathesis")
        .current_dir(&stage.place)
        .args(["run", &format!("{}/api/openapi.json", serving.address()), "--phases", "coverage,fuzzing"])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        ])
        .args(["--max-examples", "60", "--max-time", "30", "--seed", "1", "--workers", "2"])
        .args(["--generation-database", "none", "--no-color"]))
}

/// What the story downloaded is checked with the service stopped.
fn check_what_was_kept(stage: &Stage) -> Outcome {
    let kept = files(&stage.place.join("story"))?;
    let policy = stage.data.join("policy.toml");
    run_expecting(command(heng()).arg("check").args(kept).arg("--policy").arg(policy), 0)
}

/// Signs in by a provider of others, once with each algorithm of its tokens.
fn sign_in_by_provider(stage: &Stage) -> Outcome {
    const SECRET: &str = "a secret & a test: 100 %";
    let settings = stage.place.join("oidc.toml");
    for algorithm in ["RS256", "ES256"] {
        let provider = Serving::start(
            stage
                .script("provider.mjs", "")
                .env("HENG_CLIENT_SECRET", SECRET)
                .env("HENG_RETURN", format!("{}/sign-in/return", stage.origin()))
                .env("HENG_TOKEN_ALGORITHM", algorithm),
        )?;
        let issuer = provider.address();
        write(&stage.place.join("oidc-secret"), SECRET)?;
        write(
            &settings,
            &format!(
                "issuer = \"{issuer}\"\nclient = \"heng\"\nsecret_file = \"oidc-secret\"\nname = {{ zh = \"示例身份服务\", en = \"Example Identity\" }}\n"
            ),
        )?;
        make(&stage.data.join("accounts"))?;
        write(
            &stage.data.join("accounts/zhao.min.2.json"),
            &format!(
                r#"{{"format":"heng-account/1","name":"zhao.min.2","party":"party:person:zhao-min","subject":{{"issuer":"{issuer}","subject":"248289761001"}}}}"#
            ),
        )?;
        let serving = Serving::heng(&stage.data, stage.port, &[OsStr::new("--oidc"), settings.as_os_str()])?;
        run(&mut stage.script("oidc.mjs", serving.address()))?;
        serving.stop()?;
        provider.stop()?;
    }
    Ok(())
}

/// Where the scripts, their packages, the store and the pictures are.
struct Stage {
    place: PathBuf,
    data: PathBuf,
    out: PathBuf,
    port: u16,
}

impl Stage {
    /// Copies the scripts beside their packages, for a script finds its packages only from where it lies.
    fn new(place: &Path) -> Result<Self, String> {
        let from = root().join("interop/browser");
        make(place)?;
        let locked = |folder: &Path| std::fs::read(folder.join("package-lock.json")).ok();
        let installed = place.join("node_modules").is_dir() && locked(place) == locked(&from);
        for file in files(&from)? {
            let copy = place.join(file.file_name().unwrap_or_default());
            std::fs::copy(&file, &copy).map_err(|error| format!("could not copy {}: {error}", file.display()))?;
        }
        if !installed {
            run(command("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(place))?;
        }
        write(&place.join("fonts.conf"), FONTS)?;
        Ok(Self { place: place.to_path_buf(), data: place.join("data"), out: place.join("out"), port: free_port()? })
    }

    /// A city in small, with certificates that stand, one of an instrument that failed, and one that was withdrawn, and with a frozen report on
    /// the plan.
    fn make_store(&self) -> Outcome {
        let report = self.place.join("report");
        for folder in [&self.data, &self.out, &report] {
            if folder.exists() {
                std::fs::remove_dir_all(folder)
                    .map_err(|error| format!("could not clear {}: {error}", folder.display()))?;
            }
        }
        run(command(heng())
            .args(["demo", "--only-make", "--seed", "1", "--instruments", "300", "--origin", &self.origin(), "--data"])
            .arg(&self.data))?;
        for record in RECORDS {
            let record = format!("examples/records/{record}.toml");
            run(command(heng()).arg("certify").arg(record).arg("--data").arg(&self.data).arg("--out").arg(&self.out))?;
        }
        let withdrawn = files(&self.out)?
            .into_iter()
            .filter(|file| file.extension() == Some(OsStr::new("heng")))
            .find_map(|file| Some(file.file_stem()?.to_str()?.to_owned()).filter(|number| number.starts_with("JJG99-")))
            .ok_or("no certificate of a weight was made")?;
        run(command(heng())
            .args(["withdraw", &withdrawn, "--reason", "示例：测量时天平未调零", "--data"])
            .arg(&self.data))?;
        // Beside the certificates, whose bundles the scripts look for.
        run(command(heng())
            .args(["plan", "report", "--as-of", REPORTED_ON, "--data"])
            .arg(&self.data)
            .arg("--out")
            .arg(report))
    }

    /// The address that the certificates carry.
    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A script, told where everything is.
    fn script(&self, name: &str, address: &str) -> Command {
        let mut script = command("node");
        script
            .arg(self.place.join(name))
            .env("HENG_ADDRESS", address)
            .env("HENG_DATA", &self.data)
            .env("HENG_OUT", &self.out)
            .env("HENG_PLACE", &self.place)
            .env("HENG_SHOWN", root().join("docs/pictures"))
            .env("HENG_PICTURES", root().join("crates/portal/tests/pictures"))
            .env("HENG_CHROMIUM", found("chromium").unwrap_or_default())
            .env("FONTCONFIG_FILE", self.place.join("fonts.conf"));
        script
    }
}

/// The fonts that a page may find, so that a line breaks at the same place on every machine.
const FONTS: &str = r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts/opentype/noto</dir>
<dir>/usr/share/fonts/truetype/liberation</dir>
<dir>/usr/share/fonts/truetype/dejavu</dir>
<selectfont>
<acceptfont><glob>*/NotoSansCJK-*</glob><glob>*/LiberationSans-*</glob><glob>*/LiberationMono-*</glob><glob>*/DejaVuSans*</glob></acceptfont>
<rejectfont><glob>/usr/share/fonts/*</glob></rejectfont>
</selectfont>
<cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"#;

fn make(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| format!("could not make {}: {error}", folder.display()))
}

fn write(file: &Path, text: &str) -> Outcome {
    std::fs::write(file, text).map_err(|error| format!("could not write {}: {error}", file.display()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut files: Vec<_> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}
