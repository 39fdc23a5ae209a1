//! Moving sealed parts to the object store: put there, read back and compared, written down, and only then removed here.

use std::collections::BTreeSet;

use heng_store::lock;
use jiff::civil::Date;

use super::{ArchiveError, ArchivedDisk, settings};
use crate::readings::manifest::{self, Archived, Manifest, Part};
use crate::readings::seal;
use crate::readings::store::ReadingsError;
use crate::readings::time::date_of;

/// What was moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Parts.
    pub parts: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Segments that are settled and stay, because the log has no seal of them.
    pub unsealed: u64,
}

impl ArchivedDisk {
    /// Moves the parts of sealed segments, through a day where one is given. `sealed` are the segments that the log has seals of, by number and root.
    /// `told` hears how many parts are done, of how many. Others may read and take readings in meanwhile. Broken off anywhere, it is done again.
    ///
    /// # Errors
    /// What keeps a part from being moved; what was moved before stays moved, and everything can be read.
    pub fn move_sealed(
        &self,
        sealed: &BTreeSet<(u64, String)>,
        through: Option<Date>,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<Moved, ReadingsError> {
        if self.objects.is_none() {
            let path = settings::file(&self.readings);
            return Err(ArchiveError::Settings { path, reason: "there is no such file".to_owned() }.into());
        }
        let path = self.readings.join("archive.lock");
        let _lock = lock::exclusive_file(&path)
            .map_err(ReadingsError::at(&path))?
            .ok_or_else(|| ArchiveError::Locked { path: self.readings.clone() })?;
        let is_old = |part: &Part| through.is_none_or(|through| date_of(part.day).is_some_and(|day| day <= through));
        let mut moved = Moved::default();
        let mut waiting = Vec::new();
        for manifest in manifest::all(&*self.local, &self.readings)? {
            if manifest.readings > 0 && !sealed.contains(&(manifest.first, manifest.root.clone())) {
                moved.unsealed += 1;
                continue;
            }
            let mut places = Vec::new();
            for (place, part) in manifest.parts.iter().enumerate().filter(|(_, part)| is_old(part)) {
                if part.archived.is_none() || self.is_here(part)? {
                    places.push(place);
                }
            }
            waiting.push((manifest, places));
        }
        let all = waiting.iter().map(|(_, places)| places.len() as u64).sum();
        let mut done = 0;
        told(done, all);
        for (mut manifest, places) in waiting {
            // What does not give the sealed root any more stays where it is, for whoever looks into it.
            if places.iter().any(|place| manifest.parts.get(*place).is_some_and(|part| part.archived.is_none())) {
                seal::check(self, &self.readings, &manifest)?;
            }
            for place in places {
                moved.bytes += self.move_one(&mut manifest, place)?;
                moved.parts += 1;
                done += 1;
                told(done, all);
            }
        }
        Ok(moved)
    }

    fn is_here(&self, part: &Part) -> Result<bool, ReadingsError> {
        let path = self.readings.join(&part.path);
        match self.local.read_part(&path, 0, 0) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(ReadingsError::at(&path)(error)),
        }
    }

    /// Moves one part. It is removed here only when its place is written down, and written down only when the store has given it back whole.
    fn move_one(&self, manifest: &mut Manifest, place: usize) -> Result<u64, ReadingsError> {
        let Some(part) = manifest.parts.get_mut(place) else { return Ok(0) };
        let path = self.readings.join(&part.path);
        let bytes = self.local.read(&path).map_err(ReadingsError::at(&path))?;
        let archived = match &part.archived {
            Some(archived) if archived.is_of(&bytes) => archived.clone(),
            // Broken off between writing down and removing; and what is here is not what was moved.
            Some(_) => {
                let reason = "it is not what was moved to the object store; move it out of the folder and look into it";
                return Err(ReadingsError::Unreadable { path, reason: reason.to_owned() });
            }
            None => Archived::of(&bytes, |digest| key(&self.prefix, &part.path, digest)),
        };
        if part.archived.is_none() {
            self.objects(&archived.key)?.put(&archived.key, &bytes)?;
        }
        self.fetched(&archived)?;
        if part.archived.is_none() {
            part.archived = Some(archived);
            manifest::FORMAT_ARCHIVED.clone_into(&mut manifest.format);
            manifest::keep(&*self.local, &self.readings, manifest)?;
        }
        self.local.remove(&path).map_err(ReadingsError::at(&path))?;
        if let Some(folder) = path.parent() {
            self.local.sync_folder(folder).map_err(ReadingsError::at(folder))?;
        }
        Ok(bytes.len() as u64)
    }
}

/// `PREFIX/day=…/district=…/part-…-DIGEST.parquet`
fn key(prefix: &str, path: &str, digest: &str) -> String {
    let path = path.strip_prefix("parquet/").unwrap_or(path);
    let path = path.strip_suffix(".parquet").unwrap_or(path);
    format!("{prefix}{path}-{digest}.parquet")
}
