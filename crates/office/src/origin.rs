//! Where the service of a store is found, as its certificates say.

use std::path::Path;

use crate::Failure;
use crate::files::write;

/// The address of a store whose service is nowhere yet.
const NOWHERE: &str = "https://heng.example";

const FILE: &str = "origin.txt";

/// Writes down where the service of the store in `data` will be found, for example `https://heng.example`.
pub fn keep(data: &Path, origin: &str) -> Result<(), Failure> {
    let origin = origin.trim_end_matches('/');
    let fits = ["https://", "http://"].iter().any(|scheme| {
        origin.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', ' ', '?', '#', '@']))
    });
    if !fits {
        return Err(Failure::new("error-origin").with("origin", origin));
    }
    write(&data.join(FILE), format!("{origin}\n").as_bytes())
}

/// Where it is found.
pub(crate) fn read(data: &Path) -> Result<String, Failure> {
    let path = data.join(FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(NOWHERE.to_owned()),
        Err(error) => Err(Failure::reading(&path, error)),
    }
}
