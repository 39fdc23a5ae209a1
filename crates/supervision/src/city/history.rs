//! The instruments of the city and what was done to them: most are in force, some overdue, some failed, some taken back, some never verified.

use heng_rule::Words;
use heng_statement::PartyKind;
use heng_statement::body::{Place, Purpose};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use super::people::{Bench, City, LAPSED_AGO, LAPSED_IN, address, member, name, party};
use super::{Business, Data, District, Job, Keeps, Planned, Size};
use crate::founding::FoundingParty;

/// How often each fate befalls an instrument, in a thousand. The rest is in force.
const NEVER_VERIFIED: u64 = 10;
const OVERDUE: u64 = 35;
const DUE_SOON: u64 = 70;
const FAILING: u64 = 15;
const WITHDRAWN: u64 = 5;
const ASKED: u64 = 10;

/// Nothing was measured here longer ago than this: the keys are not older.
const LONGEST_AGO: i64 = 600;

/// One in so many instruments is the factory's that verifies its own, up to this many.
const OWN_SHARE: usize = 400;
const OWN_MOST: usize = 6;

/// Owners of whom a demonstration knows the contact.
const CONTACTS: usize = 3;

pub(super) fn instruments(
    data: &Data,
    size: Size,
    months: &dyn Fn(&str) -> Option<i32>,
    city: &mut City,
    chance: &mut Chance,
) -> Vec<Planned> {
    let mut planned = Vec::new();
    let mut owners: u64 = 0;
    let own = (size.instruments / OWN_SHARE).min(OWN_MOST);
    let others = size.instruments - own;
    while planned.len() < others {
        let (Some(district), Some(business)) =
            (chance.one(&data.district).cloned(), chance.by_share(&data.business, |business| business.share).cloned())
        else {
            break;
        };
        owners += 1;
        let keeper = owner(data, &district, &business, owners, city, chance);
        let mut own = Vec::new();
        for keeps in &business.keeps {
            for _ in 0..chance.between(keeps.least, keeps.most) {
                let number = planned.len() + own.len() + 1;
                let done_by = bench(city, &district, &keeps.template);
                own.push(instrument((&district, keeps, number), (&keeper, done_by), size, months, chance));
            }
        }
        planned.append(&mut own);
    }
    planned.truncate(others);
    planned.extend(of_works(data, (others, own), size, months, city, chance));
    planned
}

/// What the factory uses for nothing that verification is mandatory for, and verifies itself.
fn of_works(
    data: &Data,
    (before, own): (usize, usize),
    size: Size,
    months: &dyn Fn(&str) -> Option<i32>,
    city: &City,
    chance: &mut Chance,
) -> Vec<Planned> {
    let Some((code, keeper, bench)) = &city.works else { return Vec::new() };
    let Some(district) = data.district.iter().find(|district| Some(&district.code) == keeper.district.as_ref()) else {
        return Vec::new();
    };
    let kinds = ["pressure-gauge", "scale"];
    let done_by = || (bench.clone(), Some(code.clone()));
    let numbered = (before + 1..=before + own).zip(kinds.into_iter().cycle());
    numbered
        .map(|(number, template)| {
            let keeps = Keeps { template: template.to_owned(), least: 1, most: 1, purpose: Purpose::Other };
            instrument((district, &keeps, number), (keeper, done_by()), size, months, chance)
        })
        .collect()
}

fn owner(
    data: &Data,
    district: &District,
    business: &Business,
    number: u64,
    city: &mut City,
    chance: &mut Chance,
) -> FoundingParty {
    let id = format!("party:owner-{number:05}");
    let stem = chance.one(&data.stems).cloned().unwrap_or_default();
    let name_of = Words {
        zh: format!("{}{}{}（示例）", district.name.zh, stem.zh, business.name.zh),
        en: format!("{} {}, {} (example)", stem.en, business.name.en, district.name.en),
    };
    let owner = FoundingParty {
        address: Some(address(district, chance.between(1, 300))),
        district: Some(district.code.clone()),
        ..party(&id, PartyKind::Organisation, name_of, "party:authority")
    };
    city.world.parties.push(owner.clone());
    let contacts = city.members.iter().filter(|member| member.task == "owner").count();
    // A petrol station or a hospital says more than three greengrocers.
    if contacts < CONTACTS && business.keeps.len() > 1 {
        let person = format!("party:person:owner-{number:05}");
        city.world.parties.push(party(&person, PartyKind::Person, name(data, chance), "party:authority"));
        if let Some(person) = city.world.parties.last_mut() {
            person.of = Some(id.clone());
        }
        city.members.push(member(&format!("owner{}", contacts + 1), &person, "owner"));
    }
    owner
}

fn instrument(
    (district, keeps, number): (&District, &Keeps, usize),
    (keeper, (bench, standards_of)): (&FoundingParty, (Bench, Option<String>)),
    size: Size,
    months: &dyn Fn(&str) -> Option<i32>,
    chance: &mut Chance,
) -> Planned {
    let serial = format!("示例-{}-{number:06}", size.today.year() - i16::try_from(chance.between(1, 6)).unwrap_or(1));
    let mut planned = Planned {
        id: format!("thing:{}:{number:06}", keeps.template),
        template: keeps.template.clone(),
        model: None,
        serial,
        keeper: keeper.id.clone(),
        place: Place {
            district: district.code.clone(),
            address: keeper.address.clone().unwrap_or_else(|| district.name.clone()),
        },
        purpose: keeps.purpose,
        standards_of,
        history: Vec::new(),
        withdrawn: None,
        asked: None,
    };
    if chance.happens(NEVER_VERIFIED) {
        planned.asked = chance.happens(500).then(|| bench.laboratory.clone());
        return planned;
    }
    let good_for = days(size.today, months(&keeps.template).unwrap_or(12));
    let last = chance.between(0, 999);
    let (ago, is_failing) = if last < OVERDUE && good_for < LONGEST_AGO - 120 {
        (good_for + between(chance, 1, 100), false)
    } else if last < OVERDUE + DUE_SOON && good_for < LONGEST_AGO {
        (good_for - between(chance, 1, 25), false)
    } else if last < OVERDUE + DUE_SOON + FAILING {
        (between(chance, 3, 60), true)
    } else {
        (between(chance, 3, (good_for - 40).min(LONGEST_AGO)), false)
    };
    // Where the weights ran out, nobody weighed since.
    let rests_on_lapsed = district.code == LAPSED_IN && ["scale", "weight"].contains(&keeps.template.as_str());
    let mut at = if rests_on_lapsed { ago.max(LAPSED_AGO + 4) } else { ago };
    let mut jobs = Vec::new();
    for turn in 0..size.verifications.max(1) {
        if at > LONGEST_AGO {
            break;
        }
        jobs.push(job(size.today, at, is_failing && turn == 0, &bench, chance));
        at += good_for.min(360) - between(chance, 0, 20);
    }
    jobs.reverse();
    planned.history = jobs;
    if !is_failing && chance.happens(WITHDRAWN) {
        planned.withdrawn = Some(Words {
            zh: "复查发现读数抄错了一行（示例）".to_owned(),
            en: "A later look found one line copied wrongly (example)".to_owned(),
        });
    } else if chance.happens(ASKED) {
        planned.asked = Some(bench.laboratory.clone());
    }
    planned
}

fn job(today: Date, ago: i64, is_failing: bool, bench: &Bench, chance: &mut Chance) -> Job {
    Job {
        performed_on: today.checked_sub(ago.days()).unwrap_or(today),
        is_failing,
        verifier: chance.one(&bench.verifiers).cloned().unwrap_or_default(),
        reviewer: chance.one(&bench.reviewers).cloned().unwrap_or_default(),
        climate: (
            u32::try_from(chance.between(190, 225)).unwrap_or(200),
            u32::try_from(chance.between(40, 60)).unwrap_or(50),
        ),
    }
}

/// Who verifies such an instrument in such a district: the district's laboratory, the electric power station, or the city's institute.
fn bench(city: &City, district: &District, template: &str) -> (Bench, Option<String>) {
    let named = |laboratory: &str, verifier: &str, reviewer: &str| Bench {
        laboratory: laboratory.to_owned(),
        verifiers: vec![verifier.to_owned()],
        reviewers: vec![reviewer.to_owned()],
    };
    if template.ends_with("charging-pile") || template == "electricity-meter" {
        return (named("party:lab-power", "party:person:wang-qiang", "party:person:he-jing"), None);
    }
    match city.benches.iter().find(|(code, _)| *code == district.code) {
        Some((code, bench)) => (bench.clone(), Some(code.clone())),
        None => (named("party:lab-tj", "party:person:zhao-min", "party:person:sun-li"), None),
    }
}

fn days(today: Date, months: i32) -> i64 {
    let end = today.checked_add(months.months()).unwrap_or(today);
    i64::from(today.until((jiff::Unit::Day, end)).map_or(365, |span| span.get_days()))
}

fn between(chance: &mut Chance, least: i64, most: i64) -> i64 {
    let width = u64::try_from(most - least).unwrap_or(0);
    least + i64::try_from(chance.between(0, width)).unwrap_or(0)
}
