//! A store, open for reading: statements by hash, index, certificate, thing or party; documents; the checkpoint.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use heng_evidence::SignedCheckpoint;
use heng_statement::published::Cut;
use heng_statement::{Heading, SignedError, SignedStatement};

use crate::blobs;
use crate::catch_up::catch_up;
use crate::checkpoint::{self, read_origin};
use crate::disk::{Disk, LocalDisk, read_if_there};
use crate::error::Error;
use crate::index::{Entry, Index, Located, Question};
use crate::layout::Layout;
use crate::lock;
use crate::log::{Log, statement_at};
use crate::memory::{Memory, Placed};
use crate::subject::hash_bytes;

/// A store. Any number of processes may read one while another writes.
pub struct Store {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) layout: Layout,
    origin: String,
    index: Mutex<Index>,
    pub(crate) memory: Memory,
    /// The checkpoint that was read last, with its bytes.
    pub(crate) last_checkpoint: Mutex<Option<(Vec<u8>, Arc<SignedCheckpoint>)>>,
}

impl Store {
    /// Lays out an empty store whose log has this name, for example `log.example.cn/2026`. Durable when it returns.
    pub fn create(folder: &Path, origin: &str) -> Result<(), Error> {
        Self::create_on(&LocalDisk::default(), folder, origin)
    }

    /// Lays out an empty store on a disk. After a failure it can be called again, unless the disk puts durability off: then the folder is to
    /// be deleted first, and until its appender has settled it the store can be opened with that disk alone.
    pub fn create_on(disk: &dyn Disk, folder: &Path, origin: &str) -> Result<(), Error> {
        // What a C2SP signed note refuses in a key's name, which the origin is.
        let is_name = |character: char| !character.is_whitespace() && !character.is_control() && character != '+';
        if origin.is_empty() || !origin.chars().all(is_name) {
            return Err(Error::Origin { origin: origin.to_owned() });
        }
        let layout = Layout::new(folder);
        disk.make_folder(folder).map_err(Error::at(folder))?;
        let _lock = lock::exclusive(&layout)?;
        refuse_unfinished(&LocalDisk::default(), &layout)?;
        if read_if_there(disk, &layout.origin()).map_err(Error::at(&layout.origin()))?.is_some() {
            return Err(Error::StoreExists { folder: folder.to_path_buf() });
        }
        if !disk.is_settled() {
            mark_unfinished(&layout)?;
        }
        for folder in [layout.temporary(), layout.blobs(), layout.tiles()] {
            disk.make_folder(&folder).map_err(Error::at(&folder))?;
        }
        Log::create(disk, &layout)?;
        // The origin comes last: a folder without it is no store yet.
        crate::log::replace(disk, &layout, &layout.origin(), format!("{origin}\n").as_bytes())?;
        for folder in
            [layout.log().as_path(), folder].into_iter().chain(folder.parent().filter(|parent| parent.is_dir()))
        {
            disk.sync_folder(folder).map_err(Error::at(folder))?;
        }
        Ok(())
    }

    /// Opens a store for reading. An index that is missing or behind is made or caught up, unless somebody is writing.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let layout = Layout::new(folder);
        let disk = LocalDisk::default();
        refuse_unfinished(&disk, &layout)?;
        let origin = read_origin(&disk, &layout)?;
        let size = checkpoint::read(&disk, &layout)?.map_or(0, |signed| signed.checkpoint().size);
        let known = Index::open_for_reading(&layout.index()).and_then(|index| index.size());
        if known.ok().is_none_or(|known| known < size) {
            match lock::exclusive(&layout) {
                Ok(_lock) => catch_up(&mut Index::open(&layout.index())?, &disk, &layout, size)?,
                Err(Error::Locked { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Self::over(Arc::new(disk), layout, origin)
    }

    pub(crate) fn over(disk: Arc<dyn Disk>, layout: Layout, origin: String) -> Result<Self, Error> {
        let index = Mutex::new(Index::open_for_reading(&layout.index())?);
        Ok(Self { disk, layout, origin, index, memory: Memory::default(), last_checkpoint: Mutex::default() })
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Where everything lies.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The statement with this hash.
    pub fn statement(&self, hash: &str) -> Result<Option<SignedStatement>, Error> {
        Ok(self.placed(hash)?.map(|placed| SignedStatement::clone(&placed.signed)))
    }

    /// The statement with this hash and its place, shared with whoever reads it too.
    pub fn placed(&self, hash: &str) -> Result<Option<Placed>, Error> {
        let Some(hash) = hash_bytes(hash) else { return Ok(None) };
        if let Some(known) = self.memory.statements.get(&hash) {
            return Ok(Some(known));
        }
        let located = self.index().by_hash(&hash)?;
        located.map(|at| self.read(&at)).transpose()
    }

    /// What the statement with this hash says apart from its body: much less to read, where the body is not asked for.
    pub fn heading(&self, hash: &str) -> Result<Option<Arc<Heading>>, Error> {
        let Some(hash) = hash_bytes(hash) else { return Ok(None) };
        if let Some(known) = self.memory.headings.get(&hash) {
            return Ok(Some(known));
        }
        let Some(at) = self.index().by_hash(&hash)? else { return Ok(None) };
        let bytes = statement_at(&*self.disk, &self.layout, at.index, at.place)?;
        let heading = SignedStatement::heading_again(&bytes, hash).map_err(|source| self.unread(&at, source))?;
        let heading = Arc::new(heading);
        self.memory.headings.insert(hash, Arc::clone(&heading));
        Ok(Some(heading))
    }

    /// The statement of an entry, which says where it lies.
    pub fn placed_of(&self, entry: &Entry) -> Result<Option<Placed>, Error> {
        entry.located().map(|at| self.read(&at)).transpose()
    }

    /// What anyone may see of the certificate of an entry, cut out of its bytes; nothing if it is no certificate.
    pub fn certificate_cut(&self, entry: &Entry) -> Result<Option<Cut>, Error> {
        let Some(at) = entry.located() else { return Ok(None) };
        let bytes = statement_at(&*self.disk, &self.layout, at.index, at.place)?;
        SignedStatement::certificate_cut(&bytes, at.hash).map_err(|source| self.unread(&at, source))
    }

    /// The statement with this index in the log.
    pub fn statement_at(&self, index: u64) -> Result<Option<SignedStatement>, Error> {
        Ok(self.placed_at(index)?.map(|placed| SignedStatement::clone(&placed.signed)))
    }

    /// The statement with this index in the log, shared with whoever reads it too.
    pub fn placed_at(&self, index: u64) -> Result<Option<Placed>, Error> {
        let located = self.index().at(index)?;
        located.map(|at| self.read(&at)).transpose()
    }

    /// The statements from the first index up to the second, found by one question; each is read by whoever asks for it.
    pub fn between(&self, from: u64, to: u64) -> Result<Vec<Located>, Error> {
        self.index().between(from, to)
    }

    /// The statement that lies there.
    pub fn placed_there(&self, at: &Located) -> Result<Placed, Error> {
        self.read(at)
    }

    /// The log index of the statement with this hash.
    pub fn index_of(&self, hash: &str) -> Result<Option<u64>, Error> {
        let Some(hash) = hash_bytes(hash) else { return Ok(None) };
        if let Some(known) = self.memory.statements.get(&hash) {
            return Ok(Some(known.index));
        }
        Ok(self.index().by_hash(&hash)?.map(|at| at.index))
    }

    /// The last version of the certificate with this number.
    pub fn certificate(&self, number: &str) -> Result<Option<SignedStatement>, Error> {
        let versions = self.entries(Question::Certificate(number))?;
        versions.last().map_or(Ok(None), |last| self.statement_at(last.index))
    }

    /// The statements that answer a question, in the order of the log.
    pub fn entries(&self, question: Question<'_>) -> Result<Vec<Entry>, Error> {
        self.index().entries(question)
    }

    /// The statements that rest on the one with this hash, correct it, or name it as a standard's certificate.
    pub fn citing(&self, hash: &str) -> Result<Vec<Entry>, Error> {
        hash_bytes(hash).map_or(Ok(Vec::new()), |hash| self.entries(Question::Citing(&hash)))
    }

    /// A document by its SHA-256 in hex, compared with it.
    pub fn blob(&self, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
        blobs::read(&*self.disk, &self.layout, sha256)
    }

    /// The same, shared with whoever reads it too: for texts that many certificates name.
    pub fn document(&self, sha256: &str) -> Result<Option<Arc<Vec<u8>>>, Error> {
        let Some(hash) = hash_bytes(sha256) else { return Ok(None) };
        if let Some(known) = self.memory.documents.get(&hash) {
            return Ok(Some(known));
        }
        let Some(document) = self.blob(sha256)?.map(Arc::new) else { return Ok(None) };
        self.memory.documents.insert(hash, Arc::clone(&document));
        Ok(Some(document))
    }

    fn read(&self, at: &Located) -> Result<Placed, Error> {
        if let Some(known) = self.memory.statements.get(&at.hash) {
            return Ok(known);
        }
        let bytes = statement_at(&*self.disk, &self.layout, at.index, at.place)?;
        // The index has the hashes of statements that were read strictly when they came, and of no others.
        let signed = SignedStatement::read_again(bytes, at.hash).map_err(|source| self.unread(at, source))?;
        let placed = Placed { index: at.index, signed: Arc::new(signed) };
        self.memory.statements.insert(at.hash, placed.clone());
        Ok(placed)
    }

    fn unread(&self, at: &Located, source: SignedError) -> Error {
        match source {
            SignedError::Altered => Error::Damaged { segment: self.layout.segment(at.place.segment), index: at.index },
            source => Error::Statement { index: at.index, source },
        }
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Durable before anything else of the store is written.
fn mark_unfinished(layout: &Layout) -> Result<(), Error> {
    let (disk, path) = (LocalDisk::default(), layout.unfinished());
    disk.write(&path, 0, b"This store is being made.\n").and_then(|()| disk.sync(&path)).map_err(Error::at(&path))?;
    disk.sync_folder(layout.folder()).map_err(Error::at(layout.folder()))
}

/// Who did not make the store must not believe what is there before it was finished.
pub(crate) fn refuse_unfinished(disk: &dyn Disk, layout: &Layout) -> Result<(), Error> {
    let path = layout.unfinished();
    let is_unfinished = disk.is_settled() && path.try_exists().map_err(Error::at(&path))?;
    if is_unfinished { Err(Error::Unfinished { folder: layout.folder().to_path_buf() }) } else { Ok(()) }
}
