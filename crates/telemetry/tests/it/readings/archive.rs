//! Parts that were moved to an object store: nothing is lost at any step, and nothing is used that was not moved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use heng_store::{Disk, LocalDisk};
use heng_telemetry::readings::archive::{ArchiveError, ArchivedDisk, Moved, Objects};
use heng_telemetry::readings::report::{Days, of_meter, report};
use heng_telemetry::readings::seal::{proven, sealable};
use heng_telemetry::readings::store::folder;
use heng_telemetry::readings::{Readings, ReadingsError, Settings};
use tempfile::TempDir;

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, csv, data, message, opened};

/// What goes wrong at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    None,
    /// Nothing was done.
    Lost,
    /// It was done, and nobody hears of it.
    Unheard,
    /// The end of it is missing.
    Short,
    /// A bit is another one.
    Altered,
}

/// Objects by key.
type Kept = BTreeMap<String, Vec<u8>>;

#[derive(Default)]
struct Held {
    objects: Kept,
    step: usize,
    fault: Option<(usize, Fault)>,
    puts: usize,
}

/// An object store in memory, whose n-th step can go wrong.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Held>>);

impl Memory {
    fn failing(&self, step: usize, fault: Fault) {
        let mut held = self.0.lock().unwrap();
        held.step = 0;
        held.fault = Some((step, fault));
    }

    fn mend(&self) {
        self.0.lock().unwrap().fault = None;
    }

    fn keys(&self) -> Vec<String> {
        self.0.lock().unwrap().objects.keys().cloned().collect()
    }

    fn change(&self, change: impl Fn(&mut Kept)) {
        change(&mut self.0.lock().unwrap().objects);
    }
}

impl Held {
    fn next(&mut self) -> Fault {
        self.step += 1;
        let step = self.step - 1;
        self.fault.filter(|(at, _)| *at == step).map_or(Fault::None, |(_, fault)| fault)
    }
}

fn gone(object: &str) -> ArchiveError {
    ArchiveError::Unreachable { object: object.to_owned(), reason: "the line is cut".to_owned() }
}

impl Objects for Memory {
    fn put(&self, key: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        let mut held = self.0.lock().unwrap();
        held.puts += 1;
        let mut bytes = bytes.to_vec();
        let fault = held.next();
        match fault {
            Fault::Lost => return Err(gone(key)),
            Fault::Short => bytes.truncate(bytes.len() / 2),
            Fault::Altered => bytes[9] ^= 1,
            Fault::None | Fault::Unheard => {}
        }
        held.objects.insert(key.to_owned(), bytes);
        if fault == Fault::Unheard { Err(gone(key)) } else { Ok(()) }
    }

    fn get(&self, key: &str, _: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut held = self.0.lock().unwrap();
        let fault = held.next();
        let missing = || ArchiveError::Missing { object: key.to_owned() };
        let mut bytes = held.objects.get(key).cloned().ok_or_else(missing)?;
        match fault {
            Fault::Lost | Fault::Unheard => return Err(gone(key)),
            Fault::Short => bytes.truncate(bytes.len() / 2),
            Fault::Altered => bytes[9] ^= 1,
            Fault::None => {}
        }
        Ok(bytes)
    }
}

/// The machine's disk, of which the n-th change is lost or done unheard, and no other after it is done.
struct Faulty {
    disk: LocalDisk,
    left: AtomicUsize,
    is_done: bool,
}

impl Faulty {
    fn change(&self, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
            Ok(1) => {
                if self.is_done {
                    act()?;
                }
                Err(io::Error::other("the power is gone"))
            }
            Ok(_) => act(),
            Err(_) => Err(io::Error::other("the power is gone")),
        }
    }
}

impl Disk for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk.read(path)
    }
    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.disk.read_part(path, offset, length)
    }
    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.names(folder)
    }
    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.change(|| self.disk.write(path, offset, bytes))
    }
    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.change(|| self.disk.cut(path, length))
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.change(|| self.disk.sync(path))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(|| self.disk.sync_folder(folder))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(|| self.disk.rename(from, to))
    }
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(|| self.disk.make_folder(folder))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(|| self.disk.remove(path))
    }
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(|| self.disk.remove_folder(folder))
    }
}

/// Two settled segments of two districts: four parts, seven readings.
pub fn settled() -> TempDir {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let header = "meter,register,unit,at,value,district\n";
    let line = |meter: &str, at: &str, value: &str, district: &str| {
        format!("{meter},1-0:1.8.0,kWh,2026-03-{at},{value},{district}\n")
    };
    let first = [
        line("津电0001", "01 00:00", "1.0", "120101"),
        line("津电0001", "01 06:00", "2.50", "120101"),
        line("津电0002", "01 00:00", "3", "120102"),
        line("津电0001", "02 00:00", "4", "120101"),
    ];
    readings.ingest("heping-01", csv(&format!("{header}{}", first.concat())), MIDNIGHT_MS).unwrap();
    readings.settle_all().unwrap();
    let second = [line("津电0001", "01 12:00", "2.75", "120101"), line("津电0001", "01 18:00", "3", "120101")];
    readings.ingest("heping-01", csv(&format!("{header}{}", second.concat())), MIDNIGHT_MS).unwrap();
    readings.settle_all().unwrap();
    drop(readings);
    data
}

/// How many readings and parts there are of it.
const READINGS: u64 = 6;
const PARTS: u64 = 4;

pub fn seals(data: &Path) -> BTreeSet<(u64, String)> {
    let all = sealable(&LocalDisk::default(), &folder(data)).unwrap();
    all.into_iter().map(|one| (one.segment, one.root)).collect()
}

fn over(data: &Path, memory: &Memory) -> ArchivedDisk {
    ArchivedDisk::with(Arc::new(LocalDisk::default()), data, Box::new(memory.clone()), "津/")
}

pub fn moved(disk: &ArchivedDisk, data: &Path) -> Result<Moved, ReadingsError> {
    disk.move_sealed(&seals(data), None, &mut |_, _| {})
}

pub fn parts_here(data: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder(data).join("parquet")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

fn copied(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.path().join(&folder)).unwrap();
        for entry in fs::read_dir(from.join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let relative = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(relative);
            } else {
                fs::copy(entry.path(), to.path().join(&relative)).unwrap();
            }
        }
    }
    to
}

/// Everything is there, once, and proves itself.
pub fn check_all(disk: &dyn Disk, data: &Path) {
    assert_eq!(report(disk, data, Days::default(), None).unwrap().total.readings, READINGS);
    let shown = of_meter(disk, data, "津电0001", Days::default()).unwrap();
    let values: Vec<&str> = shown.iter().map(|reading| reading.value.as_str()).collect();
    assert_eq!(values, ["1.0", "2.50", "2.75", "3", "4"]);
    for (hour, value) in [(0, "1.0"), (6, "2.50"), (12, "2.75")] {
        let found = proven(disk, &folder(data), "津电0001", None, MIDNIGHT_MS + hour * HOUR_MS).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].line.contains(&format!("\"value\":\"{value}\"")));
        let root = hex::decode(&found[0].root).unwrap().try_into().unwrap();
        found[0].proof.check(found[0].line.as_bytes(), &root).unwrap();
    }
}

#[test]
fn sealed_parts_are_moved_once_and_read_as_before() {
    let data = settled();
    let memory = Memory::default();
    let disk = over(data.path(), &memory);
    let mut told = Vec::new();
    let moved_now = disk.move_sealed(&seals(data.path()), None, &mut |done, all| told.push((done, all))).unwrap();
    assert_eq!((moved_now.parts, moved_now.unsealed), (PARTS, 0));
    assert_eq!((told.first(), told.last(), told.len()), (Some(&(0, 4)), Some(&(4, 4)), 5));
    assert_eq!(parts_here(data.path()), Vec::<PathBuf>::new());
    let keys = memory.keys();
    assert!(keys.iter().all(|key| key.starts_with("津/day=2026-03-0") && key.ends_with(".parquet")), "{keys:?}");
    check_all(&disk, data.path());
    assert_eq!(moved(&disk, data.path()).unwrap(), Moved::default());
    assert_eq!(memory.0.lock().unwrap().puts, 4);
    // A program that knows nothing of archives says so and does not take the readings for lost.
    let manifest = fs::read_to_string(folder(data.path()).join("segments/000000000000.json")).unwrap();
    assert!(manifest.contains("\"heng-readings-segment/2\""));
    let bare = ArchivedDisk::open(Arc::new(LocalDisk::default()), data.path(), &|_| None).unwrap();
    let error = of_meter(&bare, data.path(), "津电0001", Days::default()).unwrap_err();
    assert!(matches!(error.archive(), Some(ArchiveError::NoSettings { .. })), "{error}");
    assert!(error.to_string().ends_with("archive.toml is not there: put it back"), "{error}");
}

#[test]
fn only_what_is_sealed_and_old_enough_is_moved() {
    let data = settled();
    let memory = Memory::default();
    let disk = over(data.path(), &memory);
    assert_eq!(
        disk.move_sealed(&BTreeSet::new(), None, &mut |_, _| {}).unwrap(),
        Moved { unsealed: 2, ..Moved::default() }
    );
    // A seal of other readings under the same number is no seal of these.
    let other = BTreeSet::from([(0, "00".repeat(32))]);
    assert_eq!(disk.move_sealed(&other, None, &mut |_, _| {}).unwrap().parts, 0);
    let through = Some("2026-03-01".parse().unwrap());
    assert_eq!(disk.move_sealed(&seals(data.path()), through, &mut |_, _| {}).unwrap().parts, 3);
    assert_eq!(parts_here(data.path()).len(), 1);
    check_all(&disk, data.path());
    assert_eq!(moved(&disk, data.path()).unwrap().parts, 1);
    check_all(&disk, data.path());
}

#[test]
fn whatever_step_of_the_store_fails_nothing_is_lost() {
    let base = settled();
    for fault in [Fault::Lost, Fault::Unheard, Fault::Short, Fault::Altered] {
        let mut step = 0;
        loop {
            let data = copied(base.path());
            let memory = Memory::default();
            memory.failing(step, fault);
            let disk = over(data.path(), &memory);
            let ended = moved(&disk, data.path());
            memory.mend();
            check_all(&disk, data.path());
            if ended.is_ok() {
                break;
            }
            let here = parts_here(data.path()).len() as u64;
            assert!(here > 0, "{fault:?} at {step}");
            let again = moved(&disk, data.path()).unwrap();
            assert_eq!((again.parts, parts_here(data.path()).len()), (here, 0), "{fault:?} at {step}");
            check_all(&disk, data.path());
            step += 1;
        }
        assert!(step >= 8, "each part is put and read back");
    }
}

#[test]
fn whatever_change_of_the_disk_is_the_last_nothing_is_lost() {
    let base = settled();
    for is_done in [false, true] {
        let mut change = 1;
        loop {
            let data = copied(base.path());
            let memory = Memory::default();
            let faulty = Faulty { disk: LocalDisk::default(), left: AtomicUsize::new(change), is_done };
            let disk = ArchivedDisk::with(Arc::new(faulty), data.path(), Box::new(memory.clone()), "");
            let ended = moved(&disk, data.path());
            let disk = over(data.path(), &memory);
            check_all(&disk, data.path());
            moved(&disk, data.path()).unwrap();
            assert_eq!(parts_here(data.path()).len(), 0, "change {change}");
            check_all(&disk, data.path());
            assert_eq!(moved(&disk, data.path()).unwrap(), Moved::default());
            if ended.is_ok() {
                break;
            }
            change += 1;
        }
        assert!(change > 20, "each part is written down and removed, {change}");
    }
}

#[test]
fn what_the_store_gives_back_otherwise_is_not_used() {
    let data = settled();
    let memory = Memory::default();
    let disk = over(data.path(), &memory);
    moved(&disk, data.path()).unwrap();
    let whole = memory.0.lock().unwrap().objects.clone();
    let second_day = memory.keys().into_iter().find(|key| key.contains("03-02")).unwrap();
    let first_day = Days { through: Some("2026-03-01".parse().unwrap()), ..Days::default() };
    let fault = |change: &dyn Fn(&mut Kept)| {
        memory.change(change);
        // Days that do not need it are read.
        assert_eq!(of_meter(&disk, data.path(), "津电0001", first_day).unwrap().len(), 4);
        let error = of_meter(&disk, data.path(), "津电0001", Days::default()).unwrap_err();
        assert!(proven(&disk, &folder(data.path()), "津电0001", None, MIDNIGHT_MS).is_err());
        memory.change(|objects| objects.clone_from(&whole));
        error.archive().unwrap().clone()
    };
    let object = || second_day.clone();
    assert_eq!(fault(&|objects| drop(objects.remove(&second_day))), ArchiveError::Missing { object: object() });
    let altered = ArchiveError::Altered { object: object() };
    assert_eq!(fault(&|objects| objects.get_mut(&second_day).unwrap()[20] ^= 4), altered);
    assert_eq!(fault(&|objects| objects.get_mut(&second_day).unwrap().push(0)), altered);
    assert_eq!(fault(&|objects| objects.get_mut(&second_day).unwrap().clear()), altered);
    check_all(&disk, data.path());
}

#[test]
fn a_part_that_does_not_give_its_root_any_more_stays_here() {
    let data = settled();
    let parts = folder(data.path()).join("parquet/day=2026-03-01/district=120101");
    let names: Vec<PathBuf> = fs::read_dir(&parts).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names.len(), 2);
    fs::copy(&names[0], &names[1]).unwrap();
    let memory = Memory::default();
    let error = moved(&over(data.path(), &memory), data.path()).unwrap_err();
    assert!(error.to_string().ends_with("the readings do not give the root"), "{error}");
    assert!(names[1].exists());
}

#[test]
fn a_late_reading_of_a_day_that_was_moved_is_known_and_a_store_that_is_away_stops_nobody_else() {
    let data = settled();
    let memory = Memory::default();
    moved(&over(data.path(), &memory), data.path()).unwrap();
    let disk = Arc::new(over(data.path(), &memory));
    let settings = Settings { disk, segment_bytes: 1 << 20, most_identities: 1000 };
    let readings = Readings::open_with(data.path(), settings).unwrap();
    let late = message(&[("津电0001", "01 06:00", "2.5"), ("津电0001", "01 06:00", "2.6")]);
    memory.failing(0, Fault::Lost);
    let error = readings.ingest("heping-01", late.clone(), MIDNIGHT_MS).unwrap_err();
    assert!(matches!(error.archive(), Some(ArchiveError::Unreachable { .. })), "{error}");
    let today = message(&[("津电0001", "09 00:00", "9")]);
    assert_eq!(readings.ingest("heping-01", today, MIDNIGHT_MS).unwrap().added, 1);
    memory.mend();
    let taken = readings.ingest("heping-01", late, MIDNIGHT_MS).unwrap();
    assert_eq!((taken.again, taken.conflicts, taken.added), (1, 1, 1));
}

#[test]
fn parts_may_be_moved_while_readings_come_in() {
    let data = settled();
    let memory = Memory::default();
    let disk: Arc<ArchivedDisk> = Arc::new(over(data.path(), &memory));
    let settings = Settings { disk: disk.clone(), segment_bytes: 1 << 20, most_identities: 1000 };
    let readings = Readings::open_with(data.path(), settings).unwrap();
    // Who writes has read the manifests before.
    assert_eq!(moved(&disk, data.path()).unwrap().parts, PARTS);
    let again = message(&[("津电0001", "01 00:00", "1.0"), ("津电0001", "02 00:00", "4")]);
    assert_eq!(readings.ingest("heping-01", again, MIDNIGHT_MS).unwrap().again, 2);
}
