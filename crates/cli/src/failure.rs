//! What a command returns, and the code it ends with.

use std::process::ExitCode;

pub use heng_office::Failure;
pub use heng_office::files::{make_folder, read, write};

/// What a command returns.
pub type Outcome = Result<ExitCode, Failure>;

/// 1 where the work could not be done, 2 where the input is unreadable.
pub fn exit_code(failure: &Failure) -> ExitCode {
    ExitCode::from(if failure.is_of_input() { 2 } else { 1 })
}
