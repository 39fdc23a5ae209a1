//! Opening a log: what a crash may have left is mended, and what a crash cannot explain is refused.

use std::collections::BTreeSet;

use heng_evidence::tile::TILE_WIDTH;
use heng_evidence::{Frontier, Hash};
use sha2::{Digest, Sha256};

use super::{Log, Settings, remove_partial, segments};
use crate::checkpoint::{self, SignCheckpoint, read_origin};
use crate::error::Error;
use crate::layout::Layout;
use crate::segment::{self, HEADER_LENGTH, Records};
use crate::tiles::{DiskTiles, TileFile};

impl Log {
    /// Opens the log and mends it: cuts a torn tail, and brings tiles and checkpoint up to the segments. `indexed` is how many statements
    /// are known, besides by the checkpoint, to have been acknowledged.
    pub fn open(settings: Settings, layout: Layout, sign: Box<SignCheckpoint>, indexed: u64) -> Result<Self, Error> {
        let Settings { disk, segment_bytes } = settings;
        let origin = read_origin(&*disk, &layout)?;
        let published = checkpoint::read(&*disk, &layout)?.map(|signed| signed.checkpoint().clone());
        if let Some(other) = published.as_ref().filter(|checkpoint| checkpoint.origin != origin) {
            return Err(Error::Checkpoint {
                reason: format!("it is of the log {:?}, not of {origin:?}", other.origin),
            });
        }
        let acknowledged = indexed.max(published.as_ref().map_or(0, |checkpoint| checkpoint.size));
        let firsts = segments(&*disk, &layout)?;
        let Some(&last) = firsts.last() else { return Err(Error::Shortened { acknowledged, found: 0 }) };
        let mut log = Self {
            disk,
            layout,
            origin,
            sign,
            segment_bytes,
            segment: (last, 0),
            frontier: Frontier::empty(),
            open_bundle: Vec::new(),
            published,
            unsettled: BTreeSet::new(),
            stopped: None,
        };
        log.mend_tail(last, acknowledged)?;
        log.mend_tree(&firsts, last)?;
        log.publish()?;
        Ok(log)
    }

    /// Cuts what follows the last whole record, if it was never acknowledged, and makes the rest durable: what a process wrote before it
    /// died may be in the cache only.
    fn mend_tail(&mut self, last: u64, acknowledged: u64) -> Result<(), Error> {
        let path = self.layout.segment(last);
        let bytes = self.disk.read(&path).map_err(Error::at(&path))?;
        let whole = Records::of(&bytes, last).map(|mut records| {
            records.by_ref().for_each(drop);
            (records.index(), records.offset())
        });
        let (index, length) = whole.unwrap_or((last, 0));
        let is_torn = whole.is_none() || length < bytes.len() as u64;
        // Without a checkpoint nobody knows what was acknowledged, so nothing may be cut.
        if is_torn && (index < acknowledged || (self.published.is_none() && index > 0)) {
            return Err(Error::Damaged { segment: path, index });
        }
        if index < acknowledged {
            return Err(Error::Shortened { acknowledged, found: index });
        }
        if is_torn {
            self.disk.cut(&path, length).map_err(Error::at(&path))?;
        }
        if whole.is_none() {
            self.disk.write(&path, 0, &segment::header(last)).map_err(Error::at(&path))?;
        }
        self.disk.sync(&path).map_err(Error::at(&path))?;
        let folder = self.layout.segments();
        self.disk.sync_folder(&folder).map_err(Error::at(&folder))?;
        self.segment = (last, length.max(HEADER_LENGTH as u64));
        Ok(())
    }

    /// Brings the tiles up to the segments: from those that were settled when the last segment was begun, if they lead to the root of the
    /// checkpoint, else from nothing. Nothing is written before the way to that root is found.
    fn mend_tree(&mut self, firsts: &[u64], last: u64) -> Result<(), Error> {
        let tiles = DiskTiles { disk: &*self.disk, layout: &self.layout };
        let covers =
            last.is_multiple_of(TILE_WIDTH) && self.published.as_ref().is_some_and(|published| published.size >= last);
        let settled = Frontier::read(&tiles, last).ok().filter(|_| covers);
        let is_settled = match &settled {
            Some(frontier) => self.leads_to_checkpoint(frontier.clone(), &[last])?,
            None => false,
        };
        let edge = match settled {
            Some(frontier) if is_settled => {
                self.frontier = frontier;
                self.grow_over(&[last])?
            }
            _ => {
                if !self.leads_to_checkpoint(Frontier::empty(), firsts)? {
                    return Err(Error::Forked {
                        size: self.published.as_ref().map_or(0, |checkpoint| checkpoint.size),
                    });
                }
                self.grow_over(firsts)?
            }
        };
        // A power failure can leave the name of a tile without its bytes.
        for file in &edge {
            remove_partial(&*self.disk, &self.layout.log().join(&file.full_path), |width| file.narrower(width))?;
        }
        if is_settled { Ok(()) } else { self.settle() }
    }

    /// Whether the tree, grown over these segments, has the checkpoint's root at its size.
    fn leads_to_checkpoint(&self, mut frontier: Frontier, firsts: &[u64]) -> Result<bool, Error> {
        let Some(published) = &self.published else { return Ok(true) };
        for &first in firsts {
            let missing = published.size.saturating_sub(frontier.size());
            if missing == 0 {
                break;
            }
            let mut entries = self.entries(first, frontier.size())?;
            entries.truncate(usize::try_from(missing).unwrap_or(usize::MAX));
            frontier.append(&entries);
        }
        Ok(frontier.size() == published.size && frontier.root() == published.root)
    }

    /// Grows the tree over these segments; gives the tiles at its edge that the last of them changed.
    fn grow_over(&mut self, firsts: &[u64]) -> Result<Vec<TileFile>, Error> {
        let mut edge = Vec::new();
        for &first in firsts {
            let entries = self.entries(first, self.frontier.size())?;
            edge = self.grow(&entries)?;
        }
        Ok(edge)
    }

    /// The entries of a segment that must be whole and start where the tree ends.
    fn entries(&self, first: u64, size: u64) -> Result<Vec<Hash>, Error> {
        let path = self.layout.segment(first);
        let bytes = self.disk.read(&path).map_err(Error::at(&path))?;
        let records = Records::of(&bytes, first).filter(|_| first == size);
        let Some(mut records) = records else { return Err(Error::Damaged { segment: path, index: size }) };
        let entries = records.by_ref().map(|record| Sha256::digest(record.bytes).into()).collect();
        if records.offset() == bytes.len() as u64 {
            Ok(entries)
        } else {
            Err(Error::Damaged { segment: path, index: records.index() })
        }
    }
}
