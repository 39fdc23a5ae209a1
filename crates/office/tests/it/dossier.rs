//! What a service says of a certificate, with all that it remembers, is what anyone finds from the bundle alone.

use std::collections::BTreeSet;

use heng_checker::{Answer, Given, Memory, Said, check, check_dossier};
use heng_office::city::make;
use heng_office::founding::Founding;
use heng_office::{ANCHOR, Known, fonts};
use heng_statement::Suite;
use heng_store::Question;
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
    let checkpoint = office.store().checkpoint().unwrap();
    let tree = memory.follow(&checkpoint, |_| None).unwrap();
    let mut answers = BTreeSet::new();
    for certified in inventory.certificates() {
        let dossier = office.dossier(&certified.hash, &known).unwrap();
        let bytes = dossier.bundle().unwrap().to_bytes().unwrap();
        let alone = check(&[Given { name: "certificate.heng", bytes: &bytes }], Some(&policy)).unwrap();
        for time in ["first", "again"] {
            assert_eq!(alone, [check_dossier(&dossier, &memory)], "{} {time}", certified.number);
        }
        let is_trusted = alone[0].answer() == Answer::Trusted;
        answers.insert(is_trusted);

        // What passed is settled: the same report without reading a statement. What did not pass is not.
        let settled = memory.settled(&certified.hash);
        assert_eq!(settled.is_some(), is_trusted, "{}", certified.number);
        let said = |corrections: &dyn Fn(&str) -> usize, more: usize| {
            let introductions = |party: &str| inventory.introductions(party).len() + more;
            let said = Said { introductions: &introductions, corrections: &|hash| corrections(hash) };
            settled.as_ref().and_then(|settled| settled.report(&tree, alone[0].as_of.unwrap(), &said))
        };
        let of_inventory = |hash: &str| inventory.corrections(hash).len();
        assert_eq!(said(&of_inventory, 0), is_trusted.then(|| alone[0].clone()), "{}", certified.number);
        // One more word on anybody who signed, or a correction of anything it rests on, and it is not.
        assert_eq!(said(&of_inventory, 1), None);
        for included in dossier.statements.values() {
            let hash = included.signed.hash();
            assert_eq!(said(&|of| usize::from(of == hash), 0), None, "{hash}");
        }

        // The index of the store knows of the same statements as what followed the log.
        let of_index = office.bundle(&certified.hash).unwrap();
        let of_index = heng_checker::Bundle::parse(&of_index).unwrap();
        let hashes = |bundle: &heng_checker::Bundle| bundle.statements.iter().map(|one| one.index).collect::<Vec<_>>();
        assert_eq!(hashes(&of_index), hashes(&dossier.bundle().unwrap()), "{}", certified.number);
    }
    assert!(inventory.certificates().len() > 100);
    assert_eq!(answers, [false, true].into(), "there are withdrawn ones and good ones");
}

#[test]
fn what_is_settled_stays_so_while_the_log_grows_and_no_longer_than_it_continues() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size { seed: 3, instruments: 20, verifications: 1, today: date(2027, 3, 1) };
    let founding = Founding { seed: Some(3), suite: Suite::Ed25519 };
    let desk = make(folder.path(), founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap().desk;
    let office = desk.office();
    let store = office.store();
    let certificate = store.entries(Question::OfKind("cert")).unwrap().last().unwrap().hash.clone();
    let hashes = |question: Question<'_>| -> Vec<_> {
        let entries = store.entries(question).unwrap();
        entries
            .into_iter()
            .filter(|entry| ["party", "key", "auth"].contains(&&*entry.kind))
            .map(|one| one.hash)
            .collect()
    };
    let known = Known { introductions: &|party| hashes(Question::About(party)), corrections: &|_| Vec::new() };
    let memory = Memory::new(Some(office.policy(ANCHOR).unwrap()));
    let before = store.checkpoint().unwrap();
    memory.follow(&before, |_| None).unwrap();
    check_dossier(&office.dossier(&certificate, &known).unwrap(), &memory);
    let settled = memory.settled(&certificate).unwrap();

    // A statement about something else.
    let other = store.entries(Question::OfKind("reg")).unwrap().first().unwrap().index;
    let statement = store.statement_at(other).unwrap().unwrap().statement;
    let again = heng_statement::Statement { made_at: heng_office::clock::now(), ..statement };
    office.append(vec![office.signed(&again).unwrap()]).unwrap();
    let after = store.checkpoint().unwrap();
    let (old_size, new_size) = (before.checkpoint().size, after.checkpoint().size);
    assert_eq!(new_size, old_size + 1);

    let proof = |old| store.consistency(old, new_size).ok();
    let tree = memory.follow(&after, proof).unwrap();
    let introductions = |party: &str| hashes(Question::About(party)).len();
    let said = Said { introductions: &introductions, corrections: &|_| 0 };
    let now = heng_office::clock::now();
    let report = settled.report(&tree, now, &said).unwrap();
    let fresh = check_dossier(&office.dossier(&certificate, &known).unwrap(), &memory);
    let without_instants = |report: &heng_checker::Report| {
        let checks = report.checks.iter().filter(|check| check.name != "standing");
        checks.cloned().collect::<Vec<_>>()
    };
    assert_eq!(without_instants(&report), without_instants(&fresh));

    // A memory that saw the later tree alone knows nothing of the earlier one; a tree that cannot be shown to continue it starts anew.
    let alone = Memory::new(Some(office.policy(ANCHOR).unwrap()));
    assert!(settled.report(&alone.follow(&after, |_| None).unwrap(), now, &said).is_none());
    let broken = Memory::new(Some(office.policy(ANCHOR).unwrap()));
    broken.follow(&before, |_| None).unwrap();
    assert!(settled.report(&broken.follow(&after, |_| None).unwrap(), now, &said).is_none());
}
