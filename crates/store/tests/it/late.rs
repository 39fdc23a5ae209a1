//! A store that is made at once becomes durable at once: until then it is its maker's alone.

use std::path::Path;
use std::sync::Arc;

use heng_store::{Appender, Disk, Error, LocalDisk, Settings, Store, fsck};

use crate::fixtures::*;

fn begun(folder: &Path) -> (Arc<LocalDisk>, Appender) {
    let disk = Arc::new(LocalDisk::late(folder).unwrap());
    Store::create_on(&*disk, folder, ORIGIN).unwrap();
    let settings = Settings { disk: Arc::clone(&disk) as Arc<dyn Disk>, ..Settings::default() };
    (disk, Appender::open_with(folder, signer(), settings).unwrap())
}

fn is_refused<T>(opened: Result<T, Error>) -> bool {
    matches!(opened, Err(Error::Unfinished { .. }))
}

#[test]
fn nobody_else_opens_a_store_before_it_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, appender) = begun(folder.path());
    if disk.is_settled() {
        // This system has no call for it, so that nothing was put off.
        return;
    }
    appender.append(registrations(0..700)).unwrap();
    let document = appender.keep(&[b"text"]).unwrap().pop().unwrap();
    assert!(is_refused(Store::open(folder.path())));
    appender.settle().unwrap();
    assert!(disk.is_settled());
    appender.settle().unwrap();
    appender.append(registrations(700..703)).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.size().unwrap(), 703);
    assert_eq!(store.blob(&document).unwrap().unwrap(), b"text");
    drop((store, appender));
    assert_eq!(check(folder.path()).findings, []);
    drop(Appender::open(folder.path(), signer()).unwrap());
}

#[test]
fn a_store_whose_making_was_cut_short_is_opened_by_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, appender) = begun(folder.path());
    appender.append(registrations(0..3)).unwrap();
    drop(appender);
    if disk.is_settled() {
        return;
    }
    assert!(is_refused(Store::open(folder.path())));
    assert!(is_refused(Appender::open(folder.path(), signer())));
    assert!(is_refused(fsck(folder.path(), &is_authentic)));
    assert!(is_refused(Store::create(folder.path(), ORIGIN)), "it is not taken for a store that is there");
    let said = Store::open(folder.path()).err().unwrap().to_string();
    assert!(said.contains("delete it and make it again"), "{said}");
}
