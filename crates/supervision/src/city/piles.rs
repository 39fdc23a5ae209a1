//! The city's watched charging piles: who keeps them, how good each is, and what becomes of it.

use heng_rule::Words;
use heng_statement::PartyKind;
use heng_statement::body::{Place, Purpose};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use super::networks::{ENDED, period_end};
use super::people::{City, address, member, name, party};
use super::{Data, District, Job, Planned};
use crate::founding::FoundingParty;

/// Who watches them: the platform that all operators send their sessions to.
pub const PLATFORM: &str = "party:charging-platform";

/// What it watches, all over the city.
pub const NETWORK: &str = "thing:network:charging-piles";

/// Who acts for it.
const ANALYST: &str = "party:person:charging-analyst";

/// So many operators, in so many districts each, with so many piles in each.
const OPERATORS: usize = 4;
const DISTRICTS: usize = 8;
const EACH: usize = 2;

/// The operator whose contact has an account.
const CONTACT: usize = 3;

/// For so many days sessions are judged together.
pub const DAYS: i64 = 60;

/// So many days after the end of the first period the alarmed piles are verified as they are, mended, and verified again.
const VISITED: i64 = 3;
const MENDED: i64 = 4;
const VERIFIED: i64 = 5;

/// Every so many piles has no certificate yet: nobody knows its error but the sessions.
const UNVERIFIED: usize = 9;

/// A charging pile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedPile {
    /// The pile.
    pub pile: Planned,
    /// Its error in hundredths of a percent when it was verified, in the first period and in the second.
    pub errors: [i32; 3],
    /// Where it is, by number: vehicles charge near by.
    pub district: usize,
    /// Whether some of its bills are wrong.
    pub bills_wrongly: bool,
    /// Whether it is mended after the first alarms.
    pub is_mended: bool,
    /// Whether it is verified at random after the first period.
    pub is_sampled: bool,
}

/// What was told of a pile: its number, its errors, whether its bills are wrong, whether it is mended.
type Told = (usize, [i32; 3], bool, bool);

/// The first wears, the second was set wrongly, nobody mends the third, the fourth goes wrong later, the fifth has a tariff that does not add up.
const STORY: [Told; 5] = [
    (5, [20, 260, 10], false, true),
    (18, [-10, -310, -20], false, true),
    (33, [10, 220, 220], false, false),
    (43, [0, 10, 270], false, false),
    (22, [10, 10, 10], true, false),
];

/// Verified at random.
const SAMPLED: [usize; 2] = [12, 40];

/// The first day of the sessions of a period.
pub fn sessions_begin(today: Date, period: usize) -> Date {
    let end = period_end(today, period);
    end.checked_sub((DAYS - 1).days()).unwrap_or(end)
}

/// A day after the end of the first period.
fn after(today: Date, days: i64) -> Date {
    let end = period_end(today, 0);
    end.checked_add(days.days()).unwrap_or(end)
}

/// The day on which alarmed piles, and those at random, are verified as they are.
pub fn visited_on(today: Date) -> Date {
    after(today, VISITED)
}

/// The day on which they are mended.
pub fn mended_on(today: Date) -> Date {
    after(today, MENDED)
}

/// The day on which they are verified again.
pub fn verified_on(today: Date) -> Date {
    after(today, VERIFIED)
}

pub(super) fn piles(data: &Data, today: Date, city: &mut City, chance: &mut Chance) -> Vec<WatchedPile> {
    let platform =
        Words { zh: "充电桩监测平台（示例）".to_owned(), en: "Charging pile platform (example)".to_owned() };
    city.world.parties.push(party(PLATFORM, PartyKind::Organisation, platform, "party:authority"));
    city.world.parties.push(party(ANALYST, PartyKind::Person, name(data, chance), PLATFORM));
    city.members.push(member("platform", ANALYST, "platform"));
    let operators: Vec<String> = (1..=OPERATORS).map(|number| operator(data, number, city, chance)).collect();
    let places = operators.iter().flat_map(|operator| {
        let districts = data.district.iter().step_by(2).take(DISTRICTS).enumerate();
        districts.flat_map(move |place| [(operator, place); EACH])
    });
    places
        .zip(1..)
        .map(|((operator, (place, district)), number)| watched((operator, place, district, number), today, chance))
        .collect()
}

fn operator(data: &Data, number: usize, city: &mut City, chance: &mut Chance) -> String {
    let (stem, id) = (data.stems.get(number).cloned().unwrap_or_default(), format!("party:charging-operator-{number}"));
    let called = Words { zh: format!("{}充电（示例）", stem.zh), en: format!("{} Charging (example)", stem.en) };
    let district = data.district.get(number).map(|district| district.code.clone());
    city.world
        .parties
        .push(FoundingParty { district, ..party(&id, PartyKind::Organisation, called, "party:authority") });
    // One of them has a contact in the demonstration: the one with something to answer.
    if number == CONTACT {
        let person = format!("party:person:charging-operator-{number}");
        city.world.parties.push(party(&person, PartyKind::Person, name(data, chance), &id));
        city.members.push(member("operator", &person, "operator"));
    }
    id
}

fn watched(
    (operator, place, district, number): (&str, usize, &District, usize),
    today: Date,
    chance: &mut Chance,
) -> WatchedPile {
    let usual = i32::try_from(chance.between(0, 60)).unwrap_or(30) - 30;
    let told = STORY.iter().find(|(told, ..)| *told == number);
    let (errors, bills_wrongly, is_mended) =
        told.map_or(([usual; 3], false, false), |(_, errors, bills, mended)| (*errors, *bills, *mended));
    // Before the first session.
    let ago = ENDED[0] + DAYS + 20 + i64::try_from(chance.between(0, 400)).unwrap_or(0);
    let verified = Job {
        performed_on: today.checked_sub(ago.days()).unwrap_or(today),
        is_failing: false,
        verifier: "party:person:wang-qiang".to_owned(),
        reviewer: "party:person:he-jing".to_owned(),
        climate: (218, 46),
    };
    let has_certificate = told.is_some() || number % UNVERIFIED != 0;
    WatchedPile {
        pile: Planned {
            id: format!("thing:charging-pile:{number:03}"),
            template: "dc-charging-pile".to_owned(),
            model: None,
            serial: format!("示例-{}-P{number:03}", today.year() - 3),
            keeper: operator.to_owned(),
            place: Place { district: district.code.clone(), address: address(district, 200 + number as u64) },
            purpose: Purpose::Trade,
            standards_of: None,
            history: if has_certificate { vec![verified] } else { Vec::new() },
            withdrawn: None,
            asked: None,
        },
        errors,
        district: place,
        bills_wrongly,
        is_mended,
        is_sampled: SAMPLED.contains(&number),
    }
}
