//! The summary of a job on GitHub.
//!
//! Input: diagnostics. Output: Markdown appended to the file that the runner names. Responsibility:
//! an author who only ever uses the web editor gets the line to write and a link to its place.
#![expect(clippy::disallowed_methods, reason = "the runner speaks through its environment")]

use std::path::Path;

use super::complain;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::report::markdown_summary;
use crate::snapshot::Snapshot;

/// Appends the summary, where there is a runner to read it.
pub(super) fn summarise(diagnostics: &[Diagnostic], snapshot: &Snapshot, repository: Option<&str>) {
    let Ok(file) = std::env::var("GITHUB_STEP_SUMMARY") else { return };
    if diagnostics.is_empty() {
        return;
    }
    let repository = repository.map(str::to_owned).or_else(|| {
        let server = std::env::var("GITHUB_SERVER_URL").ok()?;
        Some(format!("{server}/{}", std::env::var("GITHUB_REPOSITORY").ok()?))
    });
    let branch = std::env::var("GITHUB_HEAD_REF")
        .ok()
        .filter(|name| !name.is_empty())
        .or_else(|| std::env::var("GITHUB_REF_NAME").ok())
        .unwrap_or_else(|| "main".to_owned());
    let base = repository.map(|repository| format!("{repository}/edit/{branch}"));
    let text = markdown_summary(diagnostics, snapshot, base.as_deref());
    if let Err(error) = disk::append(Path::new(&file), text.as_bytes()) {
        complain(&format!("warning: the job's summary could not be written: {error}\n"));
    }
}
