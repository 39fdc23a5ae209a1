//! An append-only Merkle log: bytes in, proofs out.

pub mod checkpoint;
pub mod frontier;
pub mod hash;
pub mod note;
pub mod proof;
pub mod receipt;
pub mod subtree;
pub mod tile;
pub mod tree;
pub mod witness;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
pub use frontier::Frontier;
pub use hash::{EMPTY_ROOT, Hash, leaf_hash, node_hash};
pub use note::{KeyKind, Note, NoteError, NoteSignature, VerifierKey};
pub use proof::{ConsistencyProof, InclusionProof, ProofError};
pub use receipt::{Receipt, ReceiptError, ReceiptHeader};
pub use subtree::Subtrees;
pub use tile::{EntryBundle, MemoryTiles, Tile, TileReader, entries_from_bundle, entry_bundle};
pub use tree::{Tree, TreeError};
pub use witness::{Cosignature, WitnessPolicy, Witnesses};
