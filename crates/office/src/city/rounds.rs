//! The city's comparison rounds, held step by step as any other round is.

use heng_supervision::city::PlannedRound;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::founding::{ANCHOR, afternoon};
use crate::round::{Acting, Committed, NotTaken};
use crate::{Desk, Failure};

/// Takes every step of every round. The salts come from the seed: whoever knows it can read what is sealed, in a city where nothing is real.
pub(super) fn hold(desk: &Desk, planned: &[PlannedRound], seed: u64) -> Result<(), Failure> {
    for round in planned {
        let number = &round.announcement.number;
        let at = |day: Date| afternoon(day).map(|moment| moment.at);
        let acting = |party, person, day| Ok::<_, Failure>(Acting { party, person, at: at(day)? });
        let rounds = desk.rounds();
        taken(number, rounds.announce(ANCHOR, round.announcement.clone(), at(round.announced_on)?))?;
        for one in &round.results {
            let acting = acting(&one.laboratory, one.person.as_deref(), one.sealed_on)?;
            let salt = Sha256::digest(format!("heng-city-salt/1 {seed} {number} {}", one.laboratory)).into();
            taken(number, rounds.seal_salted(number, acting, one.result.clone(), salt))?;
        }
        for one in &round.results {
            let Some(day) = one.opened_on else { continue };
            taken(number, rounds.reveal(number, acting(&one.laboratory, one.person.as_deref(), day)?))?;
        }
        let Some(day) = round.reported_on else { continue };
        taken(number, rounds.report(number, acting(&round.announcement.pilot, None, day)?))?;
        let Some(followed) = &round.followed else { continue };
        let committed =
            Committed { cause: followed.cause.clone(), action: followed.action.clone(), done_by: followed.done_by };
        let who = acting(&followed.laboratory, followed.person.as_deref(), followed.on)?;
        taken(number, rounds.follow_up(number, who, committed))?;
        let coordinator = acting(ANCHOR, None, followed.closed_on)?;
        taken(number, rounds.close(number, coordinator, &followed.laboratory, (true, followed.reason.clone())))?;
    }
    Ok(())
}

/// What a city needs must not be refused.
fn taken<T>(number: &str, result: Result<T, NotTaken>) -> Result<T, Failure> {
    result.map_err(|refused| match refused {
        NotTaken::Failure(failure) => failure,
        NotTaken::Findings(findings) => {
            let codes: Vec<String> =
                findings.iter().map(|finding| format!("{}: {:?}", finding.code, finding.data)).collect();
            Failure::new("error-founding").with("reason", format!("{number}: {}", codes.join(", ")))
        }
    })
}
