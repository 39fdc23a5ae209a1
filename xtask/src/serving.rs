//! A service that runs while it is looked at.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::run::{Outcome, command, heng, run};

/// A program that listens on this machine and says where.
pub struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// Starts `heng serve` and waits until it listens. What it logs goes to `serve.log` beside the store.
    pub fn heng(data: &Path, port: u16, arguments: &[&OsStr]) -> Result<Self, String> {
        let path = data.with_file_name("serve.log");
        let log =
            std::fs::File::create(&path).map_err(|error| format!("could not make {}: {error}", path.display()))?;
        let mut serve = command(heng());
        serve.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data).args(arguments);
        Self::start(serve.stderr(log))
    }

    /// Starts a program whose first line names its address.
    pub fn start(program: &mut Command) -> Result<Self, String> {
        let name = program.get_program().to_string_lossy().into_owned();
        let failed = |error: std::io::Error| format!("could not start {name}: {error}");
        let mut child = program.stdout(Stdio::piped()).spawn().map_err(failed)?;
        let mut said = String::new();
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            output.read_line(&mut said).map_err(failed)?;
            // Whoever has more to say must not be stopped by a full or a closed pipe.
            std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        }
        let address = said
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(|word| word.trim_end_matches(|sign: char| !sign.is_ascii_digit()).to_owned());
        let Some(address) = address else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("{name} did not say where it listens, but: {said}"));
        };
        println!("→ {name} at {address}");
        Ok(Self { child, address })
    }

    /// Where it listens, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Tells it to stop, as a machine that shuts down does, and fails unless it ends well.
    pub fn stop(mut self) -> Outcome {
        run(command("kill").args(["-TERM", &self.child.id().to_string()]))?;
        let status = self.child.wait().map_err(|error| format!("{}: {error}", self.address))?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.address)) }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of this machine that is free now.
pub fn free_port() -> Result<u16, String> {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map(|address| address.port());
    port.map_err(|error| format!("no port is free: {error}"))
}
