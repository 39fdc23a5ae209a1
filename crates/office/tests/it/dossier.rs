//! What a service says of a certificate, with all that it remembers, is what anyone finds from the bundle alone.

use std::collections::BTreeSet;

use heng_checker::{Answer, Given, Memory, check, check_dossier};
use heng_office::city::make;
use heng_office::founding::Founding;
use heng_office::{ANCHOR, Known, fonts};
use heng_statement::Suite;
use heng_supervision::city::Size;
use heng_view::Inventory;
use jiff::civil::date;

#[test]
fn every_certificate_of_a_city_is_judged_the_same_from_the_log_and_from_its_bundle() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size { seed: 7, instruments: 120, verifications: 1, today: date(2027, 3, 1) };
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    let desk = make(folder.path(), founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap().desk;
    let office = desk.office();
    let mut inventory = Inventory::new(ANCHOR);
    for index in 0..office.store().size().unwrap() {
        let placed = office.store().placed_at(index).unwrap().unwrap();
        inventory.note(index, &placed.signed.hash(), &placed.signed.statement);
    }
    let known = Known {
        introductions: &|party| inventory.introductions(party).to_vec(),
        corrections: &|statement| inventory.corrections(statement).to_vec(),
    };
    let policy = office.policy(ANCHOR).unwrap();
    let memory = Memory::new(Some(policy.clone()));
    let mut answers = BTreeSet::new();
    for certified in inventory.certificates() {
        let dossier = office.dossier(&certified.hash, &known).unwrap();
        let bytes = dossier.bundle().unwrap().to_bytes().unwrap();
        let alone = check(&[Given { name: "certificate.heng", bytes: &bytes }], Some(&policy)).unwrap();
        for time in ["first", "again"] {
            assert_eq!(alone, [check_dossier(&dossier, &memory)], "{} {time}", certified.number);
        }
        answers.insert(alone[0].answer() == Answer::Trusted);

        // The index of the store knows of the same statements as what followed the log.
        let of_index = office.bundle(&certified.hash).unwrap();
        let of_index = heng_checker::Bundle::parse(&of_index).unwrap();
        let hashes = |bundle: &heng_checker::Bundle| bundle.statements.iter().map(|one| one.index).collect::<Vec<_>>();
        assert_eq!(hashes(&of_index), hashes(&dossier.bundle().unwrap()), "{}", certified.number);
    }
    assert!(inventory.certificates().len() > 100);
    assert_eq!(answers, [false, true].into(), "there are withdrawn ones and good ones");
}
