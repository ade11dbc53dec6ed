//! `roadbook import`, and `init --from`.
//!
//! Input: arguments. Output: a new curriculum, and what became what. Responsibility: what is read, where
//! it goes, and what is said of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{complain, create, say};
use crate::compile::{Memo, compile};
use crate::diagnostic::has_errors;
use crate::disk::{self, DiskError, Found};
use crate::import::{Imported, Input, LARGEST, Repair, Report, import as imported};
use crate::report::{Colour, Format, report as told};
use crate::scaffold;
use crate::snapshot::Snapshot;

#[derive(Debug, clap::Args)]
pub(super) struct ImportArguments {
    /// A document, or a folder of Markdown.
    from: PathBuf,
    /// The new folder.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The curriculum's permanent id [default: from the new folder's name].
    #[arg(long)]
    id: Option<String>,
    /// Repair text that was misread in a legacy code page.
    #[arg(long)]
    repair: bool,
}

pub(super) fn import(arguments: &ImportArguments) -> Result<ExitCode, DiskError> {
    let repair = if arguments.repair { Repair::Yes } else { Repair::No };
    into_folder(&arguments.from, &arguments.into, arguments.id.as_deref(), repair)
}

/// Imports into a new folder.
pub(super) fn into_folder(
    from: &Path,
    into: &Path,
    id: Option<&str>,
    repair: Repair,
) -> Result<ExitCode, DiskError> {
    let Some(id) = create::curriculum_id(id, into) else { return Ok(ExitCode::from(2)) };
    let Some(Imported { mut files, report }) = read(from, &id, repair)? else {
        return Ok(ExitCode::FAILURE);
    };
    let title = from.file_stem().map(|name| name.to_string_lossy().into_owned());
    for (path, bytes) in scaffold::repository(&title.unwrap_or_default(), create::pin()?) {
        files.entry(path).or_insert(bytes);
    }
    disk::create(into, &files)?;
    say(&summary(&report));
    let snapshot = Snapshot::of(files.clone());
    let compiled = compile(&snapshot, &mut Memo::default());
    let stats = compiled.stats;
    say(&format!(
        "{} files in {}: {} levels, {} stages, {} topics, {} projects, {} sources\n",
        files.len(),
        into.display(),
        stats.levels,
        stats.stages,
        stats.topics,
        stats.projects,
        stats.sources,
    ));
    if has_errors(&compiled.diagnostics) {
        complain(&told(&compiled.diagnostics, &snapshot, Format::Short, Colour::Off));
        complain("What is listed here has to be mended before the site can be built.\n");
    }
    say(&format!("Next: roadbook build {}\n", into.display()));
    Ok(ExitCode::SUCCESS)
}

fn read(from: &Path, id: &str, repair: Repair) -> Result<Option<Imported>, DiskError> {
    let name = from.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let input = match disk::documents(from, LARGEST)? {
        Found::File(text) => Input::Document(text),
        Found::Folder(files) => Input::Folder(files),
        Found::Nothing(problem) => {
            complain(&format!("error: {}: {problem}\n", from.display()));
            return Ok(None);
        }
    };
    Ok(Some(imported(input, id, &name, repair)))
}

fn summary(report: &Report) -> String {
    let mut out = String::new();
    for (line, what, text) in &report.placed {
        let line = if *line == 0 { String::new() } else { line.to_string() };
        let _ = writeln!(out, "{line:>6}  {what:<15} {text}");
    }
    if let Some((page, repair)) = report.misread {
        let _ = match repair {
            Repair::Yes => writeln!(out, "The text was UTF-8 misread as {page}; it is repaired."),
            Repair::No => writeln!(
                out,
                "The text looks like UTF-8 misread as {page}: `--repair` reads it as it was meant."
            ),
        };
    }
    for (title, id) in &report.renamed {
        let _ = writeln!(out, "Another page has the id of \"{title}\": this one is `{id}`.");
    }
    if !report.made.is_empty() {
        let _ = writeln!(
            out,
            "{} topics are made of headings, since nothing below them could be ticked.",
            report.made.len()
        );
    }
    if !report.kept.is_empty() {
        let _ = writeln!(out, "No place of their own, kept in the nearest page:");
        for (line, text) in &report.kept {
            let _ = writeln!(out, "{line:>6}  {text}");
        }
    }
    out
}
