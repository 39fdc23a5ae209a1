//! Readings from a broker, played by the test over a connection of its own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use heng_telemetry::readings::broker::{Broker, follow};
use heng_telemetry::readings::mqtt::LARGEST;

use super::fixtures::{MIDNIGHT_MS, data, opened};
use super::kept::kept;

/// A packet of this kind.
fn packet(first: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = vec![first];
    let mut length = body.len();
    loop {
        let digit = (length % 128) as u8;
        length /= 128;
        packet.push(if length > 0 { digit | 0x80 } else { digit });
        if length == 0 {
            return [packet, body.to_vec()].concat();
        }
    }
}

/// A message with QoS 1.
fn message(topic: &str, number: u16, payload: &[u8]) -> Vec<u8> {
    let length = (topic.len() as u16).to_be_bytes();
    packet(0x32, &[&length[..], topic.as_bytes(), &number.to_be_bytes(), payload].concat())
}

/// The next packet that the subscriber sends.
fn next(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let mut byte = [0];
    stream.read_exact(&mut byte).unwrap();
    let [first] = byte;
    let (mut length, mut shift) = (0_usize, 0);
    loop {
        stream.read_exact(&mut byte).unwrap();
        length |= usize::from(byte[0] & 0x7f) << shift;
        shift += 7;
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    (first, body)
}

#[test]
fn a_message_that_is_too_large_holds_up_no_other() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let data = data();
    let folder = data.path().to_owned();
    std::thread::spawn(move || {
        let readings = opened(&folder, 1 << 20);
        let broker = Broker::parse(&format!("mqtt://127.0.0.1:{port}"), "heng", "heng/readings/+/+").unwrap();
        let _ = follow(&readings, &broker, &|| MIDNIGHT_MS, &|_| {});
    });
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    assert_eq!(next(&mut stream).0 >> 4, 1);
    stream.write_all(&packet(0x20, &[0, 0])).unwrap();
    assert_eq!(next(&mut stream).0 >> 4, 8);
    stream.write_all(&packet(0x90, &[0, 1, 1])).unwrap();
    stream.write_all(&message("heng/readings/heping-01/large", 1, &vec![b'x'; LARGEST])).unwrap();
    let line = "meter,register,unit,at,value\n津电0001,1-0:1.8.0,kWh,2026-03-01 00:00,10\n";
    stream.write_all(&message("heng/readings/heping-01/small", 2, line.as_bytes())).unwrap();
    let (mut acknowledged, mut answers) = (Vec::new(), Vec::new());
    while acknowledged.len() < 2 || answers.len() < 2 {
        match next(&mut stream) {
            (0x40, number) => acknowledged.push(number),
            (0x30, answer) => answers.push(String::from_utf8_lossy(&answer).into_owned()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(acknowledged, [[0, 1], [0, 2]]);
    assert!(answers[0].contains("readings-message-too-large") && answers[0].contains("\"rejected\":1"), "{answers:?}");
    assert!(answers[1].contains("\"added\":1"), "{answers:?}");
    assert_eq!(kept(data.path()), 1);
}
