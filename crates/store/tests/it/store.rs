//! What is appended is found again, once, and proved.

use std::sync::Arc;

use heng_store::{Appender, Error, Question, Store};

use crate::fixtures::*;

#[test]
fn statements_keep_their_order_and_are_found_by_hash_and_by_index() {
    let (folder, appender) = new_store();
    let statements = registrations(0..700);
    let appended = appender.append(statements.clone()).unwrap();
    assert_eq!(appended.iter().map(|one| one.index).collect::<Vec<_>>(), (0..700).collect::<Vec<_>>());
    drop(appender);
    let store = Store::open(folder.path()).unwrap();
    for (one, statement) in appended.iter().zip(&statements) {
        assert_eq!(store.statement(&one.hash).unwrap().as_ref(), Some(statement));
        assert_eq!(store.statement_at(one.index).unwrap().as_ref(), Some(statement));
        assert_eq!(store.index_of(&statement.hash()).unwrap(), Some(one.index));
    }
    assert_eq!(store.statement(&"0".repeat(64)).unwrap(), None);
    assert_eq!(store.statement("no hash").unwrap(), None);
    assert_eq!(store.statement_at(700).unwrap(), None);
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn a_statement_that_is_known_is_answered_with_its_index_and_not_stored_again() {
    let (folder, appender) = new_store();
    appender.append(registrations(0..3)).unwrap();
    let again = appender.append([registrations(2..4), registrations(3..4), registrations(0..1)].concat()).unwrap();
    let answers: Vec<_> = again.iter().map(|one| (one.index, one.was_known)).collect();
    assert_eq!(answers, [(2, true), (3, false), (3, true), (0, true)]);
    assert_eq!(appender.store().size().unwrap(), 4);
    let checkpoint = appender.store().checkpoint().unwrap();
    appender.append(registrations(0..4)).unwrap();
    assert_eq!(appender.store().checkpoint().unwrap(), checkpoint);
    drop(appender);
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn callers_from_many_threads_are_all_answered_with_their_own() {
    let (folder, appender) = new_store();
    let appender = Arc::new(appender);
    std::thread::scope(|scope| {
        for caller in 0..8 {
            let appender = Arc::clone(&appender);
            scope.spawn(move || {
                for round in 0..20 {
                    let start = caller * 1000 + round * 3;
                    let statements = registrations(start..start + 3);
                    let appended = appender.append(statements.clone()).unwrap();
                    let hashes: Vec<_> = appended.iter().map(|one| one.hash.clone()).collect();
                    assert_eq!(hashes, statements.iter().map(|one| one.hash()).collect::<Vec<_>>());
                    for one in appended {
                        assert_eq!(appender.store().index_of(&one.hash).unwrap(), Some(one.index));
                    }
                }
            });
        }
    });
    assert_eq!(appender.store().size().unwrap(), 8 * 20 * 3);
    drop(appender);
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn the_index_answers_by_certificate_thing_party_kind_and_citation() {
    let (_folder, appender) = new_store();
    let standard = registration(1);
    let first = certificate("津字第 7 号", &standard.hash(), "第一版");
    let second = certificate("津字第 7 号", &standard.hash(), "第二版");
    let withdrawal = signed(
        "party:tj:lab-01",
        &["thing:scale:000007"],
        &[],
        serde_json::json!({
            "type": "correct", "statement": first.hash(), "kind": "superseded", "replaced_by": second.hash(),
            "reason": { "zh": "型号写错", "en": "wrong model" }, "from": "2026-03-02",
        }),
    );
    let key = signed(
        "party:tj:lab-01",
        &["party:tj:p-003"],
        &[],
        serde_json::json!({
            "type": "key", "party": "party:tj:p-003", "suite": "ed25519", "public_key": "", "valid_from": "2026-01-01", "valid_through": "2027-01-01",
        }),
    );
    appender.append(vec![standard.clone(), first.clone(), second.clone(), withdrawal, key]).unwrap();
    let store = appender.store();
    let found = |question| -> Vec<u64> { store.entries(question).unwrap().iter().map(|entry| entry.index).collect() };
    assert_eq!(found(Question::Certificate("津字第 7 号")), [1, 2]);
    assert_eq!(store.certificate("津字第 7 号").unwrap(), Some(second.clone()));
    assert_eq!(store.certificate("津字第 8 号").unwrap(), None);
    assert_eq!(found(Question::About("thing:scale:000007")), [1, 2, 3]);
    assert_eq!(found(Question::OfKind("cert")), [1, 2]);
    assert_eq!(found(Question::OfKind("correct")), [3]);
    assert_eq!(found(Question::Party("party:tj:p-003")), [4]);
    assert_eq!(found(Question::Party("party:tj:lab-01")), [0, 1, 2, 3, 4]);
    let citing = |hash: &str| -> Vec<(u64, String)> {
        store.citing(hash).unwrap().into_iter().map(|entry| (entry.index, entry.kind)).collect()
    };
    assert_eq!(citing(&standard.hash()), [(1, "cert".to_owned()), (2, "cert".to_owned())]);
    assert_eq!(citing(&first.hash()), [(3, "correct".to_owned())]);
    assert_eq!(citing(&second.hash()), [(3, "correct".to_owned())]);
    assert_eq!(citing("not a hash"), []);
}

#[test]
fn documents_are_kept_by_their_hash() {
    let (folder, appender) = new_store();
    let names = appender.keep(&["证书".as_bytes(), b"", "证书".as_bytes()]).unwrap();
    assert_eq!(names[0], names[2]);
    assert_eq!(names[1], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let store = appender.store();
    assert_eq!(store.blob(&names[0]).unwrap().unwrap(), "证书".as_bytes());
    assert_eq!(store.blob(&"0".repeat(64)).unwrap(), None);
    assert_eq!(store.blob("../../log/origin").unwrap(), None);
    std::fs::write(store.layout().blob(&names[0]), "改过").unwrap();
    assert!(matches!(store.blob(&names[0]), Err(Error::Document { .. })));
    drop(appender);
    assert_eq!(codes(&check(folder.path())), ["store-document-differs"]);
}

#[test]
fn one_process_writes_and_others_read() {
    let (folder, appender) = new_store();
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Locked { .. })));
    let reader = Store::open(folder.path()).unwrap();
    let appended = appender.append(registrations(0..5)).unwrap();
    assert_eq!(reader.size().unwrap(), 5);
    assert_eq!(reader.statement(&appended[4].hash).unwrap(), Some(registration(4)));
    drop(appender);
    assert!(Appender::open(folder.path(), signer()).is_ok());
}

#[test]
fn a_folder_is_a_store_only_once_it_was_made_one() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::NoStore { .. })));
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::NoStore { .. })));
    for origin in ["", "two words", "a+b", "line\nbreak"] {
        assert!(matches!(Store::create(folder.path(), origin), Err(Error::Origin { .. })));
    }
    let deep = folder.path().join("天津").join("账");
    Store::create(&deep, ORIGIN).unwrap();
    assert!(matches!(Store::create(&deep, ORIGIN), Err(Error::StoreExists { .. })));
    assert_eq!(Appender::open(&deep, signer()).unwrap().store().origin(), ORIGIN);
    assert_eq!(check(&deep).findings, []);
}

#[test]
fn proofs_are_accepted_by_the_evidence_crate_and_receipts_by_the_log_key() {
    let (_folder, appender) = new_store();
    let statements = registrations(0..600);
    let mut roots = Vec::new();
    for batch in statements.chunks(100) {
        appender.append(batch.to_vec()).unwrap();
        roots.push(appender.store().checkpoint().unwrap().checkpoint().clone());
    }
    let store = appender.store();
    let last = roots.last().unwrap();
    for (index, statement) in statements.iter().enumerate().step_by(37) {
        for checkpoint in roots.iter().filter(|checkpoint| checkpoint.size > index as u64) {
            let proof = store.inclusion(index as u64, checkpoint.size).unwrap();
            proof.check(&statement.hash_bytes(), &checkpoint.root).unwrap();
        }
        let (key, log_key) = (log_key().public_key().clone(), log_key());
        let receipt = store.receipt(index as u64, -8, &key.key_id().0, |message| log_key.sign(message)).unwrap();
        let root = receipt
            .authenticate(&statement.hash_bytes(), |message, signature| key.authenticate(message, signature).is_ok());
        assert_eq!(root.unwrap(), last.root);
        assert_eq!(receipt.header.subject, statement.statement.about[0]);
    }
    for old in &roots {
        for new in roots.iter().filter(|new| new.size >= old.size) {
            store.consistency(old.size, new.size).unwrap().check(&old.root, &new.root).unwrap();
        }
    }
    // Sizes that were passed over within a batch, and never published, can be proved as well.
    for size in (1..=600).step_by(13) {
        let proof = store.consistency(size, 600).unwrap();
        let tree = (0..size).fold(heng_evidence::Frontier::empty(), |mut tree, index| {
            tree.append(&[statements[index as usize].hash_bytes()]);
            tree
        });
        proof.check(&tree.root(), &last.root).unwrap();
        store
            .inclusion(size - 1, size)
            .unwrap()
            .check(&statements[size as usize - 1].hash_bytes(), &tree.root())
            .unwrap();
    }
    assert!(matches!(store.inclusion(600, 600), Err(Error::Beyond { .. })));
    assert!(matches!(store.inclusion(0, 601), Err(Error::Beyond { .. })));
    assert!(matches!(store.consistency(2, 1), Err(Error::Beyond { .. })));
}

#[test]
fn a_cosigned_checkpoint_stays_while_the_tree_does() {
    let (folder, appender) = new_store();
    appender.append(registrations(0..2)).unwrap();
    let path = appender.store().layout().checkpoint();
    let mut cosigned = appender.store().checkpoint().unwrap().as_ref().clone();
    drop(appender);
    let witness =
        heng_evidence::VerifierKey::new("witness.example.cn", heng_evidence::KeyKind::Cosignature, [3; 32]).unwrap();
    cosigned.cosign(&witness, 1_772_000_000, |_| Ok::<_, Error>([7; 64])).unwrap();
    std::fs::write(&path, cosigned.to_string()).unwrap();
    let appender = Appender::open(folder.path(), signer()).unwrap();
    appender.append(registrations(0..2)).unwrap();
    assert_eq!(appender.store().checkpoint().unwrap(), Arc::new(cosigned));
    appender.append(registrations(2..3)).unwrap();
    assert_eq!(appender.store().checkpoint().unwrap().signatures().len(), 1);
}
