//! What can be typed about measurements: models, decisions, comparisons, reference materials and calibration lines.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use heng_comparison::reference_value::Estimator;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error;

#[derive(Debug, Args)]
pub struct UncertaintyOfModel {
    /// The model with its inputs (heng-model/1)
    #[arg(value_name = "MODEL.toml")]
    pub file: PathBuf,
    /// How uncertainty is propagated
    #[arg(long, value_enum, default_value = "linear")]
    pub method: Method,
    /// Trials of Monte Carlo [default: 1000000]; of the adaptive method the most that are drawn [default: 100000000]
    #[arg(long, value_name = "N")]
    pub trials: Option<u64>,
    /// Significant digits of u that count: how a result is reported [default: 2], until when the adaptive method draws [default: 2], how closely the linear interval is compared [default: 1]
    #[arg(long, value_name = "1|2", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub digits: Option<u8>,
    /// Seed of Monte Carlo: the same seed gives the same result on any machine
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Coverage probability, in place of the one in the file
    #[arg(long, value_name = "P")]
    pub coverage: Option<f64>,
    /// Write a report with its pictures as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Write the results with their budgets by identity (heng-budget/1), which other models take inputs from
    #[arg(long, value_name = "FILE")]
    pub bundle: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// How uncertainty is propagated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// The law of propagation of uncertainty (JCGM 100)
    Linear,
    /// The same with the terms of second order (JCGM 100, 5.1.2, note)
    SecondOrder,
    /// Propagation of distributions (JCGM 101), with the linear result beside it
    MonteCarlo,
    /// The same, drawn until the figures have stabilized (JCGM 101, 7.9)
    Adaptive,
    /// Linear, second order and Monte Carlo side by side, with the verdict which of them may be reported (JCGM 101, 8)
    Both,
}

#[derive(Debug, Args)]
pub struct Decide {
    /// What `heng uncertainty --json` printed
    #[arg(value_name = "RESULT.json")]
    pub file: PathBuf,
    /// The tolerance interval with its units: "49.9 g..50.1 g", "..5 g" or "5 g.."
    #[arg(long, value_name = "LOW..HIGH", allow_hyphen_values = true)]
    pub limits: String,
    /// Which result, where there are several
    #[arg(long, value_name = "NAME")]
    pub output: Option<String>,
    /// simple; guarded, with a guard band of U; or risk=P, with a guard band that keeps the specific risk at most P
    #[arg(long, value_name = "RULE", default_value = "simple")]
    pub rule: String,
    /// What is known of such items before they are measured, for the global risks: normal:MEAN,SIGMA, uniform:LOW,HIGH, gamma:SHAPE,SCALE, lognormal:LOCATION,SCALE, triangular:LOW,MODE,HIGH or conforming:MEAN,PART
    #[arg(long, value_name = "PRIOR", allow_hyphen_values = true)]
    pub prior: Option<String>,
    /// Write a report with its picture as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// The round (heng-comparison/1), a table with the columns laboratory, value and any of u, U, k, dof, or a round of the log as heng round
    /// export writes it
    #[arg(value_name = "ROUND.toml|ROUND.csv|ROUND.heng")]
    pub file: PathBuf,
    /// all, or the one estimator of the reference value to show, such as mandel_paule
    #[arg(long, value_name = "all|NAME", default_value = "all")]
    pub estimator: Estimators,
    /// The unit of a table whose header states none
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// What the values of a table are
    #[arg(long, value_name = "TEXT")]
    pub quantity: Option<String>,
    /// Which item of a round of the log, if not the first
    #[arg(long, value_name = "THING")]
    pub item: Option<String>,
    /// Write a report with its pictures as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which estimators are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimators {
    All,
    One(Estimator),
}

impl std::str::FromStr for Estimators {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        let name = text.replace('-', "_");
        let known = Estimator::deserialize(IntoDeserializer::<Error>::into_deserializer(name.as_str()));
        known.map(Self::One).map_err(|_| {
            let names: Vec<String> = Estimator::ALL.iter().map(|one| crate::compare::name(*one)).collect();
            format!("write all or one of {}", names.join(", "))
        })
    }
}

#[derive(Debug, Args)]
pub struct Material {
    /// The study (heng-material/1), or a table with the columns bottle and value
    #[arg(value_name = "STUDY.toml|STUDY.csv")]
    pub file: PathBuf,
    /// The unit of a table whose header states none
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// What the values of a table are
    #[arg(long, value_name = "TEXT")]
    pub quantity: Option<String>,
    /// Write a report with its pictures as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Fit {
    /// The points: a table with the columns x and y, perhaps ux, uy and uxy; units as in x/mm
    #[arg(value_name = "DATA.csv")]
    pub file: PathBuf,
    /// The curve
    #[arg(long, value_enum)]
    pub model: FitModel,
    /// The unit of x and ux where the header states none
    #[arg(long, value_name = "UNIT")]
    pub x_unit: Option<String>,
    /// The unit of y and uy where the header states none
    #[arg(long, value_name = "UNIT")]
    pub y_unit: Option<String>,
    /// How the standard deviation of points without uncertainties is evaluated
    #[arg(long, value_enum, default_value = "degrees-of-freedom")]
    pub scale: Scale,
    /// Read y from the line at this x, with u(x) after a comma; may be repeated
    #[arg(long, value_name = "X[,U]", allow_hyphen_values = true)]
    pub response: Vec<String>,
    /// Read x from the line for this y, with u(y) after a comma; may be repeated
    #[arg(long, value_name = "Y[,U]", allow_hyphen_values = true)]
    pub stimulus: Vec<String>,
    /// Write a report with its picture as one page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What is fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FitModel {
    /// y = a + bx (ISO/TS 28037)
    StraightLine,
}

/// How a standard deviation is evaluated from the scatter of m points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Scale {
    /// χ²/(m − 2), with m − 2 degrees of freedom
    DegreesOfFreedom,
    /// χ²/(m − 4), the variance of the t-distribution of the coefficients
    Distribution,
}
