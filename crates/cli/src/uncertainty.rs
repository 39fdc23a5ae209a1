//! `heng uncertainty`: a measurement model evaluated by the law of propagation, to second order or by Monte Carlo.

mod adaptive;
pub mod evaluated;
mod json;
mod show;

use std::path::Path;
use std::process::ExitCode;

use heng_wording::Words;

use heng_checker::BudgetFile;
use heng_quantity::Finding;

use crate::arguments::UncertaintyOfModel;
use crate::failure::{Failure, Outcome, write};
use crate::model_source::model_with_files;
use crate::{html, print};

/// Evaluates a model and prints the result with its budget.
pub fn uncertainty(arguments: &UncertaintyOfModel, words: &Words) -> Outcome {
    let evaluated = evaluated::evaluated(arguments, words)?;
    if let Some(path) = &arguments.html {
        html::uncertainty(path, &evaluated, words)?;
    }
    if let Some(path) = &arguments.bundle {
        write_bundle(path, &arguments.file, words)?;
    }
    if arguments.json {
        print::line(format_args!("{:#}", json::json(&evaluated, words)));
    } else {
        show::show(&evaluated, &arguments.file.display().to_string(), words);
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the results with their budgets, the model and the files that it takes inputs from.
fn write_bundle(path: &Path, model: &Path, words: &Words) -> Result<(), Failure> {
    let (_, source, files) = model_with_files(model, words)?;
    let wrong = |finding: Finding| source.of_model(&finding, words);
    let bytes = BudgetFile::made(source.text(), &files).and_then(|file| file.to_bytes()).map_err(wrong)?;
    write(path, &bytes)?;
    print::note(words.say("written", &[("path", &path.display().to_string())]));
    Ok(())
}
