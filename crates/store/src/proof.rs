//! Proofs from the tiles on disk, each checked before it is given out.

use heng_evidence::{Checkpoint, ConsistencyProof, InclusionProof, Receipt, ReceiptHeader, SignedCheckpoint, Tree};
use heng_statement::SignedStatement;

use crate::checkpoint;
use crate::error::Error;
use crate::store::Store;
use crate::tiles::DiskTiles;

impl Store {
    /// The checkpoint as it was signed, with its cosignatures; the store does not authenticate it.
    pub fn checkpoint(&self) -> Result<SignedCheckpoint, Error> {
        let missing = || Error::Checkpoint { reason: "there is none".to_owned() };
        checkpoint::read(&*self.disk, &self.layout)?.ok_or_else(missing)
    }

    /// How many statements the checkpoint covers.
    pub fn size(&self) -> Result<u64, Error> {
        Ok(self.checkpoint()?.checkpoint().size)
    }

    /// That the statement with this index is in the tree of this size.
    pub fn inclusion(&self, index: u64, size: u64) -> Result<InclusionProof, Error> {
        self.require(size)?;
        if index >= size {
            return Err(Error::Beyond { size, asked: index });
        }
        let tree = self.tree(size);
        let proof = tree.inclusion(index).map_err(tiles)?;
        let statement = self.statement_at(index)?.ok_or(Error::Beyond { size, asked: index })?;
        let root = tree.root().map_err(tiles)?;
        proof.check(&statement.hash_bytes(), &root).map_err(tiles)?;
        Ok(proof)
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
        let statement = self.statement_at(index)?.ok_or(Error::Beyond { size: *size, asked: index })?;
        proof.check(&statement.hash_bytes(), root).map_err(tiles)?;
        let header =
            ReceiptHeader { algorithm, key_id: key_id.to_vec(), issuer: origin.clone(), subject: subject(&statement) };
        Receipt::signed(header, proof, root, sign).map_err(|error| Error::Checkpoint { reason: error.to_string() })
    }

    fn require(&self, size: u64) -> Result<(), Error> {
        let have = self.size()?;
        if size <= have { Ok(()) } else { Err(Error::Beyond { size: have, asked: size }) }
    }

    fn tree(&self, size: u64) -> Tree<DiskTiles<'_>> {
        Tree::new(DiskTiles { disk: &*self.disk, layout: &self.layout }, size)
    }
}

/// The subject of a receipt is that of the statement's own header.
fn subject(signed: &SignedStatement) -> String {
    signed.statement.about.first().unwrap_or(&signed.statement.issuer).clone()
}

fn tiles(error: impl std::fmt::Display) -> Error {
    Error::Tiles { reason: error.to_string() }
}
