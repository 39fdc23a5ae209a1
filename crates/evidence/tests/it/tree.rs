//! Roots and proofs over tiles, against the definition and against another implementation.

use heng_evidence::{ConsistencyProof, Frontier, InclusionProof, MemoryTiles, Tree, TreeError};
use proptest::prelude::*;

use crate::fixtures::{entries, log, root_by_definition};

#[test]
fn roots_are_those_of_the_definition_at_every_size() {
    let all = entries(600);
    let (mut frontier, mut tiles) = (Frontier::empty(), MemoryTiles::default());
    for size in 1..=all.len() {
        tiles.insert(frontier.append(&all[size - 1..size]));
        let root = root_by_definition(&all[..size]);
        assert_eq!(frontier.root(), root, "size {size}");
        assert_eq!(Tree::new(&tiles, size as u64).root().unwrap(), root, "size {size} from tiles");
    }
}

#[test]
fn a_tree_over_three_levels_of_tiles_proves_every_kind_of_place() {
    let size = 65_536 + 300;
    let all = entries(size);
    let (frontier, tiles) = log(&all, 997);
    let root = root_by_definition(&all);
    assert_eq!(frontier.root(), root);
    let tree = Tree::new(&tiles, size);
    for index in [0, 1, 255, 256, 257, 32_767, 32_768, 65_279, 65_535, 65_536, 65_791, 65_792, size - 1] {
        tree.inclusion(index).unwrap().check(&all[index as usize], &root).unwrap();
    }
    for old in [0, 1, 2, 255, 256, 257, 300, 32_768, 65_535, 65_536, 65_537, 65_792, size - 1, size] {
        tree.consistency(old).unwrap().check(&root_by_definition(&all[..old as usize]), &root).unwrap();
    }
}

#[test]
fn what_lies_beyond_the_tree_and_missing_tiles_are_errors() {
    let (_, tiles) = log(&entries(300), 300);
    assert_eq!(Tree::new(&tiles, 300).inclusion(300), Err(TreeError::Beyond { asked: 300, size: 300 }));
    assert_eq!(Tree::new(&tiles, 300).consistency(301), Err(TreeError::Beyond { asked: 301, size: 300 }));
    assert!(matches!(Tree::new(&tiles, 600).root(), Err(TreeError::Malformed(_) | TreeError::Missing(_))));
    assert!(matches!(Tree::new(MemoryTiles::default(), 5).root(), Err(TreeError::Missing(_))));
}

#[test]
fn sizes_from_foreign_proofs_are_not_trusted() {
    for (leaf_index, tree_size) in [(0, 0), (5, 5), (u64::MAX, u64::MAX), (0, u64::MAX), (u64::MAX - 1, u64::MAX)] {
        let proof = InclusionProof { leaf_index, tree_size, path: vec![[1; 32]; 3] };
        assert!(proof.root(b"entry").is_err());
    }
    for (old_size, new_size) in [(2, 1), (1, u64::MAX), (u64::MAX, u64::MAX), (3, u64::MAX), (0, 5)] {
        let proof = ConsistencyProof { old_size, new_size, path: vec![[1; 32]; 3] };
        assert!(proof.check(&[1; 32], &[1; 32]).is_err());
    }
}

proptest! {
    #[test]
    fn a_proof_proves_its_entry_at_its_place_and_nothing_else(
        size in 1_u64..900, place in any::<u64>(), batch in 1_usize..400, flip in any::<(usize, u8)>(),
    ) {
        let all = entries(size);
        let (frontier, tiles) = log(&all, batch);
        let index = place % size;
        let proof = Tree::new(&tiles, size).inclusion(index).unwrap();
        prop_assert_eq!(proof.check(&all[index as usize], &frontier.root()), Ok(()));
        prop_assert!(proof.check(b"another entry", &frontier.root()).is_err());
        if size > 1 {
            let other = InclusionProof { leaf_index: (index + 1) % size, ..proof.clone() };
            prop_assert!(other.check(&all[index as usize], &frontier.root()).is_err());
            let mut changed = proof.clone();
            let node = flip.0 % changed.path.len();
            changed.path[node][usize::from(flip.1) % 32] ^= 1 << (flip.1 / 32);
            prop_assert!(changed.check(&all[index as usize], &frontier.root()).is_err());
            let mut shorter = proof.clone();
            shorter.path.pop();
            prop_assert!(shorter.check(&all[index as usize], &frontier.root()).is_err());
        }
        let mut longer = proof;
        longer.path.push([0; 32]);
        prop_assert!(longer.check(&all[index as usize], &frontier.root()).is_err());
    }

    #[test]
    fn a_tree_is_consistent_with_what_it_grew_from_and_with_nothing_else(
        new in 1_u64..900, place in any::<u64>(), flip in any::<(usize, u8)>(),
    ) {
        let all = entries(new);
        let (frontier, tiles) = log(&all, 100);
        let old = place % (new + 1);
        let old_root = root_by_definition(&all[..old as usize]);
        let proof = Tree::new(&tiles, new).consistency(old).unwrap();
        prop_assert_eq!(proof.check(&old_root, &frontier.root()), Ok(()));
        prop_assert!(proof.check(&[7; 32], &frontier.root()).is_err());
        // Every tree begins with the empty one, whatever its root.
        prop_assert_eq!(proof.check(&old_root, &[7; 32]).is_err(), old != 0);
        if !proof.path.is_empty() {
            let mut changed = proof.clone();
            let node = flip.0 % changed.path.len();
            changed.path[node][usize::from(flip.1) % 32] ^= 1 << (flip.1 / 32);
            prop_assert!(changed.check(&old_root, &frontier.root()).is_err());
        }
    }

    #[test]
    fn proofs_and_roots_are_those_of_another_implementation(size in 1_u64..600, place in any::<u64>()) {
        let all = entries(size);
        let (frontier, tiles) = log(&all, 64);
        let theirs = another::Hashes::of(&all);
        prop_assert_eq!(frontier.root(), tlog_tiles::tree_hash(size, &theirs).unwrap().0);
        let tree = Tree::new(&tiles, size);
        let path = tlog_tiles::prove_record(size, place % size, &theirs).unwrap();
        prop_assert_eq!(tree.inclusion(place % size).unwrap().path, another::bytes(path));
        let old = place % size + 1;
        let path = tlog_tiles::prove_tree(size, old, &theirs).unwrap();
        prop_assert_eq!(tree.consistency(old).unwrap().path, another::bytes(path));
    }
}

/// The same log in the crate `tlog_tiles` (a port of Go's `sumdb/tlog`).
mod another {
    use tlog_tiles::{Error, Hash, HashReader, stored_hashes};

    pub struct Hashes(Vec<Hash>);

    impl Hashes {
        pub fn of<E: AsRef<[u8]>>(entries: &[E]) -> Self {
            let mut hashes = Self(Vec::new());
            for (index, entry) in (0..).zip(entries) {
                let new = stored_hashes(index, entry.as_ref(), &hashes).unwrap();
                hashes.0.extend(new);
            }
            hashes
        }
    }

    impl HashReader for Hashes {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
            Ok(indexes.iter().map(|&index| self.0[index as usize]).collect())
        }
    }

    pub fn bytes(path: Vec<Hash>) -> Vec<[u8; 32]> {
        path.into_iter().map(|hash| hash.0).collect()
    }
}
