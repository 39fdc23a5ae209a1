//! What kind of file was handed in, and which bundle it belongs to.

use heng_exchange::{dcc, pdf};
use heng_quantity::Finding;

use crate::budget_file::BudgetFile;
use crate::bundle::Bundle;
use crate::reading_proof::ReadingProof;

/// A file as handed in.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A file that is no document of the kinds that can be checked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is no bundle, PDF or XML that can be checked: {reason}")]
pub struct Unreadable {
    /// The file.
    pub name: String,
    /// What the reader said.
    pub reason: String,
}

/// A file, as far as it was understood.
pub(crate) enum Kind {
    /// A bundle.
    Bundle(Box<Bundle>),
    /// Results with their budgets.
    Budget(Box<BudgetFile>),
    /// A reading of a meter with its proof.
    Reading(Box<ReadingProof>),
    /// A PDF exactly as issued: the rendered bytes and the bundle appended to them.
    IssuedPdf {
        /// How many of the file's bytes the certificate's hash covers.
        length: usize,
        /// The bundle.
        bundle: Box<Bundle>,
    },
    /// A PDF with a bundle inside, but not the bytes that were issued.
    AlteredPdf(Box<Bundle>),
    /// A PDF that carries no proof.
    BarePdf,
    /// A digital calibration certificate.
    Dcc(Box<dcc::Read>),
    /// A web page.
    Html,
    /// A table or other data beside a report, of this media type: what it says is not read, its bytes are compared.
    Data(&'static str),
}

/// Looks at the bytes, not at the name.
pub(crate) fn kind(given: &Given<'_>) -> Result<Kind, Unreadable> {
    let unreadable = |reason: String| Unreadable { name: given.name.to_owned(), reason };
    let bytes = given.bytes;
    if bytes.starts_with(b"%PDF-") {
        return Ok(pdf_kind(bytes));
    }
    if BudgetFile::is_one(bytes) {
        let file = BudgetFile::parse(bytes).map_err(|finding| unreadable(reason(&finding)))?;
        return Ok(Kind::Budget(Box::new(file)));
    }
    if ReadingProof::is_one(bytes) {
        let proof = ReadingProof::parse(bytes).map_err(|error| unreadable(error.to_string()))?;
        return Ok(Kind::Reading(Box::new(proof)));
    }
    if bytes.starts_with(b"{") {
        return match Bundle::parse(bytes) {
            Ok(bundle) => Ok(Kind::Bundle(Box::new(bundle))),
            Err(_) if is_of_a_report(bytes) => Ok(Kind::Data("application/json")),
            Err(error) => Err(unreadable(error.to_string())),
        };
    }
    if bytes.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype")) && has_html_root(bytes) {
        return Ok(Kind::Html);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Data("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
    }
    if bytes.strip_prefix(b"\xef\xbb\xbf").is_some_and(|rest| !rest.trim_ascii_start().starts_with(b"<")) {
        return Ok(Kind::Data("text/csv"));
    }
    dcc::read(bytes).map(|read| Kind::Dcc(Box::new(read))).map_err(|error| unreadable(error.to_string()))
}

/// Whether a JSON file says that it was handed out with the report of a plan.
fn is_of_a_report(bytes: &[u8]) -> bool {
    let formats = ["heng-plan-report/1", "heng-plan-fields/1"].map(|format| format!("\"format\": \"{format}\""));
    std::str::from_utf8(bytes).is_ok_and(|text| formats.iter().any(|format| text.contains(format.as_str())))
}

/// A finding where only a text can be given.
fn reason(finding: &Finding) -> String {
    let mut reason = finding.code.clone();
    for (name, value) in &finding.data {
        reason.push_str(&format!(", {name}: {value}"));
    }
    reason
}

fn has_html_root(bytes: &[u8]) -> bool {
    bytes
        .get(9..)
        .is_some_and(|rest| rest.trim_ascii_start().get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"html")))
}

fn pdf_kind(bytes: &[u8]) -> Kind {
    if let Some(split) = pdf::split(bytes)
        && let Ok(bundle) = Bundle::parse(&split.bundle)
    {
        return Kind::IssuedPdf { length: split.base.len(), bundle: Box::new(bundle) };
    }
    let attached = pdf::attachments(bytes);
    let bundle = attached.files.iter().find_map(|attachment| Bundle::parse(&attachment.bytes).ok());
    bundle.map_or(Kind::BarePdf, |bundle| Kind::AlteredPdf(Box::new(bundle)))
}
