//! A sender over MQTT 3.1.1 with as much of it as is needed: it publishes with QoS 1, hears the answers, and keeps each message until it is answered.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::sender::{PATIENCE, Sent, is_complete, message, readings};

/// Messages that wait for their answers at once.
const WINDOW: usize = 8;

/// A sender.
pub struct Mqtt {
    port: u16,
    client: String,
    stream: Option<TcpStream>,
    packet: u16,
}

struct Waiting {
    text: String,
    sent_at: Option<Instant>,
    tries: u64,
}

impl Mqtt {
    pub fn new(port: u16, sender: usize) -> Self {
        Self { port, client: format!("load-{sender}"), stream: None, packet: 0 }
    }

    /// Sends until the time is over, and then until everything is answered.
    pub fn send(mut self, sender: usize, begun: Instant, duration: Duration) -> Result<Sent, String> {
        let mut sent = Sent::default();
        let mut next = 0;
        let mut waiting: BTreeMap<u64, Waiting> = BTreeMap::new();
        loop {
            while begun.elapsed() < duration && waiting.len() < WINDOW {
                waiting.insert(next, Waiting { text: message(sender, next), sent_at: None, tries: 0 });
                next += 1;
            }
            if waiting.is_empty() {
                return Ok(sent);
            }
            if begun.elapsed() > duration + 12 * PATIENCE {
                return Err("answers do not come any more".to_owned());
            }
            match self.turn(sender, &mut waiting) {
                Ok(Some((number, answer))) => {
                    is_complete(&answer)?;
                    // An answer to a message that was sent twice comes twice.
                    if let Some(done) = waiting.remove(&number) {
                        sent.messages += 1;
                        sent.readings += readings();
                        sent.repeated += u64::from(done.tries > 1);
                    }
                }
                Ok(None) => {}
                Err(_) => {
                    self.stream = None;
                    waiting.values_mut().for_each(|waiting| waiting.sent_at = None);
                    std::thread::sleep(Duration::from_millis(100));
                }
            }
        }
    }

    /// Sends what waits to be sent, and hears one packet.
    fn turn(&mut self, sender: usize, waiting: &mut BTreeMap<u64, Waiting>) -> std::io::Result<Option<(u64, String)>> {
        if self.stream.is_none() {
            self.connect()?;
        }
        for (number, one) in waiting.iter_mut() {
            if one.sent_at.is_none_or(|at| at.elapsed() > PATIENCE) {
                one.sent_at = Some(Instant::now());
                one.tries += 1;
                self.packet = self.packet.checked_add(1).unwrap_or(1);
                let mut body = text(&format!("heng/readings/load/{sender}-{number}"));
                body.extend(self.packet.to_be_bytes());
                body.extend(one.text.as_bytes());
                self.write(0x32, &body)?;
            }
        }
        let Some((kind, body)) = self.read()? else { return Ok(None) };
        if kind >> 4 != 3 {
            return Ok(None);
        }
        let length = usize::from(u16::from_be_bytes([*body.first().unwrap_or(&0), *body.get(1).unwrap_or(&0)]));
        let topic = String::from_utf8_lossy(body.get(2..2 + length).unwrap_or_default()).into_owned();
        let mut rest = body.get(2 + length..).unwrap_or_default();
        if kind & 0x06 != 0 {
            let (packet, after) = rest.split_at_checked(2).unwrap_or((rest, &[]));
            let packet = packet.to_vec();
            self.write(0x40, &packet)?;
            rest = after;
        }
        let name = topic.rsplit_once('/').and_then(|(_, name)| name.split_once('-'));
        let number = name.filter(|(of, _)| *of == sender.to_string()).and_then(|(_, number)| number.parse().ok());
        Ok(number.map(|number| (number, String::from_utf8_lossy(rest).into_owned())))
    }

    fn connect(&mut self) -> std::io::Result<()> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        self.stream = Some(stream);
        let mut body = text("MQTT");
        // Version 4; a clean session; no keep-alive.
        body.extend([4, 2, 0, 0]);
        body.extend(text(&self.client));
        self.write(0x10, &body)?;
        // A wildcard stands for a whole level: the answers of all senders are heard, and those of others passed over.
        let mut body = vec![0, 1];
        body.extend(text("heng/answers/load/+"));
        body.push(1);
        self.write(0x82, &body)
    }

    fn write(&mut self, kind: u8, body: &[u8]) -> std::io::Result<()> {
        let mut packet = vec![kind];
        let mut length = body.len();
        loop {
            let digit = u8::try_from(length % 128).unwrap_or(0);
            length /= 128;
            packet.push(if length > 0 { digit | 0x80 } else { digit });
            if length == 0 {
                break;
            }
        }
        packet.extend(body);
        match &mut self.stream {
            Some(stream) => stream.write_all(&packet),
            None => Err(std::io::ErrorKind::NotConnected.into()),
        }
    }

    /// The next packet; nothing where none came for two seconds.
    fn read(&mut self) -> std::io::Result<Option<(u8, Vec<u8>)>> {
        let Some(stream) = &mut self.stream else { return Err(std::io::ErrorKind::NotConnected.into()) };
        let mut byte = [0];
        match stream.read(&mut byte) {
            Ok(0) => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => {}
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
        let [kind] = byte;
        let (mut length, mut shift) = (0_usize, 0);
        loop {
            stream.read_exact(&mut byte)?;
            length |= usize::from(byte[0] & 0x7f) << shift;
            shift += 7;
            if byte[0] & 0x80 == 0 || shift > 21 {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        Ok(Some((kind, body)))
    }
}

fn text(text: &str) -> Vec<u8> {
    let mut bytes = u16::try_from(text.len()).unwrap_or(0).to_be_bytes().to_vec();
    bytes.extend(text.as_bytes());
    bytes
}
