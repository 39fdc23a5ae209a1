//! What is said for the plan of the city: norms and their lives, what was built and recognised, what was counted, and forecasts with what then happened.
//!
//! The log begins with the city; what is older was said then, about days before. Forecasts are sealed and observed day by day, by two houses.

use std::collections::BTreeMap;

use heng_quantity::Decimal;
use heng_rule::Words;
use heng_rule::catalogue::{Catalogue, Control};
use heng_statement::norm::{ClauseCited, NormStage, NormStep, Stage};
use heng_statement::plan::{Attestation, ForecastSeal, ForecastStep, Observation};
use heng_statement::{Body, PartyKind, Role, legal_zone};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::Data;
use super::chance::Chance;
use super::people::{City, party};
use crate::founding::{FoundingError, FoundingParty};
use crate::plan::{forecast_id, norm_id};

const DATA: &str = include_str!("../../data/plan.toml");

/// Who forecasts.
pub const FORECASTER: &str = "party:weather";

/// Who observes.
pub const OBSERVER: &str = "party:weather-records";

/// Who counts pupils.
pub const EDUCATION: &str = "party:education";

/// The market supervision of the other city whose document stands in the plan, and its code of GB/T 2260.
const OTHER_CITY: (&str, &str) = ("party:qingdao", "370200");

/// The year of the plan's bases.
const BASE: i16 = 2020;

/// So many local norms there were at the base, and so many come each year at least and at most.
const NORMS_AT_BASE: u64 = 40;
const NORMS_A_YEAR: (u64, u64) = (9, 15);

/// The same for units that are recognised.
const UNITS_AT_BASE: u64 = 50;
const UNITS_A_YEAR: (u64, u64) = (18, 34);

/// The same for the units of the other city: more than its goals ask for and fewer than its task does, once 2026 is over.
const OTHER_UNITS_AT_BASE: u64 = 60;
const OTHER_UNITS_A_YEAR: u64 = 44;

/// Something that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Who says it.
    pub issuer: String,
    /// What it is about.
    pub about: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub body: Body,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanData {
    norms: Vec<Words>,
    inspections: Vec<Words>,
    facility: Vec<Facility>,
    item: Vec<Item>,
    product: Vec<Product>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Facility {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    level: String,
    stage: String,
    on: Date,
    name: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    purpose: String,
    level: String,
    name: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Product {
    id: String,
    happens: u64,
    said_when_it_happens: u64,
    said_when_it_does_not: u64,
    horizon: String,
}

/// What is being said, in the order of the days.
struct Telling<'a> {
    anchor: &'a str,
    founded_on: Date,
    today: Date,
    chance: &'a mut Chance,
    said: Vec<Utterance>,
}

/// Introduces those who speak for the plan besides the authority.
pub(super) fn parties(data: &Data, city: &mut City) {
    for (id, zh, en) in [
        (FORECASTER, "市气象台（示例）", "Weather Office (example)"),
        (OBSERVER, "市气象信息中心（示例）", "Weather Records Centre (example)"),
        (EDUCATION, "市教育委员会（示例）", "Education Commission (example)"),
        (OTHER_CITY.0, "青岛市市场监管局（示例）", "Qingdao Market Regulation Administration (example)"),
    ] {
        let name = Words { zh: zh.to_owned(), en: en.to_owned() };
        city.world.parties.push(FoundingParty {
            roles: vec![Role::Attest],
            district: data.district.first().map(|district| district.code.clone()),
            ..party(id, PartyKind::Organisation, name, "party:authority")
        });
    }
}

/// Everything that is said for the plan, by time.
pub(super) fn said(
    data: &Data,
    (founded_on, today): (Date, Date),
    catalogue: &Catalogue,
    chance: &mut Chance,
) -> Result<Vec<Utterance>, FoundingError> {
    let plan: PlanData = toml::from_str(DATA)?;
    let districts: Vec<&str> = data.district.iter().map(|district| district.code.as_str()).collect();
    let mut telling = Telling { anchor: "party:authority", founded_on, today, chance, said: Vec::new() };
    telling.list(&plan, catalogue);
    telling.norms(&plan.norms);
    telling.facilities(&plan.facility);
    telling.units(&districts);
    telling.inspections(&plan.inspections);
    telling.projects();
    telling.pupils(&districts);
    telling.weather(&districts);
    for product in &plan.product {
        telling.forecasts(product, &districts);
    }
    // After all others, so that nothing else depends on it.
    telling.units_elsewhere();
    telling.said.sort_by_key(|one| one.at);
    Ok(telling.said)
}

/// Words of evidence.
fn words<const N: usize>(stated: [(&str, &str); N]) -> BTreeMap<String, Vec<String>> {
    stated.into_iter().map(|(name, word)| (name.to_owned(), vec![word.to_owned()])).collect()
}

fn both(zh: String, en: String) -> Words {
    Words { zh, en }
}

/// China Standard Time.
fn instant(day: Date, hour: i8) -> Timestamp {
    let time = Time::new(hour, 0, 0, 0).unwrap_or(Time::midnight());
    legal_zone().to_timestamp(day.to_datetime(time)).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Telling<'_> {
    /// The time at which somebody speaks of a day: that afternoon, or on the second day of the log what is older.
    fn spoken(&self, day: Date) -> Timestamp {
        let first = self.founded_on.tomorrow().unwrap_or(self.founded_on);
        instant(day.max(first), 16)
    }

    fn say(&mut self, issuer: &str, about: String, at: Timestamp, body: Body) {
        self.said.push(Utterance { issuer: issuer.to_owned(), about, at, body });
    }

    /// Attests something; what is still to come is not said.
    fn attest(&mut self, issuer: &str, attestation: Attestation) {
        if attestation.from >= self.today {
            return;
        }
        let at = self.spoken(attestation.from);
        self.say(issuer, attestation.subject.clone(), at, Body::Attest(Box::new(attestation)));
    }

    fn plain(kind: &str, subject: String, name: Words, from: Date) -> Attestation {
        Attestation {
            kind: kind.to_owned(),
            subject,
            name,
            district: None,
            body: None,
            words: BTreeMap::new(),
            numbers: BTreeMap::new(),
            from,
            through: None,
            documents: Vec::new(),
            synthetic: true,
        }
    }

    /// The mandatory list: the kinds of the catalogue, divided by us.
    fn list(&mut self, plan: &PlanData, catalogue: &Catalogue) {
        let from = Date::constant(2020, 10, 26);
        let anchor = self.anchor;
        for (place, item) in catalogue.items().iter().filter(|item| item.control != Control::TypeApproval).enumerate() {
            for kind in &item.kinds {
                let divided = [
                    ("type", if place % 4 == 3 { "special" } else { "general" }),
                    ("purpose", if place % 2 == 0 { "civil" } else { "safety" }),
                    ("level", if place % 3 == 0 { "city" } else { "district" }),
                ];
                let attestation = Self::plain("list-item", kind.clone(), item.name.clone(), from);
                self.attest(anchor, Attestation { words: words(divided), ..attestation });
            }
        }
        self.proposals(catalogue);
        for item in &plan.item {
            let divided = [("type", item.kind.as_str()), ("purpose", &item.purpose), ("level", &item.level)];
            let attestation = Self::plain("list-item", item.id.clone(), item.name.clone(), from);
            self.attest(anchor, Attestation { words: words(divided), ..attestation });
        }
    }

    /// Standards that somebody would like to have: each would serve some kinds of the list.
    fn proposals(&mut self, catalogue: &Catalogue) {
        let anchor = self.anchor;
        let of_list = catalogue.items().iter().filter(|item| item.control != Control::TypeApproval);
        let items: Vec<_> = of_list.collect();
        for place in (0..items.len()).step_by(2) {
            let served: Vec<_> = items.iter().skip(place).take(3).collect();
            let Some(first) = served.first() else { continue };
            let zh = format!("拟建标准：{}等（示例）", first.name.zh);
            let en = format!("Proposed standard: {} and others (example)", first.name.en);
            let from = Date::constant(2026, 1, 12);
            let proposal = Self::plain("standard-proposal", format!("proposal:{place:02}"), both(zh, en), from);
            let cost = 120_000 + self.chance.between(0, 40) * 15_000;
            let covers = served.iter().flat_map(|item| item.kinds.clone()).collect();
            self.attest(
                anchor,
                Attestation {
                    words: [("covers".to_owned(), covers)].into(),
                    numbers: [("cost".to_owned(), whole(cost))].into(),
                    ..proposal
                },
            );
        }
    }

    /// Local norms, published year by year; of those that are younger than the log every stage is told.
    fn norms(&mut self, titles: &[Words]) {
        let anchor = self.anchor;
        let mut number = 0;
        for year in BASE..=self.today.year() {
            let count = if year == BASE { NORMS_AT_BASE } else { self.chance.between(NORMS_A_YEAR.0, NORMS_A_YEAR.1) };
            for _ in 0..count {
                number += 1;
                let month = i8::try_from(self.chance.between(1, 12)).unwrap_or(1);
                let published = Date::new(year, month, 20).unwrap_or(self.today);
                let Some(title) = titles.get(number % titles.len().max(1)) else { continue };
                let norm = format!("JJF(津示例) {number}-{year}");
                // What a norm was revised from stood ten norms before it.
                let replaces =
                    (year > BASE && number % 10 == 0).then(|| format!("JJF(津示例) {}-{BASE}", number % 30 + 1));
                let lives =
                    [(Stage::Project, 300), (Stage::Draft, 210), (Stage::Consultation, 90), (Stage::Published, 0)];
                for (stage, before) in lives {
                    let on = published.checked_sub(i64::from(before).days()).unwrap_or(published);
                    // Nobody tells the early stages of what was published before the log began.
                    if on >= self.today || (stage != Stage::Published && published <= self.founded_on) {
                        continue;
                    }
                    // Some cite an edition that a later norm replaces: what goes stale is to be seen.
                    let older = (number % 10 == 5).then(|| format!("JJF(津示例) {}-{BASE}", 1 + 10 * (number % 3)));
                    let cites = ["JJF 1001".to_owned(), "JJF 1059.1-2012".to_owned()].into_iter().chain(older);
                    let cites = cites.map(|norm| ClauseCited { norm, clause: None });
                    let stated = NormStage {
                        norm: norm.clone(),
                        title: title.clone(),
                        stage,
                        on,
                        scope: "local".to_owned(),
                        field: "metrology".to_owned(),
                        part: Some("led".to_owned()),
                        origin: Some("government".to_owned()),
                        cites: if stage == Stage::Published { cites.collect() } else { Vec::new() },
                        replaces: replaces.clone().filter(|_| stage == Stage::Published).into_iter().collect(),
                        review_due: (stage == Stage::Published).then(|| on.checked_add(5.years()).unwrap_or(on)),
                        documents: Vec::new(),
                        synthetic: true,
                    };
                    let body = Body::Life(Box::new(NormStep::Stage(stated)));
                    self.say(anchor, norm_id(&norm), self.spoken(on), body);
                }
                if let Some(old) = replaces.filter(|_| published < self.today) {
                    self.retire(&old, title, published);
                }
            }
        }
        self.standards(titles);
    }

    /// A norm that another one replaces.
    fn retire(&mut self, norm: &str, title: &Words, on: Date) {
        let stated = norm_at(norm, title, Stage::Replaced, on, ["local", "metrology", "led", "government"]);
        let at = self.spoken(on);
        self.say(self.anchor, norm_id(norm), at, Body::Life(Box::new(NormStep::Stage(stated))));
    }

    /// Standards of standardisation in which the city's bodies had a part.
    fn standards(&mut self, titles: &[Words]) {
        for (place, title) in titles.iter().enumerate() {
            let year = 2021 + i16::try_from(place % 5).unwrap_or(0);
            let on = Date::new(year, 6, 15).unwrap_or(self.today);
            let scope = match place % 6 {
                0 => "international",
                1..=3 => "national",
                _ => "group",
            };
            let origin = if place % 3 == 0 { "market" } else { "government" };
            let norm = format!("GB/T 示例 {}-{year}", 9000 + place);
            let stated = norm_at(&norm, title, Stage::Published, on, [scope, "standardisation", "joined", origin]);
            let at = self.spoken(on);
            self.say(self.anchor, norm_id(&norm), at, Body::Life(Box::new(NormStep::Stage(stated))));
        }
    }

    fn facilities(&mut self, facilities: &[Facility]) {
        let anchor = self.anchor;
        for one in facilities {
            let attestation = Self::plain("facility", format!("facility:{}", one.id), one.name.clone(), one.on);
            let stated = [("type", one.kind.as_str()), ("level", &one.level), ("stage", &one.stage)];
            self.attest(anchor, Attestation { words: words(stated), ..attestation });
        }
    }

    /// Model units of integrity, by district; and streets and districts of integrity.
    fn units(&mut self, districts: &[&str]) {
        let anchor = self.anchor;
        let mut number = 0;
        for year in BASE..=self.today.year() {
            let count = if year == BASE { UNITS_AT_BASE } else { self.chance.between(UNITS_A_YEAR.0, UNITS_A_YEAR.1) };
            for _ in 0..count {
                number += 1;
                let month = i8::try_from(self.chance.between(1, 12)).unwrap_or(1);
                let from = Date::new(year, month, 15).unwrap_or(self.today);
                let name = both(
                    format!("诚信计量示范单位 {number}（示例）"),
                    format!("Model unit of integrity {number} (example)"),
                );
                let district = self.chance.one(districts).map(|code| (*code).to_owned());
                let attestation = Self::plain("recognition", format!("unit:integrity-{number:04}"), name, from);
                let words = words([("type", "integrity-unit"), ("level", "district")]);
                self.attest(anchor, Attestation { words, district, ..attestation });
            }
        }
        for (place, code) in districts.iter().enumerate() {
            let year = 2022 + i16::try_from(place % 4).unwrap_or(0);
            let from = Date::new(year, 9, 10).unwrap_or(self.today);
            let kind = if place % 5 == 0 { "integrity-district" } else { "integrity-street" };
            let name = both(format!("诚信计量街区 {code}（示例）"), format!("Street of integrity in {code} (example)"));
            let attestation = Self::plain("recognition", format!("place:integrity-{code}"), name, from);
            let words = words([("type", kind), ("level", "provincial")]);
            self.attest(anchor, Attestation { words, district: Some((*code).to_owned()), ..attestation });
        }
    }

    /// Model units of integrity of the other city, which its own authority attests.
    fn units_elsewhere(&mut self) {
        let mut number = 0;
        for year in BASE..=self.today.year() {
            for _ in 0..if year == BASE { OTHER_UNITS_AT_BASE } else { OTHER_UNITS_A_YEAR } {
                number += 1;
                let month = i8::try_from(self.chance.between(1, 12)).unwrap_or(1);
                let from = Date::new(year, month, 15).unwrap_or(self.today);
                let name = both(
                    format!("青岛诚信计量示范单位 {number}（示例）"),
                    format!("Model unit of integrity of Qingdao {number} (example)"),
                );
                let attestation = Self::plain("recognition", format!("unit:qingdao-{number:04}"), name, from);
                let words = words([("type", "integrity-unit"), ("level", "district")]);
                self.attest(
                    OTHER_CITY.0,
                    Attestation { words, district: Some(OTHER_CITY.1.to_owned()), ..attestation },
                );
            }
        }
    }

    /// Items of random inspection, and for which of them there was a draw in the year.
    fn inspections(&mut self, items: &[Words]) {
        let anchor = self.anchor;
        for (place, name) in items.iter().enumerate() {
            let subject = format!("inspection-item:{place}");
            self.attest(
                anchor,
                Self::plain("inspection-item", subject.clone(), name.clone(), Date::constant(2021, 1, 1)),
            );
            for year in 2021..=self.today.year() {
                // The last item waits every other year.
                if place + 1 == items.len() && year % 2 == 0 {
                    continue;
                }
                let month = i8::try_from(self.chance.between(3, 10)).unwrap_or(3);
                let from = Date::new(year, month, 8).unwrap_or(self.today);
                let attestation = Self::plain("draw", format!("draw:{place}-{year}"), name.clone(), from);
                self.attest(anchor, Attestation { words: words([("item", &subject)]), ..attestation });
            }
        }
    }

    /// Science projects, reference materials, energy users and evaluations.
    fn projects(&mut self) {
        let anchor = self.anchor;
        for place in 0..12_i16 {
            let from = Date::new(2021 + place % 5, 11, 5).unwrap_or(self.today);
            let name = |zh: &str, en: &str| both(format!("{zh} {place}（示例）"), format!("{en} {place} (example)"));
            let subject = format!("project:{place}");
            let project = Self::plain("science-project", subject, name("科技计划项目", "Science project"), from);
            let class = if place % 2 == 0 { "key-technology" } else { "application" };
            let result = if place % 3 == 2 { "paper" } else { "standard" };
            self.attest(anchor, Attestation { words: words([("class", class), ("result", result)]), ..project });
            let material = Self::plain(
                "reference-material",
                format!("material:{place}"),
                name("标准物质", "Reference material"),
                from,
            );
            let stage = if place % 4 == 0 { "in-development" } else { "certified" };
            self.attest(anchor, Attestation { words: words([("stage", stage)]), ..material });
            let user = format!("energy-user:{place}");
            let energy = Self::plain("energy-user", user.clone(), name("重点用能单位", "Key energy user"), from);
            self.attest(anchor, Attestation { words: words([("class", "key")]), ..energy });
            if place % 6 != 5 {
                let review = Self::plain(
                    "equipment-review",
                    format!("review:{place}"),
                    name("配备审查", "Review of equipment"),
                    from,
                );
                self.attest(anchor, Attestation { words: words([("user", &user)]), ..review });
            }
        }
        let name = both("中期评估（示例）".to_owned(), "Mid-term evaluation (example)".to_owned());
        let evaluation = Self::plain("evaluation", "evaluation:mid-term".to_owned(), name, Date::constant(2025, 7, 1));
        self.attest(anchor, Attestation { words: words([("stage", "mid-term")]), ..evaluation });
    }

    /// Pupils with special needs, counted by district; nobody is named. Funds, and places where they learn.
    fn pupils(&mut self, districts: &[&str]) {
        for year in 2021..=self.today.year() {
            let from = Date::new(year, 9, 20).unwrap_or(self.today);
            let through = Date::new(year + 1, 9, 19).ok();
            for code in districts {
                let of_age = self.chance.between(150, 420);
                let missing =
                    if self.chance.happens(300) { 0 } else { self.chance.between(5, 9 + u64::from(of_age > 300) * 4) };
                let enrolled = of_age - missing;
                let mainstream = enrolled * self.chance.between(480, 640) / 1000;
                let at_home = self.chance.between(6, 14);
                let counted = [
                    ("of-age", of_age),
                    ("enrolled", enrolled),
                    ("mainstream", mainstream),
                    ("taught-at-home", at_home),
                ];
                let name = both(format!("{year} 年入学汇总（示例）"), format!("Enrolment of {year} (example)"));
                let attestation = Self::plain("enrolment", format!("enrolment:{code}:{year}"), name, from);
                self.attest(
                    EDUCATION,
                    Attestation {
                        numbers: counted.into_iter().map(|(name, count)| (name.to_owned(), whole(count))).collect(),
                        district: Some((*code).to_owned()),
                        through,
                        ..attestation
                    },
                );
                let name =
                    both(format!("{year} 年生均公用经费（示例）"), format!("Funds for a pupil in {year} (example)"));
                let granted =
                    Self::plain("grant", format!("grant:{code}:{year}"), name, Date::new(year, 3, 1).unwrap_or(from));
                let funds = 6000 + u64::from(year.unsigned_abs() - 2021) * 300 + self.chance.between(0, 8) * 50;
                self.attest(
                    EDUCATION,
                    Attestation {
                        numbers: [("per-pupil".to_owned(), whole(funds))].into(),
                        district: Some((*code).to_owned()),
                        through: Date::new(year, 12, 31).ok(),
                        ..granted
                    },
                );
            }
        }
        for (place, code) in districts.iter().enumerate() {
            let name = both(format!("特殊教育资源中心 {code}（示例）"), format!("Resource centre of {code} (example)"));
            let from = Date::new(2021 + i16::try_from(place % 5).unwrap_or(0), 9, 1).unwrap_or(self.today);
            let school = Self::plain("school", format!("school:resource-{code}"), name, from);
            let words = words([("part", "resource-centre")]);
            self.attest(EDUCATION, Attestation { words, district: Some((*code).to_owned()), ..school });
        }
    }

    /// What is forecast how far ahead, what is watched, and who hears of it.
    fn weather(&mut self, districts: &[&str]) {
        let from = Date::constant(2021, 4, 1);
        for (id, zh, en) in [
            ("2h", "2 小时内", "Within 2 hours"),
            ("24h", "24 小时内", "Within 24 hours"),
            ("10d", "10 天内", "Within 10 days"),
        ] {
            let name = both(zh.to_owned(), en.to_owned());
            self.attest(FORECASTER, Self::plain("horizon", id.to_owned(), name, from));
        }
        for place in 0..20_u64 {
            let name = both(format!("气象灾害过程 {place}（示例）"), format!("Weather event {place} (example)"));
            let on = from.checked_add((i64::try_from(place).unwrap_or(0) * 60).days()).unwrap_or(from);
            let attestation = Self::plain("hazard", format!("hazard:{place}"), name, on);
            let monitored = if place == 7 { "no" } else { "yes" };
            self.attest(OBSERVER, Attestation { words: words([("monitored", monitored)]), ..attestation });
        }
        for code in districts {
            let name = both(format!("示例村 {code}"), format!("Example village in {code}"));
            let village = format!("village:{code}");
            let district = Some((*code).to_owned());
            let plain = Self::plain("village", village.clone(), name.clone(), from);
            self.attest(OBSERVER, Attestation { district: district.clone(), ..plain });
            let receipt = Self::plain("warning-receipt", format!("receipt:{code}"), name, from);
            self.attest(OBSERVER, Attestation { words: words([("village", &village)]), district, ..receipt });
        }
    }

    /// Forecasts of a product on the days of the last two flood seasons, and what was observed.
    fn forecasts(&mut self, product: &Product, districts: &[&str]) {
        let mut day = self.founded_on.checked_add(3.days()).unwrap_or(self.founded_on);
        while day.checked_add(2.days()).is_ok_and(|ends| ends < self.today) {
            if (6..=9).contains(&day.month()) && day.day() % 4 == 1 {
                let district = self.chance.one(districts).map_or(String::new(), |code| (*code).to_owned());
                self.forecast(product, &district, day);
            }
            day = day.tomorrow().unwrap_or(Date::MAX);
            if day == Date::MAX {
                break;
            }
        }
    }

    fn forecast(&mut self, product: &Product, district: &str, day: Date) {
        let next = day.tomorrow().unwrap_or(day);
        let happens = self.chance.happens(product.happens);
        let said = if happens { product.said_when_it_happens } else { product.said_when_it_does_not };
        let will_happen = self.chance.happens(said);
        let (begins_at, ends_at) = (instant(next, 0), instant(next, 23));
        let hour = i8::try_from(self.chance.between(1, 22)).unwrap_or(12);
        // What is severe and local is seen less than an hour and a half before.
        let happened = instant(next, hour);
        let is_short = product.horizon == "2h";
        let minutes = i64::try_from(self.chance.between(25, 85)).unwrap_or(40);
        let (sealed_at, begins_at) = if is_short && happens {
            let before = happened.checked_sub(minutes.minutes()).unwrap_or(happened);
            (before, before)
        } else {
            (instant(day, 18), begins_at)
        };
        let about = forecast_id(&product.id, district);
        // Some events come unannounced.
        let is_silent = happens && !will_happen && self.chance.happens(500);
        if !is_silent {
            let seal = ForecastSeal {
                product: product.id.clone(),
                district: district.to_owned(),
                will_happen,
                probability: None,
                horizon: Some(product.horizon.clone()),
                begins_at,
                ends_at,
                documents: Vec::new(),
                synthetic: true,
            };
            self.say(FORECASTER, about.clone(), sealed_at, Body::Fcst(ForecastStep::Seal(seal)));
        }
        let observation = Observation {
            product: product.id.clone(),
            district: district.to_owned(),
            happened_at: happens.then_some(happened),
            begins_at,
            ends_at,
            documents: Vec::new(),
            synthetic: true,
        };
        let at = instant(next.tomorrow().unwrap_or(next), 9);
        self.say(OBSERVER, about, at, Body::Fcst(ForecastStep::Observation(observation)));
    }
}

/// A stage with nothing but its name and its field.
fn norm_at(norm: &str, title: &Words, stage: Stage, on: Date, [scope, field, part, origin]: [&str; 4]) -> NormStage {
    NormStage {
        norm: norm.to_owned(),
        title: title.clone(),
        stage,
        on,
        scope: scope.to_owned(),
        field: field.to_owned(),
        part: Some(part.to_owned()),
        origin: Some(origin.to_owned()),
        cites: Vec::new(),
        replaces: Vec::new(),
        review_due: None,
        documents: Vec::new(),
        synthetic: true,
    }
}

fn whole(count: u64) -> Decimal {
    Decimal::from(i64::try_from(count).unwrap_or(i64::MAX))
}
