//! From the JSON of an archive to budgets.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Finding;
use heng_uncertainty::{Budget, Budgets, Component, Influence, InfluenceCorrelation};

use super::document::{Document, Leaf, Number, Uid, Vector};
use crate::uncertain::Archive;

/// What old versions write where there is no label.
const NO_LABEL: &str = "None";

/// The budgets, with the findings so far and those that come.
pub(super) fn archive(document: Document, mut findings: Vec<Finding>) -> Archive {
    if document.class != "Archive" {
        return Archive::refused(Finding::error("gtc-class").with("class", &document.class));
    }
    if let Some(version) = document.version.as_deref().filter(|version| !super::is_known(version)) {
        findings.push(Finding::warning("gtc-version").with("version", version));
    }
    match budgets(&document) {
        Ok(budgets) => Archive { budgets: budgets.summed(), findings },
        Err(finding) => {
            findings.push(finding);
            Archive { budgets: Budgets::default(), findings }
        }
    }
}

fn budgets(document: &Document) -> Result<Budgets, Finding> {
    let leaves: BTreeMap<&Uid, &Leaf> = document.leaf_nodes.values().map(|leaf| (&leaf.uid, leaf)).collect();
    let mut results = Vec::new();
    let real = [&document.tagged_real, &document.tagged, &document.tagged_reals, &document.untagged_real];
    let tagged = document.tagged_real.iter().chain(&document.tagged);
    for (tag, number) in tagged.filter(|(_, number)| number.class != "Complex") {
        results.push(budget(tag, tag, number, &leaves)?);
    }
    let complex =
        document.tagged_complex.iter().chain(&document.tagged).filter(|(_, number)| number.class == "Complex");
    for (tag, number) in complex {
        for (ending, name) in [("re", &number.n_re), ("im", &number.n_im)] {
            let missing = || Finding::error("gtc-part-missing").with("tag", tag).with("part", ending);
            let name = name.as_ref().ok_or_else(missing)?;
            let part = real.iter().find_map(|numbers| numbers.get(name)).ok_or_else(missing)?;
            results.push(budget(&format!("{tag}.{ending}"), tag, part, &leaves)?);
        }
    }
    let used: BTreeSet<&str> =
        results.iter().flat_map(|budget: &Budget| &budget.components).map(|one| one.identity.as_str()).collect();
    let mut influences = Vec::new();
    let mut correlations = Vec::new();
    let (tags, said) = (tags(document), said(&leaves));
    for leaf in leaves.values() {
        let identity = identity(&leaf.uid);
        if !used.contains(identity.as_str()) {
            continue;
        }
        let degrees_of_freedom = leaf.df.unwrap_or(f64::INFINITY);
        if degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
            return Err(Finding::error("gtc-leaf").with("uid", &leaf.uid.0));
        }
        influences.push(Influence { label: label(leaf, &tags), evaluation: None, degrees_of_freedom, identity });
        correlations.extend(correlated(leaf, &leaves, &said, &used)?);
    }
    Ok(Budgets { influences, correlations, results })
}

fn identity(uid: &Uid) -> String {
    format!("gtc:{}", uid.0)
}

/// Its label, else the tag that it has itself, else its number within its session.
fn label(leaf: &Leaf, tags: &BTreeMap<&Uid, &String>) -> String {
    let stated = leaf.label.as_ref().filter(|label| !label.is_empty() && *label != NO_LABEL);
    stated.or_else(|| tags.get(&leaf.uid).copied()).cloned().unwrap_or_else(|| leaf.uid.0.clone())
}

/// The first tag of each elementary number.
fn tags(document: &Document) -> BTreeMap<&Uid, &String> {
    let numbers = document.tagged_real.iter().chain(&document.tagged).chain(&document.tagged_reals);
    let mut tags = BTreeMap::new();
    for (tag, number) in numbers.filter(|(_, number)| number.class == "ElementaryReal") {
        if let Some(uid) = &number.uid {
            tags.entry(uid).or_insert(tag);
        }
    }
    tags
}

/// Who states which r with whom; what is no identifier is told where it stands.
fn said<'a>(leaves: &BTreeMap<&'a Uid, &'a Leaf>) -> BTreeSet<(&'a Uid, Uid, u64)> {
    let pairs = leaves.values().flat_map(|leaf| leaf.correlation.iter().map(move |(other, r)| (leaf, other, r)));
    pairs.filter_map(|(leaf, other, r)| Some((&leaf.uid, Uid::parsed(other)?, r.to_bits()))).collect()
}

/// One tagged number: `tag` is how the archive calls it, for findings.
fn budget(result: &str, tag: &str, number: &Number, leaves: &BTreeMap<&Uid, &Leaf>) -> Result<Budget, Finding> {
    let wrong = || Finding::error("gtc-number").with("tag", tag).with("class", &number.class);
    let mut components: BTreeMap<&Uid, f64> = BTreeMap::new();
    let estimate = match (number.class.as_str(), number.x, &number.uid) {
        ("ElementaryReal", Some(x), Some(uid)) => {
            components.insert(uid, leaves.get(uid).ok_or_else(wrong)?.u);
            x
        }
        ("IntermediateReal", ..) => {
            let vectors = [number.u_components.as_ref(), number.d_components.as_ref()];
            for Vector { index, value } in vectors.into_iter().flatten() {
                if index.len() != value.len() {
                    return Err(wrong());
                }
                for (uid, component) in index.iter().zip(value) {
                    if !leaves.contains_key(uid) {
                        return Err(Finding::error("gtc-leaf-missing").with("tag", tag).with("uid", &uid.0));
                    }
                    *components.entry(uid).or_default() += *component;
                }
            }
            number.value.ok_or_else(wrong)?
        }
        _ => return Err(wrong()),
    };
    let components = components.into_iter().filter(|(_, component)| *component != 0.0);
    Ok(Budget {
        result: result.to_owned(),
        unit: None,
        estimate,
        standard_uncertainty: 0.0,
        degrees_of_freedom: f64::INFINITY,
        components: components.map(|(uid, component)| Component { identity: identity(uid), component }).collect(),
    })
}

/// The correlations that a leaf states with those behind it: both leaves of a pair state it.
fn correlated(
    leaf: &Leaf,
    leaves: &BTreeMap<&Uid, &Leaf>,
    said: &BTreeSet<(&Uid, Uid, u64)>,
    used: &BTreeSet<&str>,
) -> Result<Vec<InfluenceCorrelation>, Finding> {
    let mut all = Vec::new();
    for (other, coefficient) in &leaf.correlation {
        let wrong = || Finding::error("gtc-correlation").with("uid", &leaf.uid.0).with("other", other);
        let other = Uid::parsed(other).ok_or_else(wrong)?;
        if other == leaf.uid {
            continue;
        }
        leaves.get(&other).ok_or_else(wrong)?;
        let is_said_twice = said.contains(&(&other, leaf.uid.clone(), coefficient.to_bits()));
        if !is_said_twice || !(-1.0..=1.0).contains(coefficient) {
            return Err(wrong());
        }
        if leaf.uid < other && used.contains(identity(&other).as_str()) {
            let between = [identity(&leaf.uid), identity(&other)];
            all.push(InfluenceCorrelation { between, coefficient: *coefficient });
        }
    }
    Ok(all)
}
