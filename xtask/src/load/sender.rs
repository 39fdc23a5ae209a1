//! Senders that keep a message until it is answered, and send it again when it is not.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::http::Http;
use super::mqtt::Mqtt;

/// Meters of each sender; each message has one reading of each.
const METERS: usize = 2000;

/// How long an answer is waited for before the message is sent again.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How messages are sent.
#[derive(Clone, Debug)]
pub enum Way {
    Http { port: u16, token: String },
    Mqtt { port: u16 },
}

/// What was sent and answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent {
    /// Readings of messages that were answered.
    pub readings: u64,
    /// Those messages.
    pub messages: u64,
    /// Those of them that were sent more than once.
    pub repeated: u64,
    /// From the first message to the last answer.
    pub took: Duration,
}

/// Sends from so many threads for this long, and until everything that was sent is answered. `meanwhile` runs beside them.
pub fn send(
    senders: usize,
    duration: Duration,
    way: &Way,
    meanwhile: impl FnOnce(Instant) -> Result<(), String>,
) -> Result<Sent, String> {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..senders)
            .map(|sender| {
                scope.spawn(move || match way {
                    Way::Http { port, token } => Http::new(*port, token).send(sender, begun, duration),
                    Way::Mqtt { port } => Mqtt::new(*port, sender).send(sender, begun, duration),
                })
            })
            .collect();
        meanwhile(begun)?;
        let mut all = Sent::default();
        for thread in threads {
            let sent = thread.join().map_err(|_| "a sender broke".to_owned())??;
            all.readings += sent.readings;
            all.messages += sent.messages;
            all.repeated += sent.repeated;
        }
        all.took = begun.elapsed();
        Ok(all)
    })
}

/// The n-th message of a sender: a table of one reading of each of its meters, a second after the message before.
pub fn message(sender: usize, number: u64) -> String {
    let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
    let day = number / 86_400 + 1;
    let mut text = String::with_capacity(METERS * 64);
    text.push_str("meter,register,unit,at,value\n");
    for meter in 0..METERS {
        let _ = writeln!(
            text,
            "load-{sender}-{meter:04},1-0:1.8.0,kWh,2026-03-{day:02}T{hour:02}:{minute:02}:{second:02}Z,{}.{:02}",
            meter + usize::try_from(number).unwrap_or(0),
            number % 100
        );
    }
    text
}

/// Whether an answer says that all readings of a message are there: new, or again.
pub fn is_complete(answer: &str) -> Result<bool, String> {
    let count = |name: &str| -> u64 {
        let digits = answer.split(&format!("\"{name}\":")).nth(1).unwrap_or_default();
        digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    };
    let (added, again, conflicts) = (count("added"), count("again"), count("conflicts"));
    if added + again == METERS as u64 && conflicts == 0 {
        return Ok(true);
    }
    Err(format!("an answer counts otherwise than was sent: {}", answer.chars().take(300).collect::<String>()))
}

/// The readings of a message.
pub fn readings() -> u64 {
    METERS as u64
}
