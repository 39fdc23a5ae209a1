//! The bytes of a segment: a header, then records in the order of the log.
//!
//! ```text
//! header   "HENGSEG" version:u8  first:u64  crc:u32        20 bytes; crc over the 16 before it
//! record   length:u32  crc:u32  bytes                      crc over length, log index as u64, and bytes
//! ```
//!
//! Integers are big-endian; `crc` is CRC-32 (ISO/HDLC). The log index is in the checksum and not in the record: a record that was moved
//! or repeated does not fit its place. The checksum finds torn writes and worn disks; against people there is the tree.

use crc32fast::Hasher;

/// Length of the header.
pub const HEADER_LENGTH: usize = 20;

/// Length of what stands before a record's bytes.
pub const FRAME_LENGTH: usize = 8;

/// The longest statement that is stored, in bytes. A longer length in a record is a damaged length.
pub const LONGEST: usize = 1 << 26;

const MAGIC: &[u8; 8] = b"HENGSEG\x01";

/// The header of a segment that starts at this log index.
pub fn header(first: u64) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(first.to_be_bytes());
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_be_bytes());
    bytes
}

/// Adds a record to a buffer.
pub fn push_record(buffer: &mut Vec<u8>, index: u64, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    buffer.extend(length.to_be_bytes());
    buffer.extend(checksum(length, index, bytes).to_be_bytes());
    buffer.extend(bytes);
}

/// The statement in a record that was read from its place in a segment; nothing if it is not what was written there.
pub fn record(frame_and_bytes: &[u8], index: u64) -> Option<&[u8]> {
    let (length, rest) = frame_and_bytes.split_first_chunk()?;
    let (stated, rest) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length);
    let bytes = rest.get(..usize::try_from(length).ok().filter(|length| (1..=LONGEST).contains(length))?)?;
    (checksum(length, index, bytes) == u32::from_be_bytes(*stated)).then_some(bytes)
}

/// The records of a segment that were read whole and undamaged, from the first to the first that was not.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    rest: &'a [u8],
    offset: u64,
    index: u64,
}

/// A record and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The statement's index in the log.
    pub index: u64,
    /// Where the record starts in its segment.
    pub offset: u64,
    /// The statement's bytes.
    pub bytes: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records of a segment; nothing if it does not start with the header for this log index.
    pub fn of(segment: &'a [u8], first: u64) -> Option<Self> {
        let rest = segment.strip_prefix(header(first).as_slice())?;
        Some(Self { rest, offset: HEADER_LENGTH as u64, index: first })
    }

    /// Where the next record would start.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The log index that the next record would have.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Whether bytes follow that are no whole undamaged record.
    pub fn is_torn(&self) -> bool {
        !self.rest.is_empty() && record(self.rest, self.index).is_none()
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let bytes = record(self.rest, self.index)?;
        let found = Record { index: self.index, offset: self.offset, bytes };
        let length = FRAME_LENGTH + bytes.len();
        self.rest = self.rest.get(length..)?;
        self.offset += length as u64;
        self.index += 1;
        Some(found)
    }
}

fn checksum(length: u32, index: u64, bytes: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(&length.to_be_bytes());
    hasher.update(&index.to_be_bytes());
    hasher.update(bytes);
    hasher.finalize()
}
