//! What anyone may see of a statement, declared field by field; the rest is for those whom it concerns.
//!
//! The declaration is complete: a test walks the published schema, and a field that nobody declared is shown to nobody.

mod cut;
mod declaration;
mod filter;

use std::cell::RefCell;
use std::io;

use heng_rule::{Organisation, Words};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::body::PartyKind;
use crate::norm::NormStep;
use crate::plan::ForecastStep;
use crate::reading::TAG;
use crate::round::NamesPublished;
use crate::{Body, Certificate, CertificateKind, Party, RoundStep, Statement};
pub use cut::Cut;
pub use declaration::{CASES, DECLARATION, Declared, Field, field_of};
use filter::Public;

/// What anyone may see of something, as JSON, and which fields were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The public fields.
    pub content: Value,
    /// The fields that are not public, as JSON pointers into what was signed.
    pub not_public: Vec<String>,
}

/// The public part of a statement. `is_person` says whether a party is a natural person.
pub fn published(statement: &Statement, is_person: &dyn Fn(&str) -> bool) -> Result<Published, serde_json::Error> {
    of(statement, "statement", case(&statement.body, is_person))
}

/// The public part of a certificate, cut out of the payload of the statement that it is; nothing if it is none.
pub(crate) fn cut_certificate(payload: &[u8]) -> Option<Cut> {
    let body = cut::behind(payload, "body")?;
    let (cut, [tag, kind, disseminates]) = cut::cut(body, "cert", [TAG, "kind", "disseminates"])?;
    if tag != Some(br#""cert""#) {
        return None;
    }
    let says = |found: Option<&[u8]>, value: &str| found.is_none_or(|found| found == value.as_bytes());
    let is_own_matter = says(kind, r#""calibration""#) && says(disseminates, "[]");
    if is_own_matter { cut::cut(body, "cert.own", []).map(|(cut, [])| cut) } else { Some(cut) }
}

/// The public part of a body by itself.
pub fn published_body(body: &Body, is_person: &dyn Fn(&str) -> bool) -> Result<Published, serde_json::Error> {
    let case = case(body, is_person);
    of(body, case, case)
}

fn of(whole: &impl Serialize, kind: &str, body: &str) -> Result<Published, serde_json::Error> {
    let not_public = RefCell::default();
    let content = serde_json::to_value(Public::new(whole, kind, body, &not_public))?;
    Ok(Published { content, not_public: not_public.into_inner() })
}

impl Certificate {
    /// Writes what anyone may see of the certificate.
    pub fn serialize_public<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let kind = self.case();
        Public::new(self, kind, kind, &RefCell::default()).serialize(to)
    }

    /// The fields that are not public, as JSON pointers.
    pub fn not_public(&self) -> Vec<String> {
        left_out(self, self.case())
    }

    fn case(&self) -> &'static str {
        if self.is_own_matter() { "cert.own" } else { "cert" }
    }
}

impl Party {
    /// Writes what anyone may see of the party.
    pub fn serialize_public<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let kind = self.case();
        Public::new(self, kind, kind, &RefCell::default()).serialize(to)
    }

    /// The fields that are not public, as JSON pointers.
    pub fn not_public(&self) -> Vec<String> {
        left_out(self, self.case())
    }

    fn case(&self) -> &'static str {
        match self.kind {
            PartyKind::Person => "party.person",
            PartyKind::Organisation => "party.organisation",
            PartyKind::Authority
            | PartyKind::NationalInstitute
            | PartyKind::Laboratory
            | PartyKind::Log
            | PartyKind::Machine => "party",
        }
    }
}

fn left_out(whole: &impl Serialize, kind: &str) -> Vec<String> {
    let not_public = RefCell::default();
    // Nothing can fail where nothing is kept.
    match serde_json::to_writer(io::sink(), &Public::new(whole, kind, kind, &not_public)) {
        Ok(()) | Err(_) => not_public.into_inner(),
    }
}

/// Which declaration holds for a body.
fn case(body: &Body, is_person: &dyn Fn(&str) -> bool) -> &'static str {
    match body {
        Body::Party(party) => party.case(),
        Body::Key(_) => "key",
        Body::Auth(granted) if is_person(&granted.party) => "auth.person",
        Body::Auth(_) => "auth",
        Body::Reg(_) => "reg",
        Body::Req(_) => "req",
        Body::Meas(_) => "meas",
        Body::Assess(_) => "assess",
        Body::Cert(certificate) => certificate.case(),
        Body::Comp(step) => match &**step {
            RoundStep::Announcement(round) if round.names == NamesPublished::Codes => "compAnnouncement.codes",
            RoundStep::Announcement(_) => "compAnnouncement",
            RoundStep::Seal(_) => "compSeal",
            RoundStep::Opening(opening) if opening.names == NamesPublished::Codes => "compOpening.codes",
            RoundStep::Opening(_) => "compOpening",
            RoundStep::Report(_) => "compReport",
            RoundStep::CorrectiveAction(_) => "compCorrectiveAction",
            RoundStep::Closing(_) => "compClosing",
        },
        Body::Infer(_) => "infer",
        Body::Alert(_) => "alert",
        Body::Fix(_) => "fix",
        Body::Stream(_) => "stream",
        Body::Norm(_) => "norm",
        Body::Life(step) => match &**step {
            NormStep::Stage(_) => "lifeStage",
            NormStep::Feedback(_) => "lifeFeedback",
        },
        Body::Plan(_) => "plan",
        Body::Attest(_) => "attest",
        Body::Fcst(ForecastStep::Seal(_)) => "fcstSeal",
        Body::Fcst(ForecastStep::Observation(_)) => "fcstObservation",
        Body::Report(_) => "report",
        Body::Correct(_) => "correct",
        Body::Publish(_) => "publish",
    }
}

impl Certificate {
    /// Whether it is between the laboratory and its client alone: a calibration that passes no unit on.
    pub fn is_own_matter(&self) -> bool {
        self.kind == CertificateKind::Calibration && self.disseminates.is_empty()
    }

    /// The certificate as anyone may see it: what is not public is blank.
    pub fn published(&self) -> Self {
        let mut seen = self.clone();
        seen.client = Organisation { name: Words::default(), id: None, address: None };
        seen.place = Words::default();
        seen.remark = None;
        for signatory in &mut seen.signatories {
            signatory.name = Words::default();
        }
        if self.is_own_matter() {
            seen.results = Vec::new();
        }
        seen
    }
}

impl Party {
    /// The party as anyone may see it: what is not public is blank.
    pub fn published(&self) -> Self {
        let mut seen = self.clone();
        if matches!(self.kind, PartyKind::Person | PartyKind::Organisation) {
            seen.address = None;
        }
        if self.kind == PartyKind::Person {
            seen.name = Words::default();
        }
        seen
    }
}
