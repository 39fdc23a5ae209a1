//! Units of measurement as D-SI 2.2 expressions: parsed, printed, multiplied, converted and named.

mod conversion;
mod dimension;
mod exponent;
mod factor;
mod names;
mod outside;
mod parse;
mod prefix;
mod read;
mod symbol;
mod table;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use conversion::{Conversion, UnitMismatch};
pub use dimension::{BaseQuantity, Dimension};
pub use exponent::{Exponent, ParseExponentError};
pub(crate) use names::raised;
pub use parse::{ParseUnitError, UnitFault};
pub use read::read;
pub use symbol::{SymbolFault, from_symbol};
pub(crate) use symbol::{from_name, with_other_case};

use factor::{Atom, Factor};
use prefix::Prefix;
use table::{Entry, Prefixes, Size};

/// A unit of measurement (VIM 1.9), written as a D-SI expression such as `\kilogram\metre\tothe{-3}`.
///
/// `==` compares the expressions: `\metre\metre` and `\metre\tothe{2}` are different, yet equivalent
/// ([`Unit::is_equivalent`]). Every unit prints as an expression that reads back as the same unit.
///
/// ```
/// use heng_quantity::Unit;
///
/// let density: Unit = r"\kilogram\per\metre\tothe{3}".parse()?;
/// assert_eq!(density.to_string(), r"\kilogram\metre\tothe{-3}");
/// assert_eq!(density.symbol(), "kg·m⁻³");
/// assert_eq!(density.name_zh(), "千克每立方米");
/// assert_eq!(density.name_en(), "kilogram per cubic metre");
/// # Ok::<(), heng_quantity::unit::ParseUnitError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    components: Vec<Component>,
}

/// One prefix, one unit, one exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Component {
    prefix: Option<&'static Prefix>,
    entry: &'static Entry,
    exponent: Exponent,
}

/// The unit would have more parts, or higher exponents, than any measurement needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the unit is beyond what is computed with")]
pub struct UnitBeyondBounds;

/// Why a unit may be used in China (法定计量单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// 《国务院关于在我国统一实行法定计量单位的命令》 (1984-02-27), 表 1: base units of the SI.
    Order1984Table1,
    /// The same order, 表 2: radian and steradian.
    Order1984Table2,
    /// The same order, 表 3: derived units with special names.
    Order1984Table3,
    /// The same order, 表 4: units outside the SI chosen by the state.
    Order1984Table4,
    /// The same order, 表 5: prefixes.
    Order1984Table5,
    /// 国家技术监督局、国家土地管理局、农业部, announcement of 1990-12-28 on units of land area: hectare.
    Announcement1990,
    /// GB 3100-1993: prefixes beyond those of the order.
    Gb3100,
    /// GB 3101-1993: the unit one and its written forms.
    Gb3101,
}

const MOST_COMPONENTS: usize = 32;
const LARGEST_EXPONENT_SUM: i64 = 200;
const LARGEST_COMMON_DENOMINATOR: i64 = 1_000;

impl Unit {
    /// The unit one, `\one`.
    pub fn one() -> Self {
        Self { components: table::named("one").map(Component::plain).into_iter().collect() }
    }

    /// The dimension; degrees Celsius have that of the kelvin.
    pub fn dimension(&self) -> Dimension {
        let mut dimension = Dimension::default();
        for component in &self.components {
            for (quantity, power) in component.entry.dimension {
                dimension.multiply(*quantity, Exponent::from(*power) * component.exponent);
            }
        }
        dimension
    }

    /// Whether both units measure the same size of the same dimension and zero, so that numbers need no conversion.
    pub fn is_equivalent(&self, other: &Self) -> bool {
        self.conversion_to(other).is_ok_and(|conversion| conversion.is_identity())
    }

    /// Whether the unit has a zero of its own, as the bare degree Celsius has.
    pub fn is_affine(&self) -> bool {
        matches!(self.components.as_slice(), [only] if only.entry.name == "degreecelsius" && only.exponent.is_one())
    }

    /// The unit of differences between values in this unit: kelvin for degree Celsius, else the unit itself.
    pub fn of_difference(&self) -> Self {
        match table::named("kelvin") {
            Some(kelvin) if self.is_affine() => Self { components: vec![Component::plain(kelvin)] },
            _ => self.clone(),
        }
    }

    /// self · other. Equal units merge; units of different prefix stay as they are.
    pub fn product(&self, other: &Self) -> Result<Self, UnitBeyondBounds> {
        Self::merged(self.components.iter().chain(&other.components).copied())
    }

    /// self ∕ other.
    pub fn quotient(&self, other: &Self) -> Result<Self, UnitBeyondBounds> {
        let reciprocal = other.components.iter().map(|component| component.raised(-component.exponent));
        Self::merged(self.components.iter().copied().chain(reciprocal))
    }

    /// self^exponent.
    pub fn power(&self, exponent: Exponent) -> Result<Self, UnitBeyondBounds> {
        let raised: Vec<_> =
            self.components.iter().map(|component| component.raised(component.exponent * exponent)).collect();
        Self::merged(raised)
    }

    /// Why the unit may be used in China, one basis for each prefix and unit in it; none where a part has no basis.
    pub fn legal_bases(&self) -> Option<Vec<LegalBasis>> {
        let parts = self.components.iter().flat_map(|component| {
            std::iter::once(component.entry.legal).chain(component.prefix.map(|prefix| prefix.legal))
        });
        let mut bases = parts.collect::<Option<Vec<_>>>()?;
        bases.sort_unstable();
        bases.dedup();
        Some(bases)
    }

    /// The identifier in the SI Reference Point of the BIPM, for a unit that it lists by name.
    pub fn reference_point(&self) -> Option<String> {
        match self.components.as_slice() {
            [only] if only.prefix.is_none() && only.exponent.is_one() => {
                only.entry.reference.map(|name| format!("https://si-digital-framework.org/SI/units/{name}"))
            }
            _ => None,
        }
    }

    fn merged(components: impl IntoIterator<Item = Component>) -> Result<Self, UnitBeyondBounds> {
        let mut merged: Vec<Component> = Vec::new();
        for component in components {
            if component.entry.name == "one" {
                continue;
            }
            match merged.iter_mut().find(|known| known.prefix == component.prefix && known.entry == component.entry) {
                Some(known) => {
                    let sum = known.exponent + component.exponent;
                    known.exponent = sum.within_bounds().ok_or(UnitBeyondBounds)?;
                }
                None => merged.push(component),
            }
        }
        let parts = merged
            .into_iter()
            .filter(|component| !component.exponent.is_zero())
            .map(Component::spelt_out)
            .collect::<Result<Vec<_>, _>>()?
            .concat();
        if parts.is_empty() { Ok(Self::one()) } else { Self::from_components(parts) }
    }

    /// Checks the bounds, and puts what takes no exponent, and stands below the line, at the end behind one `\per`.
    fn from_components(components: Vec<Component>) -> Result<Self, UnitBeyondBounds> {
        let (mut sum, mut denominator) = (0, 1);
        for component in &components {
            let exponent = component.exponent.within_bounds().ok_or(UnitBeyondBounds)?;
            sum += exponent.abs().numerator() / exponent.denominator() + 1;
            denominator = num_integer::lcm(denominator, exponent.denominator());
            if denominator > LARGEST_COMMON_DENOMINATOR {
                return Err(UnitBeyondBounds);
            }
        }
        if components.is_empty() || components.len() > MOST_COMPONENTS || sum > LARGEST_EXPONENT_SUM {
            return Err(UnitBeyondBounds);
        }
        let (below, mut ordered): (Vec<_>, Vec<_>) = components.into_iter().partition(Component::needs_per);
        if ordered.is_empty() {
            ordered = Self::one().components;
        }
        ordered.extend(below);
        Ok(Self { components: ordered })
    }

    fn factor(&self) -> Factor {
        let mut factor = Factor::default();
        for component in &self.components {
            component.multiply_into(&mut factor);
        }
        factor
    }
}

impl Component {
    fn plain(entry: &'static Entry) -> Self {
        Self { prefix: None, entry, exponent: Exponent::ONE }
    }

    fn raised(&self, exponent: Exponent) -> Self {
        Self { exponent, ..*self }
    }

    fn takes_exponent(&self) -> bool {
        self.entry.prefixes != Prefixes::NoneNorExponent
    }

    fn needs_per(&self) -> bool {
        !self.takes_exponent() && self.exponent.is_negative()
    }

    /// `\percent` takes no exponent: its square is `\percent\percent`, and it has no root.
    fn spelt_out(self) -> Result<Vec<Self>, UnitBeyondBounds> {
        if self.takes_exponent() {
            return Ok(vec![self]);
        }
        if !self.exponent.is_integer() {
            return Err(UnitBeyondBounds);
        }
        let sign = if self.exponent.is_negative() { -Exponent::ONE } else { Exponent::ONE };
        let count = usize::try_from(self.exponent.numerator().abs()).map_err(|_| UnitBeyondBounds)?;
        Ok(vec![self.raised(sign); count])
    }

    fn multiply_into(&self, factor: &mut Factor) {
        if let Some(prefix) = self.prefix {
            factor.multiply_whole(prefix.base, Exponent::from(prefix.power) * self.exponent);
        }
        match self.entry.size {
            Size::Exact { numerator, denominator, power, pi } => {
                factor.multiply_whole(numerator, self.exponent);
                factor.multiply_whole(denominator, -self.exponent);
                factor.multiply_whole(10, Exponent::from(power) * self.exponent);
                factor.multiply(Atom::Pi, Exponent::from(pi) * self.exponent);
            }
            Size::Measured(value) => factor.multiply(Atom::Measured(value), self.exponent),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut below = false;
        for component in &self.components {
            if component.needs_per() && !below {
                formatter.write_str("\\per")?;
                below = true;
            }
            if let Some(prefix) = component.prefix {
                write!(formatter, "\\{}", prefix.name)?;
            }
            write!(formatter, "\\{}", component.entry.name)?;
            if !component.exponent.is_one() && !below {
                write!(formatter, "\\tothe{{{}}}", component.exponent)?;
            }
        }
        Ok(())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
