//! A start takes up where the inventory was kept, and believes no other file.

use heng_checker::{Memory, Said, check_dossier};
use heng_office::city::make;
use heng_office::follow::inventory;
use heng_office::founding::Founding;
use heng_office::snapshot::{keep, keep_settled, kept, take_up};
use heng_office::{ANCHOR, Desk, Known, fonts};
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

#[test]
fn what_is_settled_is_taken_up_by_the_next_start_and_no_other_file_is_believed() {
    let folder = tempfile::tempdir().unwrap();
    let desk = city(folder.path(), 9);
    let (office, store) = (desk.office(), desk.office().store());
    let inventory = inventory(store, ANCHOR).unwrap();
    let known = Known {
        introductions: &|party| inventory.introductions(party).to_vec(),
        corrections: &|statement| inventory.corrections(statement).to_vec(),
    };
    let memory = || Memory::new(Some(office.policy(ANCHOR).unwrap()));
    let follow = |memory: &Memory| memory.follow(&store.checkpoint().unwrap(), |_| None).unwrap();

    let before = memory();
    assert_eq!(take_up(store, &before), None, "nothing was kept yet");
    follow(&before);
    for certified in inventory.certificates() {
        check_dossier(&office.dossier(&certified.hash, &known).unwrap(), &before);
    }
    assert!(before.count_settled() > 50);
    keep_settled(store, &before).unwrap();

    let after = memory();
    assert_eq!(take_up(store, &after), Some(before.count_settled()));
    let (old_tree, new_tree) = (follow(&before), follow(&after));
    let now = heng_office::clock::now();
    let said = Said {
        introductions: &|party| inventory.introductions(party).len(),
        corrections: &|statement| inventory.corrections(statement).len(),
    };
    for certified in inventory.certificates() {
        let report = |memory: &Memory, tree| memory.settled(&certified.hash)?.report(tree, now, &said);
        assert_eq!(report(&after, &new_tree), report(&before, &old_tree), "{}", certified.number);
    }

    // Once a log was followed, or with a byte changed, or for another log, nothing is taken up.
    assert_eq!(take_up(store, &after), None);
    let path = folder.path().join("settled.snapshot");
    let good = std::fs::read(&path).unwrap();
    for place in [0, 40, good.len() / 2, good.len() - 2] {
        let mut bad = good.clone();
        bad[place] ^= 1;
        std::fs::write(&path, bad).unwrap();
        assert_eq!(take_up(store, &memory()), None, "byte {place} was changed");
    }
    let other = tempfile::tempdir().unwrap();
    let stranger = city(other.path(), 10);
    std::fs::write(other.path().join("settled.snapshot"), good).unwrap();
    let of_stranger = Memory::new(Some(stranger.office().policy(ANCHOR).unwrap()));
    assert_eq!(take_up(stranger.office().store(), &of_stranger), None);
}
