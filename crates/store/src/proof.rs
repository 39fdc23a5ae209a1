//! Proofs from the tiles on disk, each checked before it is given out.

use std::sync::{Arc, PoisonError};

use heng_evidence::{Checkpoint, ConsistencyProof, InclusionProof, Receipt, ReceiptHeader, SignedCheckpoint, Tree};
use heng_statement::SignedStatement;

use crate::checkpoint;
use crate::error::Error;
use crate::store::Store;
use crate::tiles::{DiskTiles, RememberedTiles};

impl Store {
    /// The checkpoint as it was signed, with its cosignatures; the store does not authenticate it.
    pub fn checkpoint(&self) -> Result<Arc<SignedCheckpoint>, Error> {
        let missing = || Error::Checkpoint { reason: "there is none".to_owned() };
        let bytes = checkpoint::bytes(&*self.disk, &self.layout)?.ok_or_else(missing)?;
        let mut last = self.last_checkpoint.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = last.as_ref().filter(|(known, _)| *known == bytes) {
            return Ok(Arc::clone(known));
        }
        let signed = Arc::new(checkpoint::parsed(&bytes).ok_or_else(missing)?);
        *last = Some((bytes, Arc::clone(&signed)));
        Ok(signed)
    }

    /// How many statements the checkpoint covers.
    pub fn size(&self) -> Result<u64, Error> {
        Ok(self.checkpoint()?.checkpoint().size)
    }

    /// The root of the tree of the first `size` statements.
    pub fn root(&self, size: u64) -> Result<[u8; 32], Error> {
        self.require(size)?;
        self.tree(size).root().map_err(tiles)
    }

    /// That the statement with this index is in the tree of this size.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<InclusionProof, Error> {
        self.require(size)?;
        if index >= size {
            return Err(Error::Beyond { size, asked: index });
        }
        let tree = self.tree(size);
        let proof = tree.inclusion(index).map_err(tiles)?;
        let placed = self.placed_at(index)?.ok_or(Error::Beyond { size, asked: index })?;
        let root = tree.root().map_err(tiles)?;
        proof.check(&placed.signed.hash_bytes(), &root).map_err(tiles)?;
        Ok(proof)
    }

    /// That statements are in the tree of a checkpoint, each given by its index and its hash.
    pub fn inclusions<'a>(
        &self,
        statements: impl IntoIterator<Item = (u64, &'a [u8; 32])>,
        checkpoint: &Checkpoint,
    ) -> Result<Vec<InclusionProof>, Error> {
        self.require(checkpoint.size)?;
        let tree = self.tree(checkpoint.size);
        let proof = |(index, hash): (u64, &[u8; 32])| {
            let proof = tree.inclusion(index).map_err(tiles)?;
            proof.check(hash, &checkpoint.root).map_err(tiles)?;
            Ok(proof)
        };
        statements.into_iter().map(proof).collect()
    }

    /// That the tree of the first size is the beginning of the tree of the second.
    pub fn consistency(&self, old_size: u64, new_size: u64) -> Result<ConsistencyProof, Error> {
        self.require(new_size)?;
        if old_size > new_size {
            return Err(Error::Beyond { size: new_size, asked: old_size });
        }
        let new = self.tree(new_size);
        let proof = new.consistency(old_size).map_err(tiles)?;
        let roots = (self.tree(old_size).root().map_err(tiles)?, new.root().map_err(tiles)?);
        proof.check(&roots.0, &roots.1).map_err(tiles)?;
        Ok(proof)
    }

    /// A receipt for the statement with this index, under the checkpoint of now. `sign` signs with the log's key, whose COSE algorithm
    /// and identifier are given.
    pub fn receipt<E>(
        &self,
        index: u64,
        algorithm: i64,
        key_id: &[u8],
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Receipt, Error> {
        let signed = self.checkpoint()?;
        let Checkpoint { origin, size, root } = signed.checkpoint();
        let proof = self.inclusion(index, *size)?;
        let placed = self.placed_at(index)?.ok_or(Error::Beyond { size: *size, asked: index })?;
        let statement = &placed.signed;
        proof.check(&statement.hash_bytes(), root).map_err(tiles)?;
        let header =
            ReceiptHeader { algorithm, key_id: key_id.to_vec(), issuer: origin.clone(), subject: subject(statement) };
        Receipt::signed(header, proof, root, sign).map_err(|error| Error::Checkpoint { reason: error.to_string() })
    }

    fn require(&self, size: u64) -> Result<(), Error> {
        let have = self.size()?;
        if size <= have { Ok(()) } else { Err(Error::Beyond { size: have, asked: size }) }
    }

    fn tree(&self, size: u64) -> Tree<RememberedTiles<'_>> {
        let tiles = DiskTiles { disk: &*self.disk, layout: &self.layout };
        Tree::new(RememberedTiles { tiles, memory: &self.memory.tiles }, size)
    }
}

/// The subject of a receipt is that of the statement's own header.
fn subject(signed: &SignedStatement) -> String {
    signed.statement.about.first().unwrap_or(&signed.statement.issuer).clone()
}

fn tiles(error: impl std::fmt::Display) -> Error {
    Error::Tiles { reason: error.to_string() }
}
