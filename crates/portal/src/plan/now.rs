//! The plan in force with its evidence, read once and kept: the files by the statement that published them, the evidence by the size of the log,
//! how the figures stand by the day that is asked about.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use heng_office::plan::{InForce, read};
use heng_rule::plan::{Evidence, Plan, Standing};
use jiff::civil::Date;

use crate::portal::Portal;
use crate::problem::Problem;

/// Days of which the standings are kept.
const DAYS: usize = 8;

/// A plan on a day.
#[derive(Clone)]
pub(crate) struct PlanOn {
    /// The plan.
    pub(crate) in_force: Arc<InForce>,
    /// What is evidenced.
    pub(crate) evidence: Arc<Evidence>,
    /// How its figures stand, in the order of the plan.
    pub(crate) standings: Arc<Vec<Standing>>,
    /// The day that is asked about.
    pub(crate) day: Date,
    /// The size of the log that it follows from.
    pub(crate) size: u64,
}

impl PlanOn {
    /// The plan.
    pub(crate) fn plan(&self) -> &Plan {
        &self.in_force.plan
    }

    /// How an indicator stands.
    pub(crate) fn standing(&self, id: &str) -> Option<&Standing> {
        self.standings.iter().find(|one| one.id == id)
    }
}

#[derive(Default)]
struct Read {
    in_force: Option<Arc<InForce>>,
    evidence: Option<(u64, Arc<Evidence>)>,
    /// The latest last.
    standings: Vec<(u64, Date, Arc<Vec<Standing>>)>,
}

/// What was read of the plan.
#[derive(Default)]
pub(crate) struct PlanKept(Mutex<Read>);

impl PlanKept {
    fn read(&self) -> MutexGuard<'_, Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The plan in force, as it stands on a day. A plan that was published later is asked about earlier days too: the evidence decides.
pub(crate) fn plan_on(portal: &Portal, day: Date) -> Result<PlanOn, Problem> {
    let inventory = portal.inventory()?;
    let size = inventory.size();
    let found = inventory.plan().in_force(portal.today().max(day));
    let published = found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "plan-none").with("day", day))?;
    // Whoever comes meanwhile waits for what is computed here and does not compute it again.
    let mut kept = portal.plan_kept().read();
    let in_force = match kept.in_force.as_ref().filter(|one| one.published.said.hash == published.said.hash) {
        Some(in_force) => Arc::clone(in_force),
        None => {
            let in_force = Arc::new(read(portal.store(), published)?);
            *kept = Read { in_force: Some(Arc::clone(&in_force)), ..Read::default() };
            in_force
        }
    };
    let evidence = match kept.evidence.as_ref().filter(|(of, _)| *of == size) {
        Some((_, evidence)) => Arc::clone(evidence),
        None => {
            let evidence = Arc::new(in_force.evidence(&inventory));
            kept.evidence = Some((size, Arc::clone(&evidence)));
            kept.standings.clear();
            evidence
        }
    };
    drop(inventory);
    let standings = match kept.standings.iter().find(|(of, on, _)| (*of, *on) == (size, day)) {
        Some((_, _, standings)) => Arc::clone(standings),
        None => {
            let plan = &in_force.plan;
            let all = plan.indicators.iter().filter_map(|one| plan.standing(&one.id, &evidence, day));
            let standings = Arc::new(all.collect::<Vec<_>>());
            if kept.standings.len() >= DAYS {
                kept.standings.remove(0);
            }
            kept.standings.push((size, day, Arc::clone(&standings)));
            standings
        }
    };
    Ok(PlanOn { in_force, evidence, standings, day, size })
}
