//! What follows from an evaluation: k and U, the result as it is reported, and which method may stand for it.

use heng_quantity::coverage::ReportError;
use heng_quantity::{Coverage, Decimal, Estimate, Finding, Reported, RoundingRule, Uncertainty};

use crate::conformity::ToleranceInterval;
use crate::linear::OutputEvaluation;
use crate::monte_carlo::{Interval, Simulation, Stability, Validation, numerical_tolerance};
use crate::second_order::SecondOrder;
use crate::student::quantile;

/// Digits of u to which the validation of JCGM 101:2008, clause 8, compares where nothing else is asked for.
const VALIDATED_DIGITS: u8 = 1;

/// On what terms a result is stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// p, the coverage probability.
    pub probability: f64,
    /// The significant digits of u that count: those that are reported (two where nothing is said) and those to which intervals are compared (one).
    pub digits: Option<u8>,
    /// The method whose result is reported beside that of the trials: to first or to second order.
    pub order: Order,
}

/// The order to which the law of propagation is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// JCGM 100:2008, 5.1.2 (10).
    First,
    /// With the terms of the note to it.
    Second,
}

impl Terms {
    /// How a result is rounded: two significant digits of uncertainty; one as JJF 1059.1-2012, 5.3.8, has it, which keeps two where the first is 1 or 2.
    pub fn rounding(&self) -> RoundingRule {
        if self.digits == Some(1) { RoundingRule::Jjf10591OneDigit } else { RoundingRule::Gum726 }
    }
}

/// k and U = k u.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expanded {
    /// k.
    pub factor: f64,
    /// U, in the unit of differences of the result.
    pub uncertainty: f64,
}

/// Which method may stand beside the trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidMethod {
    /// The law of propagation to first order.
    Linear,
    /// The same to second order.
    SecondOrder,
    /// Only the trials themselves.
    MonteCarlo,
}

/// A result as it should be passed on, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// The method that gave it: that of the law of propagation, or the trials.
    pub method: ValidMethod,
    /// With U or u of the law of propagation; with the coverage interval of the trials, and their u where there is one.
    pub reported: Reported,
}

/// One result with all that follows from its evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// By the law of propagation.
    pub linear: OutputEvaluation,
    /// As it is stated by the law of propagation, with U where there is one, else with u.
    pub reported: Reported,
    /// k and U to first order; absent where the effective degrees of freedom do not hold, since k would rest on them.
    pub expanded: Option<Expanded>,
    /// The same with ν_eff truncated to an integer, as a table of t asks for it; where ν_eff is finite.
    pub truncated: Option<(f64, Expanded)>,
    /// To second order, where the model has such terms. k is that of the first-order ν_eff: no formula gives one to second order.
    pub second_order: Option<(SecondOrder, Option<Expanded>)>,
    /// Its limits, where it has some.
    pub tolerance: Option<ToleranceInterval>,
    /// By Monte Carlo, where there were trials.
    pub simulation: Option<Simulation>,
    /// How far that has stabilized, of the adaptive method.
    pub stability: Option<Stability>,
    terms: Terms,
}

impl Outcome {
    /// What follows from an evaluation by the law of propagation.
    ///
    /// k is the (1 + p)/2 quantile of Student's t with ν_eff degrees of freedom and U = k u. Where ν_eff does not hold, or U would be no number,
    /// u is stated.
    ///
    /// Errors: an estimate or a u that is no number.
    ///
    /// Source: JCGM 100:2008, 6.2.1, G.3.2 and G.4.1, note 1 (truncated).
    pub fn of(linear: OutputEvaluation, terms: Terms) -> Result<Self, ReportError> {
        let Estimate { standard_uncertainty, degrees_of_freedom, .. } = linear.estimate;
        let holds = linear.effective_degrees_hold;
        let expanded = |u: f64, degrees_of_freedom: f64| {
            let factor = quantile(f64::midpoint(1.0, terms.probability), degrees_of_freedom);
            let expanded = Expanded { factor, uncertainty: factor * u };
            (holds && expanded.uncertainty.is_finite()).then_some(expanded)
        };
        let whole = linear.estimate.truncated_degrees_of_freedom();
        let truncated = if whole.is_finite() && whole >= 1.0 { expanded(standard_uncertainty, whole) } else { None };
        let second_order =
            linear.second_order.map(|second| (second, expanded(second.standard_uncertainty, degrees_of_freedom)));
        let stated = match (&second_order, terms.order) {
            (Some((second, _)), Order::Second) => {
                Estimate { standard_uncertainty: second.standard_uncertainty, ..linear.estimate.clone() }
            }
            _ => linear.estimate.clone(),
        };
        let first = expanded(standard_uncertainty, degrees_of_freedom);
        let probability = Decimal::from_f64(terms.probability).unwrap_or_else(Decimal::zero);
        let coverage = match first {
            Some(_) => Coverage::Probability { probability, quantile },
            None => Coverage::Standard,
        };
        let mut reported = stated.reported(terms.rounding(), &coverage)?;
        if is_unknown(&linear) {
            reported.uncertainty = None;
        }
        Ok(Self {
            reported,
            expanded: first,
            truncated: truncated.map(|expanded| (whole, expanded)),
            second_order,
            tolerance: None,
            simulation: None,
            stability: None,
            linear,
            terms,
        })
    }

    /// The same with the limits of the result, in its unit, where it has some.
    pub fn within(self, tolerance: Option<ToleranceInterval>) -> Self {
        Self { tolerance, ..self }
    }

    /// The same beside trials, where there were some; how far they have stabilized is known of the adaptive method.
    pub fn beside(self, simulation: Option<Simulation>, stability: Option<Stability>) -> Self {
        Self { simulation, stability, ..self }
    }

    /// Whether nothing is known of u: all that could contribute is of unknown uncertainty. Then none is reported, which is not the same as zero.
    pub fn is_unknown(&self) -> bool {
        is_unknown(&self.linear)
    }

    /// y ± U to first order.
    pub fn linear_interval(&self) -> Option<Interval> {
        Some(about(self.linear.estimate.value, self.expanded?))
    }

    /// y ± U to second order.
    pub fn second_order_interval(&self) -> Option<Interval> {
        let (_, expanded) = self.second_order.as_ref()?;
        Some(about(self.linear.estimate.value, (*expanded)?))
    }

    /// The comparison of the linear interval with the symmetric interval of the trials; none where one of them is missing.
    ///
    /// Source: JCGM 101:2008, 8.1.
    pub fn validation(&self) -> Option<Validation> {
        self.compared(self.linear_interval()?, self.linear.estimate.standard_uncertainty)
    }

    /// The same of the interval to second order.
    pub fn second_order_validation(&self) -> Option<Validation> {
        let (second, _) = self.second_order.as_ref()?;
        self.compared(self.second_order_interval()?, second.standard_uncertainty)
    }

    fn compared(&self, interval: Interval, u: f64) -> Option<Validation> {
        let digits = self.terms.digits.unwrap_or(VALIDATED_DIGITS);
        Some(Validation::of(interval, u, self.simulation.as_ref()?.symmetric, digits))
    }

    /// The simplest method whose interval the trials validate; Monte Carlo itself where they validate none. Nothing where there is no interval that
    /// could be compared.
    ///
    /// Source: JCGM 101:2008, 8.2.
    pub fn valid(&self) -> Option<ValidMethod> {
        let linear = self.validation()?;
        Some(if linear.is_validated() {
            ValidMethod::Linear
        } else if self.second_order_validation().is_some_and(|validation| validation.is_validated()) {
            ValidMethod::SecondOrder
        } else {
            ValidMethod::MonteCarlo
        })
    }

    /// What should be passed on: the result of the law of propagation, and that of the trials where they do not validate it.
    ///
    /// Of trials the mean is stated with the shortest interval where that is shorter than the symmetric one by more than the numerical tolerance of one
    /// digit of the half-width, as of a distribution that is not symmetric, else with the symmetric one.
    ///
    /// Source: JCGM 101:2008, 5.3.4 (which interval; clause number unverified), 5.5 and 8.2.
    pub fn stated(&self) -> Stated {
        let by_propagation = || Stated {
            method: if self.terms.order == Order::Second { ValidMethod::SecondOrder } else { ValidMethod::Linear },
            reported: self.reported.clone(),
        };
        let stands = match self.terms.order {
            Order::First => self.validation().is_none_or(|validation| validation.is_validated()),
            Order::Second => self.second_order_validation().is_none_or(|validation| validation.is_validated()),
        };
        let of_trials = self.simulation.as_ref().filter(|_| !stands).and_then(|simulation| self.by_trials(simulation));
        of_trials.unwrap_or_else(by_propagation)
    }

    fn by_trials(&self, simulation: &Simulation) -> Option<Stated> {
        Some(Stated { method: ValidMethod::MonteCarlo, reported: self.reported_trials(simulation)? })
    }

    /// The trials as they are reported: the mean, or the estimate of the law of propagation where there is no mean, with their coverage interval, all to
    /// the last digit of u, or of half the interval where there is no u.
    pub fn reported_trials(&self, simulation: &Simulation) -> Option<Reported> {
        let rule = self.terms.rounding();
        let interval = stated_interval(simulation);
        let half = (interval.high - interval.low) / 2.0;
        let width = rule.uncertainty(&Decimal::from_f64(simulation.standard_uncertainty.unwrap_or(half))?);
        let rounded = |number: f64| {
            let exact = Decimal::from_f64(number)?;
            Some(if width.is_zero() {
                Decimal::shortest_from_f64(number)?
            } else {
                exact.rounded(width.exponent(), rule)
            })
        };
        let uncertainty = Uncertainty::Interval {
            lower: rounded(interval.low)?,
            upper: rounded(interval.high)?,
            coverage_probability: Decimal::shortest_from_f64(self.terms.probability)?,
            standard: simulation.standard_uncertainty.map(|_| width.clone()),
            distribution: None,
        };
        let value = rounded(simulation.mean.unwrap_or(self.linear.estimate.value))?;
        Some(Reported { value, unit: simulation.unit.clone(), uncertainty: Some(uncertainty) })
    }

    /// The conformance probability of a normal quantity with this u, where there are limits.
    ///
    /// Source: JCGM 106:2012, 7.2.1.
    pub fn conformance_probability(&self) -> Option<f64> {
        let Estimate { value, standard_uncertainty, .. } = self.linear.estimate;
        Some(self.tolerance?.conformance_probability(value, standard_uncertainty))
    }

    /// What the result should not be used without: terms of second order that matter and are not in it, and trials that have not stabilized.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.linear.findings();
        findings.retain(|finding| !(self.terms.order == Order::Second && finding.code == "second-order-terms"));
        if let Some(stability) = self.stability.as_ref().filter(|stability| !stability.is_reached()) {
            let tolerance = Decimal::shortest_from_f64(stability.numerical_tolerance);
            let finding = Finding::warning("adaptive-not-stable").with("output", &self.linear.name);
            findings.push(finding.with("tolerance", tolerance.map_or_else(|| "–".to_owned(), |one| one.to_string())));
        }
        findings
    }
}

/// The shortest interval where it tells more than the symmetric one.
fn stated_interval(simulation: &Simulation) -> Interval {
    let width = |interval: &Interval| interval.high - interval.low;
    let (symmetric, shortest) = (simulation.symmetric, simulation.shortest);
    let tolerance = numerical_tolerance(width(&symmetric) / 2.0, VALIDATED_DIGITS);
    if width(&symmetric) - width(&shortest) > tolerance { shortest } else { symmetric }
}

fn is_unknown(linear: &OutputEvaluation) -> bool {
    linear.estimate.standard_uncertainty == 0.0 && linear.unknown().next().is_some()
}

fn about(value: f64, expanded: Expanded) -> Interval {
    Interval { low: value - expanded.uncertainty, high: value + expanded.uncertainty }
}
