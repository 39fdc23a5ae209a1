//! The inventory as a file, so that a start follows only what was said since. It may be lost without loss: it is made again from the log.

use std::path::PathBuf;

use heng_store::Store;
use heng_view::Inventory;
use heng_view::inventory::VERSION;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::files::write;

/// The format of the file: a head in one line, and the inventory.
const FORMAT: &str = "heng-inventory/1";

/// Of which log it is, up to where, and which bytes follow.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    version: u32,
    origin: String,
    size: u64,
    /// The root of the log's tree of that size: another log of the same name and length has another one.
    root: String,
    sha256: String,
}

fn file(store: &Store) -> PathBuf {
    store.layout().folder().join("inventory.snapshot")
}

/// The inventory that was kept, if it is of this log and of this version of the view.
pub fn kept(store: &Store, anchor: &str) -> Option<Inventory> {
    let bytes = std::fs::read(file(store)).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = bytes.split_at_checked(end)?;
    let body = rest.get(1..)?;
    let stated: Head = serde_json::from_slice(head).ok()?;
    let is_ours = stated == self::head(store, stated.size, body)?;
    let inventory: Inventory = if is_ours { serde_json::from_slice(body).ok()? } else { return None };
    (inventory.size() == stated.size && inventory.anchor() == anchor).then_some(inventory)
}

/// Keeps an inventory for the next start.
pub fn keep(store: &Store, inventory: &Inventory) -> Result<(), Failure> {
    let path = file(store);
    let body = serde_json::to_vec(inventory).map_err(|error| Failure::writing(&path, error))?;
    // A log that cannot prove where it stands has nothing to take up again from.
    let Some(head) = head(store, inventory.size(), &body) else { return Ok(()) };
    let mut bytes = serde_json::to_vec(&head).map_err(|error| Failure::writing(&path, error))?;
    bytes.push(b'\n');
    bytes.extend(body);
    write(&path, &bytes)
}

fn head(store: &Store, size: u64, body: &[u8]) -> Option<Head> {
    Some(Head {
        format: FORMAT.to_owned(),
        version: VERSION,
        origin: store.origin().to_owned(),
        size,
        root: hex::encode(store.root(size).ok()?),
        sha256: hex::encode(Sha256::digest(body)),
    })
}
