//! Drafts: field sheets that somebody is filling. They are nobody's statement yet; each is one file, whole and durable when saved.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use heng_rule::Occasion;
use heng_statement::StatementHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::files::make_folder;
use crate::keys::entropy;

/// The version of a draft's file.
const FORMAT: &str = "heng-draft/1";

/// A field sheet as far as it is filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    format: String,
    /// Its name, which nobody can guess.
    pub id: String,
    /// Goes up by one whenever it is saved.
    pub revision: u64,
    /// The instrument.
    pub thing: String,
    /// The rule.
    pub rule: String,
    /// The occasion.
    pub occasion: Occasion,
    /// What was typed into which field, as typed.
    pub values: BTreeMap<String, String>,
    /// Who fills it.
    pub by: String,
    /// The laboratory they work for.
    pub laboratory: String,
    /// Who is to review it, once chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// When it was last saved.
    pub changed_at: Timestamp,
    /// The record that was signed from it; from then on it is kept only for a review that sends it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<StatementHash>,
}

/// What a sheet is begun with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The instrument.
    pub thing: String,
    /// The rule.
    pub rule: String,
    /// The occasion.
    pub occasion: Occasion,
    /// Who fills it.
    pub by: String,
    /// The laboratory they work for.
    pub laboratory: String,
    /// What stands on it already, by field.
    pub values: BTreeMap<String, String>,
}

/// Why a draft was not saved.
#[derive(Debug)]
pub enum NotSaved {
    /// Somebody saved it in between: the revision that is kept.
    Changed(u64),
    /// There is no such draft.
    Gone,
    /// It could not be written.
    Failure(Failure),
}

impl From<Failure> for NotSaved {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// The folder of a store's drafts.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    saving: Mutex<()>,
}

impl Drafts {
    /// The drafts of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("drafts"), saving: Mutex::new(()) }
    }

    /// Begins a draft.
    pub fn begin(&self, beginning: Beginning, now: Timestamp) -> Result<Draft, Failure> {
        let Beginning { thing, rule, occasion, by, laboratory, values } = beginning;
        let id = hex::encode(entropy()?.get(..12).unwrap_or_default());
        let draft = Draft {
            format: FORMAT.to_owned(),
            id,
            revision: 1,
            thing,
            rule,
            occasion,
            values,
            by,
            laboratory,
            reviewer: None,
            changed_at: now,
            signed: None,
        };
        make_folder(&self.folder)?;
        self.write(&draft)?;
        Ok(draft)
    }

    /// The draft of this name.
    pub fn draft(&self, id: &str) -> Result<Option<Draft>, Failure> {
        let Some(path) = self.file(id) else { return Ok(None) };
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| Failure::reading(&path, error)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::reading(&path, error)),
        }
    }

    /// Saves a draft over the revision that it was made from; when this returns it is durable.
    pub fn save(&self, mut draft: Draft, now: Timestamp) -> Result<Draft, NotSaved> {
        let _saving = self.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = self.draft(&draft.id)?.ok_or(NotSaved::Gone)?;
        if kept.revision != draft.revision {
            return Err(NotSaved::Changed(kept.revision));
        }
        draft.revision += 1;
        draft.changed_at = now;
        self.write(&draft)?;
        Ok(draft)
    }

    /// Throws a draft away.
    pub fn discard(&self, id: &str) -> Result<(), Failure> {
        let Some(path) = self.file(id) else { return Ok(()) };
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::writing(&path, error)),
            _ => Ok(()),
        }
    }

    /// All drafts, the last changed first. A file that cannot be read is left out: it stands in nobody's way.
    pub fn all(&self) -> Result<Vec<Draft>, Failure> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::reading(&self.folder, error)),
        };
        let mut drafts: Vec<Draft> = entries
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
            .filter_map(|entry| serde_json::from_slice(&std::fs::read(entry.path()).ok()?).ok())
            .collect();
        drafts.sort_by(|one, other| other.changed_at.cmp(&one.changed_at).then_with(|| one.id.cmp(&other.id)));
        Ok(drafts)
    }

    /// Written beside, synced and renamed: a crash leaves the old draft or the new one.
    fn write(&self, draft: &Draft) -> Result<(), Failure> {
        let path = self.file(&draft.id).ok_or_else(|| Failure::new("error-draft-name").with("name", &draft.id))?;
        let part = path.with_extension("part");
        let bytes = serde_json::to_vec_pretty(draft).map_err(|error| Failure::writing(&path, error))?;
        let written = File::create(&part)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| std::fs::rename(&part, &path))
            .and_then(|()| File::open(&self.folder)?.sync_all());
        written.map_err(|error| Failure::writing(&path, error))
    }

    /// Only names that we gave.
    fn file(&self, id: &str) -> Option<PathBuf> {
        let fits = id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        fits.then(|| self.folder.join(format!("{id}.json")))
    }
}
