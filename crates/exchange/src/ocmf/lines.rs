//! Signed readings in JSON: one object a line, a list, or recorded messages of OCPP 1.6 and 2.0.1.

use super::file::{Presented, plain, unwrapped};
use super::json::{Json, Node, value};
use super::notes::Room;
use super::section::HEADER;

/// Members that hold a record as such.
const RECORDS: [&str; 3] = ["ocmf", "signedData", "signed_data"];

/// Members of OCPP that hold one where they decode to one: `SampledValue.value` of 1.6 and `SignedMeterValue.signedMeterData` of 2.0.1.
const MAYBE_RECORDS: [&str; 2] = ["signedMeterData", "value"];

/// Members that hold a key.
const KEYS: [&str; 2] = ["public_key", "publicKey"];

/// Every record, however deep it lies. A line that is no JSON loses only itself, and shows as a record that cannot be read where it holds one.
pub(super) fn from_json(text: &str) -> Vec<Presented> {
    let mut lines = Lines { text, line: 1, counted: 0, found: Vec::new(), room: Room::default() };
    let mut at = 0;
    while text.get(at..).is_some_and(|rest| !rest.trim_start().is_empty()) {
        match value(text, at) {
            Ok((node, end)) => {
                lines.look_into(node);
                at = end;
            }
            Err(fault) => {
                let rest = text.get(at..).unwrap_or_default();
                let blank = rest.len() - rest.trim_start().len();
                let end = text.get(fault.offset.max(at + blank)..).and_then(|rest| rest.find('\n'));
                let end = end.map_or(text.len(), |end| fault.offset.max(at + blank) + end + 1);
                lines.broken(at + blank, end);
                at = end;
            }
        }
    }
    lines.found
}

struct Lines<'a> {
    text: &'a str,
    line: u32,
    counted: usize,
    found: Vec<Presented>,
    room: Room,
}

impl Lines<'_> {
    fn look_into(&mut self, node: Node) {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            match node.value {
                Json::List(items) => waiting.extend(items.into_iter().rev()),
                Json::Object(members) => {
                    self.look_at(node.offset, &members);
                    waiting.extend(members.into_iter().rev().map(|(_, node)| node));
                }
                _ => {}
            }
        }
    }

    fn look_at(&mut self, offset: usize, members: &[(String, Node)]) {
        let member = |names: &[&str]| {
            members.iter().find_map(|(name, node)| match &node.value {
                Json::Text(text) if names.contains(&name.as_str()) => Some(text.trim()),
                _ => None,
            })
        };
        let record = match member(&RECORDS) {
            Some(text) => Some(plain(text, "").unwrap_or_else(|| text.to_owned())),
            None => member(&MAYBE_RECORDS).and_then(|text| plain(text, "")),
        };
        if let Some(record) = record {
            let line = self.line_of(offset);
            let key = member(&KEYS).filter(|key| !key.is_empty()).map(str::to_owned);
            self.found.push(unwrapped(&record, key, line, member(&["id"]).map(str::to_owned), &mut self.room));
        }
    }

    /// A line that cannot be read as JSON.
    fn broken(&mut self, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        if let Some((_, record)) = text.split_once(HEADER) {
            let line = self.line_of(start);
            self.found.push(unwrapped(&format!("{HEADER}{}", record.trim_end()), None, line, None, &mut self.room));
        }
    }

    fn line_of(&mut self, offset: usize) -> u32 {
        let over = self.text.get(self.counted..offset).unwrap_or_default();
        let more = over.bytes().filter(|byte| *byte == b'\n').count();
        self.counted = offset.max(self.counted);
        self.line = self.line.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        self.line
    }
}
