//! What one message leaves in the journal: its readings that are new, the lines that were not taken, and how many it brought again.
//!
//! ```text
//! record   kind:u8 = 1  feed:text  received_ms:i64
//!          series:u32 × (meter:text register:text unit:text district:text)
//!          rows:u32   × (series:u32 at_ms:i64 value:i64 has:u8 [sequence:i64] [clock_offset_ms:i32] [delay_bound_ms:i32])
//!          rejected:u32 × (line:u64 finding:text bytes:long)
//!          again:u32  × (day:i64 readings:u64)
//! text     length:u16 UTF-8        long   length:u32 bytes
//! ```
//!
//! Integers are big-endian, as in the frame around it (`heng_store::segment`), which has length and checksum.

use std::collections::BTreeMap;

use super::batch::{Row, Series};
use super::stated::Stated;

/// A message as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) feed: String,
    pub(crate) received_ms: i64,
    pub(crate) series: Vec<Series>,
    pub(crate) rows: Vec<Row>,
    pub(crate) rejected: Vec<RejectedLine>,
    /// How many readings of a day came again.
    pub(crate) again: BTreeMap<i64, u64>,
}

/// A line that was not taken, with its finding as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RejectedLine {
    pub(crate) line: u64,
    pub(crate) finding: String,
    pub(crate) bytes: Vec<u8>,
}

const KIND: u8 = 1;
const HAS_SEQUENCE: u8 = 1;
const HAS_OFFSET: u8 = 2;
const HAS_DELAY: u8 = 4;

impl Record {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + 64 * self.series.len() + 40 * self.rows.len());
        bytes.push(KIND);
        text(&mut bytes, &self.feed);
        bytes.extend(self.received_ms.to_be_bytes());
        count(&mut bytes, self.series.len());
        for series in &self.series {
            for name in [&series.meter, &series.register, &series.unit, &series.district] {
                text(&mut bytes, name);
            }
        }
        count(&mut bytes, self.rows.len());
        for row in &self.rows {
            bytes.extend(row.series.to_be_bytes());
            bytes.extend(row.at_ms.to_be_bytes());
            bytes.extend(row.value.packed().to_be_bytes());
            let has = [(row.sequence.is_some(), HAS_SEQUENCE), (row.clock_offset_ms.is_some(), HAS_OFFSET)];
            let has = has.into_iter().chain([(row.delay_bound_ms.is_some(), HAS_DELAY)]);
            bytes.push(has.filter(|(has, _)| *has).fold(0, |all, (_, flag)| all | flag));
            bytes.extend(row.sequence.into_iter().flat_map(i64::to_be_bytes));
            bytes.extend(row.clock_offset_ms.into_iter().flat_map(i32::to_be_bytes));
            bytes.extend(row.delay_bound_ms.into_iter().flat_map(i32::to_be_bytes));
        }
        count(&mut bytes, self.rejected.len());
        for rejected in &self.rejected {
            bytes.extend(rejected.line.to_be_bytes());
            text(&mut bytes, &rejected.finding);
            count(&mut bytes, rejected.bytes.len());
            bytes.extend(&rejected.bytes);
        }
        count(&mut bytes, self.again.len());
        for (day, readings) in &self.again {
            bytes.extend(day.to_be_bytes());
            bytes.extend(readings.to_be_bytes());
        }
        bytes
    }

    /// What was written; nothing if these bytes are of another version.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = Rest(bytes);
        if rest.array::<1>()? != [KIND] {
            return None;
        }
        let mut record = Self { feed: rest.text()?, received_ms: rest.i64()?, ..Self::default() };
        for _ in 0..rest.u32()? {
            record.series.push(Series {
                meter: rest.text()?,
                register: rest.text()?,
                unit: rest.text()?,
                district: rest.text()?,
            });
        }
        for _ in 0..rest.u32()? {
            let series = rest.u32()?;
            let (at_ms, value) = (rest.i64()?, Stated::unpacked(rest.i64()?)?);
            let [has] = rest.array::<1>()?;
            let mut row = Row { series, at_ms, value, sequence: None, clock_offset_ms: None, delay_bound_ms: None };
            if has & HAS_SEQUENCE != 0 {
                row.sequence = Some(rest.i64()?);
            }
            if has & HAS_OFFSET != 0 {
                row.clock_offset_ms = Some(i32::from_be_bytes(rest.array()?));
            }
            if has & HAS_DELAY != 0 {
                row.delay_bound_ms = Some(i32::from_be_bytes(rest.array()?));
            }
            record.rows.push(row);
        }
        for _ in 0..rest.u32()? {
            let (line, finding) = (rest.i64()?.cast_unsigned(), rest.text()?);
            let length = usize::try_from(rest.u32()?).ok()?;
            record.rejected.push(RejectedLine { line, finding, bytes: rest.take(length)?.to_vec() });
        }
        for _ in 0..rest.u32()? {
            let day = rest.i64()?;
            record.again.insert(day, rest.i64()?.cast_unsigned());
        }
        let has_all = record.rows.iter().all(|row| record.series.get(row.series as usize).is_some());
        (has_all && rest.0.is_empty()).then_some(record)
    }
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    // Names are short; a finding with a long fact is cut, never the line itself.
    let mut end = text.len().min(usize::from(u16::MAX));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let kept = text.get(..end).unwrap_or_default();
    bytes.extend(u16::try_from(kept.len()).unwrap_or(0).to_be_bytes());
    bytes.extend(kept.as_bytes());
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    fn i64(&mut self) -> Option<i64> {
        self.array().map(i64::from_be_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::from(u16::from_be_bytes(self.array()?));
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}
