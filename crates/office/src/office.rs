//! A store with the keys of those who work with it: appends statements and writes bundles.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heng_checker::bundle::encoded;
use heng_checker::policy::{Anchor, LogKey};
use heng_checker::{Dossier, Included, Policy, Sources, gathered};
use heng_evidence::{Checkpoint, KeyKind, VerifierKey};
use heng_statement::body::{CertificateStanding, StandingReport};
use heng_statement::{Body, RoundStep, SignedStatement, SigningKey, Statement, StatementHash, sign_owned};
use heng_store::{Appender, LocalDisk, Question, Settings, Store};

use crate::accounts::Accounts;
use crate::drafts::Drafts;
use crate::files::write;
use crate::keys::Keys;
use crate::origin;
use crate::receipts::Receipts;
use crate::sealed::Sealed;
use crate::{Failure, clock};

/// The party whose key signs checkpoints.
pub const LOG: &str = "party:log";

/// Who was introduced and what was corrected: asked of the index, or of what followed the log.
pub struct Known<'a> {
    /// The statements that introduce a party, its keys and its authorizations.
    pub introductions: &'a dyn Fn(&str) -> Vec<StatementHash>,
    /// The corrections that name a statement.
    pub corrections: &'a dyn Fn(&StatementHash) -> Vec<StatementHash>,
}

/// A store, open for work.
pub struct Office {
    data: PathBuf,
    appender: Appender,
    keys: Keys,
    log_key: Arc<SigningKey>,
    accounts: Accounts,
    drafts: Drafts,
    sealed: Sealed,
    receipts: Receipts,
    origin: String,
}

impl Office {
    /// Lays out an empty store whose checkpoints this key signs. It is this process's alone, and not sure to be durable, until it is settled.
    pub fn create(data: &Path, log_key: &Arc<SigningKey>) -> Result<Self, Failure> {
        let id = log_key.key_id().to_string();
        // The name tells two logs apart that were made on different days by the same command.
        let origin = format!("heng.example/log/{}", id.get(..12).unwrap_or(&id));
        let disk = Arc::new(LocalDisk::late(data).map_err(|error| Failure::writing(data, error))?);
        Store::create_on(&*disk, data, &origin).map_err(|error| Failure::of_store(data, error))?;
        let keys = Keys::at_founding(data);
        keys.keep(LOG, log_key)?;
        Self::open_with(data, keys, Settings { disk, ..Settings::default() })
    }

    /// Makes durable what was laid out so far; from now on every statement is, once it is appended.
    pub fn settle(&self) -> Result<(), Failure> {
        self.keys.let_go();
        self.appender.settle().map_err(|error| Failure::of_store(&self.data, error))
    }

    /// Opens a store for work.
    pub fn open(data: &Path) -> Result<Self, Failure> {
        Self::open_with(data, Keys::of(data), Settings::default())
    }

    fn open_with(data: &Path, keys: Keys, settings: Settings) -> Result<Self, Failure> {
        let log_key = keys.key(LOG)?;
        let signer = Arc::clone(&log_key);
        let signed = move |checkpoint: Checkpoint| {
            let name = verifier_key(&checkpoint.origin, &signer)?;
            Ok(checkpoint.signed(&name, |message| signer.sign(message))?)
        };
        let appender =
            Appender::open_with(data, Box::new(signed), settings).map_err(|error| Failure::of_store(data, error))?;
        Ok(Self {
            data: data.to_path_buf(),
            appender,
            keys,
            log_key,
            accounts: Accounts::of(data),
            drafts: Drafts::of(data),
            sealed: Sealed::of(data),
            receipts: Receipts::of(data),
            origin: origin::read(data)?,
        })
    }

    /// The store, for reading.
    pub fn store(&self) -> &Store {
        self.appender.store()
    }

    /// How many statements the log has.
    pub fn size(&self) -> u64 {
        self.appender.size()
    }

    /// The keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Where the service of this store is found: what a certificate's QR code begins with.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The accounts.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    /// The drafts.
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// The receipts of a demonstration.
    pub fn receipts(&self) -> &Receipts {
        &self.receipts
    }

    /// What was sealed and is not opened yet.
    pub fn sealed(&self) -> &Sealed {
        &self.sealed
    }

    /// Signs a statement with its issuer's key; does not append it.
    pub fn signed(&self, statement: &Statement) -> Result<SignedStatement, Failure> {
        self.signed_owned(statement.clone())
    }

    /// The same of a statement that nobody needs besides.
    pub fn signed_owned(&self, statement: Statement) -> Result<SignedStatement, Failure> {
        let issuer = statement.issuer.clone();
        let key = self.keys.key(&issuer)?;
        sign_owned(statement, &key)
            .map_err(|error| Failure::new("error-signing").with("party", issuer).with("reason", error))
    }

    /// Appends statements; when it returns they are durable.
    pub fn append(&self, statements: Vec<SignedStatement>) -> Result<(), Failure> {
        self.appender.append(statements).map(|_| ()).map_err(|error| Failure::of_store(&self.data, error))
    }

    /// Keeps documents; when it returns they are durable.
    pub fn keep(&self, documents: &[&[u8]]) -> Result<(), Failure> {
        self.appender.keep(documents).map(|_| ()).map_err(|error| Failure::of_store(&self.data, error))
    }

    /// A policy that trusts this store's authority and its log.
    pub fn policy(&self, authority: &str) -> Result<Policy, Failure> {
        let anchor = Anchor {
            party: authority.to_owned(),
            public_key: encoded(self.keys.key(authority)?.public_key().to_spki_der()),
        };
        let log = LogKey {
            origin: self.store().origin().to_owned(),
            public_key: encoded(self.log_key.public_key().to_spki_der()),
        };
        Ok(Policy::new(anchor, log))
    }

    /// Writes the policy file of this store.
    pub fn write_policy(&self, policy: &Policy) -> Result<PathBuf, Failure> {
        let path = self.data.join("policy.toml");
        let text = policy.to_text().map_err(|error| Failure::writing(&path, error))?;
        write(&path, text.as_bytes())?;
        Ok(path)
    }

    /// The bundle of a certificate, as of the checkpoint of now.
    pub fn bundle(&self, certificate: &StatementHash) -> Result<Vec<u8>, Failure> {
        let store = self.store();
        let known = Known {
            introductions: &|party| hashes(store.entries(Question::About(party)), &["party", "key", "auth"]),
            // Of a round the steps are known by what they cite, as corrections are.
            corrections: &|hash| hashes(store.citing(hash), &["correct", "comp"]),
        };
        let bundle = self.dossier(certificate, &known)?.bundle();
        let bundle = bundle.ok_or_else(|| Failure::new("error-bundle").with("reason", "a proof is missing"))?;
        bundle.to_bytes().map_err(|error| Failure::new("error-bundle").with("reason", error))
    }

    /// The certificate with everything that proves it, as of the checkpoint of now.
    pub fn dossier(&self, certificate: &StatementHash, known: &Known<'_>) -> Result<Dossier, Failure> {
        let store = self.store();
        let failed = |error: heng_store::Error| Failure::of_store(&self.data, error);
        // What cannot be read must not look like what was never said.
        let unread = RefCell::new(None);
        let places = RefCell::new(BTreeMap::new());
        let gathered = gathered(
            certificate,
            &Sources {
                statement: &|hash| {
                    let placed = found(&unread, store.placed(hash))?;
                    places.borrow_mut().insert(hash.clone(), placed.index);
                    Some(placed.signed)
                },
                about_party: known.introductions,
                corrections: known.corrections,
                text: &|sha256| found(&unread, store.document(sha256)),
            },
        );
        if let Some(error) = unread.into_inner() {
            return Err(failed(error));
        }
        let places = places.into_inner();
        let index =
            *places.get(certificate).ok_or_else(|| Failure::new("error-not-in-log").with("statement", certificate))?;
        let checkpoint = store.checkpoint().map_err(failed)?;
        let entries: Vec<(u64, [u8; 32])> = gathered
            .statements
            .iter()
            .filter_map(|(hash, signed)| Some((*places.get(hash)?, signed.hash_bytes())))
            .collect();
        let proofs = store
            .inclusions(entries.iter().map(|(index, hash)| (*index, hash)), checkpoint.checkpoint())
            .map_err(failed)?;
        let standing = self.standing(checkpoint.checkpoint(), &gathered.statements)?;
        let statements = gathered
            .statements
            .into_iter()
            .zip(proofs)
            .map(|((hash, signed), proof)| (hash, Included { signed, index: proof.leaf_index, path: Some(proof.path) }))
            .collect();
        let key_id = self.log_key.key_id();
        let receipt = store
            .receipt(index, self.log_key.suite().cose_algorithm(), &key_id.0, |message| self.log_key.sign(message))
            .map_err(failed)?;
        Ok(Dossier {
            certificate: certificate.clone(),
            checkpoint: Some(checkpoint),
            receipt: Some(receipt),
            standing: Some(standing),
            statements,
            texts: gathered.texts,
        })
    }

    /// What the log says of the standing of every certificate among these statements.
    fn standing(
        &self,
        checkpoint: &Checkpoint,
        statements: &BTreeMap<StatementHash, Arc<SignedStatement>>,
    ) -> Result<SignedStatement, Failure> {
        let corrected_by = |hash: &StatementHash| {
            statements.iter().find_map(|(by, signed)| match &signed.statement.body {
                Body::Correct(correction) if correction.statement == *hash => Some(by.clone()),
                _ => None,
            })
        };
        let certificates = statements
            .iter()
            .filter(|(_, signed)| can_be_withdrawn(&signed.statement.body))
            .map(|(hash, _)| CertificateStanding { statement: hash.clone(), corrected_by: corrected_by(hash) })
            .collect();
        let report = StandingReport {
            origin: checkpoint.origin.clone(),
            tree_size: checkpoint.size,
            root: hex::encode(checkpoint.root),
            certificates,
        };
        let statement = Statement::of(LOG, vec![checkpoint.origin.clone()], clock::now(), Body::Publish(report));
        self.signed(&statement)
    }
}

/// What a reader asks whether it still stands: certificates, seals of readings, and of rounds the announcement and the report.
fn can_be_withdrawn(body: &Body) -> bool {
    match body {
        Body::Cert(_) | Body::Stream(_) => true,
        Body::Comp(step) => matches!(**step, RoundStep::Announcement(_) | RoundStep::Report(_)),
        _ => false,
    }
}

/// The log's key under the name that it signs checkpoints with.
pub fn verifier_key(origin: &str, key: &SigningKey) -> Result<VerifierKey, Box<dyn std::error::Error + Send + Sync>> {
    let bytes = key.public_key().ed25519_bytes().ok_or("the log's key must be of the suite ed25519")?;
    Ok(VerifierKey::new(origin, KeyKind::Ed25519, bytes)?)
}

/// What was found; an error is kept, the first of them.
fn found<T>(unread: &RefCell<Option<heng_store::Error>>, found: Result<Option<T>, heng_store::Error>) -> Option<T> {
    found.unwrap_or_else(|error| {
        unread.borrow_mut().get_or_insert(error);
        None
    })
}

fn hashes(entries: Result<Vec<heng_store::Entry>, heng_store::Error>, kinds: &[&str]) -> Vec<StatementHash> {
    let entries = entries.unwrap_or_default();
    entries.into_iter().filter(|entry| kinds.contains(&entry.kind.as_str())).map(|entry| entry.hash).collect()
}
