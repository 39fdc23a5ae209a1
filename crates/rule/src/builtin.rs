//! The rule files of this project, compiled in; a test compares the list with the folder.

use std::collections::BTreeMap;

use crate::Rule;
use crate::rule::ParseRuleError;

/// The bytes of every rule file of `rules/`.
pub const FILES: [&[u8]; 16] = [
    include_bytes!("../../../rules/calibration-of-a-standard/rule.toml"),
    include_bytes!("../../../rules/gauge-block-calibration/rule.toml"),
    include_bytes!("../../../rules/jjg-1148-2022/rule.toml"),
    include_bytes!("../../../rules/jjg-1149-2022/rule.toml"),
    include_bytes!("../../../rules/jjg-443-2023/rule.toml"),
    include_bytes!("../../../rules/jjg-52-2013/rule.toml"),
    include_bytes!("../../../rules/jjg-539-2016/rule.toml"),
    include_bytes!("../../../rules/jjg-596-2012/rule.toml"),
    include_bytes!("../../../rules/jjg-99-2022/rule.toml"),
    include_bytes!("../../../rules/mass-calibration/rule.toml"),
    include_bytes!("../../../rules/realisation-of-the-unit/rule.toml"),
    include_bytes!("../../../rules/reference-solution-preparation/rule.toml"),
    include_bytes!("../../../rules/thermal-expansion-calibration/rule.toml"),
    include_bytes!("../../../rules/thermometer-calibration/rule.toml"),
    include_bytes!("../../../rules/thermometer-line-calibration/rule.toml"),
    include_bytes!("../../../rules/weight-in-air-calibration/rule.toml"),
];

/// Rules by identifier, each with the bytes that its hash is of.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    rules: BTreeMap<String, (Rule, Vec<u8>)>,
}

impl RuleSet {
    /// Adds a rule file.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), ParseRuleError> {
        let (rule, _) = Rule::parse(bytes)?;
        self.rules.insert(rule.id().to_owned(), (rule, bytes.to_vec()));
        Ok(())
    }

    /// The rule with this identifier.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.get(id).map(|(rule, _)| rule)
    }

    /// The bytes of the rule with this identifier.
    pub fn bytes(&self, id: &str) -> Option<&[u8]> {
        self.rules.get(id).map(|(_, bytes)| bytes.as_slice())
    }

    /// Every rule, by identifier.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().map(|(rule, _)| rule)
    }
}

/// The rules of this project.
pub fn builtin() -> Result<RuleSet, ParseRuleError> {
    let mut rules = RuleSet::default();
    for bytes in FILES {
        rules.add(bytes)?;
    }
    Ok(rules)
}
