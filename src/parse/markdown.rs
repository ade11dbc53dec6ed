//! Markdown to a [`Document`].
//!
//! Input: the text below the front matter. Output: a [`Document`] with spans into the whole file,
//! and diagnostics. Responsibility: the only module that knows the Markdown parser.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::document::{
    Admonition, Alignment, Below, Block, Definition, Document, Heading, Inline, LinkSyntax,
    LinkUse, ListItem, Task, Weeks, WrittenId, plain, plain_blocks,
};
use crate::highlight::{HighlightMemo, highlight_with, is_known, known_names};
use crate::math;
use crate::text::{Anchors, collapse};
use crate::time;

mod fence;
use fence::Fence;

/// How deep lists, quotes and emphasis may be nested; what lies deeper is flattened, so that the
/// later, recursive walks need no more than a known depth of stack.
pub const DEEPEST: usize = 32;

/// The most tasks of a page; what comes after them is an item of a list.
pub const MOST_TASKS: usize = 10_000;

/// Problems of one page up to which names are compared with known ones.
const MOST_SUGGESTIONS: usize = 1_000;

/// Reads the body that begins at byte `offset` of `source`.
#[must_use]
pub fn read(source: &str, offset: usize, path: &Arc<str>) -> (Document, Vec<Diagnostic>) {
    read_with(source, offset, path, &HighlightMemo::default())
}

/// The same as [`read`], faster where `colours` knows the code.
#[must_use]
pub fn read_with(
    source: &str,
    offset: usize,
    path: &Arc<str>,
    colours: &HighlightMemo,
) -> (Document, Vec<Diagnostic>) {
    let body = &source[offset..];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_WIKILINKS;
    let mut builder = Builder {
        events: Parser::new_ext(body, options).into_offset_iter(),
        body,
        offset,
        path,
        colours,
        document: Document::default(),
        anchors: Anchors::default(),
        diagnostics: Vec::new(),
        section: None,
        heading: None,
        parent: None,
        cites: false,
        flattened: false,
        full: false,
        references: BTreeMap::new(),
        footnotes: BTreeMap::new(),
    };
    builder.document.blocks = builder.blocks(0).blocks;
    builder.settle_footnotes();
    builder.document.sections = sections(&builder.document);
    builder.document.shrink();
    (builder.document, builder.diagnostics)
}

/// Without the room that was kept for more: all pages together are a large part of what a build
/// needs, and most runs of text have one or two pieces.
fn tight(mut inlines: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut inlines {
        if let Inline::Text(text) = inline {
            text.shrink_to_fit();
        }
    }
    inlines.shrink_to_fit();
    inlines
}

/// The headings of the first two levels at the top of the body, with what stands below each.
fn sections(document: &Document) -> Vec<Below> {
    let mut sections: Vec<Below> = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if let Block::Heading(heading) = block
            && document.headings[*heading].level <= 2
        {
            sections.push(Below { heading: *heading, blocks: at + 1..at + 1 });
        } else if let Some(last) = sections.last_mut() {
            last.blocks.end = at + 1;
        }
    }
    sections
}

struct Builder<'a> {
    events: OffsetIter<'a>,
    body: &'a str,
    offset: usize,
    path: &'a Arc<str>,
    colours: &'a HighlightMemo,
    document: Document,
    anchors: Anchors,
    diagnostics: Vec<Diagnostic>,
    section: Option<usize>,
    heading: Option<usize>,
    parent: Option<usize>,
    cites: bool,
    /// Whether too deep a nesting was reported; once a file is enough.
    flattened: bool,
    /// Whether it was reported that there are too many tasks.
    full: bool,
    /// Names of footnotes that were referred to: their number, and how often.
    references: BTreeMap<String, (usize, usize)>,
    /// The texts of footnotes by name, wherever on the page they stand.
    footnotes: BTreeMap<String, Vec<Block>>,
}

/// What stood between a start and its end.
#[derive(Default)]
struct Content {
    blocks: Vec<Block>,
    /// Byte of the body behind `[ ]`, where the content began with one, and the end of the label.
    marker: Option<Range<usize>>,
    /// The task that the marker made.
    task: Option<usize>,
}

impl Builder<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.path, range.start + self.offset, range.end + self.offset)
    }

    /// Puts the texts of footnotes into the order of their first reference.
    fn settle_footnotes(&mut self) {
        self.document.footnotes = vec![Vec::new(); self.references.len()];
        for (name, (number, _)) in &self.references {
            if let Some(text) = self.footnotes.remove(name) {
                self.document.footnotes[*number] = text;
            }
        }
    }

    fn too_deep(&mut self, range: &Range<usize>) {
        if std::mem::replace(&mut self.flattened, true) {
            return;
        }
        let span = self.span(&(range.start..range.start));
        self.diagnostics.push(Diagnostic::new(
            Code::DeepNesting,
            span,
            format!("nested more than {DEEPEST} levels deep"),
            "put the inner part into a section of its own",
        ));
    }

    /// Reads blocks up to the end of the element that is open.
    fn blocks(&mut self, depth: usize) -> Content {
        let mut content = Content::default();
        let mut loose: Vec<Inline> = Vec::new();
        // Starts that were skipped as too deep; their ends are skipped as well.
        let mut skipped = 0_usize;
        while let Some((event, range)) = self.events.next() {
            let is_block = match &event {
                Event::Start(tag) => is_block_tag(tag),
                Event::End(_) | Event::Rule | Event::Html(_) => true,
                _ => false,
            };
            if !is_block {
                if let Event::TaskListMarker(_) = event {
                    if content.blocks.is_empty() && loose.is_empty() {
                        content.marker = Some(range.end..range.end);
                        content.task = self.open_task(&range);
                    }
                } else {
                    if let Some(marker) = &mut content.marker
                        && content.blocks.is_empty()
                    {
                        marker.end = marker.end.max(range.end);
                    }
                    self.inline(event, range, depth, &mut loose);
                }
                continue;
            }
            if !loose.is_empty() {
                content.blocks.push(Block::Plain(tight(std::mem::take(&mut loose))));
            }
            match event {
                Event::End(_) if skipped > 0 => skipped -= 1,
                Event::End(_) => break,
                Event::Rule => content.blocks.push(Block::Rule),
                Event::Html(html) => push_html(&mut content.blocks, &html),
                Event::Start(Tag::Paragraph) => {
                    self.paragraph(&range, depth, &mut content);
                }
                Event::Start(tag) if depth >= DEEPEST => {
                    self.too_deep(&range);
                    // What cannot hold blocks is read as it is; the rest is flattened.
                    if matches!(tag, Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_)) {
                        self.block(tag, &range, depth, &mut content.blocks);
                    } else {
                        skipped += 1;
                    }
                }
                Event::Start(tag) => self.block(tag, &range, depth, &mut content.blocks),
                _ => {}
            }
        }
        if !loose.is_empty() {
            content.blocks.push(Block::Plain(tight(loose)));
        }
        content.blocks.shrink_to_fit();
        content
    }

    fn paragraph(&mut self, range: &Range<usize>, depth: usize, content: &mut Content) {
        let text = &self.body[range.clone()];
        let begins = text.trim_start_matches(['*', '_', ' ']).starts_with('📖');
        self.cites = begins;
        let mut inlines = Vec::new();
        while let Some((event, inner)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::TaskListMarker(_) => {
                    content.marker = Some(inner.end..range.end);
                    content.task = self.open_task(&inner);
                }
                event => self.inline(event, inner, depth + 1, &mut inlines),
            }
        }
        self.cites = false;
        content.blocks.push(Block::Paragraph(tight(inlines)));
    }

    fn block(&mut self, tag: Tag<'_>, range: &Range<usize>, depth: usize, out: &mut Vec<Block>) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8, range, depth, out),
            Tag::BlockQuote(kind) => {
                let kind = kind.map(|kind| match kind {
                    BlockQuoteKind::Note => Admonition::Note,
                    BlockQuoteKind::Tip => Admonition::Tip,
                    BlockQuoteKind::Important => Admonition::Important,
                    BlockQuoteKind::Warning => Admonition::Warning,
                    BlockQuoteKind::Caution => Admonition::Caution,
                });
                out.push(Block::Quote(kind, self.blocks(depth + 1).blocks));
            }
            Tag::CodeBlock(kind) => self.code(&kind, range, out),
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some((event, range)) = self.events.next() {
                    match event {
                        Event::Start(_) => items.push(self.item(&range, depth + 1)),
                        _ => break,
                    }
                }
                items.shrink_to_fit();
                out.push(Block::List { start, items });
            }
            Tag::FootnoteDefinition(name) => {
                let inner = self.blocks(depth + 1).blocks;
                // Of two texts with one name the first counts, as on GitHub.
                self.footnotes.entry(name.into_string()).or_insert(inner);
            }
            Tag::DefinitionList => {
                let mut entries = Vec::new();
                while let Some((event, _)) = self.events.next() {
                    match event {
                        Event::Start(Tag::DefinitionListTitle) => {
                            entries.push(Definition::Term(self.inlines(depth + 1)));
                        }
                        Event::Start(_) => {
                            entries.push(Definition::Meaning(self.blocks(depth + 1).blocks));
                        }
                        _ => break,
                    }
                }
                out.push(Block::Definitions(entries));
            }
            Tag::Table(alignments) => self.table(&alignments, depth, out),
            // An HTML block's text arrives as `Html` events up to its end.
            _ => {
                for block in self.blocks(depth + 1).blocks {
                    out.push(block);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, range: &Range<usize>, depth: usize, out: &mut Vec<Block>) {
        let number = self.document.headings.len();
        if level <= 2 {
            self.section = Some(number);
        }
        self.heading = Some(number);
        self.cites = true;
        let mut inlines = self.inlines(depth + 1);
        self.cites = false;
        let weeks = read_weeks(&mut inlines);
        let text = collapse(&plain(&inlines));
        let anchor = self.anchors.claim(&text);
        // The range ends with the line break; the heading does not.
        let end = range.start + self.body[range.clone()].trim_end().len();
        let span = self.span(&(range.start..end));
        self.document.headings.push(Heading { level, text, anchor, inlines, weeks, span });
        out.push(Block::Heading(number));
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>, out: &mut Vec<Block>) {
        let Fence { language, marks, title, unknown } = match kind {
            CodeBlockKind::Fenced(words) => fence::read(words),
            CodeBlockKind::Indented => Fence::default(),
        };
        let mut code = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                _ => break,
            }
        }
        let span = self.span(range);
        if !language.is_empty() && !is_known(&language) {
            self.unknown_language(&language, &span);
        }
        for part in unknown {
            self.unknown_attribute(&part, &span);
        }
        let mut html = fence::mark(&highlight_with(&code, &language, self.colours).html, &marks);
        code.shrink_to_fit();
        html.shrink_to_fit();
        out.push(Block::Code { language, title, code, html, span });
    }

    fn unknown_attribute(&mut self, part: &str, block: &Span) {
        let begin = block.start - self.offset;
        let (at, length) = match self.body[begin..].find(part) {
            Some(at) => (block.start + at, part.len()),
            None => (block.start, 0),
        };
        self.diagnostics.push(Diagnostic::new(
            Code::UnknownCodeAttribute,
            Span::new(self.path, at, at + length),
            format!("`{part}` says nothing behind a code fence"),
            "behind the language there may be `{2,4-6}` for marked lines and `title=\"…\"`",
        ));
    }

    fn math(&mut self, formula: &str, place: math::Place, range: &Range<usize>) -> Inline {
        match math::mathml(formula, place) {
            Ok(html) => Inline::Math { html, formula: formula.to_owned() },
            Err(problem) => {
                let span = self.span(range);
                self.diagnostics.push(Diagnostic::new(
                    Code::BrokenMath,
                    span,
                    format!("the formula cannot be read: {problem}"),
                    "mend the formula; a dollar sign that begins none is written `\\$`",
                ));
                Inline::Code(formula.to_owned())
            }
        }
    }

    fn unknown_language(&mut self, language: &str, block: &Span) {
        let begin = block.start - self.offset;
        // With escapes in it, the name is not written as it reads.
        let (at, length) = match self.body[begin..].find(language) {
            Some(at) => (block.start + at, language.len()),
            None => (block.start, 0),
        };
        let span = Span::new(self.path, at, at + length);
        let near = (self.diagnostics.len() < MOST_SUGGESTIONS)
            .then(|| nearest(language, known_names()))
            .flatten();
        let diagnostic = Diagnostic::new(
            Code::UnknownLanguage,
            span,
            format!("no highlighting for the language `{language}`"),
            match near {
                Some(near) => format!("did you mean `{near}`? `text` says that there is none"),
                None => "`text` says that there is no language".to_owned(),
            },
        );
        self.diagnostics.push(diagnostic);
    }

    fn table(
        &mut self,
        alignments: &[pulldown_cmark::Alignment],
        depth: usize,
        out: &mut Vec<Block>,
    ) {
        let mut head = Vec::new();
        let mut rows = Vec::new();
        let mut row = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => row.push(self.inlines(depth + 1)),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let alignments = alignments
            .iter()
            .map(|alignment| match alignment {
                pulldown_cmark::Alignment::None => Alignment::None,
                pulldown_cmark::Alignment::Left => Alignment::Left,
                pulldown_cmark::Alignment::Center => Alignment::Center,
                pulldown_cmark::Alignment::Right => Alignment::Right,
            })
            .collect();
        out.push(Block::Table { alignments, head, rows });
    }

    fn item(&mut self, range: &Range<usize>, depth: usize) -> ListItem {
        let outer = self.parent;
        let mut content = self.blocks(depth);
        self.parent = outer;
        let (Some(task), Some(label_range)) = (content.task, content.marker) else {
            return ListItem { task: None, label: Vec::new(), blocks: content.blocks };
        };
        let label = if content.blocks.is_empty() {
            Vec::new()
        } else {
            match content.blocks.remove(0) {
                Block::Plain(inlines) | Block::Paragraph(inlines) => inlines,
                other => {
                    content.blocks.insert(0, other);
                    Vec::new()
                }
            }
        };
        self.close_task(task, range, &label_range, &label, &content.blocks);
        ListItem { task: Some(task), label, blocks: content.blocks }
    }

    /// Claims the task's number before anything nested in it is read; `None` where the page has as
    /// many as it may.
    fn open_task(&mut self, range: &Range<usize>) -> Option<usize> {
        let number = self.document.tasks.len();
        let span = self.span(range);
        if number >= MOST_TASKS {
            if !self.full {
                self.diagnostics.push(Diagnostic::new(
                    Code::TooLarge,
                    span,
                    format!("the page has more than {MOST_TASKS} tasks"),
                    "split it into several pages",
                ));
            }
            self.full = true;
            return None;
        }
        self.document.tasks.push(Task {
            text: String::new(),
            plain: String::new(),
            explicit: None,
            parent: self.parent,
            section: self.section,
            heading: self.heading,
            note: None,
            span,
        });
        self.parent = Some(number);
        Some(number)
    }

    fn close_task(
        &mut self,
        number: usize,
        item: &Range<usize>,
        label_range: &Range<usize>,
        label: &[Inline],
        blocks: &[Block],
    ) {
        let (text, explicit) = self.take_id(label_range);
        let note = plain_blocks(blocks);
        let span = self.span(&(item.start..label_range.end.max(item.start)));
        let task = &mut self.document.tasks[number];
        task.text = text;
        task.plain = collapse(&plain(label));
        task.explicit = explicit;
        task.note = (!note.is_empty()).then_some(note);
        task.span = span;
    }

    /// The label as written without comments, and what the id's comment says.
    fn take_id(&self, range: &Range<usize>) -> (String, Option<WrittenId>) {
        let mut text = String::new();
        let mut explicit = None;
        let mut at = range.start;
        while let Some(begin) = self.body[at..range.end].find("<!--").map(|found| at + found) {
            let Some(end) = self.body[begin..range.end].find("-->").map(|found| begin + found + 3)
            else {
                break;
            };
            text.push_str(&self.body[at..begin]);
            text.push(' ');
            // `<!-->` is a comment too, whose end overlaps its beginning.
            let inside = self.body.get(begin + 4..end - 3).unwrap_or_default();
            if let Some((id, was)) = read_id_comment(inside) {
                explicit = Some(WrittenId { id, was, span: self.span(&(begin..end)) });
            }
            at = end;
        }
        text.push_str(&self.body[at..range.end]);
        (collapse(&text), explicit)
    }

    /// Reads running text up to the end of the element that is open.
    fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        let mut out = Vec::new();
        let mut skipped = 0_usize;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if skipped > 0 => skipped -= 1,
                Event::End(_) => break,
                Event::Start(_) if depth >= DEEPEST => {
                    self.too_deep(&range);
                    skipped += 1;
                }
                event => self.inline(event, range, depth, &mut out),
            }
        }
        tight(out)
    }

    fn inline(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        depth: usize,
        out: &mut Vec<Inline>,
    ) {
        match event {
            Event::Text(text) => match out.last_mut() {
                Some(Inline::Text(before)) => before.push_str(&text),
                _ => out.push(Inline::Text(text.into_string())),
            },
            Event::Code(code) => out.push(Inline::Code(code.into_string())),
            Event::InlineMath(text) => out.push(self.math(&text, math::Place::Inline, &range)),
            Event::DisplayMath(text) => out.push(self.math(&text, math::Place::Block, &range)),
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.starts_with("<!--") {
                    out.push(Inline::Html(html.into_string()));
                }
            }
            Event::FootnoteReference(name) => {
                let next = self.references.len();
                let (number, count) =
                    self.references.entry(name.into_string()).or_insert((next, 0));
                *count += 1;
                out.push(Inline::FootnoteReference { number: *number, nth: *count });
            }
            Event::SoftBreak => out.push(Inline::SoftBreak),
            Event::HardBreak => out.push(Inline::HardBreak),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let syntax = match link_type {
                    LinkType::WikiLink { has_pothole: true } => LinkSyntax::WikiWithText,
                    LinkType::WikiLink { has_pothole: false } => LinkSyntax::Wiki,
                    _ => LinkSyntax::Markdown,
                };
                let target = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.into_string()
                };
                let number = self.link(target, syntax, link_type, &range);
                let inner = self.inlines(depth + 1);
                out.push(Inline::Link(number, inner));
            }
            Event::Start(Tag::Image { link_type, dest_url, .. }) => {
                let target = dest_url.into_string();
                let number = self.link(target, LinkSyntax::Image, link_type, &range);
                let alt = plain(&self.inlines(depth + 1));
                out.push(Inline::Image(number, alt));
            }
            Event::Start(tag) => {
                let inner = self.inlines(depth + 1);
                out.push(match tag {
                    Tag::Strong => Inline::Strong(inner),
                    Tag::Strikethrough => Inline::Strike(inner),
                    _ => Inline::Emphasis(inner),
                });
            }
            Event::End(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn link(
        &mut self,
        target: String,
        syntax: LinkSyntax,
        link_type: LinkType,
        range: &Range<usize>,
    ) -> usize {
        let span = self.span(range);
        let (section, cites) = (self.section, self.cites);
        let written = &self.body[range.clone()];
        // The same words may stand in the text before the target and in the title behind it.
        let from = match link_type {
            LinkType::Inline => written.rfind("](").map(|at| at + 2),
            LinkType::WikiLink { .. } | LinkType::Autolink => Some(0),
            _ => None,
        };
        let at = from.and_then(|from| Some(from + written[from..].find(&target)?));
        let target_span = at.map(|at| {
            let start = range.start + at;
            self.span(&(start..start + target.len()))
        });
        self.document.links.push(LinkUse { target, syntax, section, cites, span, target_span });
        self.document.links.len() - 1
    }
}

fn is_block_tag(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn push_html(blocks: &mut Vec<Block>, html: &str) {
    match blocks.last_mut() {
        Some(Block::Html(before)) => before.push_str(html),
        _ => blocks.push(Block::Html(html.to_owned())),
    }
}

/// Reads ` id: a1b2c3d4 was: e5f6a7b8 `; `None` for any other comment.
fn read_id_comment(comment: &str) -> Option<(Option<String>, Option<String>)> {
    let mut words = comment.split_whitespace();
    let (mut id, mut was) = (None, None);
    while let Some(word) = words.next() {
        match word {
            "id:" => id = Some(words.next()?.to_owned()),
            "was:" => was = Some(words.next()?.to_owned()),
            _ => return None,
        }
    }
    (id.is_some() || was.is_some()).then_some((id, was))
}

/// The weeks of a block's heading. `{weeks=3-4}` at its end is removed from the text; weeks in
/// words stay, with the place where the title behind them begins.
fn read_weeks(inlines: &mut [Inline]) -> Option<Weeks> {
    let text = plain(inlines);
    let read = time::read_week_heading(&text)?;
    let weeks = |title_from| Weeks { from: read.from, to: read.to, title_from };
    if let Some(Inline::Text(last)) = inlines.last_mut()
        && last.trim_end().ends_with('}')
        && let Some(at) = last.rfind("{weeks=")
    {
        last.truncate(last[..at].trim_end().len());
        return Some(weeks(0));
    }
    let Some(Inline::Text(first)) = inlines.first() else { return Some(weeks(0)) };
    let skip = if read.title.is_empty() { text.len() } else { text.rfind(read.title)? };
    Some(weeks(skip.min(first.len())))
}
