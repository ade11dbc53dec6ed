//! The reference of commands.
//!
//! Input: the command line's own definition. Output: Markdown. Responsibility: what `--help` says, as a
//! page.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};

use super::Arguments;

/// All commands with their arguments, as the body of a page.
#[must_use]
pub fn reference() -> String {
    let mut program = Arguments::command();
    program.build();
    let mut out = String::new();
    for command in program.get_subcommands().filter(|command| command.get_name() != "help") {
        write_command(&mut out, "roadbook", command);
    }
    out
}

fn write_command(out: &mut String, before: &str, command: &Command) {
    let name = format!("{before} {}", command.get_name());
    let level = if before.contains(' ') { "###" } else { "##" };
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = write!(out, "{level} {name}\n\n{about}.\n\n");
    let mut usage = command.clone().render_usage().to_string();
    usage = usage.replace("Usage: ", "");
    if !command.has_subcommands() {
        let _ = write!(out, "```text\n{usage}\n```\n\n");
    }
    let arguments: Vec<&Arg> = command
        .get_arguments()
        .filter(|argument| !matches!(argument.get_id().as_str(), "help" | "version"))
        .collect();
    if !arguments.is_empty() && !command.has_subcommands() {
        out.push_str("| argument | meaning |\n| --- | --- |\n");
        for argument in arguments {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            let help = help.replace('|', "\\|");
            let _ = writeln!(out, "| `{}` | {}{} |", name_of(argument), help, choices(argument));
        }
        out.push('\n');
    }
    for below in command.get_subcommands().filter(|command| command.get_name() != "help") {
        write_command(out, &name, below);
    }
}

/// `--out OUT` and `[DIR]`, as the command line takes them.
fn name_of(argument: &Arg) -> String {
    argument.to_string().replace('|', "\\|")
}

fn choices(argument: &Arg) -> String {
    let values = argument.get_possible_values();
    let words: Vec<String> = values
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    let takes = argument.get_action().takes_values() && !words.is_empty() && words.len() < 12;
    let default: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    let mut out = String::new();
    if takes {
        let _ = write!(out, ": {}", words.join(", "));
    }
    if argument.get_action().takes_values() && !default.is_empty() {
        let _ = write!(out, "; without it {}", default.join(", "));
    }
    out
}
