//! The city's transformer districts with their meters: how good each is, what happens to it, and when it is watched.

use heng_rule::Words;
use heng_statement::PartyKind;
use heng_statement::body::{Place, Purpose};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use super::people::{City, address, member, name, party};
use super::{Data, Job, Planned};
use crate::founding::FoundingParty;

/// Who keeps the networks and the meters.
pub const UTILITY: &str = "party:utility";

/// The engineer who acts for it.
const ENGINEER: &str = "party:person:utility-engineer";

/// So many homes a network has.
const HOMES: usize = 24;

/// For so many days readings are judged together.
pub const PERIOD: i64 = 35;

/// So many days ago the two periods ended.
pub const ENDED: [i64; 2] = [75, 8];

/// So many days whoever is asked has to act.
pub const TO_ACT: i64 = 30;

/// So many days after the alarm meters are taken out, and so many after that they are verified.
const TAKEN_OUT: i64 = 14;
const VERIFIED: i64 = 6;

/// The model of a batch of which more meters go wrong than of the others.
const BAD_BATCH: &str = "DDZY-5(60)B";

/// What happens to a meter within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    None,
    /// Its register stands still from this day of the period on.
    Stops(u32),
    /// From this day of the period on its error moves, by so many hundredths of a percent until the end.
    Drifts(u32, i32),
}

/// A home with its meter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The meter.
    pub meter: Planned,
    /// Its error in hundredths of a percent.
    pub error: i32,
    /// What happens in the first period and in the second.
    pub fates: [Fate; 2],
    /// Whether it is taken out at random after the first period.
    pub is_sampled: bool,
    /// Whether nobody acts on an alarm about it.
    pub is_neglected: bool,
    /// The meter that is put in if it is taken out, and that one's error.
    pub replacement: (Planned, i32),
}

impl Home {
    /// The error of the first meter at the end of the first period: what a laboratory will find.
    pub fn worn_error(&self) -> i32 {
        match self.fates[0] {
            Fate::Drifts(_, by) => self.error + by,
            Fate::None | Fate::Stops(_) => self.error,
        }
    }
}

/// A transformer district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedNetwork {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// Where the transformer stands.
    pub place: Place,
    /// The homes.
    pub homes: Vec<Home>,
    /// Meters that were taken out are taken to the laboratory by these.
    pub bench: (String, String),
}

/// The day on which the readings of a period end.
pub fn period_end(today: Date, period: usize) -> Date {
    let ago = ENDED.get(period).copied().unwrap_or(0);
    today.checked_sub(ago.days()).unwrap_or(today)
}

/// The first day of a period.
pub fn period_begin(today: Date, period: usize) -> Date {
    let end = period_end(today, period);
    end.checked_sub((PERIOD - 1).days()).unwrap_or(end)
}

/// The day on which meters are taken out after the first period.
pub fn taken_out_on(today: Date) -> Date {
    let end = period_end(today, 0);
    end.checked_add((1 + TAKEN_OUT).days()).unwrap_or(end)
}

/// The day on which those are verified.
pub fn verified_on(today: Date) -> Date {
    let out = taken_out_on(today);
    out.checked_add(VERIFIED.days()).unwrap_or(out)
}

pub(super) fn networks(data: &Data, today: Date, city: &mut City, chance: &mut Chance) -> Vec<PlannedNetwork> {
    let utility_name =
        Words { zh: "津津供电公司（示例）".to_owned(), en: "Jinjin Power Supply (example)".to_owned() };
    let utility = FoundingParty {
        district: data.district.first().map(|district| district.code.clone()),
        ..party(UTILITY, PartyKind::Organisation, utility_name, "party:authority")
    };
    city.world.parties.push(utility);
    city.world.parties.push(party(ENGINEER, PartyKind::Person, name(data, chance), UTILITY));
    city.members.push(member("utility", ENGINEER, "utility"));
    let stories: [&[(usize, i32, [Fate; 2])]; 3] = [
        // Two beyond the limit, one that stops; later one that drifts.
        &[
            (4, 340, [Fate::None; 2]),
            (11, -310, [Fate::None; 2]),
            (17, 20, [Fate::Stops(20), Fate::None]),
            (8, 10, [Fate::None, Fate::Drifts(8, 420)]),
        ],
        // One beyond, one that drifts, one more beyond on which nobody acts.
        &[(2, 420, [Fate::None; 2]), (9, -10, [Fate::Drifts(6, 380), Fate::None]), (20, -380, [Fate::None; 2])],
        // All well.
        &[],
    ];
    let districts = data.district.iter().zip(stories).enumerate();
    districts
        .map(|(place, (district, story))| {
            let number = place + 1;
            let at = |number: u64| Place { district: district.code.clone(), address: address(district, number) };
            let street = 40 + 20 * number as u64;
            PlannedNetwork {
                id: format!("thing:network:{number:03}"),
                name: Words {
                    zh: format!("{}{} {number} 号台区（示例）", district.name.zh, district.road.zh),
                    en: format!("Transformer district {number}, {}, {} (example)", district.road.en, district.name.en),
                },
                place: at(street),
                homes: (0..HOMES)
                    .map(|home| planned_home((number, home), &at(street + home as u64), story, today, chance))
                    .collect(),
                bench: ("party:person:wang-qiang".to_owned(), "party:person:he-jing".to_owned()),
            }
        })
        .collect()
}

fn planned_home(
    (network, home): (usize, usize),
    place: &Place,
    story: &[(usize, i32, [Fate; 2])],
    today: Date,
    chance: &mut Chance,
) -> Home {
    let usual = |chance: &mut Chance| (chance.between(0, 80) as i32) - 40;
    let (own, new) = (usual(chance), usual(chance));
    let told = story.iter().find(|(told, _, _)| *told == home);
    let (error, fates) = told.map_or((own, [Fate::None; 2]), |(_, error, fates)| (*error, *fates));
    // All that went wrong but one are of it, and some of the others.
    let is_of_bad_batch = told.map_or(home % 6 == 5, |(home, ..)| *home != 2);
    let meter = |last: &str, year: i16, days: i64, model: Option<&'static str>| Planned {
        id: format!("thing:home-meter:{network:03}-{:02}{last}", home + 1),
        template: "electricity-meter".to_owned(),
        model,
        serial: format!("示例-{year}-T{network:03}{:02}{last}", home + 1),
        keeper: UTILITY.to_owned(),
        place: place.clone(),
        purpose: Purpose::Trade,
        standards_of: None,
        history: vec![job(today, days)],
        withdrawn: None,
        asked: None,
    };
    Home {
        meter: meter("", today.year() - 2, 520, is_of_bad_batch.then_some(BAD_BATCH)),
        error,
        fates,
        is_sampled: told.is_none() && matches!(home, 6 | 14),
        is_neglected: network == 2 && home == 20,
        replacement: (meter("b", today.year(), ENDED[0] + 10, None), new),
    }
}

/// A verification of a new meter so many days ago.
fn job(today: Date, ago: i64) -> Job {
    Job {
        performed_on: today.checked_sub(ago.days()).unwrap_or(today),
        is_failing: false,
        verifier: "party:person:wang-qiang".to_owned(),
        reviewer: "party:person:he-jing".to_owned(),
        climate: (215, 48),
    }
}
