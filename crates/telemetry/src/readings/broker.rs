//! Readings from a broker (MQTT 3.1.1): a message is acknowledged to the broker once it is durable here, and then answered to whoever sent it, with QoS 0.
//!
//! A topic ends in the feed and the message: `heng/readings/FEED/MESSAGE`; its answer goes to `heng/answers/FEED/MESSAGE` as JSON with the counts of
//! `Ingested`. A broker may lose what it acknowledged to a sender when it dies; a sender that must lose nothing keeps a message until it is
//! answered, and sends it again when it is not. What comes twice is stored once.
//!
//! The session at the broker outlives ours: what was sent meanwhile comes when we are there again.

use std::io::{self, BufReader};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use heng_quantity::Finding;
use jiff::tz::Offset;
use serde_json::json;

use super::batch::Batch;
use super::feeds::is_name;
use super::form::{Form, read};
use super::mqtt::{self, Packet};
use super::store::{Ingested, Readings, ReadingsError};

/// A broker, and what we want of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Name and password, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// How it knows us: its session for us goes by this name.
    pub client: String,
    /// What to subscribe to.
    pub topic: String,
}

/// What happens with a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// We are connected and have subscribed.
    Connected,
    /// The connection is gone, and why; it will be tried again.
    Gone(String),
    /// A message is durable and acknowledged.
    Taken(Ingested),
    /// A message whose topic names no feed; it is acknowledged, since it would come for ever.
    NoFeed(String),
}

/// How long a connection may be silent before it is asked whether it is there.
const SILENCE: Duration = Duration::from_secs(15);

/// What the broker is told: it closes a connection that is silent for one and a half times as long.
const KEEP_ALIVE_S: u16 = 40;

/// Messages that share one sync.
const AT_ONCE: usize = 64;

/// How long to wait before the connection is tried again.
const PAUSE: Duration = Duration::from_millis(500);

impl Broker {
    /// Reads `mqtt://[USER[:PASSWORD]@]HOST[:PORT]`; nothing where it is written otherwise. TLS is not spoken here: a broker stands on the same
    /// machine, or behind a tunnel.
    pub fn parse(url: &str, client: &str, topic: &str) -> Option<Self> {
        let rest = url.strip_prefix("mqtt://")?.trim_end_matches('/');
        let (credentials, address) = match rest.rsplit_once('@') {
            Some((credentials, address)) => {
                let (name, password) = credentials.split_once(':').unwrap_or((credentials, ""));
                (Some((name.to_owned(), password.to_owned())), address)
            }
            None => (None, rest),
        };
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (address, 1883),
        };
        let is_plain = !host.is_empty() && !host.contains(['/', ':', '?']) && !client.is_empty() && !topic.is_empty();
        is_plain.then(|| Self {
            host: host.to_owned(),
            port,
            credentials,
            client: client.to_owned(),
            topic: topic.to_owned(),
        })
    }
}

/// A message that came over a connection.
struct Came {
    connection: u64,
    number: Option<u16>,
    topic: String,
    payload: Payload,
}

/// The bytes of a message.
enum Payload {
    Whole(Vec<u8>),
    /// The beginning of one that is too large, and how large it is.
    TooLarge(Vec<u8>, usize),
}

impl Payload {
    /// Its readings. Of one that is too large nothing is taken: it is acknowledged all the same, since it would come again for ever.
    fn batch(self, zone: Option<Offset>) -> Batch {
        match self {
            Self::Whole(bytes) => read(Form::of(&bytes), &bytes, zone),
            Self::TooLarge(beginning, bytes) => {
                let finding = Finding::error("readings-message-too-large").with("bytes", bytes);
                Batch::refused(finding.with("largest", mqtt::LARGEST), beginning)
            }
        }
    }
}

/// The connection of now, and how many there were before it: nothing of an old one is acknowledged on a new one, where the same number may be
/// another message.
#[derive(Default)]
struct Line {
    connection: u64,
    stream: Option<TcpStream>,
}

impl Line {
    /// Writes a packet, if the connection is still the one that it is for.
    fn send(&mut self, of: u64, packet: &[u8]) {
        // Where it cannot be written, whoever listens finds the connection gone; the broker sends the message again.
        if self.connection == of
            && let Some(stream) = &mut self.stream
            && mqtt::send(stream, packet).is_err()
        {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn held(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes readings from a broker for as long as the process lives, or until the readings cannot be written any more. `now` gives the instant of arrival
/// in milliseconds since 1970.
///
/// # Errors
/// What keeps the readings from being written.
pub fn follow(
    readings: &Readings,
    broker: &Broker,
    now: &dyn Fn() -> i64,
    happened: &(dyn Fn(Happened) + Sync),
) -> Result<(), ReadingsError> {
    let line = Mutex::new(Line::default());
    // No more waits here than is written at once: what waits longer waits at the broker.
    let (send, receive) = sync_channel(AT_ONCE);
    std::thread::scope(|scope| {
        let listens = scope.spawn(|| listen(broker, &line, send, happened));
        let outcome = write(readings, &line, &receive, now, happened);
        // Whoever listens ends when nobody takes what comes.
        drop(receive);
        if let Some(stream) = &held(&line).stream {
            let _ = stream.shutdown(Shutdown::Both);
        }
        let _ = listens.join();
        outcome
    })
}

/// Keeps the connection and hands on what comes, until nobody takes it.
fn listen(broker: &Broker, line: &Mutex<Line>, send: SyncSender<Came>, happened: &(dyn Fn(Happened) + Sync)) {
    loop {
        match connected(broker, line, &send, happened) {
            Ok(()) => return,
            Err(error) => {
                let mut line = held(line);
                line.connection += 1;
                line.stream = None;
                drop(line);
                happened(Happened::Gone(error.to_string()));
                std::thread::sleep(PAUSE);
            }
        }
    }
}

/// One connection from its beginning to its end; ends well only when nobody takes what comes.
fn connected(
    broker: &Broker,
    line: &Mutex<Line>,
    send: &SyncSender<Came>,
    happened: &(dyn Fn(Happened) + Sync),
) -> io::Result<()> {
    let mut stream = mqtt::open(&broker.host, broker.port, SILENCE)?;
    mqtt::send(&mut stream, &mqtt::connect(&broker.client, broker.credentials.as_ref(), KEEP_ALIVE_S))?;
    let refused = |what: &str, code: u8| io::Error::other(format!("the broker refuses the {what}: {code}"));
    match mqtt::read(&mut stream)? {
        Packet::ConnectAnswer(0) => {}
        Packet::ConnectAnswer(code) => return Err(refused("connection", code)),
        _ => return Err(io::ErrorKind::InvalidData.into()),
    }
    let connection = {
        let mut line = held(line);
        line.stream = Some(stream.try_clone()?);
        line.connection
    };
    // Also where the broker kept our session: it may have lost it.
    held(line).send(connection, &mqtt::subscribe(&broker.topic));
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    let mut silent = 0;
    loop {
        match mqtt::read(&mut reader) {
            Ok(Packet::SubscribeAnswer(0x80)) => return Err(refused("subscription", 0x80)),
            Ok(Packet::SubscribeAnswer(_)) => happened(Happened::Connected),
            Ok(Packet::Message { number, topic, payload }) => {
                let payload = Payload::Whole(payload);
                if send.send(Came { connection, number, topic, payload }).is_err() {
                    return Ok(());
                }
            }
            Ok(Packet::TooLarge { number, topic, beginning, bytes }) => {
                let payload = Payload::TooLarge(beginning, bytes);
                if send.send(Came { connection, number, topic, payload }).is_err() {
                    return Ok(());
                }
            }
            Ok(Packet::ConnectAnswer(_) | Packet::Other) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                silent += 1;
                if silent > 2 {
                    return Err(error);
                }
                held(line).send(connection, &mqtt::ping());
                continue;
            }
            Err(error) => return Err(error),
        }
        silent = 0;
    }
}

/// Writes what comes, and acknowledges it.
fn write(
    readings: &Readings,
    line: &Mutex<Line>,
    receive: &Receiver<Came>,
    now: &dyn Fn() -> i64,
    happened: &(dyn Fn(Happened) + Sync),
) -> Result<(), ReadingsError> {
    while let Ok(first) = receive.recv() {
        let messages = std::iter::once(first).chain(receive.try_iter().take(AT_ONCE - 1));
        let mut batches: Vec<(String, Batch, i64)> = Vec::new();
        let mut taken = Vec::new();
        for Came { connection, number, topic, payload } in messages {
            let answer_to = match named(&topic) {
                Some((feed, message)) => {
                    let zone = readings.feeds().named(feed).and_then(|feed| feed.utc_offset);
                    batches.push((feed.to_owned(), payload.batch(zone), now()));
                    Some(format!("heng/answers/{feed}/{message}"))
                }
                None => {
                    happened(Happened::NoFeed(topic));
                    None
                }
            };
            taken.push((connection, number, answer_to));
        }
        let mut answers = readings.ingest_all(batches)?.into_iter();
        for (connection, number, answer_to) in taken {
            let mut line = held(line);
            if let Some(number) = number {
                line.send(connection, &mqtt::acknowledge(number));
            }
            if let Some((topic, ingested)) = answer_to.and_then(|topic| Some((topic, answers.next()?))) {
                line.send(connection, &mqtt::publish(&topic, &answer(&ingested)));
                drop(line);
                happened(Happened::Taken(ingested));
            }
        }
    }
    Ok(())
}

/// Feed and message of a topic: its last two parts.
fn named(topic: &str) -> Option<(&str, &str)> {
    let (rest, message) = topic.rsplit_once('/')?;
    let feed = rest.rsplit_once('/').map_or(rest, |(_, feed)| feed);
    (is_name(feed) && !message.is_empty()).then_some((feed, message))
}

fn answer(ingested: &Ingested) -> String {
    json!({
        "readings": ingested.readings,
        "added": ingested.added,
        "again": ingested.again,
        "conflicts": ingested.conflicts,
        "late": ingested.late,
        "early": ingested.early,
        "rejected": ingested.rejected,
        "findings": ingested.findings,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_is_read_whole_or_not_at_all() {
        let read = |url: &str| Broker::parse(url, "heng", "heng/readings/+/+");
        let broker = read("mqtt://u:p@w@broker.example:1884/").unwrap();
        assert_eq!((broker.host.as_str(), broker.port), ("broker.example", 1884));
        assert_eq!(broker.credentials, Some(("u".to_owned(), "p@w".to_owned())));
        assert_eq!(read("mqtt://localhost").unwrap().port, 1883);
        for url in ["", "http://x", "mqtts://x", "mqtt://", "mqtt://x:70000", "mqtt://x/y"] {
            assert_eq!(read(url), None, "{url}");
        }
    }

    #[test]
    fn a_topic_ends_in_feed_and_message() {
        assert_eq!(named("heng/readings/heping-01/17"), Some(("heping-01", "17")));
        assert_eq!(named("heng/readings/和平/17"), None);
        assert_eq!(named("heng/readings/heping-01/"), None);
        assert_eq!(named("17"), None);
    }
}
