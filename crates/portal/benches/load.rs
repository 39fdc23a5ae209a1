//! How many answers a second the service gives on this machine, its askers on the same cores: one page again and again, then any page of the city.
//!
//! `cargo bench -p heng-portal --bench load -- 'page, any'` measures only what is named so.
//! `HENG_INSTRUMENTS` (default 2400) and `HENG_VERIFICATIONS` (default 1) make a larger city; `HENG_CITY` names a folder that is kept for the next run.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use heng_office::founding::Founding;
use heng_office::{ANCHOR, Desk, Office, city, clock, fonts};
use heng_portal::{Portal, router};
use heng_statement::Suite;
use heng_store::Question;
use heng_supervision::city::Size;

/// What people run has it, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Connections that ask at the same time.
const ASKERS: usize = 8;

/// How long each measurement takes.
const SPAN: Duration = Duration::from_secs(10);

fn main() {
    let fresh = tempfile::tempdir().unwrap();
    let folder = std::env::var("HENG_CITY").map_or_else(|_| fresh.path().join("city"), PathBuf::from);
    if !folder.join("log").exists() {
        let size = Size {
            seed: 1,
            instruments: number("HENG_INSTRUMENTS", 2400),
            verifications: number("HENG_VERIFICATIONS", 1),
            today: clock::day(clock::now()),
        };
        let founding = Founding { seed: Some(1), suite: Suite::Ed25519 };
        let begun = Instant::now();
        city::make(&folder, founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap();
        println!("city of {} instruments made in {:.0} s", size.instruments, begun.elapsed().as_secs_f64());
    }
    let office = Arc::new(Office::open(&folder).unwrap());
    let desk = Desk::open(Arc::clone(&office), fonts::fonts(None).unwrap(), ANCHOR).unwrap();
    let begun = Instant::now();
    let portal = Portal::open(desk).unwrap();
    println!("the log of {} statements read in {:.1} s", office.store().size().unwrap(), begun.elapsed().as_secs_f64());
    let certificates = office.store().entries(Question::OfKind("cert")).unwrap();
    let (mut numbers, mut things) = (Vec::new(), Vec::new());
    for entry in &certificates {
        let placed = office.store().placed_at(entry.index).unwrap().unwrap();
        let heng_statement::Body::Cert(certificate) = &placed.signed.statement.body else { continue };
        numbers.push(certificate.number.clone());
        things.extend(certificate.instrument.id.clone());
    }
    things.sort();
    things.dedup();
    println!("{} certificates of {} things; {ASKERS} connections, {SPAN:?} each\n", numbers.len(), things.len());

    let address = served(portal);
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    println!("{:<46} {:>10} {:>9} {:>9}", "", "answers/s", "median", "99 %");
    for (name, folder, ids) in [
        ("check page", "/check/", &numbers),
        ("thing page", "/thing/", &things),
        ("check as JSON", "/api/check/", &numbers),
    ] {
        let paths: Vec<String> = ids.iter().map(|id| format!("{folder}{}", escaped(id))).collect();
        let (even, ranked) = (
            |share: f64| ((paths.len() as f64) * share) as usize,
            // As people ask: the r-th page is asked for as 1/r (Zipf).
            |share: f64| ((paths.len() as f64).powf(share) as usize).saturating_sub(1),
        );
        let ways: [(&str, &(dyn Fn(f64) -> usize + Sync)); 3] =
            [("the same again and again", &|_| 0), ("some more than others", &ranked), ("any", &even)];
        let mut rates = Vec::new();
        for (way, place) in ways {
            let name = format!("{name}, {way}");
            if only.as_ref().is_none_or(|only| name.contains(only)) {
                rates.push(shown(&name, measured(address, &paths, place)));
            }
        }
        if let [one, few, any] = rates[..] {
            println!("{:<46} {:>10.2} {:>9.3}\n", "    of the same again and again", few / one, any / one);
        }
    }
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// Serves on a port of its own until the process ends.
fn served(portal: Portal) -> SocketAddr {
    let (said, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            said.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, router(Arc::new(portal))).await.unwrap();
        });
    });
    heard.recv().unwrap()
}

fn escaped(id: &str) -> String {
    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// The times of all answers, sorted, and the span. `place` chooses a page by a number between 0 and 1.
fn measured(address: SocketAddr, paths: &[String], place: &(dyn Fn(f64) -> usize + Sync)) -> (Vec<Duration>, Duration) {
    let begun = Instant::now();
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..ASKERS)
            .map(|asker| scope.spawn(move || asked(address, paths, place, begun + SPAN, 1 + asker as u64)))
            .collect();
        askers.into_iter().flat_map(|asker| asker.join().unwrap()).collect()
    });
    let span = begun.elapsed();
    times.sort();
    (times, span)
}

/// One connection that asks until the end.
fn asked(
    address: SocketAddr,
    paths: &[String],
    place: &(dyn Fn(f64) -> usize + Sync),
    end: Instant,
    mut seed: u64,
) -> Vec<Duration> {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_nodelay(true).unwrap();
    let mut answers = BufReader::new(connection.try_clone().unwrap());
    let mut times = Vec::new();
    let (mut line, mut body) = (String::new(), Vec::new());
    while Instant::now() < end {
        // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let share = ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        let path = &paths[place(share).min(paths.len() - 1)];
        let begun = Instant::now();
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut length = 0;
        loop {
            line.clear();
            answers.read_line(&mut line).unwrap();
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            if line.starts_with("HTTP/1.1 ") {
                assert!(line.contains(" 200 "), "{path}: {line}");
            }
            if line == "\r\n" {
                break;
            }
        }
        body.resize(length, 0);
        answers.read_exact(&mut body).unwrap();
        times.push(begun.elapsed());
    }
    times
}

/// Prints a line and gives the answers a second.
fn shown(name: &str, (times, span): (Vec<Duration>, Duration)) -> f64 {
    let rate = times.len() as f64 / span.as_secs_f64();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("{name:<46} {rate:>10.0} {:>6.2} ms {:>6.2} ms", at(0.5), at(0.99));
    rate
}
