//! The `roadbook` command.
#![expect(clippy::disallowed_methods, reason = "the arguments enter here")]

use std::process::ExitCode;

/// A build is made of small texts from several threads, for which the usual allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    roadbook::cli::run(std::env::args_os())
}
