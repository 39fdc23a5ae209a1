//! Type A from observations in groups, such as days: the analysis of variance says whether the groups differ.

use heng_quantity::{Finding, Unit};
use serde::Deserialize;
use toml::Spanned;

use super::{InputText, Source, series};
use crate::anova::{Group, MeanUncertainty, VarianceAnalysis, variance_analysis_of_groups};
use crate::input::Input;

/// The groups differ where F is above this quantile (JCGM 100:2008, H.5.2.2, which looks at 0.95 and at 0.975).
pub const GROUPS_SIGNIFICANCE: f64 = 0.95;

/// One group: its observations, or what a table gives of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupText {
    #[serde(default)]
    observations: Vec<Spanned<String>>,
    mean: Option<Spanned<String>>,
    standard_deviation: Option<Spanned<String>>,
    count: Option<u32>,
}

/// The mean of all observations: with u = s(x̄ⱼ)/√J and ν = J − 1 where the J groups differ, else with u = s/√N and ν = N − 1 of all N observations.
///
/// Source: JCGM 100:2008, H.5.2.5 and H.5.2.6.
pub(super) fn grouped(
    source: &Source,
    name: &Spanned<String>,
    stated: &InputText,
) -> Result<(Input, VarianceAnalysis), Finding> {
    let finding = |code| source.finding(code, name.span()).with("input", name.get_ref());
    let is_alone = stated.value.is_none()
        && stated.observations.is_empty()
        && stated.has_no_width()
        && stated.has_no_other_evaluation()
        && stated.pooled_standard_deviation.is_none()
        && stated.earlier_observations.is_empty()
        && stated.distribution.is_none()
        && stated.degrees_of_freedom.is_none();
    if !is_alone {
        return Err(finding("model-evaluation"));
    }
    let wrong = || finding("model-groups");
    let first = stated.groups.first().and_then(|group| group.mean.as_ref().or_else(|| group.observations.first()));
    let unit = source.quantity(first.ok_or_else(wrong)?)?.unit;
    let groups = stated.groups.iter().map(|text| group(source, text, &unit)?.ok_or_else(wrong));
    let groups = groups.collect::<Result<Vec<Group>, Finding>>()?;
    let analysis = variance_analysis_of_groups(&groups).map_err(|_| wrong())?;
    let MeanUncertainty { standard_uncertainty, degrees_of_freedom } = analysis.uncertainty(GROUPS_SIGNIFICANCE);
    let input = Input::standard(name.get_ref(), analysis.mean, unit, standard_uncertainty, degrees_of_freedom);
    Ok((input, analysis))
}

/// None where a group says neither the one nor the other.
fn group(source: &Source, text: &GroupText, unit: &Unit) -> Result<Option<Group>, Finding> {
    let is_observed = !text.observations.is_empty();
    match (&text.mean, &text.standard_deviation, text.count) {
        (None, None, None) if is_observed => {
            let numbers = series(source, &text.observations, unit)?;
            let count = numbers.len() as f64;
            let mean = numbers.iter().sum::<f64>() / count;
            let squares: f64 = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
            let standard_deviation = if numbers.len() < 2 { 0.0 } else { libm::sqrt(squares / (count - 1.0)) };
            Ok(u32::try_from(numbers.len()).ok().map(|count| Group { count, mean, standard_deviation }))
        }
        (Some(mean), Some(deviation), Some(count)) if !is_observed => {
            let mean = series(source, std::slice::from_ref(mean), unit)?.first().copied();
            let standard_deviation = source.width(deviation, unit)?;
            Ok(mean.map(|mean| Group { count, mean, standard_deviation }))
        }
        _ => Ok(None),
    }
}
