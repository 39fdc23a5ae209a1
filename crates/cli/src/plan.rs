//! `heng plan`: a plan of the authorities, from its files to a report that anyone can compute again.

mod report;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use heng_exchange::plan::read_attestations;
use heng_office::plan::json::{self, Asked};
use heng_office::plan::{Acts, InForce, followed, in_force};
use heng_office::round::NotTaken;
use heng_office::said::findings_json;
use heng_office::{Office, clock};
use heng_rule::plan::{Evidence, Plan};
use heng_statement::StatementHash;
use heng_store::Store;
use heng_view::Inventory;
use heng_wording::Words;
use jiff::civil::Date;
use serde_json::json;

use crate::arguments::{PlanAt, PlanAttest, PlanCheck, PlanCommand, PlanImport, PlanStatus, PlanWhy, Speaker};
use crate::failure::{Failure, Outcome, read};
use crate::print;
use crate::source_text::refuse;

/// Does what is asked. Ends with 1 where something is refused, with 2 where a file is not understood.
pub fn plan(command: &PlanCommand, words: &Words) -> Outcome {
    match command {
        PlanCommand::Check(check) => self::check(check, words),
        PlanCommand::Import(import) => self::import(import, words),
        PlanCommand::Attest(attest) => self::attest(attest, words),
        PlanCommand::Status(status) => self::status(status, words),
        PlanCommand::Why(why) => self::why(why, words),
        PlanCommand::Report(asked) => report::report(asked, words),
    }
}

/// What was said in a store, to be read: also while a service writes in it.
pub struct Looked {
    /// The store.
    store: Store,
    /// What was said.
    pub inventory: Inventory,
}

impl Looked {
    /// Looks at a store as it stands. What was said in a large one takes long to give back: that is left to the end of the program.
    pub fn at(data: &Path) -> Result<&'static Self, Failure> {
        let failed = |error| Failure::unreadable("error-store").with("path", data.display()).with("reason", error);
        let store = Store::open(data).map_err(failed)?;
        let inventory = followed(&store)?;
        Ok(Box::leak(Box::new(Self { store, inventory })))
    }

    fn plan(&self, day: Date) -> Result<InForce, Failure> {
        plan_of(&self.store, &self.inventory, day)
    }
}

/// A store that somebody speaks in, with everything that was said in it before.
pub struct Opened {
    /// The store.
    pub office: Office,
    /// What was said.
    pub inventory: Inventory,
}

impl Opened {
    /// Opens a store for somebody who speaks.
    pub fn speaking(speaker: &Speaker) -> Result<Self, Failure> {
        if let Some(today) = speaker.at.today {
            clock::live_on(today);
        }
        let office = Office::open(&speaker.at.data)?;
        let inventory = followed(office.store())?;
        Ok(Self { office, inventory })
    }

    /// Who speaks, now.
    pub fn acts<'a>(&'a self, speaker: &'a Speaker) -> Acts<'a> {
        Acts { office: &self.office, inventory: &self.inventory, issuer: &speaker.party, at: clock::now() }
    }

    /// The plan in force.
    pub fn plan(&self, day: Date) -> Result<InForce, Failure> {
        plan_of(self.office.store(), &self.inventory, day)
    }
}

fn plan_of(store: &Store, inventory: &Inventory, day: Date) -> Result<InForce, Failure> {
    in_force(store, inventory, day)?.ok_or_else(|| Failure::unreadable("error-no-plan").with("day", day))
}

/// The day that is asked about.
pub fn day(at: &PlanAt) -> Date {
    at.as_of.unwrap_or_else(|| clock::day(clock::now()))
}

/// Says what became of statements; each finding names the file it is about.
pub fn told(made: impl IntoIterator<Item = Result<StatementHash, NotTaken>>, file: &Path, words: &Words) -> Outcome {
    let (mut said, mut refused) = (0, 0);
    for one in made {
        match one {
            Ok(hash) => {
                said += 1;
                print::line(words.say("plan-said", &[("statement", &hash)]));
            }
            Err(NotTaken::Failure(failure)) => return Err(failure),
            Err(NotTaken::Findings(findings)) => {
                refused += 1;
                for finding in &findings {
                    print::note(print::finding_line(&file.display().to_string(), finding, words));
                }
            }
        }
    }
    print::line(words.say("plan-said-all", &[("said", &said.to_string()), ("refused", &refused.to_string())]));
    Ok(if refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files that were named, each by its own name; of a folder all that end in `.toml`.
fn files(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).map_err(|error| Failure::reading(path, error))?;
            let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            inside.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
            inside.sort();
            all.extend(inside);
        } else {
            all.push(path.clone());
        }
    }
    let text = |path: &PathBuf| {
        let bytes = read(path)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok((name, String::from_utf8(bytes).map_err(|error| Failure::reading(path, error))?))
    };
    all.iter().map(text).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// Findings of a plan name their files themselves.
fn say_findings(findings: &[heng_quantity::Finding], as_json: bool, words: &Words) {
    if as_json {
        print::line(format_args!("{:#}", json!({ "findings": findings_json(findings, words) })));
        return;
    }
    for finding in findings {
        let file = finding.data.get("file").map_or("", String::as_str);
        print::note(print::finding_line(file, finding, words));
    }
}

fn check(arguments: &PlanCheck, words: &Words) -> Outcome {
    let files = files(&arguments.files)?;
    let (plan, findings) = Plan::read(&borrowed(&files));
    say_findings(&findings, arguments.json, words);
    if !arguments.json {
        print::line(words.say("plan-read", &read_of(&plan).each_ref().map(|(name, count)| (*name, count.as_str()))));
    }
    Ok(if print::has_error(&findings) { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

/// How much there is of it.
fn read_of(plan: &Plan) -> [(&'static str, String); 4] {
    [
        ("plan", plan.id.clone()),
        ("rows", plan.rows.len().to_string()),
        ("indicators", plan.indicators.len().to_string()),
        ("quotes", plan.quoted().count().to_string()),
    ]
}

fn import(arguments: &PlanImport, words: &Words) -> Outcome {
    let files = files(&arguments.files)?;
    let (plan, findings) = Plan::read(&borrowed(&files));
    if print::has_error(&findings) {
        say_findings(&findings, arguments.json, words);
        return Ok(ExitCode::from(2));
    }
    let opened = Opened::speaking(&arguments.speaker)?;
    let made = opened.acts(&arguments.speaker).publish(&borrowed(&files), false);
    if made.is_ok() {
        print::line(words.say("plan-read", &read_of(&plan).each_ref().map(|(name, count)| (*name, count.as_str()))));
    }
    told([made], arguments.files.first().map_or(Path::new(""), PathBuf::as_path), words)
}

fn attest(arguments: &PlanAttest, words: &Words) -> Outcome {
    let stated = match read_attestations(&read(&arguments.file)?) {
        Ok(stated) => stated,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, false, words)),
    };
    let opened = Opened::speaking(&arguments.speaker)?;
    let plan = opened.plan(clock::day(clock::now()))?.plan;
    let acts = opened.acts(&arguments.speaker);
    told(stated.facts.into_iter().map(|fact| acts.attest(&plan, fact)), &arguments.file, words)
}

/// The plan on a day with its evidence.
fn evidenced(opened: &Looked, at: &PlanAt) -> Result<(InForce, Evidence, Date), Failure> {
    // A plan published later is asked about earlier days too: the evidence decides.
    let found = opened.plan(clock::day(clock::now()).max(day(at)))?;
    let evidence = found.evidence(&opened.inventory);
    Ok((found, evidence, day(at)))
}

fn status(arguments: &PlanStatus, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let (found, evidence, day) = evidenced(opened, &arguments.at)?;
    let plan = &found.plan;
    let asked = Asked { row: arguments.row.as_deref(), body: arguments.department.as_deref() };
    if let Some(id) = asked.row.filter(|id| plan.indicator(id).is_none() && plan.rows.iter().all(|row| *row.id != **id))
    {
        return Err(Failure::unreadable("error-plan-row").with("row", id));
    }
    if let Some(name) = asked.body.filter(|name| plan.bodies.iter().all(|body| *body.name != **name)) {
        let near: Vec<&str> = plan.bodies.iter().map(|body| &*body.name).filter(|known| known.contains(name)).collect();
        return Err(Failure::unreadable("error-plan-department").with("name", name).with("near", near.join(", ")));
    }
    if arguments.at.json {
        print::line(format_args!("{:#}", json::status(plan, &evidence, day, asked)));
    } else {
        show::status(plan, &evidence, day, asked, words);
    }
    Ok(ExitCode::SUCCESS)
}

fn why(arguments: &PlanWhy, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let (found, evidence, day) = evidenced(opened, &arguments.at)?;
    let plan = &found.plan;
    let Some(standing) = plan.standing(&arguments.indicator, &evidence, day) else {
        let known: Vec<&str> = plan.indicators.iter().map(|one| &*one.id).collect();
        let failure = Failure::unreadable("error-plan-indicator").with("indicator", &arguments.indicator);
        return Err(failure.with("known", known.join(", ")));
    };
    let name_of = |subject: &str| heng_view::plan::name_of(&opened.inventory, plan, subject);
    if arguments.at.json {
        print::line(format_args!("{:#}", json::why(plan, &standing, &evidence, &name_of)));
    } else {
        show::why(plan, &standing, &evidence, &name_of, words);
    }
    Ok(ExitCode::SUCCESS)
}
