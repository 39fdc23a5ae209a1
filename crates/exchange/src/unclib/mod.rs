//! Files of METAS UncLib: uncertain numbers with the base inputs that they depend on, in its XML format.
//!
//! Layout: the file that the tutorial of METAS's wrapper for MATLAB stores (`Tutorial/test.xml`, with the script and what it printed,
//! repository wollmich/metas-unclib-matlab-wrapper). `UncNumber` has a `Value` and `Dependencies`; each `DependsOn` has an `Input` with its
//! `Id`, `Description` and `IDof`, the inverse degrees of freedom, and a `Jacobi`, which is the sensitivity coefficient times the standard
//! uncertainty of the input. `RealNArray` has the `Size` and the numbers, the first index running fastest. How complex numbers are stored is not
//! shown there, so they are refused. UncLib knows no units.

mod element;

use std::collections::BTreeMap;

use heng_quantity::Finding;
use heng_uncertainty::{Budget, Budgets, Component, Influence};

use self::element::Element;
use crate::uncertain::{Archive, LARGEST};

/// Whether the bytes look like a file of UncLib at all.
pub fn is_archive(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1 << 12)).unwrap_or_default();
    let has = |wanted: &[u8]| start.windows(wanted.len()).any(|window| window == wanted);
    has(b"<RealNArray") || has(b"<UncNumber") || has(b"<ComplexNArray") || has(b"<Complex")
}

/// Reads a file: a number is the result `x`, an array of one row or column has `x[1]`, `x[2]` …, any other `x[1,1]`, `x[2,1]` ….
pub fn read(bytes: &[u8]) -> Archive {
    if bytes.len() > LARGEST {
        return Archive::refused(Finding::error("archive-too-large").with("limit", LARGEST >> 20));
    }
    let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) else {
        return Archive::refused(Finding::error("archive-not-utf8"));
    };
    let mut reading = Reading::default();
    let read = element::root(text).and_then(|root| reading.root(&root));
    let Reading { influences, results, mut findings } = reading;
    match read {
        Ok(()) => {
            let influences = influences.into_values().collect();
            Archive { budgets: Budgets { influences, correlations: Vec::new(), results }.summed(), findings }
        }
        Err(finding) => {
            findings.push(finding);
            Archive { budgets: Budgets::default(), findings }
        }
    }
}

#[derive(Default)]
struct Reading {
    influences: BTreeMap<String, Influence>,
    results: Vec<Budget>,
    findings: Vec<Finding>,
}

impl Reading {
    fn root(&mut self, root: &Element) -> Result<(), Finding> {
        match root.name.as_str() {
            "UncNumber" => self.number(root, "x".to_owned()),
            "RealNArray" => self.array(root),
            name => Err(root.finding("unclib-root").with("name", name)),
        }
    }

    fn array(&mut self, array: &Element) -> Result<(), Finding> {
        self.known(array, &["NDims", "Size", "Data"]);
        let size = array.child("Size")?;
        self.known(size, &["int"]);
        let mut sides = Vec::new();
        for side in size.children("int") {
            let wrong = || side.finding("unclib-size").with("text", &side.text);
            sides.push(side.text.trim().parse::<usize>().map_err(|_| wrong())?);
        }
        let data = array.child("Data")?;
        self.known(data, &["UncNumber"]);
        let numbers: Vec<&Element> = data.children("UncNumber").collect();
        let count = sides.iter().try_fold(1_usize, |count, side| count.checked_mul(*side));
        if sides.is_empty() || count != Some(numbers.len()) {
            let stated = sides.iter().map(usize::to_string).collect::<Vec<_>>().join(" × ");
            return Err(size.finding("unclib-size").with("text", stated));
        }
        for (place, number) in numbers.into_iter().enumerate() {
            self.number(number, name(place, &sides))?;
        }
        Ok(())
    }

    fn number(&mut self, number: &Element, result: String) -> Result<(), Finding> {
        self.known(number, &["Value", "Dependencies"]);
        let estimate = double(number.child("Value")?)?;
        let mut components: BTreeMap<String, f64> = BTreeMap::new();
        // A number known exactly depends on nothing.
        let dependencies: Vec<&Element> = number.children("Dependencies").collect();
        for dependencies in &dependencies {
            self.known(dependencies, &["DependsOn"]);
            for depends in dependencies.children("DependsOn") {
                self.known(depends, &["Input", "Jacobi"]);
                let identity = self.input(depends.child("Input")?)?;
                *components.entry(identity).or_default() += double(depends.child("Jacobi")?)?;
            }
        }
        let components = components.into_iter().filter(|(_, component)| *component != 0.0);
        self.results.push(Budget {
            result,
            unit: None,
            estimate,
            standard_uncertainty: 0.0,
            degrees_of_freedom: f64::INFINITY,
            components: components.map(|(identity, component)| Component { identity, component }).collect(),
        });
        Ok(())
    }

    /// The identity of a base input, which is kept.
    fn input(&mut self, input: &Element) -> Result<String, Finding> {
        self.known(input, &["Id", "Description", "IDof"]);
        let id = input.child("Id")?;
        let is_id = |text: &str| {
            !text.is_empty() && text.split('-').all(|byte| byte.len() == 2 && u8::from_str_radix(byte, 16).is_ok())
        };
        let stated = id.text.trim().to_uppercase();
        if !is_id(&stated) {
            return Err(id.finding("unclib-id").with("text", &id.text));
        }
        let inverse = input.child("IDof")?;
        let degrees_of_freedom = match double(inverse)? {
            0.0 => f64::INFINITY,
            positive if positive > 0.0 => 1.0 / positive,
            _ => return Err(inverse.finding("unclib-degrees").with("text", &inverse.text)),
        };
        let identity = format!("unclib:{stated}");
        let description = input.children("Description").next().map(|one| one.text.trim().to_owned());
        let label = description.filter(|text| !text.is_empty()).unwrap_or_else(|| stated.clone());
        let known = self.influences.entry(identity.clone()).or_insert_with(|| Influence {
            identity: identity.clone(),
            label,
            evaluation: None,
            degrees_of_freedom,
        });
        if known.degrees_of_freedom.total_cmp(&degrees_of_freedom).is_ne() {
            return Err(inverse.finding("unclib-input-differs").with("id", stated));
        }
        Ok(identity)
    }

    /// Says which elements are not understood.
    fn known(&mut self, element: &Element, known: &[&str]) {
        for inner in element.inner.iter().filter(|inner| !known.contains(&inner.name.as_str())) {
            let part = format!("{}/{}", element.name, inner.name);
            self.findings.push(
                Finding { severity: heng_quantity::Severity::Warning, ..inner.finding("archive-not-understood") }
                    .with("part", part),
            );
        }
    }
}

/// A double as .NET writes it, for any language; INF and NaN are none that can be used.
fn double(element: &Element) -> Result<f64, Finding> {
    let number: Option<f64> = element.text.trim().parse().ok();
    number
        .filter(|number| number.is_finite())
        .ok_or_else(|| element.finding("unclib-number").with("text", &element.text))
}

/// The name of the element at a place, the first index running fastest.
fn name(place: usize, sides: &[usize]) -> String {
    if sides.iter().filter(|side| **side > 1).count() <= 1 {
        return format!("x[{}]", place + 1);
    }
    let mut rest = place;
    let mut indices = Vec::new();
    for side in sides {
        indices.push((rest % side + 1).to_string());
        rest /= side;
    }
    format!("x[{}]", indices.join(","))
}
