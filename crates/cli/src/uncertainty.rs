//! `heng uncertainty`: a measurement model evaluated by the law of propagation, to second order or by Monte Carlo.

mod adaptive;
pub mod evaluated;
mod json;
mod show;

use std::process::ExitCode;

use heng_wording::Words;

use crate::arguments::UncertaintyOfModel;
use crate::failure::Outcome;
use crate::{html, print};

/// Evaluates a model and prints the result with its budget.
pub fn uncertainty(arguments: &UncertaintyOfModel, words: &Words) -> Outcome {
    let evaluated = evaluated::evaluated(arguments, words)?;
    if let Some(path) = &arguments.html {
        html::uncertainty(path, &evaluated, words)?;
    }
    if arguments.json {
        print::line(format_args!("{:#}", json::json(&evaluated, words)));
    } else {
        show::show(&evaluated, &arguments.file.display().to_string(), words);
    }
    Ok(ExitCode::SUCCESS)
}
