//! The document `heng-model/1`: a measurement model with what is known of its inputs.

mod from;
mod grouped;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use heng_quantity::{Finding, Position, Reported, Unit, text};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use self::from::FromText;
pub use self::from::{Origin, Taken};
use crate::anova::VarianceAnalysis;
use crate::conformity::ToleranceInterval;
use crate::constants::constants;
use crate::correlation::Correlations;
use crate::document::{self, place};
use crate::influence::{Budgets, Clash, Influence, Joined, Own, joined};
use crate::input::{Input, Shape};
use crate::linear::OutputEvaluation;
use crate::model::Model;
pub use grouped::GROUPS_SIGNIFICANCE;
use grouped::{GroupText, grouped};

/// The one version there is.
const FORMAT: &str = "heng-model/1";

/// p where none is stated; JCGM 100:2008, 7.2.4 and G.1.3 give intervals of about 95 %.
const USUAL_PROBABILITY: f64 = 0.95;

/// A model with its inputs, ready to be evaluated.
pub struct ModelFile {
    /// What it is called; nothing is computed from it.
    pub title: Option<String>,
    /// Where it is from, for people.
    pub origin: Option<String>,
    /// The model.
    pub model: Model,
    /// Its inputs; in place of those from files the influences that these rest on, each once.
    pub inputs: Vec<Input>,
    /// Their correlations.
    pub correlations: Correlations,
    /// p.
    pub coverage_probability: f64,
    /// Which thing an input is, where the file says so: one identity is one quantity, in whatever model.
    pub identities: BTreeMap<String, String>,
    /// The analysis of variance of each input that was observed in groups, in the unit of the input.
    pub analyses: BTreeMap<String, VarianceAnalysis>,
    /// The inputs from files.
    pub taken: Vec<Taken>,
    /// The influences from files, by the name of their input.
    influences: BTreeMap<String, Influence>,
    /// Limits of results, as stated.
    specifications: BTreeMap<Spanned<String>, SpecificationText>,
    source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: Spanned<String>,
    model: Spanned<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    coverage_probability: Option<Spanned<f64>>,
    inputs: BTreeMap<Spanned<String>, Given>,
    #[serde(default)]
    correlations: Vec<CorrelationText>,
    /// Groups of inputs whose observations were made together.
    #[serde(default)]
    simultaneous: Vec<Spanned<Vec<String>>>,
    #[serde(default)]
    specifications: BTreeMap<Spanned<String>, SpecificationText>,
}

/// One quantity, or the elements of a vector in their order.
enum Given {
    One(Box<InputText>),
    Vector(Vec<InputText>),
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

/// Tells a table from a list of tables, so that what is wrong inside is said of the table.
struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an evaluation or a list of evaluations")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Given, A::Error> {
        InputText::deserialize(MapAccessDeserializer::new(map)).map(|one| Given::One(Box::new(one)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Given, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Given::Vector)
    }
}

/// Every input by its name, `x[1]`, `x[2]` … for the elements of a vector.
fn named(inputs: BTreeMap<Spanned<String>, Given>) -> Vec<(Spanned<String>, InputText)> {
    let mut all = Vec::new();
    for (name, given) in inputs {
        match given {
            Given::One(one) => all.push((name, *one)),
            Given::Vector(elements) => {
                let element = |place: usize| Spanned::new(name.span(), format!("{}[{}]", name.get_ref(), place + 1));
                all.extend(elements.into_iter().enumerate().map(|(place, one)| (element(place), one)));
            }
        }
    }
    all
}

/// Limits of a result; at least one of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpecificationText {
    lower: Option<Spanned<String>>,
    upper: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputText {
    /// Which thing it is, such as the number of a certificate; inputs from files that rest on it are correlated with it.
    identity: Option<String>,
    /// A result of a file, in place of an evaluation.
    from: Option<Spanned<FromText>>,
    value: Option<Spanned<String>>,
    /// That its uncertainty is zero, which is not the same as unknown.
    #[serde(default)]
    exact: bool,
    #[serde(default)]
    observations: Vec<Spanned<String>>,
    #[serde(default)]
    earlier_observations: Vec<Vec<Spanned<String>>>,
    pooled_standard_deviation: Option<Spanned<String>>,
    standard_uncertainty: Option<Spanned<String>>,
    expanded_uncertainty: Option<Spanned<String>>,
    coverage_factor: Option<f64>,
    half_width: Option<Spanned<String>>,
    top_ratio: Option<f64>,
    limit_half_width: Option<Spanned<String>>,
    limits: Option<Spanned<[Spanned<String>; 2]>>,
    scale: Option<Spanned<String>>,
    shape: Option<f64>,
    distribution: Option<DistributionText>,
    degrees_of_freedom: Option<Spanned<f64>>,
    /// Observations in groups, such as days, that may differ among each other.
    #[serde(default)]
    groups: Vec<GroupText>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DistributionText {
    Uniform,
    Triangular,
    Arcsine,
    Trapezoid,
    CurvilinearTrapezoid,
    T,
    Exponential,
    Gamma,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrelationText {
    between: Spanned<[String; 2]>,
    coefficient: f64,
}

/// The text of a document, to say where something is wrong.
struct Source {
    text: String,
    /// Where the text of the model begins in it; at its quotation mark where escapes hide the place.
    model: Position,
}

impl Source {
    /// What is wrong with this part of the text; `length` is of its first line.
    fn finding(&self, code: &str, span: Range<usize>) -> Finding {
        let stated = self.text.get(span.clone()).and_then(|stated| stated.lines().next()).unwrap_or_default();
        Finding::error(code).at(place(&self.text, span.start)).with("length", stated.chars().count())
    }

    /// A quantity as people write it: number, blank, unit.
    fn quantity(&self, stated: &Spanned<String>) -> Result<Reported, Finding> {
        text::parse(stated.get_ref())
            .map_err(|_| self.finding("model-quantity", stated.span()).with("text", stated.get_ref()))
    }

    /// The number of a width or an uncertainty in the unit of its input.
    fn width(&self, stated: &Spanned<String>, unit: &Unit) -> Result<f64, Finding> {
        let quantity = self.quantity(stated)?;
        let wrong = || self.finding("model-width", stated.span()).with("text", stated.get_ref());
        let conversion = quantity.unit.of_difference().conversion_to(&unit.of_difference()).map_err(|_| wrong())?;
        let number = heng_quantity::decimal::rational_to_f64(&(quantity.value.to_rational() * conversion.factor()));
        if number >= 0.0 { Ok(number) } else { Err(wrong()) }
    }
}

impl ModelFile {
    /// Reads a document; a finding says what is wrong and where: its position, and in `length` how many characters from there.
    ///
    /// ```
    /// use heng_uncertainty::ModelFile;
    ///
    /// let text = "format = 'heng-model/1'\nmodel = 'y = a'\n[inputs.a]\nvalue = '1,5 mm'\n";
    /// let finding = ModelFile::parse(text).err().unwrap();
    /// assert_eq!((finding.code.as_str(), finding.position.unwrap().line), ("model-quantity", 4));
    /// let file = ModelFile::parse(&text.replace(',', "."))?;
    /// assert_eq!(file.inputs[0].estimate, 1.5);
    /// # Ok::<(), heng_quantity::Finding>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Finding> {
        Self::parse_within(text, usize::MAX)
    }

    /// The same of a document with at most so many inputs, the elements of vectors counted.
    ///
    /// Inputs from files are refused: there are none at hand.
    pub fn parse_within(text: &str, most_inputs: usize) -> Result<Self, Finding> {
        Self::parse_with(text, most_inputs, &|_| Err(Finding::error("model-from-no-files")))
    }

    /// The same of a document whose inputs may come from files; `budgets` gives what such a file says of its results. Each influence that an input
    /// from a file rests on counts as an input.
    ///
    /// A result from a file stands in the model for the influences that it was found from: y = y₀ + Σ cₖ (zₖ − zₖ₀). So two results that rest on
    /// one influence are correlated, the difference of a result and itself is 0 ± 0, and ν_eff is that of all influences.
    ///
    /// Source: JCGM 100:2008, 5.1.2 (10), F.1.2.3 (covariance of quantities that share an input), H.1 to H.5 for the practice; what it is called
    /// in others' programs: GTC, archives of uncertain numbers.
    pub fn parse_with(
        text: &str,
        most_inputs: usize,
        budgets: &dyn Fn(&Origin) -> Result<Arc<Budgets>, Finding>,
    ) -> Result<Self, Finding> {
        let document: Document = toml::from_str(text).map_err(|error| document::finding(text, &error))?;
        let span = document.model.span();
        let stated = text.get(span.clone()).and_then(|stated| stated.find(document.model.get_ref().as_str()));
        let source = Source { text: text.to_owned(), model: place(text, span.start + stated.unwrap_or(0)) };
        if document.format.get_ref() != FORMAT {
            return Err(source.finding("model-format", document.format.span()).with("format", FORMAT));
        }
        let coverage_probability =
            document.coverage_probability.as_ref().map_or(USUAL_PROBABILITY, |stated| *stated.get_ref());
        if let Some(stated) = document.coverage_probability
            && !(coverage_probability > 0.0 && coverage_probability < 1.0)
        {
            return Err(source.finding("evaluation-probability", stated.span()));
        }
        let model = Model::parse(document.model.get_ref()).map_err(|error| error.finding(source.model))?;
        let stated = named(document.inputs);
        if let Some((name, _)) = stated.get(most_inputs) {
            return Err(source.finding("model-too-many-inputs", name.span()).with("limit", most_inputs));
        }
        if let Some((name, _)) = stated.iter().find(|(name, _)| Model::is_reserved(name.get_ref())) {
            return Err(source.finding("evaluation-name-reserved", name.span()).with("name", name.get_ref()));
        }
        let taken = from::taken(&source, &stated, budgets)?;
        if let Some(name) = from::beyond(&taken, most_inputs) {
            let span = stated.iter().find(|(stated, _)| stated.get_ref() == name).map_or(0..0, |(name, _)| name.span());
            return Err(source.finding("model-too-many-inputs", span).with("limit", most_inputs));
        }
        let own = stated
            .iter()
            .filter(|(_, stated)| stated.from.is_none())
            .map(|(name, stated)| Ok(Own { input: input(&source, name, stated)?, identity: stated.identity.clone() }));
        let own = own.collect::<Result<Vec<_>, Finding>>()?;
        let identity =
            |(name, stated): &(Spanned<String>, InputText)| Some((name.get_ref().clone(), stated.identity.clone()?));
        let analysed = stated.iter().filter(|(_, text)| !text.groups.is_empty());
        let analyses = analysed
            .map(|(name, text)| Ok((name.get_ref().clone(), grouped(&source, name, text)?.1)))
            .collect::<Result<_, Finding>>()?;
        let mut identities: BTreeMap<String, String> = stated.iter().filter_map(identity).collect();
        let clash = |Clash { input, identity }: Clash| {
            let name = stated.iter().find(|(name, _)| *name.get_ref() == input).map_or(0..0, |(name, _)| name.span());
            source.finding("model-identity-differs", name).with("input", input).with("identity", identity)
        };
        let Joined { inputs, substitutions, correlations: shared, influences } =
            joined(own, &from::found(&taken)).map_err(clash)?;
        for (name, influence) in &influences {
            identities.insert(name.clone(), influence.identity.clone());
        }
        let model = model.with_substitutions(substitutions).map_err(|error| error.finding(source.model))?;
        let model = model.unrolled(&inputs).map_err(|error| error.finding(source.model))?;
        let mut correlations = Correlations::none();
        for (one, other, r) in &shared {
            correlations = correlations.with(one, other, *r);
        }
        for correlation in &document.correlations {
            let [first, second] = correlation.between.get_ref();
            let known = |name: &String| inputs.iter().any(|input| input.name == *name);
            let of_file = |name: &&String| taken.iter().any(|(taken, _)| taken.name == **name);
            if let Some(name) = [first, second].into_iter().find(of_file) {
                let finding = source.finding("model-correlation-from", correlation.between.span());
                return Err(finding.with("input", name));
            }
            if !(known(first) && known(second)) || first == second || libm::fabs(correlation.coefficient) > 1.0 {
                return Err(source.finding("model-correlation", correlation.between.span()));
            }
            correlations = correlations.with(first, second, correlation.coefficient);
        }
        for group in &document.simultaneous {
            correlations = simultaneous(&source, &stated, group, correlations)?;
        }
        let specifications = document.specifications;
        if let Some(name) = specifications.keys().find(|name| !model.outputs().contains(name.get_ref())) {
            return Err(source.finding("model-specification", name.span()).with("result", name.get_ref()));
        }
        let title = document.title;
        let origin = document.source;
        Ok(Self {
            title,
            origin,
            model,
            inputs,
            correlations,
            coverage_probability,
            identities,
            analyses,
            taken: taken.into_iter().map(|(taken, _)| taken).collect(),
            influences,
            specifications,
            source,
        })
    }

    /// Where the text of the model begins; at its quotation mark where escapes hide the place.
    pub fn model_start(&self) -> Position {
        self.source.model
    }

    /// Which thing an input of a budget is: as the file or the file that it is from says, or a constant of the table.
    pub fn identity(&self, input: &str) -> Option<&str> {
        let constant = || constants().iter().find(|constant| constant.input_name() == input);
        self.identities.get(input).map(String::as_str).or_else(|| constant().map(|constant| constant.identity()))
    }

    /// The budgets of its results by the law of propagation, with identities; an input that has none is `OF#input`, where `of` names this
    /// very document.
    pub fn budgets(&self, outputs: &[OutputEvaluation], of: &str) -> Budgets {
        let identity = |input: &str| self.identity(input).map_or_else(|| format!("{of}#{input}"), ToOwned::to_owned);
        Budgets::of(outputs, &self.correlations, &identity, &|input| self.influences.get(input).cloned())
    }

    /// The tolerance interval of each result that has one, in the unit of the result.
    pub fn tolerances(&self, outputs: &[OutputEvaluation]) -> Result<Vec<(String, ToleranceInterval)>, Finding> {
        let of = |(name, stated): (&Spanned<String>, &SpecificationText)| {
            let output = outputs.iter().find(|output| output.name == *name.get_ref())?;
            let unit = &output.estimate.unit;
            Some(tolerance(&self.source, name, stated, unit).map(|tolerance| (output.name.clone(), tolerance)))
        };
        self.specifications.iter().filter_map(of).collect()
    }
}

fn tolerance(
    source: &Source,
    name: &Spanned<String>,
    stated: &SpecificationText,
    unit: &Unit,
) -> Result<ToleranceInterval, Finding> {
    let limit = |stated: &Spanned<String>| {
        let quantity = source.quantity(stated)?;
        let conversion = quantity.unit.conversion_to(unit).map_err(|_| {
            let finding = source.finding("model-specification-unit", stated.span());
            finding.with("text", stated.get_ref()).with("result", name.get_ref()).with("unit", unit.symbol())
        })?;
        Ok(conversion.value_f64(quantity.value.to_f64()))
    };
    let lower = stated.lower.as_ref().map(limit).transpose()?;
    let upper = stated.upper.as_ref().map(limit).transpose()?;
    let is_empty = match (lower, upper) {
        (None, None) => true,
        (Some(lower), Some(upper)) => lower > upper,
        _ => false,
    };
    if is_empty {
        return Err(source.finding("model-specification", name.span()).with("result", name.get_ref()));
    }
    Ok(ToleranceInterval { lower, upper })
}

/// The correlations of inputs that were observed together, beside those that are stated.
fn simultaneous(
    source: &Source,
    inputs: &[(Spanned<String>, InputText)],
    group: &Spanned<Vec<String>>,
    mut correlations: Correlations,
) -> Result<Correlations, Finding> {
    let wrong = || source.finding("model-simultaneous", group.span());
    let mut series = Vec::new();
    for name in group.get_ref() {
        let stated = inputs.iter().find(|(known, _)| known.get_ref() == name).map(|(_, stated)| stated);
        // A pooled standard deviation is of other observations than those that covary.
        let stated = stated.filter(|stated| stated.pooled_standard_deviation.is_none());
        let stated = stated.filter(|stated| stated.earlier_observations.is_empty()).ok_or_else(wrong)?;
        let numbers: Result<Vec<f64>, Finding> =
            stated.observations.iter().map(|one| Ok(source.quantity(one)?.value.to_f64())).collect();
        series.push((name.as_str(), numbers?));
    }
    if series.len() < 2 {
        return Err(wrong());
    }
    let borrowed: Vec<(&str, &[f64])> = series.iter().map(|(name, numbers)| (*name, numbers.as_slice())).collect();
    let observed = Correlations::of_observations(&borrowed).map_err(|_| wrong())?;
    for (place, (one, _)) in borrowed.iter().enumerate() {
        for (other, _) in borrowed.iter().skip(place + 1) {
            if one == other || correlations.coefficient(one, other) != 0.0 {
                return Err(wrong());
            }
            correlations = correlations.with(one, other, observed.coefficient(one, other));
        }
    }
    Ok(correlations)
}

fn input(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<Input, Finding> {
    let finding = |code| source.finding(code, name.span()).with("input", name.get_ref());
    if !stated.groups.is_empty() {
        return Ok(grouped(source, name, stated)?.0);
    }
    if !stated.observations.is_empty() {
        return observed(source, name, stated);
    }
    if stated.pooled_standard_deviation.is_some() || !stated.earlier_observations.is_empty() {
        return Err(finding("model-pooled"));
    }
    if let Some(limits) = &stated.limits {
        return limited(source, name, stated, limits);
    }
    if matches!(
        stated.distribution,
        Some(DistributionText::T | DistributionText::Exponential | DistributionText::Gamma)
    ) {
        return parametric(source, name, stated);
    }
    let Some(value) = &stated.value else { return Err(finding("model-no-value")) };
    let value = source.quantity(value)?;
    let width = |text: &Spanned<String>| source.width(text, &value.unit);
    let is_trapezoid =
        matches!(stated.distribution, Some(DistributionText::Trapezoid | DistributionText::CurvilinearTrapezoid));
    let has_stray = stated.scale.is_some()
        || stated.shape.is_some()
        || (!is_trapezoid && (stated.top_ratio.is_some() || stated.limit_half_width.is_some()));
    if has_stray {
        return Err(finding("model-evaluation"));
    }
    let shape = match (&stated.standard_uncertainty, &stated.expanded_uncertainty, &stated.half_width) {
        (None, None, None) if stated.coverage_factor.is_none() && stated.distribution.is_none() => {
            if stated.exact {
                Shape::Constant
            } else {
                Shape::Unknown
            }
        }
        (Some(u), None, None) if stated.coverage_factor.is_none() && stated.distribution.is_none() => {
            Shape::Normal { standard_uncertainty: width(u)? }
        }
        (None, Some(expanded), None) if stated.distribution.is_none() => match stated.coverage_factor {
            Some(factor) if factor > 0.0 => Shape::Normal { standard_uncertainty: width(expanded)? / factor },
            _ => return Err(finding("model-no-factor")),
        },
        (None, None, Some(half)) if stated.coverage_factor.is_none() => {
            let half_width = width(half)?;
            match stated.distribution {
                Some(DistributionText::Uniform) => Shape::Uniform { half_width },
                Some(DistributionText::Triangular) => Shape::Triangular { half_width },
                Some(DistributionText::Arcsine) => Shape::Arcsine { half_width },
                Some(DistributionText::Trapezoid) => match stated.top_ratio {
                    Some(top_ratio) if (0.0..=1.0).contains(&top_ratio) => Shape::Trapezoid { half_width, top_ratio },
                    _ => return Err(finding("model-no-distribution")),
                },
                Some(DistributionText::CurvilinearTrapezoid) => {
                    let Some(limit) = &stated.limit_half_width else {
                        return Err(finding("model-no-distribution"));
                    };
                    let limit_half_width = width(limit)?;
                    if limit_half_width > half_width {
                        return Err(finding("model-no-distribution"));
                    }
                    Shape::CurvilinearTrapezoid { half_width, limit_half_width }
                }
                _ => return Err(finding("model-no-distribution")),
            }
        }
        _ => return Err(finding("model-evaluation")),
    };
    if stated.exact && shape != Shape::Constant {
        return Err(finding("model-exact"));
    }
    let degrees_of_freedom = degrees_of_freedom(source, name, stated)?;
    let estimate = value.value.to_f64();
    Ok(Input { name: name.get_ref().clone(), estimate, unit: value.unit, shape, degrees_of_freedom })
}

/// ν, infinite where none is stated. Fewer than one say nothing of how large u is (JCGM 100:2008, 4.2.1: two observations at least).
fn degrees_of_freedom(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<f64, Finding> {
    let Some(degrees) = &stated.degrees_of_freedom else { return Ok(f64::INFINITY) };
    if degrees.get_ref().is_nan() || *degrees.get_ref() < 1.0 {
        return Err(source.finding("model-degrees", degrees.span()).with("input", name.get_ref()));
    }
    Ok(*degrees.get_ref())
}

impl InputText {
    fn has_no_evaluation(&self) -> bool {
        self.value.is_none()
            && self.observations.is_empty()
            && self.earlier_observations.is_empty()
            && self.pooled_standard_deviation.is_none()
            && self.distribution.is_none()
            && self.degrees_of_freedom.is_none()
            && self.has_no_width()
            && self.has_no_other_evaluation()
    }

    fn has_no_width(&self) -> bool {
        self.half_width.is_none()
            && self.limits.is_none()
            && self.scale.is_none()
            && self.shape.is_none()
            && self.top_ratio.is_none()
            && self.limit_half_width.is_none()
            && !self.exact
    }

    fn has_no_other_evaluation(&self) -> bool {
        self.standard_uncertainty.is_none()
            && self.expanded_uncertainty.is_none()
            && self.coverage_factor.is_none()
            && self.half_width.is_none()
            && self.top_ratio.is_none()
            && self.limit_half_width.is_none()
            && !self.exact
    }
}

/// Uniform between two limits, about their middle or about a stated value between them.
fn limited(
    source: &Source,
    name: &Spanned<String>,
    stated: &InputText,
    limits: &Spanned<[Spanned<String>; 2]>,
) -> Result<Input, Finding> {
    let finding = |code| source.finding(code, limits.span()).with("input", name.get_ref());
    let is_uniform = matches!(stated.distribution, None | Some(DistributionText::Uniform));
    let is_alone = stated.has_no_other_evaluation() && stated.scale.is_none() && stated.shape.is_none();
    if !(is_uniform && is_alone && stated.degrees_of_freedom.is_none()) {
        return Err(finding("model-evaluation"));
    }
    let [low, high] = limits.get_ref();
    let (low, high) = (source.quantity(low)?, source.quantity(high)?);
    let value = stated.value.as_ref().map(|value| source.quantity(value)).transpose()?;
    let unit = low.unit.clone();
    if high.unit != unit || value.as_ref().is_some_and(|value| value.unit != unit) {
        return Err(finding("model-limits"));
    }
    let (low, high) = (low.value.to_f64(), high.value.to_f64());
    let estimate = value.as_ref().map_or((low + high) / 2.0, |value| value.value.to_f64());
    if !(low <= estimate && estimate <= high) {
        return Err(finding("model-limits"));
    }
    let shape = match value {
        Some(_) => Shape::AsymmetricUniform { below: estimate - low, above: high - estimate },
        None => Shape::Uniform { half_width: (high - low) / 2.0 },
    };
    Ok(Input { name: name.get_ref().clone(), estimate, unit, shape, degrees_of_freedom: f64::INFINITY })
}

/// The scaled and shifted t, the exponential and the gamma distribution, by their parameters.
fn parametric(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<Input, Finding> {
    let finding = |code| source.finding(code, name.span()).with("input", name.get_ref());
    if !stated.has_no_other_evaluation() {
        return Err(finding("model-evaluation"));
    }
    let wrong = || finding("model-parameters");
    let value = stated.value.as_ref().map(|value| source.quantity(value)).transpose()?;
    let (estimate, unit, shape) = match (
        stated.distribution,
        value,
        &stated.scale,
        stated.shape,
        stated.degrees_of_freedom.as_ref().map(|one| *one.get_ref()),
    ) {
        (Some(DistributionText::T), Some(value), Some(scale), None, Some(degrees)) if degrees > 2.0 => {
            let scale = source.width(scale, &value.unit)?;
            (value.value.to_f64(), value.unit, Shape::Student { scale, degrees_of_freedom: degrees })
        }
        (Some(DistributionText::Exponential), Some(value), None, None, None) if value.value.to_f64() > 0.0 => {
            let mean = value.value.to_f64();
            (mean, value.unit, Shape::Exponential { mean })
        }
        (Some(DistributionText::Gamma), None, Some(scale), Some(shape), None) if shape > 0.0 && shape.is_finite() => {
            let scale = source.quantity(scale)?;
            let (unit, scale) = (scale.unit, scale.value.to_f64());
            if scale <= 0.0 {
                return Err(wrong());
            }
            (shape * scale, unit, Shape::Gamma { shape, scale })
        }
        _ => return Err(wrong()),
    };
    // The ν of a t-distribution is in its variance already.
    Ok(Input { name: name.get_ref().clone(), estimate, unit, shape, degrees_of_freedom: f64::INFINITY })
}

/// Type A: the mean of observations in the unit of the first one; its scatter from these alone, or pooled with earlier ones.
fn observed(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<Input, Finding> {
    let finding = |code| source.finding(code, name.span()).with("input", name.get_ref());
    let has_pooled = stated.pooled_standard_deviation.is_some();
    let only_observed = stated.value.is_none()
        && stated.standard_uncertainty.is_none()
        && stated.expanded_uncertainty.is_none()
        && stated.coverage_factor.is_none()
        && stated.has_no_width()
        && stated.distribution.is_none()
        && (has_pooled || stated.degrees_of_freedom.is_none());
    if !only_observed {
        return Err(finding("model-evaluation"));
    }
    if has_pooled && !stated.earlier_observations.is_empty() {
        return Err(finding("model-pooled"));
    }
    let Some(first) = stated.observations.first() else { return Err(finding("model-one-observation")) };
    let unit = source.quantity(first)?.unit;
    let numbers = series(source, &stated.observations, &unit)?;
    let unusable = |_| finding("model-one-observation");
    if let Some(deviation) = &stated.pooled_standard_deviation {
        let degrees_of_freedom = degrees_of_freedom(source, name, stated)?;
        let deviation = source.width(deviation, &unit)?;
        return Input::of_pooled_deviation(name.get_ref(), &numbers, unit, deviation, degrees_of_freedom)
            .map_err(unusable);
    }
    let earlier: Vec<Vec<f64>> =
        stated.earlier_observations.iter().map(|stated| series(source, stated, &unit)).collect::<Result<_, _>>()?;
    // One observation alone tells nothing of its scatter.
    if numbers.len() < 2 && earlier.iter().all(|series| series.len() < 2) {
        return Err(finding("model-one-observation"));
    }
    let earlier: Vec<&[f64]> = earlier.iter().map(Vec::as_slice).collect();
    Input::of_pooled_series(name.get_ref(), &numbers, &earlier, unit).map_err(unusable)
}

/// Observations in one unit.
fn series(source: &Source, observations: &[Spanned<String>], unit: &Unit) -> Result<Vec<f64>, Finding> {
    let number = |observation: &Spanned<String>| {
        let quantity = source.quantity(observation)?;
        if quantity.unit != *unit {
            let finding = source.finding("model-width", observation.span());
            return Err(finding.with("text", observation.get_ref()));
        }
        Ok(quantity.value.to_f64())
    };
    observations.iter().map(number).collect()
}
