//! `heng round`: a comparison round, from its announcement to the answer to every corrective action.

mod show;

use std::process::ExitCode;
use std::sync::Mutex;

use heng_exchange::round::{read_announcement, read_result};
use heng_office::round::{Acting, Committed, NotTaken, Rounds, numbered, rounds};
use heng_office::{ANCHOR, Office, clock, desk};
use heng_quantity::Finding;
use heng_rule::Words as Said;
use heng_statement::StatementHash;
use heng_wording::Words;

use crate::arguments::{
    RoundAct, RoundAt, RoundClose, RoundCommand, RoundExport, RoundFollowUp, RoundList, RoundOpen, RoundSeal, RoundShow,
};
use crate::failure::{Failure, Outcome, read, write};
use crate::print;
use crate::source_text::refuse;

/// Takes a step, or shows a round. Ends with 1 where a step is refused, with 2 where a file is not understood.
pub fn round(command: &RoundCommand, words: &Words) -> Outcome {
    match command {
        RoundCommand::Open(open) => announce(open, words),
        RoundCommand::Seal(seal) => self::seal(seal, words),
        RoundCommand::Reveal(act) => reveal(act, words),
        RoundCommand::Report(act) => report(act, words),
        RoundCommand::FollowUp(follow_up) => self::follow_up(follow_up, words),
        RoundCommand::Close(close) => self::close(close, words),
        RoundCommand::Show(show) => self::show(show, words),
        RoundCommand::List(list) => self::list(list, words),
        RoundCommand::Export(export) => self::export(export, words),
    }
}

/// The store, on the day that was asked for.
fn opened(at: &RoundAt) -> Result<Office, Failure> {
    if let Some(today) = at.today {
        clock::live_on(today);
    }
    Office::open(&at.data)
}

/// Takes a step and says what came of it.
fn taken(
    at: &RoundAt,
    (number, step): (&str, &str),
    words: &Words,
    act: impl FnOnce(Rounds<'_>) -> Result<StatementHash, NotTaken>,
) -> Outcome {
    let office = opened(at)?;
    let authority = desk::authority(&office, ANCHOR)?;
    let rounds = Rounds { office: &office, authority: &authority, one_at_a_time: &Mutex::new(()) };
    match act(rounds) {
        Ok(hash) => {
            let step = words.say(&format!("round-step-{step}"), &[]);
            print::line(words.say("round-taken", &[("number", number), ("step", &step), ("statement", &hash)]));
            Ok(ExitCode::SUCCESS)
        }
        Err(NotTaken::Failure(failure)) => Err(failure),
        Err(NotTaken::Findings(findings)) => {
            for finding in &findings {
                print::note(line(number, finding, words));
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

fn line(number: &str, finding: &Finding, words: &Words) -> String {
    print::finding_line(number, finding, words)
}

fn acting<'a>(party: &'a str, by: Option<&'a String>) -> Acting<'a> {
    Acting { party, person: by.map(String::as_str), at: clock::now() }
}

/// What a person typed is in one language; it is kept as it was typed, in both places.
fn both(text: &str) -> Said {
    Said { zh: text.to_owned(), en: text.to_owned() }
}

fn announce(arguments: &RoundOpen, words: &Words) -> Outcome {
    let announcement = match read_announcement(&read(&arguments.file)?) {
        Ok(announcement) => announcement,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, false, words)),
    };
    let number = announcement.number.clone();
    taken(&arguments.at, (&number, "announcement"), words, |rounds| {
        rounds.announce(&arguments.party, announcement, clock::now())
    })
}

fn seal(arguments: &RoundSeal, words: &Words) -> Outcome {
    let result = match read_result(&read(&arguments.result)?) {
        Ok(result) => result,
        Err(findings) => return Ok(refuse(&findings, &arguments.result, false, words)),
    };
    let act = &arguments.act;
    taken(&act.at, (&act.number, "seal"), words, |rounds| {
        rounds.seal(&act.number, acting(&act.party, act.by.as_ref()), result)
    })
}

fn reveal(arguments: &RoundAct, words: &Words) -> Outcome {
    taken(&arguments.at, (&arguments.number, "opening"), words, |rounds| {
        rounds.reveal(&arguments.number, acting(&arguments.party, arguments.by.as_ref()))
    })
}

fn report(arguments: &RoundAct, words: &Words) -> Outcome {
    taken(&arguments.at, (&arguments.number, "report"), words, |rounds| {
        rounds.report(&arguments.number, acting(&arguments.party, arguments.by.as_ref()))
    })
}

fn follow_up(arguments: &RoundFollowUp, words: &Words) -> Outcome {
    let committed =
        Committed { cause: both(&arguments.cause), action: both(&arguments.action), done_by: arguments.done_by };
    let act = &arguments.act;
    taken(&act.at, (&act.number, "corrective-action"), words, |rounds| {
        rounds.follow_up(&act.number, acting(&act.party, act.by.as_ref()), committed)
    })
}

fn close(arguments: &RoundClose, words: &Words) -> Outcome {
    let answer = (!arguments.refuse, both(&arguments.reason));
    taken(&arguments.at, (&arguments.number, "closing"), words, |rounds| {
        let acting = acting(&arguments.party, arguments.by.as_ref());
        rounds.close(&arguments.number, acting, &arguments.laboratory, answer)
    })
}

fn show(arguments: &RoundShow, words: &Words) -> Outcome {
    let office = opened(&arguments.at)?;
    let round = numbered(&office, &arguments.number)?;
    let state = round.state(clock::day(clock::now()));
    if arguments.json {
        print::line(format_args!("{:#}", show::in_json(&round, &state, words)));
    } else {
        show::show(&round, &state, words);
    }
    Ok(ExitCode::SUCCESS)
}

fn list(arguments: &RoundList, words: &Words) -> Outcome {
    let office = opened(&arguments.at)?;
    let today = clock::day(clock::now());
    for round in rounds(&office)? {
        let phase = round.state(today).phase;
        print::line(format_args!(
            "{}  {}  {}",
            round.announcement.number,
            show::phase(phase, words),
            show::title(&round, words)
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn export(arguments: &RoundExport, words: &Words) -> Outcome {
    let office = opened(&arguments.at)?;
    let round = numbered(&office, &arguments.number)?;
    write(&arguments.out, &office.bundle(&round.hash)?)?;
    print::line(words.say("written", &[("path", &arguments.out.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}
