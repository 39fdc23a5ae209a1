//! From one record to a certificate: measured, computed, rendered, reviewed, signed, logged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use heng_checker::facts::all_standard_facts;
use heng_exchange::dcc;
use heng_exchange::document::{Above, Renderer, Step, html};
use heng_quantity::Finding;
use heng_rule::{Record, Refusal, RuleReference, RuleSet, Words as Text};
use heng_statement::authority::{Anchor, Authority};
use heng_statement::{Authorization, Body, Certificate, Document, Party, SignedStatement, StandardUsed, StatementHash};
use heng_store::Question;
use heng_supervision::certification::{self, standard_used};
use heng_supervision::gates::{self, StandardCertificate};
use heng_supervision::{Draft, Grounds, Issue, Person, party_named};
use heng_view::Standing;
use heng_wording::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::handout::{self, File};
use crate::numbers::Numbers;
use crate::parallel::each;
use crate::{Failure, Office};

/// Certificates of standards that are kept in memory at once.
const MOST_READ: usize = 512;

/// Everything that issuing needs, opened once for many records.
pub struct Desk {
    pub(crate) office: Arc<Office>,
    rules: Arc<RuleSet>,
    renderer: Arc<Renderer>,
    pub(crate) parties: BTreeMap<String, Party>,
    pub(crate) authority: Authority,
    /// The number of the paper that each party's authorization stands on.
    authorization_numbers: BTreeMap<String, String>,
    numbers: Arc<Numbers>,
    /// Certificates of standards that were read lately.
    read: Arc<Mutex<BTreeMap<StatementHash, Arc<Certificate>>>>,
    /// The publications of rules that were found: a publication stays in the log.
    published: Arc<Mutex<Vec<(RuleReference, StatementHash)>>>,
    /// One at a time reviews, so that no record is certified twice.
    pub(crate) reviewing: Arc<Mutex<()>>,
}

/// What a record would be certified as.
pub struct Foreseen {
    /// The content, without a number.
    pub certificate: Certificate,
    /// What the rule says of the record besides.
    pub findings: Vec<Finding>,
    record: Record,
    reviewer: String,
    laboratory: String,
}

/// A certificate whose documents are still to be made.
pub struct Prepared {
    certificate: Certificate,
    meas: SignedStatement,
    reviewer: String,
    laboratory: String,
    findings: Vec<Finding>,
}

/// A certificate with its documents, still to be signed.
pub struct Rendered {
    prepared: Prepared,
    files: Vec<File>,
}

/// A certificate that was issued.
pub struct Issued {
    /// Its content.
    pub certificate: Certificate,
    /// What the rule says of the record besides: items that were not due, or left out where that is allowed.
    pub findings: Vec<Finding>,
    hash: StatementHash,
    files: Vec<File>,
}

/// Why a record gave no certificate.
pub enum Refused {
    /// The rule or a gate forbids it.
    Refusals(Vec<Refusal>),
    /// It could not be done for this record; others may do.
    Failure(Failure),
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// When the steps are said to happen.
#[derive(Clone, Copy)]
pub struct Moment {
    /// The instant of the signatures.
    pub at: Timestamp,
    /// The legal day of issue.
    pub day: Date,
}

impl Desk {
    /// Reads who is who, and which key is whose.
    pub fn open(office: Arc<Office>, fonts: Vec<Vec<u8>>, anchor: &str) -> Result<Self, Failure> {
        let rules = heng_rule::builtin().map_err(|error| Failure::new("error-founding").with("reason", error))?;
        let renderer = Renderer::new(fonts)
            .map_err(|error| Failure::new("error-rendering").with("number", "–").with("reason", error))?;
        let Introduced { parties, authority, authorization_numbers } = introduced(&office, anchor)?;
        Ok(Self {
            office,
            rules: Arc::new(rules),
            renderer: Arc::new(renderer),
            parties,
            authority,
            authorization_numbers,
            numbers: Arc::default(),
            read: Arc::default(),
            published: Arc::default(),
            reviewing: Arc::default(),
        })
    }

    /// The same desk, who is who read again: after somebody was introduced, authorized or corrected.
    pub fn refreshed(&self, anchor: &str) -> Result<Self, Failure> {
        let Introduced { parties, authority, authorization_numbers } = introduced(&self.office, anchor)?;
        Ok(Self {
            office: Arc::clone(&self.office),
            rules: Arc::clone(&self.rules),
            renderer: Arc::clone(&self.renderer),
            parties,
            authority,
            authorization_numbers,
            numbers: Arc::clone(&self.numbers),
            read: Arc::clone(&self.read),
            published: Arc::clone(&self.published),
            reviewing: Arc::clone(&self.reviewing),
        })
    }

    /// The store that the desk works with.
    pub fn office(&self) -> &Office {
        &self.office
    }

    /// The rules that are applied.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The party that a record means.
    fn party(&self, named: &str) -> Result<&Party, Refused> {
        if let Some(party) = self.parties.get(named) {
            return Ok(party);
        }
        party_named(self.parties.values(), named).map_err(|finding| {
            let mut refusal = Refusal::new(&finding.code);
            refusal.data = finding.data;
            Refused::Refusals(vec![refusal])
        })
    }

    /// Issues one certificate.
    pub fn issue(&self, record: Record, moment: Moment) -> Result<Issued, Refused> {
        let rendered = self.rendered(self.prepared(record, moment)?)?;
        let issued = self.issued(vec![rendered], moment)?;
        issued.into_iter().next().unwrap_or_else(|| Err(Refused::Refusals(Vec::new())))
    }

    /// Everything that needs no picture: the record is evaluated, the gates are asked, the record is signed. Only then is there a number.
    pub fn prepared(&self, record: Record, moment: Moment) -> Result<Prepared, Refused> {
        if let Some(number) = &record.number {
            self.numbers.usable(self.office.store(), number).map_err(Refused::Failure)?;
        }
        let foreseen = self.foreseen(record, moment)?;
        let meas = self.measured(&foreseen, moment)?;
        Ok(self.numbered(foreseen, meas, moment))
    }

    /// What a record would be certified as, before anyone signs anything.
    pub fn foreseen(&self, mut record: Record, moment: Moment) -> Result<Foreseen, Refused> {
        let rule = self.rules.rule(&record.rule).ok_or_else(|| {
            let known: Vec<&str> = self.rules.iter().map(|rule| rule.id()).collect();
            Refused::Failure(
                Failure::new("error-rule-unknown").with("rule", &record.rule).with("known", known.join(" ")),
            )
        })?;
        let verifier = self.party(&record.verifier)?.clone();
        let reviewer = self.party(&record.reviewer)?.clone();
        record.verifier.clone_from(&verifier.id);
        record.reviewer.clone_from(&reviewer.id);
        let laboratory = verifier.of.as_deref().and_then(|id| self.parties.get(id)).unwrap_or(&verifier).clone();
        let standards = self.standards(&record)?;
        let (certificate, findings) =
            self.draft(&record, rule, standards, &laboratory, (&verifier, &reviewer), moment)?;
        let persons = (verifier.id.as_str(), reviewer.id.as_str());
        let find = |hash: &StatementHash| self.standard_certificate(hash);
        refuse(gates::refusals_beforehand(&self.authority, &certificate, persons, &laboratory.id, &find))?;
        Ok(Foreseen { certificate, findings, record, reviewer: reviewer.id, laboratory: laboratory.id })
    }

    /// The record, signed by who measured.
    pub(crate) fn measured(&self, foreseen: &Foreseen, moment: Moment) -> Result<SignedStatement, Refused> {
        let Foreseen { record, certificate, .. } = foreseen;
        let verifier = record.verifier.clone();
        Ok(self.signed(certification::measurement(record.clone(), &verifier, moment.at, &certificate.rule))?)
    }

    /// With its number and its address.
    pub(crate) fn numbered(&self, foreseen: Foreseen, meas: SignedStatement, moment: Moment) -> Prepared {
        let Foreseen { mut certificate, findings, record, reviewer, laboratory } = foreseen;
        certificate.number = self.numbers.number(self.office.store(), &record, &certificate.rule.norm, moment.day);
        certificate.check_address = format!("{}/check/{}", self.office.origin(), certificate.number);
        Prepared { certificate, meas, reviewer, laboratory, findings }
    }

    /// Only the XML, which is the certificate's digital original: for many certificates at once, whose paper copies nobody has asked for.
    pub fn with_xml_only(&self, mut prepared: Prepared) -> Rendered {
        let certificate = &mut prepared.certificate;
        let xml = dcc::write(certificate);
        let name = format!("{}.xml", certificate.number);
        certificate.documents = vec![document(&name, "application/xml", &xml)];
        Rendered { prepared, files: vec![(name, xml)] }
    }

    /// The renderings, with their hashes in the certificate. Nothing is written; many threads may do this at once.
    pub fn rendered(&self, prepared: Prepared) -> Result<Rendered, Failure> {
        let (certificate, files) = self.renderings(prepared.certificate.clone())?;
        Ok(Rendered { prepared: Prepared { certificate, ..prepared }, files })
    }

    /// Reviews, signs and appends a batch: when this returns, all of it that was not refused is durable.
    pub fn issued(&self, batch: Vec<Rendered>, moment: Moment) -> Result<Vec<Result<Issued, Refused>>, Failure> {
        self.issued_at(batch.into_iter().map(|rendered| (rendered, moment)).collect())
    }

    /// The same, each at its own moment. The signing goes on all cores; the batch is durable with one sync.
    pub fn issued_at(&self, batch: Vec<(Rendered, Moment)>) -> Result<Vec<Result<Issued, Refused>>, Failure> {
        let (results, statements) = self.signed_at(batch);
        self.logged(results.iter().flatten(), statements)?;
        Ok(results)
    }

    /// What is issued once its statements are logged: nobody may hear of it before.
    pub(crate) fn signed_at(
        &self,
        batch: Vec<(Rendered, Moment)>,
    ) -> (Vec<Result<Issued, Refused>>, Vec<SignedStatement>) {
        let signed = each(batch, |(rendered, moment)| {
            let signed = self.certified(&rendered.prepared, moment);
            (rendered, signed)
        });
        let mut results = Vec::new();
        let mut statements = Vec::new();
        for (rendered, signed) in signed {
            results.push(signed.map(|(review, cert)| {
                let hash = cert.hash();
                let Rendered { prepared, files } = rendered;
                statements.extend((!is_logged(&self.office, &prepared.meas)).then_some(prepared.meas));
                statements.extend([review, cert]);
                Issued { certificate: prepared.certificate, findings: prepared.findings, hash, files }
            }));
        }
        (results, statements)
    }

    /// Keeps the documents of a batch and appends its statements.
    pub(crate) fn logged<'a>(
        &self,
        issued: impl Iterator<Item = &'a Issued>,
        statements: Vec<SignedStatement>,
    ) -> Result<(), Failure> {
        let documents = issued.flat_map(|issued| &issued.files);
        self.office.keep(&documents.map(|(_, bytes)| bytes.as_slice()).collect::<Vec<&[u8]>>())?;
        self.office.append(statements)
    }

    /// The second person's review and the laboratory's certificate, signed.
    fn certified(&self, prepared: &Prepared, moment: Moment) -> Result<(SignedStatement, SignedStatement), Refused> {
        let Prepared { certificate, meas, reviewer, laboratory, .. } = prepared;
        let find = |hash: &StatementHash| self.standard_certificate(hash);
        let failed = |error: heng_statement::canonical::CanonicalError| {
            Failure::new("error-signing").with("party", reviewer).with("reason", error)
        };
        let hashed = certificate.hashed().map_err(failed)?;
        let review = self.signed(certification::review(&hashed, reviewer, moment.at, meas.hash()))?;
        let issue = Issue {
            authority: &self.authority,
            record: meas,
            review: &review,
            certificate: &hashed,
            laboratory,
            standards: &find,
        };
        refuse(gates::refusals(issue))?;
        let grounds = Grounds {
            measurement: meas.hash(),
            review: review.hash(),
            rule: self.publication(certificate)?,
            entitlements: Vec::new(),
        };
        let cert = self.signed(certification::issue(certificate.clone(), laboratory, moment.at, grounds))?;
        Ok((review, cert))
    }

    fn signed(&self, statement: heng_statement::Statement) -> Result<SignedStatement, Failure> {
        self.office.signed_owned(statement)
    }

    fn draft(
        &self,
        record: &Record,
        rule: &heng_rule::Rule,
        standards: Vec<StandardUsed>,
        laboratory: &Party,
        (verifier, reviewer): (&Party, &Party),
        moment: Moment,
    ) -> Result<(Certificate, Vec<Finding>), Refused> {
        let person = |party: &Party| Person { id: party.id.clone(), name: party.name.clone() };
        let mut draft = Draft {
            check_address: String::new(),
            number: String::new(),
            record,
            rule: rule.reference(),
            environment: Vec::new(),
            results: Vec::new(),
            verdict: None,
            valid_through: None,
            laboratory: heng_rule::Organisation {
                name: laboratory.name.clone(),
                id: Some(laboratory.id.clone()),
                address: laboratory.address.clone(),
            },
            authorization_number: self.authorization_numbers.get(&laboratory.id).cloned(),
            issued_on: moment.day,
            standards,
            verifier: person(verifier),
            reviewer: person(reviewer),
            disseminates: Vec::new(),
        };
        let outline = certification::certificate(draft.clone());
        let facts = all_standard_facts(&outline, &|hash| self.certificate(hash));
        let evaluated = rule.evaluate(record, &facts);
        refuse(gates::cited(evaluated.refusals))?;
        draft.environment = evaluated.environment;
        draft.results = evaluated.results;
        draft.verdict = evaluated.verdict;
        draft.valid_through = evaluated.valid_through;
        draft.disseminates = evaluated.disseminates;
        Ok((certification::certificate(draft), evaluated.findings))
    }

    /// The certificate of a standard. Its hash is its content, so what was read once is read for ever.
    fn certificate(&self, hash: &StatementHash) -> Option<Arc<Certificate>> {
        if let Some(read) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Some(Arc::clone(read));
        }
        let Body::Cert(certificate) = self.office.store().statement(hash).ok()??.statement.body else { return None };
        let certificate: Arc<Certificate> = Arc::from(certificate);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.len() >= MOST_READ {
            read.clear();
        }
        read.insert(hash.clone(), Arc::clone(&certificate));
        Some(certificate)
    }

    fn standard_certificate(&self, hash: &StatementHash) -> Option<StandardCertificate> {
        let certificate = self.certificate(hash)?;
        let standing = match self.authority.correction(hash, certificate.valid_through.unwrap_or(Date::MAX)) {
            Some((by, correction)) => {
                Standing::Withdrawn { by: by.clone(), from: correction.from, reason: correction.reason.clone() }
            }
            None => Standing::InForce,
        };
        Some(StandardCertificate { certificate, standing })
    }

    /// The latest certificate of each standard on the day of the work.
    fn standards(&self, record: &Record) -> Result<Vec<StandardUsed>, Refused> {
        let mut used = Vec::new();
        for id in &record.standards {
            let missing = || Refused::Failure(Failure::new("error-no-standard").with("standard", id));
            let entries = self.office.store().entries(Question::About(id)).map_err(|_| missing())?;
            let found = entries.iter().rev().filter(|entry| entry.kind == "cert").find_map(|entry| {
                let certificate = self.certificate(&entry.hash)?;
                (certificate.performed_on <= record.performed_on).then_some((entry.hash.clone(), certificate))
            });
            let (hash, certificate) = found.ok_or_else(missing)?;
            let through = certificate.valid_through.unwrap_or(certificate.performed_on);
            used.push(standard_used(&certificate, &hash, range(&certificate), accuracy(&certificate), through));
        }
        Ok(used)
    }

    /// What the standards were themselves calibrated with, each followed once, up to the unit.
    fn follow(&self, used: &[StandardUsed], depth: u32, seen: &mut BTreeSet<StatementHash>, chain: &mut Vec<Step>) {
        for standard in used {
            let certificate = self.certificate(&standard.certificate_statement);
            let above = match &certificate {
                None => Above::Unknown,
                Some(certificate) if certificate.standards.is_empty() => Above::Unit,
                Some(_) => Above::Standards,
            };
            chain.push(Step { depth, standard: standard.clone(), above });
            if let Some(certificate) = certificate
                && seen.insert(standard.certificate_statement.clone())
            {
                self.follow(&certificate.standards, depth + 1, seen, chain);
            }
        }
    }

    /// The publication of the rule, as the log has it.
    fn publication(&self, certificate: &Certificate) -> Result<Option<StatementHash>, Failure> {
        let known = || self.published.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, hash)) = known().iter().find(|(rule, _)| *rule == certificate.rule) {
            return Ok(Some(hash.clone()));
        }
        let about = rule_id(&certificate.rule.id);
        let entries = self.office.store().entries(Question::About(&about));
        let entries = entries.map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
        let is_same = |hash: &StatementHash| match self.office.store().statement(hash).ok().flatten() {
            Some(SignedStatement { statement, .. }) => {
                matches!(statement.body, Body::Norm(publication) if publication.rule == certificate.rule)
            }
            None => false,
        };
        let found = entries.into_iter().map(|entry| entry.hash).find(is_same);
        known().extend(found.iter().map(|hash| (certificate.rule.clone(), hash.clone())));
        Ok(found)
    }

    /// All renderings, with their hashes in the certificate.
    fn renderings(&self, mut certificate: Certificate) -> Result<(Certificate, Vec<File>), Failure> {
        let number = certificate.number.clone();
        let failed = |error: &dyn std::fmt::Display| {
            Failure::new("error-rendering").with("number", &number).with("reason", error)
        };
        let xml = dcc::write(&certificate);
        let mut chain = Vec::new();
        self.follow(&certificate.standards, 1, &mut BTreeSet::new(), &mut chain);
        let pdf = |language| self.renderer.pdf(&certificate, &chain, &xml, language).map_err(|error| failed(&error));
        let rendered = vec![
            (format!("{number}.pdf"), "application/pdf", pdf(Language::Zh)?),
            (format!("{number}.en.pdf"), "application/pdf", pdf(Language::En)?),
            (format!("{number}.html"), "text/html", html(&certificate, &chain, Language::Zh).into_bytes()),
            (format!("{number}.en.html"), "text/html", html(&certificate, &chain, Language::En).into_bytes()),
            (format!("{number}.xml"), "application/xml", xml.clone()),
        ];
        certificate.documents =
            rendered.iter().map(|(name, media_type, bytes)| document(name, media_type, bytes)).collect();
        Ok((certificate, rendered.into_iter().map(|(name, _, bytes)| (name, bytes)).collect()))
    }

    /// The files as they are handed out: the PDFs with the proof attached, and the proof by itself.
    pub fn with_bundle(&self, issued: Issued) -> Result<Vec<File>, Failure> {
        let Issued { certificate, hash, files: rendered, .. } = issued;
        handout::with_bundle(&self.office, &certificate.number, &hash, rendered)
    }
}

/// A document as its certificate names it.
fn document(name: &str, media_type: &str, bytes: &[u8]) -> Document {
    Document {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        length: bytes.len() as u64,
    }
}

/// Whether a statement is durable already: a record that waited for its review.
fn is_logged(office: &Office, signed: &SignedStatement) -> bool {
    matches!(office.store().index_of(&signed.hash()), Ok(Some(_)))
}

/// Who is who, and what the statements prove about keys and authorizations.
struct Introduced {
    parties: BTreeMap<String, Party>,
    authority: Authority,
    authorization_numbers: BTreeMap<String, String>,
}

fn introduced(office: &Office, anchor: &str) -> Result<Introduced, Failure> {
    let store = office.store();
    let failed = |error| Failure::of_store(store.layout().folder(), error);
    let mut said: Vec<SignedStatement> = Vec::new();
    for kind in ["party", "key", "auth", "correct"] {
        for entry in store.entries(Question::OfKind(kind)).map_err(failed)? {
            said.extend(store.statement_at(entry.index).map_err(failed)?);
        }
    }
    let anchor = Anchor { party: anchor.to_owned(), key: office.keys().key(anchor)?.public_key().clone() };
    let mut authorization_numbers = BTreeMap::new();
    for signed in &said {
        if let Body::Auth(Authorization { party, number: Some(number), .. }) = &signed.statement.body {
            authorization_numbers.entry(party.clone()).or_insert_with(|| number.clone());
        }
    }
    let parties = office.parties()?.into_iter().map(|party| (party.id.clone(), party)).collect();
    Ok(Introduced { parties, authority: Authority::new(&said, &[anchor]), authorization_numbers })
}

/// What the statements of a store prove about keys and authorizations, for work that needs no desk.
pub fn authority(office: &Office, anchor: &str) -> Result<Authority, Failure> {
    introduced(office, anchor).map(|introduced| introduced.authority)
}

/// The thing that the publication of a rule is about.
pub fn rule_id(id: &str) -> String {
    format!("rule:{id}")
}

pub(crate) fn refuse(refusals: Vec<Refusal>) -> Result<(), Refused> {
    if refusals.is_empty() { Ok(()) } else { Err(Refused::Refusals(refusals)) }
}

fn range(certificate: &Certificate) -> Text {
    let ends = certificate.disseminates.first().zip(certificate.disseminates.last());
    let between = |joint: &str| {
        ends.map_or_else(String::new, |(first, last)| format!("{} {joint} {}", first.from.text(), last.to.text()))
    };
    Text { zh: between("～"), en: between("to") }
}

fn accuracy(certificate: &Certificate) -> Text {
    let u = |passed: &heng_rule::Dissemination| {
        let mut stated = passed.expanded_uncertainty.clone();
        stated.uncertainty = None;
        stated.text()
    };
    let of = |joint: &str| match certificate.disseminates.as_slice() {
        [] => String::new(),
        [only] => format!("U = {}", u(only)),
        [first, .., last] => format!("U = {} {joint} {}", u(first), u(last)),
    };
    Text { zh: of("～"), en: of("to") }
}
