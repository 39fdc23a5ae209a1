//! `heng chain`: what a certificate rests on, up to the unit.

use std::path::Path;
use std::process::ExitCode;

use heng_checker::Bundle;
use heng_exchange::{dcc, pdf};
use heng_statement::StatementHash;
use heng_store::Store;
use heng_view::Top;
use heng_view::chain::{Link, chain as view_chain};
use heng_wording::{Language, Words};
use serde_json::{Value, json};

use crate::arguments::Chain;
use crate::failure::{Failure, Outcome, read};
use crate::print;

/// Prints the chain of a certificate, the certificate first, each standard indented under what it was used for.
pub fn chain(arguments: &Chain, words: &Words) -> Outcome {
    let failed =
        |error| Failure::unreadable("error-store").with("path", arguments.data.display()).with("reason", error);
    let store = Store::open(&arguments.data).map_err(failed)?;
    let hash = certificate(&store, &arguments.of)?;
    let chain = view_chain(&hash, &|hash| store.placed(hash).ok().flatten().map(|placed| placed.signed));
    if arguments.json {
        let links: Vec<Value> = chain.links.iter().filter_map(link_json).collect();
        print::line(format_args!("{:#}", json!({ "links": links, "complete": chain.tops == [Top::Realisation] })));
    } else {
        for link in &chain.links {
            print(link, words);
        }
        for top in &chain.tops {
            print::line(said(top, words));
        }
    }
    let complete = chain.tops == [Top::Realisation];
    Ok(if complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The certificate that a number or a file names.
fn certificate(store: &Store, of: &str) -> Result<StatementHash, Failure> {
    let path = Path::new(of);
    let number = if path.is_file() {
        let bytes = read(path)?;
        let bundle = Bundle::parse(&bytes).ok().or_else(|| Bundle::parse(&pdf::split(&bytes)?.bundle).ok());
        if let Some(bundle) = bundle {
            return Ok(bundle.certificate);
        }
        let read = dcc::read(&bytes).map_err(|error| Failure::reading(path, error))?;
        dcc::number(&read).ok_or_else(|| Failure::reading(path, "–"))?
    } else {
        of.to_owned()
    };
    let found = store
        .certificate(&number)
        .map_err(|error| Failure::unreadable("error-store").with("path", of).with("reason", error))?;
    found.map(|signed| signed.hash()).ok_or_else(|| Failure::unreadable("error-no-certificate").with("number", number))
}

fn print(link: &Link, words: &Words) {
    let indent = "   ".repeat(link.depth as usize);
    let Some(certificate) = link.certificate() else { return };
    let (name, rule) = match words.language() {
        Language::Zh => (&certificate.instrument.name.zh, &certificate.rule.title.zh),
        Language::En => (&certificate.instrument.name.en, &certificate.rule.title.en),
    };
    print::line(format_args!(
        "{indent}● {}  {name} {} {}",
        certificate.number, certificate.instrument.model, certificate.instrument.serial
    ));
    print::line(format_args!("{indent}  {}  {rule}", certificate.performed_on));
    for dissemination in &certificate.disseminates {
        let [from, to, uncertainty] = [&dissemination.from, &dissemination.to, &dissemination.expanded_uncertainty]
            .map(|stated| {
                let stated = heng_quantity::Reported { uncertainty: None, ..stated.clone() };
                stated.text()
            });
        let facts = [
            ("quantity", dissemination.quantity.as_str()),
            ("from", &from),
            ("to", &to),
            ("uncertainty", &uncertainty),
        ];
        print::line(format_args!("{indent}  {}", words.say("chain-disseminates", &facts)));
    }
}

fn said(top: &Top, words: &Words) -> String {
    match top {
        Top::Realisation => words.say("chain-top", &[]),
        Top::Missing(hash) => words.say("chain-missing", &[("statement", hash)]),
        Top::Circle(hash) => words.say("chain-circle", &[("statement", hash)]),
        Top::TooDeep(hash) => words.say("chain-too-deep", &[("statement", hash)]),
    }
}

fn link_json(link: &Link) -> Option<Value> {
    let certificate = link.certificate()?;
    Some(json!({
        "depth": link.depth,
        "statement": link.hash,
        "number": certificate.number,
        "issuer": link.issue.statement.issuer,
        "instrument": certificate.instrument,
        "performed_on": certificate.performed_on,
        "valid_through": certificate.valid_through,
        "rule": certificate.rule,
        "disseminates": certificate.disseminates,
    }))
}
