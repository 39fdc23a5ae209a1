//! Every ledger of the example city goes out and comes back as the same.

use heng_exchange::ledger::{Vocabulary, csv, xlsx};
use heng_office::city::make;
use heng_office::follow::inventory;
use heng_office::founding::Founding;
use heng_office::ledger::{enter, foreseen, lines};
use heng_office::{ANCHOR, clock, fonts};
use heng_rule::Words as Said;
use heng_rule::catalogue::builtin_catalogue;
use heng_statement::Suite;
use heng_supervision::city::Size;
use heng_supervision::ledger::{Change, Fate};
use heng_view::Inventory;
use heng_wording::{Language, Words};
use jiff::civil::date;

#[test]
fn a_citys_ledgers_go_out_and_come_back_and_only_changes_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    let size = Size { seed: 7, instruments: 300, verifications: 1, today: date(2027, 3, 1) };
    let made = make(folder.path(), founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap();
    let office = made.desk.shared_office();
    let known = inventory(office.store(), ANCHOR).unwrap();
    let catalogue = builtin_catalogue().unwrap();
    let vocabulary = Vocabulary::new(made.desk.rules(), &catalogue);

    let mut keepers: Vec<String> =
        known.things().filter_map(|(_, thing)| thing.registration.as_ref()).map(|one| one.keeper.clone()).collect();
    keepers.sort_unstable();
    keepers.dedup();
    let mut seen = 0;
    let mut largest = (0, String::new());
    for keeper in &keepers {
        for language in [Language::Zh, Language::En] {
            let lines = lines(&known, keeper, size.today, Words::of(language));
            seen += lines.len();
            if lines.len() > largest.0 {
                largest = (lines.len(), keeper.clone());
            }
            for bytes in [csv(&lines, &vocabulary, language).unwrap(), xlsx(&lines, &vocabulary, language).unwrap()] {
                let intake = foreseen(keeper, &bytes, &vocabulary, &known);
                assert_eq!(intake.findings, []);
                assert_eq!(intake.count(Fate::Same), lines.len(), "{intake:?}");
                // Into a register that knows nothing of them yet.
                let intake = foreseen(keeper, &bytes, &vocabulary, &Inventory::new(ANCHOR));
                assert_eq!(intake.count(Fate::New), lines.len());
                for (row, line) in intake.rows.iter().zip(&lines) {
                    let registered = row.planned.registration.as_ref().unwrap();
                    let (new, old) =
                        (registered.instrument.as_ref().unwrap(), line.registration.instrument.as_ref().unwrap());
                    assert_eq!((&registered.id, &registered.name), (&line.registration.id, &line.registration.name));
                    assert_eq!(
                        (&registered.place, registered.purpose),
                        (&line.registration.place, line.registration.purpose)
                    );
                    assert_eq!(
                        (&new.serial, &new.model, &new.manufacturer),
                        (&old.serial, &old.model, &old.manufacturer)
                    );
                }
            }
        }
    }
    let of_networks: usize = made.networks.iter().map(|network| 2 * network.homes.len()).sum();
    assert_eq!(seen, 2 * (300 + of_networks + made.piles.len()), "every instrument in two languages");

    // A change of place is one statement; the rest is not said again.
    let keeper = largest.1;
    let lines = lines(&known, &keeper, size.today, Words::of(Language::Zh));
    let mut changed = lines[0].registration.clone();
    changed.place.as_mut().unwrap().address = Said { zh: "新址 1 号".to_owned(), en: "1 New Road".to_owned() };
    let mut written = lines.clone();
    written[0].registration = &changed;
    let bytes = csv(&written, &vocabulary, Language::Zh).unwrap();
    let intake = foreseen(&keeper, &bytes, &vocabulary, &known);
    assert_eq!((intake.count(Fate::Changed), intake.count(Fate::Same)), (1, lines.len() - 1));
    assert_eq!(intake.rows[0].planned.changes, [Change::Place]);
    let before = office.store().size().unwrap();
    let mut heard = Vec::new();
    enter(&office, &keeper, &intake, clock::now(), &mut |done, of| heard.push((done, of))).unwrap();
    assert_eq!((office.store().size().unwrap() - before, heard.last()), (1, Some(&(1, 1))));
    let after = inventory(office.store(), ANCHOR).unwrap();
    assert_eq!(after.thing(&changed.id).unwrap().registration.as_ref(), Some(&changed));
    assert_eq!(foreseen(&keeper, &bytes, &vocabulary, &after).count(Fate::Same), lines.len());
}
