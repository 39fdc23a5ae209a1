//! What the figures of a plan are counted in.

use std::fmt;

/// What a figure of a plan is counted in. Unlike ones are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanUnit {
    /// So many things.
    Count,
    /// A share, in percent.
    Percent,
    /// Minutes.
    Minute,
    /// Yuan.
    Yuan,
    /// Nothing that can be counted.
    None,
}

impl PlanUnit {
    /// The unit with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Count, Self::Percent, Self::Minute, Self::Yuan, Self::None].into_iter().find(|unit| unit.code() == name)
    }

    /// Its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Minute => "minute",
            Self::Yuan => "yuan",
            Self::None => "none",
        }
    }

    /// The least and the greatest that such a figure can be.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Percent => (0.0, 100.0),
            Self::Count | Self::Minute | Self::Yuan => (0.0, f64::INFINITY),
            Self::None => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

impl fmt::Display for PlanUnit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
