//! The plan that a lot is graded by: the file's own, a computed one, or the one of the rule's table.

use heng_quantity::{Reported, text};
use heng_rule::sampling::SamplingPlans;
use heng_sampling::Plan;
use heng_sampling::file::PlanText;
use heng_wording::Words;

use crate::failure::Failure;
use crate::infer::meters::limits::confidence;

/// The plan, the limiting quality as a share, and a sentence on where the plan comes from.
pub fn chosen(
    asked: &PlanText,
    lot: u64,
    plans: &SamplingPlans,
    words: &Words,
) -> Result<(Plan, f64, String), Failure> {
    let half = match asked {
        PlanText { sample: Some(_), accept: None, .. } => Some("sample"),
        PlanText { sample: None, accept: None, risk: Some(_), .. } => Some("risk"),
        PlanText { sample: Some(_), accept: Some(_), risk: Some(_), .. } => Some("sample, accept, risk"),
        _ => None,
    };
    if let Some(stated) = half {
        return Err(Failure::unreadable("error-lot-plan-half").with("stated", stated));
    }
    let (plan, share, said) = of_lot(asked, lot, plans, words)?;
    if !plan.is_open() {
        let failure = Failure::unreadable("error-lot-plan-closed").with("sample", plan.sample);
        return Err(failure.with("accept", plan.accept));
    }
    Ok((plan, share, said))
}

fn of_lot(asked: &PlanText, lot: u64, plans: &SamplingPlans, words: &Words) -> Result<(Plan, f64, String), Failure> {
    let quality = match &asked.quality {
        Some(typed) => percent_of(typed)?,
        None => plans.quality.value.clone(),
    };
    let share = share(&quality);
    if let (Some(sample), Some(accept)) = (asked.sample, asked.accept) {
        return Ok((Plan { sample: sample.min(lot), accept }, share, words.say("lot-plan-stated", &[])));
    }
    if let Some(accept) = asked.accept {
        let risk = match &asked.risk {
            Some(typed) => percent_of(typed)?,
            None => plans.usual_risk.value.clone(),
        };
        let plan = Plan::smallest(lot, share, self::share(&risk), accept)
            .ok_or_else(|| Failure::unreadable("error-lot-plan-none").with("lot", lot).with("accept", accept))?;
        return Ok((plan, share, words.say("lot-plan-computed", &[("risk", &risk.value_text())])));
    }
    let tabled = plans
        .of(lot, &quality)
        .ok_or_else(|| Failure::unreadable("error-lot-plan").with("lot", lot).with("quality", quality.value_text()))?;
    let (sample, accept) = tabled.sample_and_accept.value;
    let citation = &tabled.sample_and_accept.citation;
    let facts = [("norm", citation.norm.as_str()), ("confidence", confidence(citation.confidence))];
    Ok((Plan { sample, accept }, share, words.say("lot-plan-table", &facts)))
}

/// A share in percent, between 0 and 100 %.
fn percent_of(typed: &str) -> Result<Reported, Failure> {
    let fault = || Failure::unreadable("error-lot-quality").with("found", typed);
    let read = text::parse(typed).map_err(|_| fault())?;
    let unit = "\\percent".parse().map_err(|_| fault())?;
    let quality = read.converted_to(&unit).map_err(|_| fault())?;
    if share(&quality) > 0.0 && share(&quality) < 1.0 { Ok(quality) } else { Err(fault()) }
}

fn share(percent: &Reported) -> f64 {
    percent.value.to_f64() / 100.0
}
