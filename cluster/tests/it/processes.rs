//! The program as people start it.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant};

/// Runs the program to its end.
pub fn heng_cluster(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_heng-cluster"));
    program.args(["--language", "en"]);
    program
}

/// A scheduler with executors; all end with it.
pub struct Cluster {
    scheduler: String,
    running: Vec<Child>,
}

impl Cluster {
    /// Starts them on ports that are free.
    pub fn start(executors: usize) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let scheduler = free.to_string();
        let mut running = vec![program().args(["scheduler", "--listen", &scheduler]).spawn().unwrap()];
        let begun = Instant::now();
        while TcpStream::connect(&scheduler).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the scheduler does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        for _ in 0..executors {
            let executor = ["executor", "--cores", "1", "--scheduler", &scheduler];
            running.push(program().args(executor).spawn().unwrap());
        }
        Self { scheduler: format!("df://{scheduler}"), running }
    }

    /// Judges a city.
    pub fn infer(&self, readings: &Path, options: &[&str]) -> Output {
        let readings = readings.display().to_string();
        let mut arguments = vec!["infer", "meters", "--scheduler", &self.scheduler, "--readings", &readings];
        arguments.extend(options);
        heng_cluster(&arguments)
    }

    /// Judges a city into a file and gives what was said.
    pub fn judged(&self, readings: &Path, since: Option<&str>, out: &Path) -> String {
        let out = out.display().to_string();
        let mut options = vec!["--parquet", &out];
        options.extend(since.iter().flat_map(|day| ["--since", day]));
        let output = self.infer(readings, &options);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
