//! The messages of Arrow IPC, as a file or as a stream, cut out of the bytes without trusting any length that stands in them.
//!
//! Apache Arrow, *Columnar format*, “Serialization and interprocess communication”: a message is the continuation mark, the length of its head, the
//! head as a flatbuffer, and a body of the length that the head says. A file is `ARROW1`, filled up with zeros, then a stream, then a footer with its
//! length, and `ARROW1`.

use arrow_ipc::{Message, root_as_footer_with_opts, root_as_message_with_opts};
use flatbuffers::VerifierOptions;

/// What a file begins and ends with.
pub(super) const FILE: &[u8] = b"ARROW1";

/// What each message begins with, and so a stream.
pub(super) const CONTINUES: &[u8] = &[0xff; 4];

/// The messages of a text, read to its end before one of them is used.
pub(super) struct Messages<'a> {
    /// Each with its body.
    pub(super) all: Vec<(Message<'a>, &'a [u8])>,
    /// How many batches of rows the footer of a file names; a stream has none.
    pub(super) promised: Option<usize>,
}

/// A head names few things. What repeats one part of it again and again is refused before it is unfolded.
fn limits() -> VerifierOptions {
    VerifierOptions { max_depth: 64, max_tables: 100_000, max_apparent_size: 64 << 20, ..VerifierOptions::default() }
}

/// All messages; what is wrong where they cannot be told apart.
pub(super) fn messages(bytes: &[u8]) -> Result<Messages<'_>, String> {
    let Some(file) = bytes.strip_prefix(FILE) else {
        let (all, rest) = of_stream(bytes)?;
        // Whoever closes a stream without saying so cannot be told from one whose end was lost.
        return match rest {
            Some([]) => Ok(Messages { all, promised: None }),
            Some(_) => Err("bytes follow the end of the stream".to_owned()),
            None => Err("the stream breaks off: its end is not marked".to_owned()),
        };
    };
    let broken = || "the file breaks off: it does not end in ARROW1 with a footer before it".to_owned();
    let (file, length) = file.strip_suffix(FILE).and_then(|file| file.split_last_chunk::<4>()).ok_or_else(broken)?;
    let footer = usize::try_from(i32::from_le_bytes(*length)).ok().and_then(|length| file.len().checked_sub(length));
    let (stream, footer) = footer.and_then(|begin| file.split_at_checked(begin)).ok_or_else(broken)?;
    let footer = root_as_footer_with_opts(&limits(), footer).map_err(|error| error.to_string())?;
    // Writers fill up to what their readers like to be aligned to, with zeros, which no message begins with.
    let begin = stream.iter().position(|byte| *byte != 0).unwrap_or(stream.len());
    let stream = stream.get(begin..).unwrap_or_default();
    let promised = footer.recordBatches().map_or(0, |blocks| blocks.len());
    Ok(Messages { all: of_stream(stream)?.0, promised: Some(promised) })
}

type Cut<'a> = (Vec<(Message<'a>, &'a [u8])>, Option<&'a [u8]>);

/// The messages up to the mark of the end, and what follows it; nothing follows where there is no mark.
fn of_stream(mut rest: &[u8]) -> Result<Cut<'_>, String> {
    let mut all = Vec::new();
    while !rest.is_empty() {
        let number = all.len() + 1;
        let broken = || format!("message {number} breaks off");
        let marked = rest.strip_prefix(CONTINUES).ok_or_else(|| format!("message {number} does not begin like one"))?;
        let (length, after) = marked.split_first_chunk::<4>().ok_or_else(broken)?;
        let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| broken())?;
        if length == 0 {
            return Ok((all, Some(after)));
        }
        let (head, after) = after.split_at_checked(length).ok_or_else(broken)?;
        let message =
            root_as_message_with_opts(&limits(), head).map_err(|error| format!("message {number}: {error}"))?;
        let length = usize::try_from(message.bodyLength()).map_err(|_| broken())?;
        let (body, after) = after.split_at_checked(length).ok_or_else(broken)?;
        all.push((message, body));
        rest = after;
    }
    Ok((all, None))
}
