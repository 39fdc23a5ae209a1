//! What was made from the log, as files, so that a start takes up where it was kept. They may be lost without loss: all is made again from the log.

use std::path::PathBuf;
use std::sync::LazyLock;

use heng_checker::Memory;
use heng_store::Store;
use heng_view::Inventory;
use heng_view::inventory::VERSION;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::files::write;

/// One kind of file: a head in one line, and what was made.
struct Kind {
    name: &'static str,
    format: &'static str,
}

/// What the log says of every thing.
const INVENTORY: Kind = Kind { name: "inventory.snapshot", format: "heng-inventory/1" };

/// What the checker found when everything passed.
const SETTLED: Kind = Kind { name: "settled.snapshot", format: "heng-settled/1" };

/// Of which log it is, up to where, who made it, and which bytes follow.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    /// What made it: another version may make something else.
    maker: String,
    origin: String,
    size: u64,
    /// The root of the log's tree of that size: another log of the same name and length has another one.
    root: String,
    sha256: String,
}

/// The inventory that was kept, if it is of this log and of this version of the view.
pub fn kept(store: &Store, anchor: &str) -> Option<Inventory> {
    let (size, body) = read(store, &INVENTORY, &VERSION.to_string())?;
    let inventory: Inventory = serde_json::from_slice(&body).ok()?;
    (inventory.size() == size && inventory.anchor() == anchor).then_some(inventory)
}

/// Keeps an inventory for the next start.
pub fn keep(store: &Store, inventory: &Inventory) -> Result<(), Failure> {
    let body = serde_json::to_vec(inventory).map_err(|error| Failure::writing(&file(store, &INVENTORY), error))?;
    keep_made(store, &INVENTORY, &VERSION.to_string(), inventory.size(), &body)
}

/// Has a memory begin with what was settled when it was last kept, by this very program and under the same policy. Gives how much that is.
pub fn take_up(store: &Store, memory: &Memory) -> Option<usize> {
    if !file(store, &SETTLED).exists() {
        // Nobody waits for the hash of a program that has kept nothing.
        std::thread::spawn(|| LazyLock::force(&PROGRAM));
        return None;
    }
    let program = program(memory)?;
    let (_, body) = read(store, &SETTLED, &program)?;
    memory.take_up(&body)
}

/// Keeps what is settled for the next start.
pub fn keep_settled(store: &Store, memory: &Memory) -> Result<(), Failure> {
    let (Some(program), Some(tree), Some(body)) = (program(memory), memory.followed(), memory.kept()) else {
        return Ok(());
    };
    keep_made(store, &SETTLED, &program, tree.checkpoint().size, &body)
}

/// The hash of the program that runs. Read once, at the start: its file may be replaced while it runs.
static PROGRAM: LazyLock<Option<[u8; 32]>> = LazyLock::new(|| {
    let program = std::fs::read(std::env::current_exe().ok()?).ok()?;
    Some(Sha256::digest(program).into())
});

/// The hash of the program that runs and of whom it trusts: another program may check something else, or otherwise.
fn program(memory: &Memory) -> Option<String> {
    let mut hash = Sha256::new();
    hash.update(memory.policy()?.to_text().ok()?);
    hash.update((*PROGRAM)?);
    Some(hex::encode(hash.finalize()))
}

fn file(store: &Store, kind: &Kind) -> PathBuf {
    store.layout().folder().join(kind.name)
}

/// The size of the log it was made from, and what was made; nothing of another log, of another maker, or with a byte changed.
fn read(store: &Store, kind: &Kind, maker: &str) -> Option<(u64, Vec<u8>)> {
    let bytes = std::fs::read(file(store, kind)).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = bytes.split_at_checked(end)?;
    let body = rest.get(1..)?;
    let stated: Head = serde_json::from_slice(head).ok()?;
    let is_ours = stated == self::head(store, kind, maker, stated.size, body)?;
    is_ours.then(|| (stated.size, body.to_vec()))
}

fn keep_made(store: &Store, kind: &Kind, maker: &str, size: u64, body: &[u8]) -> Result<(), Failure> {
    let path = file(store, kind);
    // A log that cannot prove where it stands has nothing to take up again from.
    let Some(head) = head(store, kind, maker, size, body) else { return Ok(()) };
    let mut bytes = serde_json::to_vec(&head).map_err(|error| Failure::writing(&path, error))?;
    bytes.push(b'\n');
    bytes.extend(body);
    write(&path, &bytes)
}

fn head(store: &Store, kind: &Kind, maker: &str, size: u64, body: &[u8]) -> Option<Head> {
    Some(Head {
        format: kind.format.to_owned(),
        maker: maker.to_owned(),
        origin: store.origin().to_owned(),
        size,
        root: hex::encode(store.root(size).ok()?),
        sha256: hex::encode(Sha256::digest(body)),
    })
}
