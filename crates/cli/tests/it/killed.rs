//! The service is killed while somebody signs and while somebody approves: what was acknowledged is there, and nothing is half there.
//!
//! `HENG_KILLS` says how many times (100 shows what a day of power cuts would).

#![allow(clippy::disallowed_methods, reason = "when to kill is a matter of the clock")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use heng_office::founding::{Founding, found};
use heng_office::{ANCHOR, Desk, Office, clock, fonts};
use heng_statement::body::{Place, Purpose};
use heng_statement::{Body, KeyCertificate, Party, PartyKind, Registration, SigningKey, Statement, Suite};
use heng_store::{Question, Store};
use jiff::civil::date;

#[path = "../../../portal/tests/it/scale.rs"]
mod scale;

use scale::whole_scale_sheet;

const SHOP: &str = "party:shop:示例";
const SCALE: &str = "thing:scale:示例-8";
const PASSWORD: &str = "sixteen signs are enough";

fn words(text: &str) -> heng_rule::Words {
    heng_rule::Words { zh: text.to_owned(), en: text.to_owned() }
}

/// A founded store with a shop's scale, and accounts for the verifier and the reviewer.
fn prepare(data: &Path) {
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    drop(found(data, founding, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap());
    let office = Arc::new(Office::open(data).unwrap());
    let key = SigningKey::generate(Suite::Ed25519, &[9; 32]).unwrap();
    let says = |issuer: &str, about: &str, body: Body| {
        let statement = Statement::of(issuer, vec![about.to_owned()], clock::now(), body);
        office.append(vec![office.signed(&statement).unwrap()]).unwrap();
    };
    let shop = Party {
        id: SHOP.to_owned(),
        kind: PartyKind::Organisation,
        name: words("示例商店"),
        address: None,
        of: None,
        district: None,
        standing: None,
        synthetic: true,
    };
    says("party:authority", SHOP, Body::Party(shop));
    let introduced = KeyCertificate::new(SHOP, key.public_key(), date(2026, 1, 1), date(2036, 12, 31));
    says("party:authority", SHOP, Body::Key(introduced));
    office.keys().keep(SHOP, &std::sync::Arc::new(key)).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/records/scale.toml");
    let record = heng_exchange::record::read_toml(&std::fs::read(path).unwrap());
    let mut instrument = record.records.into_iter().next().unwrap().record.instrument;
    instrument.id = Some(SCALE.to_owned());
    let registration = Registration {
        id: SCALE.to_owned(),
        kind: "instrument".to_owned(),
        name: words("电子秤"),
        keeper: SHOP.to_owned(),
        instrument: Some(instrument),
        place: Some(Place { district: "120101".to_owned(), address: words("示例路 8 号") }),
        purpose: Some(Purpose::Trade),
        synthetic: true,
    };
    says(SHOP, SCALE, Body::Reg(Box::new(registration)));
    let desk = Desk::open(Arc::clone(&office), fonts::fonts(None).unwrap(), ANCHOR).unwrap();
    for (account, named) in [("verifier", "赵敏"), ("reviewer", "孙丽")] {
        let party = desk.parties().find(|party| party.name.zh == named).unwrap().id.clone();
        office.accounts().add(account, &party, PASSWORD).unwrap();
    }
}

/// The service as its own process.
struct Served {
    process: Child,
    address: String,
}

impl Served {
    fn begin(data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_heng"))
            .args(["serve", "--listen", "127.0.0.1:0", "--language", "en", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the service ended before it served");
        }
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().trim().to_owned();
        // Whatever else it prints is read by nobody, and must not stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { process, address }
    }

    fn ask(&self, method: &str, path: &str, cookie: &str, form: &str) -> Option<Answer> {
        ask(&self.address, method, path, cookie, form)
    }

    fn session(&self, account: &str) -> String {
        let form = form(&[("name", account), ("password", PASSWORD)]);
        let answer = self.ask("POST", "/sign-in", "", &form).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.headers["set-cookie"].split(';').next().unwrap().to_owned()
    }
}

/// Sends a form or asks for a page; nothing if the service dies before it has answered.
fn ask(address: &str, method: &str, path: &str, cookie: &str, form: &str) -> Option<Answer> {
    let mut connection = TcpStream::connect(address).ok()?;
    connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    );
    connection.write_all(head.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Some(Answer { status, headers: headers.collect(), body: body.to_owned() })
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

fn form(fields: &[(&str, &str)]) -> String {
    let coded = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect::<Vec<_>>().join("&")
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), as a share of one.
fn share(round: u64) -> f64 {
    let mut mixed = round.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

/// How many statements of a kind the log has.
fn count(data: &Path, kind: &str) -> usize {
    Store::open(data).unwrap().entries(Question::OfKind(kind)).unwrap().len()
}

/// Asks, and kills the service with SIGKILL after a share of the time that this took when nobody killed it.
fn asked_and_killed(served: Served, path: &str, cookie: &str, form: &str, after: Duration) -> Option<Answer> {
    let Served { mut process, address } = served;
    std::thread::scope(|scope| {
        let answer = scope.spawn(|| ask(&address, "POST", path, cookie, form));
        std::thread::sleep(after);
        process.kill().unwrap();
        process.wait().unwrap();
        answer.join().unwrap()
    })
}

/// The revision that the sheet's page shows.
fn revision(page: &str) -> String {
    page.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn a_service_that_is_killed_while_it_signs_leaves_everything_or_nothing() {
    let rounds: u64 = std::env::var("HENG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    prepare(&data);
    let chosen = form(&[("thing", SCALE), ("rule", "jjg-539-2016"), ("occasion", "subsequent")]);
    // How long each act takes: the first round is not killed.
    let mut takes = [Duration::ZERO; 2];
    // Acknowledged, not acknowledged but there, not there.
    let (mut signing, mut approving) = ([0; 3], [0; 3]);
    for round in 0..=rounds {
        let kills_signing = round % 2 == 1;
        let kills_approving = round > 0 && !kills_signing;
        let mut served = Served::begin(&data);
        let verifier = served.session("verifier");
        let sheet = served.ask("POST", "/laboratory/new", &verifier, &chosen).unwrap().headers["location"].clone();
        let (records, reviews, certificates) = (count(&data, "meas"), count(&data, "assess"), count(&data, "cert"));

        let filled = form(&whole_scale_sheet("1"));
        let begun = Instant::now();
        let signed = if kills_signing {
            let signed = asked_and_killed(served, &sheet, &verifier, &filled, takes[0].mul_f64(share(round) * 1.2));
            // What was durable and not yet published is taken in by the next start.
            served = Served::begin(&data);
            let there = count(&data, "meas") - records;
            signing[if signed.is_some() { 0 } else { 2 - there }] += 1;
            let verifier = served.session("verifier");
            let page = served.ask("GET", &sheet, &verifier, "").unwrap();
            if there == 1 {
                // The record is there: the sheet says so, and nobody can sign it again.
                assert_eq!(page.status, 303, "round {round}");
                page
            } else {
                assert!(signed.is_none(), "round {round}: what was acknowledged is gone");
                assert_eq!(page.status, 200, "round {round}: the draft is still there");
                served.ask("POST", &sheet, &verifier, &form(&whole_scale_sheet(&revision(&page.body)))).unwrap()
            }
        } else {
            served.ask("POST", &sheet, &verifier, &filled).unwrap()
        };
        if round == 0 {
            takes[0] = begun.elapsed();
        }
        assert_eq!(signed.status, 303, "round {round}: {}", signed.body);
        assert_eq!(count(&data, "meas"), records + 1, "round {round}: one sheet, one record");
        let record = signed.headers["location"].clone();

        let reviewer = served.session("reviewer");
        let begun = Instant::now();
        let approved = if kills_approving {
            let after = takes[1].mul_f64(share(round) * 1.2);
            let approved = asked_and_killed(served, &record, &reviewer, "answer=approve", after);
            served = Served::begin(&data);
            let there = count(&data, "cert") - certificates;
            assert_eq!(count(&data, "assess") - reviews, there, "round {round}: review and certificate, or neither");
            assert!(approved.is_none() || there == 1, "round {round}: what was acknowledged is gone");
            approving[if approved.is_some() { 0 } else { 2 - there }] += 1;
            let reviewer = served.session("reviewer");
            // A second answer finds the certificate, or makes it.
            served.ask("POST", &record, &reviewer, "answer=approve").unwrap()
        } else {
            served.ask("POST", &record, &reviewer, "answer=approve").unwrap()
        };
        if round == 0 {
            takes[1] = begun.elapsed();
        }
        assert_eq!(approved.status, 303, "round {round}: {}", approved.body);
        assert_eq!(count(&data, "cert"), certificates + 1, "round {round}: one record, one certificate");
        let number = approved.headers["location"].rsplit('/').next().unwrap().to_owned();
        let check = served.ask("GET", &format!("/check/{number}?lang=en"), "", "").unwrap();
        assert!(check.status == 200 && check.body.contains("Trusted"), "round {round}: {}", check.body);
        served.process.kill().unwrap();
        served.process.wait().unwrap();
        let fsck =
            Command::new(env!("CARGO_BIN_EXE_heng")).args(["log", "fsck", "--data"]).arg(&data).output().unwrap();
        assert!(fsck.status.success(), "round {round}: {}", String::from_utf8_lossy(&fsck.stdout));
    }
    println!(
        "killed {rounds} times; signing: {signing:?}, approving: {approving:?} (acknowledged, there all the same, not there)"
    );
}

/// What the service says on a connection that never finishes its request, and after how long it lets go.
fn unfinished(address: &str, begin: &str) -> (String, Duration) {
    let mut connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let begun = Instant::now();
    connection.write_all(begin.as_bytes()).unwrap();
    let mut said = Vec::new();
    let _ = connection.read_to_end(&mut said);
    (String::from_utf8_lossy(&said).into_owned(), begun.elapsed())
}

#[test]
fn a_client_that_never_finishes_is_let_go_and_hinders_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    prepare(&data);
    let mut served = Served::begin(&data);
    let size = Store::open(&data).unwrap().size().unwrap();
    let address = served.address.as_str();
    std::thread::scope(|scope| {
        let heads: Vec<_> = (0..50)
            .map(|_| scope.spawn(move || unfinished(address, "GET /check/1 HTTP/1.1\r\nHost: a\r\nX-Slow: ")))
            .collect();
        let upload = "POST /check HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n\
                      Content-Length: 100000\r\n\r\n--b\r\n";
        let body = scope.spawn(move || unfinished(address, upload));
        // Others are served meanwhile.
        assert_eq!(served.ask("GET", "/", "", "").unwrap().status, 200);
        for head in heads {
            let (_, took) = head.join().unwrap();
            assert!(took < Duration::from_secs(40), "{took:?}");
        }
        let (said, took) = body.join().unwrap();
        assert!(said.starts_with("HTTP/1.1 408") && took < Duration::from_secs(55), "{said} {took:?}");
    });
    assert_eq!(Store::open(&data).unwrap().size().unwrap(), size, "nobody left a trace");
    served.process.kill().unwrap();
    served.process.wait().unwrap();
}
