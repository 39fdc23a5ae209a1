//! The cluster beside one machine: one small city judged by both, an executor killed at work, and the same bytes.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::run::{Outcome, command, heng, run, target};
use crate::serving::free_port;

/// Meters of the city: some forty districts, which take an executor longer than it takes to be killed.
const METERS: &str = "4000";

/// Tasks that the executor has done when it is killed: they are lost with it.
const DONE: usize = 2;

/// How long anything may take before it hangs.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the tests build besides: it writes cities.
fn city_of_meters() -> PathBuf {
    target().join("release/examples/city_of_meters")
}

/// Where the cluster's workspace puts what it builds: beside the other's, so that both are kept alike.
fn built() -> PathBuf {
    target().join("cluster")
}

/// The cluster's workspace, formatted, linted, built and tested. Its own crate is compiled by the linter, so that a query engine is compiled once and not once more to be looked at.
pub fn build() -> Outcome {
    let cargo = |arguments: &[&str]| {
        let mut cargo = command("cargo");
        cargo.args(arguments).args(["--manifest-path", "cluster/Cargo.toml"]);
        cargo
    };
    run(cargo(&["fmt"]).arg("--check"))?;
    for arguments in [["build", "--release", "--locked"], ["test", "--release", "--locked"]] {
        run(cargo(&arguments)
            .arg("--target-dir")
            .arg(built())
            .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
            .env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings"))?;
    }
    Ok(())
}

/// Builds what it needs unless it is built, and compares.
pub fn cluster(is_built: bool) -> Outcome {
    if !is_built {
        run(command("cargo").args(["build", "--release", "--all-targets", "--locked"]))?;
    }
    build()?;
    let folder = target().join("cluster-city");
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    let readings = folder.join("readings");
    run(command(city_of_meters()).arg(&readings).arg(METERS))?;
    let alone = folder.join("alone.parquet");
    run(command(heng()).args(["infer", "meters", "--readings"]).arg(&readings).arg("--parquet").arg(&alone))?;

    let scheduler = Scheduler::start()?;
    let first = scheduler.executor(&folder.join("first"))?;
    let second = scheduler.executor(&folder.join("second"))?;
    let with_loss = folder.join("with-loss.parquet");
    let mut infer = scheduler.infer(&readings, &with_loss)?;
    let begun = Instant::now();
    wait("the first executor to be at work", || files(&folder.join("first")) > DONE)?;
    if let Some(status) = infer.child.try_wait().map_err(|error| error.to_string())? {
        return Err(format!(
            "the cluster was done before an executor could be killed ({status}): more meters are needed"
        ));
    }
    drop(first);
    println!("  kill -9 of the first executor after {:.1} s", begun.elapsed().as_secs_f64());
    infer.succeed()?;
    println!("  the second alone was done after {:.1} s", begun.elapsed().as_secs_f64());
    same(&alone, &with_loss)?;

    let third = scheduler.executor(&folder.join("third"))?;
    let whole = folder.join("whole.parquet");
    let begun = Instant::now();
    scheduler.infer(&readings, &whole)?.succeed()?;
    println!("  two executors were done after {:.1} s", begun.elapsed().as_secs_f64());
    same(&alone, &whole)?;
    drop((second, third));
    Ok(())
}

/// A program that ends with the one who started it.
struct Running {
    child: Child,
    name: &'static str,
}

impl Running {
    fn start(name: &'static str, program: &mut Command) -> Result<Self, String> {
        println!("→ {name}");
        let child = program.spawn().map_err(|error| format!("could not start {name}: {error}"))?;
        Ok(Self { child, name })
    }

    fn succeed(mut self) -> Outcome {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().map_err(|error| format!("{}: {error}", self.name))? {
                return if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.name)) };
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(format!("{} hangs", self.name))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL: whoever is lost says nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A scheduler on this machine.
struct Scheduler {
    address: String,
    _running: Running,
}

impl Scheduler {
    fn start() -> Result<Self, String> {
        let address = format!("127.0.0.1:{}", free_port()?);
        let running = Running::start("scheduler", program().args(["scheduler", "--listen", &address]))?;
        wait("the scheduler to listen", || TcpStream::connect(&address).is_ok())?;
        Ok(Self { address, _running: running })
    }

    fn executor(&self, work: &Path) -> Result<Running, String> {
        let mut executor = program();
        executor.args(["executor", "--cores", "1", "--scheduler", &self.address, "--work"]).arg(work);
        Running::start("executor", &mut executor)
    }

    fn infer(&self, readings: &Path, out: &Path) -> Result<Running, String> {
        let mut infer = program();
        infer.args(["infer", "meters", "--scheduler", &format!("df://{}", self.address), "--readings"]);
        Running::start("heng-cluster infer meters", infer.arg(readings).arg("--parquet").arg(out))
    }
}

fn program() -> Command {
    command(built().join("release/heng-cluster"))
}

fn wait(what: &str, until: impl Fn() -> bool) -> Outcome {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if until() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!("waited in vain for {what}"))
}

fn files(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

fn same(one: &Path, other: &Path) -> Outcome {
    let bytes = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    if bytes(one)? != bytes(other)? {
        return Err(format!("{} and {} differ", one.display(), other.display()));
    }
    println!("  {} and {} are the same bytes", one.display(), other.display());
    Ok(())
}
