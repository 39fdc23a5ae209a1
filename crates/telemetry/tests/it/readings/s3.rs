//! Over HTTP: every request is signed, and whatever the other side answers, nothing is lost and it is said.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use heng_store::LocalDisk;
use heng_telemetry::readings::archive::{ArchiveError, ArchivedDisk, Objects, S3, Settings};
use heng_telemetry::readings::report::{Days, of_meter};
use heng_telemetry::readings::store::folder;
use sha2::{Digest, Sha256};

use super::archive::{check_all, moved, parts_here, settled};

/// How the server answers the next request.
#[derive(Clone, Copy)]
enum Answer {
    Status(u16, &'static str),
    /// Half of what it says it sends.
    Half,
    /// The connection is closed.
    Nothing,
}

#[derive(Default)]
struct Served {
    objects: BTreeMap<String, Vec<u8>>,
    answers: VecDeque<Answer>,
    requests: Vec<String>,
    unsigned: Vec<String>,
}

/// A server with the bucket `readings`, which speaks as much S3 as is asked of it.
struct Server {
    port: u16,
    served: Arc<Mutex<Served>>,
}

const SECRET: &str = "机密 secret/+";

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let served = Arc::new(Mutex::new(Served::default()));
        let mine = Arc::clone(&served);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // Whoever is gone before the answer is no concern of the server's.
                let _gone = serve(stream.unwrap(), port, &mine);
            }
        });
        Self { port, served }
    }

    fn answer(&self, answers: &[Answer]) {
        self.served.lock().unwrap().answers = answers.iter().copied().collect();
    }

    fn settings(&self) -> Settings {
        Settings {
            endpoint: format!("http://127.0.0.1:{}", self.port),
            region: "cn-north-1".to_owned(),
            bucket: "readings".to_owned(),
            prefix: String::new(),
            path_style: true,
            access_key: "who".to_owned(),
            secret_key: SECRET.to_owned(),
        }
    }

    fn check(&self) {
        let served = self.served.lock().unwrap();
        assert!(!served.requests.is_empty() && served.unsigned.is_empty(), "{:?}", served.unsigned);
    }
}

fn serve(stream: TcpStream, port: u16, served: &Mutex<Served>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let [method, target, _] = first.split_whitespace().collect::<Vec<_>>()[..] else { return Ok(()) };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut served = served.lock().unwrap();
    served.requests.push(format!("{method} {path}"));
    if !is_signed(method, path, query, port) {
        served.unsigned.push(first.clone());
    }
    let key = path.to_owned();
    let (status, said, sent) = match (served.answers.pop_front(), method) {
        (Some(Answer::Nothing), _) => return Ok(()),
        (Some(Answer::Status(status, code)), _) => {
            let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>").into_bytes();
            (status, body.len(), body)
        }
        (half, "GET") => match served.objects.get(&key) {
            Some(object) => {
                let sent = if half.is_some() { object[..object.len() / 2].to_vec() } else { object.clone() };
                (200, object.len(), sent)
            }
            None => {
                let body = b"<Error><Code>NoSuchKey</Code></Error>".to_vec();
                (404, body.len(), body)
            }
        },
        (_, "PUT") => {
            served.objects.insert(key, body);
            (200, 0, Vec::new())
        }
        _ => (405, 0, Vec::new()),
    };
    drop(served);
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status} x\r\ncontent-length: {said}\r\nconnection: close\r\n\r\n")?;
    stream.write_all(&sent)
}

/// HMAC (RFC 2104) with SHA-256.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    let short = if key.len() > 64 { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block[..short.len()].copy_from_slice(&short);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

/// Whether an address carries the signature that Amazon's documentation asks for (*Authenticating requests: using query parameters*), computed here
/// once more.
fn is_signed(method: &str, path: &str, query: &str, port: u16) -> bool {
    let mut signed: Vec<&str> = query.split('&').filter(|part| !part.starts_with("X-Amz-Signature=")).collect();
    signed.sort_unstable();
    let value = |name: &str| {
        let found = query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    };
    let request = format!("{method}\n{path}\n{}\nhost:127.0.0.1:{port}\n\nhost\nUNSIGNED-PAYLOAD", signed.join("&"));
    let at = value("X-Amz-Date");
    let day = at.get(..8).unwrap_or_default();
    let scope = format!("{day}/cn-north-1/s3/aws4_request");
    let digest = hex::encode(Sha256::digest(request.as_bytes()));
    let text = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{digest}");
    let key = [day, "cn-north-1", "s3", "aws4_request"]
        .iter()
        .fold(format!("AWS4{SECRET}").into_bytes(), |key, part| hmac(&key, part.as_bytes()));
    value("X-Amz-Algorithm") == "AWS4-HMAC-SHA256"
        && value("X-Amz-Credential") == format!("who/{scope}").replace('/', "%2F")
        && value("X-Amz-Signature") == hex::encode(hmac(&key, text.as_bytes()))
}

#[test]
fn parts_go_to_a_store_and_come_back_by_signed_requests() {
    let (server, data) = (Server::start(), settled());
    let toml = format!(
        "format = \"heng-archive/1\"\nendpoint = \"http://127.0.0.1:{}\"\nregion = \"cn-north-1\"\nbucket = \"readings\"\n\
         prefix = \"heng\"\npath_style = true\naccess_key_variable = \"WHO\"\nsecret_key_file = \"secret\"\n",
        server.port
    );
    fs::write(folder(data.path()).join("archive.toml"), toml).unwrap();
    fs::write(folder(data.path()).join("secret"), format!("{SECRET}\n")).unwrap();
    let variable = |name: &str| (name == "WHO").then(|| "who".to_owned());
    let disk = ArchivedDisk::open(Arc::new(LocalDisk::default()), data.path(), &variable).unwrap();
    // A moment's trouble of the store is waited out.
    server.answer(&[Answer::Status(503, "SlowDown"), Answer::Nothing]);
    assert_eq!(moved(&disk, data.path()).unwrap().parts, 4);
    assert_eq!(parts_here(data.path()), Vec::<PathBuf>::new());
    check_all(&disk, data.path());
    server.answer(&[Answer::Half, Answer::Status(500, "InternalError")]);
    check_all(&disk, data.path());
    let served = server.served.lock().unwrap();
    // `=` stands in the path of an address as %3D.
    assert!(
        served.objects.keys().all(|key| key.starts_with("/readings/heng/day%3D2026-03-0")),
        "{:?}",
        served.objects.keys()
    );
    drop(served);
    server.check();
}

#[test]
fn what_the_store_says_is_told_with_what_to_do() {
    let server = Server::start();
    let store = S3::new(&server.settings()).unwrap();
    store.put("a/b", b"1234").unwrap();
    assert_eq!(store.get("a/b", 4).unwrap(), b"1234");
    let object = || "s3://readings/a/b".to_owned();
    let refused = |reason: &str| ArchiveError::Refused { object: object(), reason: reason.to_owned() };
    let away = |reason: &str| ArchiveError::Unreachable { object: object(), reason: reason.to_owned() };
    server.answer(&[Answer::Status(403, "SignatureDoesNotMatch")]);
    assert_eq!(store.get("a/b", 4).unwrap_err(), refused("403 SignatureDoesNotMatch"));
    server.answer(&[Answer::Status(403, "AccessDenied")]);
    assert_eq!(store.put("a/b", b"1234").unwrap_err(), refused("403 AccessDenied"));
    server.answer(&[Answer::Status(404, "NoSuchBucket")]);
    assert_eq!(store.put("a/b", b"1234").unwrap_err(), refused("404 NoSuchBucket"));
    server.answer(&[Answer::Status(301, "PermanentRedirect")]);
    assert_eq!(store.get("a/b", 4).unwrap_err(), refused("301 PermanentRedirect"));
    server.answer(&[Answer::Status(500, "InternalError"); 3]);
    assert_eq!(store.get("a/b", 4).unwrap_err(), away("500 InternalError"));
    server.answer(&[Answer::Half; 3]);
    assert!(matches!(store.get("a/b", 4), Err(ArchiveError::Unreachable { .. })));
    server.answer(&[Answer::Nothing; 3]);
    assert!(matches!(store.put("a/b", b"1234"), Err(ArchiveError::Unreachable { .. })));
    // More than was put there is not what was put there; how much more it is nobody reads.
    assert_eq!(store.get("a/b", 3).unwrap_err(), ArchiveError::Altered { object: object() });
    let large = vec![0; 1 << 20];
    store.put("large", &large).unwrap();
    assert!(matches!(store.get("large", 5), Err(ArchiveError::Altered { .. })));
    let missing = ArchiveError::Missing { object: "s3://readings/nothing".to_owned() };
    assert_eq!(store.get("nothing", 4).unwrap_err(), missing);
    assert!(missing.to_string().contains("from a backup"));
    server.check();
}

#[test]
fn nobody_there_is_said_and_nothing_is_removed() {
    let data = settled();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Server { port, served: Arc::default() };
    let store = S3::new(&server.settings()).unwrap();
    let disk = ArchivedDisk::with(Arc::new(LocalDisk::default()), data.path(), Box::new(store), "");
    let error = moved(&disk, data.path()).unwrap_err();
    assert!(matches!(error.archive(), Some(ArchiveError::Unreachable { .. })), "{error}");
    assert!(!error.to_string().contains("secret") && !error.to_string().contains("X-Amz"), "{error}");
    assert_eq!(parts_here(data.path()).len(), 4);
    assert_eq!(of_meter(&disk, data.path(), "津电0001", Days::default()).unwrap().len(), 5);
}
