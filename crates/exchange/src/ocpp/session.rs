//! The sessions that a recording tells of.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Decimal, Finding, Reported};
use jiff::Timestamp;

use super::frame::{Frame, Kind, frames};
use super::members::{Members, Notes, content, text_of};
use super::sample::{Register, Sample, samples};
use crate::ocmf::Presented;
use crate::text::text;

/// All that a recording tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// How many messages it holds.
    pub messages: usize,
    /// The sessions, as they begin.
    pub sessions: Vec<Session>,
    /// Values that belong to no session.
    pub outside: Vec<Sample>,
    /// Signed records, session by session, each in the order of its messages or of their numbers.
    pub signed: Vec<SignedValue>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// A signed record with the session it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedValue {
    /// The place of the session.
    pub session: Option<usize>,
    /// The record.
    pub presented: Presented,
}

/// A session as the pile tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Whose, where the recording says so.
    pub pile: Option<String>,
    /// The transaction, where the recording has its number.
    pub transaction: Option<String>,
    /// The connector or the place at the pile.
    pub connector: Option<String>,
    /// The line of its first message.
    pub line: u32,
    /// When it began, by the pile's clock; none where the recording begins later.
    pub began: Option<Timestamp>,
    /// When it ended; none where the recording ends before.
    pub ended: Option<Timestamp>,
    /// Values in the order of the messages, by their numbers where they have some. The register at the beginning and at the end of a session of 1.6 are among them.
    pub samples: Vec<Sample>,
    /// `seqNo` of the messages of 2.0.1, ascending.
    pub numbers: Vec<u64>,
}

impl Session {
    /// Values of the register that sessions are billed by, in their order.
    pub fn energies(&self) -> impl Iterator<Item = &Sample> {
        let billed = Register::of_energy();
        self.samples.iter().filter(move |sample| sample.register == billed && sample.value.is_some())
    }

    /// The energy between the first and the last value, in kWh.
    pub fn energy(&self) -> Option<Reported> {
        let kilowatt_hour = "\\kilo\\watt\\hour".parse().ok()?;
        let shown = |sample: &Sample| sample.value.as_ref()?.converted_to(&kilowatt_hour).ok();
        let first = self.energies().next().and_then(shown)?;
        let last = self.energies().last().and_then(shown)?;
        let value: Decimal = &last.value - &first.value;
        Some(Reported { value, unit: kilowatt_hour, uncertainty: None })
    }
}

/// Reads a recording; none where its bytes are no text.
pub fn recording(bytes: &[u8]) -> Option<Recording> {
    let text = text(bytes)?;
    let (frames, findings) = frames(&text);
    let mut reader = Reader {
        recording: Recording { messages: frames.len(), findings, ..Recording::default() },
        ..Reader::default()
    };
    for frame in &frames {
        reader.take(frame);
    }
    Some(reader.ended())
}

/// A pile and the number that it or its other side gave.
type Named = (Option<String>, String);

/// A call that waits for its answer.
struct Waiting {
    line: u32,
    action: String,
    session: Option<usize>,
}

/// A message that was taken: a station sends it again until it is answered.
struct Told {
    line: u32,
    session: Option<usize>,
}

/// What came with a message of 2.0.1: by its session and its number, since what waited for the connection comes late.
struct Part<T> {
    session: Option<usize>,
    number: Option<u64>,
    told: T,
}

/// Messages that tell what happened once; of these a second one with the same content is the same.
const ONCE: [&str; 3] = ["StartTransaction", "StopTransaction", "TransactionEvent"];

#[derive(Default)]
struct Reader {
    recording: Recording,
    /// Messages by pile, action and content.
    told: BTreeMap<(Option<String>, String, String), Told>,
    samples: Vec<Part<Vec<Sample>>>,
    signed: Vec<Part<Presented>>,
    /// Sessions by their transactions.
    open: BTreeMap<Named, usize>,
    /// Calls by their numbers.
    waiting: BTreeMap<Named, Waiting>,
}

impl Reader {
    fn take(&mut self, frame: &Frame) {
        let mut notes = Notes { line: frame.line, findings: Vec::new() };
        let call = (frame.pile.clone(), frame.id.clone());
        match &frame.kind {
            Kind::Call { action } => {
                let before = self.repeated(action, frame);
                if let Some((line, _)) = before {
                    notes.push(Finding::info("ocpp-repeated").with("line", line));
                }
                let session = match before {
                    Some((_, session)) => session,
                    None => self.call(action, frame, &mut notes),
                };
                let waiting = Waiting { line: frame.line, action: action.clone(), session };
                if self.waiting.insert(call, waiting).is_some() && before.is_none() {
                    notes.push(Finding::warning("ocpp-number-twice").with("number", &frame.id));
                }
            }
            Kind::Result | Kind::Error { .. } => match self.waiting.remove(&call) {
                Some(waiting) => self.answered(&waiting, frame, &mut notes),
                None => notes.push(Finding::info("ocpp-answer-alone").with("number", &frame.id)),
            },
        }
        self.recording.findings.append(&mut notes.findings);
    }

    fn call(&mut self, action: &str, frame: &Frame, notes: &mut Notes) -> Option<usize> {
        let session = match action {
            "StartTransaction" => Some(self.start(frame, notes)),
            "StopTransaction" => self.stop(frame, notes),
            "MeterValues" => self.values(frame, notes),
            "TransactionEvent" => self.event(frame, notes),
            _ => None,
        };
        if ONCE.contains(&action) {
            let told = Told { line: frame.line, session };
            self.told.insert((frame.pile.clone(), action.to_owned(), content(&frame.payload)), told);
        }
        session
    }

    /// The line and the session of a message that this one repeats. What has no time may happen twice.
    fn repeated(&self, action: &str, frame: &Frame) -> Option<(u32, Option<usize>)> {
        Members::of(&frame.payload).get("timestamp").filter(|_| ONCE.contains(&action))?;
        let told = self.told.get(&(frame.pile.clone(), action.to_owned(), content(&frame.payload)))?;
        Some((told.line, told.session))
    }

    /// An answer: that to the beginning of a session of 1.6 gives it its number.
    fn answered(&mut self, waiting: &Waiting, frame: &Frame, notes: &mut Notes) {
        if let Kind::Error { code } = &frame.kind {
            notes.push(Finding::warning("ocpp-refused").with("action", &waiting.action).with("code", code));
            return;
        }
        if waiting.action == "StartTransaction"
            && let Some(place) = waiting.session
            && let Some(number) = Members::of(&frame.payload).text("transactionId")
        {
            if let Some(session) = self.recording.sessions.get_mut(place) {
                session.transaction = Some(number.clone());
            }
            self.open.insert((frame.pile.clone(), number), place);
        }
    }

    fn start(&mut self, frame: &Frame, notes: &mut Notes) -> usize {
        let members = Members::of(&frame.payload);
        let began = members.time("timestamp", notes);
        let session = Session {
            pile: frame.pile.clone(),
            connector: members.text("connectorId"),
            line: frame.line,
            began,
            samples: register(&members, "meterStart", began, "Transaction.Begin", notes).into_iter().collect(),
            ..Session::default()
        };
        for name in ["timestamp", "meterStart"].iter().filter(|name| members.get(name).is_none()) {
            notes.push(Finding::error("ocpp-member-missing").with("path", name));
        }
        self.recording.sessions.push(session);
        self.recording.sessions.len() - 1
    }

    fn stop(&mut self, frame: &Frame, notes: &mut Notes) -> Option<usize> {
        let members = Members::of(&frame.payload);
        let place = self.session(frame, members.text("transactionId")?);
        let ended = members.time("timestamp", notes);
        let (found, signed) = samples(members.list("transactionData"), notes);
        let last = register(&members, "meterStop", ended, "Transaction.End", notes);
        for name in ["timestamp", "meterStop"].iter().filter(|name| members.get(name).is_none()) {
            notes.push(Finding::error("ocpp-member-missing").with("path", name));
        }
        self.keep((Some(place), None), signed);
        let session = self.recording.sessions.get_mut(place)?;
        session.samples = with_later(std::mem::take(&mut session.samples), found);
        session.samples.extend(last);
        session.ended = ended;
        Some(place)
    }

    fn values(&mut self, frame: &Frame, notes: &mut Notes) -> Option<usize> {
        let members = Members::of(&frame.payload);
        let (found, signed) = samples(members.list("meterValue"), notes);
        let place = members.text("transactionId").map(|number| self.session(frame, number));
        self.keep((place, None), signed);
        match place.and_then(|place| self.recording.sessions.get_mut(place)) {
            Some(session) => session.samples.extend(found),
            None => self.recording.outside.extend(found),
        }
        place
    }

    fn event(&mut self, frame: &Frame, notes: &mut Notes) -> Option<usize> {
        let members = Members::of(&frame.payload);
        let Some(number) = members.inside("transactionInfo").text("transactionId") else {
            notes.push(Finding::error("ocpp-member-missing").with("path", "transactionInfo.transactionId"));
            return None;
        };
        let place = self.session(frame, number);
        let time = members.time("timestamp", notes);
        let (found, signed) = samples(members.list("meterValue"), notes);
        let stated = members.get("seqNo").and_then(text_of).and_then(|text| text.parse::<u64>().ok());
        // One that is not numbered belongs to the one before it.
        let before = self.recording.sessions.get(place).and_then(|session| session.numbers.last().copied());
        let number = stated.or(before);
        self.keep((Some(place), number), signed);
        self.samples.push(Part { session: Some(place), number, told: found });
        let session = self.recording.sessions.get_mut(place)?;
        let evse = members.inside("evse");
        let connector = evse.text("id").map(|id| match evse.text("connectorId") {
            Some(connector) => format!("{id}.{connector}"),
            None => id,
        });
        session.connector = session.connector.take().or(connector);
        match members.text("eventType").as_deref() {
            Some("Started") => session.began = time,
            Some("Ended") => session.ended = time,
            Some("Updated") => {}
            other => {
                let text = other.unwrap_or_default();
                notes.push(Finding::error("ocpp-event-unknown").with("text", text));
            }
        }
        session.numbers.extend(stated);
        Some(place)
    }

    /// The session of a transaction; one that the recording did not see begin is made.
    fn session(&mut self, frame: &Frame, number: String) -> usize {
        let sessions = &mut self.recording.sessions;
        *self.open.entry((frame.pile.clone(), number.clone())).or_insert_with(|| {
            sessions.push(Session {
                pile: frame.pile.clone(),
                transaction: Some(number),
                line: frame.line,
                ..Session::default()
            });
            sessions.len() - 1
        })
    }

    fn keep(&mut self, (session, number): (Option<usize>, Option<u64>), signed: Vec<Presented>) {
        self.signed.extend(signed.into_iter().map(|told| Part { session, number, told }));
    }

    /// Puts what came with numbers into their order.
    fn order(&mut self) {
        self.samples.sort_by_key(|part| (part.session, part.number));
        self.signed.sort_by_key(|part| (part.session, part.number));
        for part in std::mem::take(&mut self.samples) {
            if let Some(session) = part.session.and_then(|place| self.recording.sessions.get_mut(place)) {
                session.samples.extend(part.told);
            }
        }
        let signed = std::mem::take(&mut self.signed).into_iter();
        self.recording.signed =
            signed.map(|part| SignedValue { session: part.session, presented: part.told }).collect();
        for session in &mut self.recording.sessions {
            session.numbers.sort_unstable();
        }
    }

    /// What was never answered is said at the end.
    fn ended(mut self) -> Recording {
        self.order();
        for waiting in self.waiting.values() {
            let mut notes = Notes { line: waiting.line, findings: Vec::new() };
            notes.push(Finding::info("ocpp-unanswered").with("action", &waiting.action));
            self.recording.findings.append(&mut notes.findings);
        }
        self.recording.findings.sort_by_key(|finding| finding.position);
        self.recording
    }
}

/// What was sent before, with what is handed in at the end: a station hands in again what it may have sent, and only what is new counts. It takes its
/// place in time.
fn with_later(sent: Vec<Sample>, handed_in: Vec<Sample>) -> Vec<Sample> {
    let key = |sample: &Sample| {
        let value = sample
            .value
            .as_ref()
            .map(|value| (value.value.coefficient().clone(), value.value.exponent(), value.unit.to_string()));
        (sample.time, sample.register.clone(), value)
    };
    let mut known: BTreeSet<_> = sent.iter().map(key).collect();
    let mut new: Vec<Sample> = handed_in.into_iter().filter(|sample| known.insert(key(sample))).collect();
    // Without a time it comes last.
    new.sort_by_key(|sample| (sample.time.is_none(), sample.time));
    let mut new = new.into_iter().peekable();
    let mut all = Vec::with_capacity(sent.len().saturating_add(new.len()));
    for sample in sent {
        while let Some(earlier) = new.next_if(|new| new.time.zip(sample.time).is_some_and(|(new, sent)| sent > new)) {
            all.push(earlier);
        }
        all.push(sample);
    }
    all.extend(new);
    all
}

/// The register that a session of 1.6 states at its beginning or end, in Wh.
fn register(
    members: &Members<'_>,
    name: &str,
    time: Option<Timestamp>,
    context: &str,
    notes: &mut Notes,
) -> Option<Sample> {
    let value = members.decimal(name, notes)?;
    let unit = "\\watt\\hour".parse().ok()?;
    Some(Sample {
        line: notes.line,
        time,
        context: Some(context.to_owned()),
        register: Register::of_energy(),
        value: Some(Reported { value, unit, uncertainty: None }),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use heng_quantity::Reported;
    use jiff::Timestamp;

    use super::{Register, Sample, with_later};

    fn sample(second: Option<i64>, shown: i64) -> Sample {
        let value = Reported { value: shown.into(), unit: "\\watt\\hour".parse().unwrap(), uncertainty: None };
        let time = second.map(|second| Timestamp::from_second(second).unwrap());
        Sample { line: 1, time, context: None, register: Register::of_energy(), value: Some(value) }
    }

    #[test]
    fn what_is_handed_in_again_counts_once_and_what_is_new_takes_its_place_in_time() {
        let sent = vec![sample(Some(1), 10), sample(Some(4), 40)];
        let again =
            [(Some(4), 40), (Some(3), 30), (Some(2), 20), (None, 5), (Some(3), 30), (Some(9), 90), (Some(4), 41)];
        let all = with_later(sent, again.into_iter().map(|(second, shown)| sample(second, shown)).collect());
        let wanted =
            [(Some(1), 10), (Some(2), 20), (Some(3), 30), (Some(4), 40), (Some(4), 41), (Some(9), 90), (None, 5)];
        assert_eq!(all, wanted.map(|(second, shown)| sample(second, shown)));
    }
}
