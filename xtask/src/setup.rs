//! Installs what a fresh Debian machine lacks; does nothing where it is all there.

use crate::run::{Outcome, command, exists, run, target};

/// A font with every Chinese character, without which no certificate can be drawn.
const FONT: (&str, &str) = ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");

/// A font with the signs `± ⁻ ≤` that Chinese families draw a full em wide or lack.
const SIGNS: (&str, &str) = ("fonts-dejavu-core", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf");

/// Programs of others that the tests compare with: (Debian package, program).
const PROGRAMS: [(&str, &str); 6] = [
    ("openssl", "openssl"),
    ("libxml2-utils", "xmllint"),
    ("poppler-utils", "pdftotext"),
    ("qpdf", "qpdf"),
    ("g++", "g++"),
    ("python3-venv", "python3"),
];

/// What METAS UncLib runs on, and a file that a smaller installation lacks.
const MONO: (&str, &str) = ("mono-complete", "/usr/lib/mono/4.5/Facades/netstandard.dll");

/// What looks at the pages: (Debian package, program).
const BROWSER: [(&str, &str); 3] = [("chromium", "chromium"), ("nodejs", "node"), ("npm", "npm")];

/// The Latin letters that the pages are looked at with.
const LATIN: (&str, &str) = ("fonts-liberation", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf");

/// Implementations of others that ours must agree with, from PyPI.
const PYTHON: [&str; 3] = ["scitt-cose==0.5.0", "elementpath==5.1.4", "schemathesis==4.32.5"];

/// What the demonstration needs.
pub fn install_for_demo() -> Outcome {
    install_fonts(&[FONT, SIGNS])
}

/// What the other programs that propagate uncertainty need; where it cannot be had, the table goes without the one that needs it.
pub fn install_for_peers() -> Outcome {
    install_for_tests()?;
    let (package, file) = MONO;
    if !std::path::Path::new(file).is_file()
        && let Err(error) = install(&[package])
    {
        println!("{error}");
    }
    Ok(())
}

/// What looking at the pages needs.
pub fn install_for_browser() -> Outcome {
    install_fonts(&[FONT, SIGNS, LATIN])?;
    install_programs(&BROWSER)?;
    match BROWSER.iter().find(|(_, program)| !exists(program)) {
        Some((package, program)) => Err(format!("{program} is missing: install the package {package}")),
        None => Ok(()),
    }
}

/// What readings under load need besides: a broker. Debian puts it where not everybody looks.
pub fn install_for_load() -> Outcome {
    install_for_demo()?;
    if mosquitto().is_some() { Ok(()) } else { install(&["mosquitto"]) }
}

/// The broker.
pub fn mosquitto() -> Option<std::path::PathBuf> {
    let beside = std::path::PathBuf::from("/usr/sbin/mosquitto");
    crate::run::found("mosquitto").or_else(|| beside.is_file().then_some(beside))
}

fn install_fonts(fonts: &[(&'static str, &str)]) -> Outcome {
    let missing: Vec<&str> =
        fonts.iter().filter(|(_, file)| !std::path::Path::new(file).is_file()).map(|(package, _)| *package).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

fn install_programs(programs: &[(&'static str, &str)]) -> Outcome {
    let missing: Vec<&str> =
        programs.iter().filter(|(_, program)| !exists(program)).map(|(package, _)| *package).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// What the tests need besides.
pub fn install_for_tests() -> Outcome {
    install_for_demo()?;
    install_programs(&PROGRAMS)?;
    let environment = target().join("interop");
    if !environment.join("bin/python3").is_file()
        && run(command("python3").args(["-m", "venv"]).arg(&environment)).is_err()
    {
        install(&["python3-venv"])?;
        run(command("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    }
    run(command(environment.join("bin/python3")).args(["-m", "pip", "install", "--quiet"]).args(PYTHON))
}

fn install(packages: &[&str]) -> Outcome {
    let root = std::fs::metadata("/root").is_ok() && std::env::var("USER").map_or(true, |user| user == "root");
    let apt = |arguments: &[&str]| {
        let mut apt = if root || !exists("sudo") { command("apt-get") } else { command("sudo") };
        if !root && exists("sudo") {
            apt.arg("apt-get");
        }
        run(apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    apt(&["update", "--quiet=2"])?;
    let mut arguments = vec!["install", "--quiet=2", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments).map_err(|error| format!("{error}; install by hand: {}", packages.join(" ")))
}
