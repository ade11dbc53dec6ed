//! One file to a [`Draft`].
//!
//! Input: a path and its bytes. Output: a [`Draft`] and diagnostics. Responsibility: everything
//! that can be known from one file alone, so that the result can be kept as long as the file does
//! not change.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::draft::Draft;
use crate::highlight::HighlightMemo;
use crate::kind::PageKind;

pub mod config;
mod front_matter;
pub mod markdown;
mod yaml;

pub use front_matter::{foreign as foreign_front_matter, keys as front_matter_keys};
pub use yaml::write as write_front_matter;

/// The longest Markdown file that is read, in bytes.
pub const LARGEST_PAGE: usize = 4 << 20;

/// What came of one file.
#[derive(Debug)]
pub struct Parsed {
    /// The page; `None` where the file is no text or too long.
    pub draft: Option<Draft>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a Markdown file of this kind; `name` is its title where it has none of its own.
#[must_use]
pub fn parse(path: &Arc<str>, bytes: &[u8], kind: PageKind, name: &str) -> Parsed {
    parse_with(path, bytes, kind, name, &HighlightMemo::default())
}

/// The same as [`parse`], faster where `colours` knows the code.
#[must_use]
pub fn parse_with(
    path: &Arc<str>,
    bytes: &[u8],
    kind: PageKind,
    name: &str,
    colours: &HighlightMemo,
) -> Parsed {
    let mut diagnostics = Vec::new();
    let Some(source) = read_text(path, bytes, LARGEST_PAGE, &mut diagnostics) else {
        return Parsed { draft: None, diagnostics };
    };
    let (front, body, broken) = front_matter::read(path, source, kind, name, &mut diagnostics);
    let (document, mut found) = markdown::read_with(source, body, path, colours);
    diagnostics.append(&mut found);
    let draft = Draft { path: Arc::clone(path), kind, front, document, broken };
    Parsed { draft: Some(draft), diagnostics }
}

/// The text of a file that people write, or a diagnostic where it is none. Whatever else is wrong
/// with a file that holds conflict marks follows from them.
pub fn read_text<'a>(
    path: &Arc<str>,
    bytes: &'a [u8],
    largest: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    let source = decode(path, bytes, largest, diagnostics)?;
    let conflict = conflict(path, source);
    let whole = conflict.is_none();
    diagnostics.extend(conflict);
    whole.then_some(source)
}

/// The text of a file, or a diagnostic where it is none.
pub fn decode<'a>(
    path: &Arc<str>,
    bytes: &'a [u8],
    largest: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'a str> {
    if bytes.len() > largest {
        diagnostics.push(Diagnostic::new(
            Code::TooLarge,
            Span::new(path, 0, 0),
            format!("the file has {} bytes, more than {largest}", bytes.len()),
            "split it into several files",
        ));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.valid_up_to();
            diagnostics.push(Diagnostic::new(
                Code::NotUtf8,
                Span::new(path, at, at),
                format!("the file is not UTF-8: byte {at} is wrong"),
                "save the file as UTF-8",
            ));
            None
        }
    }
}

/// The first of git's conflict marks, where all three stand at the beginning of lines.
fn conflict(path: &Arc<str>, source: &str) -> Option<Diagnostic> {
    if !source.contains("<<<<<<< ") {
        return None;
    }
    let mut begin = None;
    let mut middle = false;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            begin = Some(at..at + line.trim_end().len());
        } else if line.trim_end() == "=======" {
            middle = begin.is_some();
        } else if line.starts_with(">>>>>>> ")
            && middle
            && let Some(range) = begin
        {
            return Some(Diagnostic::new(
                Code::ConflictMarks,
                Span::new(path, range.start, range.end),
                "the file holds git's conflict marks",
                "decide between the two sides and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
            ));
        }
        at += line.len();
    }
    None
}
