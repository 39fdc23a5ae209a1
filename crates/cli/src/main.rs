//! The laboratory's, the engineer's and the citizen's tool, and the composition root.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod account;
mod arguments;
mod certify;
mod chain;
mod check;
mod compare;
mod dcc;
mod decide;
mod demo;
mod failure;
mod figures;
mod fit;
mod forecast;
mod fsck;
mod html;
mod infer;
mod init;
mod input_files;
mod key;
mod ledger;
mod lost;
mod lot;
mod material;
mod model_source;
mod norm;
mod ocmf;
mod ocpp;
mod plan;
mod print;
mod progress;
mod readings;
mod record;
mod round;
mod serve;
mod source_text;
mod trust;
mod uncertainty;
mod withdraw;

use std::process::ExitCode;

use arguments::{
    Arguments, Command, DccCommand, KeyCommand, LedgerCommand, LogCommand, LotCommand, OcmfCommand, OcppCommand,
    RecordCommand,
};
use clap::Parser;

/// A page is made of many small texts that live for a millisecond; the C library's allocator took a fifth of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let words = heng_wording::Words::new(arguments.language());
    let outcome = match arguments.command {
        Command::Init(init) => init::init(&init, &words),
        Command::Certify(certify) => certify::certify(&certify, &words),
        Command::Ledger(LedgerCommand::Import(import)) => ledger::import(&import, &words),
        Command::Ledger(LedgerCommand::Export(export)) => ledger::export(&export, &words),
        Command::Ledger(LedgerCommand::Template(template)) => ledger::template(&template, &words),
        Command::Record(RecordCommand::Template(template)) => record::template(&template, &words),
        Command::Check(check) => check::check(&check, &words),
        Command::Dcc(DccCommand::Check(check)) => dcc::check(&check, &words),
        Command::Dcc(DccCommand::Show(show)) => dcc::show(&show, &words),
        Command::Dcc(DccCommand::Json(file)) => dcc::json(&file),
        Command::Dcc(DccCommand::Xml(file)) => dcc::xml(&file),
        Command::Ocmf(OcmfCommand::Check(check)) => ocmf::check(&check, &words),
        Command::Ocpp(OcppCommand::Check(check)) => ocpp::check(&check, &words),
        Command::Uncertainty(model) => uncertainty::uncertainty(&model, &words),
        Command::Decide(decide) => decide::decide(&decide, &words),
        Command::Compare(compare) => compare::compare(&compare, &words),
        Command::Round(command) => round::round(&command, &words),
        Command::Material(material) => material::material(&material, &words),
        Command::Fit(fit) => fit::fit(&fit, &words),
        Command::Infer(command) => infer::infer(&command, &words),
        Command::Lot(LotCommand::Grade(lot)) => lot::grade_lot(&lot, &words),
        Command::Readings(command) => readings::readings(&command, &words),
        Command::Plan(command) => plan::plan(&command, &words),
        Command::Forecast(command) => forecast::forecast(&command, &words),
        Command::Norm(command) => norm::norm(&command, &words),
        Command::Chain(chain) => chain::chain(&chain, &words),
        Command::Serve(serve) => serve::serve(&serve, &words),
        Command::Account(command) => account::account(&command, &words),
        Command::Demo(demo) => demo::demo(&demo, &words),
        Command::Log(LogCommand::Fsck(fsck)) => fsck::fsck(&fsck, &words),
        Command::Key(KeyCommand::New(new)) => key::new(&new, &words),
        Command::Key(KeyCommand::Show(show)) => key::show(&show, &words),
        Command::Withdraw(withdraw) => withdraw::withdraw(&withdraw, &words),
        Command::Bundle(bundle) => withdraw::bundle(&bundle, &words),
    };
    print::end(match outcome {
        Ok(code) => code,
        Err(failure) => {
            print::note(format_args!("heng: {}", failure.said(&words)));
            failure::exit_code(&failure)
        }
    })
}
