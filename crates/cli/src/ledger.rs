//! `heng ledger`: a keeper's instruments, taken from a table and written as one.

use std::path::Path;
use std::process::ExitCode;

use heng_exchange::ledger::{self, Vocabulary};
use heng_office::follow::inventory;
use heng_office::ledger::{enter, foreseen, lines};
use heng_office::{ANCHOR, Office, clock};
use heng_rule::RuleSet;
use heng_rule::catalogue::{Catalogue, builtin_catalogue};
use heng_supervision::ledger::Fate;
use heng_supervision::party_named;
use heng_view::Inventory;
use heng_wording::Words;

use crate::arguments::{LedgerExport, LedgerImport, LedgerTemplate};
use crate::failure::{Failure, Outcome, read, write};
use crate::print::{self, finding_line, has_error};
use crate::progress::bar;

/// Registers what is new and what is changed. Ends with 1 if any row was not taken.
pub fn import(arguments: &LedgerImport, words: &Words) -> Outcome {
    let (rules, catalogue) = regulation()?;
    let vocabulary = Vocabulary::new(&rules, &catalogue);
    let office = Office::open(&arguments.data)?;
    let inventory = inventory(office.store(), ANCHOR)?;
    let keeper = keeper(&inventory, &arguments.keeper, words)?;
    let intake = foreseen(&keeper, &read(&arguments.file)?, &vocabulary, &inventory);
    let file = arguments.file.display().to_string();
    for finding in &intake.findings {
        print::line(finding_line(&file, finding, words));
    }
    for row in &intake.rows {
        for finding in &row.planned.findings {
            // What the reader found already says where it stands.
            let finding = match finding.data.contains_key("row") {
                true => finding.clone(),
                false => finding.clone().with("row", row.row),
            };
            print::line(finding_line(&file, &finding, words));
        }
    }
    if !arguments.dry_run {
        let bar = bar(intake.count(Fate::New) + intake.count(Fate::Changed));
        enter(&office, &keeper, &intake, clock::now(), &mut |done, _| bar.set_position(done as u64))?;
        bar.finish_and_clear();
    }
    print::line(intake.summary(if arguments.dry_run { "ledger-would" } else { "ledger-done" }, words));
    let is_clean = intake.count(Fate::Refused) == 0 && !has_error(&intake.findings);
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes a keeper's instruments.
pub fn export(arguments: &LedgerExport, words: &Words) -> Outcome {
    let (rules, catalogue) = regulation()?;
    let vocabulary = Vocabulary::new(&rules, &catalogue);
    let office = Office::open(&arguments.data)?;
    let inventory = inventory(office.store(), ANCHOR)?;
    let keeper = keeper(&inventory, &arguments.keeper, words)?;
    let lines = lines(&inventory, &keeper, clock::day(clock::now()), words);
    let path = &arguments.out;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = match extension.as_str() {
        "csv" => ledger::csv(&lines, &vocabulary, words.language()),
        "xlsx" => ledger::xlsx(&lines, &vocabulary, words.language()),
        _ => return Err(Failure::unreadable("error-template-kind").with("path", path.display())),
    };
    written(path, &bytes.map_err(|error| Failure::writing(path, error))?, words)
}

/// Writes an empty ledger.
pub fn template(arguments: &LedgerTemplate, words: &Words) -> Outcome {
    let (rules, catalogue) = regulation()?;
    let path = &arguments.out;
    let bytes = ledger::template(&Vocabulary::new(&rules, &catalogue), words.language());
    written(path, &bytes.map_err(|error| Failure::writing(path, error))?, words)
}

fn written(path: &Path, bytes: &[u8], words: &Words) -> Outcome {
    write(path, bytes)?;
    print::line(words.say("written", &[("path", &path.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

fn keeper(inventory: &Inventory, named: &str, words: &Words) -> Result<String, Failure> {
    let found = party_named(inventory.parties(), named).map(|party| party.id.clone());
    found.map_err(|finding| {
        Failure::unreadable("error-ledger-keeper").with("reason", words.finding(&finding.code, &finding.data))
    })
}

fn regulation() -> Result<(RuleSet, Catalogue), Failure> {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-founding").with("reason", reason);
    let rules = heng_rule::builtin().map_err(|error| failed(&error))?;
    Ok((rules, builtin_catalogue().map_err(|error| failed(&error))?))
}
