//! What good practice asks of a certificate beyond its schema: methods, conditions, languages, dates, units.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Decimal, Finding, Severity};

use super::check::{self, Element};
use crate::told::Told;

/// ISO 639-1 has these codes for languages.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja \
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// ISO 3166-1 has these codes for countries and areas.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV \
    BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG \
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX \
    MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG \
    VI VN VU WF WS YE YT ZA ZM ZW";

/// No code of a language is longer, right or wrong: each is looked up for every text, and told with every text that lacks it.
const LONGEST_CODE: usize = 32;

/// What belongs to every result, and whether it must.
const CIRCUMSTANCES: [(&str, bool); 3] =
    [("usedMethods", true), ("influenceConditions", true), ("usedSoftware", false)];

/// Tells what is found, with the offsets it belongs to. The practice is that of the newest version: older documents only get warnings.
pub(super) fn tell(elements: &[Element<'_>], version: &str, told: &mut Told) {
    let Some(root) = elements.first().filter(|root| root.name == "digitalCalibrationCertificate") else { return };
    let is_current = version == "3.3.0";
    let mut parents = vec![0; elements.len()];
    for (place, element) in elements.iter().enumerate() {
        let mut next = element.first;
        while let Some(child) = next.and_then(|child| usize::try_from(child).ok()) {
            if let Some(parent) = parents.get_mut(child) {
                *parent = place;
            }
            next = elements.get(child).and_then(|child| child.next);
        }
    }
    // No certificate has more than these; what is looked up for every text must stay short.
    let used = named(elements, "usedLangCodeISO639_1").filter(|code| code.len() <= LONGEST_CODE);
    let used: Vec<&str> = used.take(200).collect();
    let units: BTreeSet<&str> = named(elements, "nonSIUnit").collect();
    let mut practice = Practice {
        elements,
        parents,
        used,
        units,
        languages: BTreeSet::new(),
        severity: Severity::Warning,
        said: BTreeMap::new(),
        told,
    };
    if is_current {
        practice.severity = Severity::Error;
    } else {
        let finding = Finding::info("practice-version-old").with("version", version);
        practice.told.push(root.offset, finding);
    }
    for place in 0..elements.len() {
        practice.look(place);
    }
}

fn named<'a>(elements: &'a [Element<'a>], name: &'a str) -> impl Iterator<Item = &'a str> {
    elements.iter().filter(move |element| element.name == name).map(|element| element.text.as_ref())
}

struct Practice<'a, 't> {
    elements: &'a [Element<'a>],
    parents: Vec<usize>,
    used: Vec<&'a str>,
    units: BTreeSet<&'a str>,
    /// Declared so far.
    languages: BTreeSet<&'a str>,
    severity: Severity,
    /// Which circumstances a measurement says for all its results, by its offset.
    said: BTreeMap<usize, [bool; 3]>,
    told: &'t mut Told,
}

impl<'a, 't> Practice<'a, 't> {
    fn children(&self, element: &'a Element<'a>) -> impl Iterator<Item = &'a Element<'a>> + use<'a> {
        let elements = self.elements;
        check::children(elements, element)
    }

    fn child(&self, element: &'a Element<'a>, name: &str) -> Option<&'a Element<'a>> {
        self.children(element).find(|child| child.name == name)
    }

    /// The element around one, and the places further out.
    fn parent(&self, place: usize) -> Option<(usize, &'a Element<'a>)> {
        let parent = self.parents.get(place).copied().filter(|_| place != 0)?;
        Some((parent, self.elements.get(parent)?))
    }

    fn outward(&self, place: usize) -> impl Iterator<Item = &'a Element<'a>> + use<'_, 'a, 't> {
        std::iter::successors(self.parent(place), |(place, _)| self.parent(*place)).map(|(_, element)| element)
    }

    fn tell(&mut self, element: &Element<'_>, finding: Finding) {
        self.told.push(element.offset, Finding { severity: self.severity, ..finding });
    }

    fn look(&mut self, place: usize) {
        let Some(element) = self.elements.get(place) else { return };
        match element.name {
            "list" => self.circumstances(place, element),
            "quantity" => {
                let is_result = self.parent(place).is_some_and(|(data, parent)| {
                    parent.name == "data" && self.parent(data).is_some_and(|(_, parent)| parent.name == "result")
                });
                if is_result {
                    self.circumstances(place, element);
                }
                self.relative(element);
            }
            "release" if !is_release(&element.text) => {
                self.tell(element, Finding::error("practice-release-form").with("release", shown(&element.text)));
            }
            "usedLangCodeISO639_1" | "mandatoryLangCodeISO639_1" => self.language(element),
            "countryCodeISO3166_1" if !COUNTRIES.split_whitespace().any(|code| code == element.text) => {
                self.tell(element, Finding::error("practice-country-unknown").with("country", shown(&element.text)));
            }
            "coreData" => self.dates(element),
            "unit" => self.unit(place, element),
            "unitXMLList" => self.units(element),
            _ => {}
        }
        self.contents(element);
        if matches!(element.name, "statement" | "metaData") {
            self.non_si(element);
        }
    }

    /// Methods and conditions belong to every result; the software is better named as well.
    fn circumstances(&mut self, place: usize, element: &'a Element<'a>) {
        let outward: Vec<&'a Element<'a>> = self.outward(place).collect();
        let is_measured = outward.iter().any(|outer| outer.name == "measurementResults");
        if !is_measured || outward.iter().any(|outer| outer.name == "metaData") {
            return;
        }
        let measurement = outward.iter().find(|outer| outer.name == "measurementResult").copied();
        let for_all = measurement.map(|measurement| self.said_by(measurement)).unwrap_or_default();
        let quantities: Vec<&'a Element<'a>> =
            self.children(element).filter(|child| child.name == "quantity").collect();
        for ((name, is_needed), is_said_for_all) in CIRCUMSTANCES.into_iter().zip(for_all) {
            let is_said = |element: &'a Element<'a>| self.child(element, name).is_some();
            let is_said_for_each = element.name == "list" && quantities.iter().all(|quantity| is_said(quantity));
            if is_said_for_all || is_said(element) || is_said_for_each {
                continue;
            }
            let finding = Finding::warning("practice-circumstance-missing").with("what", name);
            let finding = finding.with("element", element.name);
            if is_needed { self.tell(element, finding) } else { self.told.push(element.offset, finding) }
        }
    }

    /// Which circumstances a measurement says. All its results ask for it.
    fn said_by(&mut self, measurement: &'a Element<'a>) -> [bool; 3] {
        let known = self.said.get(&measurement.offset).copied();
        known.unwrap_or_else(|| {
            let said = CIRCUMSTANCES.map(|(name, _)| self.child(measurement, name).is_some());
            self.said.insert(measurement.offset, said);
            said
        })
    }

    fn language(&mut self, element: &'a Element<'a>) {
        let code = element.text.as_ref();
        if !LANGUAGES.split_whitespace().any(|known| known == code) {
            self.tell(element, Finding::error("practice-language-unknown").with("language", shown(code)));
        }
        if element.name == "usedLangCodeISO639_1" && !self.languages.insert(code) {
            self.tell(element, Finding::error("practice-language-repeated").with("language", shown(code)));
        }
    }

    /// Either a text is in every language that the certificate names, or it says none.
    fn contents(&mut self, element: &'a Element<'a>) {
        let mut languages: BTreeSet<&str> = BTreeSet::new();
        for content in self.children(element).filter(|child| child.name == "content") {
            let Some(language) = content.language.as_deref() else { continue };
            if !self.used.contains(&language) {
                self.tell(content, Finding::error("practice-language-undeclared").with("language", shown(language)));
            }
            if !languages.insert(language) {
                self.tell(content, Finding::error("practice-content-repeated").with("language", shown(language)));
            }
        }
        if languages.is_empty() {
            return;
        }
        let missing: Vec<&str> = self.used.iter().filter(|used| !languages.contains(*used)).copied().collect();
        if !missing.is_empty() {
            let finding = Finding::error("practice-language-missing").with("element", element.name);
            self.tell(element, finding.with("languages", missing.join(", ")));
        }
    }

    /// Dates of one form compare as their texts do.
    fn dates(&mut self, core: &'a Element<'a>) {
        let (Some(begin), Some(end)) =
            (self.child(core, "beginPerformanceDate"), self.child(core, "endPerformanceDate"))
        else {
            return;
        };
        let day = |element: &'a Element<'a>| element.text.get(..10);
        if day(end) < day(begin) {
            let finding = Finding::error("practice-dates-reversed").with("begin", shown(&begin.text));
            self.tell(end, finding.with("end", shown(&end.text)));
        }
    }

    /// A relative uncertainty is of the shape of its values and follows from them.
    fn relative(&mut self, quantity: &'a Element<'a>) {
        let Some(relative) = self.child(quantity, "relativeUncertainty") else { return };
        let list = self.child(quantity, "realListXMLList");
        let real = self.child(quantity, "real");
        let is_list = self.child(relative, "relativeUncertaintyXmlList");
        let single =
            self.child(relative, "relativeUncertaintySingle").or_else(|| self.child(relative, "relativeUncertainty"));
        if list.is_some() && single.is_some() || real.is_some() && is_list.is_some() {
            self.tell(relative, Finding::error("practice-relative-shape"));
            return;
        }
        let Some(stated) = list.or(real) else { return };
        let words = |element: Option<&'a Element<'a>>| -> Vec<&'a str> {
            element.map(|element| element.text.split_whitespace().collect()).unwrap_or_default()
        };
        let values = words(self.child(stated, "valueXMLList").or_else(|| self.child(stated, "value")));
        let relatives = is_list.or(single).map_or_else(Vec::new, |relative| {
            words(self.child(relative, "valueXMLList").or_else(|| self.child(relative, "value")))
        });
        let Some(expanded) = self.expanded(stated) else {
            self.tell(relative, Finding::error("practice-relative-without-expanded"));
            return;
        };
        if relatives.len() != 1 && relatives.len() != values.len() {
            let finding = Finding::error("list-lengths-differ").with("values", values.len());
            self.tell(relative, finding.with("others", relatives.len()));
            return;
        }
        // A percentage or a unit of its own is another number.
        let unit = is_list
            .or(single)
            .and_then(|relative| self.child(relative, "unitXMLList").or_else(|| self.child(relative, "unit")));
        if unit.is_some_and(|unit| unit.text != "\\one") {
            return;
        }
        let uncertainties = words(Some(expanded));
        let at = |list: &[&'a str], place: usize| -> Option<Decimal> {
            list.get(if list.len() == 1 { 0 } else { place })?.parse().ok()
        };
        for (place, value) in values.iter().enumerate() {
            let (Some(uncertainty), Some(stated), Ok(value)) =
                (at(&uncertainties, place), at(&relatives, place), value.parse::<Decimal>())
            else {
                continue;
            };
            let follows = (uncertainty.to_f64() / value.to_f64()).abs();
            // Rounding may move the last stated digit by one, that of the uncertainty as well.
            let digit = |number: &Decimal| Decimal::new(1.into(), number.exponent()).to_f64();
            let slack = digit(&stated) + (digit(&uncertainty) / value.to_f64()).abs();
            if (follows - stated.to_f64().abs()).abs() > slack {
                let finding = Finding::error("practice-relative-wrong").with("stated", &stated);
                self.tell(relative, finding.with("uncertainty", &uncertainty).with("value", &value));
                return;
            }
        }
    }

    /// The expanded uncertainty, under its names of either generation.
    fn expanded(&self, stated: &'a Element<'a>) -> Option<&'a Element<'a>> {
        let names = ["uncertainty", "uncertaintyXMLList", "valueExpandedMU", "valueExpandedMUXMLList"];
        self.children(stated)
            .find_map(|child| if names.contains(&child.name) { Some(child) } else { self.expanded(child) })
    }

    fn unit(&mut self, place: usize, element: &'a Element<'a>) {
        let unit = element.text.as_ref();
        if unit.split_whitespace().count() > 1 {
            self.tell(element, Finding::error("practice-unit-blank").with("unit", shown(unit)));
        }
        let is_hybrid = self.outward(place).nth(1).is_some_and(|outer| outer.name == "hybrid");
        if is_hybrid && unit.len() > 1 && unit.starts_with('|') && !self.units.contains(unit) {
            self.tell(element, Finding::error("practice-unit-undeclared").with("unit", shown(unit)));
        }
    }

    fn units(&mut self, element: &'a Element<'a>) {
        let mut units = element.text.split_whitespace();
        let Some(first) = units.next() else { return };
        let mut others = units.peekable();
        if others.peek().is_some() && others.all(|unit| unit == first) {
            let finding = Finding::info("practice-units-repeated").with("unit", shown(first));
            self.told.push(element.offset, finding);
        }
    }

    /// A unit and its definition stand together.
    fn non_si(&mut self, parent: &'a Element<'a>) {
        let all = |name: &str| self.children(parent).filter(|child| child.name == name).collect::<Vec<_>>();
        let (units, definitions) = (all("nonSIUnit"), all("nonSIDefinition"));
        if units.len() == definitions.len() {
            return;
        }
        let (alone, other) = if definitions.len() == 1 || units.is_empty() {
            (&definitions, "nonSIUnit")
        } else {
            (&units, "nonSIDefinition")
        };
        if let Some(element) = alone.first() {
            let finding = Finding::error("practice-non-si-alone").with("element", element.name);
            self.tell(element, finding.with("other", other));
        }
    }
}

/// A letter, perhaps a blank, and up to four numbers: `v1.2.3`.
fn is_release(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(|first: char| first.is_ascii_alphabetic()) else { return false };
    let numbers = rest.strip_prefix(' ').unwrap_or(rest).split('.');
    let is_number = |number: &str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    numbers.clone().count() <= 4 && numbers.clone().all(is_number)
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect()
}
