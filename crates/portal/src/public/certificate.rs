//! A certificate's own page: its verdict, its results, why, what it rests on, and its files.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use heng_exchange::document::{code, sections_html};

use crate::facts::certificate::{CertificateFacts, certificate_facts};
use crate::facts::chain::{ChainFacts, Downwards, chain_facts, downwards};
use crate::frame::{Frame, Place, address, html};
use crate::picture::{self, Width};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::check::found;
use crate::public::files::files;
use crate::public::line::{VerdictLine, verdict_line};
use crate::public::why::{Why, why};
use crate::router::read;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "certificate.html")]
struct CertificatePage<'a> {
    frame: &'a Frame<'a>,
    facts: &'a CertificateFacts,
    kind: String,
    line: VerdictLine,
    why: Why,
    chain: ChainPart,
    below: Downwards,
    /// Escaped by the crate that made it.
    results: String,
    files: Vec<(String, String)>,
    /// Whether no copy for paper was made when it was issued.
    is_without_paper: bool,
    on_paper: OnPaper,
    check: String,
    thing: String,
    laboratory: Option<String>,
    statement: String,
}

/// What stands on the printed page so that it can be checked: the code of the address, and the log as it was when it was printed.
struct OnPaper {
    /// Drawn by the crate that made it.
    code: Option<String>,
    address: String,
    origin: String,
    size: String,
    root: String,
    on: String,
}

impl OnPaper {
    fn of(portal: &Portal, address: &str) -> Result<Self, Problem> {
        let signed = portal.store().checkpoint()?;
        let checkpoint = signed.checkpoint();
        Ok(Self {
            code: code(address),
            address: address.to_owned(),
            origin: checkpoint.origin.clone(),
            size: checkpoint.size.to_string(),
            root: hex::encode(checkpoint.root),
            on: portal.today().to_string(),
        })
    }
}

/// A chain as pictures and as a list.
pub(crate) struct ChainPart {
    pub(crate) facts: ChainFacts,
    pub(crate) desk: String,
    pub(crate) phone: String,
}

impl ChainPart {
    /// The chain above a certificate.
    pub(crate) fn of(
        portal: &Portal,
        statement: &heng_statement::StatementHash,
        visit: &Visit,
    ) -> Result<Self, Problem> {
        let facts = chain_facts(portal, visit, statement)?;
        let words = portal.words(visit.language());
        Ok(Self {
            desk: picture::chain(&facts, words, Width::Desk),
            phone: picture::chain(&facts, words, Width::Phone),
            facts,
        })
    }
}

/// `/certificate/{number}`
pub(crate) async fn certificate(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let signed = found(portal, number.trim())?;
        let facts = certificate_facts(portal, &visit, &signed)?.ok_or_else(Problem::no_page)?;
        let words = portal.words(visit.language());
        let content = &facts.certificate;
        let kind = words.say(kind_code(content.kind), &[]);
        let frame = Frame::new(portal, &visit, Place::Elsewhere, format!("{kind} {}", content.number));
        Ok(html(&CertificatePage {
            frame: &frame,
            kind,
            line: verdict_line(&facts, words),
            why: why(&facts, &signed.statement.cites, words),
            chain: ChainPart::of(portal, &facts.statement, &visit)?,
            below: downwards(portal, &facts.statement)?,
            results: sections_html(content, words),
            is_without_paper: !content.documents.iter().any(|document| document.media_type == "application/pdf"),
            on_paper: OnPaper::of(portal, &content.check_address)?,
            files: files(&facts),
            check: address("/check/", &content.number),
            thing: address("/thing/", content.instrument.id.as_deref().unwrap_or_default()),
            laboratory: content.laboratory.id.as_deref().map(|id| address("/thing/", id)),
            statement: address("/statement/", &facts.statement),
            facts: &facts,
        }))
    })
    .await
}

/// The word of a kind of certificate.
pub(crate) fn kind_code(kind: heng_statement::CertificateKind) -> &'static str {
    match kind {
        heng_statement::CertificateKind::Verification => "kind-verification",
        heng_statement::CertificateKind::RejectionNotice => "kind-rejection-notice",
        heng_statement::CertificateKind::Calibration => "kind-calibration",
    }
}
