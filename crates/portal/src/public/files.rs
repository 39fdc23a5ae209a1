//! A certificate's files as they are handed out: the documents as signed, the PDFs with the proof of now, and the proof by itself.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use heng_office::handout;
use heng_statement::{Body, Document};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::facts::certificate::CertificateFacts;
use crate::frame::address;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::check::found;
use crate::router::read;
use crate::visit::Visit;

/// The page of a certificate brings its own style and its pictures within itself, and may do nothing else.
const POLICY_OF_PAPER: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                               form-action 'none'; frame-ancestors 'none'; sandbox";

/// `/certificate/{number}/{file}`
pub(crate) async fn file(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let signed = found(portal, &number)?;
        let Body::Cert(certificate) = &signed.statement.body else { return Err(Problem::no_page()) };
        if !portal.hands_out(&visit, &signed.statement)? {
            return Err(not_public(&visit, &certificate.number));
        }
        if file == format!("{}.heng", certificate.number) {
            let bytes = portal.office().bundle(&signed.hash())?;
            return Ok(handed_out(&file, "application/octet-stream", bytes));
        }
        let missing = |code| Problem::new(StatusCode::NOT_FOUND, code).with("file", &file);
        let document = certificate.documents.iter().find(|document| document.name == file);
        let Document { name, media_type, sha256, .. } = document.ok_or_else(|| missing("no-document"))?;
        let bytes = portal.store().blob(sha256)?.ok_or_else(|| missing("lost-document"))?;
        let bytes = if media_type == "application/pdf" {
            let documents = vec![(name.clone(), bytes)];
            let mut files = handout::with_bundle(portal.office(), &certificate.number, &signed.hash(), documents)?;
            files.swap_remove(0).1
        } else {
            bytes
        };
        Ok(handed_out(name, media_type, bytes))
    })
    .await
}

/// The names and addresses of the files that the visitor may have: the documents as signed, and the proof by itself.
pub(crate) fn files(facts: &CertificateFacts) -> Vec<(String, String)> {
    let certificate = &facts.certificate;
    let page = address("/certificate/", &certificate.number);
    let bundle = format!("{}.heng", certificate.number);
    let names = certificate.documents.iter().map(|document| &document.name).chain([&bundle]);
    let names = names.filter(|_| facts.is_handed_out);
    names.map(|name| (name.clone(), address(&format!("{page}/"), name))).collect()
}

/// The files of a certificate name its client and its people.
fn not_public(visit: &Visit, number: &str) -> Problem {
    let (status, code) = match visit.person() {
        None => (StatusCode::UNAUTHORIZED, "file-not-public"),
        Some(_) => (StatusCode::FORBIDDEN, "file-of-others"),
    };
    Problem::new(status, code).with("number", number)
}

/// What a browser can show is shown; the rest is saved. RFC 6266 names the file in any script.
pub(crate) fn handed_out(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let how = if matches!(media_type, "application/pdf" | "text/html") { "inline" } else { "attachment" };
    let disposition = format!("{how}; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    let media_type = match media_type {
        "text/html" => "text/html; charset=utf-8",
        other => other,
    };
    let headers =
        [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, &disposition), (CONTENT_SECURITY_POLICY, POLICY_OF_PAPER)];
    (headers, bytes).into_response()
}
