//! Districts judged on many machines, to the same bytes as on one.

#![warn(clippy::print_stdout, clippy::print_stderr)]

mod arguments;
mod executor;
mod failure;
mod function;
mod infer;
mod jobs;
mod plan;
mod print;
mod scheduler;
mod session;
mod verdicts;

use std::net::SocketAddr;
use std::process::ExitCode;

use arguments::{Arguments, Command, Infer};
use clap::Parser;
use failure::Failure;
use heng_wording::Words;

/// As in `heng`: judging a district makes and drops many arrays.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let words = Words::new(arguments.language());
    print::show_warnings();
    match run(&arguments.command, &words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            print::note(format_args!("heng-cluster: {}", failure.said(&words)));
            ExitCode::from(failure.exit)
        }
    }
}

fn run(command: &Command, words: &Words) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::stopped)?;
    match command {
        Command::Scheduler(scheduler) => {
            listens(scheduler.listen, words)?;
            runtime.block_on(scheduler::serve(scheduler))
        }
        Command::Executor(executor) => {
            listens(executor.listen, words)?;
            runtime.block_on(executor::work(executor, words))
        }
        Command::Infer(Infer::Meters(meters)) => runtime.block_on(infer::meters(meters, words)),
    }
}

/// An address that others are told must be one they can reach; one that strangers may reach is said.
fn listens(address: SocketAddr, words: &Words) -> Result<(), Failure> {
    if address.ip().is_unspecified() {
        return Err(Failure::unreadable("error-cluster-listen").with("address", address));
    }
    if !address.ip().is_loopback() {
        print::note(words.say("cluster-open", &[("address", &address.to_string())]));
    }
    Ok(())
}
