//! Runs a program and says which one failed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A step that did not succeed, in one line.
pub type Outcome = Result<(), String>;

/// The project's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => root().join(target),
        None => root().join("target"),
    }
}

/// The program that people install.
pub fn heng() -> PathBuf {
    target().join("release/heng")
}

/// A command in the project's root, with the interoperation tools on its path.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(root());
    let mut path = OsString::from(target().join("interop/bin"));
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    command.env("PATH", path);
    command
}

/// Runs it, and fails if it does.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    println!("→ {shown}");
    let begun = Instant::now();
    let status = command.status().map_err(|error| format!("could not start {shown}: {error}"))?;
    println!("  {:.0} s", begun.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(format!("{shown} ended with {status}")) }
}

/// Runs it, and fails unless it ends with this code.
pub fn run_expecting(command: &mut Command, code: i32) -> Outcome {
    let shown = shown(command);
    println!("→ {shown}");
    let status = command.status().map_err(|error| format!("could not start {shown}: {error}"))?;
    if status.code() == Some(code) { Ok(()) } else { Err(format!("{shown} ended with {status}, not with {code}")) }
}

/// Whether the program can be found.
pub fn exists(program: &str) -> bool {
    found(program).is_some()
}

/// Where the program is.
pub fn found(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
