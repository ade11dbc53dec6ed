//! Diagnostics to text.
//!
//! Input: [`Diagnostic`]s and the sources they point into. Output: text for people, one line
//! each, or JSON. Responsibility: the only module that draws source excerpts.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Fix, Severity, Span};
use crate::snapshot::Snapshot;

mod github;
pub use github::{annotations, markdown_summary};

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
    let sources = Sources::of(snapshot);
    let mut out = String::new();
    for diagnostic in diagnostics {
        match format {
            Format::Human => human(&mut out, diagnostic, &sources, colour),
            Format::Short => short(&mut out, diagnostic, &sources),
            Format::Json => json(&mut out, diagnostic, &sources),
            Format::Github => return annotations(diagnostics, snapshot, ""),
        }
    }
    out
}

struct Sources<'a> {
    snapshot: &'a Snapshot,
    /// The last place that was looked up. Problems come in order of place, so that most are found
    /// by counting on from there; from the beginning each time, a page of a hundred thousand
    /// problems would be read a hundred thousand times.
    last: RefCell<Place>,
}

/// A byte of a file, and its line and column.
#[derive(Clone)]
struct Place {
    path: Arc<str>,
    byte: usize,
    line: usize,
    column: usize,
}

impl<'a> Sources<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        let nowhere = Place { path: Arc::from(""), byte: 0, line: 1, column: 1 };
        Self { snapshot, last: RefCell::new(nowhere) }
    }

    fn text(&self, path: &str) -> &'a str {
        self.snapshot
            .files
            .get(path)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// The line of a mend as it is to be written.
    fn mended_line(&self, fix: &Fix) -> String {
        let source = self.text(&fix.span.path);
        let range = clamp(source, &fix.span);
        let start = source[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let end = source[range.end..].find('\n').map_or(source.len(), |at| range.end + at);
        let (before, after) = (&source[start..range.start], source[range.end..end].trim_end());
        format!("{before}{}{after}", fix.replacement)
    }

    fn position(&self, span: &Span) -> (usize, usize) {
        let Some(bytes) = self.snapshot.files.get(&*span.path) else { return (1, 1) };
        let Ok(text) = std::str::from_utf8(bytes) else {
            // A file that is no text has a line and a column all the same, up to the wrong byte.
            let end = span.start.min(bytes.len());
            let text = String::from_utf8_lossy(&bytes[..end]);
            return position(&text, text.len());
        };
        let byte = clamp(text, span).start;
        let mut last = self.last.borrow_mut();
        if last.path != span.path || last.byte > byte {
            *last = Place { path: Arc::clone(&span.path), byte: 0, line: 1, column: 1 };
        }
        for c in text[last.byte..byte].chars() {
            match c {
                '\n' => (last.line, last.column) = (last.line + 1, 1),
                '\u{feff}' if last.column == 1 => {}
                _ => last.column += 1,
            }
        }
        last.byte = byte;
        (last.line, last.column)
    }

    /// The lines around some places of a file, with the byte and the number of the first one;
    /// `None` where they are too long to be shown, or no text.
    fn excerpt(&self, path: &str, places: &[&Span]) -> Option<Excerpt<'a>> {
        let known = self.snapshot.files.get(path);
        let text = known.map_or(Some(""), |bytes| std::str::from_utf8(bytes).ok())?;
        let ranges = || places.iter().map(|span| clamp(text, span));
        let (first, last) = (ranges().map(|r| r.start).min()?, ranges().map(|r| r.end).max()?);
        if last - first > LONGEST_EXCERPT {
            return None;
        }
        // Lines are looked for nearby alone, since one line may be a whole file.
        let (from, to) = (near(text, first, -LONGEST_LINE), near(text, last, LONGEST_LINE));
        let line_start = |at: usize| text[from..at].rfind('\n').map(|found| from + found + 1);
        let line_end = |at: usize| text[at..to].find('\n').map(|found| at + found + 1);
        let start = line_start(first).or((from == 0).then_some(0))?;
        let start = start.checked_sub(1).and_then(line_start).unwrap_or(start);
        let end = line_end(last).or((to == text.len()).then_some(to))?;
        let end = line_end(end).unwrap_or(end);
        // A byte-order mark is no sign that a reader sees.
        let start = if start == 0 && text.starts_with('\u{feff}') { 3.min(end) } else { start };
        let span = Span::new(&places[0].path, start, start);
        Some(Excerpt { text: &text[start..end], start, line: self.position(&span).0 })
    }
}

/// The longest piece of a file that is shown with a problem, and the longest line around it, in
/// bytes.
const LONGEST_EXCERPT: usize = 10_000;
const LONGEST_LINE: isize = 5_000;

/// The byte so far away, at most at an end of the text, where a character begins.
fn near(text: &str, at: usize, far: isize) -> usize {
    let mut at = at.saturating_add_signed(far).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Some lines of a file.
#[derive(Clone, Copy)]
struct Excerpt<'a> {
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Excerpt<'a> {
    fn snippet<T: Clone>(&self, path: &'a str) -> Snippet<'a, T> {
        Snippet::source(self.text).line_start(self.line).path(path)
    }

    fn range(&self, span: &Span) -> std::ops::Range<usize> {
        let range = |at: usize| at.saturating_sub(self.start);
        let shifted = Span::new(&span.path, range(span.start), range(span.end));
        clamp(self.text, &shifted)
    }
}

/// A text on one line of a terminal: what would end the line or steer the terminal is shown as an
/// escape.
fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_control() { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

fn short(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>) {
    let (line, column) = sources.position(&diagnostic.span);
    let _ = writeln!(
        out,
        "{}:{line}:{column}: {}[{}]: {}",
        visible(&diagnostic.span.path),
        diagnostic.severity().word(),
        diagnostic.code,
        visible(&diagnostic.message)
    );
}

/// Places besides the first are bytes of their file: a program that mends has the file at hand.
fn json(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>) {
    let (line, column) = sources.position(&diagnostic.span);
    let place = |span: &Span| json!({"path": &*span.path, "start": span.start, "end": span.end});
    let with = |mut place: Value, key: &str, value: &str| {
        place[key] = value.into();
        place
    };
    let mend = |fix: &Fix| with(place(&fix.span), "text", &fix.replacement);
    let choice = |(meaning, fix): &(String, Fix)| with(mend(fix), "meaning", meaning);
    let related = |(span, note): &(Span, String)| with(place(span), "note", note);
    let object = json!({
        "path": &*diagnostic.span.path,
        "line": line,
        "column": column,
        "start": diagnostic.span.start,
        "end": diagnostic.span.end,
        "severity": diagnostic.severity().word(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "detail": diagnostic.detail,
        "fix": diagnostic.fix.as_ref().map(mend),
        "choices": diagnostic.choices.iter().map(choice).collect::<Vec<_>>(),
        "related": diagnostic.related.iter().map(related).collect::<Vec<_>>(),
    });
    let _ = writeln!(out, "{object}");
}

fn human(out: &mut String, diagnostic: &Diagnostic, sources: &Sources<'_>, colour: Colour) {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name());
    let path = &diagnostic.span.path;
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        diagnostic.related.iter().partition(|(span, _)| span.path == *path);
    let mut places = vec![&diagnostic.span];
    places.extend(here.iter().map(|(span, _)| span));
    let mut group = Group::with_title(title);
    if let Some(excerpt) = sources.excerpt(path, &places) {
        let primary = AnnotationKind::Primary.span(excerpt.range(&diagnostic.span));
        let notes = here.iter().map(|(span, note)| {
            AnnotationKind::Context.span(excerpt.range(span)).label(visible(note))
        });
        group = group.element(excerpt.snippet(path).annotation(primary).annotations(notes));
    } else {
        group = group.element(place(&diagnostic.span, sources));
    }
    for (span, note) in elsewhere {
        if let Some(excerpt) = sources.excerpt(&span.path, &[span]) {
            let note = AnnotationKind::Context.span(excerpt.range(span)).label(visible(note));
            group = group.element(excerpt.snippet(&span.path).annotation(note));
        } else {
            group = group.element(place(span, sources));
        }
    }
    let detail: Vec<Cow<'_, str>> = diagnostic.detail.lines().map(visible).collect();
    if !detail.is_empty() {
        group = group.element(Level::NOTE.message(detail.join("\n")));
    }
    let mut groups = vec![group.element(Level::HELP.message(visible(&diagnostic.help)))];
    if let Some(fix) = &diagnostic.fix
        && let Some(excerpt) = sources.excerpt(&fix.span.path, &[&fix.span])
    {
        let mend = Patch::new(excerpt.range(&fix.span), fix.replacement.as_str());
        groups.push(
            Group::with_title(Level::HELP.secondary_title("write it so"))
                .element(excerpt.snippet(&fix.span.path).patch(mend)),
        );
    }
    let renderer = match colour {
        Colour::On => Renderer::styled(),
        Colour::Off => Renderer::plain(),
    };
    // The renderer shows the controls of ASCII as pictures, but not these, which steer terminals too.
    let steers = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    out.push_str(&renderer.render(&groups).replace(steers, "\u{fffd}"));
    out.push_str("\n\n");
}

/// A place without its lines.
fn place<'a>(span: &'a Span, sources: &Sources<'_>) -> Origin<'a> {
    let (line, column) = sources.position(span);
    Origin::path(&*span.path).line(line).char_column(column)
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
