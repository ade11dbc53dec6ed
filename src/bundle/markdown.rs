//! The whole curriculum as one Markdown file, and back.
//!
//! Input: the pages' own text and [`Linked`]; in the other direction the file. Output: the file; in the
//! other direction the curriculum's files. Responsibility: nothing of a page is lost on the way: its
//! front matter travels in a comment, its headings stand below its title, its links lead to places of
//! the same file.
//!
//! ```text
//! <!-- roadbook file -->
//! # Title of the curriculum
//!
//! <!-- file: content/10-a/10-b/README.md #stage-b
//! title: B
//! -->
//! ### <a id="stage-b"></a>B
//!
//! #### <a id="stage-b.a-heading"></a>A heading of the second level of the page
//! ```
//!
//! The word behind `roadbook` is the one that the comments of files begin with: another one where the
//! text of a page has such a line itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::{Block, Document};
use crate::kind::PageKind;
use crate::link::{Linked, Target};
use crate::parse::markdown;
use crate::snapshot::Snapshot;
use crate::text::{is_inside, join_path, percent_decode, relative_path};
use crate::tree::PageNo;

const OPEN: &str = "<!-- roadbook ";
const CLOSE: &str = "-->";
/// Files that are not Markdown, in the order in which they stand at the end.
const OTHERS: [&str; 2] = ["book.toml", "progress.lock"];

/// Writes the file. `lock` is the lock that belongs to the pages.
pub(super) fn write(snapshot: &Snapshot, linked: &Linked, lock: &str) -> String {
    let curriculum = &linked.curriculum;
    let writer = Writer { linked, word: word(snapshot) };
    let mut out = format!("{OPEN}{} {CLOSE}\n# {}\n\n", writer.word, curriculum.config.title);
    for (page, level) in order(linked) {
        let path = &curriculum.pages[page].draft.path;
        let bytes = snapshot.files.get(path).map(|bytes| String::from_utf8_lossy(bytes));
        writer.page(&mut out, page, level, &bytes.unwrap_or_default());
    }
    for path in OTHERS {
        let text = match path {
            "progress.lock" => lock.into(),
            path => snapshot
                .files
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes))
                .unwrap_or_default(),
        };
        writer.comment(&mut out, path, "", &text);
    }
    out
}

/// Every page with the level of its title, in the order of the road.
fn order(linked: &Linked) -> Vec<(PageNo, usize)> {
    let curriculum = &linked.curriculum;
    let mut order = vec![(curriculum.home, 2)];
    for level in &curriculum.levels {
        order.push((level.page, 2));
        for stage in &curriculum.stages[level.stages.clone()] {
            order.push((stage.page, 3));
            let projects = &curriculum.projects[stage.projects.clone()];
            order.extend(projects.iter().map(|project| (project.page, 4)));
        }
    }
    let known: BTreeSet<PageNo> = order.iter().map(|(page, _)| *page).collect();
    order.extend((0..curriculum.pages.len()).filter(|no| !known.contains(no)).map(|no| (no, 2)));
    order
}

/// A word that no line of the curriculum follows `<!-- ` with.
fn word(snapshot: &Snapshot) -> String {
    let used = |word: &str| {
        let begin = format!("<!-- {word}: ");
        let pages = snapshot.files.iter().filter(|(path, _)| path.ends_with(".md"));
        pages.map(|(_, bytes)| String::from_utf8_lossy(bytes)).any(|text| text.contains(&begin))
    };
    let mut word = "file".to_owned();
    while used(&word) {
        word.push('-');
    }
    word
}

struct Writer<'a> {
    linked: &'a Linked,
    word: String,
}

impl Writer<'_> {
    fn comment(&self, out: &mut String, path: &str, key: &str, text: &str) {
        let text = hidden(text.trim_end());
        let _ = write!(out, "<!-- {}: {path}{key}\n{text}\n{CLOSE}\n", self.word);
    }

    fn key(&self, page: PageNo) -> String {
        let key = &self.linked.curriculum.pages[page].key;
        format!("{}-{}", key.kind.name(), key.id)
    }

    fn page(&self, out: &mut String, page: PageNo, level: usize, source: &str) {
        let title = &self.linked.curriculum.pages[page].title;
        let path = &self.linked.curriculum.pages[page].draft.path;
        let (front, body) = split(source);
        let key = self.key(page);
        self.comment(out, path, &format!(" #{key}"), front);
        let marks = "#".repeat(level);
        let _ = write!(out, "{marks} <a id=\"{key}\"></a>{title}\n\n");
        let document = read(body, path);
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for heading in top_headings(&document) {
            let heading = &document.headings[heading];
            let (own, text) = heading_of(body, &heading.span);
            let marks = "#".repeat((own + level - 1).min(6));
            let begin = format!("{marks} <a id=\"{key}.{}\"></a>", heading.anchor);
            edits.push((heading.span.start..text.start, begin));
            // Markdown has six levels of headings.
            let deep = if own + level > 7 { format!(" <!-- h{own} -->") } else { String::new() };
            edits.push((text.end..heading.span.end, deep));
        }
        for (link, target) in document.links.iter().zip(&self.linked.pages[page].targets) {
            let Some(span) = &link.target_span else { continue };
            let place = match target {
                Target::Page { page, anchor: Some(anchor) } => {
                    format!("#{}.{anchor}", self.key(*page))
                }
                Target::Page { page, anchor: None } => format!("#{}", self.key(*page)),
                Target::File(_) => match join_path(path, &link.target) {
                    // Encoded as it was.
                    Some(file) if !link.target.starts_with('/') => file,
                    _ => continue,
                },
                _ => continue,
            };
            let wiki = !body[..span.start].ends_with("](") && !body[..span.start].ends_with("](<");
            if !wiki {
                edits.push((span.start..span.end, place));
            }
        }
        out.push_str(edited(body, edits).trim());
        out.push_str("\n\n");
    }
}

/// Front matter and body.
fn split(source: &str) -> (&str, &str) {
    let source = source.trim_start_matches('\u{feff}');
    let begin = source.strip_prefix("---\r\n").or_else(|| source.strip_prefix("---\n"));
    let Some(rest) = begin else { return ("", source) };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return (&rest[..at], &rest[at + line.len()..]);
        }
        at += line.len();
    }
    ("", source)
}

fn read(body: &str, path: &Arc<str>) -> Document {
    markdown::read(body, 0, path).0
}

/// Headings that stand in no list and no quotation.
fn top_headings(document: &Document) -> impl Iterator<Item = usize> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Heading(no) => Some(*no),
        _ => None,
    })
}

/// The level of a heading, and where its text stands without the marks around it.
fn heading_of(body: &str, span: &Span) -> (usize, Range<usize>) {
    let written = body[span.start..span.end].trim_end();
    let level = written.bytes().take_while(|byte| *byte == b'#').count();
    let (level, from, text) = if (1..=6).contains(&level) {
        let text = &written[level..];
        let bare = text.trim_end_matches('#');
        // Closing marks stand apart from the text.
        (level, level, if bare.ends_with(' ') { bare } else { text })
    } else {
        // The line of signs below it says which level it has.
        let (text, line) = written.rsplit_once('\n').unwrap_or((written, ""));
        (if line.trim_start().starts_with('=') { 1 } else { 2 }, 0, text)
    };
    let blanks = text.len() - text.trim_start().len();
    let start = span.start + from + blanks;
    (level, start..start + text.trim().len())
}

/// A path as a link's target; what would end the target is encoded.
fn written(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29")
}

/// The text with pieces replaced; a piece within another is left to the other.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Text inside a comment, which it must not end.
fn hidden(text: &str) -> String {
    text.replace("--&", "--&amp;").replace(CLOSE, "--&gt;")
}

fn shown(text: &str) -> String {
    text.replace("--&gt;", CLOSE).replace("--&amp;", "--&")
}

/// Whether a text is such a file.
pub(super) fn is_whole(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with(OPEN)
}

/// The curriculum's files by path.
pub(super) fn files(text: &str) -> BTreeMap<String, Vec<u8>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let word = text[OPEN.len()..].split_whitespace().next().unwrap_or_default();
    let begin = format!("\n<!-- {word}: ");
    // A stranger's file writes nothing but a curriculum.
    let is_own = |path: &str| {
        let page = path.starts_with("content/") && path.ends_with(".md");
        is_inside(path) && (page || OTHERS.contains(&path))
    };
    let parts = text.split(&begin).skip(1).filter_map(part);
    let parts: Vec<Part<'_>> = parts.filter(|part| is_own(part.path)).collect();
    let paths: BTreeMap<&str, &str> = parts.iter().map(|part| (part.key, part.path)).collect();
    parts
        .iter()
        .map(|part| {
            let text = if part.key.is_empty() {
                format!("{}\n", shown(part.hidden))
            } else {
                let body = restored(part, &paths);
                format!("---\n{}\n---\n\n{body}\n", shown(part.hidden))
            };
            (part.path.to_owned(), text.trim_start().to_owned().into_bytes())
        })
        .collect()
}

/// A file within the whole.
struct Part<'a> {
    path: &'a str,
    key: &'a str,
    hidden: &'a str,
    body: &'a str,
}

fn part(text: &str) -> Option<Part<'_>> {
    let (head, rest) = text.split_once('\n')?;
    let (path, key) = head.split_once(" #").unwrap_or((head, ""));
    let (hidden, body) = match rest.strip_prefix(CLOSE) {
        Some(body) => ("", body),
        None => rest.split_once("\n-->")?,
    };
    // The page's title is in its front matter.
    let body = body.trim_start();
    let body = if key.is_empty() { "" } else { body.split_once('\n').map_or("", |(_, body)| body) };
    Some(Part { path: path.trim(), key: key.trim(), hidden, body: body.trim() })
}

fn restored(part: &Part<'_>, paths: &BTreeMap<&str, &str>) -> String {
    let Part { path, key, body, .. } = part;
    let kind = key.split('-').next().and_then(PageKind::from_name);
    let level = match kind {
        Some(PageKind::Stage) => 3,
        Some(PageKind::Project) => 4,
        _ => 2,
    };
    let document = read(body, &Arc::from(*path));
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for heading in top_headings(&document) {
        let span = &document.headings[heading].span;
        let (shown, range) = heading_of(body, span);
        let text = &body[range.clone()];
        let anchor = text.find("\"></a>").filter(|_| text.starts_with("<a id=\""));
        let start = anchor.map_or(range.start, |end| range.start + end + "\"></a>".len());
        let deep = text.strip_suffix(" -->").and_then(|text| text.rsplit_once(" <!-- h"));
        let deep = deep.and_then(|(text, own)| Some((own.parse().ok()?, text.len())));
        let (own, end) = match deep {
            Some((own, length)) => (own, range.start + length),
            None => ((shown + 1).saturating_sub(level).max(1), range.end),
        };
        edits.push((span.start..start, format!("{} ", "#".repeat(own))));
        edits.push((end..span.end, String::new()));
    }
    for link in &document.links {
        let Some(span) = &link.target_span else { continue };
        let target = percent_decode(&link.target).unwrap_or_else(|| link.target.clone());
        let place = match target.strip_prefix('#') {
            Some(place) => {
                let (key, anchor) = match place.split_once('.') {
                    Some((key, anchor)) => (key, format!("#{anchor}")),
                    None => (place, String::new()),
                };
                let Some(file) = paths.get(key) else { continue };
                if file == path && !anchor.is_empty() {
                    anchor
                } else {
                    format!("{}{anchor}", written(&relative_path(path, file)))
                }
            }
            None if target.starts_with("content/") || target.starts_with("static/") => {
                written(&relative_path(path, &target))
            }
            None => continue,
        };
        edits.push((span.start..span.end, place));
    }
    edited(body, edits)
}
