//! JSON with a part that is copied as it stands: it was cut out of a statement, and is neither read nor written again.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use serde::{Serialize, Serializer};

/// Where the part comes: written as one character, whose place is noted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hole {
    written: Rc<Cell<usize>>,
    place: Rc<Cell<Option<usize>>>,
}

impl Serialize for Hole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // JSON is written from front to back, so that what was written so far is what stands before the value.
        self.place.set(Some(self.written.get()));
        serializer.serialize_u8(0)
    }
}

/// Keeps what is written and counts it.
struct Counted {
    bytes: Vec<u8>,
    written: Rc<Cell<usize>>,
}

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.written.set(self.bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The JSON of facts, with this JSON in place of the hole that they hold.
pub(crate) fn filled(facts: &impl Serialize, hole: &Hole, part: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    // With room for the part, so that nothing is moved when it comes in.
    let mut counted = Counted { bytes: Vec::with_capacity(4096 + part.len()), written: Rc::clone(&hole.written) };
    hole.place.set(None);
    counted.written.set(0);
    serde_json::to_writer(&mut counted, facts)?;
    let mut bytes = counted.bytes;
    if let Some(place) = hole.place.get().filter(|place| *place < bytes.len()) {
        let behind = bytes.split_off(place + 1);
        bytes.truncate(place);
        bytes.extend_from_slice(part);
        bytes.extend_from_slice(&behind);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::*;

    #[derive(Serialize)]
    struct Around {
        before: &'static str,
        #[serde(flatten)]
        inner: Inner,
    }

    #[derive(Serialize)]
    struct Inner {
        part: Option<Hole>,
        after: [u8; 2],
    }

    #[test]
    fn the_part_stands_where_the_hole_was() {
        let hole = Hole::default();
        let around = |part| Around { before: "0, \"part\":0", inner: Inner { part, after: [0, 1] } };
        for part in ["{\"数\":[0]}", "[]"] {
            let text = filled(&around(Some(hole.clone())), &hole, part.as_bytes()).unwrap();
            let read: Value = serde_json::from_slice(&text).unwrap();
            let whole: Value = serde_json::from_str(part).unwrap();
            assert_eq!(read, json!({"before": "0, \"part\":0", "part": whole, "after": [0, 1]}));
        }
        let without = filled(&around(None), &hole, b"[]").unwrap();
        assert_eq!(without, b"{\"before\":\"0, \\\"part\\\":0\",\"part\":null,\"after\":[0,1]}");
    }
}
