//! Who is in the city: laboratories with their people and standards, supervisors; and the days on which everything was founded.

use heng_rule::Words;
use heng_statement::{PartyKind, Role};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use super::drift::earlier;
use super::{Data, District, Independent, Member};
use crate::founding::{FoundingParty, FoundingStandard, Lines, World};

/// The day on which the founding data was written; everything is moved by the days that passed since.
const WRITTEN_ON: Date = Date::constant(2026, 11, 23);

/// So many days before today each generation of standards was certified, counted from the days in the founding data.
const GENERATIONS: [i64; 2] = [700, 330];

/// The standards that a district's laboratory has of its own, cloned from the city's.
const CLONED: [&str; 3] = ["thing:standard:tj-f2", "thing:standard:tj-gauge-2.5", "thing:standard:tj-measure-20"];

/// The district whose laboratory let its weights run out, and how many days ago that was.
pub(super) const LAPSED_IN: &str = "120119";
pub(super) const LAPSED_AGO: i64 = 21;

/// What a district's laboratory may certify.
const RULES: [&str; 4] = ["jjg-539-2016", "jjg-52-2013", "jjg-443-2023", "jjg-99-2022"];

/// The people of a laboratory who do a kind of work.
#[derive(Clone, Debug)]
pub(super) struct Bench {
    pub(super) laboratory: String,
    pub(super) verifiers: Vec<String>,
    pub(super) reviewers: Vec<String>,
}

/// The city before anything was measured in it.
#[derive(Clone, Debug)]
pub(super) struct City {
    pub(super) world: World,
    pub(super) members: Vec<Member>,
    /// By district.
    pub(super) benches: Vec<(String, Bench)>,
    /// Of the factory that verifies its own instruments: the last part of the names of its standards, the factory, and who does it.
    pub(super) works: Option<(String, FoundingParty, Bench)>,
}

pub(super) fn city(data: &Data, base: World, today: Date, chance: &mut Chance) -> City {
    let mut founded = base.clone().moved(days_since(today) - GENERATIONS[0]);
    founded.standards.clear();
    let mut city = City {
        world: founded,
        members: vec![
            member("zhao.min", "party:person:zhao-min", "verifier"),
            member("liu.yang", "party:person:liu-yang", "verifier"),
            member("sun.li", "party:person:sun-li", "reviewer"),
        ],
        benches: Vec::new(),
        works: None,
    };
    for district in &data.district {
        laboratory(data, district, &mut city, chance);
        supervisor(data, district, &mut city, chance);
    }
    // Sequences of their own, so that nothing else of the city depends on these laboratories, or on how the standards wore.
    let mut apart = chance.clone();
    for independent in &data.laboratory {
        independent_laboratory(data, independent, &mut city, &mut apart);
    }
    let lapsed_on = today.checked_sub(LAPSED_AGO.days()).unwrap_or(today);
    let mut wear = chance.clone();
    for back in GENERATIONS {
        let generation = base.clone().moved(days_since(today) - back);
        let own: Vec<FoundingStandard> = city
            .benches
            .iter()
            .flat_map(|(code, bench)| {
                let cloned = generation.standards.iter().filter(|one| CLONED.contains(&one.id.as_str()));
                cloned.map(|one| of_district(one, code, &bench.laboratory, lapsed_on)).collect::<Vec<_>>()
            })
            .collect();
        let independent: Vec<FoundingStandard> = data
            .laboratory
            .iter()
            .flat_map(|of| {
                let cloned = generation.standards.iter().filter(|one| of.standards.contains(&one.id));
                cloned.map(|one| of_district(one, &of.code, &laboratory_id(&of.code), lapsed_on)).collect::<Vec<_>>()
            })
            .collect();
        let mut standards = generation.standards;
        standards.extend(own);
        standards.extend(independent);
        // Only the earlier ones are moved: the founding data says what is true of the last.
        if back != GENERATIONS[1] {
            earlier(&mut standards, &mut wear);
        }
        city.world.standards.extend(standards);
    }
    for standard in &mut city.world.standards {
        standard.number = numbered(&standard.number, standard.performed_on);
    }
    city.world.standards.sort_by_key(|standard| standard.performed_on);
    city
}

fn days_since(today: Date) -> i64 {
    i64::from(WRITTEN_ON.until((jiff::Unit::Day, today)).map_or(0, |span| span.get_days()))
}

pub(super) fn member(account: &str, party: &str, task: &'static str) -> Member {
    Member { account: account.to_owned(), party: party.to_owned(), task }
}

/// A number is given once; that of a later generation holds its year.
fn numbered(number: &str, performed_on: Date) -> String {
    let year = performed_on.year().to_string();
    if number.contains("2026") { number.replace("2026", &year) } else { format!("{number}-{year}") }
}

fn of_district(standard: &FoundingStandard, code: &str, laboratory: &str, lapsed_on: Date) -> FoundingStandard {
    let mut own = standard.clone();
    own.id = format!("{}-{code}", standard.id);
    own.number = format!("{}-{code}", standard.number);
    own.serial = format!("{}-{code}", standard.serial);
    own.keeper = laboratory.to_owned();
    // Nobody may verify with it until it is certified again.
    if code == LAPSED_IN && standard.id.ends_with("f2") {
        own.valid_through = own.valid_through.min(lapsed_on);
    }
    own
}

fn laboratory_id(code: &str) -> String {
    format!("party:lab-{code}")
}

fn laboratory(data: &Data, district: &District, city: &mut City, chance: &mut Chance) {
    let Some(of) = &district.laboratory else { return };
    let code = &district.code;
    let laboratory = FoundingParty {
        address: Some(address(district, 1)),
        authorization_number: Some(of.number.clone()),
        roles: vec![Role::Introduce, Role::Certify, Role::KeepStandards],
        rules: RULES.iter().map(|rule| (*rule).to_owned()).collect(),
        scope: data.scopes.get(&of.scope).cloned().unwrap_or_default(),
        district: Some(code.clone()),
        standing: Some(of.standing),
        ..party(&laboratory_id(code), PartyKind::Laboratory, of.name.clone(), "party:authority")
    };
    let bench = staffed(data, laboratory, code, city, chance);
    // The laboratory whose standard ran out can be tried, too.
    if code == LAPSED_IN {
        let people = bench.verifiers.first().map(|person| (person, "verifier"));
        for (person, task) in people.into_iter().chain(bench.reviewers.first().map(|person| (person, "reviewer"))) {
            city.members.push(member(&format!("jizhou.{task}"), person, task));
        }
    }
    city.benches.push((code.clone(), bench));
}

/// A laboratory that no district has; a factory's belongs to the factory.
fn independent_laboratory(data: &Data, of: &Independent, city: &mut City, chance: &mut Chance) {
    let Some(district) = data.district.iter().find(|district| district.code == of.district) else { return };
    let works = of.serves.as_ref().map(|name| FoundingParty {
        address: Some(address(district, 20)),
        district: Some(district.code.clone()),
        ..party(&format!("party:works-{}", of.code), PartyKind::Organisation, name.clone(), "party:authority")
    });
    city.world.parties.extend(works.clone());
    let laboratory = FoundingParty {
        address: Some(address(district, 20)),
        authorization_number: Some(of.number.clone()),
        roles: vec![Role::Introduce, Role::Certify, Role::KeepStandards],
        rules: of.rules.clone(),
        scope: data.scopes.get(&of.scope).cloned().unwrap_or_default(),
        part_of: works.as_ref().map(|works| works.id.clone()),
        district: Some(district.code.clone()),
        standing: Some(of.standing),
        ..party(&laboratory_id(&of.code), PartyKind::Laboratory, of.name.clone(), "party:authority")
    };
    let bench = staffed(data, laboratory, &of.code, city, chance);
    city.works = works.map(|works| (of.code.clone(), works, bench)).or_else(|| city.works.take());
}

/// A laboratory with two persons who measure and one who reviews.
fn staffed(data: &Data, laboratory: FoundingParty, code: &str, city: &mut City, chance: &mut Chance) -> Bench {
    let mut bench = Bench { laboratory: laboratory.id.clone(), verifiers: Vec::new(), reviewers: Vec::new() };
    let rules = laboratory.rules.clone();
    city.world.parties.push(laboratory);
    for (number, role) in [Role::Measure, Role::Measure, Role::Review].into_iter().enumerate() {
        let person = format!("party:person:{code}-{}", number + 1);
        city.world.parties.push(FoundingParty {
            authorization_number: Some(format!("示例-注计-{code}-{}", number + 1)),
            roles: vec![role],
            rules: rules.clone(),
            ..party(&person, PartyKind::Person, name(data, chance), &bench.laboratory)
        });
        match role {
            Role::Review => bench.reviewers.push(person),
            _ => bench.verifiers.push(person),
        }
    }
    bench
}

fn supervisor(data: &Data, district: &District, city: &mut City, chance: &mut Chance) {
    let id = format!("party:person:supervisor-{}", district.code);
    city.world.parties.push(FoundingParty {
        roles: vec![Role::Supervise],
        districts: vec![district.code.clone()],
        district: Some(district.code.clone()),
        ..party(&id, PartyKind::Person, name(data, chance), "party:authority")
    });
    if district.code == "120114" {
        city.members.push(member("wuqing.supervisor", &id, "supervisor"));
    }
}

pub(super) fn party(id: &str, kind: PartyKind, name: Words, of: &str) -> FoundingParty {
    FoundingParty {
        id: id.to_owned(),
        kind,
        name,
        address: None,
        of: Some(of.to_owned()),
        authorization_number: None,
        roles: Vec::new(),
        rules: Vec::new(),
        scope: Lines::default(),
        part_of: None,
        district: None,
        standing: None,
        districts: Vec::new(),
    }
}

pub(super) fn address(district: &District, number: u64) -> Words {
    Words {
        zh: format!("天津市{}{} {number} 号", district.name.zh, district.road.zh),
        en: format!("{number} {}, {}, Tianjin", district.road.en, district.name.en),
    }
}

pub(super) fn name(data: &Data, chance: &mut Chance) -> Words {
    match (chance.one(&data.families), chance.one(&data.given)) {
        (Some(family), Some(given)) => {
            Words { zh: format!("{}{}", family.zh, given.zh), en: format!("{} {}", family.en, given.en) }
        }
        _ => Words { zh: "某人".to_owned(), en: "Somebody".to_owned() },
    }
}
