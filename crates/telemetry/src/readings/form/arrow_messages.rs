//! The messages of Arrow IPC, as a file or as a stream, cut out of the bytes without trusting any length that stands in them.
//!
//! Apache Arrow, *Columnar format*, “Serialization and interprocess communication”: a message is the continuation mark, the length of its head, the
//! head as a flatbuffer, and a body of the length that the head says; a stream is a schema, then messages, then a head of no length. A file begins and
//! ends in `ARROW1`; its footer, whose length stands before the end, has the schema and the place of each message. What else is in a file is nobody's
//! business: some writers put a stream there, others do not.

use arrow_ipc::{Block, Message, Schema, root_as_footer_with_opts, root_as_message_with_opts};
use flatbuffers::VerifierOptions;

/// What a file begins and ends with.
pub(super) const FILE: &[u8] = b"ARROW1";

/// What each message begins with, and so a stream.
pub(super) const CONTINUES: &[u8] = &[0xff; 4];

/// The messages of a text, found to its end before one of them is used.
pub(super) struct Messages<'a> {
    /// What its columns are.
    pub(super) schema: Schema<'a>,
    /// Dictionaries and batches, each with its body.
    pub(super) all: Vec<(Message<'a>, &'a [u8])>,
}

/// A head names few things. What repeats one part of it again and again is refused before it is unfolded.
fn limits() -> VerifierOptions {
    VerifierOptions { max_depth: 64, max_tables: 100_000, max_apparent_size: 64 << 20, ..VerifierOptions::default() }
}

/// All messages; what is wrong where they cannot be told apart.
pub(super) fn messages(bytes: &[u8]) -> Result<Messages<'_>, String> {
    if bytes.starts_with(FILE) { of_file(bytes) } else { of_stream(bytes) }
}

fn of_file(bytes: &[u8]) -> Result<Messages<'_>, String> {
    let broken = || "the file breaks off: it does not end in ARROW1 with a footer before it".to_owned();
    let rest = bytes.strip_suffix(FILE).ok_or_else(broken)?;
    let (rest, length) = rest.split_last_chunk::<4>().ok_or_else(broken)?;
    let length = usize::try_from(i32::from_le_bytes(*length)).ok();
    let begin = length.and_then(|length| rest.len().checked_sub(length)).ok_or_else(broken)?;
    let footer = rest.get(begin..).ok_or_else(broken)?;
    let footer = root_as_footer_with_opts(&limits(), footer).map_err(|error| format!("the footer: {error}"))?;
    let schema = footer.schema().ok_or("there is no schema")?;
    let mut all = Vec::new();
    // Messages lie beside each other; a footer that names one place again and again would be read as often.
    let mut left = bytes.len();
    for block in footer.dictionaries().into_iter().flatten().chain(footer.recordBatches().into_iter().flatten()) {
        let number = all.len() + 1;
        let (message, body, length) = of_block(bytes, block).map_err(|error| format!("message {number}: {error}"))?;
        left = left.checked_sub(length).ok_or("the footer names places that overlap")?;
        all.push((message, body));
    }
    Ok(Messages { schema, all })
}

type Cut<'a> = (Message<'a>, &'a [u8], usize);

/// The message at a place that a footer names, and how many bytes it has.
fn of_block<'a>(bytes: &'a [u8], block: &Block) -> Result<Cut<'a>, String> {
    let outside = || "it lies outside of the file".to_owned();
    let length = |length: i64| usize::try_from(length).map_err(|_| outside());
    let (head, body) = (length(block.metaDataLength().into())?, length(block.bodyLength())?);
    let rest = bytes.get(length(block.offset())?..).ok_or_else(outside)?;
    let (marked, rest) = rest.split_at_checked(head).ok_or_else(outside)?;
    let bodied = rest.get(..body).ok_or_else(outside)?;
    // Before there was a mark, a message began with the length of its head.
    let (_, named) = marked.strip_prefix(CONTINUES).unwrap_or(marked).split_first_chunk::<4>().ok_or_else(outside)?;
    let message = root_as_message_with_opts(&limits(), named).map_err(|error| error.to_string())?;
    Ok((message, bodied, head.saturating_add(body)))
}

fn of_stream(mut rest: &[u8]) -> Result<Messages<'_>, String> {
    let mut schema = None;
    let mut all = Vec::new();
    loop {
        // Whoever closes a stream without saying so cannot be told from one whose end was lost.
        if rest.is_empty() {
            return Err("the stream breaks off: its end is not marked".to_owned());
        }
        let number = all.len() + 1;
        let broken = || format!("message {number} breaks off");
        let marked = rest.strip_prefix(CONTINUES).ok_or_else(|| format!("message {number} does not begin like one"))?;
        let (length, after) = marked.split_first_chunk::<4>().ok_or_else(broken)?;
        let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| broken())?;
        if length == 0 {
            let schema = schema.ok_or("there is no schema")?;
            return if after.is_empty() {
                Ok(Messages { schema, all })
            } else {
                Err("bytes follow its end".to_owned())
            };
        }
        let (head, after) = after.split_at_checked(length).ok_or_else(broken)?;
        let message =
            root_as_message_with_opts(&limits(), head).map_err(|error| format!("message {number}: {error}"))?;
        let length = usize::try_from(message.bodyLength()).map_err(|_| broken())?;
        let (body, after) = after.split_at_checked(length).ok_or_else(broken)?;
        rest = after;
        match schema {
            Some(_) => all.push((message, body)),
            None => schema = Some(message.header_as_schema().ok_or("the first message is no schema")?),
        }
    }
}
