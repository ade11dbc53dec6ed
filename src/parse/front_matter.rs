//! Front matter to typed fields.
//!
//! Input: a page's source and kind. Output: [`FrontMatter`], the byte at which the body begins,
//! and diagnostics. Responsibility: which keys each kind of page has.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{config, yaml};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::draft::{
    Cadence, Fields, FrontMatter, LevelFields, ProjectFields, ProjectKind, SourceFields, SourceUse,
    StageFields, Status,
};
use crate::kind::PageKind;
use crate::node::{self, Asked, Entry, Extra, Node, Spanned, Value};
use crate::text;
use crate::time::Unit;

/// Reads the block between the `---` lines. Returns the fields, the byte at which the body
/// begins, and whether the block was so damaged that missing keys mean nothing.
pub(super) fn read(
    path: &Arc<str>,
    source: &str,
    kind: PageKind,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, usize, bool) {
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let fallback = |span: Span| FrontMatter::blank(span, kind, name);
    let (yaml, body) = match split(source, start) {
        Split::None => {
            diagnostics.push(Diagnostic::new(
                Code::MissingFrontMatter,
                Span::new(path, start, start),
                "the page has no front matter",
                "begin the file with `---`, a line `title: …` and `---`",
            ));
            return (fallback(Span::new(path, start, start)), start, true);
        }
        Split::Unclosed => {
            diagnostics.push(Diagnostic::new(
                Code::UnclosedFrontMatter,
                Span::new(path, start, start + 3),
                "the front matter is not closed",
                "put a line of `---` behind its last key",
            ));
            return (fallback(Span::new(path, start, start + 3)), source.len(), true);
        }
        Split::Closed { yaml, body } => (yaml, body),
    };
    let opening = Span::new(path, start, start + 3);
    let node = match yaml::read(&source[yaml.clone()], path, yaml.start) {
        Ok(node) => node,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return (fallback(opening), body, true);
        }
    };
    let entries: &[Entry] = match &node.value {
        Value::Table(entries) => entries,
        Value::Null => &[],
        _ => {
            diagnostics.push(Diagnostic::new(
                Code::WrongType,
                node.span.clone(),
                "the front matter must be keys with values",
                "write `title: …`",
            ));
            return (fallback(opening), body, true);
        }
    };
    let (front, _) = fields(entries, opening, kind, name, diagnostics);
    (front, body, false)
}

/// The keys of a kind of page, as the reader asks for them.
#[must_use]
pub fn keys(kind: PageKind) -> Vec<Asked> {
    fields(&[], Span::file(""), kind, "", &mut Vec::new()).1
}

enum Split {
    None,
    Unclosed,
    Closed { yaml: std::ops::Range<usize>, body: usize },
}

fn split(source: &str, start: usize) -> Split {
    let mut at = start;
    let mut lines = source[start..].split_inclusive('\n');
    match lines.next() {
        Some(first) if first.trim_end() == "---" => at += first.len(),
        _ => return Split::None,
    }
    let from = at;
    for line in lines {
        if line.trim_end() == "---" {
            return Split::Closed { yaml: from..at, body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed
}

fn place(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Home => "the home page's front matter",
        PageKind::Level => "a level's front matter",
        PageKind::Stage => "a stage's front matter",
        PageKind::Project => "a project's front matter",
        PageKind::Source => "a source's front matter",
        PageKind::Tracking => "a tracking list's front matter",
        PageKind::Page => "a page's front matter",
        PageKind::Glossary => "the glossary's front matter",
    }
}

fn fields(
    entries: &[Entry],
    span: Span,
    kind: PageKind,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, Vec<Asked>) {
    let mut keys = node::Fields::new(entries, span.clone(), place(kind), diagnostics);
    let title =
        keys.required_text("title").unwrap_or_else(|| Spanned { value: name.to_owned(), span });
    let id = keys.text("id").filter(|id| {
        let valid = text::is_id(&id.value);
        if !valid {
            keys.report(bad_id(id));
        }
        valid
    });
    let icon = keys.text("icon").map(|icon| icon.value);
    let aliases = keys.texts("aliases");
    let extra = keys.extra("extra");
    let plain = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let values = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
    let fields = match kind {
        PageKind::Level => Fields::Level(LevelFields {
            duration: keys.duration("duration", None),
            goal: plain(keys.text("goal")),
            stages: keys.texts("stages"),
        }),
        PageKind::Stage => Fields::Stage(StageFields {
            duration: keys.duration("duration", None),
            goal: plain(keys.text("goal")),
            requires: keys.texts("requires"),
            sources: sources(&mut keys),
            status: keys.choice("status", &Status::WORDS).unwrap_or_default(),
        }),
        PageKind::Project => Fields::Project(ProjectFields {
            summary: plain(keys.text("summary")),
            kind: keys.choice("kind", &ProjectKind::WORDS).unwrap_or_default(),
            difficulty: keys.integer("difficulty", 1, 5),
            hours: keys.duration("hours", Some(Unit::Hours)),
            skills: values(keys.texts("skills")),
            requires: keys.texts("requires"),
        }),
        PageKind::Source => Fields::Source(SourceFields {
            also: values(keys.texts("also")),
            url: keys.address("url"),
        }),
        PageKind::Tracking => {
            Fields::Tracking(keys.choice("cadence", &Cadence::WORDS).unwrap_or(Cadence::Once))
        }
        PageKind::Home | PageKind::Page | PageKind::Glossary => Fields::None,
    };
    let asked = keys.finish();
    (FrontMatter { title, id, icon, aliases, extra, fields }, asked)
}

fn bad_id(id: &Spanned<String>) -> Diagnostic {
    let slug = text::slug(&id.value);
    let diagnostic = Diagnostic::new(
        Code::BadId,
        id.span.clone(),
        format!("`{}` cannot be an id", id.value),
        format!("use lower-case Latin letters, digits and hyphens: `id: {slug}`"),
    );
    if slug.is_empty() { diagnostic } else { diagnostic.with_fix(id.span.clone(), slug) }
}

/// `[linux]` or `[{id: linux, part: …}]`.
fn sources(keys: &mut node::Fields<'_>) -> Vec<SourceUse> {
    let Some(node) = keys.node("sources", node::Shape::SourceUses) else { return Vec::new() };
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(|item| source(item, keys)).collect()
}

fn source(item: &Node, keys: &mut node::Fields<'_>) -> Option<SourceUse> {
    match &item.value {
        Value::Scalar { text, .. } => Some(SourceUse {
            id: Spanned { value: text.clone(), span: item.span.clone() },
            part: None,
        }),
        Value::Table(entries) => {
            let mut found = Vec::new();
            let mut inner =
                node::Fields::new(entries, item.span.clone(), "an entry of `sources`", &mut found);
            let id = inner.required_text("id");
            let part = inner.text("part").map(|part| part.value);
            let _ = inner.finish();
            for diagnostic in found {
                keys.report(diagnostic);
            }
            Some(SourceUse { id: id?, part })
        }
        _ => {
            keys.report(Diagnostic::new(
                Code::WrongType,
                item.span.clone(),
                "an entry of `sources` must be an id or `{id: …, part: …}`",
                "write `sources: [linux]` or `- id: linux` and below it `part: …`",
            ));
            None
        }
    }
}

/// The keys above a text as other tools write them, in YAML between `---` or in TOML between `+++`, and
/// the text below. What cannot be read is left in the text.
#[must_use]
pub fn foreign(source: &str) -> (BTreeMap<String, Extra>, &str) {
    let path: Arc<str> = Arc::from("document");
    for (mark, is_toml) in [("---", false), ("+++", true)] {
        let begin = source
            .strip_prefix(mark)
            .and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n'));
        let Some(rest) = begin else { continue };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == mark {
                let (keys, body) = (&rest[..at], &rest[at + line.len()..]);
                let entries = if is_toml {
                    config::read_entries(&path, keys.as_bytes(), &mut Vec::new())
                } else {
                    match yaml::read(keys, &path, 0).map(|node| node.value) {
                        Ok(Value::Table(entries)) => Some(entries),
                        _ => None,
                    }
                };
                let read = |entries: Vec<Entry>| {
                    entries.into_iter().map(|entry| (entry.key, entry.value.to_extra())).collect()
                };
                return entries.map_or((BTreeMap::new(), source), |entries| (read(entries), body));
            }
            at += line.len();
        }
    }
    (BTreeMap::new(), source)
}
