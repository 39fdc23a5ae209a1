//! The city's comparison rounds: one that is over, one whose results are being sealed, one by code in which somebody has still to answer.

use std::collections::BTreeMap;

use heng_quantity::{Decimal, Reported, Uncertainty, Unit, text};
use heng_rule::Words;
use heng_statement::PartyKind;
use heng_statement::round::{
    Announcement, ComparisonItem, ItemValue, NamesPublished, Participant, Protocol, RoundResult,
};
use jiff::ToSpan;
use jiff::civil::Date;

use super::chance::Chance;
use crate::founding::World;

/// Who computes and reports, and whose result the others are held against in the first two.
const PILOT: &str = "party:nmi";

/// A round, and what is done in it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRound {
    /// The announcement.
    pub announcement: Announcement,
    /// When it is made.
    pub announced_on: Date,
    /// The results, in the order in which they are sealed.
    pub results: Vec<PlannedResult>,
    /// When the pilot reports.
    pub reported_on: Option<Date>,
    /// Who follows up.
    pub followed: Option<PlannedFollowUp>,
}

/// A laboratory's result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedResult {
    /// Who.
    pub laboratory: String,
    /// The person who decides.
    pub person: Option<String>,
    /// What it found.
    pub result: RoundResult,
    /// When it is sealed.
    pub sealed_on: Date,
    /// When it is opened.
    pub opened_on: Option<Date>,
}

/// A corrective action and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFollowUp {
    /// Who.
    pub laboratory: String,
    /// The person who decides.
    pub person: Option<String>,
    /// What was wrong.
    pub cause: Words,
    /// What is done.
    pub action: Words,
    /// When it is said.
    pub on: Date,
    /// By when it is done.
    pub done_by: Date,
    /// When the coordinator accepts it.
    pub closed_on: Date,
    /// What the coordinator looked at.
    pub reason: Words,
}

/// One who takes part.
struct One {
    party: String,
    person: Option<String>,
    /// Its U in thousandths of the unit.
    expanded: u64,
}

pub(super) fn rounds(
    world: &World,
    texts: &BTreeMap<String, Words>,
    today: Date,
    chance: &mut Chance,
) -> Vec<PlannedRound> {
    let ago = |days: i64| today.checked_sub(days.days()).unwrap_or(today);
    let ones = participants(world);
    let far = ones.iter().map(|one| one.party.clone()).find(|party| party.ends_with("120116"));
    let mut all = Vec::new();

    let mut over =
        announcement("JB-SYN-01", (&ones, texts), NamesPublished::Names, &[ago(90), ago(80), ago(60), ago(40)]);
    over.title = said(texts, "over-title");
    over.items = vec![item("A", said(texts, "item-a")), item("B", said(texts, "item-b"))];
    let results = ones.iter().map(|one| {
        let bias = if Some(&one.party) == far.as_ref() { 18 } else { 0 };
        planned(one, &over, &[1020, -410], bias, (ago(100), Some(ago(88))), chance)
    });
    let results = results.collect();
    let follow = ones.iter().find(|one| Some(&one.party) == far.as_ref()).map(|one| PlannedFollowUp {
        laboratory: one.party.clone(),
        person: one.person.clone(),
        cause: said(texts, "follow-cause"),
        action: said(texts, "follow-action"),
        on: ago(50),
        done_by: ago(25),
        closed_on: ago(20),
        reason: said(texts, "follow-reason"),
    });
    all.push(PlannedRound {
        announcement: over,
        announced_on: ago(120),
        results,
        reported_on: Some(ago(70)),
        followed: follow,
    });

    let later = |days: i64| today.checked_add(days.days()).unwrap_or(today);
    let mut open =
        announcement("JB-SYN-02", (&ones, texts), NamesPublished::Names, &[later(10), later(17), later(30), later(45)]);
    open.title = said(texts, "open-title");
    open.items = vec![item("C", said(texts, "item-c"))];
    let results = ones.iter().step_by(3).map(|one| planned(one, &open, &[4200], 0, (ago(4), None), chance)).collect();
    all.push(PlannedRound { announcement: open, announced_on: ago(20), results, reported_on: None, followed: None });

    let mut coded =
        announcement("JB-SYN-03", (&ones, texts), NamesPublished::Codes, &[ago(30), ago(22), ago(10), later(4)]);
    coded.title = said(texts, "coded-title");
    coded.items = vec![item("D", said(texts, "item-d"))];
    // Codes that the order of the announcement does not tell.
    let mut codes = Vec::new();
    for one in &mut coded.participants {
        let mut code = chance.between(100, 999);
        while codes.contains(&code) {
            code = chance.between(100, 999);
        }
        codes.push(code);
        one.code = format!("K{code}");
    }
    "algorithm_a".clone_into(&mut coded.protocol.reference);
    coded.protocol.scores = vec!["z".to_owned()];
    coded.protocol.standard_deviation = Some(milligram(150));
    let results = ones.iter().map(|one| {
        let bias = if Some(&one.party) == far.as_ref() { 20 } else { 0 };
        planned(one, &coded, &[-1730], bias, (ago(35), Some(ago(28))), chance)
    });
    let results = results.collect();
    all.push(PlannedRound {
        announcement: coded,
        announced_on: ago(60),
        results,
        reported_on: Some(ago(12)),
        followed: None,
    });
    all
}

/// The laboratories that are authorized for weights, the pilot among them, and who decides in each.
fn participants(world: &World) -> Vec<One> {
    let of_mass = world.parties.iter().filter(|party| {
        matches!(party.kind, PartyKind::Laboratory | PartyKind::NationalInstitute)
            && party.scope.0.iter().any(|line| line.quantity.as_deref() == Some("mass"))
    });
    let reviewer = |laboratory: &str| {
        let reviews = world.parties.iter().find(|party| {
            party.of.as_deref() == Some(laboratory) && party.roles.contains(&heng_statement::Role::Review)
        });
        reviews.map(|party| party.id.clone())
    };
    of_mass
        .map(|party| One {
            party: party.id.clone(),
            person: reviewer(&party.id),
            expanded: match party.kind {
                PartyKind::NationalInstitute => 60,
                _ if party.id == "party:lab-tj" => 160,
                _ => 400,
            },
        })
        .collect()
}

fn announcement(
    number: &str,
    (ones, texts): (&[One], &BTreeMap<String, Words>),
    names: NamesPublished,
    days: &[Date; 4],
) -> Announcement {
    let [seal_by, open_by, report_by, follow_up_by] = *days;
    let participants = (1..)
        .zip(ones)
        .map(|(place, one): (usize, &One)| Participant { party: one.party.clone(), code: format!("L{place:02}") });
    Announcement {
        number: number.to_owned(),
        title: Words::default(),
        pilot: PILOT.to_owned(),
        quantity: said(texts, "quantity"),
        unit: text::unit("mg").unwrap_or_else(|_| Unit::one()),
        items: Vec::new(),
        participants: participants.collect(),
        protocol: Protocol {
            norm: "JJF 1117-2010".to_owned(),
            reference: Protocol::PILOT.to_owned(),
            scores: vec!["e_n".to_owned()],
            standard_deviation: None,
            standard_deviation_method: None,
            maximum_error: None,
            coverage_factor: Decimal::new(2.into(), 0),
            coverage_probability: Decimal::new(95.into(), -2),
            significance: Decimal::new(5.into(), -2),
        },
        seal_by,
        open_by,
        report_by,
        follow_up_by,
        names,
        synthetic: true,
    }
}

fn item(letter: &str, name: Words) -> ComparisonItem {
    ComparisonItem { thing: format!("thing:transfer:SYN-{letter}"), name }
}

/// Thousandths of a milligram.
fn milligram(thousandths: i64) -> Reported {
    let unit = text::unit("mg").unwrap_or_else(|_| Unit::one());
    Reported { value: Decimal::new(thousandths.into(), -3), unit, uncertainty: None }
}

/// What a laboratory finds: within seven tenths of its U about the true values, moved by so many tenths of it.
fn planned(
    one: &One,
    round: &Announcement,
    true_values: &[i64],
    bias: i64,
    (sealed_on, opened_on): (Date, Option<Date>),
    chance: &mut Chance,
) -> PlannedResult {
    let expanded = i64::try_from(one.expanded).unwrap_or_default();
    let spread = one.expanded * 7 / 10;
    let values = round.items.iter().zip(true_values).map(|(item, is)| {
        let drawn = i64::try_from(chance.between(0, 2 * spread)).unwrap_or_default();
        let off = drawn - i64::try_from(spread).unwrap_or_default() + bias * expanded / 10;
        let uncertainty = Uncertainty::Expanded {
            value: Decimal::new(expanded.into(), -3),
            coverage_factor: Decimal::new(2.into(), 0),
            coverage_probability: Decimal::new(95.into(), -2),
            distribution: None,
        };
        let value = Reported {
            value: Decimal::new((is + off).into(), -3),
            unit: round.unit.clone(),
            uncertainty: Some(uncertainty),
        };
        ItemValue { item: item.thing.clone(), value, degrees_of_freedom: None }
    });
    let values = values.collect();
    let measured_on = sealed_on.checked_sub(3.days()).unwrap_or(sealed_on);
    PlannedResult {
        laboratory: one.party.clone(),
        person: one.person.clone(),
        result: RoundResult { measured_on, values },
        sealed_on,
        opened_on,
    }
}

/// A text of the data; its name where there is none.
fn said(texts: &BTreeMap<String, Words>, name: &str) -> Words {
    texts.get(name).cloned().unwrap_or_else(|| Words { zh: name.to_owned(), en: name.to_owned() })
}
