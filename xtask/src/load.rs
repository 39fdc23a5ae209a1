//! Readings under load: senders over HTTP and over a broker, `kill -9` in between, and then a count: what was answered is there, once.

mod http;
mod mqtt;
mod sender;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::run::{Outcome, command, heng, root, run, target};
use crate::serving::free_port;
use crate::setup;
use sender::{Sent, Way};

/// Who sends at once.
const SENDERS: usize = 4;

/// Runs both ways, each for so many seconds; with `built`, nothing is built first.
pub fn ingest_load(seconds: u64, only: Option<&str>, built: bool) -> Outcome {
    setup::install_for_load()?;
    if !built {
        run(command("cargo").args(["build", "--release", "--locked", "--bin", "heng"]))?;
    }
    let folder = target().join("ingest-load");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if only.is_none_or(|only| only == "http") {
        over_http(&folder.join("http"), seconds)?;
    }
    if only.is_none_or(|only| only == "mqtt") {
        over_broker(&folder.join("mqtt"), seconds)?;
    }
    Ok(())
}

/// `heng serve` is killed after a third and after two thirds of the time.
fn over_http(data: &Path, seconds: u64) -> Outcome {
    run(command(heng()).args(["init", "--seed", "1", "--data"]).arg(data))?;
    feeds(data)?;
    let token = token(data)?;
    let port = free_port()?;
    let serve = || {
        let mut serve = command(heng());
        serve.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"]).arg(data);
        started(&mut serve, &data.join("serve.log"))
    };
    let mut serving = serve()?;
    let way = Way::Http { port, token };
    let sent = sender::send(SENDERS, Duration::from_secs(seconds), &way, |begun| {
        for part in 1..3 {
            wait_until(begun, Duration::from_secs(seconds) * part / 3);
            println!("  kill -9 heng serve after {:.0} s", begun.elapsed().as_secs_f64());
            kill(&mut serving);
            serving = serve()?;
        }
        Ok(())
    })?;
    kill(&mut serving);
    counted("HTTP", data, &sent)
}

/// The one who writes is killed after a third, the broker after two thirds of the time.
fn over_broker(data: &Path, seconds: u64) -> Outcome {
    feeds(data)?;
    let port = free_port()?;
    let settings = data.join("mosquitto.conf");
    let text = format!(
        "listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {}/\nautosave_interval 1\n\
         max_queued_messages 0\nmax_inflight_messages 64\n",
        data.display()
    );
    fs::write(&settings, text).map_err(|error| format!("{}: {error}", settings.display()))?;
    let mosquitto = setup::mosquitto().ok_or("mosquitto is missing: install the package mosquitto")?;
    let broker = || started(command(&mosquitto).arg("-c").arg(&settings), &data.join("mosquitto.log"));
    let write = || {
        let mut ingest = command(heng());
        ingest.args(["readings", "ingest", "--mqtt", &format!("mqtt://127.0.0.1:{port}"), "--data"]).arg(data);
        started(&mut ingest, &data.join("ingest.log"))
    };
    let mut brokering = broker()?;
    std::thread::sleep(Duration::from_millis(500));
    let mut writing = write()?;
    let sent = sender::send(SENDERS, Duration::from_secs(seconds), &Way::Mqtt { port }, |begun| {
        wait_until(begun, Duration::from_secs(seconds) / 3);
        println!("  kill -9 heng readings ingest after {:.0} s", begun.elapsed().as_secs_f64());
        kill(&mut writing);
        writing = write()?;
        wait_until(begun, Duration::from_secs(seconds) * 2 / 3);
        println!("  kill -9 mosquitto after {:.0} s", begun.elapsed().as_secs_f64());
        kill(&mut brokering);
        brokering = broker()?;
        Ok(())
    })?;
    kill(&mut writing);
    kill(&mut brokering);
    counted("MQTT", data, &sent)
}

/// Counts what is there, and fails unless it is what was answered.
fn counted(way: &str, data: &Path, sent: &Sent) -> Outcome {
    let rate = sent.readings as f64 / sent.took.as_secs_f64();
    println!(
        "{way}: {} readings answered in {:.1} s, {rate:.0} a second, outages included; {} messages of {} were sent more than once",
        sent.readings,
        sent.took.as_secs_f64(),
        sent.repeated,
        sent.messages,
    );
    let begun = Instant::now();
    let output = command(heng())
        .args(["readings", "quality", "--json", "--data"])
        .arg(data)
        .output()
        .map_err(|error| format!("heng readings quality: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let total = text.split("\"total\"").nth(1).ok_or_else(|| format!("no count: {text}"))?;
    let number = |name: &str| -> Result<u64, String> {
        let digits = total.split(&format!("\"{name}\": ")).nth(1).unwrap_or_default();
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().map_err(|_| format!("no {name} in {total}"))
    };
    let (readings, doubled) = (number("readings")?, number("conflicts")?);
    println!("{way}: {readings} readings are kept, {doubled} twice; counted in {:.1} s", begun.elapsed().as_secs_f64());
    match (readings == sent.readings, doubled) {
        (true, 0) => Ok(()),
        _ => Err(format!(
            "{way}: {} readings were answered, {readings} are kept, {doubled} of them twice",
            sent.readings
        )),
    }
}

fn feeds(data: &Path) -> Outcome {
    let folder = data.join("readings");
    let text =
        "format = \"heng-feeds/1\"\n\n[[feed]]\nid = \"load\"\nparty = \"party:authority\"\ndistrict = \"120101\"\n";
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("feeds.toml"), text))
        .map_err(|error| format!("{}: {error}", folder.display()))
}

fn token(data: &Path) -> Result<String, String> {
    let output = command(heng())
        .args(["--language", "en", "account", "add", "load", "--token", "--party", "party:authority", "--data"])
        .arg(data)
        .output()
        .map_err(|error| format!("heng account add: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let token = text.split_whitespace().find(|word| word.starts_with("load."));
    token.map(str::to_owned).ok_or_else(|| format!("no token: {text}"))
}

fn started(program: &mut std::process::Command, log: &PathBuf) -> Result<Child, String> {
    let file = fs::OpenOptions::new().create(true).append(true).open(log);
    let file = file.map_err(|error| format!("{}: {error}", log.display()))?;
    let both = file.try_clone().map_err(|error| format!("{}: {error}", log.display()))?;
    let name = program.get_program().to_string_lossy().into_owned();
    program.stdout(both).stderr(file).stdin(Stdio::null());
    program.current_dir(root()).spawn().map_err(|error| format!("could not start {name}: {error}"))
}

/// SIGKILL: nothing of the process runs after it.
fn kill(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn wait_until(begun: Instant, after: Duration) {
    std::thread::sleep(after.saturating_sub(begun.elapsed()));
}
