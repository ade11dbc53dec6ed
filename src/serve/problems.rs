//! Diagnostics for the browser.
//!
//! Input: diagnostics and the files they point into. Output: JSON for the overlay.
//! Responsibility: what the overlay says of a problem, and the link that opens it in an editor.

use std::path::Path;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::DiskError;
use crate::report::position;
use crate::snapshot::Snapshot;

/// The most problems that are shown; nobody mends more between two saves.
const MOST: usize = 50;
/// The longest line of a file that is shown, in characters.
const LONGEST: usize = 200;

/// A problem as the overlay shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Problem {
    /// `error` or `warning`.
    severity: &'static str,
    /// The diagnostic's code, or nothing.
    code: &'static str,
    /// `content/a.md:4:9`, or nothing.
    place: String,
    /// What is wrong.
    message: String,
    /// How to mend it.
    help: String,
    /// The line of the file.
    line: String,
    /// What opens the place in an editor, or nothing.
    open: String,
}

impl Problem {
    fn without_place(message: String, help: &str) -> Self {
        Self {
            severity: "error",
            code: "",
            place: String::new(),
            message,
            help: help.to_owned(),
            line: String::new(),
            open: String::new(),
        }
    }

    /// The compiler failed.
    pub(super) fn panic() -> Self {
        Self::without_place(
            "the compiler failed at this state of the files".to_owned(),
            "this is a mistake of roadbook; the terminal says more. The last site is shown",
        )
    }

    /// The folder could not be read.
    pub(super) fn unreadable(error: &DiskError) -> Self {
        Self::without_place(error.to_string(), "the last site is shown until it can be read again")
    }
}

/// The errors, or where there are none the warnings.
pub(super) fn of(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    root: &Path,
    editor: &str,
) -> Vec<Problem> {
    let errors = diagnostics.iter().any(|found| found.severity() == Severity::Error);
    let shown = diagnostics.iter().filter(|d| !errors || d.severity() == Severity::Error);
    shown.take(MOST).map(|found| problem(found, snapshot, root, editor)).collect()
}

fn problem(found: &Diagnostic, snapshot: &Snapshot, root: &Path, editor: &str) -> Problem {
    let path = &*found.span.path;
    let bytes = snapshot.files.get(path).map_or(&[][..], |bytes| &**bytes);
    let text = String::from_utf8_lossy(bytes);
    let (line, column) = position(&text, found.span.start);
    let source = text.lines().nth(line - 1).unwrap_or_default();
    let file = root.canonicalize().unwrap_or_else(|_| root.to_owned()).join(path);
    Problem {
        severity: found.severity().word(),
        code: found.code.name(),
        place: format!("{path}:{line}:{column}"),
        message: found.message.clone(),
        help: found.help.clone(),
        line: source.chars().take(LONGEST).collect(),
        open: editor
            .replace("{file}", &crate::text::encode_path(&file.to_string_lossy()))
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string()),
    }
}
