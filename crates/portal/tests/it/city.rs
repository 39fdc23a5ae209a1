//! A store at work with a few certificates, and a browser without scripts that asks it.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body as Bytes;
use axum::http::{HeaderMap, Request, StatusCode};
use heng_office::founding::{Founding, found};
use heng_office::{Desk, Moment, Office, clock, fonts};
use heng_portal::{Portal, router};
use heng_rule::{Record, Words};
use heng_statement::body::{Correction, CorrectionKind};
use heng_statement::{Body, Statement, Suite};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// The password of every account here.
const PASSWORD: &str = "sixteen signs are enough";

/// A founded store and its service.
pub struct City {
    pub folder: tempfile::TempDir,
    desk: Desk,
    router: Router,
}

/// The store as it was founded. To found it takes seconds, to copy it does not.
static FOUNDED: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    drop(found(folder.path(), founding, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap());
    folder
});

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let copy = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            self::copy(&entry.path(), &copy);
        } else {
            std::fs::copy(entry.path(), copy).unwrap();
        }
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl City {
    pub fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(FOUNDED.path(), folder.path());
        let data = folder.path();
        let office = Arc::new(Office::open(data).unwrap());
        let desk = Desk::open(Arc::clone(&office), fonts::fonts(None).unwrap(), heng_office::ANCHOR).unwrap();
        let router = router(Arc::new(Portal::open(desk.refreshed(heng_office::ANCHOR).unwrap()).unwrap()));
        Self { folder, desk, router }
    }

    /// Reads who is who again.
    pub fn refresh(&mut self) {
        self.desk = self.desk.refreshed(heng_office::ANCHOR).unwrap();
    }

    pub fn office(&self) -> &Office {
        self.desk.office()
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The record of an example file.
    pub fn record(name: &str) -> Record {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/records").join(name);
        let read = heng_exchange::record::read_toml(&std::fs::read(path).unwrap());
        read.records.into_iter().next().unwrap().record
    }

    /// Somebody of the store, by identifier or name, with an account.
    pub fn member(&self, named: &str) -> String {
        let known =
            |party: &&heng_statement::Party| party.id == named || party.name.zh == named || party.name.en == named;
        let party = self.desk.parties().find(known).expect("the store knows them").id.clone();
        let account = format!("member{}", self.office().accounts().all().unwrap().len());
        self.office().accounts().add(&account, &party, PASSWORD).unwrap();
        account
    }

    /// The cookie of a session of an account.
    pub async fn session(&self, account: &str) -> String {
        let form = format!("name={account}&password={}", PASSWORD.replace(' ', "+"));
        let opened = self.fill("/sign-in", "", &form).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
        opened.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// Sends a filled form from our own page.
    pub async fn fill(&self, address: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(address).header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", cookie);
        self.ask(request.body(Bytes::from(form.to_owned())).unwrap()).await
    }

    /// A page as somebody who is signed in sees it.
    pub async fn page_of(&self, cookie: &str, address: &str) -> Answer {
        self.ask(Request::get(address).header("cookie", cookie).body(Bytes::empty()).unwrap()).await
    }

    /// Appends statements of parties of the store.
    pub fn says(&self, issuer: &str, about: &str, body: Body) {
        let statement = Statement::of(issuer, vec![about.to_owned()], clock::now(), body);
        self.office().append(vec![self.office().signed(&statement).unwrap()]).unwrap();
    }

    /// Certifies a record today.
    pub fn certified(&self, record: Record) -> String {
        let at = clock::now();
        match self.desk.issue(record, Moment { at, day: clock::day(at) }) {
            Ok(issued) => issued.certificate.number.clone(),
            Err(_) => panic!("the record must be certified"),
        }
    }

    /// Withdraws a certificate in the name of its laboratory.
    pub fn withdraw(&self, number: &str, reason: &str) {
        let office = self.office();
        let signed = office.store().certificate(number).unwrap().unwrap();
        let correction = Correction {
            statement: signed.hash(),
            kind: CorrectionKind::Withdrawn,
            replaced_by: None,
            reason: Words { zh: reason.to_owned(), en: reason.to_owned() },
            from: clock::day(clock::now()),
            decided_by: None,
        };
        let statement = Statement::of(
            &signed.statement.issuer,
            signed.statement.about.clone(),
            clock::now(),
            Body::Correct(correction),
        )
        .citing(vec![signed.hash()]);
        office.append(vec![office.signed(&statement).unwrap()]).unwrap();
    }

    pub async fn ask(&self, request: Request<Bytes>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn page(&self, address: &str) -> Answer {
        self.ask(Request::get(address).body(Bytes::empty()).unwrap()).await
    }

    /// Sends files as a browser's form does.
    pub async fn send(&self, address: &str, files: &[(&str, &[u8])]) -> Answer {
        self.send_as("", address, files).await
    }

    /// Sends files as somebody who is signed in does, from our own page.
    pub async fn send_as(&self, cookie: &str, address: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, bytes) in files {
            body.extend_from_slice(
                format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--b--\r\n");
        let request = Request::post(address).header("content-type", "multipart/form-data; boundary=b");
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", cookie);
        self.ask(request.body(Bytes::from(body)).unwrap()).await
    }
}
