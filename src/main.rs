//! The `roadbook` command.
#![expect(clippy::disallowed_methods, reason = "the arguments enter here")]

use std::process::ExitCode;

fn main() -> ExitCode {
    roadbook::cli::run(std::env::args_os())
}
