//! A disk on which parts that were moved to the object store are still read by their path.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heng_store::Disk;

use super::{ArchiveError, Objects, S3, Settings, settings};
use crate::readings::manifest::{Archived, Manifest};
use crate::readings::store::folder;

/// The disk under the readings of a data folder, and the object store that some of their parts were moved to.
pub struct ArchivedDisk {
    pub(super) local: Arc<dyn Disk>,
    pub(super) readings: PathBuf,
    pub(super) objects: Option<Box<dyn Objects>>,
    /// What the keys of parts begin with that are still to be moved.
    pub(super) prefix: String,
}

impl ArchivedDisk {
    /// The disk with the store that `readings/archive.toml` names. Where there is no such file, everything lies in the folder. `variable` gives what
    /// the environment calls by a name.
    ///
    /// # Errors
    /// What keeps the settings from being used.
    pub fn open(
        local: Arc<dyn Disk>,
        data: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ArchiveError> {
        let readings = folder(data);
        let Some(settings) = Settings::read(&*local, &readings, variable)? else {
            return Ok(Self { local, readings, objects: None, prefix: String::new() });
        };
        let failed = |reason| ArchiveError::Settings { path: settings::file(&readings), reason };
        let objects: Box<dyn Objects> = Box::new(S3::new(&settings).map_err(failed)?);
        Ok(Self { local, readings, objects: Some(objects), prefix: settings.prefix })
    }

    /// The disk with this store.
    pub fn with(local: Arc<dyn Disk>, data: &Path, objects: Box<dyn Objects>, prefix: &str) -> Self {
        Self { local, readings: folder(data), objects: Some(objects), prefix: prefix.to_owned() }
    }

    /// The store.
    pub(super) fn objects(&self, object: &str) -> Result<&dyn Objects, ArchiveError> {
        self.objects
            .as_deref()
            .ok_or_else(|| ArchiveError::NoSettings { object: object.to_owned(), path: settings::file(&self.readings) })
    }

    /// Where a part lies that is not in the folder; nothing where nobody moved it.
    fn archived(&self, path: &Path) -> Option<Archived> {
        let relative = path.strip_prefix(&self.readings).ok()?;
        // Asked by its parts and not as text: they are parted otherwise on other systems.
        let named = relative.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>()?.join("/");
        let number = path.file_name()?.to_str()?.strip_prefix("part-")?.strip_suffix(".parquet")?;
        let bytes = self.local.read(&self.readings.join(format!("segments/{number}.json"))).ok()?;
        let manifest: Manifest = serde_json::from_slice(&bytes).ok()?;
        manifest.parts.into_iter().find(|part| part.path == named)?.archived
    }

    /// A part from the store, if it is what was moved there.
    pub(super) fn fetched(&self, archived: &Archived) -> Result<Vec<u8>, ArchiveError> {
        let bytes = self.objects(&archived.key)?.get(&archived.key, archived.bytes)?;
        if archived.is_of(&bytes) { Ok(bytes) } else { Err(ArchiveError::Altered { object: archived.key.clone() }) }
    }
}

impl Disk for ArchivedDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.local.read(path) {
            // A part may also have been moved since its manifest was read: the manifest is asked again.
            Err(error) if error.kind() == ErrorKind::NotFound => match self.archived(path) {
                Some(archived) => self.fetched(&archived).map_err(io::Error::other),
                None => Err(error),
            },
            read => read,
        }
    }

    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.local.read_part(path, offset, length)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.local.names(folder)
    }

    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.local.write(path, offset, bytes)
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.local.cut(path, length)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.local.sync(path)
    }

    fn write_durably(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        self.local.write_durably(files)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.local.sync_folder(folder)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.local.rename(from, to)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.local.make_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.local.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.local.remove_folder(folder)
    }

    fn is_settled(&self) -> bool {
        self.local.is_settled()
    }

    fn settle(&self) -> io::Result<()> {
        self.local.settle()
    }
}
