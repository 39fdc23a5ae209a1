//! As much of MQTT 3.1.1 (OASIS, 2014) as a subscriber needs that acknowledges by itself: packets, and a connection that carries them.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// What a broker sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet {
    /// The answer to a request for a connection; 0 is yes (3.2.2.3).
    ConnectAnswer(u8),
    /// The answer to a subscription; 0x80 is no (3.9.3).
    SubscribeAnswer(u8),
    /// A message. With QoS 0 it has no number and wants no acknowledgement.
    Message {
        /// Its number in this connection.
        number: Option<u16>,
        /// Its topic.
        topic: String,
        /// Its bytes.
        payload: Vec<u8>,
    },
    /// A message that is larger than any that is taken: read past, so that what comes after it comes.
    TooLarge {
        /// Its number in this connection.
        number: Option<u16>,
        /// Its topic.
        topic: String,
        /// The beginning of its bytes.
        beginning: Vec<u8>,
        /// How many bytes the packet has.
        bytes: usize,
    },
    /// Anything else, which a subscriber has nothing to do with.
    Other,
}

/// The broker breaks the protocol.
fn malformed(what: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

/// Reads a packet's content; the first byte is its kind and flags.
///
/// # Errors
/// Content that is no packet.
pub fn packet(first: u8, body: &[u8]) -> io::Result<Packet> {
    match first >> 4 {
        2 => body.get(1).map(|code| Packet::ConnectAnswer(*code)).ok_or_else(|| malformed("a short CONNACK")),
        9 => body.get(2).map(|code| Packet::SubscribeAnswer(*code)).ok_or_else(|| malformed("a short SUBACK")),
        3 => {
            let short = || malformed("a short PUBLISH");
            let (length, rest) = body.split_first_chunk().ok_or_else(short)?;
            let (topic, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or_else(short)?;
            let topic = std::str::from_utf8(topic).map_err(|_| malformed("a topic that is not UTF-8"))?;
            let (number, payload) = match (first >> 1) & 3 {
                0 => (None, rest),
                1 => {
                    let (number, payload) = rest.split_first_chunk().ok_or_else(short)?;
                    (Some(u16::from_be_bytes(*number)), payload)
                }
                _ => return Err(malformed("a QoS that was not subscribed to")),
            };
            Ok(Packet::Message { number, topic: topic.to_owned(), payload: payload.to_vec() })
        }
        _ => Ok(Packet::Other),
    }
}

/// Larger packets are not kept.
pub const LARGEST: usize = 17 << 20;

/// Of a larger packet so much is read as a message has before its payload at most, and some of that.
const BEGINNING: usize = (1 << 16) + 4096;

/// Of a larger message so much is kept.
const KEPT: usize = 4096;

/// Reads one packet. A time-out before its first byte is an error of kind `WouldBlock` or `TimedOut`.
///
/// # Errors
/// What the connection or the packet refuses.
pub fn read(from: &mut impl Read) -> io::Result<Packet> {
    let mut byte = [0];
    if from.read(&mut byte)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    let [first] = byte;
    let (mut length, mut shift) = (0_usize, 0);
    loop {
        whole(from, &mut byte)?;
        let [digit] = byte;
        length |= usize::from(digit & 0x7f) << shift;
        shift += 7;
        if digit & 0x80 == 0 {
            break;
        }
        if shift > 21 {
            return Err(malformed("a length of more than four bytes"));
        }
    }
    let kept = if length > LARGEST { BEGINNING } else { length };
    let mut body = Vec::new();
    let mut part = [0; 65_536];
    let mut left = length;
    while left > 0 {
        // Memory is taken as bytes come, not as they are promised.
        let most = part.len().min(left);
        let some = part.get_mut(..most).unwrap_or_default();
        whole(from, some)?;
        left -= most;
        body.extend(some.iter().take(kept - body.len()));
    }
    match packet(first, &body)? {
        Packet::Message { number, topic, payload } if length > LARGEST => {
            let beginning = payload.get(..KEPT).unwrap_or(&payload).to_vec();
            Ok(Packet::TooLarge { number, topic, beginning, bytes: length })
        }
        packet => Ok(packet),
    }
}

/// Reads to the end of a part; inside a packet a time-out is the end of the connection.
fn whole(from: &mut impl Read, part: &mut [u8]) -> io::Result<()> {
    from.read_exact(part).map_err(|error| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => ErrorKind::UnexpectedEof.into(),
        _ => error,
    })
}

/// A packet's bytes.
fn framed(first: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![first];
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
    packet
}

fn text(text: &str) -> Vec<u8> {
    let mut bytes = u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    bytes.extend(text.bytes().take(usize::from(u16::MAX)));
    bytes
}

/// The request for a connection whose session is kept (3.1).
pub fn connect(client: &str, credentials: Option<&(String, String)>, keep_alive_s: u16) -> Vec<u8> {
    let mut body = text("MQTT");
    body.extend([4, if credentials.is_some() { 0xc0 } else { 0 }]);
    body.extend(keep_alive_s.to_be_bytes());
    body.extend(text(client));
    for part in credentials.into_iter().flat_map(|(name, password)| [name, password]) {
        body.extend(text(part));
    }
    framed(0x10, &body)
}

/// A subscription with QoS 1 (3.8).
pub fn subscribe(topic: &str) -> Vec<u8> {
    let mut body = vec![0, 1];
    body.extend(text(topic));
    body.push(1);
    framed(0x82, &body)
}

/// The acknowledgement of a message (3.4).
pub fn acknowledge(number: u16) -> Vec<u8> {
    framed(0x40, &number.to_be_bytes())
}

/// A message with QoS 0 (3.3).
pub fn publish(topic: &str, payload: &str) -> Vec<u8> {
    let mut body = text(topic);
    body.extend(payload.bytes());
    framed(0x30, &body)
}

/// We are still here (3.12).
pub fn ping() -> Vec<u8> {
    framed(0xc0, &[])
}

/// Opens a connection, whose reads end after `silence`.
///
/// # Errors
/// What keeps it from being opened.
pub fn open(host: &str, port: u16, silence: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::new(ErrorKind::NotFound, "the host has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, Duration::from_secs(5)) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(silence))?;
                stream.set_write_timeout(Some(silence))?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Writes a packet whole.
///
/// # Errors
/// What the connection refuses.
pub fn send(to: &mut impl Write, packet: &[u8]) -> io::Result<()> {
    to.write_all(packet)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_message_is_read_as_the_standard_writes_it() {
        // QoS 1, topic a/b, number 10 (3.3.2, example), payload "x".
        let bytes = [0x32, 8, 0, 3, b'a', b'/', b'b', 0, 10, b'x'];
        let message = Packet::Message { number: Some(10), topic: "a/b".to_owned(), payload: b"x".to_vec() };
        assert_eq!(read(&mut bytes.as_slice()).unwrap(), message);
        assert_eq!(read(&mut acknowledge(10).as_slice()).unwrap(), Packet::Other);
        assert_eq!(acknowledge(10), [0x40, 2, 0, 10]);
        assert_eq!(subscribe("a/b"), [0x82, 8, 0, 1, 0, 3, b'a', b'/', b'b', 1]);
        assert_eq!(connect("c", None, 10), [0x10, 13, 0, 4, b'M', b'Q', b'T', b'T', 4, 0, 0, 10, 0, 1, b'c']);
        assert_eq!(read(&mut [0x20, 2, 0, 5].as_slice()).unwrap(), Packet::ConnectAnswer(5));
        assert_eq!(read(&mut [0x90, 3, 0, 1, 0x80].as_slice()).unwrap(), Packet::SubscribeAnswer(0x80));
    }

    #[test]
    fn what_is_too_large_is_read_past() {
        let mut bytes = framed(0x32, &[text("t"), vec![0, 7], vec![b'x'; LARGEST]].concat());
        bytes.extend(publish("t", "y"));
        let mut from = bytes.as_slice();
        let (topic, beginning) = ("t".to_owned(), vec![b'x'; KEPT]);
        let too_large = Packet::TooLarge { number: Some(7), topic: topic.clone(), beginning, bytes: LARGEST + 5 };
        assert_eq!(read(&mut from).unwrap(), too_large);
        assert_eq!(read(&mut from).unwrap(), Packet::Message { number: None, topic, payload: b"y".to_vec() });
    }

    #[test]
    fn lengths_take_up_to_four_bytes() {
        for length in [0, 127, 128, 16_383, 16_384, 2_097_152] {
            let payload = "x".repeat(length);
            let packet = read(&mut publish("t", &payload).as_slice()).unwrap();
            assert_eq!(packet, Packet::Message { number: None, topic: "t".to_owned(), payload: payload.into_bytes() });
        }
        for bytes in [vec![0x30, 0xff, 0xff, 0xff, 0xff, 1], vec![0x32, 3, 0, 9, b'a'], vec![0x34, 2, 0, 0], vec![0x30]]
        {
            assert!(read(&mut bytes.as_slice()).is_err(), "{bytes:?}");
        }
    }
}
