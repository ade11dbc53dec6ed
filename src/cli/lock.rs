//! `roadbook lock`.
//!
//! Input: a curriculum's folder. Output: what changed of its items, and the lock where that is
//! asked for. Responsibility: whether the lock is as the content says, and conflicts in it.

use std::path::Path;
use std::process::ExitCode;

use super::timings::Timings;
use super::{Common, Nowhere, changes, compile, complain, say, show};
use crate::compile::{Compiled, LOCK};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::disk::{self, DiskError};
use crate::lock;
use crate::report::{Colour, Format, report};
use crate::snapshot::Snapshot;

#[derive(Debug, clap::Args)]
pub(super) struct LockArguments {
    #[command(flatten)]
    pub(super) common: Common,
    /// Write the lock.
    #[arg(long, conflicts_with = "resolve")]
    update: bool,
    /// Unite both sides of git's conflict marks.
    #[arg(long)]
    pub(super) resolve: bool,
}

fn old_lock(snapshot: &Snapshot) -> &[u8] {
    snapshot.files.get(LOCK).map_or(&[], |bytes| &**bytes)
}

/// The text of the next lock, where it differs from the last one.
pub(super) fn changed_lock(snapshot: &Snapshot, compiled: &Compiled) -> Option<String> {
    let text = compiled.lock.as_ref()?.to_string();
    (text.as_bytes() != old_lock(snapshot)).then_some(text)
}

pub(super) fn outdated(compiled: &Compiled) -> Diagnostic {
    Diagnostic::new(
        Code::LockOutdated,
        Span::file(LOCK),
        format!("the lock is out of date: {}", changes::in_short(&compiled.changes)),
        "run `roadbook lock --update` and commit `progress.lock`",
    )
}

pub(super) fn lock_command(arguments: &LockArguments) -> Result<ExitCode, DiskError> {
    let common = &arguments.common;
    let (snapshot, compiled) = compile(common, Some(&Nowhere), &mut Timings::start(common.talk()))?;
    let usable = show(common, &snapshot, &compiled.diagnostics);
    if compiled.lock.is_none() || !usable {
        return Ok(ExitCode::FAILURE);
    }
    let Some(lock) = changed_lock(&snapshot, &compiled) else {
        say(&format!("{LOCK} is up to date\n"));
        return Ok(ExitCode::SUCCESS);
    };
    say(&changes::listed(&compiled.changes));
    let changes = changes::in_short(&compiled.changes);
    if arguments.update {
        disk::replace(&common.dir.join(LOCK), lock.as_bytes())?;
        say(&format!("{LOCK} written: {changes}\n"));
    } else {
        say(&format!("{changes}; `roadbook lock --update` writes it\n"));
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn resolve(dir: &Path) -> Result<ExitCode, DiskError> {
    let path = dir.join(LOCK);
    let Some(text) = disk::read_text(&path)? else {
        complain(&format!("error: there is no {LOCK} in {}\n", dir.display()));
        return Ok(ExitCode::FAILURE);
    };
    match lock::resolve(LOCK, &text) {
        Ok(resolved) if resolved == text => {
            say(&format!("{LOCK} holds no conflict marks\n"));
            Ok(ExitCode::SUCCESS)
        }
        Ok(resolved) => {
            disk::replace(&path, resolved.as_bytes())?;
            say(&format!("{LOCK}: both sides united\n"));
            Ok(ExitCode::SUCCESS)
        }
        Err(diagnostics) => {
            let snapshot = Snapshot::of([(LOCK, text.into_bytes())]);
            complain(&report(&diagnostics, &snapshot, Format::Human, Colour::Off));
            Ok(ExitCode::FAILURE)
        }
    }
}
