//! Diagnostics to text.
//!
//! Input: [`Diagnostic`]s and the sources they point into. Output: text for people, one line
//! each, or JSON. Responsibility: the only module that draws source excerpts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::snapshot::Snapshot;

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// With excerpts, for people.
    #[default]
    Human,
    /// One line each: `content/a.md:4:9: error[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
    /// Annotations for a pull request on GitHub.
    Github,
}

/// Whether messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// On a terminal.
    On,
    /// In a pipe.
    Off,
}

/// Line and column of a byte, both from 1, columns counted in characters; a byte-order mark
/// counts as nothing.
#[must_use]
pub fn position(source: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(source.len());
    while !source.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &source[..byte];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (line, column)
}

/// All diagnostics as text.
#[must_use]
pub fn report(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    format: Format,
    colour: Colour,
) -> String {
    let sources = Sources { snapshot };
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human => human(&mut out, diagnostic, &sources, colour),
            Format::Short => short(&mut out, diagnostic, &sources),
            Format::Json => json(&mut out, diagnostic, &sources),
            Format::Github => github(&mut out, diagnostic, &sources),
        }
    }
    out
}

struct Sources<'a> {
    snapshot: &'a Snapshot,
}

impl<'a> Sources<'a> {
    fn text(&self, path: &str) -> &'a str {
        self.snapshot
            .files
            .get(path)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// The line of a problem as it is to be written.
    fn mended_line(&self, diagnostic: &Diagnostic) -> Option<String> {
        let fix = diagnostic.fix.as_ref()?;
        let source = self.text(&fix.span.path);
        let range = clamp(source, &fix.span);
        let start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = source[range.end..].find('\n').map_or(source.len(), |at| range.end + at);
        Some(format!(
            "{}{}{}",
            &source[start..range.start],
            fix.replacement,
            source[range.end..end].trim_end()
        ))
    }

    fn position(&self, span: &Span) -> (usize, usize) {
        match self.snapshot.files.get(&*span.path) {
            // A file that is no text has a line and a column all the same, up to the wrong byte.
            Some(bytes) => {
                let end = span.start.min(bytes.len());
                let text = String::from_utf8_lossy(&bytes[..end]);
                position(&text, text.len())
            }
            None => (1, 1),
        }
    }
}

fn short(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>) {
    let (line, column) = sources.position(&diagnostic.span);
    let _ = writeln!(
        out,
        "{}:{line}:{column}: {}[{}]: {}",
        diagnostic.span.path,
        diagnostic.severity().word(),
        diagnostic.code,
        diagnostic.message
    );
}

/// A workflow command; see GitHub's "Workflow commands for GitHub Actions".
fn github(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>) {
    let (line, column) = sources.position(&diagnostic.span);
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let _ = writeln!(
        out,
        "::{} file={},line={line},col={column},title={}::{}",
        diagnostic.severity().word(),
        property(&diagnostic.span.path),
        diagnostic.code,
        data(&format!("{}\n{}", diagnostic.message, diagnostic.help))
    );
}

/// The escapes of a workflow command's text.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A table of the problems in Markdown, each with the line to write and a link to the editor at
/// that line. `base` is the address below which files are edited.
#[must_use]
pub fn markdown_summary(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    base: Option<&str>,
) -> String {
    let sources = Sources { snapshot };
    let mut out = String::from("## Roadbook\n\n");
    for diagnostic in diagnostics {
        let (line, column) = sources.position(&diagnostic.span);
        let path = &diagnostic.span.path;
        let place = format!("{path}:{line}:{column}");
        let _ = match base {
            Some(base) => write!(out, "- [{place}]({base}/{path}#L{line}): "),
            None => write!(out, "- `{place}`: "),
        };
        let _ = writeln!(
            out,
            "**{}** {}  \n  {}",
            diagnostic.severity().word(),
            diagnostic.message,
            diagnostic.help
        );
        if let Some(mended) = sources.mended_line(diagnostic) {
            let _ = writeln!(out, "\n  ```text\n  {mended}\n  ```");
        }
    }
    out
}

fn json(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>) {
    let (line, column) = sources.position(&diagnostic.span);
    let mut object = BTreeMap::new();
    object.insert("path", serde_json::json!(&*diagnostic.span.path));
    object.insert("line", serde_json::json!(line));
    object.insert("column", serde_json::json!(column));
    object.insert("severity", serde_json::json!(diagnostic.severity().word()));
    object.insert("code", serde_json::json!(diagnostic.code.name()));
    object.insert("message", serde_json::json!(diagnostic.message));
    object.insert("help", serde_json::json!(diagnostic.help));
    let line = serde_json::to_string(&object).expect("plain values are valid JSON");
    out.push_str(&line);
    out.push('\n');
}

fn human(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>, colour: Colour) {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.name());
    let source = sources.text(&diagnostic.span.path);
    let range = clamp(source, &diagnostic.span);
    let mut snippet = Snippet::source(source)
        .path(&*diagnostic.span.path)
        .annotation(AnnotationKind::Primary.span(range));
    for (span, note) in &diagnostic.related {
        if span.path == diagnostic.span.path {
            snippet = snippet
                .annotation(AnnotationKind::Context.span(clamp(source, span)).label(note.as_str()));
        }
    }
    let mut group = Group::with_title(title).element(snippet);
    for (span, note) in
        diagnostic.related.iter().filter(|(span, _)| span.path != diagnostic.span.path)
    {
        let other = sources.text(&span.path);
        group = group.element(
            Snippet::source(other)
                .path(&*span.path)
                .annotation(AnnotationKind::Context.span(clamp(other, span)).label(note.as_str())),
        );
    }
    let mut groups = vec![group.element(Level::HELP.message(&diagnostic.help))];
    if let Some(fix) = &diagnostic.fix {
        let source = sources.text(&fix.span.path);
        let patch = Patch::new(clamp(source, &fix.span), fix.replacement.as_str());
        groups.push(
            Group::with_title(Level::HELP.secondary_title("write it so"))
                .element(Snippet::source(source).path(&*fix.span.path).patch(patch)),
        );
    }
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    out.push_str(&renderer.render(&groups));
    out.push_str("\n\n");
}

/// A span as a range of whole characters within the source.
fn clamp(source: &str, span: &Span) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// `2 errors, 1 warning`; `None` where there is nothing to say.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    let count = |number: usize, word: &str| {
        (number > 0).then(|| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
    };
    let parts: Vec<String> =
        [count(errors, "error"), count(warnings, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = "\u{feff}а\tб🙂в\r\nг";
        let at = |needle: &str| position(source, source.find(needle).expect("it is there"));
        assert_eq!(at("а"), (1, 1));
        assert_eq!(at("б"), (1, 3));
        assert_eq!(at("в"), (1, 5));
        assert_eq!(at("г"), (2, 1));
    }
}
