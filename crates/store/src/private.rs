//! Files that only their owner may read: the keys that the command line keeps beside a store.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::error::Error;

/// Writes a new file for its owner alone, durably; never replaces one. Its folder is made for the owner alone where it is not there.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut folder_builder = DirBuilder::new();
    let mut options = OpenOptions::new();
    folder_builder.recursive(true);
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        folder_builder.mode(0o700);
        options.mode(0o600);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    folder_builder.create(folder).map_err(Error::at(folder))?;
    let mut file = options.open(path).map_err(Error::at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::at(path))?;
    if cfg!(unix) { File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::at(folder)) } else { Ok(()) }
}
