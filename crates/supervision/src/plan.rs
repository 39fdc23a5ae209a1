//! A plan at work: which statement each act makes, and what stands against it before it is said.
//!
//! What is refused here would count for nothing anyway (`heng_view::plan`); it is refused so that nobody believes to have said something.

use heng_quantity::{Finding, Severity};
use heng_rule::plan::Plan;
use heng_statement::norm::ClauseFeedback;
use heng_statement::plan::{Attestation, ForecastSeal, ForecastStep, Observation, PlanPublication, PlanReport};
use heng_statement::{Body, Document, NormStage, NormStep, Statement, StatementHash, legal_day};
use heng_view::Inventory;
use jiff::Timestamp;

/// What there is to say a statement for a plan: what was said before, who speaks, and when.
#[derive(Clone, Copy, Debug)]
pub struct Speaking<'a> {
    /// What was said before.
    pub inventory: &'a Inventory,
    /// Who speaks.
    pub issuer: &'a str,
    /// When.
    pub made_at: Timestamp,
}

/// Why nothing is said.
pub type Refused = Vec<Finding>;

/// The name of a plan as a thing.
pub fn plan_id(plan: &str) -> String {
    format!("plan:{plan}")
}

/// The name of a norm as a thing.
pub fn norm_id(norm: &str) -> String {
    format!("norm:{norm}")
}

impl Speaking<'_> {
    /// A plan is in force. `findings` are those of reading it: a plan with an error is not published.
    pub fn publication(
        &self,
        plan: &Plan,
        files: Vec<Document>,
        findings: &[Finding],
        synthetic: bool,
    ) -> Result<Statement, Refused> {
        let errors: Vec<Finding> = findings.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        self.only_the_authority()?;
        let publication = PlanPublication { plan: plan.id.clone(), title: plan.title.clone(), files, synthetic };
        Ok(self.said(vec![plan_id(&plan.id)], Vec::new(), Body::Plan(publication)))
    }

    /// Something holds that a plan counts.
    pub fn attestation(&self, plan: &Plan, attestation: Attestation) -> Result<Statement, Refused> {
        let mut findings = plan.faults(&heng_view::plan::stated(&attestation));
        findings.extend(self.right(attestation.district.as_deref()).err());
        if attestation.subject == self.issuer {
            findings.push(Finding::error("plan-own-matter").with("party", self.issuer));
        }
        unless(findings)?;
        Ok(self.said(vec![attestation.subject.clone()], Vec::new(), Body::Attest(Box::new(attestation))))
    }

    /// A forecast, before its time begins.
    pub fn seal(&self, seal: ForecastSeal) -> Result<Statement, Refused> {
        let mut findings: Vec<Finding> = self.right(Some(&seal.district)).err().into_iter().collect();
        if seal.ends_at <= seal.begins_at {
            findings.push(Finding::error("plan-forecast-ends-before"));
        }
        if seal.begins_at < self.made_at {
            findings.push(
                Finding::error("plan-forecast-too-late").with("begins_at", seal.begins_at).with("now", self.made_at),
            );
        }
        unless(findings)?;
        Ok(self.said(
            vec![forecast_id(&seal.product, &seal.district)],
            Vec::new(),
            Body::Fcst(ForecastStep::Seal(seal)),
        ))
    }

    /// What was observed, after its time.
    pub fn observation(&self, seen: Observation) -> Result<Statement, Refused> {
        let mut findings: Vec<Finding> = self.right(Some(&seen.district)).err().into_iter().collect();
        if seen.ends_at <= seen.begins_at {
            findings.push(Finding::error("plan-forecast-ends-before"));
        }
        if self.made_at < seen.ends_at {
            findings.push(
                Finding::error("plan-observed-too-early").with("ends_at", seen.ends_at).with("now", self.made_at),
            );
        }
        if seen.happened_at.is_some_and(|at| at < seen.begins_at || seen.ends_at < at) {
            findings.push(Finding::error("plan-observed-outside"));
        }
        let is_own = |one: &&heng_view::plan::ForecastLog| {
            one.said.issuer == self.issuer && one.seal.product == seen.product && one.seal.district == seen.district
        };
        if self.inventory.plan().seals().iter().any(|one| is_own(&one)) {
            findings.push(Finding::error("plan-observed-own").with("party", self.issuer));
        }
        unless(findings)?;
        let about = vec![forecast_id(&seen.product, &seen.district)];
        Ok(self.said(about, Vec::new(), Body::Fcst(ForecastStep::Observation(seen))))
    }

    /// A norm has reached a stage.
    pub fn stage(&self, stage: NormStage) -> Result<Statement, Refused> {
        let mut findings: Vec<Finding> = self.right(None).err().into_iter().collect();
        if stage.on > legal_day(self.made_at) {
            findings.push(Finding::error("plan-norm-to-come").with("norm", &stage.norm).with("day", stage.on));
        }
        let reached = self.inventory.plan().norm(&stage.norm).and_then(|norm| norm.at(stage.on));
        if let Some(before) = reached.filter(|before| before.stage.stage > stage.stage) {
            let finding = Finding::error("plan-norm-backwards").with("norm", &stage.norm);
            findings.push(finding.with("before", before.stage.stage.code()).with("now", stage.stage.code()));
        }
        unless(findings)?;
        Ok(self.said(vec![norm_id(&stage.norm)], Vec::new(), Body::Life(Box::new(NormStep::Stage(stage)))))
    }

    /// What somebody says of a clause that they used. `norm_of` gives the norm under which a certificate was issued, and by whom.
    pub fn feedback(
        &self,
        feedback: ClauseFeedback,
        norm_of: &dyn Fn(&StatementHash) -> Option<String>,
    ) -> Result<Statement, Refused> {
        let used = self.inventory.certificate(&feedback.used_in);
        let mut findings = Vec::new();
        match used {
            None => findings.push(Finding::error("plan-feedback-no-use").with("statement", &feedback.used_in)),
            Some(certified) if certified.issuer != self.issuer => {
                findings.push(Finding::error("plan-feedback-not-own").with("party", self.issuer));
            }
            Some(_) => {
                let under = norm_of(&feedback.used_in).unwrap_or_default();
                if under != feedback.norm {
                    let finding = Finding::error("plan-feedback-other-norm").with("norm", &feedback.norm);
                    findings.push(finding.with("under", under));
                }
            }
        }
        unless(findings)?;
        let (about, cites) = (vec![norm_id(&feedback.norm)], vec![feedback.used_in.clone()]);
        Ok(self.said(about, cites, Body::Life(Box::new(NormStep::Feedback(feedback)))))
    }

    /// How a plan stood.
    pub fn report(&self, report: PlanReport) -> Result<Statement, Refused> {
        self.only_the_authority()?;
        let (about, cites) = (vec![plan_id(&report.plan)], vec![report.published_by.clone()]);
        Ok(self.said(about, cites, Body::Report(Box::new(report))))
    }

    fn only_the_authority(&self) -> Result<(), Refused> {
        let anchor = self.inventory.anchor();
        if self.issuer == anchor {
            return Ok(());
        }
        Err(vec![Finding::error("plan-not-the-authority").with("party", self.issuer).with("authority", anchor)])
    }

    fn right(&self, district: Option<&str>) -> Result<(), Finding> {
        let day = legal_day(self.made_at);
        if self.inventory.plan().may_attest(self.inventory.anchor(), self.issuer, district, day) {
            return Ok(());
        }
        let finding = Finding::error("plan-may-not-attest").with("party", self.issuer).with("day", day);
        Err(finding.with("district", district.unwrap_or_default()))
    }

    fn said(&self, about: Vec<String>, cites: Vec<StatementHash>, body: Body) -> Statement {
        Statement::of(self.issuer, about, self.made_at, body).citing(cites)
    }
}

/// The name of what is forecast somewhere, as a thing.
pub fn forecast_id(product: &str, district: &str) -> String {
    format!("forecast:{product}:{district}")
}

fn unless(findings: Vec<Finding>) -> Result<(), Refused> {
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}
