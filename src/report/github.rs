//! What GitHub shows of problems.
//!
//! Input: [`Diagnostic`]s and the sources they point into. Output: workflow commands, and Markdown
//! for a job's summary. Responsibility: whatever a stranger's content says stays text there.

use std::fmt::Write as _;

use super::{Sources, visible};
use crate::diagnostic::{Diagnostic, Fix};
use crate::snapshot::Snapshot;
use crate::text::encode_path;

/// Workflow commands, which become notes at the lines of a pull request; see GitHub's "Workflow
/// commands for GitHub Actions". `below` leads from the repository to the curriculum's folder: it is
/// empty or ends in `/`.
#[must_use]
pub fn annotations(diagnostics: &[Diagnostic], snapshot: &Snapshot, below: &str) -> String {
    let sources = Sources::of(snapshot);
    let mut out = String::new();
    for diagnostic in diagnostics {
        annotation(&mut out, diagnostic, &sources, below);
    }
    out
}

fn annotation(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>, below: &str) {
    let (line, column) = sources.position(&diagnostic.span);
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut text = format!("{}\n{}", diagnostic.message, diagnostic.help);
    if let Some(mended) = diagnostic.fix.as_ref().and_then(|fix| pasted(sources, fix)) {
        let _ = write!(text, "\n{mended}");
    }
    for (meaning, fix) in &diagnostic.choices {
        if let Some(mended) = pasted(sources, fix) {
            let _ = write!(text, "\n{meaning}:\n{mended}");
        }
    }
    let _ = writeln!(
        out,
        "::{} file={},line={line},col={column},title={}::{}",
        diagnostic.severity().word(),
        property(&format!("{below}{}", diagnostic.span.path)),
        diagnostic.code,
        data(&text)
    );
}

/// The escapes of a workflow command's text.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The longest line that is shown to be copied, in bytes; who has longer ones has another editor.
const LONGEST_LINE: usize = 4_000;

/// The line of a mend as it is to be written, where a person would copy it.
fn pasted(sources: &Sources<'_>, fix: &Fix) -> Option<String> {
    Some(sources.mended_line(fix)).filter(|line| line.len() <= LONGEST_LINE)
}

/// The problems as a list in Markdown, each with the line to write and a link to the editor at that
/// line. `base` is the address below which files of the curriculum are edited.
#[must_use]
pub fn markdown_summary(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    base: Option<&str>,
) -> String {
    let sources = Sources::of(snapshot);
    let mut out = String::from("## Roadbook\n\n");
    let mut told = 0;
    for diagnostic in diagnostics {
        if out.len() > LONGEST_SUMMARY {
            break;
        }
        told += 1;
        let (line, column) = sources.position(&diagnostic.span);
        let path = &diagnostic.span.path;
        let _ = writeln!(
            out,
            "- {}: **{}** {}  \n  {}",
            link(base, path, line, &format!("{path}:{line}:{column}")),
            diagnostic.severity().word(),
            literal(&diagnostic.message),
            literal(&diagnostic.help)
        );
        if let Some(mended) = diagnostic.fix.as_ref().and_then(|fix| pasted(&sources, fix)) {
            fenced(&mut out, &mended);
        }
        for (meaning, fix) in &diagnostic.choices {
            choice(&mut out, meaning, fix, base, &sources);
        }
    }
    if diagnostics.len() > told {
        let _ = writeln!(out, "\nand {} more", diagnostics.len() - told);
    }
    out
}

/// Where a summary ends, in bytes: GitHub drops one of more than a megabyte as a whole, and one
/// problem is never so long.
const LONGEST_SUMMARY: usize = 200_000;

fn choice(out: &mut String, meaning: &str, fix: &Fix, base: Option<&str>, sources: &Sources<'_>) {
    let (line, _) = sources.position(&fix.span);
    let place = link(base, &fix.span.path, line, &format!("line {line}"));
    if let Some(mended) = pasted(sources, fix) {
        let _ = writeln!(out, "\n  {}, write {place} so:", literal(meaning));
        fenced(out, &mended);
    }
}

fn link(base: Option<&str>, path: &str, line: usize, text: &str) -> String {
    let text = literal(text);
    match base {
        Some(base) => format!("[{text}]({base}/{}#L{line})", encode_path(path)),
        None => text,
    }
}

/// A text in which nothing is a sign of Markdown or HTML.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in visible(text).chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line to be copied, in a fence that is longer than any within.
fn fenced(out: &mut String, line: &str) {
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(out, "\n  {fence}text\n  {}\n  {fence}", line.replace('\n', "\n  "));
}
