//! A Markdown document as headings with what stands below each.
//!
//! Input: Markdown. Output: [`Section`]s. Responsibility: lines stay as they are written, so that
//! nothing of them is lost; links that can lead nowhere any more become text.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Code;
use crate::document::{Block, Document, Inline, LinkSyntax, LinkUse};
use crate::parse::markdown;
use crate::text::is_web_address;

/// A heading with all below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// 1 to 6; 0 for what stands above the first heading.
    pub(super) level: u8,
    /// Plain text; empty above the first heading.
    pub(super) title: String,
    /// Number of its line, from 1.
    pub(super) line: usize,
    /// What stands between it and the next heading.
    pub(super) lines: Vec<Line>,
    /// The sections below it.
    pub(super) children: Vec<Section>,
}

/// A line of a section.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) no: usize,
    pub(super) text: String,
    /// Whether it belongs to a block of code.
    pub(super) code: bool,
}

impl Line {
    /// Its indentation in characters, and the rest; code has no list and no heading.
    pub(super) fn item(&self) -> Option<Item<'_>> {
        if self.code {
            return None;
        }
        let rest = self.text.trim_start();
        let indent = self.text.len() - rest.len();
        let bullet = rest.strip_prefix(['-', '*', '+']).map(|text| (false, text));
        let (ordered, text) = bullet.or_else(|| {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let text = rest[digits..].strip_prefix(['.', ')'])?;
            (1..=9).contains(&digits).then_some((true, text))
        })?;
        let text = text.strip_prefix([' ', '\t'])?.trim();
        let task = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark));
        Some(Item { indent, ordered, task: task.is_some(), text: task.unwrap_or(text).trim() })
    }
}

/// A line that begins an item of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) indent: usize,
    pub(super) ordered: bool,
    pub(super) task: bool,
    pub(super) text: &'a str,
}

impl Section {
    /// Whether anything but blank lines and rules stands right below the heading.
    pub(super) fn says_something(&self) -> bool {
        self.lines.iter().any(|line| !is_blank(&line.text))
    }

    /// Whether a list or a table stands below it.
    pub(super) fn has_entries(&self) -> bool {
        self.lines.iter().any(|line| line.item().is_some() || is_row(line))
    }

    /// This section and all below it, in order.
    pub(super) fn all(&self) -> Vec<&Section> {
        let below = self.children.iter().flat_map(Section::all);
        std::iter::once(self).chain(below).collect()
    }
}

/// Whether a line is a row of a table.
pub(super) fn is_row(line: &Line) -> bool {
    !line.code && line.text.trim_start().starts_with('|')
}

/// Whether a line says nothing: blank, or a rule between sections.
pub(super) fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || (text.len() > 2 && ["-", "*", "_"].iter().any(|s| text.replace(s, "").trim().is_empty()))
}

/// Reads a document: its root has level 0.
pub(super) fn sections(text: &str) -> Section {
    let path: Arc<str> = Arc::from("document");
    let (document, _) = markdown::read(text, 0, &path);
    let code = code_ranges(&document);
    let headings: Vec<(Range<usize>, u8, &str)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading(no) => {
                let heading = &document.headings[*no];
                Some((heading.span.start..heading.span.end, heading.level, heading.text.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut open = vec![Section::default()];
    let mut next = headings.into_iter().peekable();
    let mut code = code.into_iter().peekable();
    let mut at = 0;
    let mut inside = 0..0;
    for (no, line) in text.split_inclusive('\n').enumerate() {
        let range = at..at + line.len();
        at = range.end;
        if let Some((heading, level, title)) = next.next_if(|(span, ..)| span.start < range.end) {
            while open.len() > 1 && open.last().is_some_and(|section| section.level >= level) {
                close(&mut open);
            }
            inside = heading;
            let title = title.to_owned();
            open.push(Section { level, title, line: no + 1, ..Section::default() });
            continue;
        }
        // The line of signs below a heading.
        if range.start < inside.end {
            continue;
        }
        while code.next_if(|code| code.end <= range.start).is_some() {}
        let in_code = code.peek().is_some_and(|code| code.start < range.end);
        if let Some(section) = open.last_mut() {
            // Blanks at the end of a line may be a break.
            let text = line.trim_end_matches(['\n', '\r']).to_owned();
            section.lines.push(Line { no: no + 1, text, code: in_code });
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<Section>) {
    if let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(done);
    }
}

fn code_ranges(document: &Document) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    code_of(&document.blocks, &mut ranges);
    ranges.sort_by_key(|range: &Range<usize>| range.start);
    ranges
}

fn code_of(blocks: &[Block], ranges: &mut Vec<Range<usize>>) {
    for block in blocks {
        match block {
            Block::Code { span, .. } => ranges.push(span.start..span.end),
            Block::Quote(_, inner) => code_of(inner, ranges),
            Block::List { items, .. } => {
                for item in items {
                    code_of(&item.blocks, ranges);
                }
            }
            _ => {}
        }
    }
}

/// Where a link of the document leads in the new curriculum, relative to a page that is not known yet:
/// `None` where it leads nowhere any more.
pub(super) type Leads<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The document with links that hold wherever its parts go: references become links, pictures from
/// elsewhere and what leads nowhere become text. Also whether raw HTML in it asks for other files.
pub(super) fn portable(text: &str, leads: Leads<'_>) -> (String, bool) {
    let path: Arc<str> = Arc::from("document");
    let (document, problems) = markdown::read(text, 0, &path);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for link in &document.links {
        if let Some(new) = ported(text, link, leads) {
            edits.push((link.span.start..link.span.end, new));
        }
    }
    for problem in problems {
        let range = problem.span.start..problem.span.end;
        match problem.code {
            // What other tools say to themselves behind a fence.
            Code::UnknownCodeAttribute => edits.push((range, String::new())),
            // Dollars, no formula.
            Code::BrokenMath => edits.push((range.clone(), text[range].replace('$', "\\$"))),
            _ => {}
        }
    }
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
    (out, asks_for_files(&document.blocks))
}

/// The link as it is to be written; `None` where it can stay.
fn ported(text: &str, link: &LinkUse, leads: Leads<'_>) -> Option<String> {
    let written = &text[link.span.start..link.span.end];
    let address = link.target.as_str();
    let mail = address.starts_with("mailto:");
    if link.syntax == LinkSyntax::Image {
        let alt = between(written, "![", "]");
        return Some(if is_web_address(address) {
            format!("[{}]({address})", if alt.is_empty() { address } else { alt })
        } else {
            alt.to_owned()
        });
    }
    // A picture that is a link: its words lead there.
    let label = match written.split_once("![") {
        Some((_, rest)) => rest.split(']').next().unwrap_or_default(),
        None => match link.syntax {
            LinkSyntax::Wiki | LinkSyntax::WikiWithText => {
                between(written, "[[", "]]").rsplit('|').next().unwrap_or_default()
            }
            _ if written.starts_with('<') => {
                return (!is_web_address(address) && !mail).then(|| address.to_owned());
            }
            _ => label_of(written),
        },
    };
    if is_web_address(address) || mail {
        let stays = link.target_span.is_some() && !written.contains("![");
        return (!stays).then(|| format!("[{label}](<{address}>)"));
    }
    Some(match leads(address) {
        Some(place) => format!("[{label}]({place})"),
        None => label.to_owned(),
    })
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let rest = text.split_once(open).map_or("", |(_, rest)| rest);
    rest.split_once(close).map_or(rest, |(inside, _)| inside)
}

/// The words of `[words](target)` and of `[words][reference]`.
fn label_of(written: &str) -> &str {
    let inside = written.strip_prefix('[').unwrap_or(written);
    let mut depth = 0_usize;
    for (at, sign) in inside.char_indices() {
        match sign {
            '[' => depth += 1,
            ']' if depth == 0 => return &inside[..at],
            ']' => depth -= 1,
            _ => {}
        }
    }
    inside
}

/// Whether raw HTML fetches or runs anything; as text it does not.
fn asks_for_files(blocks: &[Block]) -> bool {
    let asks = |html: &str| {
        let html = html.to_ascii_lowercase();
        ["src", "href", "<script", "<style", "<iframe", "style=", "data="]
            .iter()
            .any(|sign| html.contains(sign))
    };
    let inline = |inlines: &[Inline]| has_html(inlines, &asks);
    blocks.iter().any(|block| match block {
        Block::Html(html) => asks(html),
        Block::Paragraph(inlines) | Block::Plain(inlines) => inline(inlines),
        Block::Quote(_, inner) => asks_for_files(inner),
        Block::List { items, .. } => {
            items.iter().any(|item| inline(&item.label) || asks_for_files(&item.blocks))
        }
        Block::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).any(|cell| inline(cell))
        }
        _ => false,
    })
}

fn has_html(inlines: &[Inline], asks: &dyn Fn(&str) -> bool) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Html(html) => asks(html),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Link(_, inner) => has_html(inner, asks),
        _ => false,
    })
}
