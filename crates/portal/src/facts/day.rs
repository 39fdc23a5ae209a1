//! What is to be done by a person today, derived from the log and from their own drafts: nobody enters a duty anywhere.

use heng_statement::Role;
use heng_store::Question;
use heng_view::inventory::{Entered, SOON};
use heng_view::round::Act;
use heng_view::{Condition, Inventory, Obligation};
use heng_wording::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::access::Person;
use crate::facts::listing::{Listed, listed, sort};
use crate::frame::{address, one_of};
use crate::laboratory::tasks::{Task, standards, tasks};
use crate::listing::{condition, row};
use crate::portal::Portal;
use crate::problem::Problem;

/// Duties of one kind that are listed at once; the rest are counted.
const SHOWN: usize = 12;

/// Something to be done, with the page on which the statement is made.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Duty {
    /// What it is about, in the reader's language.
    pub(crate) name: String,
    /// Model and serial number.
    pub(crate) what: String,
    /// Since when, or until when.
    pub(crate) day: Option<String>,
    /// What else there is to say.
    pub(crate) said: String,
    /// Where it is done.
    pub(crate) page: String,
}

/// Duties of one kind.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Duties {
    /// What is to be done: a stable name.
    pub(crate) kind: &'static str,
    /// The most urgent of them.
    pub(crate) duties: Vec<Duty>,
    /// How many there are.
    pub(crate) count: usize,
    /// Where all of them are listed.
    pub(crate) all: String,
    /// The shape of the verdict that makes them duties, where one does.
    #[serde(skip)]
    pub(crate) shape: Option<&'static str>,
}

/// A person's day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Day {
    /// The person.
    pub(crate) person: String,
    /// The day.
    pub(crate) day: Date,
    /// What is to be done, the most urgent first.
    pub(crate) duties: Vec<Duties>,
}

/// What a person has to do today.
pub(crate) fn day(portal: &Portal, person: &Person, words: &Words) -> Result<Day, Problem> {
    let on = portal.today();
    let mut all = Vec::new();
    if person.is_of_laboratory() {
        all.extend(of_laboratory(portal, person, words)?);
    }
    if person.is_owner {
        all.extend(of_owner(portal, person, on, words)?);
    }
    if !person.districts.is_empty() {
        all.extend(of_districts(portal, person, on, words)?);
    }
    all.retain(|duties| duties.count > 0);
    Ok(Day { person: person.id.clone(), day: on, duties: all })
}

fn duties(kind: &'static str, duties: Vec<Duty>, all: &str) -> Duties {
    let count = duties.len();
    let duties = duties.into_iter().take(SHOWN).collect();
    Duties { kind, duties, count, all: all.to_owned(), shape: None }
}

/// At the bench: what waits for this person, and for nobody else.
fn of_laboratory(portal: &Portal, person: &Person, words: &Words) -> Result<Vec<Duties>, Problem> {
    let tasks = tasks(portal, person, words)?;
    let drafts = portal.office().drafts().all()?;
    // A record that was sent back is mended in its sheet.
    let sheet_of = |task: &Task| {
        let signed = |hash: &str| task.page == address("/laboratory/record/", hash);
        let draft = drafts.iter().find(|draft| draft.by == person.id && draft.signed.as_deref().is_some_and(signed));
        draft.map(|draft| format!("/laboratory/sheet/{}", draft.id))
    };
    let duty = |task: &Task| Duty {
        name: task.name.clone(),
        what: task.what.clone(),
        day: Some(task.day.clone()),
        said: task.said.clone(),
        page: task.page.clone(),
    };
    let desk = portal.desk()?;
    let due = standards(portal, &person.organisation)?;
    let due = due.iter().filter(|one| one.condition != Condition::InForce);
    let due = due.map(|one| {
        let row = row(one, desk.rules(), words);
        let (_, word) = condition(one.condition, words);
        Duty { name: row.name, what: row.what, day: row.through, said: format!("{word} {}", row.days), page: row.page }
    });
    let listed = |kind, list: &[Task]| duties(kind, list.iter().map(duty).collect(), "/laboratory");
    let mended = |task: &Task| Duty { page: sheet_of(task).unwrap_or_else(|| task.page.clone()), ..duty(task) };
    let mut all = vec![
        listed("review", &tasks.to_review),
        duties("returned", tasks.returned.iter().map(mended).collect(), "/laboratory"),
        listed("sheet", &tasks.drafts),
        listed("asked", &tasks.asked),
        duties("standards", due.collect(), "/laboratory#standards"),
    ];
    if person.roles.contains(&Role::Review) {
        all.push(duties("round", of_rounds(portal, &person.organisation, words)?, "/laboratory/rounds"));
    }
    Ok(all)
}

/// What a laboratory owes in comparison rounds.
fn of_rounds(portal: &Portal, laboratory: &str, words: &Words) -> Result<Vec<Duty>, Problem> {
    let today = portal.today();
    let inventory = portal.inventory()?;
    let mut all = Vec::new();
    for round in inventory.rounds() {
        if round.announcement.code(laboratory).is_none() {
            continue;
        }
        let state = round.state(today);
        all.extend(state.owed_by(laboratory).filter(|owed| owed.act != Act::Report).map(|owed| Duty {
            name: one_of(&round.announcement.title, words.language()).to_owned(),
            what: round.announcement.number.clone(),
            day: owed.by.map(|by| by.to_string()),
            said: words.say(&format!("round-act-{}", owed.act.code()), &[]),
            page: address("/laboratory/round/", &round.announcement.number),
        }));
    }
    Ok(all)
}

/// What an owner must have done: by the condition of each instrument that has to be verified or was certified before.
fn of_owner(portal: &Portal, person: &Person, on: Date, words: &Words) -> Result<Vec<Duties>, Problem> {
    let desk = portal.desk()?;
    let inventory = portal.inventory()?;
    let house = person.organisation.as_str();
    let mut own: Vec<Listed> = inventory
        .of_keeper(house)
        .filter_map(|(id, thing)| listed(&inventory, portal.catalogue(), id, thing, on))
        .collect();
    sort(&mut own);
    let ask = |one: &Listed, said: String| {
        let row = row(one, desk.rules(), words);
        let page = address("/holdings/request?thing=", &one.id);
        Duty { name: row.name, what: row.what, day: row.through, said, page }
    };
    let mut all = Vec::new();
    for wanted in Condition::ALL.into_iter().filter(|one| *one != Condition::InForce) {
        let is_duty = |one: &&Listed| {
            let is_new = matches!(wanted, Condition::Unverified | Condition::Undecided);
            one.condition == wanted && !one.asked && (!is_new || is_mandatory(&one.obligation))
        };
        let list = own.iter().filter(is_duty).map(|one| ask(one, row(one, desk.rules(), words).days)).collect();
        let kind = match wanted {
            Condition::Failed => "failed",
            Condition::Fallen => "fallen",
            Condition::Overdue => "overdue",
            Condition::Unverified => "unverified",
            Condition::Undecided => "undecided",
            Condition::DueSoon | Condition::InForce => "due-soon",
        };
        all.push(Duties { shape: Some(condition(wanted, words).0), ..duties(kind, list, "/holdings") });
    }
    let late = own.iter().filter_map(|one| {
        let asked = inventory.thing(&one.id)?.asked.iter().filter(|asked| asked.by == house);
        let day = asked.map(|asked| asked.wanted_on).max().filter(|day| *day < on)?;
        Some(Duty { day: Some(day.to_string()), ..ask(one, String::new()) })
    });
    all.push(duties("late", late.collect(), "/holdings"));
    let since = on.checked_sub(SOON.days()).unwrap_or(on);
    let fresh: Vec<(String, Answered)> = own
        .iter()
        .filter_map(|one| Some((one.id.clone(), Answered::of(&inventory, inventory.thing(&one.id)?, since)?)))
        .collect();
    drop(inventory);
    let mut answered = Vec::new();
    for (id, answer) in fresh {
        if is_answer(portal, &id, house, answer.index)? {
            answered.push(answer.duty(words));
        }
    }
    all.push(duties("answered", answered, "/holdings"));
    Ok(all)
}

fn is_mandatory(obligation: &Obligation) -> bool {
    matches!(obligation, Obligation::Mandatory { .. })
}

/// A certificate of the last month.
struct Answered {
    index: u64,
    number: String,
    issued_on: Date,
    name: heng_rule::Words,
    what: String,
}

impl Answered {
    fn of(inventory: &Inventory, thing: &Entered, since: Date) -> Option<Self> {
        let last = inventory.certificates_of(thing).next_back().filter(|last| last.issued_on >= since)?;
        let instrument = thing.registration.as_ref()?.instrument.as_ref()?;
        Some(Self {
            index: last.index,
            number: last.number.clone(),
            issued_on: last.issued_on,
            name: last.name.clone(),
            what: format!("{} · {}", instrument.model, instrument.serial),
        })
    }

    fn duty(self, words: &Words) -> Duty {
        Duty {
            name: one_of(&self.name, words.language()).to_owned(),
            what: self.what,
            day: Some(self.issued_on.to_string()),
            said: self.number.clone(),
            page: address("/certificate/", &self.number),
        }
    }
}

/// Whether a certificate answers a request: since the one before it, the owner had asked.
fn is_answer(portal: &Portal, thing: &str, house: &str, index: u64) -> Result<bool, Problem> {
    let about = portal.entries(Question::About(thing))?;
    let before = about.iter().rev().filter(|entry| entry.index < index).take_while(|entry| entry.kind != "cert");
    for entry in before.filter(|entry| entry.kind == "req") {
        if portal.entry(entry)?.statement.issuer == house {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a supervisor looks into: of the instruments in a district that must be verified, those in a condition they may not be in.
fn of_districts(portal: &Portal, person: &Person, on: Date, words: &Words) -> Result<Vec<Duties>, Problem> {
    let inventory = portal.inventory()?;
    let bound = |district: &str| -> Vec<Condition> {
        let all = inventory.of_district(district);
        let listed = all.filter_map(|(id, thing)| listed(&inventory, portal.catalogue(), id, thing, on));
        listed.filter(|one| is_mandatory(&one.obligation)).map(|one| one.condition).collect()
    };
    let districts: Vec<(&String, Vec<Condition>)> =
        person.districts.iter().map(|district| (district, bound(district))).collect();
    let kinds = [
        (Condition::Failed, "district-failed"),
        (Condition::Fallen, "district-fallen"),
        (Condition::Overdue, "district-overdue"),
        (Condition::Unverified, "district-unverified"),
    ];
    let all = kinds.into_iter().map(|(wanted, kind)| {
        let list = districts.iter().filter_map(|(district, bound)| {
            let count = bound.iter().filter(|one| **one == wanted).count();
            let numbers = [("count", count.to_string()), ("all", bound.len().to_string())];
            let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            (count > 0).then(|| Duty {
                name: words.say(&format!("district-{district}"), &[]),
                said: words.say("day-district-count", &numbers),
                page: format!("/districts?district={district}&condition={}#list", wanted.code()),
                ..Duty::default()
            })
        });
        Duties { shape: Some(condition(wanted, words).0), ..duties(kind, list.collect(), "/districts") }
    });
    Ok(all.collect())
}
