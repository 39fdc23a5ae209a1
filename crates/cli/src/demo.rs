//! `heng demo`: an example city, and its portal.

mod piles;
mod service;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use heng_office::accounts::generated_password;
use heng_office::city::{Made, make};
use heng_office::founding::Founding;
use heng_office::keys::write_secret;
use heng_office::parallel::each;
use heng_office::{ANCHOR, clock, fonts::fonts, origin};
use heng_statement::Suite;
use heng_supervision::city::Size;
use heng_wording::Words;

use crate::arguments::Demo;
use crate::failure::{Failure, Outcome, make_folder};
use crate::print;
use crate::progress::bar;
use crate::serve::{Setting, listen};

/// The seed where none is asked for.
const SEED: u64 = 20_351_231;

/// Makes the city, prints where to look and who can sign in, and serves.
pub fn demo(arguments: &Demo, words: &Words) -> Outcome {
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => fresh()?,
    };
    if let Some(today) = arguments.today {
        clock::live_on(today);
    }
    let begun = clock::now();
    let address = format!("http://{}", arguments.listen);
    make_folder(&data)?;
    origin::keep(&data, arguments.origin.as_deref().unwrap_or(&address))?;
    let size = Size {
        seed: arguments.seed.unwrap_or(SEED),
        instruments: arguments.instruments,
        verifications: arguments.verifications,
        today: clock::day(begun),
    };
    let founding = Founding { seed: Some(size.seed), suite: Suite::Ed25519 };
    let mut shown = None;
    let made = make(&data, founding, size, fonts(None)?, &mut |done, count| {
        shown.get_or_insert_with(|| bar(count)).set_position(done as u64);
    })?;
    if let Some(bar) = shown {
        bar.finish_and_clear();
    }
    service::watch(&made, size.today, size.seed)?;
    let office = made.desk.office();
    let policy = office.write_policy(&office.policy(ANCHOR)?)?;
    let statements = office.store().size().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let took = clock::now().duration_since(begun);
    let facts = [
        ("data", data.display().to_string()),
        ("statements", statements.to_string()),
        ("instruments", arguments.instruments.to_string()),
        ("seconds", format!("{:.1}", took.as_secs_f64())),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("demo-made", &facts));
    print::line(words.say("demo-policy", &[("path", &policy.display().to_string())]));
    accounts(&made, &data, words)?;
    places(&made, &address, words);
    if arguments.only_make {
        Ok(ExitCode::SUCCESS)
    } else {
        listen(made.desk, arguments.listen, Setting::default(), words)
    }
}

/// A folder of its own for every demonstration, under the system's folder for what may be thrown away. It holds keys, so that nobody else may
/// foresee its name or look into it.
fn fresh() -> Result<PathBuf, Failure> {
    let mut folder = tempfile::Builder::new();
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let made = folder.prefix("heng-demo-").tempdir();
    Ok(made.map_err(|error| Failure::writing(&std::env::temp_dir(), error))?.keep())
}

/// Gives the members accounts whose passwords nobody can guess, prints them once, and keeps them for those who run this machine.
fn accounts(made: &Made, data: &Path, words: &Words) -> Result<(), Failure> {
    print::line(words.say("demo-accounts", &[]));
    let mut kept = String::new();
    // A password's hash takes long on purpose.
    let added = each(made.members.iter().collect(), |member| {
        let password = generated_password()?;
        made.desk.office().accounts().add(&member.account, &member.party, &password)?;
        Ok::<_, Failure>((member, password))
    });
    for added in added {
        let (member, password) = added?;
        let task = words.say(&format!("demo-task-{}", member.task), &[]);
        print::line(format_args!("  {:<20} {password}   {task}", member.account));
        kept.push_str(&format!("{} {password} {} {}\n", member.account, member.task, member.party));
    }
    write_secret(&data.join("accounts.txt"), kept.as_bytes())
}

/// Where to look.
fn places(made: &Made, address: &str, words: &Words) {
    print::line(words.say("demo-places", &[]));
    for (what, number) in &made.shown {
        let what = words.say(&format!("demo-shown-{what}"), &[]);
        print::line(format_args!("  {address}/check/{number}   {what}"));
    }
    let receipts = made.desk.office().receipts();
    for name in receipts.names() {
        print::line(format_args!("  {address}/session?example={name}   {}", words.say("demo-session", &[])));
    }
    print::line(format_args!("  {}   {}", receipts.folder().display(), words.say("demo-receipts", &[])));
    for (path, what) in [("/found", "demo-found"), ("/register", "demo-register"), ("/sign-in", "demo-sign-in")] {
        print::line(format_args!("  {address}{path}   {}", words.say(what, &[])));
    }
}
