//! The messages of a recording, one a line: `[2, id, action, payload]`, `[3, id, payload]`, `[4, id, code, description, details]`.

use heng_quantity::{Finding, Position};
use jiff::Timestamp;

use super::members::{Members, text_of};
use crate::ocmf::json::{Json, Node, value};
use crate::ocmf::notes::excerpt;

/// What a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Someone asks.
    Call {
        /// For what, for example `MeterValues`.
        action: String,
    },
    /// The answer.
    Result,
    /// The refusal.
    Error {
        /// Its code.
        code: String,
    },
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// The line it stands on, from 1.
    pub line: u32,
    /// Whose connection it went over, where the recording says so.
    pub pile: Option<String>,
    /// When it was recorded, where the recording says so.
    pub recorded: Option<Timestamp>,
    /// What it is.
    pub kind: Kind,
    /// By which an answer finds its call.
    pub id: String,
    /// The content.
    pub(crate) payload: Node,
}

/// Members by which recordings name the pile.
const PILES: [&str; 7] =
    ["pile", "chargePointId", "charge_point_id", "charge_point", "chargingStationId", "station", "cpId"];
/// Members by which they give the time.
const TIMES: [&str; 4] = ["recorded", "time", "timestamp", "ts"];
/// Members by which they carry the message, as a list or as text.
const MESSAGES: [&str; 5] = ["message", "frame", "raw", "msg", "payload"];

/// Reads the messages of a text. A line that holds none is a finding and loses only itself.
pub fn frames(text: &str) -> (Vec<Frame>, Vec<Finding>) {
    let mut frames = Vec::new();
    let mut findings = Vec::new();
    for (line, number) in text.lines().zip(1_u32..) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        let at = |finding: Finding| finding.at(Position { line: number, column: 1 });
        match read(trimmed, number) {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => findings.push(at(Finding::warning("ocpp-message-unknown").with("text", excerpt(trimmed)))),
            Err(()) => findings.push(at(Finding::error("ocpp-line-unreadable").with("text", excerpt(trimmed)))),
        }
    }
    (frames, findings)
}

/// One line: a message, an object with one, or a log line that ends with one.
fn read(line: &str, number: u32) -> Result<Option<Frame>, ()> {
    if line.starts_with('{') {
        let (node, _) = value(line, 0).map_err(|_| ())?;
        return wrapped(&node, number);
    }
    let begin = ["[2,", "[3,", "[4,", "[2 ,", "[3 ,", "[4 ,", "["]
        .iter()
        .filter_map(|begin| line.find(begin))
        .next()
        .ok_or(())?;
    let (node, end) = value(line, begin).map_err(|_| ())?;
    if line.get(end..).is_some_and(|rest| !rest.trim().is_empty()) {
        return Err(());
    }
    let before = line.get(..begin).unwrap_or_default();
    let recorded = before.split([' ', '\t', ',', ';']).find_map(|word| word.parse().ok());
    Ok(message(node, number, None, recorded))
}

fn wrapped(node: &Node, number: u32) -> Result<Option<Frame>, ()> {
    let Json::Object(members) = &node.value else { return Err(()) };
    let members = Members(members);
    let pile = members.first(&PILES).and_then(text_of);
    let recorded = members.first(&TIMES).and_then(text_of).and_then(|text| text.parse().ok());
    for name in MESSAGES {
        match members.get(name).map(|node| (&node.value, node)) {
            Some((Json::List(_), node)) => return Ok(message(node.clone(), number, pile, recorded)),
            Some((Json::Text(text), _)) if text.trim_start().starts_with('[') => {
                let (node, _) = value(text, 0).map_err(|_| ())?;
                return Ok(message(node, number, pile, recorded));
            }
            _ => {}
        }
    }
    Ok(None)
}

fn message(node: Node, line: u32, pile: Option<String>, recorded: Option<Timestamp>) -> Option<Frame> {
    let Json::List(items) = node.value else { return None };
    let mut items = items.into_iter();
    let number = items.next().and_then(|node| text_of(&node))?;
    let id = items.next().and_then(|node| text_of(&node))?;
    let kind = match number.as_str() {
        "2" => Kind::Call { action: items.next().and_then(|node| text_of(&node))? },
        "3" => Kind::Result,
        "4" => Kind::Error { code: items.next().and_then(|node| text_of(&node)).unwrap_or_default() },
        _ => return None,
    };
    let payload = items.next().unwrap_or(Node { offset: 0, value: Json::Null });
    Some(Frame { line, pile, recorded, kind, id, payload })
}
