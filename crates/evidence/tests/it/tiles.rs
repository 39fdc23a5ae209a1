//! Tiles, bundles and their paths.

use heng_evidence::{EntryBundle, Frontier, Tile, TileReader, entries_from_bundle, entry_bundle};
use proptest::prelude::*;

use crate::fixtures::{entries, log};

#[test]
fn a_tree_of_70_000_has_the_tiles_of_the_specification() {
    let tiles = Tile::of_growth(0, 70_000);
    let count = |level, full| tiles.iter().filter(|tile| tile.level() == level && tile.is_full() == full).count();
    assert_eq!((count(0, true), count(0, false)), (273, 1));
    assert_eq!((count(1, true), count(1, false)), (1, 1));
    assert_eq!((count(2, true), count(2, false)), (0, 1));
    let partial: Vec<_> = tiles.iter().filter(|tile| !tile.is_full()).map(|tile| tile.width()).collect();
    assert_eq!(partial, [112, 17, 1]);
}

#[test]
fn paths_are_those_of_the_specification() {
    let tile = Tile::of_tree(u64::MAX, 0, 1_234_067).unwrap();
    assert_eq!(tile.to_string(), "tile/0/x001/x234/067");
    assert_eq!(Tile::of_tree(256, 1, 0).unwrap().to_string(), "tile/1/000.p/1");
    assert_eq!(Tile::of_tree(1_234 * 256 + 5, 0, 1_234).unwrap().to_string(), "tile/0/x001/234.p/5");
    assert_eq!(EntryBundle::of_tree(256, 0).unwrap().to_string(), "tile/entries/000");
    for path in ["tile/0/1", "tile/0/0001", "tile/00/001", "tile/0/001.p/256", "tile/0/001.p/0", "tile/0/001.p/05"] {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
    for path in ["tile/64/001", "tile/0/x000/001", "tile/0/x001", "tile/0/+01", "tile/entries/001", "tile/0/001/002"] {
        assert!(path.parse::<Tile>().is_err(), "{path}");
    }
    assert!("tile/0/001".parse::<EntryBundle>().is_err());
}

#[test]
fn a_bundle_gives_its_entries_back_and_is_not_read_when_cut() {
    let entries = [&b""[..], "衡".as_bytes(), &[7; 300]];
    let bundle = entry_bundle(&entries).unwrap();
    assert_eq!(entries_from_bundle(&bundle).unwrap(), entries);
    assert!(entries_from_bundle(&bundle[..bundle.len() - 1]).is_err());
    assert!(entry_bundle(&[vec![0; 65_536]]).is_err());
}

#[test]
fn appending_writes_each_tile_that_the_growth_needs() {
    for (old, new) in [(0, 1), (0, 256), (255, 256), (255, 257), (256, 700), (700, 700), (65_530, 65_540)] {
        let all = entries(new);
        let (mut frontier, mut tiles) = log(&all[..old as usize], 1000);
        let written = frontier.append(&all[old as usize..]);
        for (tile, bytes) in &written {
            assert_eq!(bytes.len(), usize::from(tile.width()) * 32);
        }
        let mut names: Vec<_> = written.iter().map(|(tile, _)| *tile).collect();
        names.sort();
        let mut needed = Tile::of_growth(old, new);
        needed.sort();
        assert_eq!(names, needed, "from {old} to {new}");
        tiles.insert(written);
        assert_eq!(Frontier::read(&tiles, new).unwrap(), frontier);
        assert_eq!(frontier.size(), new);
        assert!(needed.iter().all(|tile| tiles.tile(*tile).unwrap().is_some()));
    }
}

proptest! {
    #[test]
    fn a_path_is_read_as_what_it_was_printed_from(size in 1..u64::MAX, level in 0_u8..8, place in any::<u64>()) {
        let tiles = (size >> (8 * u32::from(level))).div_ceil(256);
        prop_assume!(tiles > 0);
        let tile = Tile::of_tree(size, level, place % tiles).unwrap();
        prop_assert_eq!(tile.to_string().parse(), Ok(tile));
        let bundle = EntryBundle::of_tree(size, place % size.div_ceil(256)).unwrap();
        prop_assert_eq!(bundle.to_string().parse(), Ok(bundle));
    }
}
