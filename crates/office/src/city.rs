//! The example city laid into a store: everybody introduced, every standard certified, every instrument registered and verified, all through the
//! same gates as any other certificate.

pub mod networks;
pub mod piles;
mod rounds;
mod scribe;
mod session;
mod template;

use std::collections::BTreeMap;
use std::path::Path;

use heng_rule::Record;
use heng_statement::{Body, Registration, Request, SignedStatement, Statement};
use heng_supervision::World;
use heng_supervision::city::{Job, Member, Plan, Planned, PlannedNetwork, Size, Utterance, WatchedPile, plan};
use heng_supervision::founding::FoundingStandard;
use heng_supervision::{Retraction, withdrawal};
use heng_view::Inventory;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::desk::Rendered;
use crate::founding::{Founding, afternoon, introduce, taken};
use crate::ledger::registering;
use crate::parallel::each;
use crate::plan::Acts;
use crate::round::NotTaken;
use crate::{Desk, Failure, Issued, Moment};
use scribe::Scribe;
use template::Templates;

/// So many certificates become durable with one sync.
const BATCH: usize = 256;

/// A certificate this many days old is in force, whatever its kind: no rule here has a shorter interval.
const RECENT: i32 = 120;

/// A city that was made.
pub struct Made {
    /// The store.
    pub desk: Desk,
    /// What its log says of every thing, up to its last certificates.
    pub inventory: Inventory,
    /// Whom a demonstration gives accounts.
    pub members: Vec<Member>,
    /// Certificates that show what can become of one: of an instrument in force, one that failed, one that was withdrawn.
    pub shown: Vec<(&'static str, String)>,
    /// The transformer districts, with the truth that nobody else knows.
    pub networks: Vec<PlannedNetwork>,
    /// The charging piles that are watched together, with the truth that nobody else knows.
    pub piles: Vec<WatchedPile>,
    /// Who is there.
    pub world: World,
}

/// Something to certify, in the order of its day.
enum Step<'a> {
    Standard(usize),
    Instrument(&'a Planned, &'a Job),
}

/// Makes a city. `progress` hears how many certificates there are, of how many.
pub fn make(
    data: &Path,
    founding: Founding,
    size: Size,
    fonts: Vec<Vec<u8>>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Made, Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-founding").with("reason", reason);
    let templates = Templates::read(size.seed)?;
    let rules = heng_rule::builtin().map_err(|error| failed(&error))?;
    let plan = plan(size, &|template| templates.months(template, &rules)).map_err(|error| failed(&error))?;
    let desk = introduce(data, founding, fonts, &plan.world)?;
    publish(&desk, &plan)?;
    networks::register(&desk, &plan.networks, &plan.world)?;
    piles::register(&desk, &plan.world)?;
    let (numbers, inventory) = Scribe::beside(&desk, |scribe| {
        register(&desk, scribe, &plan, &templates)?;
        certify(&desk, scribe, &plan, &templates, progress)
    })?;
    rounds::hold(&desk, &plan.rounds, size.seed)?;
    let shown = afterwards(&desk, &plan, &numbers, size.today)?;
    receipts(&desk, &plan, size)?;
    desk.office().settle()?;
    let Plan { members, networks, piles, world, .. } = plan;
    Ok(Made { desk: desk.refreshed(crate::ANCHOR)?, inventory, members, shown, networks, piles, world })
}

/// The plan of the authorities, in force since the city was founded.
fn publish(desk: &Desk, plan: &Plan) -> Result<(), Failure> {
    let nothing = Inventory::new(crate::ANCHOR);
    let acts = Acts { office: desk.office(), inventory: &nothing, issuer: crate::ANCHOR, at: plan.world.founded_at };
    let published = acts.publish(&heng_rule::plan::TIANJIN, true);
    published.map(|_| ()).map_err(|refused| match refused {
        NotTaken::Failure(failure) => failure,
        NotTaken::Findings(findings) => Failure::new("error-founding").with("reason", format!("{findings:?}")),
    })
}

/// What is said for the plan, as far as nobody has heard it yet.
struct Unsaid<'a> {
    desk: &'a Desk,
    scribe: &'a Scribe,
    rest: std::iter::Peekable<std::slice::Iter<'a, Utterance>>,
}

impl Unsaid<'_> {
    /// Says everything through a day, in the order of time: a forecast must not come into the log behind its day.
    fn say_through(&mut self, day: Date) -> Result<(), Failure> {
        let mut due: Vec<&Utterance> = Vec::new();
        while let Some(one) = self.rest.next_if(|one| heng_statement::legal_day(one.at) <= day) {
            due.push(one);
        }
        let office = self.desk.office();
        let signed = each(due, |one| {
            office.signed_owned(Statement::of(&one.issuer, vec![one.about.clone()], one.at, one.body.clone()))
        });
        let signed: Vec<SignedStatement> = signed.into_iter().collect::<Result<_, _>>()?;
        if signed.is_empty() { Ok(()) } else { self.scribe.append(signed) }
    }
}

/// Every instrument.
fn all(plan: &Plan) -> impl Iterator<Item = &Planned> {
    let watched = plan.piles.iter().map(|watched| &watched.pile);
    plan.instruments.iter().chain(networks::meters(&plan.networks)).chain(watched)
}

/// Every instrument, registered by its keeper.
fn register(desk: &Desk, scribe: &Scribe, plan: &Plan, templates: &Templates) -> Result<(), Failure> {
    let office = desk.office();
    let all: Vec<&Planned> = all(plan).collect();
    for some in all.chunks(BATCH * 4) {
        let signed = each(some.to_vec(), |planned: &Planned| {
            let instrument = templates.instrument(planned);
            let registration = Registration {
                id: planned.id.clone(),
                kind: Registration::INSTRUMENT.to_owned(),
                name: instrument.as_ref().map(|instrument| instrument.name.clone()).unwrap_or_default(),
                keeper: planned.keeper.clone(),
                instrument,
                place: Some(planned.place.clone()),
                purpose: Some(planned.purpose),
                synthetic: true,
            };
            office.signed_owned(registering(&planned.keeper, registration, plan.world.founded_at))
        });
        scribe.append(signed.into_iter().collect::<Result<_, _>>()?)?;
    }
    Ok(())
}

/// Every standard and every verification, by their days. Gives the number of the last certificate of each instrument.
fn certify<'a>(
    desk: &Desk,
    scribe: &Scribe,
    plan: &'a Plan,
    templates: &Templates,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<BTreeMap<&'a str, String>, Failure> {
    let mut steps: Vec<(Date, Step<'a>)> = Vec::new();
    steps.extend(plan.world.standards.iter().enumerate().map(|(place, one)| (one.performed_on, Step::Standard(place))));
    let errors: BTreeMap<&str, i32> =
        plan.piles.iter().map(|watched| (watched.pile.id.as_str(), watched.errors[0])).collect();
    for planned in all(plan) {
        steps.extend(planned.history.iter().map(|job| (job.performed_on, Step::Instrument(planned, job))));
    }
    // On the same day the standards come first: they are listed first, and the sort is stable.
    steps.sort_by_key(|(day, _)| *day);
    let total = steps.len();
    let mut unsaid = Unsaid { desk, scribe, rest: plan.said.iter().peekable() };
    let mut numbers = BTreeMap::new();
    let mut waiting: Vec<(&'a Planned, Record, Moment)> = Vec::new();
    let mut standards: Vec<&'a FoundingStandard> = Vec::new();
    for (done, (day, step)) in steps.into_iter().enumerate() {
        let moment = afternoon(day)?;
        match step {
            Step::Standard(place) => {
                issue(&mut unsaid, &mut waiting, &mut numbers)?;
                let Some(standard) = plan.world.standards.get(place) else { continue };
                // Those of a day go together, unless one rests on another of them.
                let is_apart = |other: &&FoundingStandard| {
                    other.performed_on != day || other.id == standard.id || standard.against.contains(&other.id)
                };
                if standards.iter().any(is_apart) {
                    issue_standards(&mut unsaid, &mut standards, plan)?;
                }
                standards.push(standard);
            }
            Step::Instrument(planned, job) => {
                issue_standards(&mut unsaid, &mut standards, plan)?;
                let record =
                    templates.record(planned, job, &plan.world).map(|record| match errors.get(planned.id.as_str()) {
                        Some(hundredths) => piles::observed(record, *hundredths),
                        None => record,
                    });
                waiting.extend(record.map(|record| (planned, record, moment)));
                if waiting.len() >= BATCH {
                    issue(&mut unsaid, &mut waiting, &mut numbers)?;
                    progress(done, total);
                }
            }
        }
    }
    issue(&mut unsaid, &mut waiting, &mut numbers)?;
    issue_standards(&mut unsaid, &mut standards, plan)?;
    unsaid.say_through(Date::MAX)?;
    progress(total, total);
    Ok(numbers)
}

/// Certifies the standards that wait, all of one day, on all cores.
fn issue_standards(unsaid: &mut Unsaid<'_>, waiting: &mut Vec<&FoundingStandard>, plan: &Plan) -> Result<(), Failure> {
    let Some(day) = waiting.first().map(|standard| standard.performed_on) else { return Ok(()) };
    unsaid.say_through(day)?;
    let (desk, moment) = (unsaid.desk, afternoon(day)?);
    let prepared = each(std::mem::take(waiting), |standard| {
        let prepared = desk.prepared(plan.world.record(standard), moment);
        (standard, prepared.map(|prepared| desk.with_xml_only(prepared)))
    });
    let (mut whose, mut batch) = (Vec::new(), Vec::new());
    for (standard, prepared) in prepared {
        batch.push((taken(&standard.id, prepared)?, moment));
        whose.push(standard.id.as_str());
    }
    log(unsaid, whose, batch)?;
    // Whatever comes next may rest on them.
    unsaid.scribe.wait()
}

/// Certifies what waits, on all cores.
fn issue<'a>(
    unsaid: &mut Unsaid<'_>,
    waiting: &mut Vec<(&'a Planned, Record, Moment)>,
    numbers: &mut BTreeMap<&'a str, String>,
) -> Result<(), Failure> {
    let desk = unsaid.desk;
    if let Some((_, _, last)) = waiting.last() {
        unsaid.say_through(last.day)?;
    }
    let measured = each(std::mem::take(waiting), |(planned, record, moment)| {
        let measured = desk.foreseen(record, moment).and_then(|foreseen| {
            let meas = desk.measured(&foreseen, moment)?;
            Ok((foreseen, meas))
        });
        (planned, moment, measured)
    });
    let (mut whose, mut numbered) = (Vec::new(), Vec::new());
    // Numbers are given one after the other, so that the same seed gives the same ones.
    for (planned, moment, measured) in measured {
        let (foreseen, meas) = taken(&planned.id, measured)?;
        numbered.push((desk.numbered(foreseen, meas, moment), moment));
        whose.push(planned);
    }
    let batch = each(numbered, |(prepared, moment)| (desk.with_xml_only(prepared), moment));
    let given = log(unsaid, whose.iter().map(|planned| planned.id.as_str()), batch)?;
    numbers.extend(whose.iter().map(|planned| planned.id.as_str()).zip(given));
    Ok(())
}

/// Signs a batch and hands it over to be logged; gives the numbers of the certificates. Nothing of a city may be refused.
fn log<'a>(
    unsaid: &Unsaid<'_>,
    whose: impl IntoIterator<Item = &'a str>,
    batch: Vec<(Rendered, Moment)>,
) -> Result<Vec<String>, Failure> {
    let (results, statements) = unsaid.desk.signed_at(batch);
    let issued: Vec<Issued> =
        whose.into_iter().zip(results).map(|(id, issued)| taken(id, issued)).collect::<Result<_, _>>()?;
    let numbers = issued.iter().map(|issued| issued.certificate.number.clone()).collect();
    unsaid.scribe.log(issued, statements)?;
    Ok(numbers)
}

/// What was said after the certificates: some are withdrawn, some owners ask. Gives the certificates worth showing.
fn afterwards(
    desk: &Desk,
    plan: &Plan,
    numbers: &BTreeMap<&str, String>,
    today: Date,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let office = desk.office();
    let now = afternoon(today.yesterday().unwrap_or(today))?;
    let mut signed: Vec<SignedStatement> = Vec::new();
    let mut shown: BTreeMap<&'static str, String> = BTreeMap::new();
    for planned in &plan.instruments {
        if let Some(laboratory) = &planned.asked {
            let request = Request {
                thing: planned.id.clone(),
                laboratory: laboratory.clone(),
                wanted_on: today.checked_add(7.days()).unwrap_or(today),
                remark: None,
            };
            signed.push(office.signed_owned(Statement::of(
                &planned.keeper,
                vec![planned.id.clone()],
                now.at,
                Body::Req(request),
            ))?);
        }
        let (Some(number), Some(job)) = (numbers.get(planned.id.as_str()), planned.history.last()) else { continue };
        let failed = |error| Failure::new("error-store").with("path", "").with("reason", error);
        let Some(reason) = &planned.withdrawn else {
            let what = match job {
                Job { is_failing: true, .. } => "failed",
                Job { performed_on, .. } if performed_on.until(today).is_ok_and(|ago| ago.get_days() < RECENT) => {
                    "in-force"
                }
                _ => continue,
            };
            shown.entry(what).or_insert_with(|| number.clone());
            continue;
        };
        let Some(certificate) = office.store().certificate(number).map_err(failed)? else { continue };
        shown.entry("withdrawn").or_insert_with(|| number.clone());
        signed.push(office.signed_owned(withdrawal(Retraction {
            issuer: certificate.statement.issuer.clone(),
            about: certificate.statement.about.clone(),
            statement: certificate.hash(),
            from: job.performed_on,
            reason: reason.clone(),
            made_at: now.at,
            decided_by: Some(job.reviewer.clone()),
        }))?);
    }
    office.append(signed)?;
    Ok(shown.into_iter().collect())
}

/// Receipts of a session yesterday at a pile that was in order.
fn receipts(desk: &Desk, plan: &Plan, size: Size) -> Result<(), Failure> {
    let Ok(yesterday) = size.today.yesterday() else { return Ok(()) };
    let is_in_force = |job: &Job| {
        !job.is_failing
            && job.performed_on < yesterday
            && job.performed_on.until(yesterday).is_ok_and(|ago| ago.get_days() < RECENT)
    };
    let mut piles = plan.instruments.iter().filter(|planned| {
        session::signs(&planned.template)
            && planned.template.starts_with("dc-")
            && planned.withdrawn.is_none()
            && planned.history.last().is_some_and(is_in_force)
    });
    let (Some(pile), Some(other)) = (piles.next(), piles.next()) else { return Ok(()) };
    for (name, text) in session::receipts(pile, other, yesterday, size.seed)? {
        desk.office().receipts().keep(name, &text)?;
    }
    Ok(())
}
