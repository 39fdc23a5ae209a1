//! What was made from the log, as files, so that a start takes up where it was kept. They may be lost without loss: all is made again from the log.

use std::path::PathBuf;
use std::sync::LazyLock;

use heng_checker::Memory;
use heng_store::Store;
use heng_view::Inventory;
use heng_view::inventory::{KeptPiece, VERSION};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::files::write;
use crate::parallel::each;

/// One kind of file: a head in one line, and what was made, in pieces that all cores read at once.
struct Kind {
    name: &'static str,
    format: &'static str,
}

/// What the log says of every thing.
const INVENTORY: Kind = Kind { name: "inventory.snapshot", format: "heng-inventory/2" };

/// What the checker found when everything passed.
const SETTLED: Kind = Kind { name: "settled.snapshot", format: "heng-settled/2" };

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
    pieces: Vec<Frame>,
}

/// Which bytes a piece is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    length: usize,
    sha256: String,
}

impl Frame {
    fn of(piece: &[u8]) -> Self {
        Self { length: piece.len(), sha256: hex::encode(Sha256::digest(piece)) }
    }
}

/// The inventory that was kept, if it is of this log and of this version of the view.
pub fn kept(store: &Store, anchor: &str) -> Option<Inventory> {
    let piece = |bytes: &[u8]| serde_json::from_slice::<KeptPiece>(bytes).ok();
    let (size, pieces) = read(store, &INVENTORY, &VERSION.to_string(), piece)?;
    let inventory = Inventory::from_pieces(pieces)?;
    (inventory.size() == size && inventory.anchor() == anchor).then_some(inventory)
}

/// Keeps an inventory for the next start.
pub fn keep(store: &Store, inventory: &Inventory) -> Result<(), Failure> {
    let pieces: Result<Vec<_>, _> = each(inventory.pieces(), |piece| serde_json::to_vec(&piece)).into_iter().collect();
    let pieces = pieces.map_err(|error| Failure::writing(&file(store, &INVENTORY), error))?;
    keep_made(store, &INVENTORY, &VERSION.to_string(), inventory.size(), &pieces)
}

/// Has a memory begin with what was settled when it was last kept, by this very program and under the same policy. Gives how much that is.
pub fn take_up(store: &Store, memory: &Memory) -> Option<usize> {
    if !file(store, &SETTLED).exists() {
        // Nobody waits for the hash of a program that has kept nothing.
        std::thread::spawn(|| LazyLock::force(&PROGRAM));
        return None;
    }
    let program = program(memory)?;
    let (_, taken) = read(store, &SETTLED, &program, |piece| memory.take_up(piece))?;
    Some(taken.into_iter().sum())
}

/// Keeps what is settled for the next start.
pub fn keep_settled(store: &Store, memory: &Memory) -> Result<(), Failure> {
    let (Some(program), Some(tree), Some(body)) = (program(memory), memory.followed(), memory.kept()) else {
        return Ok(());
    };
    keep_made(store, &SETTLED, &program, tree.checkpoint().size, &[body])
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

/// The size of the log it was made from, and what was made, piece by piece; nothing of another log, of another maker, or with a byte changed.
fn read<T: Send>(
    store: &Store,
    kind: &Kind,
    maker: &str,
    piece: impl Fn(&[u8]) -> Option<T> + Sync + Send,
) -> Option<(u64, Vec<T>)> {
    let bytes = std::fs::read(file(store, kind)).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (head, rest) = bytes.split_at_checked(end)?;
    let stated: Head = serde_json::from_slice(head).ok()?;
    let mut rest = rest.get(1..)?;
    let mut framed = Vec::with_capacity(stated.pieces.len());
    for frame in &stated.pieces {
        let (bytes, behind) = rest.split_at_checked(frame.length)?;
        framed.push(bytes);
        rest = behind;
    }
    // Nothing is read before all of it is known to be what was kept.
    let frames = each(framed.clone(), Frame::of);
    let is_ours = rest.is_empty() && stated == self::head(store, kind, maker, stated.size, frames)?;
    let pieces: Option<Vec<T>> = if is_ours { each(framed, piece).into_iter().collect() } else { None };
    Some((stated.size, pieces?))
}

fn keep_made(store: &Store, kind: &Kind, maker: &str, size: u64, pieces: &[Vec<u8>]) -> Result<(), Failure> {
    let path = file(store, kind);
    let frames = pieces.iter().map(|piece| Frame::of(piece)).collect();
    // A log that cannot prove where it stands has nothing to take up again from.
    let Some(head) = head(store, kind, maker, size, frames) else { return Ok(()) };
    let mut bytes = serde_json::to_vec(&head).map_err(|error| Failure::writing(&path, error))?;
    bytes.push(b'\n');
    for piece in pieces {
        bytes.extend_from_slice(piece);
    }
    write(&path, &bytes)
}

fn head(store: &Store, kind: &Kind, maker: &str, size: u64, pieces: Vec<Frame>) -> Option<Head> {
    Some(Head {
        format: kind.format.to_owned(),
        maker: maker.to_owned(),
        origin: store.origin().to_owned(),
        size,
        root: hex::encode(store.root(size).ok()?),
        pieces,
    })
}
