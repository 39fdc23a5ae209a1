//! Inclusion and consistency proofs, and checking them (RFC 9162, 2.1.3.2 and 2.1.4.2).

use crate::hash::{Hash, leaf_hash, node_hash};

/// That an entry is in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// Where, counted from 0.
    pub leaf_index: u64,
    /// In a tree of how many leaves.
    pub tree_size: u64,
    /// The siblings on the way to the root, from the leaf upwards.
    pub path: Vec<Hash>,
}

/// That a tree begins with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The size of the earlier tree.
    pub old_size: u64,
    /// The size of the later tree.
    pub new_size: u64,
    /// The nodes that lead from one root to the other.
    pub path: Vec<Hash>,
}

/// A proof that proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf's index is not below the tree's size, or the old size is above the new one.
    #[error("the proof is about a place that its tree does not have")]
    Beyond,
    /// The path has more or fewer hashes than the place needs.
    #[error("the proof has another length than its place in the tree needs")]
    Length,
    /// The path leads to another root.
    #[error("the proof leads to another root")]
    OtherRoot,
}

impl InclusionProof {
    /// The root that the proof leads to from an entry.
    pub fn root(&self, entry: &[u8]) -> Result<Hash, ProofError> {
        self.root_from_leaf(leaf_hash(entry))
    }

    /// The root that the proof leads to from a leaf hash (RFC 9162, 2.1.3.2, steps 1 to 4).
    pub fn root_from_leaf(&self, leaf: Hash) -> Result<Hash, ProofError> {
        if self.leaf_index >= self.tree_size {
            return Err(ProofError::Beyond);
        }
        let (mut first, mut last) = (self.leaf_index, self.tree_size - 1);
        let mut root = leaf;
        for sibling in &self.path {
            if last == 0 {
                return Err(ProofError::Length);
            }
            if first & 1 == 1 || first == last {
                root = node_hash(sibling, &root);
                while first & 1 == 0 && first != 0 {
                    first >>= 1;
                    last >>= 1;
                }
            } else {
                root = node_hash(&root, sibling);
            }
            first >>= 1;
            last >>= 1;
        }
        if last == 0 { Ok(root) } else { Err(ProofError::Length) }
    }

    /// Passes if the entry is in the tree with this root.
    pub fn check(&self, entry: &[u8], root: &Hash) -> Result<(), ProofError> {
        if self.root(entry)? == *root { Ok(()) } else { Err(ProofError::OtherRoot) }
    }
}

impl ConsistencyProof {
    /// Passes if the tree with the new root begins with the tree with the old root (RFC 9162, 2.1.4.2). Every tree begins with the empty
    /// tree and with itself.
    pub fn check(&self, old_root: &Hash, new_root: &Hash) -> Result<(), ProofError> {
        if self.old_size > self.new_size {
            return Err(ProofError::Beyond);
        }
        if self.old_size == 0 || self.old_size == self.new_size {
            let same = self.old_size != self.new_size || old_root == new_root;
            let empty = self.old_size != 0 || *old_root == crate::EMPTY_ROOT;
            return match (self.path.is_empty(), same && empty) {
                (false, _) => Err(ProofError::Length),
                (true, false) => Err(ProofError::OtherRoot),
                (true, true) => Ok(()),
            };
        }
        // Where the old tree is a perfect subtree of the new one, its root stands for the first node of the path.
        let perfect = self.old_size.is_power_of_two().then_some(old_root);
        let mut path = perfect.into_iter().chain(&self.path);
        let (mut first, mut last) = (self.old_size - 1, self.new_size - 1);
        while first & 1 == 1 {
            first >>= 1;
            last >>= 1;
        }
        let start = path.next().ok_or(ProofError::Length)?;
        let (mut old, mut new) = (*start, *start);
        for node in path {
            if last == 0 {
                return Err(ProofError::Length);
            }
            if first & 1 == 1 || first == last {
                old = node_hash(node, &old);
                new = node_hash(node, &new);
                while first & 1 == 0 && first != 0 {
                    first >>= 1;
                    last >>= 1;
                }
            } else {
                new = node_hash(&new, node);
            }
            first >>= 1;
            last >>= 1;
        }
        if last != 0 {
            return Err(ProofError::Length);
        }
        if old == *old_root && new == *new_root { Ok(()) } else { Err(ProofError::OtherRoot) }
    }
}
