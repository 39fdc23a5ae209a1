//! `heng log fsck`: is everything still there?

use std::process::ExitCode;

use heng_office::said::findings_json;
use heng_wording::Words;
use serde_json::json;

use crate::arguments::Fsck;
use crate::failure::{Failure, Outcome};
use crate::print::{self, finding_line, has_error};
use heng_office::keys::Keys;
use heng_office::{LOG, verifier_key};

/// Rebuilds the root from the files alone and compares it with everything that was said of it.
pub fn fsck(arguments: &Fsck, words: &Words) -> Outcome {
    let key = Keys::of(&arguments.data).key(LOG)?;
    let checked = heng_store::fsck(&arguments.data, &|signed| {
        let name = verifier_key(&signed.checkpoint().origin, &key);
        name.is_ok_and(|name| {
            signed
                .authenticate(&name, |_, message, signature| key.public_key().authenticate(message, signature).is_ok())
                .is_ok()
        })
    })
    .map_err(|error| Failure::unreadable("error-store").with("path", arguments.data.display()).with("reason", error))?;
    let bad = has_error(&checked.findings);
    if arguments.json {
        print::line(format_args!(
            "{:#}",
            json!({
                "statements": checked.statements,
                "root": hex::encode(checked.root),
                "documents": checked.documents,
                "findings": findings_json(&checked.findings, words),
            })
        ));
    } else {
        for finding in &checked.findings {
            print::line(finding_line(&arguments.data.display().to_string(), finding, words));
        }
        let code = if bad { "fsck-damaged" } else { "fsck-clean" };
        let facts = [
            ("statements", checked.statements.to_string()),
            ("documents", checked.documents.to_string()),
            ("root", hex::encode(checked.root)),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::line(words.say(code, &facts));
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
