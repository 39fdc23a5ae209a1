//! `heng infer`: what the readings of a network say about its meters and its charging piles.

mod certified;
pub mod meters;
pub mod piles;
mod registering;
mod selftest;
mod stated;
mod withdrawn;

use std::process::ExitCode;

use heng_wording::Words;

use crate::arguments::InferCommand;
use crate::failure::Failure;

/// Judges what stands in the field by its readings.
pub fn infer(command: &InferCommand, words: &Words) -> Result<ExitCode, Failure> {
    match command {
        InferCommand::Meters(arguments) => meters::meters(arguments, words),
        InferCommand::Selftest(arguments) => selftest::selftest(arguments, words),
        InferCommand::Piles(arguments) => piles::piles(arguments, words),
        InferCommand::Withdraw(arguments) => withdrawn::withdraw(arguments, words),
    }
}
