//! A keeper's ledger, taken into the log and handed out of it.

use heng_exchange::ledger::{Line, Vocabulary, read};
use heng_quantity::Finding;
use heng_statement::{Body, Registration, Statement};
use heng_supervision::ledger::{Fate, Planned, planned};
use heng_view::Inventory;
use heng_wording::Words;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::parallel::each;
use crate::{Failure, Office};

/// So many registrations become durable with one sync.
const BATCH: usize = 1_024;

/// A row of a ledger, and what becomes of it.
#[derive(Clone, Debug)]
pub struct IntakeRow {
    /// The row, from 1; in a CSV file the line.
    pub row: u32,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The instrument as the row names it.
    pub named: String,
    /// What becomes of it.
    pub planned: Planned,
}

/// A ledger as it would be taken: nothing is said yet.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Its rows.
    pub rows: Vec<IntakeRow>,
    /// What the file says of itself.
    pub findings: Vec<Finding>,
}

impl Intake {
    /// How many rows have this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.planned.fate == fate).count()
    }

    /// How many rows have which fate, in a sentence: the message of `code`.
    pub fn summary(&self, code: &str, words: &Words) -> String {
        let counts = Fate::ALL.map(|fate| (fate.code(), self.count(fate).to_string()));
        let data: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        words.say(code, &data)
    }

    /// What would be registered.
    fn registrations(&self) -> Vec<&Registration> {
        let taken = self.rows.iter().filter(|row| matches!(row.planned.fate, Fate::New | Fate::Changed));
        taken.filter_map(|row| row.planned.registration.as_ref()).collect()
    }
}

/// What would become of each row of a keeper's ledger.
pub fn foreseen(keeper: &str, bytes: &[u8], vocabulary: &Vocabulary<'_>, inventory: &Inventory) -> Intake {
    let ledger = read(bytes, vocabulary);
    let mut places = Vec::new();
    let mut rows = Vec::new();
    for one in ledger.rows {
        let words = [&one.described.name.zh, &one.described.name.en, &one.described.serial];
        let named: Vec<&str> = words.into_iter().flatten().map(String::as_str).collect();
        places.push((one.row, one.sheet, named.join(" ")));
        rows.push((one.described, one.findings));
    }
    let planned = planned(keeper, rows, inventory);
    let rows = places
        .into_iter()
        .zip(planned)
        .map(|((row, sheet, named), planned)| IntakeRow { row, sheet, named, planned })
        .collect();
    Intake { rows, findings: ledger.findings }
}

/// Registers what is new and what is changed; says how many that were. `progress` hears how many of how many are durable.
pub fn enter(
    office: &Office,
    keeper: &str,
    intake: &Intake,
    made_at: Timestamp,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, Failure> {
    let registrations = intake.registrations();
    let total = registrations.len();
    for (done, some) in registrations.chunks(BATCH).enumerate() {
        progress(done * BATCH, total);
        let signed =
            each(some.to_vec(), |registration| office.signed(&registering(keeper, registration.clone(), made_at)));
        office.append(signed.into_iter().collect::<Result<_, _>>()?)?;
    }
    progress(total, total);
    Ok(total)
}

/// What a keeper says who registers an instrument.
pub fn registering(keeper: &str, registration: Registration, made_at: Timestamp) -> Statement {
    Statement::of(keeper, vec![registration.id.clone()], made_at, Body::Reg(Box::new(registration)))
}

/// A keeper's instruments as the lines of a ledger, by identifier.
pub fn lines<'a>(inventory: &'a Inventory, keeper: &str, on: Date, words: &Words) -> Vec<Line<'a>> {
    let things = inventory.of_keeper(keeper).filter_map(|(_, thing)| {
        let registration = thing.registration.as_ref()?;
        (registration.kind == Registration::INSTRUMENT).then_some((thing, registration))
    });
    let line = |(thing, registration)| {
        let last = inventory.certificates_of(thing).next_back();
        Line {
            registration,
            standing: words.say(&format!("condition-{}", inventory.condition(thing, on).code()), &[]),
            through: last.and_then(|last| last.valid_through),
            certificate: last.map(|last| last.number.as_str()),
        }
    };
    things.map(line).collect()
}
