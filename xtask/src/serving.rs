//! A service that runs while it is looked at.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::run::{Outcome, command, heng, run};

/// `heng serve`, on a port that the system chose.
pub struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    /// Starts it and waits until it listens. What it logs goes to `serve.log` beside the store.
    pub fn start(data: &Path, arguments: &[&str]) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("could not start heng serve: {error}");
        let log = std::fs::File::create(data.with_file_name("serve.log")).map_err(failed)?;
        let mut child = command(heng())
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(failed)?;
        let mut said = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut said).map_err(failed)?;
        }
        let address = said
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(|word| word.trim_end_matches(|sign: char| !sign.is_ascii_digit()).to_owned());
        let Some(address) = address else {
            let _ = child.kill();
            return Err(format!("heng serve did not say where it listens, but: {said}"));
        };
        println!("→ heng serve at {address}");
        Ok(Self { child, address })
    }

    /// Where it listens, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Tells it to stop, as a machine that shuts down does, and fails unless it ends well.
    pub fn stop(mut self) -> Outcome {
        run(command("kill").args(["-TERM", &self.child.id().to_string()]))?;
        let status = self.child.wait().map_err(|error| format!("heng serve: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("heng serve ended with {status}")) }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
