//! Inputs of so few degrees of freedom that what rests on them has no standard deviation, or not even a mean.

use heng_quantity::Decimal;

use crate::correlation::Joint;
use crate::error::Fault;
use crate::input::{Input, Shape};
use crate::model::{Operation, Program};

/// Up to so many degrees of freedom the t-distribution has no variance, and up to half as many no mean either.
const WITHOUT_VARIANCE: f64 = 2.0;
const WITHOUT_MEAN: f64 = 1.0;

/// The input that leaves a result without a standard deviation: it is drawn from a t-distribution whose variance is infinite.
///
/// The standard deviation of trials of such a result grows with their number and stands for nothing; its quantiles, and so its coverage
/// intervals, do settle.
///
/// Source: JCGM 101:2008, 6.4.9.4 (the variance s²ν/(ν − 2) for ν > 2; clause number unverified); JCGM 102:2011, 5.3.2.
#[derive(Clone, Debug, PartialEq)]
pub struct HeavyTail {
    /// The input.
    pub input: String,
    /// ν of the distribution that it is drawn from: that of its u, or n − N of N quantities observed together n times.
    pub degrees_of_freedom: f64,
}

impl HeavyTail {
    /// Whether the result has a mean all the same: ν > 1.
    pub fn has_mean(&self) -> bool {
        self.degrees_of_freedom > WITHOUT_MEAN
    }

    /// Why the result of this name has no standard deviation, where one is asked for.
    pub fn without_standard_deviation(&self, result: &str) -> Fault {
        Fault::WithoutStandardDeviation {
            result: result.to_owned(),
            input: self.input.clone(),
            degrees: Decimal::shortest_from_f64(self.degrees_of_freedom)
                .map_or_else(String::new, |one| one.to_string()),
        }
    }
}

/// For each output the input with the heaviest tail that it rests on, where there is one. `used` holds the place among `inputs` of each input of the
/// program.
///
/// Rests on means: the graph leads from one to the other. A bounded function of such an input has moments all the same; none are stated there either.
pub(crate) fn heavy_tails(
    program: &Program,
    inputs: &[Input],
    used: &[usize],
    joint: &Joint,
) -> Vec<Option<HeavyTail>> {
    let tails: Vec<Option<HeavyTail>> =
        used.iter().map(|place| heavy_tail(inputs.get(*place)?, *place, joint)).collect();
    if tails.iter().all(Option::is_none) {
        return program.outputs.iter().map(|_| None).collect();
    }
    let heaviest = |(place, _): &(usize, heng_quantity::Unit)| {
        let mut needed = vec![false; program.operations.len()];
        let mut heaviest: Option<&HeavyTail> = None;
        if let Some(entry) = needed.get_mut(*place) {
            *entry = true;
        }
        for (at, operation) in program.operations.iter().enumerate().rev() {
            if needed.get(at) != Some(&true) {
                continue;
            }
            if let Operation::Input(number) = operation
                && let Some(Some(tail)) = tails.get(*number)
                // From the last to the first: of several alike the first is named.
                && heaviest.is_none_or(|known| tail.degrees_of_freedom <= known.degrees_of_freedom)
            {
                heaviest = Some(tail);
            }
            for operand in operation.operands() {
                if let Some(entry) = needed.get_mut(operand) {
                    *entry = true;
                }
            }
        }
        heaviest.cloned()
    };
    program.outputs.iter().map(heaviest).collect()
}

fn heavy_tail(input: &Input, place: usize, joint: &Joint) -> Option<HeavyTail> {
    let Shape::Normal { standard_uncertainty } = input.shape else { return None };
    let degrees_of_freedom = match joint.members.iter().position(|member| *member == place) {
        Some(member) => {
            let group = joint.group_of.get(member).copied().flatten();
            group.and_then(|group| joint.groups.get(group)).copied().unwrap_or(f64::INFINITY)
        }
        None => input.degrees_of_freedom,
    };
    let is_heavy = standard_uncertainty > 0.0 && degrees_of_freedom <= WITHOUT_VARIANCE;
    is_heavy.then(|| HeavyTail { input: input.name.clone(), degrees_of_freedom })
}
