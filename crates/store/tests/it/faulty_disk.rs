//! A disk of which one operation fails, and which can lose its power.
//!
//! It works on a real folder and keeps in mind what of it would survive a power failure: the bytes of a file as they were when it was
//! synced, under the names that its folder had when that was synced.

use std::collections::BTreeMap;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use heng_store::{Disk, LocalDisk};

/// How an operation fails. The caller sees an error in each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It did not take place.
    Lost,
    /// It did take place.
    LostButPersisted,
    /// It did not take place and nothing after it does: the power is gone.
    PowerCut,
}

/// What a power failure leaves of what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remains {
    /// Nothing.
    OnlyWhatWasSynced,
    /// All names, but no bytes under them.
    NamesWithoutBytes,
    /// All names, and half of the bytes.
    TornBytes,
}

/// What stands behind a name.
#[derive(Clone, Debug)]
enum Node {
    Folder,
    /// The number of a file in `State::bytes`.
    File(usize),
}

/// A file's bytes now, and those that would survive.
#[derive(Clone, Debug, Default)]
struct Bytes {
    now: Vec<u8>,
    synced: Vec<u8>,
}

#[derive(Debug, Default)]
struct State {
    /// Another one after each power cut: it keeps a file open, which is then not the one in the folder any more.
    local: LocalDisk,
    operations: usize,
    fails: Option<(usize, Failure)>,
    is_dead: bool,
    done: Vec<String>,
    bytes: Vec<Bytes>,
    names: BTreeMap<PathBuf, Node>,
    durable_names: BTreeMap<PathBuf, Node>,
}

/// The disk.
pub struct FaultyDisk {
    root: PathBuf,
    state: Mutex<State>,
}

impl FaultyDisk {
    /// A disk whose operation of this number, counted from 0, fails. Only what changes something is counted.
    pub fn failing(root: &Path, at: usize, how: Failure) -> Self {
        let disk = Self::working(root);
        disk.state.lock().unwrap().fails = Some((at, how));
        disk
    }

    /// A disk of which nothing fails.
    pub fn working(root: &Path) -> Self {
        Self { root: root.to_path_buf(), state: Mutex::default() }
    }

    /// Lets another operation fail, counted from now; what is known of the folder stays.
    pub fn fail_next(&self, fails: Option<(usize, Failure)>) {
        let mut state = self.state.lock().unwrap();
        state.operations = 0;
        state.is_dead = false;
        state.fails = fails;
    }

    /// Whether the failure has come.
    pub fn has_failed(&self) -> bool {
        let state = self.state.lock().unwrap();
        state.fails.is_some_and(|(at, _)| state.operations > at)
    }

    /// What was done, for the message of a failing test.
    pub fn history(&self) -> String {
        self.state.lock().unwrap().done.join("\n")
    }

    /// Leaves in the folder what a power failure leaves. The index, which SQLite writes past this disk, stays; so does the lock.
    pub fn cut_power(&self, remains: Remains) {
        let mut state = self.state.lock().unwrap();
        let names =
            if remains == Remains::OnlyWhatWasSynced { state.durable_names.clone() } else { state.names.clone() };
        let reachable: BTreeMap<PathBuf, Node> = names
            .iter()
            .filter(|(path, _)| {
                let above = path
                    .ancestors()
                    .skip(1)
                    .take_while(|folder| *folder != self.root && folder.starts_with(&self.root));
                above.into_iter().all(|folder| names.contains_key(folder))
            })
            .map(|(path, node)| (path.clone(), node.clone()))
            .collect();
        for folder in ["log", "blobs", "temporary"] {
            let folder = self.root.join(folder);
            if folder.is_dir() {
                std::fs::remove_dir_all(&folder).unwrap();
            }
        }
        for (path, node) in &reachable {
            match node {
                Node::Folder => std::fs::create_dir_all(path).unwrap(),
                Node::File(number) => {
                    let Bytes { now, synced } = &state.bytes[*number];
                    let bytes = match remains {
                        Remains::TornBytes => {
                            let kept = now.len().min(synced.len().max((synced.len() + now.len()) / 2));
                            let mut bytes = now[..kept].to_vec();
                            let intact = synced.len().min(bytes.len());
                            bytes[..intact].copy_from_slice(&synced[..intact]);
                            bytes
                        }
                        _ => synced.clone(),
                    };
                    std::fs::write(path, &bytes).unwrap();
                    state.bytes[*number] = Bytes { now: bytes.clone(), synced: bytes };
                }
            }
        }
        state.names = reachable.clone();
        state.durable_names = reachable;
        state.is_dead = false;
        state.local = LocalDisk::default();
    }

    fn act(&self, name: &str, path: &Path, act: impl FnOnce(&mut State) -> io::Result<()>) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        let number = state.operations;
        state.operations += 1;
        let failure = state.fails.filter(|(at, _)| *at == number).map(|(_, failure)| failure);
        let note = format!("{number} {name} {} {failure:?}", path.strip_prefix(&self.root).unwrap_or(path).display());
        state.done.push(note);
        if state.is_dead {
            return Err(Error::other("the power is gone"));
        }
        match failure {
            None => act(&mut state),
            Some(Failure::Lost) => Err(Error::other("lost")),
            Some(Failure::LostButPersisted) => {
                act(&mut state)?;
                Err(Error::other("lost but persisted"))
            }
            Some(Failure::PowerCut) => {
                state.is_dead = true;
                Err(Error::other("power cut"))
            }
        }
    }
}

impl State {
    fn file(&mut self, path: &Path) -> &mut Bytes {
        let number = match self.names.get(path) {
            Some(Node::File(number)) => *number,
            _ => {
                self.bytes.push(Bytes::default());
                self.names.insert(path.to_path_buf(), Node::File(self.bytes.len() - 1));
                self.bytes.len() - 1
            }
        };
        &mut self.bytes[number]
    }
}

impl Disk for FaultyDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        LocalDisk::default().read(path)
    }

    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        LocalDisk::default().read_part(path, offset, length)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        LocalDisk::default().names(folder)
    }

    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.act("write", path, |state| {
            state.local.write(path, offset, bytes)?;
            let now = &mut state.file(path).now;
            let offset = usize::try_from(offset).unwrap();
            now.resize(now.len().max(offset + bytes.len()), 0);
            now[offset..offset + bytes.len()].copy_from_slice(bytes);
            Ok(())
        })
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.act("cut", path, |state| {
            state.local.cut(path, length)?;
            state.file(path).now.truncate(usize::try_from(length).unwrap());
            Ok(())
        })
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        // The real sync is left out: what would survive is kept in mind here.
        self.act("sync", path, |state| {
            let file = state.file(path);
            file.synced.clone_from(&file.now);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.act("sync folder", folder, |state| {
            state.durable_names.retain(|path, _| path.parent() != Some(folder));
            let names = state.names.iter().filter(|(path, _)| path.parent() == Some(folder));
            let names: Vec<_> = names.map(|(path, node)| (path.clone(), node.clone())).collect();
            state.durable_names.extend(names);
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.act("rename", to, |state| {
            state.local.rename(from, to)?;
            let node = state.names.remove(from).unwrap();
            state.names.insert(to.to_path_buf(), node);
            Ok(())
        })
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        self.act("make folder", folder, |state| {
            state.local.make_folder(folder)?;
            for folder in folder.ancestors().take_while(|folder| *folder != self.root && folder.starts_with(&self.root))
            {
                state.names.insert(folder.to_path_buf(), Node::Folder);
            }
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.act("remove", path, |state| {
            state.local.remove(path)?;
            state.names.remove(path);
            Ok(())
        })
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.act("remove folder", folder, |state| {
            state.local.remove_folder(folder)?;
            state.names.remove(folder);
            Ok(())
        })
    }
}
