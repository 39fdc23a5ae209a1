//! The example city goes through the same gates as everyone else, and shows every condition there is.

use std::collections::BTreeSet;

use heng_office::city::make;
use heng_office::founding::Founding;
use heng_office::{ANCHOR, fonts};
use heng_statement::Suite;
use heng_supervision::city::Size;
use heng_view::{Condition, Inventory};
use jiff::civil::date;

fn size(instruments: usize) -> Size {
    Size { seed: 7, instruments, verifications: 1, today: date(2027, 3, 1) }
}

#[test]
fn a_city_shows_every_condition_on_the_day_it_is_made_for_and_is_the_same_for_the_same_seed() {
    let made = |folder: &tempfile::TempDir| {
        let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
        let made = make(folder.path(), founding, size(500), fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap();
        let store = made.desk.shared_office();
        let mut inventory = Inventory::new(ANCHOR);
        let mut hashes = Vec::new();
        for index in 0..store.store().size().unwrap() {
            let signed = store.store().statement_at(index).unwrap().unwrap();
            inventory.note(index, &signed.hash(), &signed.statement);
            hashes.push(signed.hash());
        }
        (made, inventory, hashes)
    };
    let folder = tempfile::tempdir().unwrap();
    let (city, inventory, hashes) = made(&folder);
    // What was noted while the city was made is what its log says.
    let mut noted = city.inventory.clone();
    assert!(noted.size() > inventory.size() / 2);
    heng_office::follow::follow(city.desk.office().store(), &mut noted, inventory.size(), &mut |_, _| {}).unwrap();
    assert!(noted == inventory);
    let today = size(500).today;
    let instruments: Vec<_> = inventory
        .things()
        .filter(|(_, thing)| thing.registration.as_ref().is_some_and(|registered| registered.kind == "instrument"))
        .collect();
    // The transformer districts come on top: each home's meter, and the one that may be put in for it.
    let in_networks: usize = city.networks.iter().map(|network| 2 * network.homes.len()).sum();
    let piles = city.piles.len();
    assert_eq!((instruments.len(), in_networks, piles), (500 + in_networks + piles, 144, 64));
    let found: BTreeSet<Condition> = instruments.iter().map(|(_, thing)| inventory.condition(thing, today)).collect();
    let wanted = Condition::ALL.into_iter().filter(|one| *one != Condition::Undecided).collect();
    assert_eq!(found, wanted);
    assert_eq!(inventory.districts().len(), 16);
    assert!(instruments.iter().all(|(_, thing)| thing.registration.as_ref().unwrap().synthetic));
    assert!(instruments.iter().any(|(_, thing)| !thing.asked.is_empty()));
    assert!(city.members.len() >= 5 && city.shown.len() >= 3);

    // The keys that it was founded with are no longer at hand, nor is one that comes later.
    let keys = city.desk.office().keys();
    keys.keep("party:later", &keys.key(ANCHOR).unwrap()).unwrap();
    std::fs::remove_dir_all(folder.path().join("keys")).unwrap();
    assert!(keys.key(ANCHOR).is_err() && keys.key("party:later").is_err());

    let again = tempfile::tempdir().unwrap();
    assert!(made(&again).2 == hashes, "the same seed makes the same statements");
}
