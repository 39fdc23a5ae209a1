//! `heng withdraw` and `heng bundle`: what happens to a certificate after it was issued.

use std::process::ExitCode;

use heng_rule::Words as Text;
use heng_statement::{Body, Party, SignedStatement};
use heng_supervision::correction::days;
use heng_supervision::{Retraction, party_named, withdrawal};
use heng_wording::Words;

use crate::arguments::{Bundle, Withdraw};
use crate::failure::{Failure, Outcome, make_folder, write};
use crate::print;
use heng_office::Office;
use heng_office::clock;
use heng_office::handout;

/// Withdraws a certificate in the name of the laboratory that issued it.
pub fn withdraw(arguments: &Withdraw, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let certificate = certificate(&office, &arguments.number)?;
    let Body::Cert(content) = &certificate.statement.body else {
        return Err(Failure::unreadable("error-no-certificate").with("number", &arguments.number));
    };
    let from = arguments.from.unwrap_or(content.issued_on);
    let today = clock::day(clock::now());
    if !days(content.performed_on, today).contains(&from) {
        let failure = Failure::unreadable("error-withdraw-day").with("day", from);
        return Err(failure.with("performed", content.performed_on).with("today", today));
    }
    let issuer = &certificate.statement.issuer;
    let decided_by = arguments.by.as_deref().map(|named| decider(&office, issuer, named)).transpose()?;
    let statement = withdrawal(Retraction {
        issuer: issuer.clone(),
        about: certificate.statement.about.clone(),
        statement: certificate.hash(),
        from,
        // What a person typed is in one language; it is kept as it was typed, in both places.
        reason: Text { zh: arguments.reason.clone(), en: arguments.reason.clone() },
        made_at: clock::now(),
        decided_by,
    });
    office.append(vec![office.signed(&statement)?])?;
    print::line(words.say("withdrawn", &[("number", &arguments.number), ("day", &from.to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// The person of the issuing laboratory who decided, by name or identifier.
fn decider(office: &Office, laboratory: &str, named: &str) -> Result<String, Failure> {
    let parties = office.parties()?;
    let of_house = parties.into_iter().filter(|party| party.of.as_deref() == Some(laboratory));
    let of_house: Vec<Party> = of_house.collect();
    let unknown = |_| Failure::unreadable("error-decider").with("laboratory", laboratory).with("named", named);
    party_named(&of_house, named).map(|party| party.id.clone()).map_err(unknown)
}

/// Writes the files of a certificate again: its documents as they were signed, with the proof as of now.
pub fn bundle(arguments: &Bundle, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let certificate = certificate(&office, &arguments.number)?;
    let hash = certificate.hash();
    let Body::Cert(content) = &certificate.statement.body else {
        return Err(Failure::unreadable("error-no-certificate").with("number", &arguments.number));
    };
    let (documents, lost) = handout::kept(&office, content)?;
    make_folder(&arguments.out)?;
    for (name, bytes) in handout::with_bundle(&office, &arguments.number, &hash, documents)? {
        let path = arguments.out.join(name);
        write(&path, &bytes)?;
        print::line(words.say("written", &[("path", &path.display().to_string())]));
    }
    for name in &lost {
        print::note(words.say("document-lost", &[("name", name)]));
    }
    Ok(if lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn certificate(office: &Office, number: &str) -> Result<SignedStatement, Failure> {
    let found = office
        .store()
        .certificate(number)
        .map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
    found.ok_or_else(|| Failure::unreadable("error-no-certificate").with("number", number))
}
