//! Rounding of a value and its uncertainty by a named rule.

use serde::{Deserialize, Serialize};

/// A named rounding rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingRule {
    /// JCGM 100:2008, 7.2.6: at most two significant digits of uncertainty, rounded to nearest, ties to even.
    #[serde(rename = "gum-7.2.6")]
    Gum726,
    /// JJF 1059.1-2012: one or two significant digits of uncertainty, rounded to nearest or up.
    #[serde(rename = "jjf-1059.1")]
    Jjf10591,
    /// GB/T 8170-2008: round half to even.
    #[serde(rename = "gb-t-8170")]
    Gbt8170,
}
