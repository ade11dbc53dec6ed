//! A page's body as HTML.
//!
//! Input: a [`Document`](crate::document::Document) with its resolved links and item ids. Output:
//! HTML as text. Responsibility: the HTML contract of items, headings and code; everything that is
//! not raw HTML of the author is escaped.

use std::fmt::Write as _;

use crate::document::{Alignment, Block, Definition, Inline, LinkSyntax, ListItem, plain};
use crate::link::{Linked, Target, href};
use crate::parse::config::RawHtml;
use crate::text::{encode_path, escape_into, foreign, relative_path};
use crate::tree::PageNo;
use crate::words::Words;

/// The most characters of code in a line of text that a phone's line always has room for.
const LONGEST_WHOLE_CODE: usize = 16;

/// Writes parts of one page's body.
pub struct Markup<'a> {
    linked: &'a Linked,
    page: PageNo,
    words: &'a Words,
    out: String,
}

impl<'a> Markup<'a> {
    /// For the body of this page, with the interface's words.
    #[must_use]
    pub fn new(linked: &'a Linked, page: PageNo, words: &'a Words) -> Self {
        Self { linked, page, words, out: String::new() }
    }

    /// These blocks as HTML.
    #[must_use]
    pub fn blocks(mut self, blocks: &[Block]) -> String {
        self.write_blocks(blocks);
        self.out
    }

    /// These inlines as HTML.
    #[must_use]
    pub fn inlines(mut self, inlines: &[Inline]) -> String {
        self.write_inlines(inlines);
        self.out
    }

    /// The texts of the page's footnotes, in the order of their first reference.
    #[must_use]
    pub fn footnotes(mut self) -> String {
        let document = self.document();
        if document.footnotes.is_empty() {
            return self.out;
        }
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
        for (number, text) in document.footnotes.iter().enumerate() {
            let number = number + 1;
            let _ = write!(self.out, "<li id=\"fn-{number}\">");
            self.write_blocks(text);
            let _ = writeln!(
                self.out,
                "<a href=\"#fnref-{number}\" aria-label=\"{number}\">↩</a></li>"
            );
        }
        self.out.push_str("</ol></section>\n");
        self.out
    }

    fn document(&self) -> &'a crate::document::Document {
        &self.linked.curriculum.pages[self.page].draft.document
    }

    fn url(&self) -> &'a str {
        &self.linked.pages[self.page].url
    }

    fn language(&self) -> &'a str {
        &self.linked.curriculum.config.language
    }

    fn push_lang(&mut self, text: &str) {
        if let Some(lang) = foreign(text, self.language()) {
            let _ = write!(self.out, " lang=\"{lang}\"");
        }
    }

    fn write_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.write_block(block);
        }
    }

    fn write_block(&mut self, block: &Block) {
        match block {
            Block::Heading(number) => self.write_heading(*number),
            Block::Paragraph(inlines) => {
                self.out.push_str("<p>");
                self.write_inlines(inlines);
                self.out.push_str("</p>\n");
            }
            Block::Plain(inlines) => {
                self.write_inlines(inlines);
                self.out.push('\n');
            }
            Block::Code { language, title, html, .. } => {
                self.write_code(language, title.as_deref(), html);
            }
            Block::Quote(None, blocks) => {
                self.out.push_str("<blockquote>\n");
                self.write_blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            Block::Quote(Some(kind), blocks) => {
                let name = kind.name();
                let word = self.words.get(&format!("admonition-{name}"), &[]);
                let _ = write!(
                    self.out,
                    "<div class=\"admonition {name}\" role=\"note\"><p class=\"admonition-title\">"
                );
                escape_into(&mut self.out, &word);
                self.out.push_str("</p>\n");
                self.write_blocks(blocks);
                self.out.push_str("</div>\n");
            }
            Block::List { start, items } => self.write_list(*start, items),
            Block::Table { alignments, head, rows } => self.write_table(alignments, head, rows),
            Block::Definitions(entries) => {
                self.out.push_str("<dl>\n");
                for entry in entries {
                    match entry {
                        Definition::Term(inlines) => {
                            self.out.push_str("<dt>");
                            self.write_inlines(inlines);
                            self.out.push_str("</dt>\n");
                        }
                        Definition::Meaning(blocks) => {
                            self.out.push_str("<dd>");
                            self.write_blocks(blocks);
                            self.out.push_str("</dd>\n");
                        }
                    }
                }
                self.out.push_str("</dl>\n");
            }
            Block::Html(html) => self.write_raw(html),
            Block::Rule => self.out.push_str("<hr>\n"),
        }
    }

    fn write_raw(&mut self, html: &str) {
        match self.linked.curriculum.config.raw_html {
            RawHtml::Keep => self.out.push_str(html),
            RawHtml::Escape => escape_into(&mut self.out, html),
        }
    }

    fn write_heading(&mut self, number: usize) {
        let heading = &self.document().headings[number];
        // The page's title is its only heading of the first level.
        let level = heading.level.clamp(2, 6);
        self.write_former_anchors(&heading.anchor);
        let _ = write!(self.out, "<h{level} id=\"");
        escape_into(&mut self.out, &heading.anchor);
        self.out.push('"');
        self.push_lang(&heading.text);
        self.out.push('>');
        self.write_inlines(&heading.inlines);
        let _ = writeln!(self.out, "</h{level}>");
    }

    fn write_former_anchors(&mut self, anchor: &str) {
        for former in self.linked.pages[self.page].former_anchors.get(anchor).into_iter().flatten()
        {
            self.out.push_str("<span id=\"");
            escape_into(&mut self.out, former);
            self.out.push_str("\"></span>");
        }
    }

    fn write_code(&mut self, language: &str, title: Option<&str>, html: &str) {
        self.out.push_str("<div class=\"code\"");
        if !language.is_empty() {
            self.out.push_str(" data-language=\"");
            escape_into(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        if let Some(title) = title {
            self.out.push_str("<p class=\"code-title\">");
            escape_into(&mut self.out, title);
            self.out.push_str("</p>");
        }
        self.out.push_str("<pre tabindex=\"0\"><code>");
        self.out.push_str(html);
        self.out.push_str("</code></pre></div>\n");
    }

    fn write_list(&mut self, start: Option<u64>, items: &[ListItem]) {
        let ids = &self.linked.curriculum.pages[self.page].identity.tasks;
        let tickable =
            items.iter().any(|item| item.task.is_some_and(|task| ids.get(task).is_some()));
        let close = match start {
            Some(1) => {
                self.out.push_str("<ol>\n");
                "</ol>\n"
            }
            Some(start) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
                "</ol>\n"
            }
            None if tickable => {
                self.out.push_str("<ul class=\"items\">\n");
                "</ul>\n"
            }
            None => {
                self.out.push_str("<ul>\n");
                "</ul>\n"
            }
        };
        for item in items {
            match item.task {
                Some(task) if ids.get(task).is_some() => self.write_item(task, item),
                _ => self.write_list_item(item),
            }
        }
        self.out.push_str(close);
    }

    fn write_list_item(&mut self, item: &ListItem) {
        self.out.push_str("<li>");
        if item.task.is_some() {
            // A task outside stages, projects and lists cannot be ticked; it is only shown.
            self.out.push_str("☐ ");
            self.write_inlines(&item.label);
        }
        self.write_blocks(&item.blocks);
        while self.out.ends_with('\n') {
            self.out.pop();
        }
        self.out.push_str("</li>\n");
    }

    /// The contract of a tickable item; see the documentation of the HTML.
    fn write_item(&mut self, task: usize, item: &ListItem) {
        let linked = self.linked;
        let id = &linked.curriculum.pages[self.page].identity.tasks[task].id;
        let plain = &self.document().tasks[task].plain;
        let is_nested = |block: &&Block| matches!(block, Block::List { items, .. } if items.iter().any(|item| item.task.is_some()));
        let note: Vec<&Block> = item.blocks.iter().filter(|block| !is_nested(block)).collect();
        let _ = write!(
            self.out,
            "<li class=\"item\" id=\"{id}\"><input type=\"checkbox\" id=\"tick-{id}\" data-item=\"{id}\""
        );
        if !note.is_empty() {
            let _ = write!(self.out, " aria-describedby=\"note-{id}\"");
        }
        let _ = write!(self.out, " disabled> <label for=\"tick-{id}\"");
        self.push_lang(plain);
        self.out.push('>');
        self.write_inlines(&item.label);
        self.out.push_str("</label>");
        if !note.is_empty() {
            let _ = write!(self.out, "\n<div class=\"note\" id=\"note-{id}\">");
            for block in note {
                self.write_note(block);
            }
            self.out.push_str("</div>");
        }
        for block in item.blocks.iter().filter(is_nested) {
            self.out.push('\n');
            self.write_block(block);
        }
        self.out.push_str("</li>\n");
    }

    /// A note of one line needs no list around it.
    fn write_note(&mut self, block: &Block) {
        match block {
            Block::List { start: None, items } => match items.as_slice() {
                [ListItem { task: None, blocks, .. }] => match blocks.as_slice() {
                    [Block::Plain(inlines) | Block::Paragraph(inlines)] => {
                        self.out.push_str("<p>");
                        self.write_inlines(inlines);
                        self.out.push_str("</p>");
                    }
                    _ => self.write_block(block),
                },
                _ => self.write_block(block),
            },
            _ => self.write_block(block),
        }
    }

    fn write_table(
        &mut self,
        alignments: &[Alignment],
        head: &[Vec<Inline>],
        rows: &[Vec<Vec<Inline>>],
    ) {
        self.out.push_str("<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>");
        self.write_cells("th", alignments, head);
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            self.write_cells("td", alignments, row);
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    fn write_cells(&mut self, tag: &str, alignments: &[Alignment], cells: &[Vec<Inline>]) {
        for (at, cell) in cells.iter().enumerate() {
            let class = match alignments.get(at) {
                Some(Alignment::Left) => " class=\"left\"",
                Some(Alignment::Center) => " class=\"center\"",
                Some(Alignment::Right) => " class=\"right\"",
                Some(Alignment::None) | None => "",
            };
            // An empty header names nothing.
            let tag = if cell.is_empty() { "td" } else { tag };
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            let _ = write!(self.out, "<{tag}{scope}{class}>");
            self.write_inlines(cell);
            let _ = write!(self.out, "</{tag}>");
        }
    }

    fn write_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => escape_into(&mut self.out, text),
                Inline::Code(code) => {
                    let long = code.chars().count() > LONGEST_WHOLE_CODE;
                    self.out.push_str(if long { "<code class=\"long\">" } else { "<code>" });
                    escape_into(&mut self.out, code);
                    self.out.push_str("</code>");
                }
                Inline::Emphasis(inner) => self.write_wrapped("em", inner),
                Inline::Strong(inner) => self.write_wrapped("strong", inner),
                Inline::Strike(inner) => self.write_wrapped("del", inner),
                Inline::Link(number, inner) => self.write_link(*number, inner),
                Inline::Image(number, alt) => self.write_image(*number, alt),
                Inline::Html(html) => self.write_raw(html),
                Inline::Math { html, .. } => self.out.push_str(html),
                Inline::SoftBreak => self.out.push('\n'),
                Inline::HardBreak => self.out.push_str("<br>\n"),
                Inline::FootnoteReference { number, nth } => {
                    self.write_footnote_reference(number + 1, *nth);
                }
            }
        }
    }

    fn write_wrapped(&mut self, tag: &str, inner: &[Inline]) {
        let _ = write!(self.out, "<{tag}>");
        self.write_inlines(inner);
        let _ = write!(self.out, "</{tag}>");
    }

    fn write_footnote_reference(&mut self, number: usize, nth: usize) {
        // Only the first reference is what the footnote leads back to; ids must differ.
        let again = if nth > 1 { format!("-{nth}") } else { String::new() };
        let _ = write!(
            self.out,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{again}\">{number}</a></sup>"
        );
    }

    fn write_link(&mut self, number: usize, inner: &[Inline]) {
        let linked = self.linked;
        let url = match &linked.pages[self.page].targets[number] {
            Target::Page { page, anchor } => {
                href(self.url(), &linked.pages[*page].url, anchor.as_deref())
            }
            Target::File(path) => encode_path(&relative_path(self.url(), path)),
            Target::External(address) => address.clone(),
            Target::Broken => {
                self.write_inlines(inner);
                return;
            }
        };
        self.out.push_str("<a href=\"");
        escape_into(&mut self.out, &url);
        self.out.push('"');
        if matches!(linked.pages[self.page].targets[number], Target::External(_)) {
            self.out.push_str(" rel=\"noopener\"");
        }
        self.out.push('>');
        if self.document().links[number].syntax == LinkSyntax::Wiki
            && let Target::Page { page, anchor } = &linked.pages[self.page].targets[number]
        {
            let target = &linked.curriculum.pages[*page];
            let heading = anchor
                .as_ref()
                .and_then(|anchor| linked.pages[*page].headings.get(anchor))
                .map(|heading| &target.draft.document.headings[*heading]);
            let title = heading.map_or(target.title.as_str(), |heading| heading.text.as_str());
            escape_into(&mut self.out, title);
        } else {
            self.write_inlines(inner);
        }
        self.out.push_str("</a>");
    }

    fn write_image(&mut self, number: usize, alt: &str) {
        let source = match &self.linked.pages[self.page].targets[number] {
            Target::File(path) => encode_path(&relative_path(self.url(), path)),
            Target::External(address) => address.clone(),
            Target::Page { .. } | Target::Broken => return,
        };
        self.out.push_str("<img src=\"");
        escape_into(&mut self.out, &source);
        self.out.push_str("\" alt=\"");
        escape_into(&mut self.out, alt);
        self.out.push('"');
        if let Target::File(path) = &self.linked.pages[self.page].targets[number]
            && let Some((width, height)) = self.linked.sizes.get(path)
        {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        self.out.push_str(" loading=\"lazy\">");
    }
}

/// The plain text of a heading's title, without its weeks.
#[must_use]
pub(super) fn title_text(heading: &crate::document::Heading) -> String {
    crate::text::collapse(&plain(&heading.title()))
}
