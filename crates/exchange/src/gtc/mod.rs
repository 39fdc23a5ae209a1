//! Archives of the GUM Tree Calculator (GTC): uncertain numbers with their influences, in its JSON format.
//!
//! Layouts: the JSON schemas that GTC publishes with its source (`GTC/schema/gtc_v_1_5_0.json`, `gtc_v_1_3_5.json`, repository MSLNZ/GTC), and
//! the chapter "Serialisation of uncertain numbers" of its documentation. A node of an elementary uncertain number, a leaf, is an influence: its
//! identity is the leaf's identifier, which is unique to the session that made it. GTC knows no units.

mod archive;
mod document;

use heng_quantity::{Finding, Position};

use crate::uncertain::{Archive, LARGEST};

/// Versions whose layout is known; archives of versions before 1.5 do not say theirs.
const VERSION: &str = "https://measurement.govt.nz/gtc/json_1.5.0";

/// Whether the bytes look like an archive of GTC at all.
pub fn is_archive(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    let has = |wanted: &[u8]| start.windows(wanted.len()).any(|window| window == wanted);
    start.trim_ascii_start().starts_with(b"{") && has(b"\"CLASS\"") && has(b"\"leaf_nodes\"")
}

/// Reads an archive: every tagged number is a result of the tag's name, a complex one two, `z.re` and `z.im`.
pub fn read(bytes: &[u8]) -> Archive {
    if bytes.len() > LARGEST {
        return Archive::refused(Finding::error("archive-too-large").with("limit", LARGEST >> 20));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Archive::refused(Finding::error("archive-not-utf8")) };
    match document::parsed(text) {
        Ok((document, findings)) => archive::archive(document, findings),
        Err(error) => {
            let (line, column) = (u32::try_from(error.line()), u32::try_from(error.column()));
            let finding = Finding::error("gtc-unreadable").with("reason", &error);
            Archive::refused(match (line, column) {
                (Ok(line), Ok(column)) if line > 0 => finding.at(Position { line, column }),
                _ => finding,
            })
        }
    }
}

/// Whether the version, where one is stated, is one whose layout is known.
fn is_known(version: &str) -> bool {
    version == VERSION
}
