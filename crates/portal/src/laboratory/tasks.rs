//! The laboratory's tasks: what was asked, what I am filling, what waits for my review, what came back, what waits for others.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_rule::Words as Said;
use heng_view::Inventory;
use heng_view::inventory::{Entered, Work};
use heng_wording::Words;
use serde::{Deserialize, Serialize};

use super::sheet::is_open;
use crate::access::{Action, Person, refused};
use crate::facts::listing::{Listed, sort, workable};
use crate::frame::{Frame, Place, address, html, one_of};
use crate::listing::{Row, rows};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// Instruments found for what was typed.
const FOUND: usize = 20;

/// What was typed to find an instrument.
#[derive(Default, Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    seek: String,
}

/// A line of a list of tasks.
#[derive(Serialize)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) page: String,
    pub(crate) what: String,
    pub(crate) day: String,
    pub(crate) said: String,
}

/// What waits in a laboratory, as one person sees it.
#[derive(Serialize)]
pub(crate) struct Tasks {
    pub(crate) asked: Vec<Task>,
    pub(crate) drafts: Vec<Task>,
    pub(crate) to_review: Vec<Task>,
    pub(crate) returned: Vec<Task>,
    pub(crate) waiting: Vec<Task>,
}

impl Tasks {
    /// How many of them this person can do something about.
    pub(crate) fn own(&self) -> usize {
        self.asked.len() + self.drafts.len() + self.to_review.len() + self.returned.len()
    }
}

#[derive(Template)]
#[template(path = "laboratory.html")]
struct LaboratoryPage<'a> {
    frame: &'a Frame<'a>,
    laboratory: String,
    tasks: Tasks,
    seek: String,
    found: Option<Vec<Row>>,
    /// The laboratory's measurement standards, the most urgent first.
    standards: Vec<Row>,
}

/// `/laboratory`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(sought): Query<Sought>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let person = visit.person().ok_or_else(|| refused(&visit, Action::EnterLaboratory))?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Laboratory, words.say("laboratory-title", &[]));
        let seek = sought.seek.trim().to_owned();
        Ok(html(&LaboratoryPage {
            laboratory: frame.one_of(&person.organisation_name).to_owned(),
            tasks: tasks(portal, person, words)?,
            found: (!seek.is_empty()).then(|| found(portal, &seek, words)).transpose()?,
            standards: {
                let desk = portal.desk()?;
                rows(&standards(portal, &person.organisation)?, desk.rules(), words)
            },
            seek,
            frame: &frame,
        }))
    })
    .await
}

/// Instruments and standards whose serial number, identifier, name or keeper holds what was typed.
fn found(portal: &Portal, seek: &str, words: &Words) -> Result<Vec<Row>, Problem> {
    let desk = portal.desk()?;
    let inventory = portal.inventory()?;
    let wanted = seek.to_lowercase();
    let on = portal.today();
    let fits = |text: &str| text.to_lowercase().contains(&wanted);
    let matching = inventory.things().filter_map(|(id, thing)| {
        let one = workable(&inventory, portal.catalogue(), id, thing, on)?;
        let named = |said: &Said| fits(&said.zh) || fits(&said.en);
        let keeper = one.keeper_name.as_ref().is_some_and(named);
        (fits(&one.serial) || fits(&one.id) || named(&one.name) || keeper).then_some(one)
    });
    let mut list: Vec<_> = matching.take(FOUND).collect();
    sort(&mut list);
    Ok(rows(&list, desk.rules(), words))
}

/// The measurement standards that a laboratory keeps, the most urgent first.
pub(crate) fn standards(portal: &Portal, house: &str) -> Result<Vec<Listed>, Problem> {
    let inventory = portal.inventory()?;
    let on = portal.today();
    let is_standard = |thing: &Entered| thing.registration.as_ref().is_some_and(|one| one.is_measurement_standard());
    let kept = inventory.of_keeper(house).filter(|(_, thing)| is_standard(thing));
    let mut list: Vec<Listed> =
        kept.filter_map(|(id, thing)| workable(&inventory, portal.catalogue(), id, thing, on)).collect();
    sort(&mut list);
    Ok(list)
}

/// What waits in a person's laboratory.
pub(crate) fn tasks(portal: &Portal, person: &Person, words: &Words) -> Result<Tasks, Problem> {
    let drafts = portal.office().drafts().all()?;
    let inventory = portal.inventory()?;
    let language = words.language();
    let of_house = |work: &Work| {
        inventory.party(&work.verifier).and_then(|party| party.of.as_deref()) == Some(person.organisation.as_str())
    };
    let mut tasks = Tasks {
        asked: Vec::new(),
        drafts: Vec::new(),
        to_review: Vec::new(),
        returned: Vec::new(),
        waiting: Vec::new(),
    };
    for (id, thing) in inventory.things() {
        for asked in thing.asked.iter().filter(|asked| asked.laboratory == person.organisation) {
            let (name, what) = named(&inventory, id, words);
            tasks.asked.push(Task {
                name,
                what,
                page: address("/laboratory/new?thing=", id),
                day: asked.wanted_on.to_string(),
                said: asked.remark.clone().unwrap_or_default(),
            });
        }
    }
    tasks.asked.sort_by(|one, other| one.day.cmp(&other.day));
    for draft in drafts.into_iter().filter(|draft| draft.by == person.id) {
        if !is_open(portal, &draft)? {
            continue;
        }
        let (name, what) = named(&inventory, &draft.thing, words);
        tasks.drafts.push(Task {
            name,
            what,
            page: format!("/laboratory/sheet/{}", draft.id),
            day: heng_office::clock::day(draft.changed_at).to_string(),
            said: words.say("laboratory-draft-values", &[("count", &draft.values.len().to_string())]),
        });
    }
    let mut works: Vec<_> = inventory.work().filter(|(_, work)| of_house(work)).collect();
    // Who waits longest comes first.
    works.sort_by_key(|(_, work)| work.index);
    for (hash, work) in works {
        let (name, what) = named(&inventory, &work.thing, words);
        let party = |id: &str| {
            inventory.party(id).map_or_else(|| id.to_owned(), |party| one_of(&party.name, language).to_owned())
        };
        let task = |said: String| Task {
            name,
            what,
            page: address("/laboratory/record/", hash),
            day: work.performed_on.to_string(),
            said,
        };
        match &work.returned {
            Some(returned) if work.verifier == person.id => tasks.returned.push(task(returned.reason.clone())),
            Some(_) => {}
            None if work.reviewer == person.id => {
                let by = words.say("laboratory-measured-by", &[("person", &party(&work.verifier))]);
                tasks.to_review.push(task(by));
            }
            None => {
                let by = words.say("laboratory-reviewed-by", &[("person", &party(&work.reviewer))]);
                tasks.waiting.push(task(by));
            }
        }
    }
    Ok(tasks)
}

/// A thing's name, and its model and serial number.
fn named(inventory: &Inventory, id: &str, words: &Words) -> (String, String) {
    let registration = inventory.thing(id).and_then(|thing| thing.registration.as_ref());
    match registration {
        Some(registration) => {
            let name = one_of(&registration.name, words.language()).to_owned();
            let instrument = registration.instrument.as_ref();
            (name, instrument.map(|one| format!("{} · {}", one.model, one.serial)).unwrap_or_default())
        }
        None => (id.to_owned(), String::new()),
    }
}
