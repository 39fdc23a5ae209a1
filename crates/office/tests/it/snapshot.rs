//! A start takes up where the inventory was kept, and believes no other file.

use heng_office::city::make;
use heng_office::follow::inventory;
use heng_office::founding::Founding;
use heng_office::snapshot::{keep, kept};
use heng_office::{ANCHOR, Desk, fonts};
use heng_statement::Suite;
use heng_supervision::city::Size;
use heng_view::Inventory;
use jiff::civil::date;

fn city(folder: &std::path::Path, seed: u64) -> Desk {
    let size = Size { seed, instruments: 60, verifications: 1, today: date(2027, 3, 1) };
    let founding = Founding { seed: Some(seed), suite: Suite::Ed25519 };
    make(folder, founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap().desk
}

#[test]
fn an_inventory_that_was_kept_is_the_one_that_the_log_gives_and_no_other_file_is_believed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = city(folder.path(), 7);
    let store = desk.office().store();
    let whole = inventory(store, ANCHOR).unwrap();
    assert_eq!(kept(store, ANCHOR), None, "a log this short is followed anew");

    // Kept half-way, it is taken up from there and ends as one that was never kept.
    let mut half = Inventory::new(ANCHOR);
    for index in 0..whole.size() / 2 {
        let placed = store.placed_at(index).unwrap().unwrap();
        half.note(index, &placed.signed.hash(), &placed.signed.statement);
    }
    keep(store, &half).unwrap();
    assert_eq!(kept(store, ANCHOR), Some(half));
    assert_eq!(inventory(store, ANCHOR).unwrap(), whole);

    keep(store, &whole).unwrap();
    assert_eq!(kept(store, ANCHOR).as_ref(), Some(&whole));
    assert_eq!(kept(store, "party:tj:another"), None, "another authority's corrections count there");

    let path = folder.path().join("inventory.snapshot");
    let good = std::fs::read(&path).unwrap();
    for place in [0, 40, good.len() / 2, good.len() - 2] {
        let mut bad = good.clone();
        bad[place] ^= 1;
        std::fs::write(&path, bad).unwrap();
        assert_eq!(kept(store, ANCHOR), None, "byte {place} was changed");
    }
    assert_eq!(inventory(store, ANCHOR).unwrap(), whole, "what is not believed is made again");

    // The file of another city, whose log has another root.
    let other = tempfile::tempdir().unwrap();
    let stranger = city(other.path(), 8);
    std::fs::write(other.path().join("inventory.snapshot"), good).unwrap();
    assert_eq!(kept(stranger.office().store(), ANCHOR), None);
}
