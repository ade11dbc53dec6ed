//! What a job on GitHub shows.
//!
//! Input: diagnostics. Output: workflow commands, and Markdown appended to the file that the runner
//! names. Responsibility: an author who only ever uses the web editor gets the line to write and a
//! link to its place.
#![expect(clippy::disallowed_methods, reason = "the runner speaks through its environment")]

use std::path::{Component, Path};

use super::{complain, say};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::report::{annotations, markdown_summary};
use crate::snapshot::Snapshot;
use crate::text::encode_path;

/// Writes the annotations, and the summary where there is a runner to read it.
pub(super) fn show(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    repository: Option<&str>,
    dir: &Path,
) {
    let below = below(dir);
    say(&annotations(diagnostics, snapshot, &below));
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
    let base = repository.map(|repository| {
        let below = below.trim_end_matches('/');
        let between = if below.is_empty() { "" } else { "/" };
        format!("{repository}/edit/{branch}{between}{}", encode_path(below))
    });
    let text = markdown_summary(diagnostics, snapshot, base.as_deref());
    if let Err(error) = disk::append(Path::new(&file), text.as_bytes()) {
        complain(&format!("warning: the job's summary could not be written: {error}\n"));
    }
}

/// The way from the repository, in which jobs run, to the curriculum's folder; empty or with `/` at
/// its end.
fn below(dir: &Path) -> String {
    let root = std::env::var("GITHUB_WORKSPACE").unwrap_or_default();
    let dir = dir.strip_prefix(&root).ok().filter(|_| !root.is_empty()).unwrap_or(dir);
    let mut way = String::new();
    for part in dir.components() {
        match part {
            Component::Normal(name) => {
                way.push_str(&name.to_string_lossy());
                way.push('/');
            }
            Component::CurDir => {}
            // It lies elsewhere, and no place of the repository is known.
            _ => return String::new(),
        }
    }
    way
}
